"""The widget of a toast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QWidget

from annotator.gui.messages.card import Card, make_text_label, show_icon, show_text
from annotator.gui.messages.key_button import ButtonLook, KeyButton
from annotator.gui.messages.message import MessageKind
from annotator.gui.widgets.text_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from annotator.gui.messages.message import MessageAction
    from annotator.gui.theme.theme import Theme

_HEIGHT = 42
_BOTTOM = 16  # pixels between the toast and the foot of the area
_SIDES = 24  # least pixels beside it
_ICON_SIZE = 19
_WRAPPED_SPACE = 10  # pixels above and below a text of several lines
_DETAIL_MARK = " · "


class ToastCard(Card):
    """Icon, sentence and at most one action, in one line where that fits."""

    radius = 9
    chosen = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self, area: QWidget) -> None:
        super().__init__(area, "toast")
        self._theme: Theme | None = None
        self._kind = MessageKind.DONE
        self._shown = ""
        self._button: KeyButton | None = None
        self._key = ""
        self._icon = PlainLabel(self)
        self._text = make_text_label("toast-text", self)
        self._detail = make_text_label("toast-detail", self)
        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._words.setSpacing(0)
        self._words.addWidget(self._text)
        self._words.addWidget(self._detail)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(14, 0, 6, 0)
        self._layout.setSpacing(12)
        self._layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._layout.addWidget(self._icon)
        self._layout.addLayout(self._words, 1)

    @property
    def text(self) -> str:
        """The text that is shown."""
        return self._shown

    @property
    def key(self) -> str:
        """The key that is shown beside the action, or ""."""
        return self._key

    def show_message(self, text: str, *, kind: MessageKind, action: MessageAction | None) -> None:
        """Show `text` and a button for `action`."""
        self._shown, self._kind = text, kind
        self.setAccessibleName(text)
        had_focus = self._button is not None and self._button.hasFocus()
        if self._button is not None:
            self._layout.removeWidget(self._button)
            self._button.hide()
            self._button.deleteLater()
            self._button = None
        self._key = action.shown_key if action is not None else ""
        if action is not None:
            self._button = KeyButton(action.text, self._key, self, look=ButtonLook.LINK)
            self._button.setObjectName("offer")
            self._button.clicked.connect(self.chosen)
            self._button.menu_requested.connect(self.menu_requested)
            self._layout.addWidget(self._button)
            self._button.show()
            if had_focus:
                self._button.setFocus()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if action is not None else Qt.FocusPolicy.TabFocus)
        if self._theme is not None:
            self.set_theme(self._theme)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._theme = theme
        self.setStyleSheet(
            f"#toast {{ background: {theme.field}; border: 1px solid {theme.line}; border-radius: {self.radius}px; }}"
            f"#toast:focus {{ border-color: {theme.accent}; }}"
            f"#toast-text {{ color: {theme.ink}; }} #toast-detail {{ color: {theme.muted}; }}"
        )
        show_icon(self._icon, self._kind, theme, size=_ICON_SIZE)
        if self._button is not None:
            self._button.set_theme(theme)

    def place(self) -> None:
        for widget in (self, self._text, self._detail):
            widget.ensurePolished()  # frame and font count
        self._set_wrapped(is_wrapped=False)
        area, size = self._area.geometry(), self._layout.totalSizeHint()
        widest = area.width() - 2 * _SIDES
        width, height = size.width(), size.height()
        if width > widest or "\n" in self._shown:
            width = min(width, widest)
            self._set_wrapped(is_wrapped=True)
            height = self._layout.totalHeightForWidth(width)
            if height > area.height() // 2:
                self._shorten(width, area.height() // 2)
                height = self._layout.totalHeightForWidth(width)
        height = max(_HEIGHT, height)
        left = area.left() + (area.width() - width) // 2
        self.setGeometry(left, area.bottom() + 1 - _BOTTOM - height, width, height)
        super().place()

    def _set_wrapped(self, *, is_wrapped: bool) -> None:
        """Put the detail below the sentence, both wrapped, or beside it in one line."""
        sentence, mark, detail = self._shown.partition(_DETAIL_MARK)
        direction = QBoxLayout.Direction.TopToBottom if is_wrapped else QBoxLayout.Direction.LeftToRight
        self._words.setDirection(direction)
        show_text(self._text, sentence)
        show_text(self._detail, detail if is_wrapped else f"{mark}{detail}")
        self._detail.setVisible(bool(detail))
        for label in (self._text, self._detail):
            label.setWordWrap(is_wrapped)
        space = _WRAPPED_SPACE if is_wrapped else 0
        self._layout.setContentsMargins(14, space, 6 if self._button is not None else 16, space)
        self._words.invalidate()  # Qt invalidates the outermost layout alone
        self._layout.invalidate()
        self._layout.activate()

    def _shorten(self, width: int, height: int) -> None:
        """Show as much of the text as has room; the list of messages has all of it."""
        self._detail.hide()
        margins = self._layout.contentsMargins()
        beside = margins.left() + margins.right() + _ICON_SIZE + self._layout.spacing()
        if self._button is not None:
            beside += self._button.sizeHint().width() + self._layout.spacing()
        metrics = self._text.fontMetrics()
        for lines in range((height - 2 * _WRAPPED_SPACE) // metrics.lineSpacing(), 0, -1):
            room = max(1, width - beside) * lines
            show_text(self._text, metrics.elidedText(self._shown, Qt.TextElideMode.ElideRight, room))
            self._words.invalidate()
            self._layout.invalidate()
            if self._layout.totalHeightForWidth(width) <= height:
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
