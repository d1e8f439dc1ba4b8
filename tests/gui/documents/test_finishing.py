"""Finish a document, go on to the next one that is not done, and come back by undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver

FIRST = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."
FOURTH = "Thu ngân sách đạt 12.000 tỷ đồng."
TITLE = "Kế hoạch mới của Hải Vân"
FOUR_OF_FIVE = ("1", "Space", "Space", "Space")
ALL = (*FOUR_OF_FIVE, "Space")


def read(path: Path) -> dict[str, Any]:
    """Return the contents of a sidecar."""
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


def sidecar(driver: WindowDriver, name: str) -> dict[str, Any]:
    """Save and return the contents of the sidecar of an article of the folder."""
    assert driver.save()
    return read(driver.folder / f"{name}.annotations.yaml")


@pytest.fixture
def five(tmp_path: Path, open_on: Callable[[Path], WindowDriver]) -> WindowDriver:
    """The window on five articles of five sentences each, at the first one."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in "abcde":
        text = "\n\n".join(f"Câu {number} của bài {name} dài vài chữ." for number in range(1, 6))
        (folder / f"{name}.txt").write_text(f"Tin {name}\n\n{text}\n", "utf-8")
    return open_on(folder)


def name(driver: WindowDriver) -> str:
    """Return the name of the open document."""
    path = driver.path()
    assert path is not None
    return path.name


def test_what_is_undecided_becomes_no_label_and_the_toast_tells(driver: WindowDriver) -> None:
    """Ctrl+Enter: one sentence in five is undecided, so nothing is asked; the next document is open."""
    driver.press(*FOUR_OF_FIVE, "Ctrl+Return")
    assert driver.strip() == ""
    assert name(driver) == "b.txt"
    assert driver.toast() == f"“{TITLE}” is done · 1 undecided sentence was set to no label"
    found = sidecar(driver, "a.txt")
    assert (found["status"], len(found["annotations"]), len(found["nothing"])) == ("done", 1, 4)


def test_headings_and_captions_are_left_as_they_are(driver: WindowDriver) -> None:
    """Only sentences at which next stops are decided."""
    text = driver.text()
    driver.press(*FOUR_OF_FIVE, "Ctrl+Return")
    marked = [text[start:end] for start, end in sidecar(driver, "a.txt")["nothing"]]
    assert all(words.endswith(".") for words in marked)


def test_where_next_stops_at_headings_they_are_decided(driver: WindowDriver) -> None:
    """With headings not skipped, they are undecided like the others."""
    driver.session.set_skipping_headings(is_skipping=False)
    driver.press("Home", *["Space"] * 6, "Ctrl+Return")
    found = sidecar(driver, "a.txt")
    assert len(found["nothing"]) == found["document"]["sentences"]
    assert "undecided sentences were set to no label" in driver.toast()


def test_a_document_without_undecided_sentences_is_done_without_a_count(driver: WindowDriver) -> None:
    """The toast has no second half."""
    driver.press(*ALL, "Ctrl+Return")
    assert driver.toast() == f"“{TITLE}” is done"


@pytest.mark.parametrize("key", ["Return", "N", "Esc"])
def test_much_that_is_undecided_is_asked_about(driver: WindowDriver, key: str) -> None:
    """More than a third undecided: Enter finishes, N goes to the first one, Esc leaves all as it is."""
    driver.press("1", "J", "Space", "Ctrl+Return")
    assert driver.strip() == "3 of 5 sentences are undecided."
    assert driver.strip_choices() == [("Finish, set to no label", "Enter"), ("Go to the first", "N"), ("Cancel", "Esc")]
    assert name(driver) == "a.txt"
    driver.press(key)
    assert driver.strip() == ""
    assert name(driver) == ("b.txt" if key == "Return" else "a.txt")
    assert sidecar(driver, "a.txt")["status"] == ("done" if key == "Return" else "in progress")
    if key == "N":
        assert driver.current() == "Ba khâu đột phá được chọn."


@pytest.mark.parametrize(("decided", "is_asked"), [(0, True), (1, True), (2, True), (3, True), (4, False), (5, False)])
def test_a_third_is_the_bound(five: WindowDriver, decided: int, is_asked: bool) -> None:  # noqa: FBT001  # a column
    """Two in five undecided are more than a third, one in five is not."""
    five.press(*["Space"] * decided, "Ctrl+Return")
    assert bool(five.strip()) == is_asked


def test_the_next_unfinished_document_opens(five: WindowDriver) -> None:
    """Documents that are done are passed over; after the last one the list goes on from its beginning."""
    for row in (1, 2):
        five.open_row(row)
        five.press(*["Space"] * 5, "Ctrl+Return")
    five.open_row(0)
    five.press(*["Space"] * 5, "Ctrl+Return")
    assert name(five) == "d.txt"
    five.open_row(4)
    five.press(*["1"] * 5, "Ctrl+Return")
    assert name(five) == "d.txt"


def test_when_all_are_done_it_stays(five: WindowDriver) -> None:
    """The last one stays open and the toast says that all are done."""
    for _ in range(4):
        five.press(*["Space"] * 5, "Ctrl+Return")
    assert name(five) == "e.txt"
    five.press(*["Space"] * 4, "Ctrl+Return")
    assert name(five) == "e.txt"
    assert five.toast() == "All 5 documents are done. 1 undecided sentence was set to no label."
    five.press("Ctrl+Return")
    assert five.toast() == "All 5 documents are done."
    five.press("Ctrl+Z")
    assert sidecar(five, "e.txt")["status"] == "in progress"


