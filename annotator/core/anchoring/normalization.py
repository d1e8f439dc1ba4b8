"""Which differences in writing make no other words. It must not know where texts are compared, nor why.

Words are the same whatever their Unicode form (NFC, NFD), their white space and line ends, the shape of their quotation
marks, apostrophes and dashes, and whatever stands in them that is not seen.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from unicodedata import combining, is_normalized, normalize

from annotator.core.span import Span

_SHAPES = {
    **dict.fromkeys("“”„‟«»〝〞＂", '"'),
    **dict.fromkeys("‘’‚‛‹›′ʼ＇", "'"),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    "…": "...",
}
_TABLE = str.maketrans(_SHAPES)
_ODD = re.compile(f"[{''.join(_SHAPES)}]")


def plain(text: str) -> str:
    """``text`` in the one writing that all writings of the same words have; each white space is one space."""
    if not is_normalized("NFC", text):
        text = normalize("NFC", text)
    if _ODD.search(text):
        text = text.translate(_TABLE)
    return " ".join(text.split())


def unplain(text: str, part: Span) -> Span:
    """The stretch of ``text`` that is ``part`` of `plain` of it, with the marks that belong to its last letter."""
    lengths = range(len(text) + 1)
    start = bisect_left(lengths, part.start + 1, key=lambda end: len(plain(text[:end]))) - 1
    end = bisect_left(lengths, part.end, key=lambda end: len(plain(text[:end])))
    while end < len(text) and combining(text[end]):
        end += 1
    while start < end and text[start].isspace():
        start += 1
    return Span(max(0, min(start, end)), end)
