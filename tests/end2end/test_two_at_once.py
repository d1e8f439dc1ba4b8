"""Two real windows, and other programs, on one folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from x_display import Screen, decisions, labels, until

FIRST = "Đến năm 2030, tỉnh phấn đấu đạt 130 triệu đồng một người."
SECOND = "Tỉnh chọn cửa khẩu thông minh làm khâu đột phá."
THIRD = "Ông Hà cho rằng thành phố cần đi trước."
TEXT = f"Con đường của tỉnh biên giới\n\n{FIRST} {SECOND}\n\n{THIRD}\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """An article in a folder of its own."""
    path = tmp_path / "articles" / "own.txt"
    path.parent.mkdir()
    path.write_text(TEXT, "utf-8")
    return path


def place(words: str) -> list[int]:
    """Where words stand."""
    return [TEXT.index(words), TEXT.index(words) + len(words)]


def settings(folder: Path, name: str) -> dict[str, str]:
    """State and settings of a machine of its own."""
    found = {}
    for kind in ("STATE", "CONFIG", "CACHE"):
        path = folder / name / kind.lower()
        path.mkdir(parents=True)
        found[f"ANNOTATOR_{kind}_DIR"] = str(path)
    (folder / name / "config" / "settings.json").write_text('{"toured": true}', "utf-8")
    return found


def settle(*machines: dict[str, str]) -> None:
    """Wait until the windows on these machines have the article open, and remember it: none takes the keyboard then."""
    for machine in machines:
        remembered = Path(machine["ANNOTATOR_CONFIG_DIR"]) / "settings.json"
        until(lambda file=remembered: "articles" in file.read_text("utf-8"), "the article was not opened")  # type: ignore[misc]


def test_two_machines_on_a_shared_folder(display: Screen, article: Path, tmp_path: Path) -> None:
    """Neither knows of the other's lock; what each tags is in the file in the end, and in both windows."""
    sidecar = article.with_name("own.txt.annotations.yaml")
    one, other = settings(tmp_path, "one"), settings(tmp_path, "other")
    with (
        display.program(article.parent, environment=one) as here,
        display.program(article.parent, environment=other) as there,
    ):
        settle(one, other)
        there.activate()
        there.press("1")
        until(lambda: labels(sidecar) == [(place(FIRST), ["target"])], "the first machine did not save")
        here.activate()
        here.press("End", "3")
        both = [(place(FIRST), ["target"]), (place(THIRD), ["opinion"])]
        until(lambda: labels(sidecar) == both, "the second machine did not bring both together")
        there.activate()
        there.press("2")
        three = [both[0], (place(SECOND), ["breakthrough"]), both[1]]
        until(lambda: labels(sidecar) == three, "the first machine did not bring both together")
        assert there.quit() == 0
        here.activate()
        assert here.quit() == 0
    assert labels(sidecar) == three


def test_a_second_window_takes_over(display: Screen, article: Path, tmp_path: Path) -> None:
    """It can only read while the first one is open, and shows its work; then it can be written in, untouched."""
    sidecar = article.with_name("own.txt.annotations.yaml")
    one = settings(tmp_path, "one")
    other = {**settings(tmp_path, "other"), "ANNOTATOR_STATE_DIR": one["ANNOTATOR_STATE_DIR"]}
    with display.program(article.parent, environment=one) as first:
        settle(one)
        with display.program(article.parent, environment=other) as second:
            settle(other)
            second.activate()
            second.press("3")
            first.activate()
            first.press("1")
            until(lambda: labels(sidecar) == [(place(FIRST), ["target"])], "the first window did not save")
            assert first.quit() == 0
            second.activate()

            def has_written() -> bool:
                second.press("End", "space")  # pressed again, it changes nothing
                return bool(decisions(sidecar)["nothing"] == [place(THIRD)])

            until(has_written, "the second window did not take over")
            assert second.quit() == 0
    assert labels(sidecar) == [(place(FIRST), ["target"])]


def test_a_copy_put_over_the_file_while_it_is_open(display: Screen, article: Path, tmp_path: Path) -> None:
    """A sync client replaces the sidecar: what it brought and what is tagged then are both there."""
    sidecar = article.with_name("own.txt.annotations.yaml")
    start, end = place(THIRD)
    with display.program(article.parent) as program:
        program.press("1")
        until(lambda: labels(sidecar) == [(place(FIRST), ["target"])], "the first step was not saved")
        item = f"- {{id: abc, labels: [opinion], at: [{start}, {end}], text: '{THIRD}'}}\n"
        synced = tmp_path / "synced"
        synced.write_text(sidecar.read_text("utf-8").replace("nothing:", item + "nothing:", 1), "utf-8")
        shutil.move(synced, sidecar)
        program.press("2")
        three = [(place(FIRST), ["target"]), (place(SECOND), ["breakthrough"]), (place(THIRD), ["opinion"])]
        until(lambda: labels(sidecar) == three, "both were not brought together")
        assert program.quit() == 0
