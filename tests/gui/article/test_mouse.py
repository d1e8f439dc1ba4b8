"""The window by mouse alone, and what is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

if TYPE_CHECKING:
    from window_driver import WindowDriver

FIRST = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."
SECOND = "Ba khâu đột phá được chọn."


def test_a_click_chooses_a_sentence(driver: WindowDriver) -> None:
    """The sentence under the mouse becomes the current one."""
    driver.click("Thu ngân sách")
    assert driver.current() == "Thu ngân sách đạt 12.000 tỷ đồng."


def test_a_drag_selects_the_sentences_it_covers(driver: WindowDriver) -> None:
    """Press on one sentence, release on another: both are selected, and a label in the panel goes to both."""
    viewport = driver.viewport()
    start, end = driver.place("Tỉnh Hải Vân"), driver.place("Ba khâu")
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(viewport, (start + end) / 2)
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)
    _button(driver, "label-breakthrough").click()
    assert driver.labels() == [(FIRST, ["breakthrough"]), (SECOND, ["breakthrough"])]


def test_the_panel_tags_and_shows_what_is_tagged(driver: WindowDriver) -> None:
    """A click on a label in the panel tags and goes on; on the sentence the label is shown as on."""
    _button(driver, "label-opinion").click()
    assert driver.labels() == [(FIRST, ["opinion"])]
    assert driver.current() == SECOND
    driver.press("K")
    driver.qtbot.waitUntil(lambda: _button(driver, "label-opinion").isChecked())


def test_the_context_menu_has_the_labels(driver: WindowDriver) -> None:
    """A right click opens a menu at the sentence from which it can be tagged."""
    menu = driver.context_menu("Ba khâu")
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[:3] == ["Target", "Breakthrough", "Opinion"]
    next(action for action in menu.actions() if action.text() == "Breakthrough").trigger()
    menu.close()
    assert driver.labels() == [(SECOND, ["breakthrough"])]


def test_a_tagged_sentence_is_painted_in_its_colour(driver: WindowDriver) -> None:
    """The ground under the sentence changes when it is tagged, and back when the tag goes."""
    place = driver.place("Tỉnh") - QPoint(0, 0)
    before = _ground(driver, place)
    driver.press("1")
    tagged = _ground(driver, place)
    assert tagged != before
    assert QColor(tagged).blue() > QColor(tagged).red()
    driver.press("Ctrl+Z")
    assert _ground(driver, place) == before


def test_a_click_in_the_list_opens_a_document(driver: WindowDriver) -> None:
    """The second row is the second article."""
    view = driver.document_list()
    row = view.visualRect(view.model().index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert driver.current() == "Đây là bài thứ hai."


def test_every_control_has_a_name(driver: WindowDriver) -> None:
    """A screen reader can say what each button, list and editor is."""
    nameless = [widget for widget in driver.find_all(QPushButton) if not (widget.text() or widget.accessibleName())]
    assert nameless == []
    for widget in (driver.document_list(), driver.inspector(), driver.note()):
        assert widget.accessibleName() != ""


def _button(driver: WindowDriver, name: str) -> QPushButton:
    return driver.find(QPushButton, name)


def _ground(driver: WindowDriver, place: QPoint) -> str:
    """The colour that lies most often under the words at ``place``."""
    image = driver.picture()
    ratio = image.devicePixelRatio()
    points = [(place.x() + dx, place.y() + dy) for dx in range(0, 60, 2) for dy in range(-8, 9, 2)]
    colours = [image.pixelColor(round(x * ratio), round(y * ratio)).name() for x, y in points]
    return max(set(colours), key=colours.count)


def test_enter_presses_the_button_that_has_the_focus(driver: WindowDriver) -> None:
    """In the panels Enter works as Space does: a label in the inspector is given by it."""
    _button(driver, "label-opinion").setFocus()
    driver.press("Return")
    assert driver.labels() == [(FIRST, ["opinion"])]
