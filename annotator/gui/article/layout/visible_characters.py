"""Replacement of characters that cannot be shown, one for one.

Offsets stay valid, since each character is replaced by one character (a lone surrogate is one code point, too).
"""

from __future__ import annotations

import re

_CONTROL_PICTURES = 0x2400  # Unicode block "Control Pictures"
_REPLACEMENTS: dict[int, str] = {code: chr(_CONTROL_PICTURES + code) for code in range(0x20) if code != 0x09}
_REPLACEMENTS |= dict.fromkeys((0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), " ")
# U+FFFC stands for an embedded object, for which QTextLayout reserves space.
_REPLACEMENTS |= {0x7F: "\u2421", 0xFFFC: "\ufffd"}
_REPLACEMENTS |= {code: "\ufffd" for code in range(0x80, 0xA0) if code != 0x85}
_SURROGATES = re.compile("[\ud800-\udfff]")
_HIDDEN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufffc\ud800-\udfff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff]")


def make_visible(text: str) -> str:
    """Return `text` with control characters, line separators and lone surrogates made visible and harmless."""
    if not _HIDDEN.search(text):
        return text
    return _SURROGATES.sub("\ufffd", text).translate(_REPLACEMENTS)


def has_right_to_left_text(text: str) -> bool:
    """Return whether part of `text` may run from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None
