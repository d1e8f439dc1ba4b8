"""Safe loading of a workbook that came back.

Nothing in it is calculated, followed or run: formulas are text, links and macros are ignored, and what unpacks to too
much is refused before it is read.
"""

from __future__ import annotations

import re
import warnings
from contextlib import contextmanager
from datetime import UTC
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from annotator.core.i18n import _
from annotator.review.excel.rows import ReturnedWorkbook
from annotator.review.model.answer import ReviewFileError
from annotator.review.model.office_archive import check_archive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl import Workbook

MAX_UNPACKED_BYTES = 1 << 30
"""Most bytes of an unpacked workbook; one of 100,000 rows has a sixth of that."""

# An element `f` with any prefix. The workbook is loaded a second time for formulas, so only if there are any.
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_PROPERTIES = "docProps/core.xml"
_CHUNK_SIZE = 1 << 20
_OVERLAP = 40  # bytes; a tag may span two pieces
_DAMAGE_ERRORS = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    InvalidFileException,
    LookupError,
    OSError,
    ParseError,
    SyntaxError,
    TypeError,
    ValueError,
)  # openpyxl reports a malformed part by any of these


@contextmanager
def open_workbook(data: bytes, *, name: str) -> Iterator[ReturnedWorkbook]:
    """Yield the workbook called `name` with the content `data`, readable while the context lasts.

    Raises:
        ReviewFileError: It is unsafe, damaged, or not a workbook.
    """
    check_archive(data, name=name, needed="xl/workbook.xml", max_bytes=MAX_UNPACKED_BYTES)
    books: list[Workbook] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of drop-downs and styles that it would not save
            books.append(_load(data, data_only=True))
            if _has_formulas(data):
                books.append(_load(data, data_only=False))
            shown, written = books[0], books[1] if len(books) > 1 else None
            saved = _find_save_time(shown) if _has_save_time(data) else ""
            yield ReturnedWorkbook(shown, written, saved=saved, saved_by=_get_saved_by(shown))
    except _DAMAGE_ERRORS as error:
        template = _("{file} is damaged, or no file of this kind ({reason}). Ask for it to be sent again.")
        raise ReviewFileError(template.format(file=name, reason=error)) from error
    finally:
        for book in books:
            book.close()


def _load(data: bytes, *, data_only: bool) -> Workbook:
    return load_workbook(BytesIO(data), read_only=True, data_only=data_only, keep_links=False)


def _has_save_time(data: bytes) -> bool:
    """Return whether the file says when it was saved; otherwise openpyxl returns the present time."""
    with ZipFile(BytesIO(data)) as archive:
        return _PROPERTIES in archive.namelist() and b":modified" in archive.read(_PROPERTIES)


def _find_save_time(book: Workbook) -> str:
    when = book.properties.modified
    return when.replace(tzinfo=UTC).isoformat(timespec="seconds") if when is not None else ""


def _get_saved_by(book: Workbook) -> str:
    """Return who saved it last, unless that is who made it."""
    name = (book.properties.lastModifiedBy or "").strip()
    return name if name != (book.properties.creator or "").strip() else ""


def _has_formulas(data: bytes) -> bool:
    with ZipFile(BytesIO(data)) as archive:
        return any(_holds_formula(archive, name) for name in archive.namelist() if name.startswith("xl/worksheets/"))


def _holds_formula(archive: ZipFile, name: str) -> bool:
    tail = b""
    with archive.open(name) as part:
        while piece := part.read(_CHUNK_SIZE):
            if _FORMULA.search(tail + piece):
                return True
            tail = piece[-_OVERLAP:]
    return False
