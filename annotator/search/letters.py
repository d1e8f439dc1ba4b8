"""Folding of single characters: case and accents are removed, invisible characters ignored.

Decompositions are the canonical ones of Unicode (UAX 15); a character with a combining class is an accent.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = "\x00"
"""Replaces a character that belongs to the letter before it: an accent or an invisible character."""

SEVERAL = "\x01"
"""Replaces a character that folds to several letters or to none: an ellipsis, a ligature, a Korean syllable."""

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»〝〞＂", '"'),
        **dict.fromkeys("‘’‚‛‹›′ʼ＇", "'"),
        **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
        "\t": " ",
        "…": "...",
    }
)
_STROKED = {"đ": "d", "ð": "d", "ħ": "h", "ł": "l", "ø": "o", "ŧ": "t"}
"""Letters with a stroke, which Unicode does not decompose; old Vietnamese fonts have Icelandic eth for đ."""

_STROKE = "\u0335"
_UNSEEN = frozenset("\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff")
_LONGEST = 64  # code points of a letter that are read; bounds the time for piles of combining marks


@lru_cache(maxsize=8192)
def fold_character(character: str) -> str:
    """Return the fold of one code point: lower case, plain, without accents; empty for an accent."""
    return "".join(
        plain
        for part in _starters(character)
        for lower in part.casefold()
        for bare in _starters(lower)
        for plain in _STROKED.get(bare, bare).translate(_PLAIN)
    )


def get_accents(letter: str) -> str:
    """Return the accents of a letter (a code point with its combining marks) in canonical order, a stroke first."""
    return _accents(letter[:_LONGEST])


def is_upper(letter: str) -> bool:
    """Return whether a letter is a capital one."""
    return letter[:1] != letter[:1].lower()


def is_mark(character: str) -> bool:
    """Return whether the character belongs to the letter before it."""
    return unicodedata.combining(character) != 0 or character in _UNSEEN or "\ufe00" <= character <= "\ufe0f"


class _Table(dict[int, str]):
    """Table for `str.translate`: the fold of each code point if it is one character, else `MARK` or `SEVERAL`."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        if is_mark(character):
            found = MARK
        else:
            found = fold_character(character)
            if len(found) != 1 or found in {MARK, SEVERAL}:
                found = SEVERAL
        self[point] = found
        return found


TABLE = _Table()
"""Shared table, filled as texts need it."""


def _starters(text: str) -> Iterator[str]:
    """Yield the code points of the decomposed `text` that are not accents."""
    for part in unicodedata.normalize("NFD", text):
        if not is_mark(part):
            yield " " if unicodedata.category(part) == "Zs" else part


@lru_cache(maxsize=8192)
def _accents(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    stroke = _STROKE if parts[:1].lower() in _STROKED else ""
    return stroke + "".join(part for part in parts if unicodedata.combining(part))
