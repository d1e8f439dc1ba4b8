"""Word lists of the languages that the segmentation rules support."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from annotator.shipped import resource_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

DEFAULT_CODES = ("vi", "en")
_MISSING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Language:
    """Word lists of one or more languages, in Unicode form NFC.

    Abbreviations lack their final full stop and are listed in every case in which they occur. Openers and the words of
    blocks are casefolded. `resources/segment/vi.json` explains each list.
    """

    codes: tuple[str, ...]
    names: frozenset[str] = _MISSING
    numbers: frozenset[str] = _MISSING
    never_last: frozenset[str] = _MISSING
    companies: frozenset[str] = _MISSING
    companions: frozenset[str] = _MISSING
    openers: frozenset[str] = _MISSING
    names_like_openers: frozenset[str] = _MISSING
    persons: frozenset[str] = _MISSING
    lettered: frozenset[str] = _MISSING
    families: frozenset[str] = _MISSING
    labels: frozenset[str] = _MISSING
    caption_labels: frozenset[str] = _MISSING
    captions: frozenset[str] = _MISSING
    bylines: frozenset[str] = _MISSING
    byline_words: frozenset[str] = _MISSING
    dates: frozenset[str] = _MISSING
    boilerplate: frozenset[str] = _MISSING
    is_quote_kept_whole: bool = False

    @cached_property
    def known(self) -> frozenset[str]:
        """Abbreviations of all classes."""
        return self.names | self.numbers | self.never_last | self.companies

    @cached_property
    def enumerator(self) -> re.Pattern[str]:
        """Pattern of a sentence's start up to the full stop of its number: `1`, `- 2.1`, `Điều 5`."""
        number = r"(?:\d{1,3}(?:\.\d{1,3})*[a-zđ]?|(?:[a-zđ]|[ivxlc]{1,7})(?:\.\d{1,3})*)"
        label = f"(?:(?:{_alternatives(self.labels | self.caption_labels)})" + r"\s+)?"
        ordinal = r"(?:phần|mục|chương)\s+thứ\s+\w{1,5}"
        lead = r"[\s\-–—•●▪*+#“\"‘'«(\[]*"
        return re.compile(rf"{lead}(?:{number}[.)]\s+)*(?:{label}{number}|{ordinal})", re.IGNORECASE)


def load_languages(*codes: str, extra: Iterable[str] = ()) -> Language:
    """Return the combined word lists of `codes`, by default Vietnamese and English.

    Args:
        codes: Language codes, as in `resources/segment/CODE.json`.
        extra: Abbreviations of the workspace, with or without their final full stop.

    Raises:
        ValueError: There are no word lists for a code.
    """
    wanted = codes or DEFAULT_CODES
    known = {path.stem: path for path in sorted(resource_path("segment").glob("*.json"))}
    for code in wanted:
        if code not in known:
            listed = ", ".join(known)
            raise ValueError(f"There are no sentence rules for the language “{code}”; there are some for: {listed}.")
    tables = [_read_table(known[code]) for code in dict.fromkeys(wanted)]
    own = frozenset(_case_variants(word.strip().rstrip(".") for word in extra))
    abbreviations = {key: _case_variants(_collect_words(tables, key)) for key in _ABBREVIATIONS}
    # It is unknown what may follow a workspace's abbreviation: treat it as one before names and before numbers.
    abbreviations["names"] |= own
    abbreviations["numbers"] |= own
    folded = {key: frozenset(word.casefold() for word in _collect_words(tables, key)) for key in _FOLDED}
    families = frozenset(_collect_words(tables, "families"))
    return Language(
        codes=tuple(dict.fromkeys(wanted)), families=families, is_quote_kept_whole=False, **abbreviations, **folded
    )


_ABBREVIATIONS = ("names", "numbers", "never_last", "companies", "companions")
_FOLDED = (
    "openers",
    "names_like_openers",
    "persons",
    "lettered",
    "labels",
    "caption_labels",
    "captions",
    "bylines",
    "byline_words",
    "dates",
    "boilerplate",
)


def _read_table(path: Path) -> dict[str, list[str]]:
    """Return the lists of a language file by key; a list may be divided into named groups."""
    sections: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    lists = {key: words for name, section in sections.items() if name != "about" for key, words in section.items()}
    return {
        key: [word for group in words.values() for word in group] if isinstance(words, dict) else words
        for key, words in lists.items()
        if not key.startswith("about ")
    }


def _collect_words(tables: Iterable[Mapping[str, list[str]]], key: str) -> list[str]:
    return [normalize("NFC", word) for table in tables for word in table.get(key, ())]


def _case_variants(words: Iterable[str]) -> frozenset[str]:
    """Return each abbreviation as written, in capitals and with a first capital; single letters only as written."""
    forms: set[str] = set()
    for word in words:
        plain = normalize("NFC", word)
        forms.add(plain)
        if len(plain) > 1:
            forms.update((plain.upper(), plain[0].upper() + plain[1:], plain[0].upper() + plain[1:].lower()))
    forms.discard("")
    return frozenset(forms)


def _alternatives(words: Iterable[str]) -> str:
    """Return a regular expression that matches any of `words`, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) or r"(?!)"
