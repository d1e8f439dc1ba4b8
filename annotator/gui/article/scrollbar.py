"""A quiet scroll bar in the colours of the page, cheap to paint at each step. It must not know what is scrolled."""

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
_THICK = 0.5  # of the bar's width


class QuietScrollBar(QScrollBar):
    """An upright scroll bar: a rounded handle on the desk, darker under the mouse; it works as the style's own does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._ground = QColor(Qt.GlobalColor.white)
        self._handle = QColor(Qt.GlobalColor.gray)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_look(self, look: Look) -> None:
        """Take the colours of the desk and of small marks."""
        self._ground, self._handle = QColor(look.desk), QColor(look.muted_ink)
        self.update()

    def handle(self) -> QRectF:
        """Where the handle is: where the style Fusion has it.

        Asking the style itself would do, but to name `QStyle` costs six milliseconds before the first picture.
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
