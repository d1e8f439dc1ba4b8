"""Base of what lies over the article: a frame with a shadow that fades in and out and never moves what is below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QObject, QPropertyAnimation, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsOpacityEffect, QLabel, QStyle, QWidget

from annotator.gui.messages.message import MessageKind
from annotator.gui.theme.icons import load_icon
from annotator.gui.widgets.text_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from annotator.gui.theme.theme import Theme

FADE_MS = 120
"""Milliseconds in which a toast appears and goes."""
_SHADOW_SIZE, _SHADOW_DROP, _SHADOW_STEP = 22, 6, 2  # pixels around the frame, below it, and from layer to layer
_SHADOW_INK = {False: 0.14, True: 0.6}  # how dark the shadow is, in light and dark themes
_LONG_WORD = re.compile(r"\S{12}(?=\S{12})")
_BREAK = "\u200b"  # of no width: where a line may end
_ICONS = {
    MessageKind.DONE: "finish",
    MessageKind.INFO: "info",
    MessageKind.WARN: "warn",
    MessageKind.TROUBLE: "trouble",
}


class Card(QFrame):
    """A frame over `area`, which it follows; it takes no focus by itself."""

    radius: ClassVar[int] = 0
    left = Signal()  # Esc was pressed in it
    held = Signal()  # the pointer came or went

    def __init__(self, area: QWidget, name: str) -> None:
        parent = area.parentWidget() or area
        super().__init__(parent)
        self.setObjectName(name)
        self.is_pointed = False
        self._area = area
        self._shadow = _Shadow(parent, radius=self.radius)
        self._effect = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(self._effect)
        self._fade = QPropertyAnimation(self._effect, b"opacity", self)
        self._fade.finished.connect(self._on_faded)
        self._is_leaving = False
        self.hide()

    @property
    def has_focus(self) -> bool:
        """True if the focus is in the card."""
        focus = QApplication.focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._shadow.set_darkness(_SHADOW_INK[theme.is_dark])

    def place(self) -> None:
        """Place the card over its area; a subclass sets its geometry and calls this."""
        self._shadow.setGeometry(
            self.geometry().adjusted(-_SHADOW_SIZE, -_SHADOW_SIZE, _SHADOW_SIZE, _SHADOW_SIZE + _SHADOW_DROP)
        )

    def appear(self) -> None:
        """Show the card."""
        is_new = self.isHidden() or self._is_leaving
        self._is_leaving = False
        self._area.installEventFilter(self)
        self.place()
        self._shadow.show()
        self._shadow.raise_()
        self.show()
        self.raise_()
        if is_new:
            self._run_fade(0.0, 1.0)

    def leave(self) -> None:
        """Hide the card; a focus in it goes to the area."""
        if self.isHidden() or self._is_leaving:
            return
        if self.has_focus:
            self._area.setFocus()
        self._area.removeEventFilter(self)
        self._is_leaving = True
        self._run_fade(self._effect.opacity() if self._effect.isEnabled() else 1.0, 0.0)

    def announce(self, text: str, politeness: QAccessible.AnnouncementPoliteness) -> None:
        """Let a screen reader say `text`."""
        if QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self, text)
            event.setPoliteness(politeness)
            QAccessible.updateAccessibility(event)

    def _run_fade(self, start: float, end: float) -> None:
        self._fade.stop()
        if not _is_animated(self):
            self._on_faded()
            return
        self._effect.setEnabled(True)
        self._fade.setDuration(FADE_MS)
        self._fade.setStartValue(start)
        self._fade.setEndValue(end)
        self._fade.start()

    def _on_faded(self) -> None:
        self._effect.setEnabled(False)  # it would draw the card by way of a picture each time
        if self._is_leaving:
            self._is_leaving = False
            self.is_pointed = False
            self.hide()
            self._shadow.hide()

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Enter, QEvent.Type.Leave}:
            self.is_pointed = event.type() == QEvent.Type.Enter
            self.held.emit()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move} and watched is self._area:
            self.place()
        return super().eventFilter(watched, event)


def show_icon(label: QLabel, kind: MessageKind, theme: Theme, *, size: int) -> None:
    """Show the icon of `kind` in `label`."""
    icon = load_icon(_ICONS[kind], kind_colour(kind, theme))
    label.setPixmap(icon.pixmap(QSize(size, size), label.devicePixelRatioF()))


def kind_colour(kind: MessageKind, theme: Theme) -> str:
    """Return the colour of messages of `kind`."""
    return {
        MessageKind.DONE: theme.success,
        MessageKind.INFO: theme.accent,
        MessageKind.WARN: theme.warn,
        MessageKind.TROUBLE: theme.error,
    }[kind]


def show_text(label: QLabel, text: str) -> None:
    """Show `text` in `label`, broken within long words such as paths where a line ends."""
    label.setText(_LONG_WORD.sub(lambda part: f"{part.group()}{_BREAK}", text))
    label.setAccessibleName(text)


def make_text_label(name: str, parent: QWidget) -> QLabel:
    """Return a label that shows its text as it is, whatever it holds."""
    label = PlainLabel(parent)
    label.setObjectName(name)
    return label


def _is_animated(widget: QWidget) -> bool:
    """Return whether the system lets things move."""
    return FADE_MS > 0 and widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0


class _Shadow(QWidget):
    """The shadow of a card; clicks go through it."""

    def __init__(self, parent: QWidget, *, radius: int) -> None:
        super().__init__(parent)
        self._radius = radius
        self._darkness = 0.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_darkness(self, darkness: float) -> None:
        """Set how dark the shadow is, from 0 to 1."""
        self._darkness = darkness
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        layers = _SHADOW_SIZE // _SHADOW_STEP
        painter.setBrush(QColor(0, 0, 0, max(1, round(255 * self._darkness / layers / 2))))
        whole = QRectF(self.rect()).adjusted(0, _SHADOW_DROP, 0, 0)
        for layer in range(1, layers):
            inset = layer * _SHADOW_STEP
            radius = self._radius + _SHADOW_SIZE - inset
            painter.drawRoundedRect(whole.adjusted(inset, inset, -inset, -inset), radius, radius)
        painter.end()