def test_documents_without_text_or_that_cannot_be_read_do_not_stop_it(five: WindowDriver) -> None:
    """An empty article has nothing to decide, a picture with the name of an article cannot be read."""
    (five.folder / "b.txt").write_text(" \n", "utf-8")
    (five.folder / "c.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200))
    five.press(*["Space"] * 5, "Ctrl+Return")
    assert name(five) == "d.txt"


def test_undo_right_after_finishing_goes_back(driver: WindowDriver) -> None:
    """Ctrl+Z from the next document opens the finished one at its old place and undoes; Redo does it again."""
    driver.press(*FOUR_OF_FIVE, "K", "Ctrl+Return")
    place = FOURTH
    driver.press("Ctrl+Z")
    assert driver.strip() == ""
    assert name(driver) == "a.txt"
    assert driver.current() == place
    assert driver.toast() == f"Went back to “{TITLE}” and undid it."
    found = sidecar(driver, "a.txt")
    assert (found["status"], len(found["nothing"])) == ("in progress", 3)
    driver.press_toast("Redo")
    found = sidecar(driver, "a.txt")
    assert (found["status"], len(found["nothing"])) == ("done", 4)


def test_a_redo_by_key_closes_the_toast_that_offers_it(driver: WindowDriver) -> None:
    """What the toast tells is not so any more."""
    driver.press(*FOUR_OF_FIVE, "Ctrl+Return", "Ctrl+Z", "Ctrl+Shift+Z")
    assert driver.toast() == ""
    assert sidecar(driver, "a.txt")["status"] == "done"


def test_the_toast_undoes_it_too(driver: WindowDriver) -> None:
    """Its button does what the key does."""
    driver.press(*FOUR_OF_FIVE, "Ctrl+Return")
    driver.press_toast("Undo")
    assert name(driver) == "a.txt"
    assert sidecar(driver, "a.txt")["status"] == "in progress"


def test_undo_goes_on_through_the_documents_in_turn(five: WindowDriver) -> None:
    """Each step of this window is undone, the latest first, in whatever document it was done."""
    five.press(*["1"] * 5, "Ctrl+Return", *["2"] * 5, "Ctrl+Return")
    assert name(five) == "c.txt"
    five.press(*["Ctrl+Z"] * 6)
    assert name(five) == "b.txt"
    assert sidecar(five, "b.txt")["annotations"] == []
    assert sidecar(five, "a.txt")["status"] == "done"
    five.press(*["Ctrl+Z"] * 6)
    assert name(five) == "a.txt"
    assert sidecar(five, "a.txt")["annotations"] == []
    assert not five.is_enabled("undo")


def test_what_was_done_here_is_undone_first(five: WindowDriver) -> None:
    """Once a step was done in the next document, undo stays there."""
    five.press(*["1"] * 5, "Ctrl+Return", "2", "Ctrl+Z")
    assert name(five) == "b.txt"
    assert sidecar(five, "b.txt")["annotations"] == []
    five.press("Ctrl+Z")
    assert name(five) == "a.txt"


def test_a_toast_undoes_its_own_step(driver: WindowDriver) -> None:
    """However many keys followed, the button takes back what its toast tells, and nothing else."""
    driver.press("Shift+1", "Shift+2", "3", "1", "1")
    assert driver.toast() == "Sentence 2: Target, Breakthrough → Opinion."
    driver.press_toast("Undo")
    assert [labels for _, labels in driver.labels()] == [["target", "breakthrough"], ["target"], ["target"]]
    assert driver.current() == FIRST


def test_undo_and_redo_are_grey_when_there_is_no_step(driver: WindowDriver) -> None:
    """After each step they are as the history is, without a pause."""
    assert (driver.is_enabled("undo"), driver.is_enabled("redo")) == (False, False)
    for key, undo, redo in (("1", True, False), ("Ctrl+Z", False, True), ("Ctrl+Y", True, False)):
        driver.press(key)
        assert (driver.is_enabled("undo"), driver.is_enabled("redo")) == (undo, redo), key
    driver.press("Ctrl+Z", "Ctrl+Z")
    assert driver.status() == "There is nothing to undo."
    driver.press("Ctrl+Y", "Ctrl+Shift+Z")
    assert driver.status() == "There is nothing to redo."
    driver.press("Ctrl+Z")
    driver.run("undo")
    assert driver.status() == "There is nothing to undo."


def test_all_decided_is_said_and_the_document_stays_in_progress(driver: WindowDriver) -> None:
    """At 100 % the status line tells how to finish."""
    hint = "Every sentence is decided. Ctrl+Enter finishes."
    driver.press(*FOUR_OF_FIVE)
    assert driver.status() != hint
    driver.press("Space")
    assert driver.status() == hint
    driver.press("K")
    driver.press("N")
    assert driver.status() == hint
    assert driver.saved()["status"] == "in progress"


@pytest.mark.parametrize("key", ["4", "7", "9"])
def test_a_digit_without_a_label_answers(driver: WindowDriver, key: str) -> None:
    """The status line says that there is no such label, and nothing changes."""
    driver.press(key)
    assert driver.status() == f"There is no label {key}. Ctrl+Shift+L adds one."
    assert driver.steps() == 0


def test_enter_without_a_suggestion_answers(driver: WindowDriver) -> None:
    """The status line says so, and nothing changes."""
    driver.press("Return")
    assert driver.status() == "This sentence has no suggestion."
    assert (driver.steps(), driver.current()) == (0, FIRST)


def test_a_document_without_sentences_answers(five: WindowDriver) -> None:
    """There is nothing to finish, and the status line says so."""
    (five.folder / "b.txt").write_text(" \n", "utf-8")
    five.open_row(1)
    five.press("Ctrl+Return")
    assert five.status() == "There is no sentence to decide in this document."
