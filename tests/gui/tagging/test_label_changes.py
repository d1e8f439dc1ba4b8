"""Labels by mouse, on several sentences, and what comes back with a label."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from repository import ROOT, SHARED

from annotator.app.session import commands
from annotator.gui.article.label_bar import LabelBar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver

    from annotator.core.annotation import Value

FIRST = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."
SECOND = "Ba khâu đột phá được chọn."
THIRD = "Ông Nam cho rằng việc này khó."
FOURTH = "Thu ngân sách đạt 12.000 tỷ đồng."
FIELDS: dict[str, Value] = {"indicator": "tăng trưởng", "value": 9, "unit": "%"}
NO_SHIFT, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
SAVED = sorted((ROOT / "tests" / "saved" / "0.1.0" / "articles").glob("*.txt"))


def decisions(driver: WindowDriver) -> dict[str, list[str]]:
    """Return the labels in the sidecar by sentence, [] for the mark nothing."""
    found = driver.saved()
    made: dict[str, list[str]] = {one["text"]: one["labels"] for one in found["annotations"] if one["labels"]}
    return {**{driver.text()[start:end]: [] for start, end in found["nothing"]}, **made}


def fields(driver: WindowDriver) -> dict[str, Any]:
    """Return the fields of the first annotation in the sidecar."""
    found: dict[str, Any] = driver.saved()["annotations"][0].get("fields", {})
    return found


def click_chip(driver: WindowDriver, place: int, modifiers: Qt.KeyboardModifier) -> None:
    """Click on a chip beside the current sentence: 0 to 2 are labels, 3 is *nothing here*."""
    bar = driver.find(LabelBar)
    point = QPoint(12, round((place + 0.5) * bar.height() / 4))
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, modifiers, point)


def click_button(driver: WindowDriver, place: int, modifiers: Qt.KeyboardModifier) -> None:
    """Click on a label of the sentence panel, or on *Nothing here*."""
    driver.refresh()
    names = ("label-target", "label-breakthrough", "label-opinion")
    button = (
        driver.find(QPushButton, names[place])
        if place < 3
        else next(one for one in driver.find_all(QPushButton) if one.text() == "No label")
    )
    driver.reveal(button)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, modifiers)


@pytest.mark.parametrize("click", [click_chip, click_button])
@pytest.mark.parametrize(
    ("setup", "place", "modifiers", "labels", "current"),
    [
        ((), 0, NO_SHIFT, ["target"], SECOND),
        (("Shift+1",), 0, NO_SHIFT, ["target"], SECOND),
        (("Shift+1",), 2, NO_SHIFT, ["opinion"], SECOND),
        (("Shift+1", "Shift+2"), 1, NO_SHIFT, ["breakthrough"], SECOND),
        (("Space", "K"), 2, NO_SHIFT, ["opinion"], SECOND),
        ((), 0, SHIFT, ["target"], FIRST),
        (("Shift+1",), 1, SHIFT, ["target", "breakthrough"], FIRST),
        (("Shift+1", "Shift+2"), 0, SHIFT, ["breakthrough"], FIRST),
        (("Shift+1",), 0, SHIFT, None, FIRST),
        ((), 3, NO_SHIFT, [], SECOND),
        (("Space", "K"), 3, NO_SHIFT, [], SECOND),
        (("Shift+1",), 3, NO_SHIFT, ["target"], SECOND),
        ((), 3, SHIFT, [], FIRST),
        (("Space", "K"), 3, SHIFT, None, FIRST),
        (("Shift+1",), 3, SHIFT, ["target"], FIRST),
    ],
)
def test_a_click_is_the_key(  # the columns of a table
    driver: WindowDriver,
    click: Callable[[WindowDriver, int, Qt.KeyboardModifier], None],
    setup: tuple[str, ...],
    place: int,
    modifiers: Qt.KeyboardModifier,
    labels: list[str] | None,
    current: str,
) -> None:
    """A click on a label does what its digit does, going on included; with Shift it adds or removes and stays."""
    driver.press(*setup)
    click(driver, place, modifiers)
    assert decisions(driver).get(FIRST) == labels
    assert driver.current() == current
    assert driver.is_article_focused()


def put_four(driver: WindowDriver) -> dict[str, list[str] | None]:
    """Make the first four sentences undecided, nothing, target with fields, and target with breakthrough; select."""
    driver.press("J", "Space", "Shift+1")
    commands.set_fields(driver.session, FIELDS)
    driver.press("J", "Shift+1", "Shift+2", "Home", "Shift+Down", "Shift+Down", "Alt+Down")
    driver.press("Home", *["Shift+Down"] * 5)
    driver.dismiss_toast()
    return {FIRST: None, SECOND: [], THIRD: ["target"], FOURTH: ["target", "breakthrough"]}


KEPT = "3 fields are kept aside."


@pytest.mark.parametrize(
    ("key", "after", "toast"),
    [
        ("1", [["target"], ["target"], ["target"], ["target"]], "sentences are tagged as Target."),
        ("3", [["opinion"], ["opinion"], ["opinion"], ["opinion"]], f"sentences are tagged as Opinion. {KEPT}"),
        (
            "Shift+3",
            [["opinion"], ["opinion"], ["target", "opinion"], ["target", "breakthrough", "opinion"]],
            "sentences are tagged as Opinion.",
        ),
        ("Shift+1", [["target"], ["target"], None, ["breakthrough"]], f"sentences are changed. {KEPT}"),
        ("Space", [[], [], ["target"], ["target", "breakthrough"]], "set to no label."),
        ("0", [None, None, None, None], f"sentences are undecided again. {KEPT}"),
        ("Del", [None, None, None, None], f"sentences are undecided again. {KEPT}"),
        ("Return", [None, [], ["target"], ["target", "breakthrough"]], ""),
    ],
)
def test_a_selection_follows_the_table_sentence_by_sentence(
    driver: WindowDriver, key: str, after: list[list[str] | None], toast: str
) -> None:
    """Each selected sentence becomes what the key makes of it alone, in one step; the toast counts them."""
    start = put_four(driver)
    before, steps = driver.saved(), driver.steps()
    driver.press(key)
    found = decisions(driver)
    assert [found.get(sentence) for sentence in start] == after
    assert driver.toast().endswith(toast)
    assert driver.toast()[:1].isdigit() == bool(toast)
    assert driver.steps() == steps + (key != "Return")
    if key != "Return":
        driver.press("Ctrl+Z")
        assert driver.saved() == before


def test_fields_come_back_with_their_label(driver: WindowDriver) -> None:
    """Replaced, cleared, removed: whenever the label returns, so do its fields; the note stays all along."""
    driver.press("Shift+1")
    commands.set_fields(driver.session, FIELDS)
    commands.set_note(driver.session, "xem lại")
    for away in (("3",), ("0",), ("Shift+1",), ("2", "K", "3"), ("Del", "Space")):
        driver.press(*away, "Home")
        assert fields(driver) == {}, away
        assert driver.saved()["annotations"][0]["note"] == "xem lại"
        driver.press("1", "Home")
        assert fields(driver) == FIELDS, away
    driver.press("0", "Shift+3", "Shift+1")
    assert fields(driver) == FIELDS
    assert decisions(driver)[FIRST] == ["target", "opinion"]


def test_the_last_fields_come_back(driver: WindowDriver) -> None:
    """Those that the label had when it went, also if they had been emptied before."""
    driver.press("Shift+1")
    commands.set_fields(driver.session, FIELDS)
    driver.press("3", "Home", "1", "Home")
    commands.set_fields(driver.session, {"value": 10, "unit": None})
    driver.press("3", "Home", "1", "Home")
    assert fields(driver) == {"indicator": "tăng trưởng", "value": 10}
    commands.set_fields(driver.session, dict.fromkeys(FIELDS))
    driver.press("3", "Home", "1", "Home")
    assert fields(driver) == {}


def test_fields_of_another_sentence_stay_there(driver: WindowDriver) -> None:
    """A label on the next sentence brings nothing along."""
    driver.press("Shift+1")
    commands.set_fields(driver.session, FIELDS)
    driver.press("3", "1", "1")
    assert all("fields" not in one for one in driver.saved()["annotations"])


def test_fields_come_back_by_undo(driver: WindowDriver) -> None:
    """One undo is the label with its fields, one redo the other label without them."""
    driver.press("Shift+1")
    commands.set_fields(driver.session, FIELDS)
    driver.press("3", "Ctrl+Z")
    assert (decisions(driver)[FIRST], fields(driver)) == (["target"], FIELDS)
    driver.press("Ctrl+Shift+Z")
    assert (decisions(driver)[FIRST], fields(driver)) == (["opinion"], {})


@pytest.mark.parametrize("by_undo", [True, False])
def test_fields_come_back_after_a_restart(driver: WindowDriver, by_undo: bool) -> None:  # noqa: FBT001  # a column
    """The journal has them: by undo, and with the label."""
    driver.press("Shift+1")
    commands.set_fields(driver.session, FIELDS)
    driver.press("3")
    assert fields(driver) == {}
    again = driver.reopen()
    again.press(*(("Ctrl+Z",) if by_undo else ("Home", "1")))
    assert fields(again) == FIELDS
    again.close()


def test_the_toast_of_a_replacement_takes_it_back(driver: WindowDriver) -> None:
    """Undo in the toast brings label and fields back."""
    driver.press("Shift+1")
    commands.set_fields(driver.session, FIELDS)
    driver.press("3")
    assert driver.toast() == f"Sentence 2: Target → Opinion. {KEPT}"
    driver.press_toast("Undo")
    assert (decisions(driver)[FIRST], fields(driver)) == (["target"], FIELDS)


@pytest.mark.parametrize(("key", "is_shown"), [("Ctrl+Z", False), ("J", True), ("2", True)])
def test_a_toast_goes_when_its_step_was_undone_by_key(driver: WindowDriver, key: str, is_shown: bool) -> None:  # noqa: FBT001  # a column
    """It stays while other sentences are read and tagged."""
    driver.press("Shift+1", "0")
    assert driver.toast() == "Sentence 2: Target removed."
    driver.press("J", key)
    if key == "Ctrl+Z":
        assert decisions(driver)[FIRST] == ["target"]
    assert bool(driver.toast()) == is_shown


def test_the_key_of_a_toast_is_shown_while_it_means_that_step(driver: WindowDriver) -> None:
    """After a further step it would undo another one; the button undoes its own step all the same."""
    driver.press("Shift+1", "0")
    assert driver.offer().accessibleName() == "Undo (Ctrl+Z)"
    driver.press("J", "2")
    assert driver.offer().accessibleName() == "Undo"
    driver.press("Ctrl+Z")
    assert driver.offer().accessibleName() == "Undo (Ctrl+Z)"
    driver.press("Ctrl+Y")
    assert driver.offer().accessibleName() == "Undo"
    second = driver.steps()
    driver.press_toast("Undo")
    assert decisions(driver)[FIRST] == ["target"]
    assert driver.steps() == second + 1


def test_the_key_of_a_toast_means_its_document(driver: WindowDriver) -> None:
    """In another document it goes back, until something was done there."""
    driver.press("Shift+1", "0", "Ctrl+PgDown")
    assert driver.offer().accessibleName() == "Undo (Ctrl+Z)"
    driver.press("1")
    assert driver.offer().accessibleName() == "Undo"
    driver.press("Ctrl+PgUp")
    assert driver.offer().accessibleName() == "Undo (Ctrl+Z)"
    driver.press("Ctrl+Z")
    assert decisions(driver)[FIRST] == ["target"]


def annotated(path: Path) -> Any:  # as it stands in YAML
    """Return the annotations in a sidecar."""
    return yaml.safe_load(path.read_text("utf-8"))["annotations"]


def press_space(driver: WindowDriver, sidecar: Path) -> None:
    """Press Home and twenty times Space until all is decided, and assert that this takes nothing, and then nothing."""
    before = annotated(sidecar)
    for _ in range(3):
        driver.press("Home", *["Space"] * 20)
        assert driver.save()
        assert annotated(sidecar) == before
    whole = sidecar.read_bytes()
    driver.press("Home", *["Space"] * 20)
    assert driver.save()
    assert sidecar.read_bytes() == whole


@pytest.mark.parametrize("article", SAVED, ids=lambda path: path.stem)
def test_space_leaves_what_older_versions_saved(
    open_on: Callable[[Path], WindowDriver], tmp_path: Path, article: Path
) -> None:
    """On each sidecar of version 0.1.0, in progress or done, Home and Space decide what is undecided at most."""
    folder = shutil.copytree(article.parent, tmp_path / "saved")
    driver = open_on(folder)
    driver.open_row([path.name for path in SAVED].index(article.name))
    sidecar = folder / f"{article.name}.annotations.mai.yaml"
    is_done = yaml.safe_load(sidecar.read_text("utf-8"))["status"] == "done"
    whole = sidecar.read_bytes()
    press_space(driver, sidecar)
    assert sidecar.read_bytes() == whole or not is_done


@pytest.mark.parametrize("sidecar", ["hue-before-space", "hue-after-three-spaces"])
def test_space_leaves_the_sidecar_that_it_once_wiped(
    open_on: Callable[[Path], WindowDriver], tmp_path: Path, sidecar: str
) -> None:
    """Three annotated sentences, Home and three times Space: not a byte changes, not at twenty either."""
    habits = SHARED / "cases" / "habits"
    if not habits.exists():
        pytest.skip("the cases are not at hand: ../shared/cases is absent")
    shutil.copy(habits / "hue.txt", tmp_path)
    path = tmp_path / "hue.txt.annotations.yaml"
    shutil.copy(habits / f"{sidecar}.annotations.yaml", path)
    driver = open_on(tmp_path)
    whole = path.read_bytes()
    driver.press("Home", "Space", "Space", "Space")
    assert driver.save()
    assert path.read_bytes() == whole
    press_space(driver, path)
