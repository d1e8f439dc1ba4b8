"""The formats of files for reviewers.

The libraries of a format are imported when it is first used.
"""

from __future__ import annotations

from dataclasses import dataclass
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from annotator.core.i18n import N_, _
from annotator.review.model.answer import ReturnedFile, ReviewFileError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import BinaryIO

    from annotator.core.labels import LabelSet
    from annotator.review.model.packet import Article, Packet

MAX_RETURNED_MEGABYTES = 256
"""Size above which a file that came back is not read, in units of 1,048,576 bytes."""


@dataclass(frozen=True, slots=True)
class ReviewFormat:
    """A format: its name, its file suffix, what it is good for, and its writer.

    `can_hold_answers` is true if reviewers can answer in the file, so that it can be imported again.
    """

    name: str
    extension: str
    purpose: str
    write: Callable[[Packet, Iterable[Article], BinaryIO], None]
    can_hold_answers: bool = True


def read_returned_file(data: bytes, *, name: str, labels: LabelSet) -> ReturnedFile:
    """Return the answers in the file called `name` with the content `data`, which determines the format.

    Raises:
        ReviewFileError: It cannot be read at all.
    """
    if not data:
        raise ReviewFileError(_("{file} is empty. Ask for it to be sent again.").format(file=name))
    if len(data) > MAX_RETURNED_MEGABYTES << 20:
        template = _(
            "{file} is larger than {megabytes} MB, more than any review file, so it was not opened. Check "
            "that it is the right file."
        )
        raise ReviewFileError(template.format(file=name, megabytes=MAX_RETURNED_MEGABYTES))
    if data.startswith(b"PK"):
        return _read_office(data, name=name, labels=labels)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"{", b"<")):
        from annotator.review.html.reader import read_page_answers  # noqa: PLC0415

        return read_page_answers(data, name=name, labels=labels)
    template = _(
        "{file} is no file that a reviewer sends back: that would be an Excel or Word file, or the answers saved from "
        "the web page."
    )
    raise ReviewFileError(template.format(file=name))


def find_review_format(name: str) -> ReviewFormat | None:
    """Return the format called `name`, or None."""
    return next((one for one in REVIEW_FORMATS if one.name == name), None)


def _read_office(data: bytes, *, name: str, labels: LabelSet) -> ReturnedFile:
    # Names of parts are not compressed, so the bytes of the archive contain them.
    if b"word/document.xml" in data:
        from annotator.review.word.reader import read_docx  # noqa: PLC0415

        return read_docx(data, name=name, labels=labels)
    from annotator.review.excel.reader import read_xlsx  # noqa: PLC0415

    return read_xlsx(data, name=name, labels=labels)


def _write_xlsx(packet: Packet, articles: Iterable[Article], out: BinaryIO) -> None:
    from annotator.review.excel.writer import write_xlsx  # noqa: PLC0415

    write_xlsx(packet, articles, out)


def _write_docx(packet: Packet, articles: Iterable[Article], out: BinaryIO) -> None:
    from annotator.review.word.writer import write_docx  # noqa: PLC0415

    with TemporaryFile() as whole:  # zipfile seeks, which `out` may not allow
        write_docx(packet, articles, whole)
        whole.seek(0)
        copyfileobj(whole, out)


def _write_page(packet: Packet, articles: Iterable[Article], out: BinaryIO) -> None:
    from annotator.review.html.writer import write_page  # noqa: PLC0415

    write_page(packet, articles, out)


def _write_pdf(packet: Packet, articles: Iterable[Article], out: BinaryIO) -> None:
    from annotator.review.html.pdf import write_pdf  # noqa: PLC0415

    write_pdf(packet, articles, out)


REVIEW_FORMATS: tuple[ReviewFormat, ...] = (
    ReviewFormat("xlsx", ".xlsx", N_("an Excel workbook: one row an annotation, with verdicts to choose"), _write_xlsx),
    ReviewFormat("docx", ".docx", N_("a Word document: the articles, a comment on each annotation"), _write_docx),
    ReviewFormat("html", ".html", N_("a web page for any browser, without a network"), _write_page),
    ReviewFormat("pdf", ".pdf", N_("pages to read, print and sign"), _write_pdf, can_hold_answers=False),
)
