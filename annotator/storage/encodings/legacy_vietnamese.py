"""The Vietnamese encodings of the time before Unicode, by tables. It must not know which of them a file is in.

- TCVN3, also called ABC (the VN3 part of TCVN 5712:1993): one byte a letter. It has capitals with their own codes only
  for Ă Â Ê Ô Ơ Ư Đ; the others came from a second font (.VnTimeH, .VnArialH), so that a file holds the small letter
  where a capital was seen, and it is read as the small letter. Where VN3 has nothing, the letters of VN2 are read,
  which adds capitals and tone marks; the further capitals of VN1 are not, as their bytes hold quotation marks and
  dashes of Windows in the files that there are.
- VNI for Windows: a vowel and a byte for its marks, both in either case, and single bytes for ơ ư í ì ỉ ĩ ị ỵ đ.
- VISCII 1.1 (RFC 1456) and VPS: one byte a letter; six and fourteen capitals have bytes below the space.

What a table does not name is read as Windows-1252 has it; a byte that means nothing there either becomes U+FFFD.
"""

from __future__ import annotations

import codecs
import json
import re
from functools import cache
from typing import TYPE_CHECKING

from annotator.shipped import shipped_path

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES = ("tcvn3", "vni", "viscii", "vps")

_PAIRED = "vni"


def decode_vietnamese(data: bytes, name: str) -> str:
    """The text of ``data`` in the encoding ``name``, one of `NAMES`; what means nothing in it is U+FFFD."""
    if name != _PAIRED:
        return codecs.charmap_decode(data, "replace", _by_byte(name))[0]
    pairs, letters = _pairs(), _by_byte(name)
    return pairs.pattern.sub(
        lambda match: pairs.letters[match[0]] if len(match[0]) == 2 else letters[ord(match[0])], data.decode("latin-1")
    )


def find_seconds(data: bytes, name: str) -> list[int]:
    """Where in ``data`` the second byte of a letter stands, in order."""
    if name != _PAIRED:
        return []
    return [match.start() + 1 for match in _pairs().pattern.finditer(data.decode("latin-1")) if len(match[0]) == 2]


class _Pairs:
    """The letters of two bytes, by these as Latin-1, and the pattern of all that is not ASCII alone."""

    def __init__(self, letters: Mapping[str, str]) -> None:
        self.letters = letters
        marks: dict[str, str] = {}
        for pair in letters:
            marks[pair[0]] = marks.get(pair[0], "") + pair[1]
        pairs = "|".join(f"{base}[{found}]" for base, found in marks.items())
        self.pattern = re.compile(f"{pairs}|[\x80-\xff]")


@cache
def _tables() -> dict[str, dict[str, dict[str, str]]]:
    tables: dict[str, dict[str, dict[str, str]]] = json.loads(
        shipped_path("encodings", "letters.json").read_text("utf-8")
    )
    return tables


@cache
def _by_byte(name: str) -> str:
    """What each of the 256 bytes means."""
    letters = list(bytes(range(256)).decode("cp1252", "replace"))
    for code, letter in _tables()[name]["bytes"].items():
        letters[int(code, 16)] = letter
    return "".join(letters)


@cache
def _pairs() -> _Pairs:
    pairs = _tables()[_PAIRED]["pairs"]
    return _Pairs({bytes.fromhex(code).decode("latin-1"): letter for code, letter in pairs.items()})
