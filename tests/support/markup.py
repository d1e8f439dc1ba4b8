"""Find what Qt would take as markup, and tell which named pipes are opened."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QModelIndex, QPoint
from PySide6.QtGui import QAction, QHelpEvent, Qt, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QMenu,
    QTextEdit,
    QToolTip,
    QWidget,
)
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OBJECT = "\ufffc"  # stands for a picture in the text of a document
_ROLES = (
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.WhatsThisRole,
)


class Finding(NamedTuple):
    """A text that would be taken as markup, and where it is."""

    place: str
    text: str


class PipeWatch:
    """A named pipe that notices when it is opened; opening it never blocks the reader for long."""

    def __init__(self, place: Path) -> None:
        os.mkfifo(place)
        self._place = place
        self._is_over = threading.Event()
        self.was_opened = False
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop to watch."""
        self._is_over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._is_over.wait(0.02):
            try:
                os.close(os.open(self._place, os.O_WRONLY | os.O_NONBLOCK))
            except OSError:  # nobody reads
                continue
            self.was_opened = True


def is_harmful(text: str) -> bool:
    """Return whether Qt would take any part of `text` for markup that the text itself asked for.

    What our own function wrapped is rich text that shows the words as they are: no picture, no bold, no lost letter.
    """
    if not Qt.mightBeRichText(text):
        return False
    document = QTextDocument()
    document.setHtml(text)
    shown = document.toPlainText()
    return _OBJECT in shown or ("img" in text and "<img" not in shown) or "<b>" in text


def find_markup(root: QWidget) -> Iterator[Finding]:
    """Yield what is taken as markup in a widget and all that it holds, models included."""
    for widget in (root, *root.findChildren(QWidget)):
        place = f"{type(root).__name__} {type(widget).__name__} {widget.objectName()}".strip()
        for name, text in (("tooltip", widget.toolTip()), ("whatsthis", widget.whatsThis())):
            if is_harmful(text):
                yield Finding(f"{place}: {name}", text)
        if isinstance(widget, QLabel):
            yield from _look_at_label(widget, place)
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from _look_at_model(widget.model(), place)
        if isinstance(widget, QTextEdit) and _OBJECT in widget.toPlainText():
            yield Finding(f"{place}: picture", widget.toPlainText())
    for action in root.findChildren(QAction):
        # Of an entry without a name only its menu is a place, and menus show no tooltips.
        if action.objectName() and is_harmful(action.toolTip()):
            yield Finding(f"{type(root).__name__} action {action.objectName()}: tooltip", action.toolTip())


def _look_at_label(label: QLabel, place: str) -> Iterator[Finding]:
    shown = label.textFormat()
    if shown != Qt.TextFormat.PlainText and is_harmful(label.text()):
        yield Finding(f"{place}: text", label.text())


def _look_at_model(model: QAbstractItemModel, place: str) -> Iterator[Finding]:
    for row in range(min(model.rowCount(), 40)):
        for column in _columns(model):
            for role in _ROLES:
                text = model.index(row, column, QModelIndex()).data(role)
                if isinstance(text, str) and is_harmful(text):
                    yield Finding(f"{place}: {role.name} of column {column}", text)


def _columns(model: QAbstractItemModel) -> range:
    return range(1 if isinstance(model, QAbstractListModel) else model.columnCount())


def find_eaten_ampersands(root: QWidget, mark: str) -> Iterator[Finding]:
    """Yield the buttons, labels of fields and menu entries in which the `&` of `mark` is not shown as it is."""
    for label in root.findChildren(QLabel):
        if label.buddy() is not None and mark in label.text() and f"&{mark}" not in label.text():
            yield Finding(f"{type(root).__name__} {label.objectName()}: label of a field", label.text())
    for button in root.findChildren(QAbstractButton):
        if mark in button.text() and f"&{mark}" not in button.text():
            yield Finding(f"{type(root).__name__} {type(button).__name__}: button", button.text())
    for action in root.findChildren(QAction):
        if mark in action.text() and f"&{mark}" not in action.text():
            yield Finding(f"{type(root).__name__} action {action.objectName()}: entry", action.text())


def find_hidden(root: QWidget, mark: str) -> Iterator[Finding]:
    """Yield the texts outside editors in which the invisible character `mark` is not written out."""
    for widget in (root, *root.findChildren(QWidget)):
        texts = [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle()]
        if isinstance(widget, QLabel | QAbstractButton):
            texts.append(widget.text())
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            model = widget.model()
            roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, *_ROLES)
            for row in range(min(model.rowCount(), 40)):
                texts += [str(model.index(row, one).data(role)) for one in _columns(model) for role in roles]
        for text in texts:
            if mark in text:
                yield Finding(f"{type(root).__name__} {type(widget).__name__} {widget.objectName()}: hidden", text)
    for action in root.findChildren(QAction):
        if mark in action.text():
            yield Finding(f"{type(root).__name__} action {action.objectName()}: hidden", action.text())


def hover(root: QWidget) -> None:
    """Ask for the tooltip of each visible widget in `root`, and of the rows of its lists."""
    for widget in (root, *root.findChildren(QWidget)):
        # The answer to an earlier question may have let Qt delete what was to go.
        if not isValid(widget) or not widget.isVisible():
            continue
        places = [widget.rect().center()]
        target = widget
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            target = widget.viewport()
            rows = range(min(widget.model().rowCount(), 10))
            columns = _columns(widget.model())
            boxes = [widget.visualRect(widget.model().index(row, column)) for row in rows for column in columns]
            places = [box.center() for box in boxes if not box.isEmpty()]
        for place in places:
            if isValid(target):
                _ask(target, place)
    QToolTip.hideText()


def _ask(widget: QWidget, place: QPoint) -> None:
    event = QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, event)
    QApplication.processEvents()


def open_menus(root: QWidget) -> None:
    """Let every menu in `root` fill itself, as opening it does."""
    for menu in root.findChildren(QMenu):
        menu.aboutToShow.emit()
