"""Finding words in the open document: what is typed, what is seen, where one arrives."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QColor, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QToolButton,
)

from annotator.core.colour import contrast
from annotator.core.labels import LabelSet
from annotator.gui.theme.theme import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Theme, look_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Desk

FIRST = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."
SECOND = "Ba khâu đột phá được chọn."
THIRD = "Ông Nam cho rằng việc này khó."
FOURTH = "Thu ngân sách đạt 12.000 tỷ đồng."
LAST = "Mọi người đồng ý."


def field(desk: Desk) -> QLineEdit:
    """The line to type in."""
    found = desk.bench.window.findChild(QLineEdit, "find-field")
    assert isinstance(found, QLineEdit)
    return found


def count(desk: Desk) -> str:
    """What the strip says about how much was found."""
    found = desk.bench.window.findChild(QLabel, "find-count")
    assert isinstance(found, QLabel)
    return found.text()


def button(desk: Desk, name: str) -> QToolButton:
    """The button of the strip with that accessible name."""
    strip = desk.bench.window.findChild(QFrame, "find-strip")
    assert strip is not None
    (found,) = [one for one in strip.findChildren(QToolButton) if one.accessibleName() == name]
    return found


def find(desk: Desk, words: str) -> None:
    """Open the search and type words."""
    desk.press("Ctrl+F")
    desk.qtbot.waitUntil(field(desk).hasFocus)
    if words.isascii():
        QTest.keyClicks(field(desk), words)
    else:  # as an input method gives them
        event = QInputMethodEvent()
        event.setCommitString(words)
        QApplication.sendEvent(field(desk), event)


def colours_at(desk: Desk, words: str, nth: int = 0) -> set[str]:
    """The colours in the box of the first letter of a place in the article."""
    document = desk.bench.session.document
    assert document is not None
    at = -1
    for _ in range(nth + 1):
        at = document.text.index(words, at + 1)
    view = desk.bench.article.viewport()
    interface = QAccessible.queryAccessibleInterface(desk.bench.article).textInterface()
    box: QRect = interface.characterRect(at)
    image = view.grab().toImage()
    left = view.mapFromGlobal(box.topLeft())
    inside = [QPoint(x, y) for x in range(box.width()) for y in range(box.height())]
    ratio = image.devicePixelRatio()
    return {image.pixelColor((left + point) * ratio).name() for point in inside}


def test_typing_marks_every_match(desk: Desk) -> None:
    """Matches have a ground of their own at once, the one that the person is at a stronger one; they are counted."""
    find(desk, "dong")
    assert count(desk) == "1 of 2"
    assert LIGHT.match_current in colours_at(desk, "đồng")
    assert LIGHT.match in colours_at(desk, "đồng", 1)
    assert LIGHT.match not in colours_at(desk, "Mọi")


def test_accents_count_where_they_are_typed(desk: Desk) -> None:
    """Words without accents find all, an accent only its letter; NFD finds NFC."""
    find(desk, "tinh")
    assert count(desk) == "1 of 1"
    field(desk).setText("")
    assert count(desk) == ""
    field(desk).setText("tình")
    assert count(desk) == "not found"
    field(desk).setText(unicodedata.normalize("NFD", "tỉnh"))
    assert count(desk) == "1 of 1"
    field(desk).setText("TỈnh")
    assert count(desk) == "not found"


def test_the_input_method_is_on(desk: Desk) -> None:
    """Vietnamese can be typed in the line, unlike in the article."""
    find(desk, "")
    assert field(desk).testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


@pytest.mark.parametrize(
    ("onwards", "backwards"), [("Return", "Shift+Return"), ("F3", "Shift+F3"), ("Ctrl+G", "Ctrl+Shift+G")]
)
def test_keys_go_from_match_to_match(desk: Desk, onwards: str, backwards: str) -> None:
    """Next and previous make the sentence with the match the current one, and go on from the other end with a word."""
    find(desk, "dong")
    desk.press(onwards)
    assert (count(desk), desk.current()) == ("2 of 2", LAST)
    desk.press(onwards)
    assert (count(desk), desk.current()) == ("1 of 2", FOURTH)
    assert desk.bench.status.currentMessage() == "The search goes on from the beginning."
    desk.press(backwards)
    assert (count(desk), desk.current()) == ("2 of 2", LAST)
    assert desk.bench.status.currentMessage() == "The search goes on from the end."
    assert field(desk).hasFocus()


def test_buttons_do_the_same(desk: Desk) -> None:
    """Everything works with the mouse alone: next, previous, close."""
    find(desk, "dong")
    QTest.mouseClick(button(desk, "Next match"), Qt.MouseButton.LeftButton)
    assert desk.current() == LAST
    QTest.mouseClick(button(desk, "Previous match"), Qt.MouseButton.LeftButton)
    assert desk.current() == FOURTH
    QTest.mouseClick(button(desk, "Close the search"), Qt.MouseButton.LeftButton)
    assert not field(desk).isVisible()
    assert desk.bench.article.hasFocus()


def test_the_search_begins_at_the_current_sentence(desk: Desk) -> None:
    """The first match is the one at the current sentence or behind it; before it where there is none behind."""
    desk.press("End")
    find(desk, "n")
    number, _, total = count(desk).partition(" of ")
    assert int(number) > 1
    field(desk).setText("mục tiêu")
    assert count(desk) == "1 of 1"
    assert int(total) > 10


def test_escape_arrives_at_the_match(desk: Desk) -> None:
    """Escape closes the search; the article has the focus, the sentence with the match is the current one."""
    find(desk, "nam cho")
    assert desk.current() == FIRST
    desk.press("Esc")
    assert desk.current() == THIRD
    assert desk.bench.article.hasFocus()
    assert not field(desk).isVisible()
    assert LIGHT.match_current not in colours_at(desk, "Nam cho")
    desk.press("3")
    assert desk.labels() == [(THIRD, ["opinion"])]


def test_escape_without_a_match_changes_nothing(desk: Desk) -> None:
    """What was not found leaves the current sentence as it is."""
    find(desk, "xyzzy")
    assert count(desk) == "not found"
    desk.press("Return", "Esc")
    assert desk.current() == FIRST
    assert desk.bench.article.hasFocus()


def test_the_search_stays_open_while_the_article_is_worked_on(desk: Desk) -> None:
    """A click on a sentence leaves it open, F3 goes on from there, Escape in the article closes it."""
    find(desk, "đ")
    desk.click(THIRD)
    desk.bench.article.setFocus()
    desk.press("F3")
    assert desk.current() == FOURTH
    assert desk.bench.article.hasFocus()
    desk.press("1", "Esc")
    assert not field(desk).isVisible()
    assert desk.current() == LAST
    assert desk.labels() == [(FOURTH, ["target"])]


def test_f3_goes_on_after_the_search_was_closed(desk: Desk) -> None:
    """The words looked for last are looked for again, the article keeping the focus."""
    find(desk, "dong")
    desk.press("Esc", "F3")
    assert desk.current() == LAST
    assert desk.bench.article.hasFocus()
    assert LIGHT.match_current in colours_at(desk, "đồng", 1)


def test_the_last_words_are_there_again(desk: Desk) -> None:
    """Ctrl+F once more has them chosen, so that typing replaces them."""
    find(desk, "dong")
    desk.press("Esc", "Ctrl+F")
    assert field(desk).selectedText() == "dong"
    assert count(desk) == "1 of 2"
    QTest.keyClicks(field(desk), "nam")
    assert field(desk).text() == "nam"


def test_selected_text_is_looked_for(desk: Desk) -> None:
    """Words selected in a note, or sentences selected in the article, are in the line at once."""
    desk.press("Shift+Down", "Ctrl+F")
    assert field(desk).text() == f"{FIRST} {SECOND}"
    assert count(desk) == "1 of 1"
    desk.press("Esc", "T")
    QTest.keyClicks(desk.bench.inspector.note, "dong")
    desk.bench.inspector.note.selectAll()
    desk.press("Ctrl+F")
    assert field(desk).text() == "dong"
    assert count(desk) == "1 of 2"


def test_another_document_is_searched_at_once(desk: Desk) -> None:
    """The search stays open over documents."""
    find(desk, "bai")
    assert count(desk) == "not found"
    desk.press("Ctrl+PgDown")
    assert count(desk) == "1 of 2"
    assert LIGHT.match_current in colours_at(desk, "bài")


def test_f3_finds_the_last_words_in_another_document(desk: Desk) -> None:
    """The first match from the current sentence on, although the search was closed."""
    find(desk, "bai")
    desk.press("Esc", "Ctrl+PgDown", "F3")
    assert desk.current() == "Đây là bài thứ hai."
    assert count(desk) == "1 of 2"
    desk.press("F3")
    assert desk.current() == "Bài này ngắn."


def test_theme_and_language_are_taken_at_once(desk: Desk) -> None:
    """The marks change with the theme."""
    find(desk, "dong")
    desk.bench.choose(theme="dark")
    assert DARK.match in colours_at(desk, "đồng", 1)
    desk.bench.choose(theme="light")


@pytest.mark.parametrize("theme", [LIGHT, DARK, HIGH_LIGHT, HIGH_DARK], ids=lambda theme: theme.name)
def test_what_was_found_can_be_read(theme: Theme) -> None:
    """The text on matches has the contrast that all text has; the two grounds differ from each other and the paper."""
    look = look_of(theme, LabelSet("", ()), face="serif", language="vi")
    assert contrast(look.ink, look.match) >= theme.least
    assert contrast(look.ink, look.match_current) >= theme.least
    assert len({look.match, look.match_current, look.paper}) == 3


def test_words_in_quiet_text_are_as_dark_as_others(desk: Desk) -> None:
    """A caption's grey would not be readable on the ground of a match: it has the ink of text there."""
    find(desk, "minh")
    assert count(desk) == "1 of 2"
    inks = colours_at(desk, "minh.\n")
    darkest = min(inks, key=lambda name: QColor(name).lightness())
    assert contrast(darkest, LIGHT.match_current) >= LIGHT.least


