"""The last messages of this sitting, for the list behind the bell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTime, Signal

if TYPE_CHECKING:
    from annotator.gui.messages.message import MessageAction, MessageKind

_MAX_ENTRIES = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A message that was shown at `time`, such as `16:42`."""

    number: int
    text: str
    kind: MessageKind
    time: str
    action: MessageAction | None = None
    is_unread: bool = True

    @property
    def open_action(self) -> MessageAction | None:
        """The action if it is possible still."""
        return self.action if self.action is not None and self.action.is_open else None


class MessageLog(QObject):
    """Keeps the last messages, the newest first, and which of them went unread."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self._last_number = 0

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The messages, the newest first."""
        return self._entries

    @property
    def unread_count(self) -> int:
        """How many messages went unread."""
        return sum(entry.is_unread for entry in self._entries)

    def add(self, text: str, *, kind: MessageKind, action: MessageAction | None = None) -> int:
        """Add a message, read while it is on the screen, and return its number."""
        self._last_number += 1
        time = QTime.currentTime().toString("HH:mm")
        entry = Entry(self._last_number, text, kind, time, action, is_unread=False)
        self._entries = (entry, *self._entries)[:_MAX_ENTRIES]
        self.changed.emit()
        return self._last_number

    def update_text(self, number: int, text: str) -> None:
        """Change the text of a message that is on the screen."""
        self._replace(number, text=text)

    def mark_unread(self, number: int) -> None:
        """Remember that a message left the screen unread."""
        self._replace(number, is_unread=True)

    def mark_all_read(self) -> None:
        """Remember that all messages were read."""
        if self.unread_count:
            self._entries = tuple(replace(entry, is_unread=False) for entry in self._entries)
            self.changed.emit()

    def _replace(self, number: int, *, text: str | None = None, is_unread: bool | None = None) -> None:
        self._entries = tuple(
            entry
            if entry.number != number
            else replace(
                entry,
                text=entry.text if text is None else text,
                is_unread=entry.is_unread if is_unread is None else is_unread,
            )
            for entry in self._entries
        )
        self.changed.emit()
