"""Choosing where a sentence is split, by keys or by mouse. It must not know how the choice is shown or carried out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from annotator.core.span import Span


_WORD = re.compile(r"(?<=\s)\S")
_PAUSE = re.compile(r"[.!?…;:][\"”’»)\]]*\s+")


class WordCursor:
    """Stands before one of a sentence's words, never before the first; ``places`` are code points of the whole text."""

    def __init__(self, text: str, span: Span) -> None:
        """Stand where the sentence most likely wants to be split: after a pause, else in the middle."""
        self.span = span
        self.places = [
            match.start() for match in _WORD.finditer(text, span.start, span.end) if match.start() > span.start
        ]
        self._at = 0
        middle = (span.start + span.end) // 2
        pauses = [match.end() for match in _PAUSE.finditer(text, span.start, span.end) if match.end() < span.end]
        self.go_near(min(pauses, key=lambda place: abs(place - middle), default=middle))

    @property
    def place(self) -> int | None:
        """The code point before which it stands, or None in a sentence of one word."""
        return self.places[self._at] if self.places else None

    def step(self, count: int) -> None:
        """Go ``count`` words on, or back where it is below zero, as far as there are words."""
        self._at = max(0, min(self._at + count, len(self.places) - 1))

    def go_near(self, offset: int) -> None:
        """Stand before the word nearest to ``offset``."""
        if self.places:
            self._at = min(range(len(self.places)), key=lambda nth: abs(self.places[nth] - offset))


_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Home: -1_000_000_000,
    Qt.Key.Key_End: 1_000_000_000,
}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class Splitter(QObject):
    """Takes keys and the mouse while a split is being chosen; places are code points."""

    moved = Signal()
    chosen = Signal(int)
    left = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._cursor: WordCursor | None = None

    @property
    def is_active(self) -> bool:
        """Whether a split is being chosen."""
        return self._cursor is not None

    @property
    def place(self) -> int | None:
        """Where the sentence would be split."""
        return self._cursor.place if self._cursor else None

    def start(self, text: str, span: Span) -> None:
        """Begin to choose in the sentence at ``span``; one of a single word is left at once."""
        cursor = WordCursor(text, span)
        if cursor.place is None:
            self.left.emit()
            return
        self._cursor = cursor
        self.moved.emit()

    def stop(self) -> None:
        """End without a word."""
        if self._cursor is not None:
            self._cursor = None
            self.moved.emit()

    def leave(self) -> None:
        """End, and say so."""
        if self._cursor is not None:
            self.stop()
            self.left.emit()

    def is_wanting(self, event: QEvent) -> bool:
        """Whether the key of the event is one that it takes, so that no shortcut may have it."""
        if self._cursor is None or not isinstance(event, QKeyEvent):
            return False
        return event.key() in _STEPS or event.key() in _ENTER or event.key() == Qt.Key.Key_Escape

    def take_key(self, event: QKeyEvent) -> bool:
        """Act on a key; whether it was one of the splitter's."""
        if self._cursor is None or not self.is_wanting(event):
            return False
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._cursor.step(_STEPS[key])
            self.moved.emit()
        elif key in _ENTER:
            self.choose()
        else:
            self.leave()
        return True

    def go_near(self, offset: int) -> None:
        """Follow the mouse to the word nearest to ``offset``."""
        if self._cursor is not None and self._cursor.span.has_offset(offset):
            self._cursor.go_near(offset)
            self.moved.emit()

    def press(self, offset: int | None) -> None:
        """Split before the word at ``offset``; a press outside the sentence leaves."""
        if self._cursor is None:
            return
        if offset is None or not self._cursor.span.has_offset(offset):
            self.leave()
        else:
            self._cursor.go_near(offset)
            self.choose()

    def choose(self) -> None:
        """Split where the cursor stands."""
        place = self.place
        self.stop()
        if place is not None:
            self.chosen.emit(place)
