"""A finished document asks once before its first change; keys that move never ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView

from annotator.app.session import commands

if TYPE_CHECKING:
    from window_driver import WindowDriver

FIRST = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."
SECOND = "Ba khâu đột phá được chọn."
THIRD = "Ông Nam cho rằng việc này khó."
LAST = "Mọi người đồng ý."
CHOICES = [("Change, stay done", "Enter"), ("Reopen", "R"), ("Cancel", "Esc")]
MOVES = ("Down", "Up", "J", "K", "PgDown", "PgUp", "Home", "End", "Alt+Up", "Alt+Down", "Shift+Down", "Esc", "N", "P")


@pytest.fixture
def done(driver: WindowDriver) -> WindowDriver:
    """The first article finished: a target, the rest without a label; opened again at its first sentence."""
    driver.press("1", "Space", "Space", "Space", "Space", "Ctrl+Return")
    driver.open_row(0)
    driver.press("Home")
    driver.dismiss_toast()
    assert driver.saved()["status"] == "done"
    return driver


def written(driver: WindowDriver) -> bytes:
    """Save and return the bytes of the sidecar."""
    assert driver.save()
    return driver.sidecar.read_bytes()


def state(driver: WindowDriver) -> tuple[str, list[list[str]], int]:
    """Return status, labels and the number of marks in the sidecar."""
    found = yaml.safe_load(written(driver))
    return found["status"], [one["labels"] for one in found["annotations"]], len(found["nothing"])


def test_moving_never_asks(done: WindowDriver) -> None:
    """No key that moves asks or changes a byte, twenty times Space and Enter included."""
    before = written(done)
    for key in (*MOVES, *["Space"] * 20, *["Return"] * 20, "Home", *["Space"] * 20):
        done.press(key)
        assert done.strip() == "", key
    assert written(done) == before
    assert done.current() == LAST


@pytest.mark.parametrize(
    ("key", "question", "after"),
    [
        ("2", "This document is done. Key 2 changes sentence 2 to Breakthrough.", [["breakthrough"]]),
        ("Shift+2", "This document is done. Sentence 2 would be: Target, Breakthrough.", [["target", "breakthrough"]]),
        ("Shift+1", "This document is done. Sentence 2 would be undecided again.", []),
        ("0", "This document is done. Sentence 2 would be undecided again.", []),
        ("Del", "This document is done. Sentence 2 would be undecided again.", []),
        ("M", "This document is done. 2 sentences would change.", [["target"]]),
    ],
)
@pytest.mark.parametrize(("answer", "status"), [("Return", "done"), ("R", "in progress"), ("Esc", "done")])
def test_the_first_change_asks_once(
    done: WindowDriver, key: str, question: str, after: list[list[str]], answer: str, status: str
) -> None:
    """The key is kept and applied after the answer, as one step; Esc drops it without changing a byte."""
    before, steps = written(done), done.steps()
    done.press(key)
    assert done.strip() == question
    assert done.strip_choices() == CHOICES
    assert written(done) == before
    done.press(answer)
    assert done.strip() == ""
    if answer == "Esc":
        assert written(done) == before
        done.press(key)
        assert done.strip() == question
        return
    assert state(done)[:2] == (status, after)
    assert done.steps() == steps + 1
    assert done.current() == (SECOND if key == "2" else done.current())
    done.press("End", "3")
    assert done.strip() == ""
    assert state(done)[1] == [*after, ["opinion"]]


def test_the_key_goes_to_the_sentence_at_which_it_was_pressed(done: WindowDriver) -> None:
    """Moving on while the question stands does not move the change."""
    done.press("3")
    done.press("J", "J", "Return")
    assert done.labels() == [(FIRST, ["opinion"])]
    assert done.current() == SECOND


def test_one_change_waits_at_a_time(done: WindowDriver) -> None:
    """A second digit while the question stands is not taken, and the status line says why."""
    done.press("3")
    done.press("2")
    assert done.status() == "Answer the question above first."
    done.press("Return")
    assert done.labels() == [(FIRST, ["opinion"])]


@pytest.mark.parametrize("key", ["3", "Shift+2", "0"])
def test_a_key_behind_a_note_that_waits_is_answered(done: WindowDriver, key: str) -> None:
    """It is not taken, and the status line says why; the note waits on."""
    note = done.note()
    note.setFocus()
    QTest.keyClicks(note, "abc")
    done.focus_article()
    before = done.labels()
    done.press(key)
    assert done.status() == "Answer the question above first."
    assert done.labels() == before
    done.press("Return")
    assert done.saved()["annotations"][0]["note"] == "abc"
    assert done.labels() == before


def test_it_asks_again_once_the_document_was_left(done: WindowDriver) -> None:
    """What was allowed holds for one visit; a question that stands goes when the document is left."""
    done.press("3", "Return")
    done.open_row(1)
    done.open_row(0)
    done.press("Home", "2")
    assert done.strip()
    done.open_row(1)
    assert done.strip() == ""
    done.open_row(0)
    assert done.labels() == [(FIRST, ["opinion"])]


def test_it_asks_again_once_it_is_finished_again(done: WindowDriver) -> None:
    """Reopened and finished, the document is guarded as before."""
    done.press("3", "R")
    assert state(done)[0] == "in progress"
    done.run("finish")
    done.open_row(0)
    done.press("Home", "2")
    assert done.strip()


@pytest.mark.parametrize(("answer", "status"), [("Return", "done"), ("R", "in progress")])
def test_undo_and_redo_are_changes(done: WindowDriver, answer: str, status: str) -> None:
    """Both ask in a finished document that was opened again, and do what they do after the answer."""
    done.press("3", "Return")
    assert state(done)[:2] == ("done", [["opinion"]])
    done.open_row(1)
    done.open_row(0)
    done.press("Ctrl+Z")
    assert done.strip() == "This document is done. Undo would change it."
    done.press("Esc")
    assert state(done)[:2] == ("done", [["opinion"]])
    done.press("Ctrl+Z", answer)
    assert state(done)[:2] == (status, [["target"]])


def test_redo_asks(done: WindowDriver) -> None:
    """Redo in a finished document that was opened again asks."""
    done.press("3", "Return", "Ctrl+Z")
    assert state(done)[:2] == ("done", [["target"]])
    done.open_row(1)
    done.open_row(0)
    done.press("Ctrl+Shift+Z")
    assert done.strip() == "This document is done. Redo would change it."
    done.press("Return")
    assert state(done)[:2] == ("done", [["opinion"]])


def test_a_note_asks_at_its_first_letter(done: WindowDriver) -> None:
    """Opening the note asks nothing; a letter does, typing goes on, and the whole note is kept after the answer."""
    before = written(done)
    done.press("T")
    assert done.strip() == ""
    done.press("r", "x")
    assert done.strip() == "This document is done. A note would change it."
    done.press("y", "Esc")
    assert written(done) == before
    assert done.is_article_focused()
    done.press("Return")
    found = done.saved()
    assert (found["status"], [one.get("note") for one in found["annotations"]]) == ("done", ["rxy"])


def test_a_note_that_is_cancelled_is_not_written(done: WindowDriver) -> None:
    """After Cancel the stored note stands, on the screen and in the file."""
    before = written(done)
    done.press("T", "x", "Esc", "Esc")
    assert done.strip() == ""
    assert done.note().toPlainText() == ""
    assert written(done) == before
    done.press("T", "Esc", "J", "K")
    assert written(done) == before


@pytest.mark.parametrize("leave", ["Ctrl+PgDown", "Ctrl+Q"])
def test_a_note_is_never_lost_by_leaving(done: WindowDriver, leave: str) -> None:
    """What was typed is kept where the document is left without an answer."""
    done.press("T", "x", "y", leave)
    if leave != "Ctrl+Q":
        done.close()
    found = yaml.safe_load(done.sidecar.read_text("utf-8"))
    assert (found["status"], [one.get("note") for one in found["annotations"]]) == ("done", ["xy"])


def test_a_selection_asks_with_its_count(done: WindowDriver) -> None:
    """The question says how many sentences would change; the answer changes all of them in one step."""
    done.press("Shift+Down", "Shift+Down", "3")
    assert done.strip() == "This document is done. 3 sentences would change."
    done.press("J", "Return")
    assert [labels for _, labels in done.labels()] == [["opinion"]] * 3
    assert done.toast() == "3 sentences are tagged as Opinion."


def test_all_that_was_typed_waits_for_one_answer(done: WindowDriver) -> None:
    """Fields and notes of several sentences are kept, each at its own; the user stays where they are."""
    commands.set_fields(done.session, {"value": 9})
    commands.set_fields(done.session, {"unit": "%"})
    assert done.strip() == "This document is done. 1 sentence would change."
    done.press("T", "x", "Esc", "J", "T", "y", "Esc", "J", "Return")
    found = done.saved()
    assert [(one["text"], one.get("fields"), one["note"]) for one in found["annotations"]] == [
        (FIRST, {"value": 9, "unit": "%"}, "x"),
        (SECOND, None, "y"),
    ]
    assert (found["status"], done.current()) == ("done", THIRD)


def test_a_note_that_is_taken_back_while_it_waits_is_not_written(done: WindowDriver) -> None:
    """A letter typed and deleted before the answer leaves no note."""
    before = done.saved()["annotations"]
    done.press("T", "x", "Esc", "T", "Ctrl+A", "Backspace", "Esc", "Return")
    assert done.saved()["annotations"] == before


def test_typed_text_waits_behind_a_key(done: WindowDriver) -> None:
    """A digit that waits and a note written meanwhile are both done after the answer, reopening once."""
    done.press("3", "T", "x", "Esc")
    done.press("R")
    found = done.saved()
    assert [(one["labels"], one["note"]) for one in found["annotations"]] == [(["opinion"], "x")]
    assert found["status"] == "in progress"


def test_the_answer_needs_no_mouse_from_a_list(done: WindowDriver) -> None:
    """A key in the table of annotations asks as well; its answers hold at once, and the focus goes back to the list."""
    done.press("F7")
    done.qtbot.waitUntil(done.panel("table").has_focus)
    done.qtbot.waitUntil(lambda: done.panel("table").find(QTableView).model().rowCount() == 1)
    view = done.panel("table").find(QTableView)
    view.selectRow(0)
    done.go_to(done.text().index(LAST))
    done.press("2")
    assert done.strip() == "This document is done. Sentence 2 would be: Target, Breakthrough."
    assert done.is_article_focused()
    done.press("Return")
    assert done.labels() == [(FIRST, ["target", "breakthrough"])]
    assert done.panel("table").has_focus()
