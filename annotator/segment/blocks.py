"""The blocks of a text: its lines that are not blank. It must not know what a block means."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.core.span import Span
from annotator.segment.punctuation import BLANK, WIDTHLESS

if TYPE_CHECKING:
    from collections.abc import Callable


def find_blocks(text: str) -> tuple[Span, ...]:
    """The span of each line that is not blank, without the white space at its two ends, in order."""
    if "\r" in text:
        text = text.replace("\r", "\n")  # so that each line end is one character, also to str.splitlines
    # None asks for plain white space, which is faster; the marks of no width are rare.
    blanks = BLANK if any(mark in text for mark in WIDTHLESS) else None
    # Spans are made by the tuple type itself: a document of 100,000 lines is split before anything is painted.
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
