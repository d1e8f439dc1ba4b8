"""Safety check of an office file that came back.

A Word or Excel file is a ZIP archive of XML parts. Refused before any library reads it is one that would unpack to too
much, has parts with deceptive names, is encrypted, or declares a document type (which makes parsers expand entities or
fetch files). Nothing is unpacked to the disk; pictures, macros and links are never looked at.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from annotator.core.i18n import _
from annotator.review.model.answer import ReviewFileError

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

MAX_PARTS = 10_000
"""Most parts of a file."""

_CHUNK_SIZE = 1 << 20
# zipfile reports damage, unknown compression and passwords by any of these.
_DAMAGE_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
# In each encoding that an XML parser detects, since the text is searched undecoded.
_DECLARATIONS = tuple(
    word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_LONGEST = max(map(len, _DECLARATIONS))
_TEXT = (".xml", ".rels", ".vml")


def check_archive(data: bytes, *, name: str, needed: str, max_bytes: int) -> None:
    """Refuse `data`, the file called `name`, unless it is a sound archive with a part called `needed`.

    `max_bytes` limits the unpacked size of all parts together.

    Raises:
        ReviewFileError: It is refused; the message says why and what to do.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_parts(archive, name=name, needed=needed)
            _check_contents(archive, name=name, max_bytes=max_bytes)
    except _DAMAGE_ERRORS as error:
        template = _("{file} is damaged, or no file of this kind ({reason}). Ask for it to be sent again.")
        raise ReviewFileError(template.format(file=name, reason=error)) from error


def _check_parts(archive: ZipFile, *, name: str, needed: str) -> None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MAX_PARTS:
        template = _(
            "{file} has {count} parts, more than any review file, so it was not opened. Check that it is the "
            "right file."
        )
        raise ReviewFileError(template.format(file=name, count=len(parts)))
    # Bit 0 of the general purpose flags: encrypted.
    if any(part.flag_bits & 1 for part in parts):
        raise ReviewFileError(_("{file} has a password. Save it without one, then read it again.").format(file=name))
    # Of two parts with one name, a checker and a reader may see different ones.
    if len(set(names)) < len(names) or any(_is_deceptive(part) for part in names):
        template = _(
            "{file} has parts with deceptive names. It is not read; ask for it to be saved anew and sent again."
        )
        raise ReviewFileError(template.format(file=name))
    if needed not in names:
        template = _(
            "{file} is not a file of the kind that its name says. Choose the file that the reviewer sent back."
        )
        raise ReviewFileError(template.format(file=name))


def _check_contents(archive: ZipFile, *, name: str, max_bytes: int) -> None:
    left = max_bytes
    for part in archive.infolist():
        left -= _measure_part(archive, part, name=name, left=left)


def _measure_part(archive: ZipFile, part: ZipInfo, *, name: str, left: int) -> int:
    """Return the unpacked size of `part`, counted while unpacking: the size in its header may be false."""
    size, tail = 0, b""
    is_text = part.filename.lower().endswith(_TEXT)
    with archive.open(part) as stream:
        while piece := stream.read(_CHUNK_SIZE):
            size += len(piece)
            if size > left:
                template = _(
                    "{file} expands to far more than a review file holds, so it was not opened. Ask for it to "
                    "be saved and sent again."
                )
                raise ReviewFileError(template.format(file=name))
            if is_text:
                joined = tail + piece
                if any(word in joined for word in _DECLARATIONS):
                    template = _(
                        "{file} declares a document type, which Word and Excel never do, so it was not "
                        "opened. Ask for it to be saved as .docx or .xlsx again."
                    )
                    raise ReviewFileError(template.format(file=name))
                tail = joined[-_LONGEST:]  # a word may span two pieces
    return size


def _is_deceptive(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in name or "\0" in name
