"""The bell in the status bar, which opens the list of recent messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QKeySequence, QPainter
from PySide6.QtWidgets import QToolButton

from annotator.core.i18n import _, ngettext
from annotator.gui.theme.icons import load_icon
from annotator.gui.widgets.text_label import make_tooltip

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from annotator.gui.messages.log import MessageLog
    from annotator.gui.messages.message_list import MessageList
    from annotator.gui.theme.theme import Theme

_ICON_SIZE = 16
_DOT = 3.0  # pixels, the radius


class Bell(QToolButton):
    """A button with a dot while a message went unread."""

    def __init__(self, log: MessageLog, parent: QWidget) -> None:
        super().__init__(parent)
        self._log = log
        self._theme: Theme | None = None
        self._list: MessageList | None = None  # made when it is first opened
        self.setObjectName("bell")
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(_ICON_SIZE, _ICON_SIZE))
        self.clicked.connect(self.open)
        log.changed.connect(self._show_count)

    def open(self) -> None:
        """Show the recent messages; they are read then."""
        if self._theme is None:
            return
        if self._list is None:
            from annotator.gui.messages.message_list import MessageList  # noqa: PLC0415  # starting does not wait for it

            self._list = MessageList(self.window())
        self._list.open(self._log.entries, self._theme, above=self)
        self._log.mark_all_read()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.setIcon(load_icon("bell", theme.muted))
        self.retranslate()

    def retranslate(self) -> None:
        """Show the tool tip in the language of the program."""
        action = self.window().findChild(QAction, "messages")
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText) if isinstance(action, QAction) else ""
        self.setToolTip(make_tooltip(f"{_('Recent messages')} ({key})" if key else _("Recent messages")))
        self._show_count()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._theme is not None and self._log.unread_count:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(self._theme.panel))
            painter.setBrush(QColor(self._theme.accent))
            middle = QPointF(self.rect().center())
            painter.drawEllipse(middle + QPointF(_ICON_SIZE / 2 - 2, 3 - _ICON_SIZE / 2), _DOT, _DOT)
            painter.end()

    def _show_count(self) -> None:
        count = self._log.unread_count
        name = _("Recent messages")
        if count:
            name = ngettext("Recent messages, {count} unread", "Recent messages, {count} unread", count).format(
                count=count
            )
        self.setAccessibleName(name)
        self.update()
