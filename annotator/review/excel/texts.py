"""Sheets and columns of a workbook for reviewers, with their texts in Vietnamese and English.

Each column has a key in a hidden row above the header, by which it is found again wherever it was moved, whatever its
header says, and in whichever language it was exported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

ANNOTATIONS, ADDITIONS, TARGETS, DOCUMENTS, CODEBOOK, GUIDE = (
    "annotations",
    "additions",
    "targets",
    "documents",
    "codebook",
    "guide",
)


class Column(NamedTuple):
    """A column: its key, its header by language, its width in characters.

    `style` names the format of its cells; a `hidden` column is for the program alone.
    """

    key: str
    names: Mapping[str, str]
    width: float
    style: str = "text"
    hidden: bool = False

    @property
    def is_answer(self) -> bool:
        """True if the reviewer fills it in."""
        return self.style == "answer"


class SheetPlan(NamedTuple):
    """A sheet: its key, its name by language, and the columns that it always has."""

    key: str
    names: Mapping[str, str]
    columns: tuple[Column, ...]

    def find(self, key: str) -> Column | None:
        """Return the column of that key, or None."""
        return next((column for column in self.columns if column.key == key), None)


def _names(vi: str, en: str) -> dict[str, str]:
    return {"vi": vi, "en": en}


_FILE = Column("file", _names("Mã tài liệu", "Document key"), 8, hidden=True)
_DOCUMENT = Column("document", _names("Tài liệu", "Document"), 15, "faint")
_TITLE = Column("title", _names("Tiêu đề", "Title"), 18, "faint")
_NUMBER = Column("number", _names("STT", "No."), 6, "number")
_COMMENT = Column("comment", _names("Lời góp ý", "Comment"), 30, "answer")

SHEETS: dict[str, SheetPlan] = {
    GUIDE: SheetPlan(GUIDE, _names("Hướng dẫn", "How to answer"), ()),
    ANNOTATIONS: SheetPlan(
        ANNOTATIONS,
        _names("Câu đã gán", "Annotations"),
        (
            _FILE,
            Column("owner", _names("Mã người gán nhãn", "Annotator key"), 8, hidden=True),
            Column("id", _names("Mã nhãn đã gán", "Annotation key"), 8, hidden=True),
            Column("stood", _names("Mã nhãn", "Label keys"), 8, hidden=True),
            _NUMBER,
            _DOCUMENT,
            _TITLE,
            Column("place", _names("Câu số", "Sentence no."), 9, "number"),
            Column("before", _names("Câu trước", "Sentence before"), 23, "faint"),
            Column("text", _names("Câu đã gán", "Sentence"), 44, "strong"),
            Column("after", _names("Câu sau", "Sentence after"), 23, "faint"),
            Column("labels", _names("Nhãn", "Labels"), 17, "label"),
            Column("fields", _names("Các trường", "Fields"), 22),
            Column("note", _names("Ghi chú", "Note"), 16),
            Column("annotator", _names("Người gán nhãn", "Annotator"), 12, "faint"),
            Column("changed", _names("Ngày", "Date"), 11, "date"),
            Column("verdict", _names("Lựa chọn", "Verdict"), 12, "answer"),
            Column("new", _names("Nhãn mới", "New label"), 15, "answer"),
            _COMMENT,
        ),
    ),
    ADDITIONS: SheetPlan(
        ADDITIONS,
        _names("Bổ sung", "Additions"),
        (
            _NUMBER,
            Column("document", _names("Tài liệu", "Document"), 28, "answer"),
            Column("text", _names("Câu cần gán nhãn", "Sentence to be labelled"), 70, "answer"),
            Column("new", _names("Nhãn", "Label"), 20, "answer"),
            _COMMENT._replace(width=46),
        ),
    ),
    TARGETS: SheetPlan(
        TARGETS,
        _names("Mục tiêu", "Targets"),
        (_NUMBER, _DOCUMENT, Column("text", _names("Câu", "Sentence"), 56, "strong")),
    ),
    DOCUMENTS: SheetPlan(
        DOCUMENTS,
        _names("Tài liệu", "Documents"),
        (
            Column("choice", _names("Tên để chọn", "Name to choose"), 8, hidden=True),
            Column("owner", _names("Mã người gán nhãn", "Annotator key"), 8, hidden=True),
            _NUMBER,
            Column("document", _names("Tài liệu", "Document"), 30, "strong"),
            Column("title", _names("Tiêu đề", "Title"), 52),
            Column("annotator", _names("Người gán nhãn", "Annotator"), 17),
            Column("status", _names("Tình trạng", "Status"), 13),
            Column("sentences", _names("Số câu", "Sentences"), 11, "number"),
            Column("decided", _names("Đã xử lý", "Decided"), 11, "number"),
            Column("share", _names("Tỷ lệ", "Share"), 9, "share"),
        ),
    ),
    CODEBOOK: SheetPlan(
        CODEBOOK,
        _names("Bảng nhãn", "Codebook"),
        (
            Column("key", _names("Mã nhãn", "Label key"), 8, hidden=True),
            Column("label", _names("Nhãn", "Label"), 26, "label"),
            Column("sign", _names("Chữ cái", "Letter"), 10, "centre"),
            Column("colour", _names("Màu", "Colour"), 14, "swatch"),
            Column("hint", _names("Định nghĩa", "When to use it"), 96),
        ),
    ),
}
"""All sheets by key, in their order in the workbook."""

REVIEWER_KEY = f"{GUIDE}.reviewer"
"""Hidden text left of the reviewer's name."""

REVIEWER = _names("Người góp ý", "Reviewer")
"""Text left of the reviewer's name, by language."""

TEXTS: dict[str, dict[str, str]] = {
    "vi": {
        "cut": "… [đã lược {count} ký tự; xem toàn văn trong tài liệu]",
        "other fields": "Trường khác",
        "other labels": "Nhãn khác",
        "page": "Trang &P/&N",
        "new": "Chưa làm",
        "in progress": "Đang làm",
        "done": "Đã xong",
        "not listed": "Chưa có trong danh sách",
        "verdict": "Xin chọn một mục trong danh sách. Điều muốn nói thêm xin ghi ở cột “Lời góp ý”.",
        "label": "Nhãn này không có trong danh sách. Nếu là nhiều nhãn, xin cách nhau bằng dấu phẩy. Giữ nguyên?",
        "document": "Tài liệu này không có trong danh sách. Xin chọn một tài liệu.",
    },
    "en": {
        "cut": "… [{count} characters left out; the document has them]",
        "other fields": "Other fields",
        "other labels": "Other labels",
        "page": "Page &P of &N",
        "new": "New",
        "in progress": "In progress",
        "done": "Done",
        "not listed": "Not in the list",
        "verdict": "Please choose one from the list. What you want to say besides goes into “Comment”.",
        "label": "This label is not in the list. Several labels have commas between them. Keep it?",
        "document": "This document is not in the list. Please choose one.",
    },
}
"""Texts in cells, margins and messages of the workbook, by language."""


def get_text_language(language: str) -> str:
    """Return `language` if there are texts in it, otherwise English."""
    return language if language in TEXTS else "en"


def get_header_key(sheet: str, column: str) -> str:
    """Return the text in the hidden row above the header of a column."""
    return f"{sheet}.{column}"
