"""The palette of all that can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from dialog_driver import find_child
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLineEdit, QListView

from annotator.app.preferences.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver


def box(driver: WindowDriver) -> QFrame:
    """The palette itself."""
    return driver.find(QFrame, "palette")


def rows(driver: WindowDriver) -> list[str]:
    """What a screen reader says of the rows."""
    model = find_child(box(driver), QListView).model()
    role = int(Qt.ItemDataRole.AccessibleTextRole)
    return [str(model.data(model.index(row, 0), role)) for row in range(model.rowCount())]


def type_in(driver: WindowDriver, text: str) -> None:
    """Type into the line that has the focus."""
    line = driver.focus()
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, text)


def test_it_lists_what_can_be_done_now(driver: WindowDriver) -> None:
    """Each action has its menu and its key; what makes no sense now is not there."""
    driver.press("Ctrl+K")
    assert "Next sentence, Go, ↓" in rows(driver)
    assert "Target, Tag, 1" in rows(driver)
    assert box(driver).isVisible()
    assert box(driver).geometry().center().x() == pytest.approx(driver.window.width() / 2, abs=2)


def test_letters_find_and_enter_does(driver: WindowDriver) -> None:
    """A few letters find the action, Enter does it, and the article has the focus again."""
    driver.press("Ctrl+K")
    type_in(driver, "none")
    assert rows(driver)[0] == "None of the labels, Tag, Space"
    driver.press("Return")
    assert driver.is_article_focused()
    assert not box(driver).isVisible()
    assert len(driver.saved()["nothing"]) == 1


def test_accents_need_not_be_typed(driver: WindowDriver) -> None:
    """In Vietnamese, letters without accents find what has them."""
    driver.choose_look(language="vi")
    driver.press("Ctrl+K")
    type_in(driver, "hoan tac")
    assert rows(driver)[0].startswith("Hoàn tác")


def test_arrows_choose_and_the_mouse_does(driver: WindowDriver) -> None:
    """Down and Up go through the list and round its ends; a click does what a row says."""
    driver.press("Ctrl+K")
    type_in(driver, "sentence")
    view = find_child(box(driver), QListView)
    driver.press("Down", "Down", "Up", "Up", "Up")
    assert view.currentIndex().row() == len(rows(driver)) - 1
    row = next(at for at, text in enumerate(rows(driver)) if text.startswith("Last sentence"))
    place = view.visualRect(view.model().index(row, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert driver.current() == "Mọi người đồng ý."
    assert driver.is_article_focused()


@pytest.mark.parametrize("key", ["Esc", "Ctrl+K"])
def test_it_is_left_without_a_trace(driver: WindowDriver, key: str) -> None:
    """Escape, or its key once more, leaves it; nothing is done."""
    driver.press("Ctrl+K", "Down", key)
    assert not box(driver).isVisible()
    assert driver.is_article_focused()
    assert not driver.sidecar.exists()


def test_a_click_beside_it_leaves_it(driver: WindowDriver) -> None:
    """Who clicks into the article wants the article."""
    driver.press("Ctrl+K")
    QTest.mouseClick(driver.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 600))
    assert not box(driver).isVisible()


def test_what_was_used_last_comes_first(driver: WindowDriver) -> None:
    """Without a letter typed, the list begins with what was chosen last, also after a restart."""
    driver.press("Ctrl+K")
    type_in(driver, "last sentence")
    driver.press("Return", "Ctrl+K")
    assert rows(driver)[0].startswith("Last sentence")
    assert driver.settings.used == ["last"]


def test_documents_are_found_by_name(driver: WindowDriver) -> None:
    """A part of a name and Enter open that document."""
    driver.press("Ctrl+K")
    type_in(driver, "b.t")
    assert rows(driver) == ["b.txt, Document"]
    driver.press("Return")
    assert driver.current() == "Đây là bài thứ hai."


def test_nothing_that_fits(driver: WindowDriver) -> None:
    """It says so, and Enter does nothing."""
    driver.press("Ctrl+K")
    type_in(driver, "qqqq")
    assert rows(driver) == []
    driver.press("Return")
    assert box(driver).isVisible()


def test_recent_folders_are_found(folder: Path, tmp_path: Path, open_on: Callable[..., WindowDriver]) -> None:
    """A folder opened before can be opened from the palette."""
    other = tmp_path / "others"
    other.mkdir()
    (other / "c.txt").write_text("Bài ở thư mục kia.\n", "utf-8")
    driver = open_on(folder, Settings(language="en", theme="light", recent=[str(other)]))
    driver.press("Ctrl+K")
    type_in(driver, "others")
    assert rows(driver) == [f"{other}, Open recent"]
    driver.press("Return")
    assert driver.current() == "Bài ở thư mục kia."


@pytest.mark.parametrize(("width", "height"), [(1280, 860), (911, 450), (800, 470), (640, 360)])
def test_it_fits_into_a_small_window(driver: WindowDriver, width: int, height: int) -> None:
    """However low the window is, the whole of it is seen, and each row is reached by the arrows."""
    driver.resize(width, height)
    driver.press("Ctrl+K")
    assert driver.window.rect().contains(box(driver).geometry())
    found = find_child(box(driver), QListView)
    count = found.model().rowCount()
    QTest.keyClick(driver.focus(), Qt.Key.Key_Up)
    assert found.currentIndex().row() == count - 1
    assert found.viewport().rect().contains(found.visualRect(found.currentIndex()))
