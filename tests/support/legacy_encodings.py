"""Encode Vietnamese in the legacy encodings used before Unicode."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path

NAMES = ("windows-1258", "tcvn3", "vni", "viscii", "vps", "utf-16-le", "utf-16-be")
VOWELS = "aăâeêioôơuưy"
TONES = "\u0300\u0301\u0303\u0309\u0323"
LETTERS = "".join(
    unicodedata.normalize("NFC", vowel + tone) for vowel in (*VOWELS, *VOWELS.upper()) for tone in ("", *TONES)
)
LETTERS += "đĐ"
"""Every letter of Vietnamese with every tone, in both cases."""

_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "\xa0": " "})


def encode(text: str, name: str) -> bytes:
    """Encode `text`; unsupported characters become question marks, and TCVN3 capitals become small letters."""
    text = unicodedata.normalize("NFC", text)
    if name.startswith("utf"):
        return text.encode(name)
    if name == "windows-1258":
        return b"".join(_in_1258(letter) for letter in text)
    codes = _codes(name)
    plain = text.translate(_PLAIN)
    return b"".join(codes.get(one) or codes.get(one.lower()) or one.encode("ascii", "replace") for one in plain)


def readable(text: str, name: str) -> str:
    """Return `text` after a round trip through an encoding."""
    text = unicodedata.normalize("NFC", text)
    if name.startswith("utf"):
        return text
    if name == "windows-1258":
        return "".join(one if b"?" not in _in_1258(one) else "?" for one in text)
    codes = _codes(name)
    plain = text.translate(_PLAIN)
    kept = "".join(one if one.isascii() or one in codes else one.lower() for one in plain)
    return "".join(one if one.isascii() or one in codes else "?" for one in kept)


@cache
def _codes(name: str) -> dict[str, bytes]:
    path = Path(__file__).resolve().parents[2] / "resources" / "encodings" / "letters.json"
    table = json.loads(path.read_text("utf-8"))[name]
    codes: dict[str, bytes] = {}
    for code, letter in (*table["bytes"].items(), *table.get("pairs", {}).items()):
        data = bytes.fromhex(code)
        is_small_mark = len(data) > 1 and data[1] >= 0xE0
        if not (len(data) > 1 and letter.islower() != is_small_mark) and not (name == "tcvn3" and code in _OF_VN2):
            codes[letter] = data
    return codes


_OF_VN2 = {"AF", "BA", "BF", "C0", "C1", "C2", "C3", "C4", "C5", "CD", "D9", "DA", "DB", "E0", "F0", "FF"}


def _in_1258(letter: str) -> bytes:
    apart = unicodedata.normalize("NFD", letter)
    tones = "".join(part for part in apart if part in TONES)
    base = unicodedata.normalize("NFC", "".join(part for part in apart if part not in TONES))
    return (base + tones).encode("cp1258", "replace")
