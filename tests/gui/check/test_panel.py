"""What is to be checked: changed sentences, conflicts and orphans, by real keys and clicks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListView, QPushButton, QTextEdit

from annotator.app.session.events import EventKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver

GOAL = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."
HIGHER = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 10% vào năm 2030."
WAYS = "Ba khâu đột phá được chọn."
VIEW = "Ông Nam cho rằng việc này khó."
INCOME = "Thu ngân sách đạt 12.000 tỷ đồng."


def view(driver: WindowDriver) -> QListView:
    """The list."""
    return driver.panel("check").find(QListView)


def spoken(driver: WindowDriver) -> list[str]:
    """The rows as a screen reader says them."""
    return driver.panel("check").rows()


def sides(driver: WindowDriver) -> list[str]:
    """The two texts beside the list."""
    return [one.toPlainText() for one in driver.panel("check").find_all(QTextEdit)]


def button(driver: WindowDriver, text: str) -> QPushButton:
    """The button with that text that is seen in the window."""
    found = [one for one in driver.find_all(QPushButton) if one.text() == text and one.isVisible()]
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
def changed(driver: WindowDriver, open_on: Callable[[Path], WindowDriver]) -> WindowDriver:
    """The window opened again after a tagged sentence was changed and another one was deleted."""
    driver.press("1", "2", "3", "1")
    driver.saved()
    driver.close_at_once()
    change(driver.folder, (GOAL, HIGHER), (VIEW, ""))
    return open_on(driver.folder)


@pytest.fixture
def disputed(driver: WindowDriver, open_on: Callable[[Path], WindowDriver]) -> WindowDriver:
    """The window on a file in which another version says that the first sentence is something else."""
    driver.press("1", "2")
    saved = driver.saved()
    rival = {**saved["annotations"][0], "labels": ["opinion"], "note": "Nói thế thôi."}
    gone = {**saved["annotations"][1], "labels": []}
    driver.close_at_once()
    driver.sidecar.write_text(json.dumps({**saved, "conflicts": [rival, gone]}, default=str), "utf-8")  # YAML as well
    return open_on(driver.folder)


def in_file(driver: WindowDriver, key: str) -> list[dict[str, Any]]:
    """What the file has under a key."""
    found: list[dict[str, Any]] = driver.saved().get(key, [])
    return found


def test_it_is_hidden_and_says_so_where_there_is_nothing_to_check(driver: WindowDriver) -> None:
    """F8 shows the panel with a sentence on what it is for; F8 again or Escape go back."""
    panel = driver.panel("check")
    assert not panel.is_shown()
    driver.press("F8")
    assert panel.is_shown()
    assert any("nothing to check" in text for text in panel.texts())
    driver.press("Esc")
    assert driver.is_article_focused()
    driver.press("F8")
    assert panel.has_focus()
    driver.press("F8")
    assert not panel.is_shown()
    assert driver.is_article_focused()


def test_a_changed_sentence_opens_the_panel(changed: WindowDriver) -> None:
    """Old stands beside new, the words that differ are marked not by colour alone, and the article keeps the keys."""
    panel = changed.panel("check")
    assert panel.is_shown()
    assert panel.title() == "To check (2)"
    assert changed.is_article_focused()
    assert "1 annotated sentence was changed" in changed.notice()
    assert [line.split(",")[0] for line in spoken(changed)] == ["changed", "without a sentence"]
    assert f"It was “{GOAL}”, it is now “{HIGHER}”." in spoken(changed)[0]
    changed.press("F8")
    assert sides(changed)[0].startswith(GOAL)
    assert "Labels: Target" in sides(changed)[0]
    assert sides(changed)[1] == HIGHER
    old, new = (one.toHtml() for one in panel.find_all(QTextEdit))
    assert "line-through" in old
    assert "underline" in new
    assert [one.text() for one in panel.find_all(QLabel) if one.text().endswith("% alike")] == ["94% alike"]


def test_enter_confirms_and_undo_asks_again(changed: WindowDriver) -> None:
    """Confirmed, nothing in the file says that it was changed; undo brings that back."""
    assert in_file(changed, "annotations")[0]["was"]["text"] == GOAL
    changed.press("F8", "Return")
    assert "was" not in in_file(changed, "annotations")[0]
    assert [line.split(",")[0] for line in spoken(changed)] == ["without a sentence"]
    changed.press("Ctrl+Z")
    assert in_file(changed, "annotations")[0]["was"]["text"] == GOAL
    changed.qtbot.waitUntil(lambda: len(spoken(changed)) == 2)


def test_delete_refuses_and_the_sentence_is_open_again(changed: WindowDriver) -> None:
    """A refused annotation is an orphan with its old words; it is not attached again when the window is opened anew."""
    changed.press("F8", "Del")
    assert HIGHER not in [one["text"] for one in in_file(changed, "annotations")]
    assert [one["text"] for one in in_file(changed, "orphans")] == [GOAL, VIEW]
    again = changed.reopen()
    assert not again.is_panel_shown("check")
    assert [one["text"] for one in in_file(again, "orphans")] == [GOAL, VIEW]
    again.close_at_once()


def test_a_key_that_is_held_answers_once(driver: WindowDriver, open_on: Callable[[Path], WindowDriver]) -> None:
    """What is refused becomes an orphan; the next press goes to another row and never deletes it for good."""
    driver.press("1", "2", "3", "1")
    driver.saved()
    driver.close_at_once()
    change(driver.folder, (GOAL, HIGHER), (INCOME, INCOME.replace("12.000", "13.000")))
    driver = open_on(driver.folder)
    driver.press("F8")
    assert [one.split(",")[0] for one in spoken(driver)] == ["changed", "changed"]
    QTest.keyClick(view(driver), Qt.Key.Key_Delete)
    for _turn in range(5):
        held = QKeyEvent(
            QEvent.Type.KeyPress, int(Qt.Key.Key_Delete), Qt.KeyboardModifier.NoModifier, autorep=True, count=1
        )
        QApplication.sendEvent(view(driver), held)
    assert len(in_file(driver, "orphans")) == 1
    QTest.keyClick(view(driver), Qt.Key.Key_Delete)
    assert len(in_file(driver, "orphans")) == 2


def test_the_arrows_lead_the_article(changed: WindowDriver) -> None:
    """The sentence of the row is the current one."""
    changed.press("F8")
    changed.press("Down", "Up")
    assert changed.current() == HIGHER
    assert view(changed).hasFocus()


def test_an_orphan_is_put_back_by_hand(changed: WindowDriver) -> None:
    """P puts it on the sentence that is chosen in the article; one that has an annotation is refused."""
    changed.press("F8", "Down", "Return")
    assert "Choose the sentence" in changed.status()
    changed.click(WAYS)
    changed.press("F8", "P")
    assert "has an annotation already" in changed.status()
    assert [one["text"] for one in in_file(changed, "orphans")] == [VIEW]
    changed.click("Mọi người")
    changed.press("F8")
    changed.qtbot.waitUntil(lambda: "Mọi người đồng ý." in sides(changed)[1])
    changed.press("P")
    assert in_file(changed, "orphans") == []
    assert ("Mọi người đồng ý.", ["opinion"]) in changed.labels()
    changed.press("Ctrl+Z")
    assert [one["text"] for one in in_file(changed, "orphans")] == [VIEW]


def test_an_orphan_is_deleted_and_comes_back_by_undo(changed: WindowDriver) -> None:
    """The button deletes it; undo brings it back."""
    changed.press("F8", "Down")
    button(changed, "Delete").click()
    assert in_file(changed, "orphans") == []
    changed.press("Ctrl+Z")
    assert [one["text"] for one in in_file(changed, "orphans")] == [VIEW]


def test_all_are_confirmed_at_once(driver: WindowDriver, open_on: Callable[[Path], WindowDriver]) -> None:
    """One step confirms them all, and one undo takes that back; with nothing left, the article has the keys."""
    driver.press("1", "2", "3", "1")
    driver.saved()
    driver.close_at_once()
    change(driver.folder, (GOAL, HIGHER), (INCOME, "Thu ngân sách đạt 13.000 tỷ đồng."))
    again = open_on(driver.folder)
    button(again, "Confirm all").click()
    assert not [one for one in in_file(again, "annotations") if "was" in one]
    assert again.is_article_focused()
    again.press("Ctrl+Z")
    assert len([one for one in in_file(again, "annotations") if "was" in one]) == 2


def test_the_inspector_asks_as_well(changed: WindowDriver) -> None:
    """At a changed sentence it says what it was, with a button to confirm; at another one it says nothing."""
    changed.click(HIGHER[:9])
    panel = changed.panel("inspector")
    words = f"The sentence was changed since: it was “{GOAL}”"
    changed.qtbot.waitUntil(lambda: words in panel.texts())
    (confirm,) = (one for one in panel.find_all(QPushButton) if one.text() == "Confirm")
    QTest.mouseClick(confirm, Qt.MouseButton.LeftButton)
    assert "was" not in in_file(changed, "annotations")[0]
    assert changed.is_article_focused()
    changed.qtbot.waitUntil(lambda: not confirm.isVisible())


def test_a_screen_reader_hears_that_a_sentence_changed(changed: WindowDriver) -> None:
    """The current sentence is announced with it."""
    changed.click(HIGHER[:9])
    interface = changed.accessible_article()
    assert interface.text(QAccessible.Text.Description) == f"{HIGHER} Target, changed, to confirm"


def test_a_conflict_is_shown_side_by_side(disputed: WindowDriver) -> None:
    """What stands is beside what the other version says; Enter keeps it, and the other one leaves the file."""
    assert disputed.panel("check").title() == "To check (2)"
    disputed.press("F8")
    assert spoken(disputed)[0].startswith("conflict, Target or Opinion.")
    assert "Labels: Target" in sides(disputed)[0]
    assert "Labels: Opinion" in sides(disputed)[1]
    assert "Note: Nói thế thôi." in sides(disputed)[1]
    disputed.press("Return")
    assert (disputed.labels()[0], len(in_file(disputed, "conflicts"))) == ((GOAL, ["target"]), 1)
    disputed.press("Ctrl+Z")
    assert len(in_file(disputed, "conflicts")) == 2


def test_the_other_version_is_taken(disputed: WindowDriver) -> None:
    """T puts what it says in the place of what stands; where it has no label, none is left."""
    disputed.press("F8", "T")
    assert disputed.labels() == [(GOAL, ["opinion"]), (WAYS, ["breakthrough"])]
    assert in_file(disputed, "annotations")[0]["note"] == "Nói thế thôi."
    button(disputed, "Use other version").click()
    assert disputed.labels() == [(GOAL, ["opinion"])]
    assert in_file(disputed, "conflicts") == []
    assert disputed.is_article_focused()
    disputed.press("Ctrl+Z", "Ctrl+Z")
    assert disputed.labels() == [(GOAL, ["target"]), (WAYS, ["breakthrough"])]


def test_a_mark_on_a_tagged_sentence_waits_for_a_decision(
    driver: WindowDriver, open_on: Callable[[Path], WindowDriver]
) -> None:
    """A merge of git tagged and cleared one sentence at once: the tag stands, and T takes the mark in its place."""
    driver.press("1", "2")
    saved = driver.saved()
    driver.close_at_once()
    place = saved["annotations"][0]["at"]
    driver.sidecar.write_text(json.dumps({**saved, "nothing": [place]}, default=str), "utf-8")
    again = open_on(driver.folder)
    assert again.labels() == [(GOAL, ["target"]), (WAYS, ["breakthrough"])]
    assert again.panel("check").title() == "To check (1)"
    again.press("F8")
    assert spoken(again) == [f"conflict, Target or No label. “{GOAL}”"]
    assert "No label" in sides(again)[1]
    again.press("T")
    assert again.labels() == [(WAYS, ["breakthrough"])]
    assert (in_file(again, "nothing"), in_file(again, "conflicts")) == ([place], [])
    again.press("Ctrl+Z")
    assert again.labels() == [(GOAL, ["target"]), (WAYS, ["breakthrough"])]
    assert len(in_file(again, "undecided marks")) == 1


def test_a_text_that_is_changed_back_needs_no_answer(
    changed: WindowDriver, open_on: Callable[[Path], WindowDriver]
) -> None:
    """When the old words stand again, nothing is to be confirmed and the orphan is at its sentence."""
    changed.saved()
    changed.close_at_once()
    change(changed.folder, (HIGHER, GOAL), (WAYS, f"{WAYS} {VIEW}"))
    again = open_on(changed.folder)
    assert not again.is_panel_shown("check")
    assert again.labels()[:3] == [(GOAL, ["target"]), (WAYS, ["breakthrough"]), (VIEW, ["opinion"])]
    assert not [one for one in in_file(again, "annotations") if "was" in one]


def test_the_panel_speaks_vietnamese_at_once(changed: WindowDriver) -> None:
    """Buttons and titles follow the language."""
    changed.press("F8")
    changed.choose_look(language="vi")
    changed.choose_look(language="en")
    assert button(changed, "Remove labels").isVisible()


def test_only_a_message_about_them_offers_to_go_through_them(changed: WindowDriver) -> None:
    """Others do not, although something is to be checked."""
    assert [one.label for one in changed.offers()] == ["Go through them"]
    changed.dismiss_notice()
    changed.session.notify("The last document is not saved yet.", kind=EventKind.CAUTIONED)
    assert changed.notice() == "The last document is not saved yet."
    assert changed.offers() == []


@pytest.mark.parametrize("is_focused", [False, True])
def test_going_through_them_never_hides_the_list(changed: WindowDriver, *, is_focused: bool) -> None:
    """Neither by Enter in the article nor by the button while the list has the focus."""
    if is_focused:
        view(changed).setFocus()
        QTest.mouseClick(changed.offer("Go through them"), Qt.MouseButton.LeftButton)
    else:
        changed.focus_article()
        changed.press("Return")
    assert changed.panel("check").is_shown()
    assert view(changed).hasFocus()
