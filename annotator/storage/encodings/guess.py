"""Detection of an encoding by how Vietnamese the text looks in each candidate."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from annotator.storage.encodings.syllables import is_common, is_syllable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_WINDOW_SIZE = 2048
_WINDOW_COUNT = 8  # sampled, spread over the file
_MIN_SYLLABLE_SHARE = 0.5  # the share of likely syllables above which a text is Vietnamese

# Quotation marks, dashes and the no-break space separate words; any other sign inside a word counts against it.
_SEPARATORS = "\u201c\u201d\u2018\u2019\u2013\u2014\u2026\u2022\xa0\t\n\f\r"
_WORD = re.compile(f"[^ -@[-`{{-~{_SEPARATORS}]+")
_ACRONYM = re.compile("[A-ZĐƯ]+")
_NON_TEXT_CATEGORIES = {"Cc", "Cn", "Co"}
_EDGES = "\xab\xbb\xb0\xb7\xb4"
_SMALL_CAPITALS = "tcvn3"  # has a small letter where a capital with marks was seen


def find_vietnamese(data: bytes, decoders: Mapping[str, Callable[[bytes], str]]) -> str:
    """Return the name of the decoder that makes the best Vietnamese of `data`, or an empty string if none does.

    Of two equally good ones the first wins. Only a sample of bounded size is decoded.
    """
    sample = _take_sample(data)
    best, best_points = "", float("-inf")
    for name, decoder in decoders.items():
        words = _find_words(decoder(sample))
        messages = [_score(word, may_be_lower=name == _SMALL_CAPITALS) for word in words]
        points = sum(messages)
        if points > best_points and sum(one > 0 for one in messages) > _MIN_SYLLABLE_SHARE * len(messages):
            best, best_points = name, points
    return best


def find_utf16(data: bytes) -> str:
    """Return `utf-16-le` or `utf-16-be` if `data` is such text without a byte order mark, or an empty string."""
    if b"\0" not in data:
        return ""
    sample = data[: _WINDOW_SIZE * 2]
    low, high = sample[0::2], sample[1::2]
    for name, zeros, others in (("utf-16-le", high, low), ("utf-16-be", low, high)):
        # Of text in Latin script at least a third of the high bytes are zero, and hardly any low byte is.
        if others.count(0) * 20 > zeros.count(0) or zeros.count(0) * 3 < len(zeros):
            continue
        text = sample.decode(name, "ignore")
        if all(
            unicodedata.category(letter) not in _NON_TEXT_CATEGORIES or letter in "\t\n\r\f\ufeff" for letter in text
        ):
            return name
    return ""


def _take_sample(data: bytes) -> bytes:
    """Return pieces of `data` that are not plain ASCII, spread over all of it."""
    if len(data) <= _WINDOW_SIZE * _WINDOW_COUNT:
        return data
    telling = [at for at in range(0, len(data), _WINDOW_SIZE) if not data[at : at + _WINDOW_SIZE].isascii()]
    step = max(1, len(telling) // _WINDOW_COUNT)
    return b"\n".join(data[at : at + _WINDOW_SIZE] for at in telling[::step][:_WINDOW_COUNT])


def _find_words(text: str) -> list[str]:
    """Return the words that would look different in another encoding."""
    found = (word.strip(_EDGES) for word in _WORD.findall(unicodedata.normalize("NFC", text)))
    return [word for word in found if not (word.isascii() and word.isprintable())]


def _score(word: str, *, may_be_lower: bool) -> float:
    if "\ufffd" in word:
        return -3.0
    if not word.isalpha():
        return -2.0
    if _ACRONYM.fullmatch(word):
        return 0.5
    small = word.lower()
    if not is_syllable(small) or not _has_likely_case(word, may_be_lower=may_be_lower):
        return -1.0
    return 2.0 if is_common(small) else 1.0


def _has_likely_case(word: str, *, may_be_lower: bool) -> bool:
    if word[1:].islower() or len(word) == 1 or word.isupper():
        return True
    return may_be_lower and all(letter.isupper() for letter in word if letter.isascii())
