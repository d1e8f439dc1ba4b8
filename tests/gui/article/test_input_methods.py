"""Input methods and the window, without one that runs: what they ask, and what they send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from window_driver import WindowDriver


def test_the_article_refuses_input_methods(driver: WindowDriver) -> None:
    """Asked whether it wants to be composed into, it says no, and letters and digits come as keys."""
    article = driver.article
    assert not article.inputMethodQuery(Qt.InputMethodQuery.ImEnabled)
    assert not article.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    driver.press("1", "K", "J")
    assert driver.labels() == [("Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030.", ["target"])]
    assert driver.current() == "Ba khâu đột phá được chọn."


def test_a_note_takes_a_composed_word(driver: WindowDriver) -> None:
    """What is composed letter by letter, as a Vietnamese method does, is in the note and in the file."""
    driver.press("T")
    note = driver.note()
    driver.qtbot.waitUntil(note.hasFocus)
    assert note.inputMethodQuery(Qt.InputMethodQuery.ImEnabled)
    for so_far in ("d", "đ", "đo", "đô", "đôt", "đột"):
        QApplication.sendEvent(note, QInputMethodEvent(so_far, []))
    for word in ("đột", " phá"):
        done = QInputMethodEvent("", [])
        done.setCommitString(word)
        QApplication.sendEvent(note, done)
    driver.press("Escape")
    assert [one["note"] for one in driver.saved()["annotations"]] == ["đột phá"]
    assert driver.is_article_focused()
