"""Features of a single line of an article."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING
from unicodedata import normalize

from annotator.segment.punctuation import (
    BULLETS,
    CLOSING_BRACKETS,
    CLOSING_QUOTES,
    STRONG_TERMINATORS,
    WEAK_TERMINATORS,
)

if TYPE_CHECKING:
    from annotator.core.span import Span
    from annotator.segment.language import Language

# Maximum lengths, in composed characters.
SHORT = 120
CAPTION = 300
TITLE = 250
LEAD = 700
_READ = 3000  # a longer line is read only at both ends, so that its features cost constant time
_NAME_WORDS = 6  # words of a name

_DASH = re.compile(rf"(?:[-–—*+]|[{re.escape(BULLETS)}])\s+\S")
_NUMBERED = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)/]|\d{1,3}(?:\.\d{1,3})+)\s+\S|\d{1,2}\.(?=[^\W\d_])")
_ROMAN = re.compile(r"[IVXLC]{1,7}[.)/]\s+\S")
_CAPITAL = re.compile(r"[A-HĐ][.)]\s+\S")
_LETTERED = re.compile(r"(?:[a-zđ]|[ivx]{1,5})[.)]\s+\S|\((?:[a-zđ]|[ivx]{1,5}|\d{1,2})\)\s*\S", re.IGNORECASE)
_MARKDOWN = re.compile(r"(#{1,6})\s+\S")
_RULE = re.compile(r"[^\w\s]{3,}|[\W\d_]+")
_DATE = re.compile(
    r"\W*(?:\d{1,2}[:h]\d{2}\W+)?(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2})(?:\W+\d{1,2}[:h]\d{2}(?::\d{2})?)?\W*"
    r"(?:(?:AM|PM|GMT|UTC)\W*(?:\+?\d{1,2}(?::\d{2})?)?\W*)?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+", re.IGNORECASE)
_AGENCY = re.compile(r"\(?[A-ZĐ][A-ZĐ+]{1,9}(?:\s*[-/+,]\s*[A-ZĐ]{2,9})?\)?")
_CLOSERS = CLOSING_QUOTES + CLOSING_BRACKETS + "*_ \xa0"
_OPENERS = "([{“\"'‘«*_ \xa0►▶>»"


class Line:
    """A line, composed (Unicode form NFC), and the word lists to classify it by."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language

    @cached_property
    def folded_text(self) -> str:
        """The line without opening marks, casefolded."""
        return self.text.lstrip(_OPENERS).casefold()

    @cached_property
    def is_terminated(self) -> bool:
        """True if the line ends like a sentence or a list entry, and so is no heading."""
        last = self.text.rstrip(_CLOSERS)[-1:]
        return last in WEAK_TERMINATORS or last in STRONG_TERMINATORS or last in ";:," or self.text.endswith("./")

    @cached_property
    def is_short(self) -> bool:
        """True if the line is short enough for a heading."""
        return len(self.text) <= SHORT

    @cached_property
    def is_body(self) -> bool:
        """True if the line reads as running text."""
        return len(self.text) > TITLE or (self.is_terminated and not self.is_boilerplate and not self.is_credit)

    @cached_property
    def heading_depth(self) -> int:
        """Number of `#` signs of a Markdown heading; 0 if it is none."""
        match = _MARKDOWN.match(self.text)
        return len(match[1]) if match else 0

    @cached_property
    def marker(self) -> str:
        """Sort of the mark that opens the line: dash, number, roman, capital, letter, label, caption, or empty."""
        for sort, pattern in _MARKERS:
            if pattern.match(self.text):
                return sort
        return self._label

    @property
    def _label(self) -> str:
        for sort, words in (("caption", self.language.caption_labels), ("label", self.language.labels)):
            for word in words:
                if self.folded_text.startswith(word) and _NUMBER.match(self.folded_text, len(word)):
                    return sort
        return ""

    @cached_property
    def is_credit(self) -> bool:
        """True if the whole line is the credit of a picture or a source: `Ảnh: TTXVN`, `(Nguồn: GSO)`."""
        return len(self.text) <= CAPTION and _opens_with(self.folded_text, words=self.language.captions)

    @cached_property
    def has_credit(self) -> bool:
        """True if the line ends with a credit: `Quang cảnh cuộc họp. Ảnh: TTXVN`."""
        if len(self.text) > CAPTION:
            return False
        match = _LAST_CREDIT.search(self.text)
        return match is not None and match[1].strip().casefold() in self.language.captions

    @cached_property
    def is_boilerplate(self) -> bool:
        """True if the line belongs to the web page: a phrase such as `Xem thêm`, a rule, an address."""
        if len(self.text) > SHORT:
            return False
        if _RULE.fullmatch(self.text) and not _DATE.fullmatch(self.text):
            return not any(letter.isdigit() for letter in self.text)
        if _ADDRESS.fullmatch(self.text):
            return True
        plain = self.folded_text.rstrip(" .:>»…|›→()0123456789")
        phrases = self.language.boilerplate
        return plain in phrases or (not self.is_terminated and _opens_with(self.folded_text, words=phrases))

    @cached_property
    def is_date(self) -> bool:
        """True if the line is a date, possibly with a weekday and a time."""
        if len(self.text) > SHORT:
            return False
        rest = self.folded_text
        for word in self.language.dates:
            if rest.startswith(word):
                rest = rest[len(word) :]
                break
        return any(letter.isdigit() for letter in rest) and _DATE.fullmatch(rest.replace("ngày", "")) is not None

    @cached_property
    def has_byline(self) -> bool:
        """True if the line explicitly names the author: `Bài và ảnh: Minh Hà`."""
        return (
            ":" in self.text and len(self.text) <= SHORT and _opens_with(self.folded_text, words=self.language.bylines)
        )

    @cached_property
    def is_name(self) -> bool:
        """True if the line is the name of a person, agency or place, or names the author."""
        if len(self.text) > SHORT or self.is_terminated:
            return False
        if _opens_with(self.folded_text, words=self.language.bylines):
            return True
        words = [word.strip("(),&-–—/|+") for word in self.text.split()]
        names = [word for word in words if word and word.casefold() not in self.language.byline_words]
        if not names or len(names) > _NAME_WORDS or len(self.text) > 60:
            return False
        if words[0].casefold() in self.language.bylines and all(word[0].isupper() for word in names):
            return True
        if any(letter.isdigit() for letter in self.text):
            return False
        is_named = all(word[0].isupper() for word in names)
        return is_named and (len(names) > 1 or _AGENCY.fullmatch(self.text) is not None)


