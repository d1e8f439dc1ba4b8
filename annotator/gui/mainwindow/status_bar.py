"""The status bar: saved or not, where in the article, how much is decided, who. It must not know the session."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

MESSAGE_TIME = 6_000
"""Milliseconds that a passing message is shown."""


class StatusLine(QStatusBar):
    """Four quiet texts and room for a passing remark."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._saved, self._place, self._share, self._who = (QLabel(self) for _ in range(4))
        for name, label in (
            ("saved", self._saved),
            ("place", self._place),
            ("share", self._share),
            ("who", self._who),
        ):
            label.setObjectName(name)
            label.setContentsMargins(10, 2, 10, 2)
            self.addPermanentWidget(label)

    def remark(self, message: str) -> None:
        """Show ``message`` for some seconds."""
        self.showMessage(message, MESSAGE_TIME)

    def set_saved(self, text: str, *, colour: str) -> None:
        """Say whether everything is saved."""
        _put(self._saved, text)
        style = f"color: {colour}"
        if self._saved.styleSheet() != style:  # to set it again would dress the label anew
            self._saved.setStyleSheet(style)

    def set_place(self, text: str) -> None:
        """Say which sentence of how many is the current one."""
        _put(self._place, text)

    def set_share(self, text: str) -> None:
        """Say how much is decided."""
        _put(self._share, text)

    def set_who(self, text: str) -> None:
        """Say who annotates."""
        _put(self._who, text)


def _put(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
        label.setAccessibleName(text)
    label.setVisible(bool(text))
