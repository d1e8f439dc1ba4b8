from __future__ import annotations

import errno
import hashlib
import os
from typing import TYPE_CHECKING, Any

import pytest

from annotator.core.document import Document
from annotator.storage.documents import reader
from annotator.storage.documents.reader import DocumentError, read_document

if TYPE_CHECKING:
    from pathlib import Path


def test_a_document_is_read_as_it_is(tmp_path: Path) -> None:
    """Its name, text with line ends counted once, encoding, and the hash of the bytes on disk."""
    data = "Một.\r\nHai.\n".encode()
    (tmp_path / "a.txt").write_bytes(data)
    expected = Document("a.txt", "Một.\nHai.\n", encoding="utf-8", sha256=hashlib.sha256(data).hexdigest())
    assert expected == read_document(tmp_path / "a.txt")
    assert data == (tmp_path / "a.txt").read_bytes()


def test_a_guess_comes_with_a_warning(tmp_path: Path) -> None:
    """What is not UTF-8 is read all the same, and the document says that it was a guess; a choice needs no warning."""
    (tmp_path / "a.txt").write_bytes("Đo".encode("cp1258"))
    read = read_document(tmp_path / "a.txt")
    assert (read.text, read.encoding) == ("Đo", "windows-1258")
    assert "Check the accents" in read.warning
    assert read_document(tmp_path / "a.txt", encoding="windows-1258").warning == ""


def test_a_choice_that_does_not_fit_is_told(tmp_path: Path) -> None:
    """The sentence names the encoding."""
    (tmp_path / "a.txt").write_bytes("Đo".encode("utf-16-le"))
    with pytest.raises(DocumentError, match=r"a\.txt is not text in VISCII. Save it as text in UTF-8"):
        read_document(tmp_path / "a.txt", encoding="viscii")


def test_who_knows_the_encoding_is_asked_only_in_doubt(tmp_path: Path) -> None:
    """UTF-8 is not asked about; other bytes are, and a name that is not known leaves it at the guess."""
    (tmp_path / "a.txt").write_text("Được", "utf-8")
    (tmp_path / "b.txt").write_bytes(b"N\xad\xedc")
    asked: list[str] = []

    def ask(data: bytes, sha256: str) -> str:
        asked.append(sha256)
        return {b"N\xad\xedc": "tcvn3"}.get(data, "klingon")

    assert read_document(tmp_path / "a.txt", choose_encoding=ask).is_certain
    assert asked == []
    read = read_document(tmp_path / "b.txt", choose_encoding=ask)
    assert (read.text, read.encoding, read.warning, read.is_certain) == ("Nước", "tcvn3", "", False)
    assert asked == [hashlib.sha256(b"N\xad\xedc").hexdigest()]
    assert read.identity == f"{read.sha256} tcvn3"
    (tmp_path / "b.txt").write_bytes(b"Vi\xd6t Nam \xae\xe9c l\xcbp")
    assert "Check the accents" in read_document(tmp_path / "b.txt", choose_encoding=ask).warning


def test_zeros_in_marked_text_are_told(tmp_path: Path) -> None:
    """UTF-16 that is full of zeros is no text."""
    (tmp_path / "a.txt").write_bytes("a\0b".encode("utf-16"))
    with pytest.raises(DocumentError, match="is not text in UTF-16"):
        read_document(tmp_path / "a.txt")


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    """Missing, in a missing folder, or in a file instead of a folder: the same sentence."""
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "a.txt", tmp_path / "gone" / "a.txt", tmp_path / "file" / "a.txt"):
        with pytest.raises(DocumentError, match=r"There is no a\.txt in .*\. It was moved"):
            read_document(path)


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    """A folder, a pipe (without waiting for it), a link in a circle, and a device are told apart from articles."""
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "folder.txt").mkdir()
    sentences = {
        "pipe.txt": "not an ordinary file",
        "loop.txt": "leads back to itself",
        "zero.txt": "not an ordinary file",
        "folder.txt": "is a folder, not a document",
    }
    for name, sentence in sentences.items():
        with pytest.raises(DocumentError, match=sentence):
            read_document(tmp_path / name)


def test_an_empty_document_is_told(tmp_path: Path) -> None:
    """There is nothing to tag in it."""
    (tmp_path / "a.txt").write_bytes(b"")
    with pytest.raises(DocumentError, match=r"a\.txt is empty: there is nothing to tag\."):
        read_document(tmp_path / "a.txt")


def test_the_largest_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As large as the limit is read; a byte more is told, with the limit; one that grows meanwhile as well."""
    monkeypatch.setattr(reader, "_MAX_BYTES", 10)
    (tmp_path / "a.txt").write_bytes(b"x" * 10)
    assert read_document(tmp_path / "a.txt").text == "x" * 10
    (tmp_path / "a.txt").write_bytes(b"x" * 11)
    with pytest.raises(DocumentError, match=r"a\.txt is larger than 64 MB"):
        read_document(tmp_path / "a.txt")
    (tmp_path / "a.txt").write_bytes(b"x" * 10)
    monkeypatch.setattr(os, "read", lambda _handle, _size: b"grown")
    with pytest.raises(DocumentError, match=r"a\.txt is larger than 64 MB"):
        read_document(tmp_path / "a.txt")


def test_fifty_megabytes_are_read(tmp_path: Path) -> None:
    """A large collection in one file opens."""
    piece = "Đến năm 2030.\n"
    count = (50 << 20) // len(piece.encode())
    (tmp_path / "a.txt").write_text(piece * count, encoding="utf-8")
    assert len(piece) * count == len(read_document(tmp_path / "a.txt").text)


def test_a_binary_file_is_told(tmp_path: Path) -> None:
    """The sentence says what it looks like and to copy its text into a text file."""
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.4")
    with pytest.raises(DocumentError, match=r"a\.txt looks like a PDF, not like text\. .* into a text file"):
        read_document(tmp_path / "a.txt")


def test_a_failing_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence gives the system's reason and says to check the disk."""

    def failing(*_args: Any) -> bytes:
        raise OSError(errno.EIO, "no")

    (tmp_path / "a.txt").write_bytes(b"x")
    monkeypatch.setattr(os, "read", failing)
    with pytest.raises(DocumentError, match=r"cannot be read: reading or writing failed\. Check the disk"):
        read_document(tmp_path / "a.txt")


@pytest.mark.parametrize("name", ["a\udcff.txt", "a\nb.txt", "\u202etxt.txt", "đ" * 125 + ".txt"])
def test_any_name_can_be_shown(tmp_path: Path, name: str) -> None:
    """Undecodable bytes and controls in a name are escaped, in the document and in sentences."""
    (tmp_path / name).write_text("x")
    assert read_document(tmp_path / name).name.encode("utf-8").isascii() or name[0] == "đ"
    (tmp_path / name).write_text("")
    with pytest.raises(DocumentError) as caught:
        read_document(tmp_path / name)
    assert str(caught.value).isprintable()


def test_a_name_with_a_zero_is_told(tmp_path: Path) -> None:
    """A name that no file can have gets a sentence as well."""
    with pytest.raises(DocumentError, match="cannot be read"):
        read_document(tmp_path / "a\0.txt")
