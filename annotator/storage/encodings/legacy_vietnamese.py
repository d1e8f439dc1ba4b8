"""Vietnamese encodings from before Unicode, by tables.

- TCVN3, also called ABC (the VN3 part of TCVN 5712:1993): one byte a letter. Only Ă Â Ê Ô Ơ Ư Đ have codes for their
  capitals; other capitals came from a second font (.VnTimeH, .VnArialH), so that a file holds the small letter where a
  capital was seen, and it is decoded as the small letter. Bytes that VN3 leaves free are decoded by VN2, which adds
  capitals and tone marks, but not by VN1: in real files its bytes hold quotation marks and dashes of Windows.
- VNI for Windows: a vowel and a byte for its marks, both in either case, and single bytes for ơ ư í ì ỉ ĩ ị ỵ đ.
- VISCII 1.1 (RFC 1456) and VPS: one byte a letter; six and fourteen capitals have bytes below the space.

What a table does not name is decoded as Windows-1252; a byte that is invalid there too becomes U+FFFD.
"""

from __future__ import annotations

import codecs
import json
import re
from functools import cache
from typing import TYPE_CHECKING

from annotator.shipped import resource_path

if TYPE_CHECKING:
    from collections.abc import Mapping

LEGACY_ENCODINGS = ("tcvn3", "vni", "viscii", "vps")

_TWO_BYTE_ENCODING = "vni"


def decode_legacy_vietnamese(data: bytes, name: str) -> str:
    """Return the text of `data` in the encoding `name`, one of `LEGACY_ENCODINGS`; invalid bytes become U+FFFD."""
    if name != _TWO_BYTE_ENCODING:
        return codecs.charmap_decode(data, "replace", _load_byte_table(name))[0]
    pairs, letters = _load_pairs(), _load_byte_table(name)
    return pairs.pattern.sub(
        lambda match: pairs.letters[match[0]] if len(match[0]) == 2 else letters[ord(match[0])], data.decode("latin-1")
    )


def find_second_bytes(data: bytes, name: str) -> list[int]:
    """Return the offsets in `data` of the second bytes of letters, in order."""
    if name != _TWO_BYTE_ENCODING:
        return []
    return [match.start() + 1 for match in _load_pairs().pattern.finditer(data.decode("latin-1")) if len(match[0]) == 2]


class _TwoByteLetters:
    """Letters of two bytes, keyed by these as Latin-1, and the pattern of all that is not ASCII alone."""

    def __init__(self, letters: Mapping[str, str]) -> None:
        self.letters = letters
        marks: dict[str, str] = {}
        for pair in letters:
            marks[pair[0]] = marks.get(pair[0], "") + pair[1]
        pairs = "|".join(f"{base}[{found}]" for base, found in marks.items())
        self.pattern = re.compile(f"{pairs}|[\x80-\xff]")


@cache
def _load_tables() -> dict[str, dict[str, dict[str, str]]]:
    tables: dict[str, dict[str, dict[str, str]]] = json.loads(
        resource_path("encodings", "letters.json").read_text("utf-8")
    )
    return tables


@cache
def _load_byte_table(name: str) -> str:
    """Return the characters of the 256 bytes."""
    letters = list(bytes(range(256)).decode("cp1252", "replace"))
    for code, letter in _load_tables()[name]["bytes"].items():
        letters[int(code, 16)] = letter
    return "".join(letters)


@cache
def _load_pairs() -> _TwoByteLetters:
    pairs = _load_tables()[_TWO_BYTE_ENCODING]["pairs"]
    return _TwoByteLetters({bytes.fromhex(code).decode("latin-1"): letter for code, letter in pairs.items()})
