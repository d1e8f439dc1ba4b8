"""Fragments that are laid out one at a time: blocks, and parts of blocks too long for one layout."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING

from annotator.core.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

# An article may be a single line of a megabyte, of which only the visible part is to be laid out.
_MAX_LENGTH = 4_000
_MIN_LENGTH = 2_000
_MAX_COMBINING = 64  # combining marks of one character; more occur in hostile texts only


class Fragments:
    """Fragments of an article in order; the blocks themselves where none is too long."""

    def __init__(self, text: str, blocks: Sequence[Span]) -> None:
        """Split those of `blocks` that are too long at white space."""
        self._spans: Sequence[Span] = blocks
        self._blocks: list[int] | None = None
        self._first_of_block: dict[int, int] = {}
        self.lengths = [end - start for start, end in blocks]
        if self.lengths and max(self.lengths) > _MAX_LENGTH:
            self._split(text, blocks)

    def __len__(self) -> int:
        return len(self._spans)

    def span(self, piece: int) -> Span:
        """Return the span of a fragment; white space at a split belongs to the fragment before it."""
        return self._spans[piece]

    def block(self, piece: int) -> int:
        """Return the number of the block that the fragment belongs to."""
        return piece if self._blocks is None else self._blocks[piece]

    def is_first(self, piece: int) -> bool:
        """Return whether the fragment is the first of its block."""
        return self._blocks is None or piece == 0 or self._blocks[piece - 1] != self._blocks[piece]

    def in_block(self, block: int) -> range:
        """Return the numbers of the fragments of a block."""
        if self._blocks is None:
            return range(block, block + 1)
        return range(self._first_of_block[block], self._first_of_block.get(block + 1, len(self._spans)))

    def find_at(self, offset: int) -> int:
        """Return the fragment at `offset`: between two fragments the one before, and never less than the first."""
        return max(0, bisect_right(self._spans, offset, key=_start) - 1)

    def _split(self, text: str, blocks: Sequence[Span]) -> None:
        spans: list[Span] = []
        owners: list[int] = []
        for number, block in enumerate(blocks):
            self._first_of_block[number] = len(spans)
            start = block.start
            while block.end - start > _MAX_LENGTH:
                end = _find_split(text, start)
                spans.append(Span(start, end))
                owners.append(number)
                start = end
            spans.append(Span(start, block.end))
            owners.append(number)
        self._spans, self._blocks = spans, owners
        self.lengths = [end - start for start, end in spans]


def _start(span: Span) -> int:
    return span.start


def _find_split(text: str, start: int) -> int:
    """Return the end of the fragment at `start`: after white space if there is any, never before a combining mark."""
    end = start + _MAX_LENGTH
    space = max(text.rfind(" ", start + _MIN_LENGTH, end), text.rfind("\t", start + _MIN_LENGTH, end))
    if space >= 0:
        return space + 1
    back = end
    while end - back < _MAX_COMBINING and (unicodedata.combining(text[back]) or text[back] in "\u200d\ufe0f"):
        back -= 1
    return back
