"""The pieces that the view lays out one at a time: blocks, and parts of blocks too big for one layout.

It must not know how a piece is laid out.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING

from annotator.core.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 4_000
_SHORTEST = 2_000
_MARKS_AT_ONCE = 64


class Pieces:
    """The pieces of an article in order; where no block is big, they are the blocks themselves."""

    def __init__(self, text: str, blocks: Sequence[Span]) -> None:
        """Cut the big ones of ``blocks`` at white space."""
        self._spans: Sequence[Span] = blocks
        self._blocks: list[int] | None = None
        self._firsts: dict[int, int] = {}
        self.lengths = [end - start for start, end in blocks]
        if self.lengths and max(self.lengths) > _LONGEST:
            self._cut(text, blocks)

    def __len__(self) -> int:
        return len(self._spans)

    def span(self, piece: int) -> Span:
        """The stretch of text that the piece shows; white space at a cut belongs to the piece before it."""
        return self._spans[piece]

    def block(self, piece: int) -> int:
        """The block that the piece belongs to."""
        return piece if self._blocks is None else self._blocks[piece]

    def is_first(self, piece: int) -> bool:
        """Whether a block begins with it."""
        return self._blocks is None or piece == 0 or self._blocks[piece - 1] != self._blocks[piece]

    def of_block(self, block: int) -> range:
        """The pieces of a block."""
        if self._blocks is None:
            return range(block, block + 1)
        return range(self._firsts[block], self._firsts.get(block + 1, len(self._spans)))

    def at(self, offset: int) -> int:
        """The piece at ``offset``; between two pieces the one before, and the first one before all."""
        return max(0, bisect_right(self._spans, offset, key=_start) - 1)

    def _cut(self, text: str, blocks: Sequence[Span]) -> None:
        spans: list[Span] = []
        owners: list[int] = []
        for number, block in enumerate(blocks):
            self._firsts[number] = len(spans)
            start = block.start
            while block.end - start > _LONGEST:
                end = _find_cut(text, start)
                spans.append(Span(start, end))
                owners.append(number)
                start = end
            spans.append(Span(start, block.end))
            owners.append(number)
        self._spans, self._blocks = spans, owners
        self.lengths = [end - start for start, end in spans]


def _start(span: Span) -> int:
    return span.start


def _find_cut(text: str, start: int) -> int:
    """Where the piece from ``start`` on ends: after white space if there is any, never before a combining mark."""
    end = start + _LONGEST
    space = max(text.rfind(" ", start + _SHORTEST, end), text.rfind("\t", start + _SHORTEST, end))
    if space >= 0:
        return space + 1
    back = end
    while end - back < _MARKS_AT_ONCE and (unicodedata.combining(text[back]) or text[back] in "\u200d\ufe0f"):
        back -= 1
    return back