def answer(*, uncheck: int | None = None, accept: bool = True) -> list[str]:
    """Answer the preview when it comes; gives the rows that it showed."""
    rows: list[str] = []

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        shown = dialog.findChild(QListWidget)
        assert isinstance(shown, QListWidget)
        rows.extend(shown.item(row).text() for row in range(shown.count()))
        if uncheck is not None:
            shown.item(uncheck).setCheckState(Qt.CheckState.Unchecked)
        buttons = [one for one in dialog.findChildren(QPushButton) if one.isDefault() == accept]
        QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, act)
    return rows


def test_every_match_is_tagged_in_one_step(desk: Desk) -> None:
    """Ctrl+Enter, a label, the preview: the sentences chosen have the label, and one undo takes all of it back."""
    desk.press("1")
    find(desk, "đ")
    desk.press("Ctrl+Return")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    rows = answer(uncheck=1)
    QTest.keyClick(menu, Qt.Key.Key_1)
    assert rows == [SECOND, FOURTH, LAST]
    assert desk.labels() == [(FIRST, ["target"]), (SECOND, ["target"]), (LAST, ["target"])]
    desk.bench.window.activateWindow()  # as a window manager does when a dialog goes
    desk.qtbot.waitUntil(field(desk).hasFocus)
    assert desk.bench.status.currentMessage() == "2 sentences were tagged."
    desk.press("Esc")
    desk.press("Ctrl+Z")
    assert desk.labels() == [(FIRST, ["target"])]


