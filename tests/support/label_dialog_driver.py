"""A driver for the dialog of labels: real keys and clicks on the controls that a user sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QListWidget, QPushButton, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from window_driver import WindowDriver

W = TypeVar("W", bound=QWidget)
OPEN = "Ctrl+Shift+L"


def control(dialog: QWidget, kind: type[W], name: str) -> W:
    """Return the control of a dialog with this accessible name."""
    found = [
        one
        for one in dialog.findChildren(kind)
        if name in {one.accessibleName(), one.text() if isinstance(one, QAbstractButton) else ""} and one.isVisible()
    ]
    assert len(found) == 1, (name, found)
    return found[0]


def write(dialog: QWidget, name: str, text: str) -> None:
    """Replace the text of a line edit."""
    line = control(dialog, QLineEdit, name)
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    QTest.keyClicks(line, text)


def press(dialog: QWidget, *keys: str) -> None:
    """Press keys in the widget of a dialog that has the focus."""
    for key in keys:
        QTest.keySequence(dialog.focusWidget() or dialog, QKeySequence(key))


def click(dialog: QWidget, name: str) -> None:
    """Click a button."""
    QTest.mouseClick(control(dialog, QPushButton, name), Qt.MouseButton.LeftButton)


def choose(dialog: QWidget, row: int) -> None:
    """Click a label in the list."""
    labels = control(dialog, QListWidget, "Labels")
    place = labels.visualItemRect(labels.item(row)).center()
    QTest.mouseClick(labels.viewport(), Qt.MouseButton.LeftButton, pos=place)


def get_texts(dialog: QWidget) -> list[str]:
    """Return the texts of all labels of a dialog."""
    return [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]


def with_dialog(driver: WindowDriver, *acts: Callable[[Any], object]) -> None:
    """Open the dialog of labels by its shortcut, and call each of `acts` with the dialog that is in front then."""
    waiting = list(acts)
    is_over = False

    def look() -> None:
        if is_over:
            return
        dialog = QApplication.activeModalWidget()
        QTimer.singleShot(20, look)  # a timer callback is not called again while it runs: chain them
        if dialog is None or not dialog.isVisible():
            return
        if not dialog.isActiveWindow():  # there is no window manager to activate it
            dialog.activateWindow()
        elif waiting:
            waiting.pop(0)(dialog)
        else:
            dialog.close()

    QTimer.singleShot(0, look)
    driver.press(OPEN)
    is_over = True
    assert waiting == []
    driver.activate()
    driver.qtbot.waitUntil(driver.is_article_focused)


def folder_file(driver: WindowDriver) -> dict[str, Any]:
    """Return the contents of `annotator.yaml`."""
    found: dict[str, Any] = yaml.safe_load((driver.folder / "annotator.yaml").read_text("utf-8"))
    return found
