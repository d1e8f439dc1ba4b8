"""A text as a search sees it, with the way back to the text. It must not know what is searched for.

Accents and case are gone, đ is d, NFC and NFD are one, typographic quotes, dashes and spaces are the plain ones. Line
ends stay, so that nothing is found across them but by a search that names them. Offsets are code points.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right

from annotator.core.span import Span
from annotator.search.letters import MARK, SEVERAL, TABLE, folded

_PORTION = 1 << 16  # code points folded at once: a few milliseconds, between which other threads may run
_ODD = re.compile(f"[{MARK}{SEVERAL}]")


class Folded:
    """A text folded: ``text`` is what is searched in, `span` leads back to the ``original``. It never changes."""

    __slots__ = ("_places", "_turns", "original", "text")

    def __init__(self, original: str, text: str, *, turns: array[int], places: array[int]) -> None:
        """Take what `fold` made.

        From ``turns[n]`` of the folded text on, up to the next turn, letters stand one by one from ``places[n]`` of the
        original on; before the first turn the two run side by side.
        """
        self.original = original
        self.text = text
        self._turns = turns
        self._places = places

    @property
    def is_even(self) -> bool:
        """Whether each character of the original is one character of the folded text."""
        return not self._turns

    def place(self, at: int) -> int:
        """Where in the original the letter begins whose fold is at ``at``; the end for the end."""
        turn = bisect_right(self._turns, at) - 1
        return at if turn < 0 else self._places[turn] + at - self._turns[turn]

    def span(self, start: int, end: int) -> Span:
        """The whole letters of the original, accents and all, whose folds share text with ``start`` to ``end``."""
        if not self._turns:
            return Span(start, end)
        first, last = self.place(start), self.place(end - 1)
        after = self.place(end)
        while after == last:  # in the middle of what one character was folded to
            end += 1
            after = self.place(end)
        return Span(first, after)

    def letter(self, at: int) -> str:
        """The whole letter of the original whose fold is at ``at``."""
        if not self._turns:
            return self.original[at]
        start, end = self.span(at, at + 1)
        return self.original[start:end]

    def at(self, place: int) -> int:
        """Where the first letter of the original that begins at ``place`` or behind it stands in the folded text."""
        if not self._turns:
            return min(place, len(self.text))
        return bisect_left(range(len(self.text)), place, key=self.place)


def fold(text: str) -> Folded:
    """``text`` folded, in time linear in its length, whatever stands in it."""
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
    """``piece`` without accents, and with all that some characters of ``portion`` are; the turns and their places."""
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
