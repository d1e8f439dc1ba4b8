"""Which bytes of a file the characters of its text come from. It must not know what stands at a place.

With it a place in a text as it was decoded one way is found exactly in the text as it is decoded another way.
"""

from __future__ import annotations

import codecs
from bisect import bisect_left, bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from annotator.storage.encodings.decode import DECODERS
from annotator.storage.encodings.legacy_vietnamese import find_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_HANDLER = "annotator-length"
_SIGN = 0xDC00  # a surrogate, which decoding never gives otherwise; how many bytes mean nothing is added to it


class Translation:
    """Turns places (code points, a line end counted as one) of one decoding of ``data`` into those of another."""

    def __init__(self, data: bytes, *, old: str, new: str) -> None:
        """``old`` and ``new`` are keys of `encodings.DECODERS`."""
        self._old = byte_starts(data, encoding=old)
        self._new = byte_starts(data, encoding=new)

    def start(self, place: int) -> int:
        """Where the character at ``place`` is now; in the middle of a character it is the beginning of that."""
        byte = self._old[min(place, len(self._old) - 1)]
        return max(0, bisect_right(self._new, byte) - 1)

    def end(self, place: int) -> int:
        """Where the character before ``place`` ends now; in the middle of a character it is the end of that."""
        byte = self._old[min(place, len(self._old) - 1)]
        return min(len(self._new) - 1, bisect_left(self._new, byte))


def byte_starts(data: bytes, *, encoding: str) -> Sequence[int]:
    """The place in ``data`` of the first byte of each character of its text, and at last how many bytes there are.

    Characters are those of `encodings.decode`: without a mark at the beginning, a line end being one.
    """
    starts = _with_lengths(data, encoding) if encoding in _LENGTHS else _by_bytes(data, encoding)
    text = DECODERS[encoding](data)
    if "\r" not in text:
        return starts
    pairs = zip(pairwise("\n" + text), starts, strict=False)
    return [*(start for (before, letter), start in pairs if before + letter != "\r\n"), len(data)]


def _by_bytes(data: bytes, encoding: str) -> Sequence[int]:
    """Where each byte is a letter, or two are."""
    seconds = set(find_seconds(data, encoding))
    return [at for at in range(len(data) + 1) if at not in seconds] if seconds else range(len(data) + 1)


def _with_lengths(data: bytes, encoding: str) -> Sequence[int]:
    """Where letters have different lengths, and what means nothing becomes one U+FFFD."""
    mark, codec = next(((mark, codec) for mark, codec in _MARKS.get(encoding, ()) if data.startswith(mark)), (b"", ""))
    length = _LENGTHS[encoding]
    text = str(data[len(mark) :], codec or _BARE.get(encoding, encoding), _HANDLER)
    return list(accumulate((_length(letter, length) for letter in text), initial=len(mark)))


def _length(letter: str, usual: Callable[[int], int]) -> int:
    code = ord(letter)
    return code - _SIGN if _SIGN <= code < _SIGN + 16 else usual(code)


def _in_utf8(code: int) -> int:
    return 1 + (code > 0x7F) + (code > 0x7FF) + (code > 0xFFFF)


def _in_utf16(code: int) -> int:
    return 4 if code > 0xFFFF else 2


def _sign(error: UnicodeError) -> tuple[str, int]:
    """One character that says how many bytes mean nothing."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return chr(_SIGN + error.end - error.start), error.end


_LENGTHS: dict[str, Callable[[int], int]] = {
    "utf-8": _in_utf8,
    "utf-16": _in_utf16,
    "utf-16-le": _in_utf16,
    "utf-16-be": _in_utf16,
    "utf-32": lambda _code: 4,
}
_MARKS = {
    "utf-8": ((codecs.BOM_UTF8, "utf-8"),),
    "utf-16": ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")),
    "utf-32": ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")),
}
_BARE = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}  # as Python reads these without a mark

codecs.register_error(_HANDLER, _sign)
