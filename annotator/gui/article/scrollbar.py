"""Vertical scroll bar in the colours of the page, cheap to paint on each scroll step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QScrollBar, QWidget

from annotator.gui.article.painting.shapes import fill

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from annotator.gui.theme.look import Look

_RESTING, _TOUCHED = 0.38, 0.75  # opacity of the handle
_THICK = 0.5  # share of the bar's width


class QuietScrollBar(QScrollBar):
    """A vertical scroll bar with a rounded handle that darkens under the mouse; it behaves as the style's own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._ground = QColor(Qt.GlobalColor.white)
        self._handle = QColor(Qt.GlobalColor.gray)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_look(self, look: Look) -> None:
        """Take the colours of `look`."""
        self._ground, self._handle = QColor(look.desk), QColor(look.muted_ink)
        self.update()

    def handle(self) -> QRectF:
        """Return the rectangle of the handle, computed as the Fusion style does.

        Naming `QStyle` to ask the style itself costs six milliseconds before the first painting.
        """
        hint = self.sizeHint()
        button, least = hint.width(), hint.height() - 2 * hint.width()
        groove = self.height() - 2 * button
        reach = self.maximum() - self.minimum()
        length = max(least, groove * self.pageStep() // (reach + self.pageStep()))
        top = button + (groove - length) * (self.value() - self.minimum()) / max(1, reach)
        return QRectF(0, top, self.width(), length)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the handle."""
        del event
        painter = QPainter(self)
        fill(painter, self.rect(), self._ground)
        if self.minimum() == self.maximum():
            return
        handle = self.handle()
        thick = handle.width() * _THICK
        handle = QRectF(handle.center().x() - thick / 2, handle.top() + 1, thick, handle.height() - 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(_TOUCHED if self.isSliderDown() or self.underMouse() else _RESTING)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._handle)
        painter.drawRoundedRect(handle, thick / 2, thick / 2)
