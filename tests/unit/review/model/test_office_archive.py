from __future__ import annotations

import io
import zipfile

import pytest

from annotator.review.model.answer import ReviewFileError
from annotator.review.model.office_archive import MAX_PARTS, check_archive

MEGABYTE = 1 << 20


def packed(*parts: tuple[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def check(data: bytes, *, most_bytes: int = MEGABYTE) -> None:
    """Check it as a Word file."""
    check_archive(data, name="lan.docx", needed="word/document.xml", max_bytes=most_bytes)


SOUND = ("word/document.xml", "<?xml version='1.0'?><w>đột phá &lt;!DOCTYPE</w>".encode())


def test_a_sound_file_is_taken() -> None:
    """With pictures and macros, which nobody opens."""
    check(packed(SOUND, ("word/vbaProject.bin", b"<!DOCTYPE"), ("word/media/image1.png", b"\x89PNG")))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "damaged"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (b"Dear Mai, I agree.", "damaged"),
        (packed(SOUND)[:-30], "damaged"),
        (packed(("xl/workbook.xml", b"<a/>")), "not a file of the kind"),
        (packed(SOUND, ("../../etc/passwd", b"x")), "deceptive"),
        (packed(SOUND, ("/etc/passwd", b"x")), "deceptive"),
        (packed(SOUND, ("C:\\x", b"x")), "deceptive"),
        (packed(SOUND, ("a.xml", b"\0" * (2 * MEGABYTE))), "expands to far more"),
        (packed(SOUND, ("a.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')), "document type"),
        (packed(SOUND, ("a.rels", '<?xml version="1.0"?><!DOCTYPE a>'.encode("utf-16"))), "document type"),
        (packed(SOUND, ("a.xml", b" " * (MEGABYTE - 400) + b"<!DOCTYPE a>")), "document type"),
        (packed(SOUND, *((f"{number}", b"") for number in range(MAX_PARTS))), "parts"),
    ],
)
def test_what_is_not_safe_is_refused_with_a_sentence(data: bytes, words: str) -> None:
    """Damaged, of another kind, a bomb, a path out of it, entities: each is said, naming the file."""
    with pytest.raises(ReviewFileError, match=words) as told:
        check(data)
    assert "lan.docx" in str(told.value)


def test_a_declaration_over_two_pieces_is_seen() -> None:
    """It is found wherever in a part it stands."""
    with pytest.raises(ReviewFileError, match="document type"):
        check(packed(SOUND, ("a.xml", b" " * (MEGABYTE - 4) + b"<!DOCTYPE a>")), most_bytes=4 * MEGABYTE)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_refused() -> None:
    """Of two parts with one name, one program would read the first and another the second."""
    with pytest.raises(ReviewFileError, match="deceptive"):
        check(packed(SOUND, SOUND))


def test_a_size_that_is_untrue_helps_nobody() -> None:
    """What is counted is what comes out, not what the file says about itself."""
    data = bytearray(packed(SOUND, ("a.xml", b"\0" * (3 * MEGABYTE))))
    size = (3 * MEGABYTE).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(ReviewFileError):
        check(bytes(data))


def test_a_password_is_said() -> None:
    """What is encrypted cannot be read, and the sentence says what to do."""
    data = bytearray(packed(SOUND, kind=zipfile.ZIP_STORED))
    data[data.find(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ReviewFileError, match="password"):
        check(bytes(data))
