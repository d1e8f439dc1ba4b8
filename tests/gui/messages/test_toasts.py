"""Toasts: they tell that something happened, in nobody's way, and go by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from window_driver import fade_toasts, show_toasts_for

from annotator.gui.messages.message import MessageAction, MessageKind

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from window_driver import WindowDriver

_LONG_ENOUGH = 150  # milliseconds, many times as long as a toast is shown here


@pytest.mark.parametrize("action", [None, MessageAction("Undo", lambda: None, "Ctrl+Z")], ids=["plain", "action"])
def test_it_moves_no_letter_and_takes_no_focus(driver: WindowDriver, action: MessageAction | None) -> None:
    """All that it does not cover looks as before."""
    before, size = driver.picture(), driver.viewport().size()
    driver.show_toast("The document is done · 9 sentences were set to no label", action=action)
    assert driver.is_article_focused()
    assert driver.viewport().size() == size
    assert driver.picture() == before  # the viewport alone, without what lies over it


def test_it_lies_over_the_foot_of_the_article(driver: WindowDriver) -> None:
    """In the middle, 16 pixels above the foot, 42 high, also after the window has another size."""
    driver.show_toast("Short.")
    for width, height in ((1280, 860), (1000, 700)):
        driver.resize(width, height)
        toast, area = driver.overlay("toast").geometry(), driver.article.geometry()
        assert toast.height() == 42
        assert area.bottom() - toast.bottom() == 16
        assert abs(toast.center().x() - area.center().x()) <= 1


def test_a_long_one_is_not_wider_than_the_article(driver: WindowDriver) -> None:
    """It is wrapped, and leaves 24 pixels at each side."""
    driver.resize(800, 700)
    driver.show_toast("This is a long sentence that says much. " * 6, action=MessageAction("Undo", lambda: None))
    toast, area = driver.overlay("toast").geometry(), driver.article.geometry()
    assert toast.left() - area.left() >= 24
    assert area.right() - toast.right() >= 24
    assert toast.height() <= area.height() // 2
    assert area.contains(toast)


_LONG = "The article was changed; all labels are in place."
_TEXTS = {
    "short": "Saved.",
    "ends with a thin letter": "All is well|",
    "slanted": "Hải Vân: ff.",
    "detail": "The document is done · 9 sentences were set to no label.",
    "two lines": f"{_LONG}\n2 labels moved with their sentences.",
    "four lines": "One.\nTwo.\nThree.\nFour.",
    "lines with details": "One · 1.\nTwo · 2.",
    "a line that is wrapped": f"{_LONG}\n{_LONG * 4}",
    "an empty line": f"{_LONG}\n\nEnd.",
}


@pytest.mark.parametrize("width", [1280, 900, 780])
@pytest.mark.parametrize("action", [None, MessageAction("Undo", lambda: None, "Ctrl+Z")], ids=["plain", "action"])
@pytest.mark.parametrize("text", _TEXTS.values(), ids=list(_TEXTS))
def test_no_pixel_of_its_text_is_cut_off(
    driver: WindowDriver, text: str, action: MessageAction | None, width: int
) -> None:
    """Each label has the width of its longest line and the height of all its lines, within the frame."""
    driver.resize(width, 700)
    driver.show_toast("Before.")
    driver.show_toast(text, action=action)
    toast = driver.overlay("toast")
    QApplication.sendPostedEvents()
    shown = [one for one in toast.findChildren(QLabel) if one.isVisible() and one.text()]
    assert shown
    for label in shown:
        assert toast.contentsRect().contains(label.geometry())
        lines = label.text().split("\n")
        metrics = QFontMetricsF(label.font())
        if label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width())
        else:
            assert label.height() >= len(lines) * metrics.lineSpacing()
            assert label.width() >= max(metrics.horizontalAdvance(line) for line in lines)
    assert driver.article.geometry().contains(toast.geometry())


def test_a_toast_of_several_lines_is_no_wider_than_they_are(driver: WindowDriver) -> None:
    """Short lines make a small toast."""
    driver.show_toast("One.\nTwo.\nThree.\nFour.")
    toast = driver.overlay("toast")
    assert toast.width() < driver.article.width() // 3
    assert toast.height() > 42


def test_a_word_without_end_is_broken(driver: WindowDriver) -> None:
    """A path of 400 letters pushes neither the action nor the edge of the toast out of the window."""
    driver.resize(900, 700)
    driver.show_toast(f"The copy is in /{'x' * 400}.yaml.", action=MessageAction("Open", lambda: None))
    toast = driver.overlay("toast")
    assert driver.article.geometry().contains(toast.geometry())
    assert toast.rect().contains(driver.offer("Open").geometry())


def test_it_goes_by_itself(driver: WindowDriver, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """It then counts as unread."""
    show_toasts_for(20, monkeypatch)
    driver.show_toast("Done.")
    qtbot.waitUntil(lambda: driver.toast() == "")
    qtbot.waitUntil(lambda: not driver.overlay("toast").isVisible())
    assert driver.bell() == "Recent messages, 1 unread"


def test_it_goes_when_the_program_speaks_another_language(driver: WindowDriver) -> None:
    """It would stay in the old one; the list of messages has it, unread."""
    driver.show_toast("All saved.")
    driver.choose_look(theme="dark")
    assert driver.toast() == "All saved."
    driver.choose_look(language="vi")
    assert driver.toast() == ""
    driver.choose_look(language="en")
    assert driver.bell() == "Recent messages, 1 unread"


def test_it_fades(driver: WindowDriver, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """In and out; what comes while one goes stands whole."""
    fade_toasts(monkeypatch)
    driver.show_toast("One.")
    driver.dismiss_notice()
    assert driver.overlay("toast").isVisible()
    driver.show_toast("Two.")
    qtbot.wait(_LONG_ENOUGH)
    assert driver.overlay("toast").isVisible()
    driver.dismiss_notice()
    assert driver.overlay("toast").isVisible()
    qtbot.waitUntil(lambda: not driver.overlay("toast").isVisible())


def test_it_stands_still_under_the_pointer(driver: WindowDriver, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as the pointer is on it."""
    show_toasts_for(20, monkeypatch)
    driver.show_toast("Done.")
    card = driver.overlay("toast")
    QApplication.sendEvent(card, QEvent(QEvent.Type.Enter))
    qtbot.wait(_LONG_ENOUGH)
    assert driver.toast() == "Done."
    QApplication.sendEvent(card, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: driver.toast() == "")


