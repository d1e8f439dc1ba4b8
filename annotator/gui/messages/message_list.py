"""Pop-up with the recent messages: text, time, and what can be done about each still."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from annotator.core.i18n import _
from annotator.gui.messages.action_menu import popup_action_menu
from annotator.gui.messages.card import make_text_label, show_icon, show_text
from annotator.gui.messages.key_button import ButtonLook, KeyButton
from annotator.gui.messages.message import MessageAction, MessageKind
from annotator.gui.theme.icons import load_icon
from annotator.gui.theme.styles import scroll_bar_style
from annotator.gui.widgets.text_label import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from annotator.gui.messages.log import Entry
    from annotator.gui.theme.theme import Theme

_WIDTH = 320
_GAP = 8  # pixels between the pop-up and the window's edge and the bell
_ICON_SIZE = 15


class MessageList(QFrame):
    """The messages, the newest first; arrows go from one to another, Enter runs what a message offers, Esc closes."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.setObjectName("message-list")
        self._rows: tuple[_Row, ...] = ()
        self._title = make_text_label("message-list-title", self)
        self._close = QToolButton(self)
        self._close.setAutoRaise(True)
        self._close.setIconSize(QSize(14, 14))
        self._close.clicked.connect(self.close)
        head = QHBoxLayout()
        head.setContentsMargins(14, 6, 8, 6)
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)

    def open(self, entries: Sequence[Entry], theme: Theme, *, above: QWidget) -> None:
        """Show `entries` over the right end of the window, above the widget `above`."""
        self._title.setText(_("Recent messages"))
        self.setAccessibleName(_("Recent messages"))
        self._close.setIcon(load_icon("close", theme.muted))
        self._close.setToolTip(_("Close"))
        self._close.setAccessibleName(_("Close"))
        self._set_style(theme)
        ground = self._fill(entries, theme)
        window = self.parentWidget()
        corner = above.mapTo(window, QPoint(0, 0)) if window is not None else QPoint()
        bottom = corner.y() - _GAP
        self.setFixedWidth(_WIDTH)
        head = self._title.sizeHint().height() + 20
        wanted = head + ground.heightForWidth(_WIDTH - 2) if entries else head + 48
        height = min(wanted, bottom - _GAP)
        self.setFixedHeight(max(height, head))
        if window is not None:
            self.move(window.mapToGlobal(QPoint(window.width() - _GAP - _WIDTH, bottom - self.height())))
        self.show()
        (self._rows[0] if self._rows else self._close).setFocus()

    def _fill(self, entries: Sequence[Entry], theme: Theme) -> QWidget:
        ground = QWidget(self._scroll)
        ground.setObjectName("message-list-ground")
        layout = QVBoxLayout(ground)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._rows = tuple(_Row(entry, theme, ground) for entry in entries)
        for row in self._rows:
            row.chosen.connect(self._run)
            row.stepped.connect(self._step)
            layout.addWidget(row)
        if not entries:
            empty = make_text_label("message-list-empty", ground)
            empty.setText(_("No messages yet."))
            empty.setContentsMargins(14, 9, 14, 9)
            layout.addWidget(empty)
        layout.addStretch(1)
        self._scroll.setWidget(ground)
        return ground

    def _step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) message."""
        now = next((place for place, row in enumerate(self._rows) if row.has_focus_within), -1)
        row = self._rows[max(0, min(now + by, len(self._rows) - 1))]
        row.setFocus()
        self._scroll.ensureWidgetVisible(row)

    def _run(self, action: MessageAction) -> None:
        self.close()
        action.callback()

    def _set_style(self, theme: Theme) -> None:
        self.setStyleSheet(
            f"#message-list {{ background: {theme.field}; border: 1px solid {theme.line}; border-radius: 8px; }}"
            f"#message-list-title {{ font-weight: bold; color: {theme.ink}; }}"
            "QScrollArea, #message-list-ground { background: transparent; border: none; }"
            f"#message-row {{ border-top: 1px solid {theme.hair}; border-left: 3px solid transparent; }}"
            f"#message-row:focus {{ border-left-color: {theme.accent}; background: {theme.selection}; }}"
            f"#message-text {{ color: {theme.ink}; }}"
            f"#message-time, #message-list-empty {{ color: {theme.muted}; }}"
            f"{scroll_bar_style(theme)}"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


class _Row(QFrame):
    """A message, its time and its action."""

    chosen = Signal(object)
    stepped = Signal(int)

    def __init__(self, entry: Entry, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("message-row")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._action = entry.open_action
        said = [entry.text, entry.time, *([self._action.text] if self._action else [])]
        self.setAccessibleName(", ".join(said))
        text = make_text_label("message-text", self)
        show_text(text, entry.text)
        text.setWordWrap(True)
        time = make_text_label("message-time", self)
        time.setText(entry.time)
        font = time.font()
        font.setPointSizeF(font.pointSizeF() * 11 / 12)
        time.setFont(font)
        first = QHBoxLayout()
        first.setSpacing(8)
        if entry.kind in {MessageKind.WARN, MessageKind.TROUBLE}:
            icon = PlainLabel(self)
            show_icon(icon, entry.kind, theme, size=_ICON_SIZE)
            first.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(text, 1)
        second = QHBoxLayout()
        second.addWidget(time, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(11, 9, 4, 6)
        layout.setSpacing(3)
        layout.addLayout(first)
        layout.addLayout(second)
        if self._action is not None:
            button = KeyButton(self._action.text, "", self, look=ButtonLook.LINK)
            button.set_theme(theme)
            button.clicked.connect(self._choose)
            button.menu_requested.connect(self._on_menu_requested)
            second.addWidget(button)

    @property
    def has_focus_within(self) -> bool:
        """True if the focus is on the row or its button."""
        focus = self.window().focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    def _choose(self) -> None:
        self.chosen.emit(self._action)

    def _on_menu_requested(self, place: QPoint) -> None:
        if self._action is not None:
            popup_action_menu(self, self._action, place, run=self.chosen.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._action is not None:
            self._choose()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)  # else the list would only scroll
        else:
            super().keyPressEvent(event)
