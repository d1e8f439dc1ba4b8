"""Fuzzy match of a few typed letters with a title."""

from __future__ import annotations

_START, _WORD, _INSIDE, _LETTERS = 0.0, 1.0, 3.0, 5.0  # so far apart that a better kind of match always wins
_GAP_PER_LETTER = 2  # maximum number of letters skipped for each typed one


def find_fuzzy_distance(typed: str, title: str) -> float | None:
    """Return the distance of `title` from the query `typed`, 0 being the nearest, or None if it does not match.

    Both must be folded (no case, no accents). Each typed word must be found in the title: as its beginning, as the
    beginning of one of its words, inside a word, or as letters in order of which the first one begins a word.
    """
    total = 0.0
    for word in typed.split():
        found = _find_distance(word, title)
        if found is None:
            return None
        total += found
    # Of equal matches the shorter title comes first.
    return total + len(title) / 1000


def _find_distance(word: str, title: str) -> float | None:
    if title.startswith(word):
        return _START
    if f" {word}" in title:
        return _WORD
    if word in title:
        return _INSIDE
    starts = [at for at, letter in enumerate(title) if letter == word[0] and (at == 0 or not title[at - 1].isalnum())]
    gaps = [gap for gap in (_find_gap(word, title, start) for start in starts) if gap is not None]
    return _LETTERS + min(gaps) / (1 + _GAP_PER_LETTER * len(word)) if gaps else None


def _find_gap(word: str, title: str, start: int) -> int | None:
    """Return the number of letters skipped in `title` to find those of `word` from `start` on; None if too many."""
    at, gap = start, 0
    for letter in word[1:]:
        found = title.find(letter, at + 1)
        if found < 0:
            return None
        if title[found - 1].isalnum():  # a letter that begins a word skips nothing: initials match
            gap += found - at - 1
        at = found
    return gap if gap <= _GAP_PER_LETTER * len(word) else None
