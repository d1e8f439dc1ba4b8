"""Sentence boundaries within a block."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from annotator.segment.abbreviations import FullStop, is_abbreviation, is_known
from annotator.segment.brackets import OutermostSpans, StraightQuotes, find_brackets, find_quotes
from annotator.segment.punctuation import (
    BLANK,
    BULLETS,
    CLOSING_BRACKETS,
    CLOSING_QUOTES,
    CONTINUING,
    DASHES,
    DOMAIN_ENDINGS,
    OPENING_BRACKETS,
    OPENING_QUOTES,
    STRONG_TERMINATORS,
    WEAK_TERMINATORS,
)
from annotator.segment.sentence_patterns import ENTRY, FOLLOWING, LETTER_OR_DIGIT, LOCATOR
from annotator.segment.words import compose, token_before, words_after

if TYPE_CHECKING:
    import re

    from annotator.core.span import Span
    from annotator.segment.language import Language

_CONTINUING = frozenset(CONTINUING)
_STRONG = frozenset(STRONG_TERMINATORS)
_CLOSING = frozenset(CLOSING_QUOTES + CLOSING_BRACKETS)
_OPENING = frozenset(OPENING_QUOTES + OPENING_BRACKETS)
_DASHES = frozenset(DASHES)
_BULLETS = frozenset(BULLETS)
# An ellipsis after one of these ends no sentence: it stands for omitted text.
_NO_END_AFTER = frozenset(":;,([{（［【“‘«‹„「『《〈")
_NO_WORD_IN = frozenset(BLANK + ".")
# Particles after a closing bracket that continue the sentence: 「…。」と言った.
_JAPANESE_QUOTING = "とって"
_LONGEST_LOCATOR = 300  # code points read back for an address; bounds the time for a block without spaces
_WIDEST_GAP = 8  # code points of white space after a straight quotation mark


class BoundaryDetector:
    """Decides for each run of terminators of a block whether a sentence ends there.

    Each decision takes constant time, whatever the length of the block. Its brackets and quotation marks are indexed
    once, when they are first needed.
    """

    def __init__(self, text: str, *, block: Span, language: Language) -> None:
        self._text = text
        self._block = block
        self._language = language
        self._wordless_to = block.start  # up to here no word was found, so `_has_words` need not look again

    def find_end(self, candidate: re.Match[str], *, start: int) -> int | None:
        """Return the end of the sentence that started at `start`, if it ends with the marks of `candidate`, or None."""
        after = candidate.end()
        if after >= self._block.end:
            return None
        first = self._text[after]
        at = candidate.start()
        if first in _CONTINUING or not self._has_words(start, at):
            return None
        tail = candidate.end(1)
        if first == '"' and self._is_closing(after, is_glued=after == tail):
            tail = after + 1
            is_end = self._is_end_after_quote(tail, candidate=candidate)
        else:
            is_end = self._is_end(candidate, first=first, start=start)
        return tail if is_end and not self._is_nested(at, tail=tail, start=start) else None

    def _is_end(self, candidate: re.Match[str], *, first: str, start: int) -> bool:
        """Return whether a sentence ends at the run, regardless of brackets and quotations."""
        run, at, after, tail = candidate[2], candidate.start(), candidate.end(), candidate.end(1)
        if self._text[at] in _STRONG:
            is_quoted_on = first in _JAPANESE_QUOTING and run[-1] in "」』" and after == tail
            return not first.islower() and not is_quoted_on
        if after == tail:
            return self._is_end_without_gap(candidate, first=first, start=start)
        return self._is_end_before_gap(candidate, start=start)

    def _is_closing(self, offset: int, *, is_glued: bool) -> bool:
        """Return whether the straight quotation mark at `offset` closes a quotation, by its neighbours and by count."""
        return (is_glued or self._text[offset + 1 : offset + 2] in BLANK) and self._straight_quotes.is_closing(offset)

    def _is_end_after_quote(self, tail: int, *, candidate: re.Match[str]) -> bool:
        """Return whether a sentence ends with the straight quotation mark before `tail`."""
        after = tail
        while after < self._block.end and self._text[after] in BLANK and after - tail < _WIDEST_GAP:
            after += 1
        if after >= self._block.end or self._text[after] in _CONTINUING:
            return False
        return self._can_begin(after, run=candidate[2] + '"', is_ellipsis=_is_ellipsis(candidate[2]))

    def _is_end_before_gap(self, candidate: re.Match[str], *, start: int) -> bool:
        """Return whether a sentence ends at a run that is followed by a gap."""
        run, at, after = candidate[2], candidate.start(), candidate.end()
        is_ellipsis = _is_ellipsis(run)
        if not self._can_begin(after, run=run, is_ellipsis=is_ellipsis):
            return False
        if is_ellipsis:
            return self._text[at - 1] not in _NO_END_AFTER and not self._is_after_opening(at)
        if run != "." or candidate.end(1) - at > 1:
            return True
        stop = FullStop(at=at, start=start, after=after, end=self._block.end)
        return not is_abbreviation(self._text, stop, language=self._language)

    def _can_begin(self, after: int, *, run: str, is_ellipsis: bool) -> bool:
        """Return whether the text at `after` can start a sentence after `run`."""
        first = self._text[after]
        if first.isupper():
            return True
        if first in _DASHES and run[-1] in _CLOSING:
            return False
        match = FOLLOWING.match(self._text, after, self._block.end)
        letter, second = (match[1], match[2]) if match else (None, "")
        if letter is None:
            return False
        if letter in _BULLETS:
            return True
        if letter.islower():
            return not is_ellipsis and (second.isupper() or self._is_entry(after))
        return not (is_ellipsis and letter.isnumeric())

    def _is_entry(self, after: int) -> bool:
        """Return whether a list entry starts at `after`: a small letter as its mark, then a capital letter."""
        match = ENTRY.match(self._text, after, self._block.end)
        return match is not None and match[1].isupper()

    def _is_end_without_gap(self, candidate: re.Match[str], *, first: str, start: int) -> bool:
        """Return whether a sentence ends at a run that is directly followed by `first`, as in `xong.Tuy`."""
        text, run, at, after = self._text, candidate[2], candidate.start(), candidate.end()
        match = FOLLOWING.match(text, after, self._block.end)
        letter = match[1] if match else None
        if letter is None or letter.islower() or letter.isnumeric():
            return False
        if run == "." and text[max(start, at - 2)] in _NO_WORD_IN:
            return False
        if first in _DASHES and (run[-1] in _CLOSING or text[after + 1 : after + 2] not in BLANK):
            return False
        if self._is_in_locator(at):
            return False
        if not letter.isupper() and letter not in _BULLETS:
            return run[0] != "." or _is_uncased(text[at - 1])
        if run[0] != "." or len(run) > 1:
            return not (_is_ellipsis(run) and (text[at - 1] in _NO_END_AFTER or self._is_after_opening(at)))
        return self._is_typing_error(at, after=after, start=start)

    def _is_typing_error(self, at: int, *, after: int, start: int) -> bool:
        """Return whether the full stop at `at` ends a sentence and merely lacks a space after it."""
        token = token_before(self._text, at=at, start=start)
        word = "".join(token.rsplit(".", 1)[-1:])
        following = words_after(self._text, at=after, end=self._block.end)
        opening = following[0] if following else ""
        if len(word) < 2 or is_known(token, language=self._language):
            return False
        stop = FullStop(at=at, start=start, after=after, end=self._block.end)
        if is_abbreviation(self._text, stop, language=self._language):
            return False
        if not DOMAIN_ENDINGS.isdisjoint((_leading_letters(opening).casefold(), opening.rpartition(".")[2].casefold())):
            return False
        last = word[-1]
        is_name = len(opening) > 1 and opening[:2].isupper()
        if last.islower() or last.isdigit() or not last.isalnum():
            return not is_name or word.islower()
        return not (is_name and word.isascii() and opening.isascii())

    def _is_in_locator(self, at: int) -> bool:
        """Return whether the characters around `at`, up to white space, look like a web or mail address, or a path."""
        if not self._has_locators:
            return False
        near = self._text[max(self._block.start, at - _LONGEST_LOCATOR) : at + 2]
        pieces = near.split()
        return bool(pieces) and LOCATOR.search(pieces[-1]) is not None

    def _is_after_opening(self, at: int) -> bool:
        """Return whether only an opening mark stands before the run: `"... Chúng ta`, `(… Và`."""
        before = self._text[max(self._block.start, at - 4) : at].rstrip(BLANK)
        if not before or before[-1] not in _OPENING:
            return False
        return len(before) == 1 or before[-2] in BLANK or before[-2] in _OPENING

    def _is_nested(self, at: int, *, tail: int, start: int) -> bool:
        """Return whether the run is inside brackets that the sentence opened, or in a quotation that is kept whole."""
        span = self._brackets.find(at)
        if span is not None and span.end > tail and self._is_inside_sentence(span, start=start):
            return True
        if not self._language.is_quote_kept_whole:
            return False
        span = self._quotes.find(at)
        return span is not None and span.end > tail

    def _is_inside_sentence(self, span: Span, *, start: int) -> bool:
        """Return whether words of the sentence stand before `span`."""
        return span.start > start and LETTER_OR_DIGIT.search(self._text, start, span.start) is not None

    @cached_property
    def _has_locators(self) -> bool:
        start, end = self._block
        return any(self._text.find(mark, start, end) >= 0 for mark in ("/", "@", "www.", "WWW."))

    @cached_property
    def _straight_quotes(self) -> StraightQuotes:
        return StraightQuotes(self._text, block=self._block)

    @cached_property
    def _brackets(self) -> OutermostSpans:
        return find_brackets(self._text, block=self._block)

    @cached_property
    def _quotes(self) -> OutermostSpans:
        return find_quotes(self._text, block=self._block)

    def _has_words(self, start: int, at: int) -> bool:
        """Return whether the sentence has a letter or digit so far; never scan a character twice."""
        if at > start and self._text[at - 1].isalnum():
            return True
        if LETTER_OR_DIGIT.search(self._text, max(start, self._wordless_to), at):
            return True
        self._wordless_to = max(self._wordless_to, at)
        return False


def _is_ellipsis(run: str) -> bool:
    """Return whether the run consists of dots only; a question or exclamation mark in it decides otherwise."""
    if len(run) > 1 and run[-1] in WEAK_TERMINATORS and run[-2] in _CLOSING:
        return False
    return (".." in run or "…" in run) and "!" not in run and "?" not in run and "/" not in run


def _is_uncased(letter: str) -> bool:
    """Return whether `letter` belongs to a script without capital letters."""
    return letter.isalpha() and not letter.islower() and not letter.isupper()


def _leading_letters(word: str) -> str:
    """Return the letters and digits that `word` starts with."""
    plain = compose(word)
    for place, letter in enumerate(plain):
        if not letter.isalnum():
            return plain[:place]
    return plain
