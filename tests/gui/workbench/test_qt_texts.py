"""The texts of Qt itself in Vietnamese: its file dialog, its message boxes, the names of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QFileDialog, QMessageBox, QWidget

from annotator.app.preferences.translation import set_language
from annotator.gui.workbench.qt_translations import QT_TEXTS, QtTranslator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

NATIVE, PORTABLE = QKeySequence.SequenceFormat.NativeText, QKeySequence.SequenceFormat.PortableText
BOX = QMessageBox.StandardButton


@pytest.fixture(autouse=True)
def _vietnamese(qtbot: QtBot) -> Iterator[None]:
    """Show Qt's texts in Vietnamese for one test."""
    translator = QtTranslator()
    assert qtbot is not None
    set_language("vi")
    QApplication.installTranslator(translator)
    yield
    QApplication.removeTranslator(translator)
    set_language("en")


def _texts(dialog: QWidget) -> set[str]:
    """Return what a dialog shows or tells a screen reader, apart from the names of files."""
    found: set[str] = set()
    for widget in dialog.findChildren(QWidget):
        for name in ("text", "toolTip", "accessibleName", "accessibleDescription"):
            if callable(text := getattr(widget, name, None)) and isinstance(shown := text(), str):
                found.add(shown)
        found.update(action.text() for action in widget.actions())
        if isinstance(widget, QComboBox):
            found.update(widget.itemText(row) for row in range(widget.count()))
        if isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
            columns = range(model.columnCount())
            found.update(str(model.headerData(column, Qt.Orientation.Horizontal)) for column in columns)
    return found - {""}


@pytest.mark.parametrize(
    ("accept", "files", "wanted"),
    [
        (QFileDialog.AcceptMode.AcceptOpen, QFileDialog.FileMode.ExistingFile, {"&Mở", "Tê&n tệp:"}),
        (QFileDialog.AcceptMode.AcceptSave, QFileDialog.FileMode.AnyFile, {"&Lưu", "Tê&n tệp:"}),
        (QFileDialog.AcceptMode.AcceptOpen, QFileDialog.FileMode.Directory, {"&Chọn", "Thư mục:"}),
    ],
    ids=["open", "save", "folder"],
)
def test_the_file_dialog_is_in_vietnamese(
    qtbot: QtBot, tmp_path: Path, accept: QFileDialog.AcceptMode, files: QFileDialog.FileMode, wanted: set[str]
) -> None:
    """Labels, buttons, heads, tool tips and what a screen reader says; no text of Qt stays English."""
    dialog = QFileDialog(None, "", str(tmp_path))
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(accept)
    dialog.setFileMode(files)
    dialog.setViewMode(QFileDialog.ViewMode.Detail)
    dialog.show()
    texts = _texts(dialog)
    assert wanted | {"Tìm tr&ong:", "&Loại tệp:", "Kích thước", "Ngày sửa đổi", "Lên thư mục cha", "Hủy"} <= texts
    assert not [text for text in texts if text.isascii() and text in QT_TEXTS and text != "OK"]
    assert not [text for text in texts if text.startswith(("Show", "Go ", "Change", "Create", "List", "Files", "Side"))]


def test_message_boxes_are_in_vietnamese(qtbot: QtBot) -> None:
    """The buttons that Qt names itself."""
    buttons = BOX.Yes | BOX.No | BOX.Save | BOX.Discard | BOX.Retry | BOX.Ignore | BOX.Apply | BOX.Cancel
    box = QMessageBox(QMessageBox.Icon.Question, "", "", buttons)
    qtbot.addWidget(box)
    box.setDetailedText("…")
    texts = {button.text() for button in box.buttons()}
    assert texts == {"&Có", "&Không", "Lưu", "Không lưu", "Thử lại", "Bỏ qua", "Áp dụng", "Hủy", "Hiện chi tiết"}


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("Ctrl+Return", "Ctrl+Enter"),
        ("Del", "Delete"),
        ("Ctrl+PgDown", "Ctrl+PageDown"),
        ("PgUp", "PageUp"),
        ("Space", "Phím cách"),
        ("Alt+Up", "Alt+↑"),
        ("Ctrl++", "Ctrl++"),
        ("Shift+Esc", "Shift+Esc"),
    ],
)
def test_keys_are_named_as_they_are_printed(key: str, shown: str) -> None:
    """A menu shows what stands on the keyboard; what is stored of a key stays as it was."""
    sequence = QKeySequence(key)
    assert sequence.toString(NATIVE) == shown
    assert sequence.toString(PORTABLE) == key
