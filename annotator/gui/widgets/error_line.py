"""The line of a dialog that says why it cannot be accepted. It must not know what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLabel, QWidget

if TYPE_CHECKING:
    from annotator.gui.theme.theme import Theme


class FaultLine(QLabel):
    """A sentence in the colour of trouble, or nothing."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setStyleSheet(f"color: {theme.trouble}")

    def say(self, sentence: str) -> None:
        """Show ``sentence``, and have it read out when it is another one than before."""
        if sentence != self.text():
            self.setText(sentence)
            self.setAccessibleName(sentence)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
