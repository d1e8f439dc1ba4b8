"""Folding of a text for search, with a map back to the original.

Accents and case are removed, đ becomes d, NFC and NFD fold to the same text, typographic quotation marks, dashes and
spaces become plain ones. Line ends are kept, so that matches do not cross them unless the query does. Offsets are code
points.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right

from annotator.core.span import Span
from annotator.search.letters import MARK, SEVERAL, TABLE, fold_character

_PORTION = 1 << 16  # code points folded at once, in about 5 ms: `translate` holds the GIL, the window must not wait
_ODD = re.compile(f"[{MARK}{SEVERAL}]")


class FoldedText:
    """An immutable folded text: search in `text`, map results to the `original` with `span`."""

    __slots__ = ("_breaks", "_places", "original", "text")

    def __init__(self, original: str, text: str, *, turns: array[int], places: array[int]) -> None:
        """Take over the results of `fold`.

        From `turns[n]` of the folded text up to the next turn, letters correspond one to one to those from `places[n]`
        of the original on; before the first turn both run in parallel.
        """
        self.original = original
        self.text = text
        self._breaks = turns
        self._places = places

    @property
    def is_one_to_one(self) -> bool:
        """True if the original and the folded text correspond one to one."""
        return not self._breaks

    def to_original(self, at: int) -> int:
        """Return the offset in the original of the letter whose fold is at `to_folded`; the end maps to the end."""
        turn = bisect_right(self._breaks, at) - 1
        return at if turn < 0 else self._places[turn] + at - self._breaks[turn]

    def span(self, start: int, end: int) -> Span:
        """Return the span of whole original letters, with their accents, whose folds overlap `start` to `end`."""
        if not self._breaks:
            return Span(start, end)
        first, last = self.to_original(start), self.to_original(end - 1)
        after = self.to_original(end)
        while after == last:  # `end` is inside the fold of one character
            end += 1
            after = self.to_original(end)
        return Span(first, after)

    def letter(self, at: int) -> str:
        """Return the whole original letter whose fold is at `to_folded`."""
        if not self._breaks:
            return self.original[at]
        start, end = self.span(at, at + 1)
        return self.original[start:end]

    def to_folded(self, place: int) -> int:
        """Return the offset in the folded text of the first original letter that starts at `to_original` or later."""
        if not self._breaks:
            return min(place, len(self.text))
        return bisect_left(range(len(self.text)), place, key=self.to_original)


def fold(text: str) -> FoldedText:
    """Return `text` folded, in time linear in its length, whatever it contains."""
    turns, places = array("I"), array("I")
    if text.isascii() and not any(odd in text for odd in (MARK, SEVERAL, "\t")):
        return FoldedText(text, text.lower(), turns=turns, places=places)
    pieces: list[str] = []
    length = 0
    for start in range(0, len(text), _PORTION):
        portion = text[start : start + _PORTION]
        piece = portion.translate(TABLE)
        if MARK in piece or SEVERAL in piece:
            made, odd = _expand(piece, portion)
            turns.extend([length + turn for turn, _ in odd])
            places.extend([start + place for _, place in odd])
            piece = made
        pieces.append(piece)
        length += len(piece)
    return FoldedText(text, "".join(pieces), turns=turns, places=places)


def _expand(piece: str, portion: str) -> tuple[str, list[tuple[int, int]]]:
    """Return `piece` without accents and with multiple folds expanded, and its turns with their places."""
    parts: list[str] = []
    turns: list[tuple[int, int]] = []
    done = grown = 0
    for match in _ODD.finditer(piece):
        at = match.start()
        parts.append(piece[done:at])
        done = at + 1
        if piece[at] == SEVERAL:
            found = fold_character(portion[at])
            parts.append(found)
            turns += [(at + grown + nth, at) for nth in range(len(found))]
            grown += len(found)
        grown -= 1
        turns.append((done + grown, done))
    parts.append(piece[done:])
    return "".join(parts), turns
