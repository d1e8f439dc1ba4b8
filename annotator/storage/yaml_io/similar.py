"""The word that a misspelt one probably means, for "did you mean"."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MIN_SIMILARITY = 0.7  # one wrong letter in four, two in seven
_QUOTES_AND_BRACKETS = "\"'`“”‘’„«»()[]{}<>.:;"


def find_similar(word: str, choices: Iterable[str]) -> str:
    """Return the one of `choices` that `word` probably means, or an empty string.

    Case, accents, invisible characters, quotes and brackets do not count; of equal ones the first is meant.
    """
    from rapidfuzz import process  # noqa: PLC0415  # only needed for what is faulty
    from rapidfuzz.distance import OSA  # noqa: PLC0415  # as above

    by_letters: dict[str, str] = {}
    for choice in choices:
        by_letters.setdefault(_simplify(choice), choice)
    wanted = _simplify(word)
    if not wanted:
        return ""
    if wanted in by_letters:
        return by_letters[wanted]
    found = process.extractOne(wanted, list(by_letters), scorer=OSA.normalized_similarity, score_cutoff=_MIN_SIMILARITY)
    return by_letters[found[0]] if found else ""


def _simplify(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word[:200].casefold().replace("đ", "d").replace("_", " ").replace("-", " "))
    kept = "".join(letter for letter in letters if unicodedata.category(letter) not in {"Mn", "Cf", "Cc"})
    return " ".join(kept.split()).strip(_QUOTES_AND_BRACKETS + " ")
