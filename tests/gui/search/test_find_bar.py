"""Finding words in the open document: what is typed, what is seen, where one arrives."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Literal

import pytest
from dialog_driver import in_dialog
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QInputMethodEvent
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

from annotator.core.colour import contrast_ratio
from annotator.core.labels import LabelSet
from annotator.gui.theme.theme import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Theme, make_article_style

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver

FIRST = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."
SECOND = "Ba khâu đột phá được chọn."
THIRD = "Ông Nam cho rằng việc này khó."
FOURTH = "Thu ngân sách đạt 12.000 tỷ đồng."
LAST = "Mọi người đồng ý."


def field(driver: WindowDriver) -> QLineEdit:
    """The line to type in."""
    return driver.find(QLineEdit, "find-field")


def count(driver: WindowDriver) -> str:
    """What the strip says about how much was found."""
    return driver.find(QLabel, "find-count").text()


def button(driver: WindowDriver, name: str) -> QToolButton:
    """The button of the strip with that accessible name."""
    strip = driver.find(QFrame, "find-strip")
    (found,) = [one for one in strip.findChildren(QToolButton) if one.accessibleName() == name]
    return found


def find(driver: WindowDriver, words: str) -> None:
    """Open the search and type words."""
    driver.press("Ctrl+F")
    driver.qtbot.waitUntil(field(driver).hasFocus)
    if words.isascii():
        QTest.keyClicks(field(driver), words)
    else:  # as an input method gives them
        event = QInputMethodEvent()
        event.setCommitString(words)
        QApplication.sendEvent(field(driver), event)


def colours_at(driver: WindowDriver, words: str, nth: int = 0) -> set[str]:
    """The colours in the box of the first letter of a place in the article."""
    at = -1
    for _ in range(nth + 1):
        at = driver.text().index(words, at + 1)
    view = driver.viewport()
    box: QRect = driver.accessible_text().characterRect(at)
    image = view.grab().toImage()
    left = view.mapFromGlobal(box.topLeft())
    inside = [QPoint(x, y) for x in range(box.width()) for y in range(box.height())]
    ratio = image.devicePixelRatio()
    return {image.pixelColor((left + point) * ratio).name() for point in inside}


def test_typing_marks_every_match(driver: WindowDriver) -> None:
    """Matches have a ground of their own at once, the one that the person is at a stronger one; they are counted."""
    find(driver, "dong")
    assert count(driver) == "1 of 2"
    assert LIGHT.match_current in colours_at(driver, "đồng")
    assert LIGHT.match in colours_at(driver, "đồng", 1)
    assert LIGHT.match not in colours_at(driver, "Mọi")


def test_accents_count_where_they_are_typed(driver: WindowDriver) -> None:
    """Words without accents find all, an accent only its letter; NFD finds NFC."""
    find(driver, "tinh")
    assert count(driver) == "1 of 1"
    field(driver).setText("")
    assert count(driver) == ""
    field(driver).setText("tình")
    assert count(driver) == "not found"
    field(driver).setText(unicodedata.normalize("NFD", "tỉnh"))
    assert count(driver) == "1 of 1"
    field(driver).setText("TỈnh")
    assert count(driver) == "not found"


def test_the_input_method_is_on(driver: WindowDriver) -> None:
    """Vietnamese can be typed in the line, unlike in the article."""
    find(driver, "")
    assert field(driver).testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


@pytest.mark.parametrize(
    ("onwards", "backwards"), [("Return", "Shift+Return"), ("F3", "Shift+F3"), ("Ctrl+G", "Ctrl+Shift+G")]
)
def test_keys_go_from_match_to_match(driver: WindowDriver, onwards: str, backwards: str) -> None:
    """Next and previous make the sentence with the match the current one, and go on from the other end with a word."""
    find(driver, "dong")
    driver.press(onwards)
    assert (count(driver), driver.current()) == ("2 of 2", LAST)
    driver.press(onwards)
    assert (count(driver), driver.current()) == ("1 of 2", FOURTH)
    assert driver.status() == "The search goes on from the beginning."
    driver.press(backwards)
    assert (count(driver), driver.current()) == ("2 of 2", LAST)
    assert driver.status() == "The search goes on from the end."
    assert field(driver).hasFocus()


def test_buttons_do_the_same(driver: WindowDriver) -> None:
    """Everything works with the mouse alone: next, previous, close."""
    find(driver, "dong")
    QTest.mouseClick(button(driver, "Next match"), Qt.MouseButton.LeftButton)
    assert driver.current() == LAST
    QTest.mouseClick(button(driver, "Previous match"), Qt.MouseButton.LeftButton)
    assert driver.current() == FOURTH
    QTest.mouseClick(button(driver, "Close the search"), Qt.MouseButton.LeftButton)
    assert not field(driver).isVisible()
    assert driver.is_article_focused()


def test_the_search_begins_at_the_current_sentence(driver: WindowDriver) -> None:
    """The first match is the one at the current sentence or behind it; before it where there is none behind."""
    driver.press("End")
    find(driver, "n")
    number, _, total = count(driver).partition(" of ")
    assert int(number) > 1
    field(driver).setText("mục tiêu")
    assert count(driver) == "1 of 1"
    assert int(total) > 10


def test_escape_arrives_at_the_match(driver: WindowDriver) -> None:
    """Escape closes the search; the article has the focus, the sentence with the match is the current one."""
    find(driver, "nam cho")
    assert driver.current() == FIRST
    driver.press("Esc")
    assert driver.current() == THIRD
    assert driver.is_article_focused()
    assert not field(driver).isVisible()
    assert LIGHT.match_current not in colours_at(driver, "Nam cho")
    driver.press("3")
    assert driver.labels() == [(THIRD, ["opinion"])]


def test_escape_without_a_match_changes_nothing(driver: WindowDriver) -> None:
    """What was not found leaves the current sentence as it is."""
    find(driver, "xyzzy")
    assert count(driver) == "not found"
    driver.press("Return", "Esc")
    assert driver.current() == FIRST
    assert driver.is_article_focused()


def test_the_search_stays_open_while_the_article_is_worked_on(driver: WindowDriver) -> None:
    """A click on a sentence leaves it open, F3 goes on from there, Escape in the article closes it."""
    find(driver, "đ")
    driver.click(THIRD)
    driver.focus_article()
    driver.press("F3")
    assert driver.current() == FOURTH
    assert driver.is_article_focused()
    driver.press("1", "Esc")
    assert not field(driver).isVisible()
    assert driver.current() == LAST
    assert driver.labels() == [(FOURTH, ["target"])]


def test_f3_goes_on_after_the_search_was_closed(driver: WindowDriver) -> None:
    """The words looked for last are looked for again, the article keeping the focus."""
    find(driver, "dong")
    driver.press("Esc", "F3")
    assert driver.current() == LAST
    assert driver.is_article_focused()
    assert LIGHT.match_current in colours_at(driver, "đồng", 1)


def test_the_last_words_are_there_again(driver: WindowDriver) -> None:
    """Ctrl+F once more has them chosen, so that typing replaces them."""
    find(driver, "dong")
    driver.press("Esc", "Ctrl+F")
    assert field(driver).selectedText() == "dong"
    assert count(driver) == "1 of 2"
    QTest.keyClicks(field(driver), "nam")
    assert field(driver).text() == "nam"


def test_selected_text_is_looked_for(driver: WindowDriver) -> None:
    """Words selected in a note, or sentences selected in the article, are in the line at once."""
    driver.press("Shift+Down", "Ctrl+F")
    assert field(driver).text() == f"{FIRST} {SECOND}"
    assert count(driver) == "1 of 1"
    driver.press("Esc", "T")
    QTest.keyClicks(driver.note(), "dong")
    driver.note().selectAll()
    driver.press("Ctrl+F")
    assert field(driver).text() == "dong"
    assert count(driver) == "1 of 2"


def test_another_document_is_searched_at_once(driver: WindowDriver) -> None:
    """The search stays open over documents."""
    find(driver, "bai")
    assert count(driver) == "not found"
    driver.press("Ctrl+PgDown")
    assert count(driver) == "1 of 2"
    assert LIGHT.match_current in colours_at(driver, "bài")


def test_f3_finds_the_last_words_in_another_document(driver: WindowDriver) -> None:
    """The first match from the current sentence on, although the search was closed."""
    find(driver, "bai")
    driver.press("Esc", "Ctrl+PgDown", "F3")
    assert driver.current() == "Đây là bài thứ hai."
    assert count(driver) == "1 of 2"
    driver.press("F3")
    assert driver.current() == "Bài này ngắn."


def test_theme_and_language_are_taken_at_once(driver: WindowDriver) -> None:
    """The marks change with the theme."""
    find(driver, "dong")
    driver.choose_look(theme="dark")
    assert DARK.match in colours_at(driver, "đồng", 1)
    driver.choose_look(theme="light")


@pytest.mark.parametrize("theme", [LIGHT, DARK, HIGH_LIGHT, HIGH_DARK], ids=lambda theme: theme.name)
def test_what_was_found_can_be_read(theme: Theme) -> None:
    """The text on matches has the contrast that all text has; the two grounds differ from each other and the paper."""
    look = make_article_style(theme, LabelSet("", ()), face="serif", language="vi")
    assert contrast_ratio(look.ink, look.match) >= theme.min_contrast
    assert contrast_ratio(look.ink, look.match_current) >= theme.min_contrast
    assert len({look.match, look.match_current, look.paper}) == 3


def test_words_in_quiet_text_are_as_dark_as_others(driver: WindowDriver) -> None:
    """A caption's grey would not be readable on the ground of a match: it has the ink of text there."""
    find(driver, "minh")
    assert count(driver) == "1 of 2"
    inks = colours_at(driver, "minh.\n")
    darkest = min(inks, key=lambda name: QColor(name).lightness())
    assert contrast_ratio(darkest, LIGHT.match_current) >= LIGHT.min_contrast


