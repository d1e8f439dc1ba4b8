"""Saying what a block is, where the program took it for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

if TYPE_CHECKING:
    from conftest import Desk

FIRST, LATER = "Tỉnh Hải Vân", "Thu ngân sách"
NAMES = ["title", "lead", "heading", "paragraph", "list item", "caption", "byline", "boilerplate"]


def test_the_menu_says_what_the_block_is(desk: Desk) -> None:
    """The Edit menu and the context menu have all kinds, the present one checked."""
    desk.click(LATER)
    for menu in (_edit_menu(desk), _context_menu(desk, LATER)):
        kinds = _submenu(menu)
        assert [action.text() for action in kinds.actions()] == NAMES
        assert [action.text() for action in kinds.actions() if action.isChecked()] == ["paragraph"]
        menu.close()


def test_a_corrected_block_is_set_anew(desk: Desk) -> None:
    """A paragraph that is said to be a title is set larger at once; undone, it is as it was."""
    desk.click(LATER)
    before = _height(desk, LATER)
    _choose(desk, "title")
    assert _height(desk, LATER) > 1.3 * before
    desk.press("Ctrl+Z")
    assert _height(desk, LATER) == before
    desk.press("Ctrl+Y")
    assert _height(desk, LATER) > 1.3 * before


def test_it_is_kept_in_the_file(desk: Desk) -> None:
    """Under `blocks`, by kind, with the block's place; and it holds when the folder is opened again."""
    desk.click(LATER)
    _choose(desk, "caption")
    text = desk.bench.session.reading.text  # type: ignore[union-attr]
    start = text.index(LATER)
    assert desk.saved()["blocks"] == {"caption": [[start, text.index("đồng ý.") + len("đồng ý.")]]}
    again = desk.reopen()
    again.click(LATER)
    kinds = _submenu(_edit_menu(again))
    assert [action.text() for action in kinds.actions() if action.isChecked()] == ["caption"]
    again.bench.window.close()


def test_progress_follows(desk: Desk) -> None:
    """The sentences of a caption ask for no decision: what is left to decide is less by them, and Down passes them."""
    assert desk.bench.session.reading is not None
    desk.qtbot.waitUntil(lambda: desk.bench.session.reading.is_counted)  # type: ignore[union-attr]
    desk.press("1", "Space", "Space")
    _waits_for_share(desk, "60 % decided")
    desk.click(LATER)
    _choose(desk, "caption")
    _waits_for_share(desk, "100 % decided")
    desk.press("Home", "End")
    assert desk.current() == "Ông Nam cho rằng việc này khó."


def test_several_blocks_are_one_step(desk: Desk) -> None:
    """With sentences of two blocks selected, both are corrected, and one undo takes both back."""
    desk.click(FIRST)
    QTest.mouseClick(
        desk.bench.article.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ShiftModifier,
        desk.place("Ảnh: Lê Minh"),
    )
    _choose(desk, "boilerplate")
    assert len(desk.saved()["blocks"]["boilerplate"]) == 3
    desk.press("Ctrl+Z")
    assert desk.saved().get("blocks", {}) == {}


def test_the_same_kind_again_changes_nothing(desk: Desk) -> None:
    """No step is made."""
    desk.click(LATER)
    _choose(desk, "paragraph")
    assert not desk.bench.session.history.done


def test_the_menu_speaks_the_language(desk: Desk) -> None:
    """The entries are translated with everything else."""
    desk.bench.choose(language="vi")
    kinds = next(menu for menu in desk.bench.window.menuBar().findChildren(QMenu) if len(menu.actions()) == len(NAMES))
    assert "đoạn văn" in [action.text() for action in kinds.actions()]


def _edit_menu(desk: Desk) -> QMenu:
    shown = next(one for one in desk.bench.window.menuBar().actions() if one.text() == "&Edit")
    menu = shown.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    return menu


def _context_menu(desk: Desk, words: str) -> QMenu:
    assert desk.bench.session.reading is not None
    desk.bench.article.context_asked.emit(desk.bench.session.reading.text.index(words), QPoint(10, 10))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def _submenu(menu: QMenu) -> QMenu:
    found = next(action.menu() for action in menu.actions() if action.text() == "This block is a…")
    assert isinstance(found, QMenu)
    return found


def _choose(desk: Desk, kind: str) -> None:
    next(action for action in _submenu(_edit_menu(desk)).actions() if action.text() == kind).trigger()


def _height(desk: Desk, words: str) -> float:
    scene = desk.bench.article.scene
    assert scene is not None
    box = scene.box(scene.page.text.index(words))
    assert box is not None
    return float(box.height())


def _waits_for_share(desk: Desk, words: str) -> None:
    def says() -> bool:
        label = desk.bench.status.findChild(QLabel, "share")
        return isinstance(label, QLabel) and label.text() == words

    desk.qtbot.waitUntil(says)
