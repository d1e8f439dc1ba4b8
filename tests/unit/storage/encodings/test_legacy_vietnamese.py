from __future__ import annotations

import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from legacy_encodings import LETTERS, NAMES, encode, readable
from programs import require_program

from annotator.storage.encodings import legacy_vietnamese
from annotator.storage.encodings.decode import decode
from annotator.storage.encodings.legacy_vietnamese import decode_legacy_vietnamese, find_second_bytes

SENTENCE = "Nước Việt Nam độc lập"


@pytest.mark.parametrize(
    ("data", "name", "text"),
    [
        (b"N\xad\xedc Vi\xd6t Nam \xae\xe9c l\xcbp", "tcvn3", SENTENCE),
        (b"N\xf6\xf4\xf9c Vie\xe4t Nam \xf1o\xe4c la\xe4p", "vni", SENTENCE),
        (b"N\xdf\xbec Vi\xaet Nam \xf0\xb5c l\xa7p", "viscii", SENTENCE),
        (b"N\xdc\xa7c Vi\x8ct Nam \xc7\xb6c l\xc6p", "vps", SENTENCE),
        (b"C\xe9NG Ho\xb5 X\xb7 H\xe9I", "tcvn3", "CộNG Hoà Xã HộI"),
        (b"\xa7\xb6ng, \xa8n, \xa1n, \xa2u, \xa3, \xa4ng, \xa5n, \xa6u", "tcvn3", "Đảng, ăn, Ăn, Âu, Ê, Ông, Ơn, Ưu"),
        (b"T\xc6NH HA\xdbI VA\xc2N, A\xd9", "vni", "TỈNH HẢI VÂN, Á"),
        (b"A\xf9, a\xd9", "vni", "Á, á"),
        (b"\x02NG, \x05NG, \x06NG, K\x14, M\x19, \x1e", "viscii", "ẲNG, ẴNG, ẪNG, KỶ, MỸ, Ỵ"),
        (b"H\x11C, L\x03P, \x10", "vps", "HỌC, LẬP, Ị"),
        (b"\x93\xa7\xf3ng\x94 \x96 \x85", "tcvn3", "“Đúng” – …"),
    ],
)
def test_samples_read_right(data: bytes, name: str, text: str) -> None:
    """Sentences, capitals with their own codes or without, and marks of Windows come out as they were written."""
    assert text == decode_legacy_vietnamese(data, name)


@pytest.mark.parametrize("name", NAMES)
def test_every_letter_comes_back(name: str) -> None:
    """Each letter with each tone in both cases is read as it was written; TCVN3 has small letters for most capitals."""
    read = decode(encode(LETTERS, name), encoding=name).text
    assert readable(LETTERS, name) == unicodedata.normalize("NFC", read)


@pytest.mark.parametrize(("name", "other", "first"), [("viscii", "VISCII", 0), ("tcvn3", "TCVN5712-1", 0xA1)])
def test_tables_are_those_of_iconv(name: str, other: str, first: int) -> None:
    """VISCII is the same in all its bytes; TCVN3 where it has letters, as VN1 has other ones below."""
    require_program("iconv", package="libc-bin")
    data = bytes(range(first, 256))
    asked = subprocess.run(["iconv", "-f", other, "-t", "UTF-8"], input=data, capture_output=True, check=False)
    if asked.returncode:
        pytest.skip(f"this iconv does not know {other}")
    assert asked.stdout.decode() == decode_legacy_vietnamese(data, name)


def test_what_means_nothing_is_shown() -> None:
    """A byte that is no letter, and nothing in Windows-1252, is U+FFFD."""
    assert decode_legacy_vietnamese(b"a\x81b", "tcvn3") == "a\ufffdb"


@given(st.binary(max_size=60), st.sampled_from(legacy_vietnamese.LEGACY_ENCODINGS))
def test_any_bytes_are_read(data: bytes, name: str) -> None:
    """Nothing is refused, and each character comes from one byte, or two where that is told."""
    assert len(decode_legacy_vietnamese(data, name)) == len(data) - len(find_second_bytes(data, name))