_MARKERS = (
    ("dash", _DASH),
    ("number", _NUMBERED),
    ("roman", _ROMAN),
    ("capital", _CAPITAL),
    ("letter", _LETTERED),
)
_NUMBER = re.compile(
    r"\s+(?:(?:\d{1,3}(?:\.\d{1,3})*[a-zđ]?|[ivxlc]{1,7}|[a-zđ])(?=[.:)–-]|\s*$|\s)|(?:thứ\s)?nhất|hai)"
)
# Only searched in lines of up to `CAPTION` characters, which bounds the backtracking.
_LAST_CREDIT = re.compile(r"(?:[.!?…”\")\]]\s*|\s)[(\[]?\s*([^\W\d_][^\d:.()\[\]]{2,40}):\s?[^.:()\[\]]{2,60}[.)\]]*$")


def make_line(text: str, span: Span, *, language: Language) -> Line:
    """Return the line at `span`; of a long one only both ends, together surely too long for a heading."""
    if span.end - span.start > _READ:
        half = _READ // 2
        piece = text[span.start : span.start + half] + text[span.end - half : span.end]
    else:
        piece = text[span.start : span.end]
    return Line(normalize("NFC", piece), language)


def _opens_with(bare: str, *, words: frozenset[str]) -> bool:
    """Return whether the line consists of one of `words`, or starts with one and a colon."""
    head, colon, _ = bare.partition(":")
    return (bool(colon) and head.strip() in words) or bare.rstrip(_CLOSERS) in words
