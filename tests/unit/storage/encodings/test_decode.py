from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.storage.encodings.decode import DECODERS, Decoded, decode, find_file_kind

ARTICLE = "Đến năm 2030, tỷ trọng kinh tế số đạt trên 30%.\nÔng Nguyễn Văn A nói: “Được!” 👍"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (ARTICLE.encode(), "utf-8"),
        (codecs.BOM_UTF8 + ARTICLE.encode(), "utf-8"),
        (ARTICLE.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + ARTICLE.encode("utf-16-be"), "utf-16"),
        (ARTICLE.encode("utf-32"), "utf-32"),
        (codecs.BOM_UTF32_BE + ARTICLE.encode("utf-32-be"), "utf-32"),
    ],
)
def test_what_is_certain_has_no_warning(data: bytes, encoding: str) -> None:
    """UTF-8, and UTF-16 and UTF-32 with a mark, are read without the mark and without a warning."""
    assert Decoded(ARTICLE, encoding) == decode(data)
    assert find_file_kind(data) is None


def test_windows_1258_is_guessed_and_told() -> None:
    """Combining accents stay as they are; the warning names the encoding and says to check."""
    text = "Vi\u00ea\u0323t Nam \u0111o\u0323c"
    decoded = decode(text.encode("cp1258"))
    assert (text, "windows-1258") == (decoded.text, decoded.encoding)
    assert "not UTF-8; it was read as Windows-1258. Check the accents" in decoded.warning


def test_bytes_that_windows_lacks_are_latin_1() -> None:
    """Something is always shown."""
    decoded = decode(b"caf\xe9 \x9d")
    assert (decoded.text, decoded.encoding) == ("café \x9d", "latin-1")
    assert "ISO 8859-1" in decoded.warning


def test_a_bad_byte_does_not_spoil_utf8() -> None:
    """UTF-8 cut in the middle of a letter, or with a bad byte, stays UTF-8 and says so."""
    decoded = decode((ARTICLE * 2).encode()[:-1] + b"\xff")
    assert decoded.text.startswith(ARTICLE)
    assert decoded.encoding == "utf-8"
    assert "not UTF-8; they show as \ufffd" in decoded.warning


def test_damaged_utf16_is_told() -> None:
    """Half a character at the end is shown as such."""
    decoded = decode(ARTICLE.encode("utf-16")[:-1])
    assert ARTICLE[:-1] == decoded.text.rstrip("\ufffd")
    assert "not UTF-16" in decoded.warning


def test_an_encoding_can_be_chosen() -> None:
    """A choice is not doubted; what means nothing in it is shown and told; a name that is not known is an error."""
    assert Decoded("é", "latin-1", is_certain=False) == decode(b"\xe9", encoding="latin-1")
    assert Decoded("ab", "utf-16-le", is_certain=False) == decode(b"a\0b\0", encoding="utf-16-le")
    for name, title in (("utf-8", "UTF-8"), ("windows-1258", "Windows-1258"), ("tcvn3", "TCVN3 (ABC)")):
        damaged = decode(b"x\x8dy", encoding=name)
        assert damaged.text == "x\ufffdy"
        assert f"Some places in the file are not {title}; they show as \ufffd." in damaged.warning
    assert decode("\ufffd".encode(), encoding="utf-8").warning == ""
    with pytest.raises(KeyError):
        decode(b"x", encoding="klingon")


@pytest.mark.parametrize("encoding", sorted(DECODERS))
def test_each_line_end_counts_once(encoding: str) -> None:
    """CR LF and CR alone become a line feed in each encoding; other separators stay."""
    codec = encoding if encoding.startswith("utf") else "ascii"
    data = "a\r\nb\rc\n\r\n\fd".encode(codec)
    assert decode(data, encoding=encoding).text == "a\nb\nc\n\n\fd"


@given(st.binary(max_size=200))
def test_no_bytes_crash_it(data: bytes) -> None:
    """Any bytes give text without zeros, carriage returns and lone surrogates, or are said to be no text."""
    if find_file_kind(data) is None:
        try:
            decoded = decode(data)
        except ValueError:
            return
        assert decoded.text.encode("utf-8") is not None
        assert not set("\r\0") & set(decoded.text)


@given(st.text(alphabet=st.characters(exclude_characters="\0\r\ufeff", exclude_categories=["Cs"])))
def test_utf8_text_comes_back(text: str) -> None:
    """Text of any script is kept as it is, without composing."""
    assert Decoded(text, "utf-8") == decode(text.encode())


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
        (b"\n %PDF-1.7", "a PDF"),
        (b"PK\x03\x04 [Content_Types].xml word/document.xml", "a Word document"),
        (b"PK\x03\x04 [Content_Types].xml xl/workbook.xml", "an Excel workbook"),
        (b"PK\x03\x04 readme", "a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture"),
        (b"{\\rtf1 x}", "a Rich Text document"),
        (b"text\0text", "a binary file"),
        (b"\x01\x02" * 10 + b"x" * 100, "a binary file"),
    ],
)
def test_what_is_not_text_is_named(data: bytes, kind: str) -> None:
    """The person reads what the file looks like."""
    assert kind == find_file_kind(data)


@pytest.mark.parametrize("data", [b"", b"RIFF is a word", b"ID3: a card", b"a\tb\x0c\x1a", b"\x01" + b"x" * 99])
def test_text_is_not_taken_for_something_else(data: bytes) -> None:
    """A first word that looks like a mark, or a stray control, does not make a file binary."""
    assert find_file_kind(data) is None
