"""Editor of a note."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

_COMMIT_DELAY_MS = 1_200  # milliseconds without input after which the text is emitted


class NoteEditor(QPlainTextEdit):
    """An editor that emits `written` after a pause and when it is left, by Escape as well."""

    written = Signal(str)
    begun = Signal()  # a letter was typed
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self._shown = ""  # the note as it is stored
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_COMMIT_DELAY_MS)
        self._pause.timeout.connect(self.commit)
        self.textChanged.connect(self._on_changed)

    def show_note(self, note: str) -> None:
        """Show `note` unless the editor has the focus."""
        self._shown = note
        if not self.hasFocus() and self.toPlainText() != note:
            self.setPlainText(note)

    def update_note(self, note: str) -> None:
        """Show `note`, changed by another program, even in a focused editor, and keep the cursor."""
        self._shown = note
        if not self.document().isModified() and self.toPlainText() != note:
            place = self.textCursor().position()
            self.setPlainText(note)
            cursor = self.textCursor()
            cursor.setPosition(min(place, self.document().characterCount() - 1))
            self.setTextCursor(cursor)

    def commit(self) -> None:
        """Emit what was written since the last time, if anything."""
        self._pause.stop()
        if self.document().isModified():
            self.document().setModified(False)
            self.written.emit(self.toPlainText())

    def discard(self) -> None:
        """Drop what was written since the last time."""
        self._pause.stop()
        if self.document().isModified():
            self.setPlainText(self._shown)

    def _on_changed(self) -> None:
        if self.document().isModified():
            self.begun.emit()
            self._pause.start()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.commit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_leaving(event):
            event.accept()  # Ctrl+Enter ends the note here, not the document
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_leaving(event):
            self.left.emit()
            return
        super().keyPressEvent(event)


def _is_leaving(event: QKeyEvent) -> bool:
    """Return whether the key ends the editing: Escape or Ctrl+Enter."""
    if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return event.key() == Qt.Key.Key_Escape
