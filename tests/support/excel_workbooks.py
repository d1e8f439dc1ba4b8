"""Packets and articles for workbooks, and a reviewer's edits of them by openpyxl."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from annotator.core.document import BlockKind
from annotator.core.span import Span
from annotator.review.excel.reader import read_xlsx
from annotator.review.excel.writer import write_xlsx
from annotator.review.model.packet import Article, LabelEntry, Packet, Paragraph, ReviewItem
from annotator.storage.workspace.label_set import load_builtin_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from annotator.review.model.answer import ReturnedFile

LABELS = load_builtin_labels()
FIRST = 3
"""The number of the first row below the header."""

_SENTENCES = (
    "Đến năm 2030, tỷ trọng kinh tế số trong GRDP đạt trên 30%, thu nhập bình quân đầu người đạt 5.000 USD.",
    "Tỉnh chọn hạ tầng cửa khẩu số làm khâu đột phá, ưu tiên bố trí vốn ngay trong năm 2026.",
    "“Không thể chậm hơn nữa”, ông Trần Văn Bình, Giám đốc Sở Khoa học và Công nghệ, nói.",
)
_FIELDS: tuple[dict[str, str], ...] = (
    {"Chỉ tiêu": "tỷ trọng kinh tế số trong GRDP", "So sánh": "> trên", "Giá trị": "30", "Đơn vị": "%"},
    {"Lĩnh vực": "hạ tầng cửa khẩu số"},
    {"Người nói": "Trần Văn Bình", "Chức vụ": "Giám đốc"},
)


def packet(language: str = "vi", *, by: str = "Nguyễn Thị Mai") -> Packet:
    """Return the packet that all articles of a workbook share."""
    labels = tuple(
        LabelEntry(one.key, one.name(language), one.letter(language), one.hint(language), one.colour) for one in LABELS
    )
    return Packet("Kinh tế số 2026", "2026-05-13T09:12:44+07:00", language, labels, by)


def item(number: int, **changes: object) -> ReviewItem:
    """Return the annotation with this number: a target, a breakthrough and an opinion in turn."""
    kind = number % len(_SENTENCES)
    contents: dict[str, object] = {
        "id": f"k{number:05}",
        "span": Span(100 * number, 100 * number + 90),
        "number": number + 1,
        "labels": (("target",), ("breakthrough",), ("opinion",))[kind],
        "text": f"{_SENTENCES[kind][:-1]} ({number}).",
        "before": _SENTENCES[kind - 1],
        "after": _SENTENCES[kind - 2],
        "fields": _FIELDS[kind],
        "note": "Xem Nghị quyết số 57." if number % 5 == 4 else "",
        "changed": f"2026-05-{number % 28 + 1:02}T08:30:00+07:00",
    }
    return ReviewItem(**{**contents, **changes})  # type: ignore[arg-type]  # by the names of the fields


def article(items: Iterable[ReviewItem], *, file: str = "lang-son.txt", owner: str = "") -> Article:
    """Return a document with these annotations."""
    kept = tuple(items)
    return Article(
        file=file,
        title=f"Bài {file}: Lạng Sơn đặt mục tiêu kinh tế số",
        text="",
        sha256="ab" * 32,
        annotator=owner,
        status="in progress",
        sentences=4 * len(kept),
        decided=3 * len(kept),
        paragraphs=(Paragraph(BlockKind.PARAGRAPH, Span(0, 0), ()),),
        items=kept,
    )


def many(documents: int, each: int, *, owner: str = "") -> Iterator[Article]:
    """Yield `documents` documents with `each` annotations."""
    for number in range(documents):
        items = (item(number * each + place) for place in range(each))
        yield article(items, file=f"2026/bai-{number:04}.txt", owner=owner)


def written(articles: Iterable[Article], language: str = "vi") -> bytes:
    """Return the workbook for these articles."""
    out = io.BytesIO()
    write_xlsx(packet(language), articles, out)
    return out.getvalue()


def open_workbook(data: bytes) -> Workbook:
    """Return the workbook as openpyxl loads it, to be inspected or filled in."""
    return load_workbook(io.BytesIO(data))


def save_workbook(book: Workbook) -> bytes:
    """Return the bytes of the workbook as the reviewer saves it."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes) -> ReturnedFile:
    """Read the answers in a file."""
    return read_xlsx(data, name="lan.xlsx", labels=LABELS)


def places(sheet: Worksheet) -> dict[str, int]:
    """Return the column numbers by key, from 1."""
    return {str(cell.value).split(".")[1]: cell.column for cell in sheet[1] if cell.value}


def fill(sheet: Worksheet, row: int, **words: object) -> None:
    """Set cells of a row, by column key."""
    columns = places(sheet)
    for key, value in words.items():
        sheet.cell(row, columns[key]).value = value  # type: ignore[assignment]  # whatever a cell can hold


def fill_answers(data: bytes, answers: Mapping[int, Mapping[str, object]], *, sheet: str = "Câu đã gán") -> bytes:
    """Return the workbook with `answers` filled in, by row number."""
    book = open_workbook(data)
    for row, words in answers.items():
        fill(book[sheet], row, **words)
    return save_workbook(book)
