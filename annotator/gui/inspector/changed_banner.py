"""Banner that shows the previous text of a changed sentence and asks for confirmation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from annotator.core.i18n import _
from annotator.gui.widgets.text_label import PlainLabel

if TYPE_CHECKING:
    from annotator.gui.theme.theme import Theme

_LONGEST = 400  # characters of the previous text that are shown


class ChangedBanner(QFrame):
    """The previous text and a button to confirm the new one; hidden where there is nothing to confirm."""

    confirmed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._previous = ""
        self._words = PlainLabel(self)
        self._words.setWordWrap(True)
        self._confirm = QPushButton(self)
        self._confirm.clicked.connect(self.confirmed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(7)
        layout.addWidget(self._words)
        layout.addWidget(self._confirm, 0, Qt.AlignmentFlag.AlignLeft)
        self.setObjectName("changed")
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Apply the colours of `theme`."""
        self.setStyleSheet(
            f"#changed {{ border: 1px dashed {theme.muted}; border-radius: 6px; background: {theme.field}; }}"
            f"QPushButton {{ padding: 4px 12px; border-radius: 6px; border: 1px solid {theme.line};"
            f" background: {theme.panel}; color: {theme.ink}; }}"
            f"QPushButton:focus {{ border: {theme.focus_border}px solid {theme.accent}; }}"
            f"QPushButton:disabled {{ color: {theme.faint}; }}"
        )

    def show_previous(self, was: str, *, can_write: bool) -> None:
        """Show that the sentence was `was`, or hide the banner if that is empty."""
        self._previous = was
        self.setVisible(bool(was))
        self._confirm.setEnabled(can_write)
        self.retitle()

    def retitle(self) -> None:
        """Show the texts in the current language."""
        words = " ".join(self._previous.split())
        words = f"{words[:_LONGEST]}…" if len(words) > _LONGEST else words
        self._words.setText(_("The sentence was changed since: it was “{words}”").format(words=words))
        self._confirm.setText(_("Confirm"))
        self._confirm.setToolTip(_("The annotation holds for the sentence as it is now"))
        self._confirm.setAccessibleDescription(_("The annotation holds for the sentence as it is now"))
