"""Two texts side by side, such as a sentence before and after a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QTextEdit, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent


class SideBySide(NamedTuple):
    """Two texts as rich text with plain titles, and in words where they are."""

    left_title: str
    left: str
    right_title: str
    right: str
    where: str = ""


class SideText(QTextEdit):
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


def sides_layout(titles: Sequence[QLabel], sides: Sequence[SideText]) -> QGridLayout:
    """Return a layout of texts side by side, each under its title."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    for column, (title, side) in enumerate(zip(titles, sides, strict=True)):
        grid.addWidget(title, 0, column)
        grid.addWidget(side, 1, column)
        grid.setColumnStretch(column, 1)
    return grid