def answer(*, uncheck: int | None = None, accept: bool = True) -> list[str]:
    """Answer the preview when it comes; gives the rows that it showed."""
    rows: list[str] = []

    def act(dialog: QDialog) -> None:
        shown = dialog.findChild(QListWidget)
        assert isinstance(shown, QListWidget)
        rows.extend(shown.item(row).text() for row in range(shown.count()))
        if uncheck is not None:
            shown.item(uncheck).setCheckState(Qt.CheckState.Unchecked)
        buttons = [one for one in dialog.findChildren(QPushButton) if one.isDefault() == accept]
        QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)

    in_dialog(act)
    return rows


def test_every_match_is_tagged_in_one_step(driver: WindowDriver) -> None:
    """Ctrl+Enter, a label, the preview: the sentences chosen have the label, and one undo takes all of it back."""
    driver.press("1")
    find(driver, "đ")
    driver.press("Ctrl+Return")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    rows = answer(uncheck=1)
    QTest.keyClick(menu, Qt.Key.Key_1)
    assert rows == [SECOND, FOURTH, LAST]
    assert driver.labels() == [(FIRST, ["target"]), (SECOND, ["target"]), (LAST, ["target"])]
    driver.activate()  # as a window manager does when a dialog goes
    driver.qtbot.waitUntil(field(driver).hasFocus)
    assert driver.status() == "2 sentences were tagged."
    driver.press("Esc")
    driver.press("Ctrl+Z")
    assert driver.labels() == [(FIRST, ["target"])]


