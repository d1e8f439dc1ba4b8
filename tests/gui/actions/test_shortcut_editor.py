"""Keys that the person changed: how they are changed, refused, shown and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from dialog_driver import Answers, button, focus_widget, named
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QTreeWidget, QTreeWidgetItemIterator

from annotator.app.preferences.settings import Settings, load_settings
from annotator.app.preferences.settings_file import settings_path
from annotator.gui.actions.action import Action, Menu
from annotator.gui.actions.shortcuts import normalize_key, resolve_keys

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver


def choose(dialog: QDialog, title: str) -> QTreeWidget:
    """Choose the action of that title by what is typed into the line above the list."""
    line = named(dialog, QLineEdit, "Find an action or a key")
    line.setText(title)
    tree = named(dialog, QTreeWidget, "Keyboard shortcuts")
    walk = QTreeWidgetItemIterator(tree)
    while walk.value() and walk.value().text(0) != title:
        walk += 1
    tree.setCurrentItem(walk.value())
    tree.setFocus()
    return tree


def press(*keys: str) -> None:
    """Press keys where the focus is."""
    for key in keys:
        QTest.keySequence(focus_widget(), key)


def said(dialog: QDialog) -> str:
    """The sentence under the list."""
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def change(driver: WindowDriver, title: str, *keys: str) -> None:
    """Give an action the last of ``keys``, as a person does who is refused the others."""

    def hand(dialog: QDialog) -> None:
        choose(dialog, title)
        press("Return", *keys)
        button(dialog, "OK").click()

    Answers(hand).during(lambda: driver.run("edit-keys"))
    driver.qtbot.waitUntil(driver.is_article_focused)


def test_a_changed_key_works_at_once_and_everywhere(driver: WindowDriver) -> None:
    """The new key does it, the old one does not; menu, tool tip, cheat-sheet and file say the new one."""
    change(driver, "Next sentence", "X")
    first = driver.current()
    driver.press("J", "Down")
    assert driver.current() == first
    driver.press("X")
    assert driver.current() != first
    action = driver.find(QAction, "next")
    assert [key.toString() for key in action.shortcuts()] == ["X"]
    assert action.toolTip() == "Next sentence (X)"
    texts: list[str] = []
    Answers(lambda sheet: texts.extend(label.text() for label in sheet.findChildren(QLabel))).during(
        lambda: driver.press("F1")
    )
    assert texts[texts.index("Next sentence") - 1] == "X"
    assert load_settings(settings_path()).keys == {"next": ["X"]}


def test_a_label_may_have_another_key(driver: WindowDriver) -> None:
    """The keys of labels can be changed like all others."""
    change(driver, "Target", "Q")
    driver.press("Q")
    assert [labels for _, labels in driver.labels()] == [["target"]]


def test_a_clash_is_refused_with_the_name_of_who_has_it(driver: WindowDriver) -> None:
    """The key of another action is not taken; the sentence says which action has it; another key can follow."""

    def hand(dialog: QDialog) -> None:
        choose(dialog, "Next sentence")
        press("Return", "S")
        assert "S is the key of “Split the sentence” already." in said(dialog)
        press("X")
        button(dialog, "OK").click()

    Answers(hand).during(lambda: driver.run("edit-keys"))
    assert driver.settings.keys == {"next": ["X"]}


@pytest.mark.parametrize(("key", "sentence"), [("A", "is needed for writing"), ("Shift+5", "is needed for writing")])
def test_letters_are_only_for_the_article(driver: WindowDriver, key: str, sentence: str) -> None:
    """An action that works everywhere cannot have a key with which one writes."""

    def hand(dialog: QDialog) -> None:
        choose(dialog, "Quit")
        press("Return", key)
        assert sentence in said(dialog)

    Answers(hand).during(lambda: driver.run("edit-keys"))
    assert driver.settings.keys == {}


def test_the_keys_that_move_about_stay(driver: WindowDriver) -> None:
    """Tab and the page keys cannot be given away, and Escape only leaves the asking."""

    def hand(dialog: QDialog) -> None:
        tree = choose(dialog, "Next sentence")
        press("Return", "Tab")
        assert "cannot be given away" in said(dialog)
        press("Esc")
        assert dialog.isVisible()
        assert tree.hasFocus()

    Answers(hand).during(lambda: driver.run("edit-keys"))
    assert driver.settings.keys == {}


def test_a_second_key_none_and_back(driver: WindowDriver) -> None:
    """A key can be added to others, all can be taken away, one action or all can be as they were."""

    def hand(dialog: QDialog) -> None:
        tree = choose(dialog, "Write a note")
        item = tree.currentItem()
        assert item is not None
        button(dialog, "Add a key…").click()
        press("X")
        assert item.text(1).split() == ["T", "X"]
        button(dialog, "No key").click()
        assert item.text(1) == ""
        button(dialog, "Reset").click()
        assert item.text(1) == "T"
        button(dialog, "No key").click()
        button(dialog, "Reset all").click()
        assert item.text(1) == "T"
        button(dialog, "OK").click()

    Answers(hand).during(lambda: driver.run("edit-keys"))
    assert driver.settings.keys == {}


def test_an_old_key_that_was_given_away_is_not_taken_back(driver: WindowDriver) -> None:
    """To be as it was, an action needs its key; who has it is said."""

    def hand(dialog: QDialog) -> None:
        choose(dialog, "Write a note")
        button(dialog, "No key").click()
        choose(dialog, "Next sentence")
        press("Return", "T")
        choose(dialog, "Write a note")
        button(dialog, "Reset").click()
        assert "T is the key of “Next sentence” already." in said(dialog)
        button(dialog, "OK").click()

    Answers(hand).during(lambda: driver.run("edit-keys"))
    assert driver.settings.keys == {"note": [], "next": ["T"]}


def test_cancel_changes_nothing(driver: WindowDriver) -> None:
    """What was changed in the dialog is forgotten with it."""

    def hand(dialog: QDialog) -> None:
        choose(dialog, "Next sentence")
        press("Return", "X")
        button(dialog, "Cancel").click()

    Answers(hand).during(lambda: driver.run("edit-keys"))
    assert driver.settings.keys == {}


def test_changed_keys_hold_after_a_restart(folder: Path, open_on: Callable[..., WindowDriver]) -> None:
    """Settings with keys, also with senseless ones, give a window in which the good ones work."""
    keys = {"next": ["X", "nonsense+?", "Ctrl+K, Ctrl+K"], "gone": ["Y"], "quit": ["A"], "save": ["Tab"]}
    driver = open_on(folder, Settings(language="en", theme="light", keys=keys))
    first = driver.current()
    driver.press("X")
    assert driver.current() != first
    found = {entry.id: entry.keys for entry in driver.actions()}
    assert (found["next"], found["quit"], found["save"]) == (("X",), ("Ctrl+Q",), ("Ctrl+S",))


def action(id_: str, *keys: str, in_article: bool = False) -> Action:
    """An entry of a table."""
    return Action(id_, id_, lambda _: None, Menu.GO, keys=keys, in_article=in_article)


def test_a_key_belongs_to_one_action() -> None:
    """A key that the person gave away is taken from its owner by nature; of two that ask for it, the first has it."""
    table = [action("a", "F2"), action("b", "F3"), action("c", "F4", "F6")]
    assert resolve_keys(table, {"b": ["F2"], "c": ["F2", "F7"]}) == {"a": (), "b": ("F2",), "c": ("F7",)}
    assert resolve_keys(table, {}) == {"a": ("F2",), "b": ("F3",), "c": ("F4", "F6")}
    assert resolve_keys(table, {"a": ["", "Shift"]})["a"] == ("F2",)


def test_no_two_actions_have_a_key_by_nature(driver: WindowDriver) -> None:
    """The table as it is shipped has no clash, and no key of writing for what works everywhere."""
    owners: dict[str, list[str]] = {}
    for entry in driver.shipped_actions():
        for key in entry.keys:
            owners.setdefault(normalize_key(key), []).append(entry.id)
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}
    assert "" not in owners


def test_a_vowel_is_refused_with_the_reason(driver: WindowDriver) -> None:
    """Input tools would keep it for themselves; a consonant is taken."""
    sentences = []

    def hand(dialog: QDialog) -> None:
        choose(dialog, "Split the sentence")
        press("Return", "A")
        sentences.append(said(dialog))
        press("X")
        button(dialog, "OK").click()

    Answers(hand).during(lambda: driver.run("edit-keys"))
    assert "with Telex or VNI on" in sentences[0]
    assert next(one.keys for one in driver.actions() if one.id == "split") == ("X",)
