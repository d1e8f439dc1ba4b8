"""A cursor that goes from word to word in a sentence, to choose where it is split. It must not know keys nor mice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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
