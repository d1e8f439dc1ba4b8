"""What is to be checked: changed sentences, conflicts and orphans, by real keys and clicks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListView, QPushButton, QTextEdit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Desk

GOAL = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."
HIGHER = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 10% vào năm 2030."
WAYS = "Ba khâu đột phá được chọn."
VIEW = "Ông Nam cho rằng việc này khó."
INCOME = "Thu ngân sách đạt 12.000 tỷ đồng."


def view(desk: Desk) -> QListView:
    """The list."""
    found = desk.bench.window.panels["check"].findChild(QListView)
    assert isinstance(found, QListView)
    return found


def spoken(desk: Desk) -> list[str]:
    """The rows as a screen reader says them."""
    model = view(desk).model()
    return [str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())]


def sides(desk: Desk) -> list[str]:
    """The two texts beside the list."""
    return [one.toPlainText() for one in desk.bench.window.panels["check"].findChildren(QTextEdit)]


def button(desk: Desk, text: str) -> QPushButton:
    """The button with that text that is seen in the window."""
    found = [one for one in desk.bench.window.findChildren(QPushButton) if one.text() == text and one.isVisible()]
    assert len(found) == 1
    return found[0]


def change(folder: Path, *pairs: tuple[str, str]) -> None:
    """Change words of the first article on disk."""
    path = folder / "a.txt"
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


@pytest.fixture
def changed(desk: Desk, open_on: Callable[[Path], Desk]) -> Desk:
    """The window opened again after a tagged sentence was changed and another one was deleted."""
    desk.press("1", "2", "3", "1")
    desk.saved()
    desk.shut()
    change(desk.folder, (GOAL, HIGHER), (VIEW, ""))
    return open_on(desk.folder)


@pytest.fixture
def disputed(desk: Desk, open_on: Callable[[Path], Desk]) -> Desk:
    """The window on a file in which another version says that the first sentence is something else."""
    desk.press("1", "2")
    saved = desk.saved()
    rival = {**saved["annotations"][0], "labels": ["opinion"], "note": "Nói thế thôi."}
    gone = {**saved["annotations"][1], "labels": []}
    desk.shut()
    desk.sidecar.write_text(json.dumps({**saved, "conflicts": [rival, gone]}, default=str), "utf-8")  # YAML as well
    return open_on(desk.folder)


def in_file(desk: Desk, key: str) -> list[dict[str, Any]]:
    """What the file has under a key."""
    found: list[dict[str, Any]] = desk.saved().get(key, [])
    return found


def test_it_is_hidden_and_says_so_where_there_is_nothing_to_check(desk: Desk) -> None:
    """F8 shows the panel with a sentence on what it is for; F8 again or Escape go back."""
    dock = desk.bench.window.panels["check"]
    assert not dock.isVisible()
    desk.press("F8")
    assert dock.isVisible()
    assert any("nothing to check" in one.text() for one in dock.findChildren(QLabel) if one.isVisible())
    desk.press("Esc")
    assert desk.bench.article.hasFocus()
    desk.press("F8")
    assert dock.isAncestorOf(desk.bench.window.focusWidget())
    desk.press("F8")
    assert not dock.isVisible()
    assert desk.bench.article.hasFocus()


def test_a_changed_sentence_opens_the_panel(changed: Desk) -> None:
    """Old stands beside new, the words that differ are marked not by colour alone, and the article keeps the keys."""
    dock = changed.bench.window.panels["check"]
    assert dock.isVisible()
    assert dock.windowTitle() == "To check (2)"
    assert changed.bench.article.hasFocus()
    assert "1 annotated sentence was changed" in changed.bench.notice.text
    assert [line.split(",")[0] for line in spoken(changed)] == ["changed", "without a sentence"]
    assert f"It was “{GOAL}”, it is now “{HIGHER}”." in spoken(changed)[0]
    changed.press("F8")
    assert sides(changed)[0].startswith(GOAL)
    assert "Labels: Target" in sides(changed)[0]
    assert sides(changed)[1] == HIGHER
    old, new = (one.toHtml() for one in dock.findChildren(QTextEdit))
    assert "line-through" in old
    assert "underline" in new
    assert [one.text() for one in dock.findChildren(QLabel) if one.text().endswith("% alike")] == ["94 % alike"]


def test_enter_confirms_and_undo_asks_again(changed: Desk) -> None:
    """Confirmed, nothing in the file says that it was changed; undo brings that back."""
    assert in_file(changed, "annotations")[0]["was"]["text"] == GOAL
    changed.press("F8", "Return")
    assert "was" not in in_file(changed, "annotations")[0]
    assert [line.split(",")[0] for line in spoken(changed)] == ["without a sentence"]
    changed.press("Ctrl+Z")
    assert in_file(changed, "annotations")[0]["was"]["text"] == GOAL
    changed.qtbot.waitUntil(lambda: len(spoken(changed)) == 2)


def test_delete_refuses_and_the_sentence_is_open_again(changed: Desk) -> None:
    """A refused annotation is an orphan with its old words; it is not attached again when the window is opened anew."""
    changed.press("F8", "Del")
    assert HIGHER not in [one["text"] for one in in_file(changed, "annotations")]
    assert [one["text"] for one in in_file(changed, "orphans")] == [GOAL, VIEW]
    again = changed.reopen()
    assert not again.bench.window.panels["check"].isVisible()
    assert [one["text"] for one in in_file(again, "orphans")] == [GOAL, VIEW]
    again.shut()


def test_a_key_that_is_held_answers_once(desk: Desk, open_on: Callable[[Path], Desk]) -> None:
    """What is refused becomes an orphan; the next press goes to another row and never deletes it for good."""
    desk.press("1", "2", "3", "1")
    desk.saved()
    desk.shut()
    change(desk.folder, (GOAL, HIGHER), (INCOME, INCOME.replace("12.000", "13.000")))
    desk = open_on(desk.folder)
    desk.press("F8")
    assert [one.split(",")[0] for one in spoken(desk)] == ["changed", "changed"]
    QTest.keyClick(view(desk), Qt.Key.Key_Delete)
    for _turn in range(5):
        held = QKeyEvent(
            QEvent.Type.KeyPress, int(Qt.Key.Key_Delete), Qt.KeyboardModifier.NoModifier, autorep=True, count=1
        )
        QApplication.sendEvent(view(desk), held)
    assert len(in_file(desk, "orphans")) == 1
    QTest.keyClick(view(desk), Qt.Key.Key_Delete)
    assert len(in_file(desk, "orphans")) == 2


def test_the_arrows_lead_the_article(changed: Desk) -> None:
    """The sentence of the row is the current one."""
    changed.press("F8")
    changed.press("Down", "Up")
    assert changed.current() == HIGHER
    assert view(changed).hasFocus()


def test_an_orphan_is_put_back_by_hand(changed: Desk) -> None:
    """P puts it on the sentence that is chosen in the article; one that has an annotation is refused."""
    changed.press("F8", "Down", "Return")
    assert "Choose the sentence" in changed.bench.status.currentMessage()
    changed.click(WAYS)
    changed.press("F8", "P")
    assert "has an annotation already" in changed.bench.status.currentMessage()
    assert [one["text"] for one in in_file(changed, "orphans")] == [VIEW]
    changed.click("Mọi người")
    changed.press("F8")
    changed.qtbot.waitUntil(lambda: "Mọi người đồng ý." in sides(changed)[1])
    changed.press("P")
    assert in_file(changed, "orphans") == []
    assert ("Mọi người đồng ý.", ["opinion"]) in changed.labels()
    changed.press("Ctrl+Z")
    assert [one["text"] for one in in_file(changed, "orphans")] == [VIEW]


def test_an_orphan_is_deleted_and_comes_back_by_undo(changed: Desk) -> None:
    """The button deletes it; undo brings it back."""
    changed.press("F8", "Down")
    button(changed, "Delete").click()
    assert in_file(changed, "orphans") == []
    changed.press("Ctrl+Z")
    assert [one["text"] for one in in_file(changed, "orphans")] == [VIEW]


def test_all_are_confirmed_at_once(desk: Desk, open_on: Callable[[Path], Desk]) -> None:
    """One step confirms them all, and one undo takes that back; with nothing left, the article has the keys."""
    desk.press("1", "2", "3", "1")
    desk.saved()
    desk.shut()
    change(desk.folder, (GOAL, HIGHER), (INCOME, "Thu ngân sách đạt 13.000 tỷ đồng."))
    again = open_on(desk.folder)
    button(again, "Confirm all").click()
    assert not [one for one in in_file(again, "annotations") if "was" in one]
    assert again.bench.article.hasFocus()
    again.press("Ctrl+Z")
    assert len([one for one in in_file(again, "annotations") if "was" in one]) == 2


def test_the_inspector_asks_as_well(changed: Desk) -> None:
    """At a changed sentence it says what it was, with a button to confirm; at another one it says nothing."""
    changed.click(HIGHER[:9])
    note = changed.bench.inspector
    words = f"The sentence was changed since: it was “{GOAL}”"
    changed.qtbot.waitUntil(lambda: any(one.text() == words and one.isVisible() for one in note.findChildren(QLabel)))
    (confirm,) = (one for one in note.findChildren(QPushButton) if one.text() == "Confirm")
    QTest.mouseClick(confirm, Qt.MouseButton.LeftButton)
    assert "was" not in in_file(changed, "annotations")[0]
    assert changed.bench.article.hasFocus()
    changed.qtbot.waitUntil(lambda: not confirm.isVisible())


def test_a_screen_reader_hears_that_a_sentence_changed(changed: Desk) -> None:
    """The current sentence is announced with it."""
    changed.click(HIGHER[:9])
    interface = QAccessible.queryAccessibleInterface(changed.bench.article)
    assert interface.text(QAccessible.Text.Description) == f"{HIGHER} Target, changed, to confirm"


def test_a_conflict_is_shown_side_by_side(disputed: Desk) -> None:
    """What stands is beside what the other version says; Enter keeps it, and the other one leaves the file."""
    assert disputed.bench.window.panels["check"].windowTitle() == "To check (2)"
    disputed.press("F8")
    assert spoken(disputed)[0].startswith("conflict, Target or Opinion.")
    assert "Labels: Target" in sides(disputed)[0]
    assert "Labels: Opinion" in sides(disputed)[1]
    assert "Note: Nói thế thôi." in sides(disputed)[1]
    disputed.press("Return")
    assert (disputed.labels()[0], len(in_file(disputed, "conflicts"))) == ((GOAL, ["target"]), 1)
    disputed.press("Ctrl+Z")
    assert len(in_file(disputed, "conflicts")) == 2


def test_the_other_version_is_taken(disputed: Desk) -> None:
    """T puts what it says in the place of what stands; where it has no label, none is left."""
    disputed.press("F8", "T")
    assert disputed.labels() == [(GOAL, ["opinion"]), (WAYS, ["breakthrough"])]
    assert in_file(disputed, "annotations")[0]["note"] == "Nói thế thôi."
    button(disputed, "Take the other one").click()
    assert disputed.labels() == [(GOAL, ["opinion"])]
    assert in_file(disputed, "conflicts") == []
    assert disputed.bench.article.hasFocus()
    disputed.press("Ctrl+Z", "Ctrl+Z")
    assert disputed.labels() == [(GOAL, ["target"]), (WAYS, ["breakthrough"])]


def test_a_text_that_is_changed_back_needs_no_answer(changed: Desk, open_on: Callable[[Path], Desk]) -> None:
    """When the old words stand again, nothing is to be confirmed and the orphan is at its sentence."""
    changed.saved()
    changed.shut()
    change(changed.folder, (HIGHER, GOAL), (WAYS, f"{WAYS} {VIEW}"))
    again = open_on(changed.folder)
    assert not again.bench.window.panels["check"].isVisible()
    assert again.labels()[:3] == [(GOAL, ["target"]), (WAYS, ["breakthrough"]), (VIEW, ["opinion"])]
    assert not [one for one in in_file(again, "annotations") if "was" in one]


def test_the_panel_speaks_vietnamese_at_once(changed: Desk) -> None:
    """Buttons and titles follow the language."""
    changed.press("F8")
    changed.bench.choose(language="vi")
    changed.bench.choose(language="en")
    assert button(changed, "Refuse").isVisible()
