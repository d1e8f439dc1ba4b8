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
from annotator.search.letters import MARK, SEVERAL, TABLE, folded

_PORTION = 1 << 16  # code points folded at once, in about 5 ms: `translate` holds the GIL, the window must not wait
_ODD = re.compile(f"[{MARK}{SEVERAL}]")


class Folded:
    """An immutable folded text: search in `text`, map results to the `original` with `span`."""

    __slots__ = ("_places", "_turns", "original", "text")

    def __init__(self, original: str, text: str, *, turns: array[int], places: array[int]) -> None:
        """Take over the results of `fold`.

        From `turns[n]` of the folded text up to the next turn, letters correspond one to one to those from `places[n]`
        of the original on; before the first turn both run in parallel.
        """
        self.original = original
        self.text = text
        self._turns = turns
        self._places = places

    @property
    def is_even(self) -> bool:
        """True if the original and the folded text correspond one to one."""
        return not self._turns

    def place(self, at: int) -> int:
        """Return the offset in the original of the letter whose fold is at `at`; the end maps to the end."""
        turn = bisect_right(self._turns, at) - 1
        return at if turn < 0 else self._places[turn] + at - self._turns[turn]

    def span(self, start: int, end: int) -> Span:
        """Return the span of whole original letters, with their accents, whose folds overlap `start` to `end`."""
        if not self._turns:
            return Span(start, end)
        first, last = self.place(start), self.place(end - 1)
        after = self.place(end)
        while after == last:  # `end` is inside the fold of one character
            end += 1
            after = self.place(end)
        return Span(first, after)

    def letter(self, at: int) -> str:
        """Return the whole original letter whose fold is at `at`."""
        if not self._turns:
            return self.original[at]
        start, end = self.span(at, at + 1)
        return self.original[start:end]

    def at(self, place: int) -> int:
        """Return the offset in the folded text of the first original letter that starts at `place` or later."""
        if not self._turns:
            return min(place, len(self.text))
        return bisect_left(range(len(self.text)), place, key=self.place)


def fold(text: str) -> Folded:
    """Return `text` folded, in time linear in its length, whatever it contains."""
    turns, places = array("I"), array("I")
    if text.isascii() and not any(odd in text for odd in (MARK, SEVERAL, "\t")):
        return Folded(text, text.lower(), turns=turns, places=places)
    pieces: list[str] = []
    length = 0
    for start in range(0, len(text), _PORTION):
        portion = text[start : start + _PORTION]
        piece = portion.translate(TABLE)
        if MARK in piece or SEVERAL in piece:
            made, odd = _evened(piece, portion)
            turns.extend([length + turn for turn, _ in odd])
            places.extend([start + place for _, place in odd])
            piece = made
        pieces.append(piece)
        length += len(piece)
    return Folded(text, "".join(pieces), turns=turns, places=places)


def _evened(piece: str, portion: str) -> tuple[str, list[tuple[int, int]]]:
    """Return `piece` without accents and with multiple folds expanded, and its turns with their places."""
    parts: list[str] = []
    turns: list[tuple[int, int]] = []
    done = grown = 0
    for match in _ODD.finditer(piece):
        at = match.start()
        parts.append(piece[done:at])
        done = at + 1
        if piece[at] == SEVERAL:
            found = folded(portion[at])
            parts.append(found)
            turns += [(at + grown + nth, at) for nth in range(len(found))]
            grown += len(found)
        grown -= 1
        turns.append((done + grown, done))
    parts.append(piece[done:])
    return "".join(parts), turns