def test_tagging_can_be_refused(desk: Desk) -> None:
    """With the mouse: the button, a label, Cancel; nothing is tagged."""
    find(desk, "đột phá")
    QTest.mouseClick(button(desk, "Tag every sentence with a match"), Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    rows = answer(accept=False)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(menu.actions()[1]).center())
    assert rows == [SECOND]
    assert not desk.sidecar.exists()


def test_what_has_the_label_already_is_not_asked_about(desk: Desk) -> None:
    """Where every sentence with a match has it, that is said."""
    desk.press("1")
    find(desk, "mục tiêu tăng")
    desk.press("Ctrl+Return")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    QTest.keyClick(menu, Qt.Key.Key_1)
    assert desk.bench.status.currentMessage() == "Every sentence with a match has the label Target already."


def test_ctrl_enter_does_not_finish_the_document(desk: Desk) -> None:
    """In the line, Ctrl+Enter is about matches, even where there are none."""
    find(desk, "xyzzy")
    desk.press("Ctrl+Return")
    assert desk.current() == FIRST
    assert not desk.sidecar.exists()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_giant_document_is_searched_while_one_types(tmp_path: Path, open_on: Callable[..., Desk], form: str) -> None:
    """A hundred thousand sentences: the last one is found, one that is everywhere is counted, keys do not wait."""
    (tmp_path / "big.txt").write_text(
        unicodedata.normalize(form, "Tỉnh đạt mục tiêu năm nay. Ông Nam nói vậy.\n" * 50_000 + "Cuối cùng là đây.\n"),
        "utf-8",
    )
    desk = open_on(tmp_path)
    find(desk, "cuoi cung")
    desk.qtbot.waitUntil(lambda: count(desk) == "1 of 1", timeout=20_000)
    field(desk).setText("nam")
    desk.qtbot.waitUntil(lambda: count(desk) == "1 of 100000", timeout=20_000)
    desk.press("Shift+Return")
    assert count(desk) == "100000 of 100000"
    desk.press("Esc")
    assert "Nam nói" in unicodedata.normalize("NFC", desk.current())
