"""Status bar: save state, place in the article, progress, annotator."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

MESSAGE_TIME = 6_000
"""Milliseconds for which a passing message is shown."""


class StatusLine(QStatusBar):
    """Four permanent texts and room for a passing message."""

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
        """Show `message` for `MESSAGE_TIME`."""
        self.showMessage(message, MESSAGE_TIME)

    def set_saved(self, text: str, *, colour: str) -> None:
        """Show the save state in `colour`."""
        _put(self._saved, text)
        style = f"color: {colour}"
        if self._saved.styleSheet() != style:  # setting it makes Qt compute the style anew
            self._saved.setStyleSheet(style)

    def set_place(self, text: str) -> None:
        """Show the number of the current sentence."""
        _put(self._place, text)

    def set_share(self, text: str) -> None:
        """Show the share of decided sentences."""
        _put(self._share, text)

    def set_who(self, text: str) -> None:
        """Show the name of the annotator."""
        _put(self._who, text)


def _put(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
        label.setAccessibleName(text)
    label.setVisible(bool(text))
