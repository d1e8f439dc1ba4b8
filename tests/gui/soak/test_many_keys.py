"""Thousands of random keys in one window: nothing fails, nothing is lost, nothing grows.

In an ordinary run there are few of them; a long soak takes some minutes and prints what it measured::

    python -m pytest tests/gui/soak -s --keys 35000
"""

from __future__ import annotations

import sys
from collections import Counter
from random import Random
from statistics import median
from typing import TYPE_CHECKING, Any

import pytest
from app_builders import Work
from footprint import Footprint, measure
from judge import read_sidecar
from random_keys import PANELS, RandomKeys

from annotator.app.session.events import EventKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver

    from annotator.core.annotation_set import AnnotationSet

FEW = 1_500
"""Keys in an ordinary run."""
PORTIONS = 10
MEMORY_GROWTH = 12_000_000
"""Bytes by which the median of the second half may be above that of the first, by caches and holes in the heap."""
HOLES = 2
"""Bytes of such holes for each byte by which the journals, which are read at each opening, have grown."""
BLOCKS = 12_000
"""Blocks of Python by which they may differ, such as what panels and messages keep that come up for the first time."""
SLACK = 5
"""Objects more than before that are no leak: what a panel shows at the moment."""
JOURNAL_LIMIT = 6 << 20
"""Bytes of the journal of one article: what is appended before it is shortened, and the compact form of the rest."""


@pytest.fixture
def rest(tmp_path: Path) -> Path:
    """A folder with one article, where nothing is done."""
    place = tmp_path / "rest"
    place.mkdir()
    (place / "rest.txt").write_text("Một câu. Hai câu.\n", "utf-8")
    return place


def decisions_of(state: AnnotationSet) -> list[list[Any]]:
    """Return all decisions as `read_sidecar` does."""
    found = [[*one.span, list(one.labels), one.text, one.note] for one in state.annotations.values()]
    found += [[start, end, ["(nothing)"], "", ""] for start, end in state.nothing.items()]
    found += [[place, place, ["(split)"], "", ""] for place in state.splits]
    return sorted(found)


def demand_saved(driver: WindowDriver) -> None:
    """Demand that the sidecar of the open article holds what the window shows."""
    driver.qtbot.waitUntil(lambda: not driver.read_only())  # a large one is read in another thread
    assert driver.save()
    path = driver.path()
    assert path is not None
    sidecar = path.with_name(f"{path.name}.annotations.yaml")
    found = read_sidecar(sidecar.read_bytes()) if sidecar.exists() else []
    shown = decisions_of(driver.state())
    lost = [one for one in found if one not in shown], [one for one in shown if one not in found]
    if any(lost):  # short: pytest would show both in full
        pytest.fail(
            f"{path.name}: only in the file or only shown: {lost!r:.500}, {driver.read_only()} {driver.notice()}"
        )


def demand_same_elsewhere(driver: WindowDriver, folder: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Demand that another machine reads from each sidecar all that this window shows of the article."""
    for row, name in enumerate(driver.documents()):
        driver.open_row(row)
        driver.qtbot.waitUntil(lambda: not driver.read_only())
        assert driver.save()
        with monkeypatch.context() as patch:
            patch.setenv("ANNOTATOR_STATE_DIR", str(home / "elsewhere"))
            other = Work()
            assert other.open(folder / name)
            assert other.session.read_only == ""
            assert other.session.state == driver.state(), name
            assert other.session.close()


def demand_flat(found: list[Footprint]) -> None:
    """Demand that the second half of the measurements is no higher than the first, by more than is allowed."""
    half = len(found) // 2

    def growth(name: str) -> float:
        numbers = [getattr(one, name) for one in found]
        return float(median(numbers[half:]) - median(numbers[:half]))

    allowed = {
        **dict.fromkeys(("threads", "descriptors", "listeners"), 0),
        **dict.fromkeys(("objects", "widgets"), SLACK),
        "blocks": BLOCKS,
        "memory": MEMORY_GROWTH + HOLES * growth("journals"),
    }
    grown = [name for name, most in allowed.items() if growth(name) > most]
    assert not grown, "\n".join(map(str, (*grown, *found)))
    assert found[-1].journals <= 3 * JOURNAL_LIMIT


def test_many_random_keys(
    articles: Path,
    rest: Path,
    own_folders: Path,
    open_on: Callable[[Path], WindowDriver],
    failures: list[str],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    """Whatever is pressed, files and window agree, and the process holds no more at the end than in the middle.

    It is measured on another article, at rest, so that the history of the one at work does not count.
    """
    keys = request.config.getoption("--keys", default=None) or FEW
    driver = open_on(articles)
    user = RandomKeys(driver, Random(17))  # noqa: S311  # the same keys each time, no secret
    for panel in PANELS:  # made when they are first seen
        driver.press(panel, panel)
        driver.focus_article()
    changes: Counter[EventKind] = Counter()
    driver.session.changed.connect(lambda event: changes.update([event.kind]))
    found: list[Footprint] = []
    for _ in range(PORTIONS):
        user.press_some(keys // PORTIONS)
        demand_saved(driver)
        assert failures == []
        assert driver.open_path(rest)
        driver.follow_files()
        found.append(measure(driver, own_folders / "state"))
        if keys > FEW:
            with capfd.disabled():
                sys.stdout.write(f"{user.count} keys: {found[-1]}\n")
        assert driver.open_path(articles)
        driver.focus_article()
    demand_same_elsewhere(driver, articles, monkeypatch, own_folders)
    demand_flat(found)
    assert changes[EventKind.DECISIONS_CHANGED] > user.count // 4  # the keys arrived
