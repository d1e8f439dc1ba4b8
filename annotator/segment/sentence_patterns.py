"""Patterns by which a block is split into sentences."""

# A module of their own, apart from the characters: compiling them takes about 5 ms. The first page is painted from
# blocks, whose kinds need the characters only, and must not wait for it.

from __future__ import annotations

import re

from annotator.segment.punctuation import BLANK, BULLETS, CLOSING_BRACKETS, STRONG_TERMINATORS, WEAK_TERMINATORS

_CLOSERS = "”»›’」』》〉＂" + CLOSING_BRACKETS
_EMOJI = (
    "\U0001f000-\U0001faff\u2600-\u26ff\u2728\u2763\u2764\u2b50\u2b55\u203c\u231a\u231b\u23e9-\u23f3\ufe0e\ufe0f\u200d"
    "\u20e3\U000e0020-\U000e007f"
)


def _one_of(characters: str) -> str:
    return "[" + re.escape(characters) + "]"


_BLANKS = _one_of(BLANK)
_TERMINATORS = _one_of(WEAK_TERMINATORS + STRONG_TERMINATORS)
_RUN = _one_of(WEAK_TERMINATORS + STRONG_TERMINATORS + _CLOSERS)
_ENDS_HERE = rf"(?={_BLANKS}|\Z)"
# A run of terminators with its closers (groups 1 and 2), footnote marks and emoji (group 1), then the gap. A straight
# quotation mark closes unless a word follows directly; "“" closes if a gap follows. No repetition can match the same
# text in two ways, so that matching is linear.
CANDIDATE = re.compile(
    rf"(({_TERMINATORS}(?:(?<={_one_of(STRONG_TERMINATORS)})|(?![a-z]|[0-9](?![0-9]?{_BLANKS})))"
    rf"{_RUN}*(?:(?:[\"'](?!\w)|[“„‟«]{_ENDS_HERE}){_RUN}*)*"
    rf"(?:/\.?(?![^\s”\"»)\]]){_RUN}*)?"
    rf"(?:[ \xa0\u202f][”»)\]』」]+(?={_BLANKS}|[.,;:]|\Z)[.]?)?)"
    rf"(?:[*_†‡¹²³⁰-⁹]+|[ \xa0]?\[\d{{1,3}}(?:[,–-] ?\d{{1,3}})*\]|\(\d{{1,3}}\)(?![^\W\d_])"
    rf"|[0-9]{{1,2}}(?={_BLANKS}))*"
    rf"(?:[ \xa0]?[{_EMOJI}])*)"
    rf"{_BLANKS}*"
)
GAP = re.compile(rf"{_BLANKS}*")
# Marks before the first letter or digit of a sentence, that letter or digit, and the next character.
FOLLOWING = re.compile(rf"[^\w{re.escape(BULLETS)}]{{0,12}}([\w{re.escape(BULLETS)}])?[\u0300-\u036f]*(.?)", re.DOTALL)
# The mark of a list entry and the letter after it: "b) Giữ", "(ii) Một", "c. Xây".
ENTRY = re.compile(rf"\(?(?:[a-zđ]|[ivx]{{1,4}})[.)]{_BLANKS}+([^\W\d_])")
LETTER_OR_DIGIT = re.compile(r"[^\W_]")
LOCATOR = re.compile(r"://|www\.|@|\w/\w*\?|/\w+/", re.IGNORECASE)