def test_it_stands_still_while_the_window_is_inactive(
    driver: WindowDriver, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody reads it then."""
    show_toasts_for(20, monkeypatch)
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not driver.is_active())
    driver.show_toast("Done.")
    qtbot.wait(_LONG_ENOUGH)
    assert driver.toast() == "Done."
    driver.activate()
    qtbot.waitUntil(lambda: driver.toast() == "")


def test_it_stands_still_while_it_has_the_focus(
    driver: WindowDriver, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F6 reaches it backwards from the article; Esc closes it, which is then read, and leads back."""
    driver.show_toast("Done.", action=MessageAction("Undo", lambda: None))
    driver.press("Shift+F6")
    assert driver.overlay("toast").isAncestorOf(driver.focus())
    show_toasts_for(20, monkeypatch)
    driver.show_toast("Done.", action=MessageAction("Undo", lambda: None))
    qtbot.wait(_LONG_ENOUGH)
    assert driver.toast() == "Done. (×2)"
    driver.press("Esc")
    assert driver.toast() == ""
    assert driver.is_article_focused()
    assert driver.bell() == "Recent messages"


def test_f6_goes_through_the_parts_of_the_window(driver: WindowDriver) -> None:
    """Article, documents, sentence, toast, and round again; also to a toast without an action."""
    driver.show_toast("Done.")
    found: list[str] = []
    for _number in range(4):
        driver.press("F6")
        panels = [name for name in ("documents", "inspector") if driver.panel(name).has_focus()]
        toast = ["toast"] if driver.focus() is driver.overlay("toast") else []
        found += panels or toast or ["article" if driver.is_article_focused() else "?"]
    assert found == ["documents", "inspector", "toast", "article"]


def test_its_action_is_done_by_a_click_or_by_enter(driver: WindowDriver) -> None:
    """And the toast goes; a click leaves the focus where it was."""
    done: list[str] = []
    driver.show_toast("One.", action=MessageAction("Undo", lambda: done.append("one")))
    QTest.mouseClick(driver.offer("Undo"), Qt.MouseButton.LeftButton)
    assert (done, driver.toast()) == (["one"], "")
    assert driver.is_article_focused()
    driver.show_toast("Two.", action=MessageAction("Undo", lambda: done.append("two")))
    driver.press("Shift+F6", "Return")
    assert (done, driver.toast()) == (["one", "two"], "")
    assert driver.is_article_focused()


def test_undo_is_offered_until_the_next_step(driver: WindowDriver) -> None:
    """Afterwards it would undo something else."""
    driver.press("1")
    undo = MessageAction("Undo", lambda: None, is_possible=lambda: driver.steps() == 1)
    driver.show_toast("Done.", action=undo)
    assert driver.offer("Undo").isVisible()
    driver.press("2")
    assert (driver.toast(), driver.offers()) == ("Done.", [])


def test_a_new_one_takes_its_place(driver: WindowDriver) -> None:
    """The first one went unread."""
    driver.show_toast("One.")
    driver.show_toast("Two.")
    assert driver.toast() == "Two."
    assert driver.bell() == "Recent messages, 1 unread"


def test_the_same_one_counts_up(driver: WindowDriver) -> None:
    """In its own words where it has some, as one entry of the list."""
    for _number in range(3):
        driver.show_toast("1 suggestion accepted.", repeated=lambda count: f"{count} suggestions accepted.")
    assert driver.toast() == "3 suggestions accepted."
    with driver.recent_messages() as messages:
        assert [row.partition(",")[0] for row in messages.rows()] == ["3 suggestions accepted."]
    driver.show_toast("Copied.")
    driver.show_toast("Copied.")
    assert driver.toast() == "Copied. (×2)"


def test_work_that_goes_on_is_told_until_it_ends(
    driver: WindowDriver, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message that comes meanwhile is shown over it, and it stands there again afterwards."""
    show_toasts_for(20, monkeypatch)
    stopped: list[bool] = []
    task = driver.start_progress("Counting, 1/9", stop=lambda: stopped.append(True))
    qtbot.wait(_LONG_ENOUGH)
    task.update("Counting, 2/9")
    assert driver.toast() == "Counting, 2/9"
    driver.show_toast("Done.")
    assert driver.toast() == "Done."
    qtbot.waitUntil(lambda: driver.toast() == "Counting, 2/9")
    driver.offer("Stop").click()
    assert stopped == [True]
    task.end()
    assert driver.toast() == ""


def test_what_is_below_it_can_be_clicked_beside_it(driver: WindowDriver) -> None:
    """Its shadow is in nobody's way."""
    driver.show_toast("Done.")
    toast = driver.overlay("toast")
    beside = toast.geometry().topLeft() - toast.rect().bottomRight() / 1000
    centre = driver.window.centralWidget()
    assert centre is not None
    below = centre.childAt(beside.x() - 6, beside.y() + 10)
    assert below is not None
    assert driver.article.isAncestorOf(below)


def test_what_it_says_is_no_markup(driver: WindowDriver) -> None:
    """Names of files and labels are shown as they are."""
    driver.show_toast(
        "<b>bold</b> & <img src=x> · <i>more</i>", action=MessageAction("<u>Undo</u> && more", lambda: None)
    )
    assert driver.toast().startswith("<b>bold</b> & <img src=x>")
    assert driver.offer("<u>Undo</u> && more").isVisible()


def test_it_is_said_politely(driver: WindowDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen reader says it when it has finished its sentence, and which key leads to its action."""
    said: list[tuple[str, QAccessible.AnnouncementPoliteness]] = []

    def hear(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            said.append((event.message(), event.politeness()))

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    driver.show_toast("Done.", kind=MessageKind.INFO, action=MessageAction("Undo", lambda: None))
    assert said == [("Done. F6 goes to: Undo", QAccessible.AnnouncementPoliteness.Polite)]


def test_typing_goes_on_while_it_comes(driver: WindowDriver) -> None:
    """Letters go on into the field in which they are typed."""
    driver.press("Ctrl+F")
    field = driver.focus()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "ab")
    driver.show_toast("Done.", action=MessageAction("Undo", lambda: None))
    QTest.keyClicks(driver.focus(), "cd")
    assert field.text() == "abcd"


def test_a_message_of_the_session_is_a_toast_a_hint_is_not(driver: WindowDriver) -> None:
    """What was done is told in a toast, why a key did nothing in the status line."""
    driver.press("Ctrl+Y")
    assert (driver.toast(), driver.status()) == ("", "There is nothing to redo.")
