"""Incremental search: all matches in a text, found in portions that keep the user interface responsive.

A match is stored as its offset in the folded text, in four bytes, and mapped to the original when it is read.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from annotator.core.span import Span
from annotator.search.find import iter_hits

if TYPE_CHECKING:
    from annotator.search.find import Query
    from annotator.search.fold import FoldedText


class Matches(Sequence[Span]):
    """Matches of `query` in `folded` found so far, in order and without overlaps."""

    def __init__(self, folded: FoldedText, query: Query) -> None:
        """Prepare the search; nothing is searched yet."""
        self.folded = folded
        self.query = query
        self._starts = array("I")
        self._done = 0 if query.text else len(folded.text)

    @property
    def is_complete(self) -> bool:
        """True if the whole text has been searched."""
        return self._done >= len(self.folded.text)

    def search_next(self, letters: int | None = None) -> bool:
        """Search the next `letters` of the text, or the rest of it; return whether the whole text has been searched."""
        if self.is_complete:
            return True
        text = self.folded.text
        stop = len(text) if letters is None else min(len(text), self._done + letters)
        size, last = len(self.query.text), self[-1].end if self._starts else 0
        for at in iter_hits(self.folded, self.query, start=self._done, stop=stop):
            if not self.folded.is_one_to_one:
                span = self.folded.span(at, at + size)
                # Two offsets inside the fold of one character have the same span.
                if span.start < last:
                    continue
                last = span.end
            self._starts.append(at)
        self._done = max(stop, self._starts[-1] + size if self._starts else 0)
        return self.is_complete

    def find_first_from(self, offset: int) -> int | None:
        """Return the index of the first match that starts at `offset` or later, or None."""
        found = bisect_left(self._starts, self.folded.to_folded(offset))
        return found if found < len(self._starts) else None

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, number: int) -> Span: ...
    @overload
    def __getitem__(self, number: slice) -> list[Span]: ...
    def __getitem__(self, number: int | slice) -> Span | list[Span]:
        size = len(self.query.text)
        if isinstance(number, slice):
            return [self.folded.span(at, at + size) for at in self._starts[number]]
        at = self._starts[number]
        return self.folded.span(at, at + size)
