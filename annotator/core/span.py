"""A span of text."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of Unicode code points: `start` included, `end` excluded."""

    start: int
    end: int

    @property
    def is_empty(self) -> bool:
        """True if the span contains no characters."""
        return self.start >= self.end

    def has_offset(self, offset: int) -> bool:
        """Return whether the span contains the character at `offset`."""
        return self.start <= offset < self.end

    def is_overlapping(self, other: Span) -> bool:
        """Return whether both spans share at least one character."""
        return self.start < other.end and other.start < self.end


def trim(text: str, span: Span) -> Span:
    """Return `span` without white space at its ends; an empty span at `span.start` if it is blank."""
    piece = text[span.start : span.end]
    left = piece.lstrip()
    if not left:
        return Span(span.start, span.start)
    start = span.end - len(left)
    return Span(start, start + len(left.rstrip()))
