"""Status bar: hints, save state, place in the article, progress, annotator, bell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from annotator.gui.messages.bell import Bell
from annotator.gui.widgets.text_label import PlainLabel

if TYPE_CHECKING:
    from annotator.gui.messages.log import MessageLog
    from annotator.gui.theme.theme import Theme

MESSAGE_TIMEOUT_MS = 4_000
"""Milliseconds for which a passing message is shown."""


class StatusBar(QStatusBar):
    """Room for a hint, four permanent texts, and the bell with the recent messages."""

    def __init__(self, log: MessageLog, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(0, 0, 6, 0)
        self._saved, self._place, self._progress, self._author = (PlainLabel(self) for _ in range(4))
        for name, label in (
            ("saved", self._saved),
            ("place", self._place),
            ("share", self._progress),
            ("who", self._author),
        ):
            label.setObjectName(name)
            label.setContentsMargins(10, 2, 10, 2)
            self.addPermanentWidget(label)
        self._bell = Bell(log, self)
        self.addPermanentWidget(self._bell)

    def show_remark(self, message: str) -> None:
        """Show `message` for `MESSAGE_TIMEOUT_MS`."""
        self.showMessage(message, MESSAGE_TIMEOUT_MS)

    def show_messages(self) -> None:
        """Show the list of recent messages."""
        self._bell.open()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme` and the language of the program."""
        self._bell.set_theme(theme)

    def set_saved(self, text: str, *, colour: str) -> None:
        """Show the save state in `colour`."""
        _set_text(self._saved, text)
        style = f"color: {colour}"
        if self._saved.styleSheet() != style:  # setting it makes Qt compute the style anew
            self._saved.setStyleSheet(style)

    def set_place(self, text: str) -> None:
        """Show the number of the current sentence."""
        _set_text(self._place, text)

    def set_progress(self, text: str) -> None:
        """Show the share of decided sentences."""
        _set_text(self._progress, text)

    def set_author(self, text: str) -> None:
        """Show the name of the annotator."""
        _set_text(self._author, text)


def _set_text(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
        label.setAccessibleName(text)
    label.setVisible(bool(text))
