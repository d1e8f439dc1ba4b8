"""Vertical scroll bar in the colours of the page, cheap to paint on each scroll step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QScrollBar, QWidget

from annotator.gui.article.painting.shapes import fill_rect

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from annotator.gui.theme.look import ArticleStyle

_IDLE_OPACITY, _HOVER_OPACITY = 0.38, 0.75  # opacity of the handle
_HANDLE_SHARE = 0.5  # share of the bar's width


class FlatScrollBar(QScrollBar):
    """A vertical scroll bar with a rounded handle that darkens under the mouse; it behaves as the style's own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._background = QColor(Qt.GlobalColor.white)
        self._handle = QColor(Qt.GlobalColor.gray)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_article_style(self, look: ArticleStyle) -> None:
        """Take the colours of `look`."""
        self._background, self._handle = QColor(look.backdrop), QColor(look.muted_ink)
        self.update()

    def handle_rect(self) -> QRectF:
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
        fill_rect(painter, self.rect(), self._background)
        if self.minimum() == self.maximum():
            return
        handle = self.handle_rect()
        thick = handle.width() * _HANDLE_SHARE
        handle = QRectF(handle.center().x() - thick / 2, handle.top() + 1, thick, handle.height() - 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(_HOVER_OPACITY if self.isSliderDown() or self.underMouse() else _IDLE_OPACITY)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._handle)
        painter.drawRoundedRect(handle, thick / 2, thick / 2)
