"""The bell and the list of recent messages behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from annotator.gui.messages.message import MessageAction, MessageKind, Question

if TYPE_CHECKING:
    from window_driver import WindowDriver


def test_it_lists_the_newest_first_with_time_and_action(driver: WindowDriver) -> None:
    """Toasts and faults, told to a screen reader with what can be done."""
    driver.show_toast("One.")
    driver.ask(Question("A fault.", "With a cause.", MessageKind.TROUBLE))
    driver.show_toast("Two.", action=MessageAction("Open", lambda: None))
    with driver.recent_messages() as messages:
        rows = [row.split(", ") for row in messages.rows()]
    assert [row[0] for row in rows] == ["Two.", "A fault.\nWith a cause.", "One."]
    assert [row[2:] for row in rows] == [["Open"], [], []]
    assert all(len(row[1]) == 5 and row[1][2] == ":" for row in rows)


def test_without_messages_it_says_so(driver: WindowDriver) -> None:
    """One sentence."""
    with driver.recent_messages() as messages:
        assert messages.rows() == []
        assert messages.texts() == ["Recent messages", "No messages yet."]


def test_it_keeps_the_last_fifty(driver: WindowDriver) -> None:
    """Older ones go."""
    for number in range(60):
        driver.show_toast(f"Message {number}.")
    with driver.recent_messages() as messages:
        rows = messages.rows()
    assert len(rows) == 50
    assert rows[0].startswith("Message 59.")
    assert rows[-1].startswith("Message 10.")


def test_what_was_seen_in_it_is_read(driver: WindowDriver) -> None:
    """The dot goes when the list is opened; one that is closed by the user was read before."""
    for text in ("One.", "Two.", "Three."):
        driver.show_toast(text)
    assert driver.bell() == "Recent messages, 2 unread"
    with driver.recent_messages():
        pass
    assert driver.bell() == "Recent messages"
    driver.show_toast("Four.")
    driver.dismiss_notice()
    assert driver.bell() == "Recent messages, 1 unread"  # the third, which the fourth replaced


def test_a_click_on_the_bell_opens_it_at_the_foot_of_the_window(driver: WindowDriver) -> None:
    """320 pixels wide, over the right end of the window, above the status bar."""
    driver.show_toast("One.")
    QTest.mouseClick(driver.find(QToolButton, "bell"), Qt.MouseButton.LeftButton)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    assert popup.width() == 320
    corner = driver.window.mapFromGlobal(popup.mapToGlobal(popup.rect().bottomRight()))
    assert driver.window.width() - corner.x() <= 12
    assert corner.y() < driver.window.statusBar().y()
    popup.close()


def test_it_is_used_by_keyboard(driver: WindowDriver) -> None:
    """Arrows go from row to row, Enter does what a row offers, Esc closes; the article has the focus again."""
    done: list[str] = []
    for number in range(3):
        action = MessageAction("Open", lambda number=number: done.append(str(number)))  # type: ignore[misc]
        driver.show_toast(f"Message {number}.", action=action)
    with driver.recent_messages() as messages:
        messages.press("Down", "Down", "Up", "Return")
        assert not messages.is_open()
    assert done == ["1"]
    with driver.recent_messages() as messages:
        messages.press("Esc")
        assert not messages.is_open()
    assert driver.is_article_focused()


def test_an_action_is_offered_while_it_is_possible(driver: WindowDriver) -> None:
    """Afterwards the message stands there without it."""
    possible = [True]
    driver.show_toast("Done.", action=MessageAction("Undo", lambda: None, is_possible=lambda: possible[0]))
    driver.dismiss_notice()
    with driver.recent_messages() as messages:
        assert messages.actions() == ["Undo"]
    possible[0] = False
    with driver.recent_messages() as messages:
        assert messages.actions() == []


def test_what_it_lists_is_no_markup(driver: WindowDriver) -> None:
    """Names are shown as they are."""
    driver.show_toast("<img src=x> & <b>bold</b>")
    with driver.recent_messages() as messages:
        assert messages.rows()[0].startswith("<img src=x> & <b>bold</b>")
        assert "<img src=x> & <b>bold</b>" in messages.texts()
