"""Characters of the punctuation rules."""

from __future__ import annotations

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
