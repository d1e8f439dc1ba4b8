"""Byte offsets of the characters of a decoded text.

With them an offset in a text decoded one way is mapped exactly to the same text decoded another way.
"""

from __future__ import annotations

import codecs
from bisect import bisect_left, bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from annotator.storage.encodings.decode import DECODERS
from annotator.storage.encodings.legacy_vietnamese import find_second_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_HANDLER = "annotator-length"
_INVALID_BASE = 0xDC00  # a surrogate, which no decoder produces; the number of invalid bytes is added to it


class OffsetMap:
    """Map of offsets (code points, a line end counted as one) in one decoding of a file to those in another."""

    def __init__(self, data: bytes, *, old: str, new: str) -> None:
        """Map offsets of `data` decoded as `old` to those of it decoded as `new`, both keys of `encodings.DECODERS`."""
        self._old = get_byte_offsets(data, encoding=old)
        self._new = get_byte_offsets(data, encoding=new)

    def map_start(self, offset: int) -> int:
        """Return the new offset of the character at `offset`; inside a character, that character's start."""
        byte = self._old[min(offset, len(self._old) - 1)]
        return max(0, bisect_right(self._new, byte) - 1)

    def map_end(self, offset: int) -> int:
        """Return the new end of the character that ends at `offset`; inside a character, that character's end."""
        byte = self._old[min(offset, len(self._old) - 1)]
        return min(len(self._new) - 1, bisect_left(self._new, byte))


def get_byte_offsets(data: bytes, *, encoding: str) -> Sequence[int]:
    """Return the byte offset in `data` of each character of its text, followed by the length of `data`.

    Characters are those of `encodings.decode`: without a byte order mark, a line end being one.
    """
    starts = _offsets_by_length(data, encoding) if encoding in _LENGTHS else _offsets_by_byte(data, encoding)
    text = DECODERS[encoding](data)
    if "\r" not in text:
        return starts
    # The second character of each CR LF is dropped: the two are one line end.
    pairs = zip(pairwise("\n" + text), starts, strict=False)
    return [*(start for (before, letter), start in pairs if before + letter != "\r\n"), len(data)]


def _offsets_by_byte(data: bytes, encoding: str) -> Sequence[int]:
    """Return the starts where a letter is one byte or a pair of bytes."""
    # A range takes no memory, and serves every encoding of single bytes.
    seconds = set(find_second_bytes(data, encoding))
    return [at for at in range(len(data) + 1) if at not in seconds] if seconds else range(len(data) + 1)


def _offsets_by_length(data: bytes, encoding: str) -> Sequence[int]:
    """Return the starts where letters differ in length and each invalid sequence becomes one U+FFFD."""
    mark, codec = next(((mark, codec) for mark, codec in _BOMS.get(encoding, ()) if data.startswith(mark)), (b"", ""))
    length = _LENGTHS[encoding]
    text = str(data[len(mark) :], codec or _WITHOUT_BOM.get(encoding, encoding), _HANDLER)
    return list(accumulate((_length(letter, length) for letter in text), initial=len(mark)))


def _length(letter: str, usual: Callable[[int], int]) -> int:
    code = ord(letter)
    return code - _INVALID_BASE if _INVALID_BASE <= code < _INVALID_BASE + 16 else usual(code)


def _in_utf8(code: int) -> int:
    return 1 + (code > 0x7F) + (code > 0x7FF) + (code > 0xFFFF)


def _in_utf16(code: int) -> int:
    return 4 if code > 0xFFFF else 2


def _encode_invalid_length(error: UnicodeError) -> tuple[str, int]:
    """Replace an invalid sequence by one surrogate that encodes its length in bytes."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return chr(_INVALID_BASE + error.end - error.start), error.end


_LENGTHS: dict[str, Callable[[int], int]] = {
    "utf-8": _in_utf8,
    "utf-16": _in_utf16,
    "utf-16-le": _in_utf16,
    "utf-16-be": _in_utf16,
    "utf-32": lambda _code: 4,
}
_BOMS = {
    "utf-8": ((codecs.BOM_UTF8, "utf-8"),),
    "utf-16": ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")),
    "utf-32": ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")),
}
_WITHOUT_BOM = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}  # as Python decodes these without a byte order mark

codecs.register_error(_HANDLER, _encode_invalid_length)
