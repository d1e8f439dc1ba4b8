"""Saying what a block is, where the program took it for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from window_driver import WindowDriver

FIRST, LATER = "Tỉnh Hải Vân", "Thu ngân sách"
NAMES = ["title", "lead", "heading", "paragraph", "list item", "caption", "byline", "boilerplate"]


def test_the_menu_says_what_the_block_is(driver: WindowDriver) -> None:
    """The Edit menu and the context menu have all kinds, the present one checked."""
    driver.click(LATER)
    for menu in (_edit_menu(driver), driver.context_menu(LATER)):
        kinds = _submenu(menu)
        assert [action.text() for action in kinds.actions()] == NAMES
        assert [action.text() for action in kinds.actions() if action.isChecked()] == ["paragraph"]
        menu.close()


def test_a_corrected_block_is_set_anew(driver: WindowDriver) -> None:
    """A paragraph that is said to be a title is set larger at once; undone, it is as it was."""
    driver.click(LATER)
    before = driver.line_height(LATER)
    _choose(driver, "title")
    assert driver.line_height(LATER) > 1.3 * before
    driver.press("Ctrl+Z")
    assert driver.line_height(LATER) == before
    driver.press("Ctrl+Y")
    assert driver.line_height(LATER) > 1.3 * before


def test_it_is_kept_in_the_file(driver: WindowDriver) -> None:
    """Under `blocks`, by kind, with the block's place; and it holds when the folder is opened again."""
    driver.click(LATER)
    _choose(driver, "caption")
    text = driver.text()
    start = text.index(LATER)
    assert driver.saved()["blocks"] == {"caption": [[start, text.index("đồng ý.") + len("đồng ý.")]]}
    again = driver.reopen()
    again.click(LATER)
    kinds = _submenu(_edit_menu(again))
    assert [action.text() for action in kinds.actions() if action.isChecked()] == ["caption"]
    again.close()


def test_progress_follows(driver: WindowDriver) -> None:
    """The sentences of a caption ask for no decision: what is left to decide is less by them, and Down passes them."""
    driver.qtbot.waitUntil(driver.is_counted)
    driver.press("1", "Space", "Space")
    _waits_for_share(driver, "60% decided")
    driver.click(LATER)
    _choose(driver, "caption")
    _waits_for_share(driver, "100% decided")
    driver.press("Home", "End")
    assert driver.current() == "Ông Nam cho rằng việc này khó."


def test_several_blocks_are_one_step(driver: WindowDriver) -> None:
    """With sentences of two blocks selected, both are corrected, and one undo takes both back."""
    driver.click(FIRST)
    QTest.mouseClick(
        driver.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ShiftModifier,
        driver.place("Ảnh: Lê Minh"),
    )
    _choose(driver, "boilerplate")
    assert len(driver.saved()["blocks"]["boilerplate"]) == 3
    driver.press("Ctrl+Z")
    assert driver.saved().get("blocks", {}) == {}


def test_the_same_kind_again_changes_nothing(driver: WindowDriver) -> None:
    """No step is made."""
    driver.click(LATER)
    _choose(driver, "paragraph")
    assert not driver.steps()


def test_the_menu_speaks_the_language(driver: WindowDriver) -> None:
    """The entries are translated with everything else."""
    driver.choose_look(language="vi")
    kinds = next(menu for menu in driver.menu_bar().findChildren(QMenu) if len(menu.actions()) == len(NAMES))
    assert "đoạn văn" in [action.text() for action in kinds.actions()]


def _edit_menu(driver: WindowDriver) -> QMenu:
    shown = next(one for one in driver.menu_bar().actions() if one.text() == "&Edit")
    menu = shown.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    return menu


def _submenu(menu: QMenu) -> QMenu:
    found = next(action.menu() for action in menu.actions() if action.text() == "Kind of block")
    assert isinstance(found, QMenu)
    return found


def _choose(driver: WindowDriver, kind: str) -> None:
    next(action for action in _submenu(_edit_menu(driver)).actions() if action.text() == kind).trigger()


def _waits_for_share(driver: WindowDriver, words: str) -> None:
    driver.qtbot.waitUntil(lambda: driver.status_parts("share") == [words])
