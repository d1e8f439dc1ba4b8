"""A stretch of text. It must not know what stands there."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch of text, in Unicode code points: ``start`` included, ``end`` excluded."""

    start: int
    end: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return self.start >= self.end

    def has_offset(self, offset: int) -> bool:
        """Whether the character at ``offset`` stands in it."""
        return self.start <= offset < self.end

    def is_touching(self, other: Span) -> bool:
        """Whether both share at least one character."""
        return self.start < other.end and other.start < self.end


def trimmed(text: str, span: Span) -> Span:
    """``span`` without the white space at its two ends; empty at ``span.start`` where nothing else stands in it."""
    piece = text[span.start : span.end]
    left = piece.lstrip()
    if not left:
        return Span(span.start, span.start)
    start = span.end - len(left)
    return Span(start, start + len(left.rstrip()))
