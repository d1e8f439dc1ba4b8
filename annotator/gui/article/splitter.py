"""Choosing the word before which a sentence is split, by keys or mouse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from annotator.core.span import Span


# Both patterns are searched from `span.start` to `span.end` in the whole text, without copying the sentence.
_WORD = re.compile(r"(?<=\s)\S")
_PAUSE = re.compile(r"[.!?…;:][\"”’»)\]]*\s+")


class WordCursor:
    """A cursor before a word of a sentence, never the first; `word_starts` are code points of the whole text."""

    def __init__(self, text: str, span: Span) -> None:
        """Stand at the most likely split: after the punctuation mark nearest to the middle, else in the middle."""
        self.span = span
        self.word_starts = [
            match.start() for match in _WORD.finditer(text, span.start, span.end) if match.start() > span.start
        ]
        self._index = 0
        middle = (span.start + span.end) // 2
        pauses = [match.end() for match in _PAUSE.finditer(text, span.start, span.end) if match.end() < span.end]
        self.move_near(min(pauses, key=lambda place: abs(place - middle), default=middle))

    @property
    def offset(self) -> int | None:
        """The code point before which the cursor stands, or None in a sentence of one word."""
        return self.word_starts[self._index] if self.word_starts else None

    def step(self, count: int) -> None:
        """Move `count` words forward (backward if negative), at most to the last or first word."""
        self._index = max(0, min(self._index + count, len(self.word_starts) - 1))

    def move_near(self, offset: int) -> None:
        """Move before the word nearest to `offset`."""
        if self.word_starts:
            self._index = min(range(len(self.word_starts)), key=lambda nth: abs(self.word_starts[nth] - offset))


_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Home: -1_000_000_000,  # `WordCursor.step` stops at the first and last word
    Qt.Key.Key_End: 1_000_000_000,
}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class SplitChooser(QObject):
    """Handles keys and mouse while a split is being chosen; offsets are code points."""

    moved = Signal()
    chosen = Signal(int)
    cancelled = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._cursor: WordCursor | None = None

    @property
    def is_active(self) -> bool:
        """Return whether a split is being chosen."""
        return self._cursor is not None

    @property
    def offset(self) -> int | None:
        """The code point at which the sentence would be split, or None."""
        return self._cursor.offset if self._cursor else None

    def start(self, text: str, span: Span) -> None:
        """Start choosing in the sentence at `span`; emit `cancelled` at once if it has a single word."""
        cursor = WordCursor(text, span)
        if cursor.offset is None:
            self.cancelled.emit()
            return
        self._cursor = cursor
        self.moved.emit()

    def stop(self) -> None:
        """End the choice silently."""
        if self._cursor is not None:
            self._cursor = None
            self.moved.emit()

    def cancel(self) -> None:
        """Cancel the choice and emit `cancelled`."""
        if self._cursor is not None:
            self.stop()
            self.cancelled.emit()

    def is_own_key(self, event: QEvent) -> bool:
        """Return whether the event is a key of the splitter, which no shortcut may take."""
        if self._cursor is None or not isinstance(event, QKeyEvent):
            return False
        return event.key() in _STEPS or event.key() in _ENTER or event.key() == Qt.Key.Key_Escape

    def handle_key(self, event: QKeyEvent) -> bool:
        """Handle a key and return whether it was one of the splitter's."""
        if self._cursor is None or not self.is_own_key(event):
            return False
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._cursor.step(_STEPS[key])
            self.moved.emit()
        elif key in _ENTER:
            self.accept()
        else:
            self.cancel()
        return True

    def move_near(self, offset: int) -> None:
        """Move the cursor before the word nearest to `offset`, where the mouse is."""
        if self._cursor is not None and self._cursor.span.has_offset(offset):
            self._cursor.move_near(offset)
            self.moved.emit()

    def press(self, offset: int | None) -> None:
        """Split before the word at `offset`; a press outside the sentence cancels."""
        if self._cursor is None:
            return
        if offset is None or not self._cursor.span.has_offset(offset):
            self.cancel()
        else:
            self._cursor.move_near(offset)
            self.accept()

    def accept(self) -> None:
        """Split at the cursor."""
        place = self.offset
        self.stop()
        if place is not None:
            self.chosen.emit(place)
