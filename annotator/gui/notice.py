"""The one place that shows errors and news: a bar over the article. It must not know what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from annotator.core.wording import _

if TYPE_CHECKING:
    from annotator.gui.theme import Theme


class NoticeBar(QFrame):
    """Sentences for the person, one under the other, until she closes them or opens another document."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._messages: list[str] = []
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._close = QToolButton(self)
        self._close.setText("×")
        self._close.setAutoRaise(True)
        self._close.clicked.connect(self.dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 8, 8)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.setObjectName("notice")
        self._retitle()
        self.hide()

    @property
    def text(self) -> str:
        """What is shown."""
        return self._label.text() if not self.isHidden() else ""

    def add(self, message: str) -> None:
        """Show ``message`` under what is shown already; one that is shown already is not repeated."""
        if message in self._messages:
            return
        self._messages.append(message)
        self._label.setText("\n".join(self._messages))
        self._label.setAccessibleName(self._label.text())
        self.show()

    def dismiss(self) -> None:
        """Show nothing any more."""
        self._messages.clear()
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self.setStyleSheet(
            f"#notice {{ background: {theme.raised}; border: none; border-bottom: 1px solid {theme.line};"
            f" border-left: 4px solid {theme.trouble}; }}"
        )

    def _retitle(self) -> None:
        self._close.setToolTip(_("Close this message"))
        self._close.setAccessibleName(_("Close this message"))
        self.setAccessibleName(_("Messages"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retitle()
        super().changeEvent(event)
