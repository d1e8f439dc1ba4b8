"""What one line of an article looks like by itself. It must not know the lines around it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING
from unicodedata import normalize

from annotator.segment.punctuation import BULLETS, CLOSING_BRACKETS, CLOSING_QUOTES, STRONG, WEAK

if TYPE_CHECKING:
    from annotator.core.span import Span
    from annotator.segment.language import Language

# Lengths in composed characters. A longer line is read only at its two ends.
SHORT = 120
CAPTION = 300
TITLE = 250
LEAD = 700
_READ = 3000
_NAME_WORDS = 6

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
    """One line, composed (Unicode form NFC), and the words to read it by."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language

    @cached_property
    def bare(self) -> str:
        """The line without opening marks, casefolded."""
        return self.text.lstrip(_OPENERS).casefold()

    @cached_property
    def is_terminated(self) -> bool:
        """Whether the line ends as a sentence or an entry of a list does, and so is no heading."""
        last = self.text.rstrip(_CLOSERS)[-1:]
        return last in WEAK or last in STRONG or last in ";:," or self.text.endswith("./")

    @cached_property
    def is_short(self) -> bool:
        """Whether the line has a heading's length."""
        return len(self.text) <= SHORT

    @cached_property
    def is_body(self) -> bool:
        """Whether the line reads as running text."""
        return len(self.text) > TITLE or (self.is_terminated and not self.is_boilerplate and not self.is_credit)

    @cached_property
    def heading_depth(self) -> int:
        """The number of signs before a heading in Markdown; 0 where it is none."""
        match = _MARKDOWN.match(self.text)
        return len(match[1]) if match else 0

    @cached_property
    def marker(self) -> str:
        """The sort of mark that opens the line: dash, number, roman, capital, letter, label, caption, or nothing."""
        for sort, pattern in _MARKERS:
            if pattern.match(self.text):
                return sort
        return self._label

    @property
    def _label(self) -> str:
        for sort, words in (("caption", self.language.caption_labels), ("label", self.language.labels)):
            for word in words:
                if self.bare.startswith(word) and _NUMBER.match(self.bare, len(word)):
                    return sort
        return ""

    @cached_property
    def is_credit(self) -> bool:
        """Whether the whole line says whose picture or source it is: ``Ảnh: TTXVN``, ``(Nguồn: GSO)``."""
        return len(self.text) <= CAPTION and _opens_with(self.bare, words=self.language.captions)

    @cached_property
    def is_credited(self) -> bool:
        """Whether a credit closes the line: ``Quang cảnh cuộc họp. Ảnh: TTXVN``."""
        if len(self.text) > CAPTION:
            return False
        match = _LAST_CREDIT.search(self.text)
        return match is not None and match[1].strip().casefold() in self.language.captions

    @cached_property
    def is_boilerplate(self) -> bool:
        """Whether the line belongs to the page: a phrase such as ``Xem thêm``, a rule, an address."""
        if len(self.text) > SHORT:
            return False
        if _RULE.fullmatch(self.text) and not _DATE.fullmatch(self.text):
            return not any(letter.isdigit() for letter in self.text)
        if _ADDRESS.fullmatch(self.text):
            return True
        plain = self.bare.rstrip(" .:>»…|›→()0123456789")
        phrases = self.language.boilerplate
        return plain in phrases or (not self.is_terminated and _opens_with(self.bare, words=phrases))

    @cached_property
    def is_date(self) -> bool:
        """Whether the line is a date, perhaps with a weekday and an hour."""
        if len(self.text) > SHORT:
            return False
        rest = self.bare
        for word in self.language.dates:
            if rest.startswith(word):
                rest = rest[len(word) :]
                break
        return any(letter.isdigit() for letter in rest) and _DATE.fullmatch(rest.replace("ngày", "")) is not None

    @cached_property
    def is_signed(self) -> bool:
        """Whether the line says outright whose work the article is: ``Bài và ảnh: Minh Hà``."""
        return ":" in self.text and len(self.text) <= SHORT and _opens_with(self.bare, words=self.language.bylines)

    @cached_property
    def is_name(self) -> bool:
        """Whether the line is a person's, an agency's or a place's name, or says who wrote the article."""
        if len(self.text) > SHORT or self.is_terminated:
            return False
        if _opens_with(self.bare, words=self.language.bylines):
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
_LAST_CREDIT = re.compile(r"(?:[.!?…”\")\]]\s*|\s)[(\[]?\s*([^\W\d_][^\d:.()\[\]]{2,40}):\s?[^.:()\[\]]{2,60}[.)\]]*$")


def read_line(text: str, span: Span, *, language: Language) -> Line:
    """The line at ``span``; of a long one its two ends, as many characters as make it surely too long for a heading."""
    if span.end - span.start > _READ:
        half = _READ // 2
        piece = text[span.start : span.start + half] + text[span.end - half : span.end]
    else:
        piece = text[span.start : span.end]
    return Line(normalize("NFC", piece), language)


def _opens_with(bare: str, *, words: frozenset[str]) -> bool:
    """Whether one of ``words`` and a colon, a bracket or nothing more open the line."""
    head, colon, _ = bare.partition(":")
    return (bool(colon) and head.strip() in words) or bare.rstrip(_CLOSERS) in words
