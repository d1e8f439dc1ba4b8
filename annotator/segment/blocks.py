"""Blocks of a text: its lines that are not blank."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.core.span import Span
from annotator.segment.punctuation import BLANK, ZERO_WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable


def find_blocks(text: str) -> tuple[Span, ...]:
    """Return the spans of the lines that are not blank, in order and without white space at their ends."""
    if "\r" in text:
        text = text.replace("\r", "\n")  # str.splitlines would count CRLF as one line end
    # None strips plain white space and is twice as fast (8 instead of 18 ms for 100,000 lines); zero-width marks are
    # rare.
    blanks = BLANK if any(mark in text for mark in ZERO_WIDTH) else None
    # Made by the tuple type itself, a fifth faster: a document of 100,000 lines is split before anything is painted.
    make: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for line in text.splitlines():
        piece = line.strip(blanks)
        if piece:
            start = at if piece is line else at + len(line) - len(line.lstrip(blanks))
            starts.append(start)
            ends.append(start + len(piece))
        at += len(line) + 1
    return tuple(map(make, zip(starts, ends, strict=True)))
