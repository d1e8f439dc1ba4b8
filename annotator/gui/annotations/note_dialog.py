"""A dialog that takes one note for many annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout

from annotator.core.i18n import _, ngettext

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def ask_note(parent: QWidget, note: str | None, *, count: int) -> str | None:
    """Return the note that `count` annotations are to have, None where they keep their own.

    `note` is the one that they have now, None where they differ.
    """
    dialog = _NoteDialog(parent, note, count=count)
    is_given = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.note.toPlainText() if is_given else None


class _NoteDialog(QDialog):
    def __init__(self, parent: QWidget, note: str | None, *, count: int) -> None:
        super().__init__(parent)
        title = ngettext("Note on {count} annotation", "Note on {count} annotations", count).format(count=count)
        self.setWindowTitle(title)
        self.resize(460, 220)
        self.note = QPlainTextEdit(note or "", self)
        self.note.setTabChangesFocus(True)
        self.note.setAccessibleName(title)
        self.note.selectAll()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(QLabel(title, self))
        layout.addWidget(self.note, 1)
        if note is None:
            warning = QLabel(_("They have different notes. What you write takes the place of all of them."), self)
            warning.setWordWrap(True)
            warning.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            layout.addWidget(warning)
        refuse = QPushButton(_("Cancel"), self)
        refuse.clicked.connect(self.reject)
        accept = QPushButton(_("Save note"), self)
        accept.setDefault(True)
        accept.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(refuse)
        buttons.addWidget(accept)
        layout.addLayout(buttons)
        self.note.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.accept()
            return
        super().keyPressEvent(event)
