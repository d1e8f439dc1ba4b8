"""How well a few typed letters fit a title. It must not know what the titles stand for."""

from __future__ import annotations

_START, _WORD, _INSIDE, _LETTERS = 0.0, 1.0, 3.0, 5.0
_GAP_PER_LETTER = 2


def distance(typed: str, title: str) -> float | None:
    """How far ``title`` is from what was ``typed``, 0 being nearest; None where it does not fit.

    Both are folded already, so that neither case nor accents count. Each typed word must be found: as the beginning of
    the title, of one of its words, inside one, or as letters in their order of which the first begins a word.
    """
    total = 0.0
    for word in typed.split():
        found = _find_distance(word, title)
        if found is None:
            return None
        total += found
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
    """How many letters of ``title`` are passed over to find those of ``word`` from ``start`` on."""
    at, gap = start, 0
    for letter in word[1:]:
        found = title.find(letter, at + 1)
        if found < 0:
            return None
        if title[found - 1].isalnum():  # to go on at the beginning of a word passes over nothing
            gap += found - at - 1
        at = found
    return gap if gap <= _GAP_PER_LETTER * len(word) else None
