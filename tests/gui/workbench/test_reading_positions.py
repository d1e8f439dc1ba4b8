"""What comes back: folders, documents, places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMenu
from window_driver import show_first_paint, start_program

from annotator.app.preferences.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from window_driver import FirstPaint, WindowDriver

LONG = "\n\n".join(f"Đoạn thứ {number} của bài dài này nói về một việc. Câu sau cũng vậy." for number in range(400))


@pytest.fixture
def settings() -> Settings:
    """Those of one person."""
    return Settings(language="en", theme="light", toured=True)


def test_the_place_comes_back(folder: Path, open_on: Callable[..., WindowDriver], settings: Settings) -> None:
    """The current sentence and what is at the top of the window are the same after a restart."""
    (folder / "a.txt").write_text(LONG, "utf-8")
    driver = open_on(folder, settings)
    driver.press("End", "K", "K", "K")
    current, place = driver.current(), driver.scroll_position()
    assert place > 0
    driver.close()
    again = open_on(folder, settings)
    assert (again.current(), again.scroll_position()) == (current, place)


def test_each_document_has_its_own_place(
    folder: Path, open_on: Callable[..., WindowDriver], settings: Settings
) -> None:
    """Going to another document and back, one is where one was."""
    (folder / "a.txt").write_text(LONG, "utf-8")
    driver = open_on(folder, settings)
    driver.press("End")
    current, place = driver.current(), driver.scroll_position()
    driver.press("Ctrl+PgDown")
    assert driver.current() == "Đây là bài thứ hai."
    driver.press("Ctrl+PgUp")
    assert (driver.current(), driver.scroll_position()) == (current, place)


def test_a_place_beyond_a_shortened_text_does_no_harm(
    folder: Path, open_on: Callable[..., WindowDriver], settings: Settings
) -> None:
    """Where the article became shorter, or empty, the nearest sentence is the current one."""
    settings.remember_place(str(folder / "a.txt"), offset=90_000, top=90_000.0)
    settings.remember_place(str(folder / "b.txt"), offset=5, top=2.0)
    (folder / "b.txt").write_text("", "utf-8")
    driver = open_on(folder / "a.txt", settings)
    assert driver.current() == "Mọi người đồng ý."
    assert not open_on(folder / "b.txt", settings).has_current()


def test_a_folder_opens_at_the_document_seen_last(
    folder: Path, open_on: Callable[..., WindowDriver], settings: Settings
) -> None:
    """Opening the folder again goes on where one stopped, unless that document is gone."""
    driver = open_on(folder, settings)
    driver.press("Ctrl+PgDown")
    driver.close()
    again = open_on(folder, settings)
    assert again.path() == folder / "b.txt"
    again.close()
    (folder / "b.txt").unlink()
    assert open_on(folder, settings).path() == folder / "a.txt"


@pytest.fixture
def started(qtbot: QtBot, settings: Settings) -> Callable[[Path], FirstPaint]:
    """Starts the window as the program does, on a path."""
    return lambda path: start_program(qtbot, settings, path)


def test_the_first_picture_is_the_right_document_at_its_place(
    folder: Path, open_on: Callable[..., WindowDriver], settings: Settings, qtbot: QtBot
) -> None:
    """Before anything is loaded, the article that was open last is shown, scrolled to where it was."""
    (folder / "b.txt").write_text(LONG, "utf-8")
    driver = open_on(folder, settings)
    driver.press("Ctrl+PgDown", "End")
    place = driver.scroll_position()
    driver.close()
    window = show_first_paint(qtbot, settings, folder)
    assert window.text() == LONG
    assert window.scroll_position() == pytest.approx(place, abs=200)


def test_a_last_folder_that_is_gone_is_told(
    tmp_path: Path, started: Callable[[Path], FirstPaint], qtbot: QtBot
) -> None:
    """The window opens without it, says so over the empty page, and shows no box that must be clicked away."""
    window = started(tmp_path / "gone")
    qtbot.waitUntil(lambda: "gone" in window.notice())
    assert QApplication.activeModalWidget() is None
    window.close()


def test_recent_folders_are_in_the_file_menu(
    folder: Path, tmp_path: Path, open_on: Callable[..., WindowDriver], settings: Settings
) -> None:
    """The folders opened before stand in a menu of their own, without the one that is open; one click opens them."""
    other = tmp_path / "R&D"
    other.mkdir()
    (other / "c.txt").write_text("Bài ở thư mục kia.\n", "utf-8")
    driver = open_on(other, settings)
    driver.open_path(folder)
    action = driver.find(QAction, "open-recent")
    menu = action.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    assert [one.text().replace("&&", "&") for one in menu.actions()] == [str(other)]
    menu.actions()[0].trigger()
    assert driver.current() == "Bài ở thư mục kia."
    assert settings.recent == [str(other), str(folder)]


def test_without_recent_folders_their_menu_is_off(driver: WindowDriver) -> None:
    """There is nothing to choose in it."""
    driver.update_actions()
    action = driver.find(QAction, "open-recent")
    assert not action.isEnabled()


@pytest.mark.parametrize("name", ["", "b.txt"])
def test_what_is_dropped_on_the_window_is_opened(driver: WindowDriver, tmp_path: Path, name: str) -> None:
    """A folder or a file, wherever on the window it is let go."""
    other = tmp_path / "dropped"
    other.mkdir()
    (other / "b.txt").write_text("Được thả vào đây.\n", "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(other / name if name else other))])
    target = driver.viewport()
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(driver.window, enter)
    assert enter.isAccepted()
    assert not target.acceptDrops()
    drop = QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(driver.window, drop)
    assert driver.current() == "Được thả vào đây."
