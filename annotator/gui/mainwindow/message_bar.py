"""Bar over the article for errors and news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QToolButton, QWidget

from annotator.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.gui.messages.message import MessageAction
    from annotator.gui.theme.theme import Theme

_MAX_LINES = 7  # visible at once; the others by scrolling


class MessageBar(QFrame):
    """Messages in a column, shown until the user closes them or opens another document."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._messages: list[str] = []
        self._text = QPlainTextEdit(self)
        self._text.setReadOnly(True)
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        self._text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._text.setTabChangesFocus(True)
        self._actions: dict[str, tuple[MessageAction, ...]] = {}
        self._news: set[str] = set()
        self._buttons = (QToolButton(self), QToolButton(self))
        for number, button in enumerate(self._buttons):
            button.setObjectName("offer")
            button.clicked.connect(lambda *_, number=number: self._on_offer_clicked(number))
        self._close = QToolButton(self)
        self._close.setText("×")
        self._close.setAutoRaise(True)
        self._close.clicked.connect(self.dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addWidget(self._text, 1)
        for button in self._buttons:
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.setObjectName("notice")
        self._retitle()
        self.hide()

    @property
    def text(self) -> str:
        """The text that is shown; empty while the bar is hidden."""
        return self._text.toPlainText() if not self.isHidden() else ""

    def add(self, message: str, *, offer: MessageAction | None = None) -> None:
        """Show `message`, an error, below the others unless it is shown already.

        The button `offer` is there for as long as the message is.
        """
        if offer is not None:
            self._actions = {message: (offer,)}
        if message not in self._messages:
            self._messages.append(message)
            self._update_content()

    def add_news(self, message: str, *, offers: Sequence[MessageAction] = ()) -> None:
        """Show `message`, which is no error, with up to two buttons."""
        self._news.add(message)
        self._actions = {message: tuple(offers)}
        if message not in self._messages:
            self._messages.append(message)
        self._update_content()

    def remove(self, message: str) -> None:
        """Remove `message`."""
        if message in self._messages:
            self._messages.remove(message)
            self._update_content()

    def dismiss(self) -> None:
        """Remove all messages."""
        self._messages.clear()
        self._update_content()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.setStyleSheet(
            f"#notice {{ background: {theme.field}; border: none; border-bottom: 1px solid {theme.line};"
            f" border-left: 4px solid {theme.error}; }}"
            f'#notice[news="true"] {{ border-left-color: {theme.accent}; }}'
            f"#notice #offer {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 4px 12px;"
            f" background: {theme.panel}; }}"
            f"#notice #offer:hover, #notice #offer:focus {{ border-color: {theme.accent}; }}"
            "#notice QPlainTextEdit { border: none; background: transparent; }"
        )

    def _update_content(self) -> None:
        if self.text != "\n".join(self._messages):
            self._text.setPlainText("\n".join(self._messages))
            self._text.moveCursor(QTextCursor.MoveOperation.End)  # show the newest message, to which the buttons belong
        offers = self._current_actions()
        for number, button in enumerate(self._buttons):
            button.setVisible(number < len(offers))
            button.setText(offers[number].text if number < len(offers) else "")
        self.setProperty("news", "true" if self._news.issuperset(self._messages) else "false")
        self.style().unpolish(self)  # Qt does not evaluate rules on dynamic properties again by itself
        self.style().polish(self)
        self.setVisible(bool(self._messages))
        self._fit_height()

    def _current_actions(self) -> tuple[MessageAction, ...]:
        """Return the buttons of the messages that are shown."""
        return next((offers for message, offers in self._actions.items() if message in self._messages), ())

    def _on_offer_clicked(self, number: int) -> None:
        self._current_actions()[number].callback()

    def _fit_height(self) -> None:
        """Fit the height to the text, up to `_MAX_LINES` lines."""
        lines = min(_MAX_LINES, max(1, int(self._text.document().size().height())))
        margins = 2 * round(self._text.document().documentMargin()) + 10
        self._text.setFixedHeight(lines * self._text.fontMetrics().lineSpacing() + margins)

    def _retitle(self) -> None:
        self._close.setToolTip(_("Close this message"))
        self._close.setAccessibleName(_("Close this message"))
        self._text.setAccessibleName(_("Messages"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retitle()
        super().changeEvent(event)
