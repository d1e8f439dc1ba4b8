"""Spans of a block inside brackets or quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from annotator.core.span import Span
from annotator.segment.punctuation import CLOSING_BRACKETS, OPENING_BRACKETS

# Code points. A longer span rather has a closing mark missing, and must not hide all boundaries inside it.
_LONGEST_BRACKET = 400
_LONGEST_QUOTE = 4000
_BRACKET = re.compile("[" + re.escape(OPENING_BRACKETS + CLOSING_BRACKETS) + "]")
_QUOTE = re.compile('[“”„«»「」『』"]')
_STRAIGHT = re.compile('"')
_OPENING_QUOTES = frozenset("“„«「『")


class OutermostSpans:
    """Outermost spans, in order, without one inside another; looked up by bisection."""

    def __init__(self, spans: list[Span]) -> None:
        self._spans = spans
        self._starts = [span.start for span in spans]

    def find(self, offset: int) -> Span | None:
        """Return the span that contains `offset`, its marks included, or None."""
        place = bisect_right(self._starts, offset) - 1
        if place < 0:
            return None
        span = self._spans[place]
        return span if offset < span.end else None


def find_brackets(text: str, *, block: Span) -> OutermostSpans:
    """Return the spans in brackets; one that is never closed, or is too long for a remark, does not count."""
    opened: list[int] = []
    found: list[Span] = []
    if any(text.find(mark, block.start, block.end) >= 0 for mark in OPENING_BRACKETS):
        for match in _BRACKET.finditer(text, block.start, block.end):
            if match[0] in OPENING_BRACKETS:
                opened.append(match.start())
            elif opened:
                _add(found, span=Span(opened.pop(), match.end()), longest=_LONGEST_BRACKET)
    return OutermostSpans(found)


def find_quotes(text: str, *, block: Span) -> OutermostSpans:
    """Return the spans in quotation marks; a straight mark closes a quotation if one is open, else it opens one."""
    opened: list[int] = []
    found: list[Span] = []
    for match in _QUOTE.finditer(text, block.start, block.end):
        at = match.start()
        is_opening = match[0] in _OPENING_QUOTES or (match[0] == '"' and not opened)
        if is_opening:
            opened.append(at)
        elif opened:
            _add(found, span=Span(opened.pop(), match.end()), longest=_LONGEST_QUOTE)
    return OutermostSpans(found)


class StraightQuotes:
    """Straight quotation marks of a block, which open and close by turns."""

    def __init__(self, text: str, *, block: Span) -> None:
        self._places = [match.start() for match in _STRAIGHT.finditer(text, block.start, block.end)]

    def is_closing(self, offset: int) -> bool:
        """Return whether the mark at `offset` is the second one of a pair."""
        return bisect_left(self._places, offset) % 2 == 1


def _add(found: list[Span], *, span: Span, longest: int) -> None:
    """Append `span` to `found` in place of the spans inside it."""
    if span.end - span.start > longest:
        return
    while found and found[-1].start > span.start:
        found.pop()
    found.append(span)
