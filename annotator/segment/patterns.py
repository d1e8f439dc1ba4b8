"""The patterns around the ends of sentences. It must not know any language's words.

They are apart from the characters, since compiling them takes time that finding blocks need not wait for.
"""

from __future__ import annotations

import re

from annotator.segment.marks import BLANK, BULLETS, CLOSING_BRACKETS, STRONG, WEAK

_CLOSERS = "”»›’」』》〉＂" + CLOSING_BRACKETS
_EMOJI = (
    "\U0001f000-\U0001faff\u2600-\u26ff\u2728\u2763\u2764\u2b50\u2b55\u203c\u231a\u231b\u23e9-\u23f3\ufe0e\ufe0f\u200d"
    "\u20e3\U000e0020-\U000e007f"
)


def _one_of(characters: str) -> str:
    return "[" + re.escape(characters) + "]"


_BLANKS = _one_of(BLANK)
_RUN = _one_of(WEAK + STRONG + _CLOSERS)
_ENDS_HERE = rf"(?={_BLANKS}|\Z)"
# A run of terminators with its closers (1 and 2), footnote marks and emoji (in 1), then the gap. A straight quotation
# mark closes unless a word follows at once; "“" closes where a gap follows. No repetition in it can match one text in
# two ways, so it is linear.
CANDIDATE = re.compile(
    rf"(({_one_of(WEAK + STRONG)}(?:(?<={_one_of(STRONG)})|(?![a-z]|[0-9](?![0-9]?{_BLANKS})))"
    rf"{_RUN}*(?:(?:[\"'](?!\w)|[“„‟«]{_ENDS_HERE}){_RUN}*)*"
    rf"(?:/\.?(?![^\s”\"»)\]]){_RUN}*)?"
    rf"(?:[ \xa0\u202f][”»)\]』」]+(?={_BLANKS}|[.,;:]|\Z)[.]?)?)"
    rf"(?:[*_†‡¹²³⁰-⁹]+|[ \xa0]?\[\d{{1,3}}(?:[,–-] ?\d{{1,3}})*\]|\(\d{{1,3}}\)(?![^\W\d_])"
    rf"|[0-9]{{1,2}}(?={_BLANKS}))*"
    rf"(?:[ \xa0]?[{_EMOJI}])*)"
    rf"{_BLANKS}*"
)
GAP = re.compile(rf"{_BLANKS}*")
# What precedes the first letter or digit of a sentence, and that letter or digit.
FOLLOWING = re.compile(rf"[^\w{re.escape(BULLETS)}]{{0,12}}([\w{re.escape(BULLETS)}])?[\u0300-\u036f]*(.?)", re.DOTALL)
# The mark of a list's entry and what follows it: "b) Giữ", "(ii) Một", "c. Xây".
ENTRY = re.compile(rf"\(?(?:[a-zđ]|[ivx]{{1,4}})[.)]{_BLANKS}+([^\W\d_])")
WORD_IN = re.compile(r"[^\W_]")
LOCATOR = re.compile(r"://|www\.|@|\w/\w*\?|/\w+/", re.IGNORECASE)