def test_tagging_can_be_refused(driver: WindowDriver) -> None:
    """With the mouse: the button, a label, Cancel; nothing is tagged."""
    find(driver, "đột phá")
    QTest.mouseClick(button(driver, "Tag every sentence with a match"), Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    rows = answer(accept=False)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(menu.actions()[1]).center())
    assert rows == [SECOND]
    assert not driver.sidecar.exists()


def test_what_has_the_label_already_is_not_asked_about(driver: WindowDriver) -> None:
    """Where every sentence with a match has it, that is said."""
    driver.press("1")
    find(driver, "mục tiêu tăng")
    driver.press("Ctrl+Return")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    QTest.keyClick(menu, Qt.Key.Key_1)
    assert driver.status() == "Every sentence with a match has the label Target already."


def test_ctrl_enter_does_not_finish_the_document(driver: WindowDriver) -> None:
    """In the line, Ctrl+Enter is about matches, even where there are none."""
    find(driver, "xyzzy")
    driver.press("Ctrl+Return")
    assert driver.current() == FIRST
    assert not driver.sidecar.exists()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_giant_document_is_searched_while_one_types(
    tmp_path: Path, open_on: Callable[..., WindowDriver], form: Literal["NFC", "NFD"]
) -> None:
    """A hundred thousand sentences: the last one is found, one that is everywhere is counted, keys do not wait."""
    (tmp_path / "big.txt").write_text(
        unicodedata.normalize(form, "Tỉnh đạt mục tiêu năm nay. Ông Nam nói vậy.\n" * 50_000 + "Cuối cùng là đây.\n"),
        "utf-8",
    )
    driver = open_on(tmp_path)
    find(driver, "cuoi cung")
    driver.qtbot.waitUntil(lambda: count(driver) == "1 of 1")
    field(driver).setText("nam")
    driver.qtbot.waitUntil(lambda: count(driver) == "1 of 100,000")
    driver.press("Shift+Return")
    assert count(driver) == "100,000 of 100,000"
    driver.press("Esc")
    assert "Nam nói" in unicodedata.normalize("NFC", driver.current())
