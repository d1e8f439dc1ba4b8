"""Two texts side by side, such as a sentence before and after a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QTextEdit, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class Sides(NamedTuple):
    """Two texts as rich text with plain titles, and in words where they are."""

    left_title: str
    left: str
    right_title: str
    right: str
    where: str = ""


class Side(QTextEdit):
    """One of the two texts, read-only; Escape and Tab leave it."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 44)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
