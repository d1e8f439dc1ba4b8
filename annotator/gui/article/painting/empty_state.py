"""Painting of a view without an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter

from annotator.core.document import BlockKind

if TYPE_CHECKING:
    from annotator.gui.article.layout.typography import Typography
    from annotator.gui.theme.look import ArticleStyle

_WIDTH = 30  # em
_HEIGHT = 0.42  # share of the height at which the title ends
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter


def paint_empty(
    painter: QPainter, area: QRect, *, look: ArticleStyle, faces: Typography, words: tuple[str, str]
) -> None:
    """Fill `area` with the background and draw `words` (a title and a text) a little above its middle."""
    painter.fillRect(area, QColor(look.backdrop))
    title, text = words
    width = min(round(_WIDTH * faces.em), area.width() - 2 * round(faces.em))
    middle = area.top() + round(area.height() * _HEIGHT)
    left = area.left() + (area.width() - width) // 2
    painter.setFont(faces[BlockKind.HEADING].font)
    painter.setPen(QColor(look.ink))
    above = QRect(left, area.top(), width, middle - area.top())
    painter.drawText(above, int(_WRAPPED | Qt.AlignmentFlag.AlignBottom), title)
    painter.setFont(faces[BlockKind.PARAGRAPH].font)
    painter.setPen(QColor(look.muted_ink))
    below = QRect(left, middle + round(0.7 * faces.em), width, area.bottom() - middle)
    painter.drawText(below, int(_WRAPPED | Qt.AlignmentFlag.AlignTop), text)
