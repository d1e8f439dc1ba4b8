"""Labels as coloured chips, painted in views or in a line with text between them.

A chip has the name of its label, so that colour is not the only sign.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.core.formatting import show_hidden
from annotator.core.i18n import _
from annotator.gui.theme.look import LabelStyle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from PySide6.QtGui import QPaintEvent

    from annotator.gui.theme.theme import Theme


_PADDING, _SPACING = 7, 5  # pixels on each side of a chip's name, and between chips
_ELLIPSIS = "…"


def label_styles_for(keys: Iterable[str], looks: Mapping[str, LabelStyle], theme: Theme) -> list[LabelStyle]:
    """Return the looks of the labels `keys`; an unknown label is grey and named by its key."""
    grey = theme.muted, theme.neutral, theme.ink
    return [looks.get(key) or LabelStyle(key, show_hidden(key), show_hidden(key[:1].upper()), 0, *grey) for key in keys]


def make_no_label_style(theme: Theme, *, is_nothing: bool) -> LabelStyle:
    """Return the look of a chip that stands for no label, or for the mark *nothing here*."""
    name = _("No label") if is_nothing else _("no label yet")
    return LabelStyle("", name, "–", 0, theme.faint, "", theme.muted)


def chip_size(look: LabelStyle, metrics: QFontMetrics) -> QSize:
    """Return the size of a chip."""
    return QSize(metrics.horizontalAdvance(look.name) + 2 * _PADDING, metrics.height() + 4)


def paint_chips(painter: QPainter, at: QPoint, looks: Sequence[LabelStyle], *, right: int) -> int:
    """Paint chips from `at` (left edge and middle) up to `right` and return the right edge of the last one.

    An ellipsis stands for chips without room.
    """
    metrics, left = painter.fontMetrics(), at.x()
    for nth, look in enumerate(looks):
        size = chip_size(look, metrics)
        if left + size.width() > right:
            if nth:
                painter.setPen(QColor(look.ink))
                painter.drawText(QPointF(left, at.y() + metrics.ascent() / 2 - 1), _ELLIPSIS)
                return left + metrics.horizontalAdvance(_ELLIPSIS)
            size.setWidth(max(2 * _PADDING, right - left))
        _paint(painter, QRectF(left + 0.5, at.y() - size.height() / 2 + 0.5, size.width() - 1, size.height() - 1), look)
        left += size.width() + _SPACING
    return left - _SPACING if looks else left


def _paint(painter: QPainter, box: QRectF, look: LabelStyle) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(look.colour), 1, Qt.PenStyle.SolidLine if look.background else Qt.PenStyle.DotLine))
    painter.setBrush(QColor(look.background) if look.background else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 5, 5)
    painter.setPen(QColor(look.ink))
    room = round(box.width()) - 2 * _PADDING + 2
    name = painter.fontMetrics().elidedText(look.name, Qt.TextElideMode.ElideRight, room)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine), name)


class ChipLine(QWidget):
    """Text and chips in sequence, wrapped to as many lines as they need."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pieces: tuple[str | LabelStyle, ...] = ()
        self._ink = QColor()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_pieces(self, pieces: Iterable[str | LabelStyle], *, ink: str, spoken: str) -> None:
        """Show `pieces`, text in `ink`; `spoken` is the whole line for a screen reader."""
        words: list[str | LabelStyle] = []
        for piece in pieces:
            words += piece.split() if isinstance(piece, str) else [piece]
        self._pieces, self._ink = tuple(words), QColor(ink)
        self.setAccessibleName(spoken)
        self.updateGeometry()
        self.update()

    def _places(self, width: int) -> list[QPoint]:
        """Return the left edge and the middle of each piece."""
        metrics = self.fontMetrics()
        high, space = metrics.height() + 8, metrics.horizontalAdvance(" ") + 2
        found: list[QPoint] = []
        left = line = 0
        for piece in self._pieces:
            wide = self._width(piece, metrics)
            if left and left + wide > width:
                left, line = 0, line + 1
            found.append(QPoint(left, line * high + high // 2))
            left += wide + space
        return found

    @staticmethod
    def _width(piece: str | LabelStyle, metrics: QFontMetrics) -> int:
        return metrics.horizontalAdvance(piece) if isinstance(piece, str) else chip_size(piece, metrics).width()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(max(1, width))
        high = self.fontMetrics().height() + 8
        return (places[-1].y() if places else high // 2) + high // 2 + 1

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.fontMetrics().height() + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        metrics = self.fontMetrics()
        for piece, at in zip(self._pieces, self._places(self.width()), strict=True):
            if isinstance(piece, str):
                painter.setPen(self._ink)
                painter.drawText(QPointF(at.x(), at.y() + (metrics.ascent() - metrics.descent()) / 2), piece)
            else:
                paint_chips(painter, at, [piece], right=self.width())
        painter.end()


_SIZE = QSize(26, 20)


def make_badge(look: LabelStyle, density: float) -> QIcon:
    """Return an icon with the letter of a label; `density` is the device pixel ratio."""
    pixmap = QPixmap(_SIZE * density)
    pixmap.setDevicePixelRatio(density)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(0.5, 0.5, _SIZE.width() - 1, _SIZE.height() - 1)
    painter.setPen(QPen(QColor(look.colour), 1))
    painter.setBrush(QColor(look.background))
    painter.drawRoundedRect(box, 5, 5)
    font = painter.font()
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(look.ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, look.letter)
    painter.end()
    made = QIcon(pixmap)
    made.addPixmap(pixmap, QIcon.Mode.Selected)  # Qt would tint it in selected rows otherwise
    return made
