"""The window by mouse alone, and what is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

if TYPE_CHECKING:
    from conftest import Desk

FIRST = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."
SECOND = "Ba khâu đột phá được chọn."


def test_a_click_chooses_a_sentence(desk: Desk) -> None:
    """The sentence under the mouse becomes the current one."""
    desk.click("Thu ngân sách")
    assert desk.current() == "Thu ngân sách đạt 12.000 tỷ đồng."


def test_a_drag_selects_the_sentences_it_covers(desk: Desk) -> None:
    """Press on one sentence, release on another: both are selected, and a label in the panel goes to both."""
    viewport = desk.bench.article.viewport()
    start, end = desk.place("Tỉnh Hải Vân"), desk.place("Ba khâu")
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(viewport, (start + end) / 2)
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)
    _button(desk, "label-breakthrough").click()
    assert desk.labels() == [(FIRST, ["breakthrough"]), (SECOND, ["breakthrough"])]


def test_the_panel_tags_and_shows_what_is_tagged(desk: Desk) -> None:
    """A click on a label in the panel tags; the label is shown as on."""
    _button(desk, "label-opinion").click()
    assert desk.labels() == [(FIRST, ["opinion"])]
    desk.qtbot.waitUntil(lambda: _button(desk, "label-opinion").isChecked())


def test_the_context_menu_has_the_labels(desk: Desk) -> None:
    """A right click opens a menu at the sentence from which it can be tagged."""
    desk.bench.article.context_asked.emit(desk.bench.session.reading.text.index("Ba khâu"), QPoint(10, 10))  # type: ignore[union-attr]
    menu = QApplication.activePopupWidget()
    assert menu is not None
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[:3] == ["Target", "Breakthrough", "Opinion"]
    next(action for action in menu.actions() if action.text() == "Breakthrough").trigger()
    menu.close()
    assert desk.labels() == [(SECOND, ["breakthrough"])]


def test_a_tagged_sentence_is_painted_in_its_colour(desk: Desk) -> None:
    """The ground under the sentence changes when it is tagged, and back when the tag goes."""
    place = desk.place("Tỉnh") - QPoint(0, 0)
    before = _ground(desk, place)
    desk.press("1")
    tagged = _ground(desk, place)
    assert tagged != before
    assert QColor(tagged).blue() > QColor(tagged).red()
    desk.press("Ctrl+Z")
    assert _ground(desk, place) == before


def test_a_click_in_the_list_opens_a_document(desk: Desk) -> None:
    """The second row is the second article."""
    view = desk.bench.documents.view
    row = view.visualRect(view.model().index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert desk.current() == "Đây là bài thứ hai."


def test_every_control_has_a_name(desk: Desk) -> None:
    """A screen reader can say what each button, list and editor is."""
    nameless = [
        widget
        for widget in desk.bench.window.findChildren(QPushButton)
        if not (widget.text() or widget.accessibleName())
    ]
    assert nameless == []
    for widget in (desk.bench.documents.view, desk.bench.inspector, desk.bench.inspector.note):
        assert widget.accessibleName() != ""


def _button(desk: Desk, name: str) -> QPushButton:
    found = desk.bench.window.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def _ground(desk: Desk, place: QPoint) -> str:
    """The colour that lies most often under the words at ``place``."""
    image = desk.bench.article.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    points = [(place.x() + dx, place.y() + dy) for dx in range(0, 60, 2) for dy in range(-8, 9, 2)]
    colours = [image.pixelColor(round(x * ratio), round(y * ratio)).name() for x, y in points]
    return max(set(colours), key=colours.count)


def test_enter_presses_the_button_that_has_the_focus(desk: Desk) -> None:
    """In the panels Enter works as Space does: a label in the inspector is given by it."""
    _button(desk, "label-opinion").setFocus()
    desk.press("Return")
    assert desk.labels() == [(FIRST, ["opinion"])]
