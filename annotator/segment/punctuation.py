"""Characters of the punctuation rules."""

from __future__ import annotations

import re

# White space as defined by str.isspace, and the zero-width marks that occur at the ends of lines.
ZERO_WIDTH = "\ufeff\u200b\u2060"
BLANK = ZERO_WIDTH + (
    " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
# Terminators of scripts that use them for nothing else, so that no gap has to follow. Chinese and Japanese,
# Devanagari, Arabic and Urdu, Syriac, Armenian, Ethiopic, Khmer, Myanmar, Mongolian, Javanese, Meetei, Tibetan.
STRONG_TERMINATORS = (
    "。｡！？．︒﹒﹗﹖"
    "\u0964\u0965\u061d\u061e\u061f\u06d4\u0700\u0701\u0702\u0589\u1362\u1367\u1368\u17d4\u17d5\u104b\u1803\u1809"
    "\ua9c8\ua9c9\uaaf0\uaaf1\uabeb\u0f0e\u1c7e\u1c7f\ua4ff\ua60e\ua60f"
)
WEAK_TERMINATORS = ".!?…‼⁇⁈⁉‽"
CLOSING_QUOTES = "”»›’」』》〉＂\"'“„‟«"
CLOSING_BRACKETS = ")]}）］】〕｝"
OPENING_QUOTES = "“\"'‘«‹„‟‚「『《〈＂¿¡"
OPENING_BRACKETS = "([{（［【〔｛"
DASHES = "-–—―‒−"
BULLETS = "•●○▪▫■□◦‣►▶➢➤➔✓✔✦❖◆◇★☆·¶§"
# Before one of these no sentence ends, whatever the terminator.
CONTINUING = ",;:、，；：/\\%&=>|~)]}”’»」』）】" + WEAK_TERMINATORS + STRONG_TERMINATORS
# Top-level domains and file name extensions: a full stop before one of them is part of a name.
_HOSTS = """
vn com net org gov edu info biz io tv asia eu uk us de fr jp cn kr sg au ru ai app dev me co mil int name pro
"""
_FILES = """
js ts py rs go cs cpp html htm php asp aspx jsp css json xml yaml yml csv txt md pdf doc docx xls xlsx ppt pptx odt
jpg jpeg png gif svg mp3 mp4 avi zip rar exe apk
"""
DOMAIN_ENDINGS = frozenset((_HOSTS + _FILES).split())


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
