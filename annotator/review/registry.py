"""Which kinds of file go to reviewers and come back. It must not know how any of them is written or read.

Each kind's libraries are loaded when it is first used.
"""

from __future__ import annotations

from dataclasses import dataclass
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from annotator.core.i18n import _, later
from annotator.review.model.answer import Returned, ReviewFileError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import BinaryIO

    from annotator.core.labels import LabelSet
    from annotator.review.model.packet import Article, Packet

MOST_MEGABYTES = 256
"""The size above which a file that came back is not read, in units of 1,048,576 bytes."""


@dataclass(frozen=True, slots=True)
class ReviewFormat:
    """A kind of file: its name, the end of its files, what it is good for, how it is written.

    ``comes_back`` says whether answers can stand in it.
    """

    name: str
    ending: str
    purpose: str
    write: Callable[[Packet, Iterable[Article], BinaryIO], None]
    comes_back: bool = True


def read_returned(data: bytes, *, name: str, labels: LabelSet) -> Returned:
    """What a reviewer says in the file called ``name``, whose content is ``data``: its kind is seen from that.

    Raises:
        ReviewFileError: it cannot be read at all.
    """
    if not data:
        raise ReviewFileError(_("{file} is empty. Ask for it to be sent again.").format(file=name))
    if len(data) > MOST_MEGABYTES << 20:
        told = _("{file} has more than {megabytes} MB, which no file for reviewers has. It is not read.")
        raise ReviewFileError(told.format(file=name, megabytes=MOST_MEGABYTES))
    if data.startswith(b"PK"):
        return _read_office(data, name=name, labels=labels)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"{", b"<")):
        from annotator.review.html.reader import read_page  # noqa: PLC0415

        return read_page(data, name=name, labels=labels)
    told = _(
        "{file} is no file that a reviewer sends back: that would be an Excel or Word file, or the answers saved from "
        "the web page."
    )
    raise ReviewFileError(told.format(file=name))


def find_review_format(name: str) -> ReviewFormat | None:
    """The kind called ``name``, or None."""
    return next((one for one in REVIEW_FORMATS if one.name == name), None)


def _read_office(data: bytes, *, name: str, labels: LabelSet) -> Returned:
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

    with TemporaryFile() as whole:  # an archive is written to and fro, which ``out`` need not allow
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
    ReviewFormat(
        "xlsx", ".xlsx", later("an Excel workbook: one row an annotation, with verdicts to choose"), _write_xlsx
    ),
    ReviewFormat("docx", ".docx", later("a Word document: the articles, a comment on each annotation"), _write_docx),
    ReviewFormat("html", ".html", later("a web page for any browser, without a network"), _write_page),
    ReviewFormat("pdf", ".pdf", later("pages to read, print and sign"), _write_pdf, comes_back=False),
)
