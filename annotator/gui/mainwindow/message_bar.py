"""The one place that shows errors and news: a bar over the article. It must not know what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QToolButton, QWidget

from annotator.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.gui.theme.theme import Theme

_MOST_LINES = 7  # that are seen at once; the rest is reached by scrolling


class Offer(NamedTuple):
    """Something that can be done about a message: what the button says, and what it does."""

    text: str
    does: Callable[[], object]


class NoticeBar(QFrame):
    """Sentences for the person, one under the other, until she closes them or opens another document."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._messages: list[str] = []
        self._text = QPlainTextEdit(self)
        self._text.setReadOnly(True)
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        self._text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._text.setTabChangesFocus(True)
        self._offers: dict[str, tuple[Offer, ...]] = {}
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
        """What is shown."""
        return self._text.toPlainText() if not self.isHidden() else ""

    def add(self, message: str, *, offer: Offer | None = None) -> None:
        """Show ``message`` under what is shown already; one that is shown already is not repeated.

        A button ``offer`` is there for as long as the message is.
        """
        if offer is not None:
            self._offers = {message: (offer,)}
        if message not in self._messages:
            self._messages.append(message)
            self._show()

    def add_news(self, message: str, *, offers: Sequence[Offer] = ()) -> None:
        """Show ``message``, which tells of nothing bad, with up to two buttons for what can be done about it."""
        self._news.add(message)
        self._offers = {message: tuple(offers)}
        if message not in self._messages:
            self._messages.append(message)
        self._show()

    def remove(self, message: str) -> None:
        """Show ``message`` no more."""
        if message in self._messages:
            self._messages.remove(message)
            self._show()

    def dismiss(self) -> None:
        """Show nothing any more."""
        self._messages.clear()
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self.setStyleSheet(
            f"#notice {{ background: {theme.raised}; border: none; border-bottom: 1px solid {theme.line};"
            f" border-left: 4px solid {theme.trouble}; }}"
            f'#notice[news="true"] {{ border-left-color: {theme.accent}; }}'
            f"#notice #offer {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 4px 12px;"
            f" background: {theme.panel}; }}"
            f"#notice #offer:hover, #notice #offer:focus {{ border-color: {theme.accent}; }}"
            "#notice QPlainTextEdit { border: none; background: transparent; }"
        )

    def _show(self) -> None:
        if self.text != "\n".join(self._messages):
            self._text.setPlainText("\n".join(self._messages))
            self._text.moveCursor(QTextCursor.MoveOperation.End)  # the newest is seen, and what it offers with it
        offers = self._offered()
        for number, button in enumerate(self._buttons):
            button.setVisible(number < len(offers))
            button.setText(offers[number].text if number < len(offers) else "")
        self.setProperty("news", "true" if self._news.issuperset(self._messages) else "false")
        self.style().unpolish(self)
        self.style().polish(self)
        self.setVisible(bool(self._messages))
        self._fit()

    def _offered(self) -> tuple[Offer, ...]:
        """What can be done about the messages that are shown."""
        return next((offers for message, offers in self._offers.items() if message in self._messages), ())

    def _on_offer_clicked(self, number: int) -> None:
        self._offered()[number].does()

    def _fit(self) -> None:
        """Be as high as the text wants, up to some lines."""
        lines = min(_MOST_LINES, max(1, int(self._text.document().size().height())))
        margins = 2 * round(self._text.document().documentMargin()) + 10
        self._text.setFixedHeight(lines * self._text.fontMetrics().lineSpacing() + margins)

    def _retitle(self) -> None:
        self._close.setToolTip(_("Close this message"))
        self._close.setAccessibleName(_("Close this message"))
        self._text.setAccessibleName(_("Messages"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retitle()
        super().changeEvent(event)
