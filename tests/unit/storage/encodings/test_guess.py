from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from legacy_encodings import NAMES, encode, readable
from repository import DOCUMENTS

from annotator.storage.encodings.decode import decode, find_file_kind
from annotator.storage.encodings.syllables import is_syllable

ARTICLES = "\n".join(
    (DOCUMENTS / name).read_text("utf-8")
    for name in ("cang-xanh-ven-bien.txt", "cao-nguyen-2030.txt", "chuyen-doi-so-xa.txt")
)


def pieces(size: int) -> list[str]:
    """Our articles, cut."""
    return [ARTICLES[at : at + size] for at in range(0, len(ARTICLES) - size, size)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("size", "least"), [(100, 0.99), (300, 1.0), (1000, 1.0)])
def test_the_encoding_is_found(name: str, size: int, least: float) -> None:
    """Of pieces of our articles nearly all are read right, and each that has at least 300 characters."""
    told = [piece for piece in pieces(size) if not piece.isascii()]
    read = [decode(encode(piece, name)) for piece in told]
    right = sum(
        readable(piece, name) == unicodedata.normalize("NFC", found.text)
        for piece, found in zip(told, read, strict=True)
    )
    assert right >= least * len(told)
    assert all(found.warning and not found.is_certain for found in read)


@pytest.mark.parametrize("name", NAMES)
def test_capitals_are_found(name: str) -> None:
    """A text all in capitals, or one of a few words, is found as well."""
    for text in ("NGHỊ QUYẾT CỦA HỘI ĐỒNG NHÂN DÂN TỈNH VỀ PHÁT TRIỂN KINH TẾ", "Đại hội đã thông qua nghị quyết"):
        read = decode(encode(text, name))
        assert (name, readable(text, name)) == (read.encoding, unicodedata.normalize("NFC", read.text))


def test_accents_behind_much_plain_text_are_found() -> None:
    """Words with accents count wherever in a long file they are."""
    data = b"plain words\n" * 100_000 + encode(ARTICLES, "vni") + b"plain words\n" * 100_000
    assert decode(data).encoding == "vni"


@pytest.mark.parametrize(
    "text",
    [
        "Il a été très honoré à la fête du maître, où l’élève français a reçu le prix.",
        "Die größten Städte über Österreich hinaus, schön für Mädchen",
        "Não há informação sobre a situação das eleições em São Paulo, amanhã começarão",
    ],
)
def test_other_languages_are_not_taken_for_vietnamese(text: str) -> None:
    """Western European text is read as Windows wrote it."""
    read = decode(text.encode("cp1252"))
    assert (text, "windows-1252") == (read.text, read.encoding)


def test_wide_text_without_a_mark_is_no_binary_file() -> None:
    """UTF-16 as Windows writes it is text without its mark, too; zeros elsewhere are not."""
    assert find_file_kind(encode(ARTICLES, "utf-16-le")) is None
    assert find_file_kind(encode(ARTICLES, "utf-16-be")) is None
    assert find_file_kind(bytes(range(32)) * 20) is not None
    assert find_file_kind(b"MZ\0\0\1\0\2\0\3\0\4\0" * 50) is not None


@pytest.mark.parametrize(
    "word", ["nghiêng", "quyết", "gì", "giếng", "uống", "khuỷu", "ý", "yêu", "thuở", "đắk", "quốc", "xoắn"]
)
def test_syllables_are_known(word: str) -> None:
    """What is spelt as Vietnamese is."""
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["kà", "ngé", "ghá", "tàc", "bêc", "café", "fố", "ắa", "hoẹcĩ", ""])
def test_what_is_spelt_otherwise_is_no_syllable(word: str) -> None:
    """Letters that cannot stand there, tones that cannot stand before c, ch, p and t."""
    assert not is_syllable(word)


def test_nearly_every_word_of_an_article_is_a_syllable() -> None:
    """The rules are not too narrow: less than one word in a hundred with accents is refused, names and all."""
    words = [
        word for word in "".join(x if x.isalpha() else " " for x in ARTICLES.lower()).split() if not word.isascii()
    ]
    assert sum(not is_syllable(word) for word in words) < len(words) / 100


@given(st.binary(max_size=300))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    """Something is always read, or said to be no text."""
    try:
        found = decode(data)
    except ValueError:
        return
    assert json.dumps(found.text) is not None
