"""Words around a full stop, composed (Unicode form NFC) whatever the form of the text."""

from __future__ import annotations

from unicodedata import normalize

from annotator.segment.punctuation import (
    BLANK,
    CLOSING_BRACKETS,
    CLOSING_QUOTES,
    DASHES,
    OPENING_BRACKETS,
    OPENING_QUOTES,
)

_NEAR = 64  # code points; enough for any abbreviation or word in NFD, and bounds the time of each look-up
_OPENERS = OPENING_QUOTES + OPENING_BRACKETS + DASHES + "*_/"
_AROUND = OPENING_QUOTES + OPENING_BRACKETS + CLOSING_QUOTES + CLOSING_BRACKETS + ".,;:!?…*_"


def token_before(text: str, *, at: int, start: int) -> str:
    """Return the token before `at`, back to white space or `start`, without opening marks; may be empty."""
    if at <= start or text[at - 1] in BLANK:
        return ""
    pieces = text[max(start, at - _NEAR) : at].rsplit(None, 1)
    return compose(pieces[-1]).lstrip(_OPENERS) if pieces else ""


def words_before(text: str, *, at: int, start: int) -> list[str]:
    """Return up to three words before `at`, the nearest last, without the one that ends at `at`."""
    words = compose(text[max(start, at - 2 * _NEAR) : at]).split()
    return [word.lstrip(_OPENERS) for word in words[-4:-1]]


def words_after(text: str, *, at: int, end: int) -> list[str]:
    """Return the first two words from `at` on, without the marks around them."""
    words = compose(text[at : min(end, at + 2 * _NEAR)]).split(None, 2)
    return [word.strip(_AROUND) for word in words[:2]]


def compose(piece: str) -> str:
    """Return `piece` in Unicode form NFC."""
    return piece if piece.isascii() else normalize("NFC", piece)
