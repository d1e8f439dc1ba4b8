"""A label's letter in its colour, as a small picture for lists. It must not know what is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

if TYPE_CHECKING:
    from annotator.gui.article.look import LabelLook

_SIZE = QSize(26, 20)


def badge(look: LabelLook, density: float) -> QIcon:
    """The picture of ``look``; ``density`` is the pixels for each point of the screen."""
    pixmap = QPixmap(_SIZE * density)
    pixmap.setDevicePixelRatio(density)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(0.5, 0.5, _SIZE.width() - 1, _SIZE.height() - 1)
    painter.setPen(QPen(QColor(look.colour), 1))
    painter.setBrush(QColor(look.ground))
    painter.drawRoundedRect(box, 5, 5)
    font = painter.font()
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(look.ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, look.letter)
    painter.end()
    made = QIcon(pixmap)
    made.addPixmap(pixmap, QIcon.Mode.Selected)  # else it would be tinted where it is chosen
    return made
