"""Line of a dialog that says why its input cannot be accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLabel, QWidget

if TYPE_CHECKING:
    from annotator.gui.theme.theme import Theme


class ErrorLine(QLabel):
    """An error message, or nothing."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setStyleSheet(f"color: {theme.error}")

    def show_error(self, sentence: str) -> None:
        """Show `sentence`, and announce it to screen readers if it is a new one."""
        if sentence != self.text():
            self.setText(sentence)
            self.setAccessibleName(sentence)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
