"""The characters that punctuation rules speak of. It must not know any language's words."""

from __future__ import annotations

import re

# White space in the sense of str.isspace, and the marks of no width that stand at the ends of lines.
WIDTHLESS = "\ufeff\u200b\u2060"
BLANK = WIDTHLESS + (
    " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
# Terminators of scripts in which a full stop is nothing else: they need no gap after them. Chinese and Japanese,
# Devanagari, Arabic and Urdu, Syriac, Armenian, Ethiopic, Khmer, Myanmar, Mongolian, Javanese, Meetei, Tibetan.
STRONG = (
    "。｡！？．︒﹒﹗﹖"
    "\u0964\u0965\u061d\u061e\u061f\u06d4\u0700\u0701\u0702\u0589\u1362\u1367\u1368\u17d4\u17d5\u104b\u1803\u1809"
    "\ua9c8\ua9c9\uaaf0\uaaf1\uabeb\u0f0e\u1c7e\u1c7f\ua4ff\ua60e\ua60f"
)
WEAK = ".!?…‼⁇⁈⁉‽"
CLOSING_QUOTES = "”»›’」』》〉＂\"'“„‟«"
CLOSING_BRACKETS = ")]}）］】〕｝"
OPENING_QUOTES = "“\"'‘«‹„‟‚「『《〈＂¿¡"
OPENING_BRACKETS = "([{（［【〔｛"
DASHES = "-–—―‒−"
BULLETS = "•●○▪▫■□◦‣►▶➢➤➔✓✔✦❖◆◇★☆·¶§"
# After these nothing has ended, whatever stood before.
CONTINUING = ",;:、，；：/\\%&=>|~)]}”’»」』）】" + WEAK + STRONG
# The last parts of host names and the endings of file names, which no sentence begins with.
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
