"""What comes back: folders, documents, places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMenu

from annotator.app.preferences.settings import Settings
from annotator.gui.main import _show_first
from annotator.gui.mainwindow.message_bar import NoticeBar
from annotator.gui.mainwindow.window import Window
from annotator.gui.workbench.startup import furnish

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Desk
    from pytestqt.qtbot import QtBot

LONG = "\n\n".join(f"Đoạn thứ {number} của bài dài này nói về một việc. Câu sau cũng vậy." for number in range(400))


@pytest.fixture
def settings() -> Settings:
    """Those of one person."""
    return Settings(language="en", theme="light", toured=True)


def test_the_place_comes_back(folder: Path, open_on: Callable[..., Desk], settings: Settings) -> None:
    """The current sentence and what is at the top of the window are the same after a restart."""
    (folder / "a.txt").write_text(LONG, "utf-8")
    desk = open_on(folder, settings)
    desk.press("End", "K", "K", "K")
    current, place = desk.current(), desk.bench.article.place()
    assert place > 0
    desk.bench.window.close()
    again = open_on(folder, settings)
    assert (again.current(), again.bench.article.place()) == (current, place)


def test_each_document_has_its_own_place(folder: Path, open_on: Callable[..., Desk], settings: Settings) -> None:
    """Going to another document and back, one is where one was."""
    (folder / "a.txt").write_text(LONG, "utf-8")
    desk = open_on(folder, settings)
    desk.press("End")
    current, place = desk.current(), desk.bench.article.place()
    desk.press("Ctrl+PgDown")
    assert desk.current() == "Đây là bài thứ hai."
    desk.press("Ctrl+PgUp")
    assert (desk.current(), desk.bench.article.place()) == (current, place)


def test_a_place_beyond_a_shortened_text_does_no_harm(
    folder: Path, open_on: Callable[..., Desk], settings: Settings
) -> None:
    """Where the article became shorter, or empty, the nearest sentence is the current one."""
    settings.remember_place(str(folder / "a.txt"), offset=90_000, top=90_000.0)
    settings.remember_place(str(folder / "b.txt"), offset=5, top=2.0)
    (folder / "b.txt").write_text("", "utf-8")
    desk = open_on(folder / "a.txt", settings)
    assert desk.current() == "Mọi người đồng ý."
    assert open_on(folder / "b.txt", settings).bench.session.current is None


def test_a_folder_opens_at_the_document_seen_last(
    folder: Path, open_on: Callable[..., Desk], settings: Settings
) -> None:
    """Opening the folder again goes on where one stopped, unless that document is gone."""
    desk = open_on(folder, settings)
    desk.press("Ctrl+PgDown")
    desk.bench.window.close()
    again = open_on(folder, settings)
    assert again.bench.session.path == folder / "b.txt"
    again.bench.window.close()
    (folder / "b.txt").unlink()
    assert open_on(folder, settings).bench.session.path == folder / "a.txt"


@pytest.fixture
def started(qtbot: QtBot, settings: Settings) -> Callable[[Path], Window]:
    """Starts the window as the program does, on a path."""

    def start(path: Path) -> Window:
        window = Window()
        qtbot.addWidget(window)
        _show_first(window, settings, path)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        window.show()
        furnish(application, window, settings, [path])
        return window

    return start


def test_the_first_picture_is_the_right_document_at_its_place(
    folder: Path, open_on: Callable[..., Desk], settings: Settings, qtbot: QtBot
) -> None:
    """Before anything is loaded, the article that was open last is shown, scrolled to where it was."""
    (folder / "b.txt").write_text(LONG, "utf-8")
    desk = open_on(folder, settings)
    desk.press("Ctrl+PgDown", "End")
    place = desk.bench.article.place()
    desk.bench.window.close()
    window = Window()
    qtbot.addWidget(window)
    window.show()
    _show_first(window, settings, folder)
    assert window.article.scene is not None
    assert window.article.scene.page.text == LONG
    assert window.article.place() == pytest.approx(place, abs=200)


def test_a_last_folder_that_is_gone_is_told(tmp_path: Path, started: Callable[[Path], Window], qtbot: QtBot) -> None:
    """The window opens without it, says so over the empty page, and shows no box that must be clicked away."""
    window = started(tmp_path / "gone")
    notice = window.findChild(NoticeBar)
    qtbot.waitUntil(lambda: "gone" in notice.text)
    assert QApplication.activeModalWidget() is None
    window.close()


def test_recent_folders_are_in_the_file_menu(
    folder: Path, tmp_path: Path, open_on: Callable[..., Desk], settings: Settings
) -> None:
    """The folders opened before stand in a menu of their own, without the one that is open; one click opens them."""
    other = tmp_path / "R&D"
    other.mkdir()
    (other / "c.txt").write_text("Bài ở thư mục kia.\n", "utf-8")
    desk = open_on(other, settings)
    desk.bench.open_place(folder)
    action = desk.bench.window.findChild(QAction, "open-recent")
    assert isinstance(action, QAction)
    menu = action.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    assert [one.text().replace("&&", "&") for one in menu.actions()] == [str(other)]
    menu.actions()[0].trigger()
    assert desk.current() == "Bài ở thư mục kia."
    assert settings.recent == [str(other), str(folder)]


def test_without_recent_folders_their_menu_is_off(desk: Desk) -> None:
    """There is nothing to choose in it."""
    desk.bench.actions.enable()
    action = desk.bench.window.findChild(QAction, "open-recent")
    assert isinstance(action, QAction)
    assert not action.isEnabled()


@pytest.mark.parametrize("name", ["", "b.txt"])
def test_what_is_dropped_on_the_window_is_opened(desk: Desk, tmp_path: Path, name: str) -> None:
    """A folder or a file, wherever on the window it is let go."""
    other = tmp_path / "dropped"
    other.mkdir()
    (other / "b.txt").write_text("Được thả vào đây.\n", "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(other / name if name else other))])
    target = desk.bench.article.viewport()
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(desk.bench.window, enter)
    assert enter.isAccepted()
    assert not target.acceptDrops()
    drop = QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(desk.bench.window, drop)
    assert desk.current() == "Được thả vào đây."
