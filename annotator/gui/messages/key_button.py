"""Button with its key in a small frame."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QPushButton

from annotator.gui.widgets.key_places import is_injected, parse_key
from annotator.gui.widgets.text_label import escape_ampersands

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from annotator.gui.theme.theme import Theme

_PADDING = 10  # pixels beside the text
_GAP = 8  # pixels between the text and its key
_KEY_PADDING = 5  # pixels beside the name of the key
_HEIGHT = 26
_RADIUS = 6
_SMALL = 11 / 12  # size of the key's name relative to the font of the window


class ButtonLook(Enum):
    """How a button stands out."""

    PRIMARY = auto()
    PLAIN = auto()
    LINK = auto()


class KeyButton(QPushButton):
    """A button that shows its key; Enter presses it, and a click leaves the focus where it is."""

    menu_requested = Signal(QPoint)

    def __init__(self, text: str, key: str, parent: QWidget, *, look: ButtonLook) -> None:
        super().__init__(parent)
        self._text = text
        self._key = parse_key(key).toString(QKeySequence.SequenceFormat.NativeText)
        self._look = look
        self._theme: Theme | None = None
        self.setText(escape_ampersands(text))
        self.setAccessibleName(f"{text} ({self._key})" if self._key else text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def label(self) -> str:
        """The text of the button."""
        return self._text

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._text_font()).horizontalAdvance(self._text) + 2 * _PADDING
        if self._key:
            width += _GAP + self._key_width()
        return QSize(width, max(_HEIGHT, self.fontMetrics().height() + _PADDING))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_injected(event):
            event.ignore()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()  # Qt leaves this to the desktop; not every one presses buttons with Enter
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_requested.emit(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self._theme
        if theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_primary = self._look is ButtonLook.PRIMARY
        ink = theme.paper if is_primary else theme.accent if self._look is ButtonLook.LINK else theme.ink
        self._paint_frame(painter, theme)
        painter.setFont(self._text_font())
        painter.setPen(QColor(ink))
        area = self.rect().adjusted(_PADDING, 0, -_PADDING, 0)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self._text)
        if self._key:
            painter.setFont(self._key_font())
            height = QFontMetrics(self._key_font()).height() + 2
            box = QRect(area.right() - self._key_width() + 1, (self.height() - height) // 2, self._key_width(), height)
            painter.setPen(QPen(QColor(theme.paper if is_primary else theme.line), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setPen(QColor(theme.paper if is_primary else theme.muted))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._key)
        painter.end()

    def _paint_frame(self, painter: QPainter, theme: Theme) -> None:
        is_marked = self.hasFocus() or self.underMouse()
        if self._look is ButtonLook.PRIMARY:
            painter.setBrush(QColor(theme.accent))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(theme.paper), theme.focus_border))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5), _RADIUS - 2, _RADIUS - 2)
            return
        if self._look is ButtonLook.LINK and not is_marked:
            return
        painter.setBrush(QColor(theme.field))
        painter.setPen(QPen(QColor(theme.accent if is_marked else theme.line), theme.focus_border))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)

    def _text_font(self) -> QFont:
        font = QFont(self.font())
        font.setBold(self._look is not ButtonLook.PLAIN)
        return font

    def _key_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * _SMALL)
        return font

    def _key_width(self) -> int:
        return QFontMetrics(self._key_font()).horizontalAdvance(self._key) + 2 * _KEY_PADDING
