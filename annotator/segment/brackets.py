"""Stretches of a block that stand in brackets or quotation marks. It must not know where sentences end."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from annotator.core.span import Span
from annotator.segment.punctuation import CLOSING_BRACKETS, OPENING_BRACKETS

_LONGEST_BRACKET = 400
_LONGEST_QUOTE = 4000
_BRACKET = re.compile("[" + re.escape(OPENING_BRACKETS + CLOSING_BRACKETS) + "]")
_QUOTE = re.compile('[“”„«»「」『』"]')
_STRAIGHT = re.compile('"')
_OPENING_QUOTES = frozenset("“„«「『")


class Nesting:
    """The outermost stretches, in order, none inside another; found by bisection."""

    def __init__(self, spans: list[Span]) -> None:
        self._spans = spans
        self._starts = [span.start for span in spans]

    def find(self, offset: int) -> Span | None:
        """The stretch that ``offset`` stands in, its marks included, if any."""
        place = bisect_right(self._starts, offset) - 1
        if place < 0:
            return None
        span = self._spans[place]
        return span if offset < span.end else None


def find_brackets(text: str, *, block: Span) -> Nesting:
    """The stretches in brackets; one that is never closed, or is longer than a remark is, counts as none."""
    opened: list[int] = []
    found: list[Span] = []
    if any(text.find(mark, block.start, block.end) >= 0 for mark in OPENING_BRACKETS):
        for match in _BRACKET.finditer(text, block.start, block.end):
            if match[0] in OPENING_BRACKETS:
                opened.append(match.start())
            elif opened:
                _add(found, span=Span(opened.pop(), match.end()), longest=_LONGEST_BRACKET)
    return Nesting(found)


def find_quotes(text: str, *, block: Span) -> Nesting:
    """The stretches in quotation marks; straight ones open after a gap and close elsewhere."""
    opened: list[int] = []
    found: list[Span] = []
    for match in _QUOTE.finditer(text, block.start, block.end):
        at = match.start()
        is_opening = match[0] in _OPENING_QUOTES or (match[0] == '"' and not opened)
        if is_opening:
            opened.append(at)
        elif opened:
            _add(found, span=Span(opened.pop(), match.end()), longest=_LONGEST_QUOTE)
    return Nesting(found)


class StraightQuotes:
    """The straight quotation marks of a block, which open and close by turns."""

    def __init__(self, text: str, *, block: Span) -> None:
        self._places = [match.start() for match in _STRAIGHT.finditer(text, block.start, block.end)]

    def is_closing(self, offset: int) -> bool:
        """Whether the mark at ``offset`` is the second of two."""
        return bisect_left(self._places, offset) % 2 == 1


def _add(found: list[Span], *, span: Span, longest: int) -> None:
    """Puts ``span`` at the end of ``found`` in place of those inside it."""
    if span.end - span.start > longest:
        return
    while found and found[-1].start > span.start:
        found.pop()
    found.append(span)
