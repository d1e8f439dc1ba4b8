"""Keys in a window that shows them by other names than Qt's, as the program does in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from dialog_driver import find_child
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.gui.messages.message import Choice, Question
from annotator.gui.workbench.qt_translations import QtTranslator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from window_driver import WindowDriver


@pytest.fixture(autouse=True)
def _shown_names() -> Iterator[None]:
    """Return is called Enter, as it is printed on the keyboard."""
    application = QApplication.instance() or QApplication([])
    translator = QtTranslator(application)
    application.installTranslator(translator)
    assert QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText) == "Ctrl+Enter"
    yield
    application.removeTranslator(translator)


def test_no_two_shortcuts_are_the_same(driver: WindowDriver) -> None:
    """Qt would call them ambiguous and run neither; each action still has each of its keys."""
    for action in driver.window.findChildren(QAction):
        keys = [one.toString(QKeySequence.SequenceFormat.PortableText) for one in action.shortcuts()]
        assert len(keys) == len(set(keys)), (action.objectName(), keys)
    finish = find_child(driver.window, QAction, "finish")
    keys = [one.toString(QKeySequence.SequenceFormat.PortableText) for one in finish.shortcuts()]
    assert keys == ["Ctrl+Return", "Ctrl+Enter"]


@pytest.mark.parametrize("key", ["Return", "Enter"])
def test_both_enter_keys_answer_a_question(driver: WindowDriver, key: str) -> None:
    """The answer says Enter."""
    answers = []
    driver.ask(Question("Now?", choices=(Choice("Yes", "Enter", lambda: answers.append("yes")),)))
    QTest.keySequence(driver.article, QKeySequence.fromString(key))
    assert answers == ["yes"]


@pytest.mark.parametrize("key", ["Ctrl+Return", "Ctrl+Enter"])
def test_both_enter_keys_finish_the_document(driver: WindowDriver, key: str) -> None:
    """With Ctrl."""
    driver.press("Home", *["1"] * 8)
    QTest.keySequence(driver.article, QKeySequence.fromString(key))
    assert driver.saved()["status"] == "done"
