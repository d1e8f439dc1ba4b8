"""First sheet of a workbook for reviewers: what it is, from whom, and how to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.core.verdict import VerdictKind
from annotator.review.excel.cells import find_cell_date, to_cell_text
from annotator.review.excel.styles import ANSWER_LINE, ANSWER_PAPER, FAINT, HEAD, LINE, estimate_row_height
from annotator.review.excel.table import set_up_page
from annotator.review.excel.texts import (
    ADDITIONS,
    ANNOTATIONS,
    CODEBOOK,
    DOCUMENTS,
    REVIEWER,
    REVIEWER_KEY,
    SHEETS,
    TARGETS,
)
from annotator.review.model.verdict_terms import VERDICT_NAMES

if TYPE_CHECKING:
    from annotator.review.excel.styles import CellFormats
    from annotator.review.excel.workbook import CellFormat, Worksheet
    from annotator.review.model.packet import Packet

_TERM, _WIDTH, _WHOLE = 24, 92, 126  # characters: the two columns, and both merged, where wrapping wastes less
_TEXTS = {
    "vi": {
        "title": "Phiếu góp ý gán nhãn",
        "folder": "Thư mục",
        "by": "Người gửi",
        "made": "Ngày gửi",
        "holds": "Nội dung",
        "counts": "{documents} tài liệu, {annotations} câu đã gán",
        "name": "Xin ghi họ tên vào ô này",
        "how": "Cách góp ý",
        "steps": "Mỗi dòng của trang tính “{annotations}” là một câu đã gán nhãn. Xin chọn ở cột “Lựa chọn”:",
        VerdictKind.AGREE: "Nhãn đúng, giữ nguyên.",
        VerdictKind.CHANGE: "Nhãn chưa đúng: xin chọn nhãn ở cột “Nhãn mới”; nhiều nhãn thì cách nhau bằng dấu phẩy.",
        VerdictKind.DROP: "Câu này không cần nhãn nào.",
        "comment": "Lý do hoặc điều muốn nói thêm xin ghi ở cột “Lời góp ý”. Dòng để trống nghĩa là chưa góp ý.",
        "missing": "Câu cần gán nhãn mà chưa có: xin sao chép nguyên câu vào trang tính “{additions}”.",
        "locked": "Chỉ các ô nền vàng nhạt là để điền. Có thể lọc, đổi độ rộng cột; muốn sắp xếp thì bỏ bảo vệ "
        "trang tính (không có mật khẩu).",
        "back": "Xong, xin lưu lại ở dạng Excel (.xlsx) và gửi trả.",
        "back to": "Xong, xin lưu lại ở dạng Excel (.xlsx) và gửi trả cho {by}.",
        "labels": "Các nhãn",
        "sheets": "Các trang tính",
        ANNOTATIONS: "Các câu đã gán nhãn, xin góp ý từng dòng.",
        ADDITIONS: "Các câu đề nghị gán nhãn thêm.",
        TARGETS: "Các mục tiêu theo từng trường, để tra cứu.",
        DOCUMENTS: "Các tài liệu và tiến độ, để tra cứu.",
        CODEBOOK: "Nhãn nào dùng khi nào, để tra cứu.",
    },
    "en": {
        "title": "Review of annotations",
        "folder": "Folder",
        "by": "Sent by",
        "made": "Sent on",
        "holds": "Contents",
        "counts": "documents: {documents}, annotations: {annotations}",
        "name": "Please write your name into this cell",
        "how": "How to answer",
        "steps": "Each row of the sheet “{annotations}” is a sentence with its labels. Please choose under “Verdict”:",
        VerdictKind.AGREE: "The labels are right as they stand.",
        VerdictKind.CHANGE: "Other labels: please choose under “New label”; several have commas between them.",
        VerdictKind.DROP: "This sentence needs no label.",
        "comment": "Reasons, and whatever else you want to say, go under “Comment”. An empty row means no opinion yet.",
        "missing": "A sentence that lacks a label: please copy it, whole, into the sheet “{additions}”.",
        "locked": "Only the pale yellow cells are yours to fill in. You can filter and widen columns; to sort, "
        "unprotect the sheet (there is no password).",
        "back": "When done, please save it as an Excel file (.xlsx) and send it back.",
        "back to": "When done, please save it as an Excel file (.xlsx) and send it back to {by}.",
        "labels": "The labels",
        "sheets": "The sheets",
        ANNOTATIONS: "The sentences with their labels; please judge row by row.",
        ADDITIONS: "Sentences that you would label as well.",
        TARGETS: "The targets, field by field, to look things up.",
        DOCUMENTS: "The documents and how far each is, to look things up.",
        CODEBOOK: "Which label is for what, to look things up.",
    },
}


class WorkbookContents(NamedTuple):
    """Content of the workbook: numbers of documents and annotations, and names of the sheets by key."""

    documents: int
    annotations: int
    sheets: dict[str, str]


def write_guide(
    sheet: Worksheet, packet: Packet, contents: WorkbookContents, *, formats: CellFormats, language: str
) -> None:
    """Write the whole sheet."""
    guide = _Guide(sheet, packet, formats=formats, language=language)
    guide.write_opening(contents)
    guide.write_steps(contents.sheets)
    guide.write_labels()
    guide.write_sheets(contents.sheets)
    sheet.set_column("A:A", 3, None, {"hidden": True})
    sheet.set_column("B:B", 3.5)
    sheet.set_column("C:C", _TERM)
    sheet.set_column("D:D", _WIDTH)
    sheet.hide_gridlines(2)
    # Without a password: protection only guards against slips.
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    set_up_page(sheet, language=language)


class _Guide:
    """Writes the rows of the guide from top to bottom."""

    def __init__(self, sheet: Worksheet, packet: Packet, *, formats: CellFormats, language: str) -> None:
        self._sheet = sheet
        self._packet = packet
        self._formats = formats
        self._language = language
        self._texts = _TEXTS[language]
        self._row = 1
        self._plain = formats.make_plain_format()
        self._term = formats.make_plain_format(font_color=FAINT)
        self._bold = formats.make_plain_format(bold=True)

    def write_opening(self, contents: WorkbookContents) -> None:
        """Write the title, the sender and the extent."""
        texts, packet = self._texts, self._packet
        self._sheet.set_row(self._row, 34)
        flat = {"text_wrap": False, "bold": True, "font_color": HEAD}
        self._write_text(2, texts["title"], self._formats.make_plain_format(font_size=22, **flat))
        self._row += 2
        self._write_line(texts["folder"], packet.folder, self._term, self._bold)
        if packet.by:
            self._write_line(texts["by"], packet.by, self._term)
        when = find_cell_date(packet.made)
        if when is not None:
            shown = self._formats.make_plain_format(
                align="left", num_format="dd/mm/yyyy" if self._language == "vi" else "d mmm yyyy"
            )
            self._write_line(texts["made"], "", self._term)
            self._sheet.write_datetime(self._row - 1, 3, when, shown)
        counts = texts["counts"].format(documents=contents.documents, annotations=contents.annotations)
        self._write_line(texts["holds"], counts, self._term)
        self._row += 1
        self._write_reviewer()

    def write_steps(self, names: dict[str, str]) -> None:
        """Write how to answer, step by step."""
        texts = self._texts
        self._write_section(texts["how"])
        self._write_step(1, texts["steps"].format(annotations=names[ANNOTATIONS]))
        for kind in (VerdictKind.AGREE, VerdictKind.CHANGE, VerdictKind.DROP):
            self._write_line(VERDICT_NAMES[self._language][kind], texts[kind], self._bold)
        self._write_step(2, texts["comment"])
        self._write_step(3, texts["missing"].format(additions=names[ADDITIONS]))
        self._write_step(4, texts["locked"])
        back = texts["back to"].format(by=self._packet.by) if self._packet.by else texts["back"]
        self._write_step(5, back)

    def write_labels(self) -> None:
        """Write each label in its colour, with its hint."""
        self._write_section(self._texts["labels"])
        for label in self._packet.labels:
            dressed = self._formats.get_format("label", label.key)
            self._write_line(
                format_label(label.letter, label.name), label.hint, dressed, self._formats.get_format("text", label.key)
            )

    def write_sheets(self, names: dict[str, str]) -> None:
        """Write the list of sheets."""
        self._write_section(self._texts["sheets"])
        for key in SHEETS:
            if key in names:
                self._write_line(names[key], self._texts[key], self._bold)

    def _write_reviewer(self) -> None:
        frame = {"border": 1, "border_color": ANSWER_LINE, "bg_color": ANSWER_PAPER, "locked": False, "num_format": "@"}
        name = self._formats.make_plain_format(bold=True, valign="vcenter", **frame)
        self._sheet.set_row(self._row, 26)
        self._sheet.write_string(self._row, 0, REVIEWER_KEY)
        self._write_text(2, REVIEWER[self._language], self._formats.make_plain_format(bold=True, valign="vcenter"))
        self._sheet.write_blank(self._row, 3, None, name)
        prompt = {"validate": "any", "input_title": REVIEWER[self._language], "input_message": self._texts["name"]}
        self._sheet.data_validation(f"D{self._row + 1}", prompt)
        self._row += 1

    def _write_section(self, title: str) -> None:
        self._row += 1
        self._sheet.set_row(self._row, 24)
        line = {"bottom": 1, "bottom_color": LINE}
        head = self._formats.make_plain_format(bold=True, font_size=14, font_color=HEAD, text_wrap=False, **line)
        for column in range(1, 4):
            self._sheet.write_blank(self._row, column, None, self._formats.make_plain_format(**line))
        self._write_text(1, title, head)
        self._row += 1

    def _write_step(self, number: int, text: str) -> None:
        self._sheet.set_row(self._row, estimate_row_height([(text, _WHOLE)]))
        self._write_text(1, f"{number}.", self._formats.make_plain_format(bold=True, font_color=HEAD))
        self._sheet.merge_range(f"C{self._row + 1}:D{self._row + 1}", "", self._plain)
        self._write_text(2, text, self._plain)
        self._row += 1

    def _write_line(self, term: str, text: str, style: CellFormat, other: CellFormat | None = None) -> None:
        self._sheet.set_row(self._row, estimate_row_height([(term, _TERM), (text, _WIDTH)]))
        self._write_text(2, term, style)
        if text:
            self._write_text(3, text, other or self._plain)
        self._row += 1

    def _write_text(self, place: int, text: str, style: CellFormat) -> None:
        self._sheet.write_string(self._row, place, to_cell_text(text, language=self._language), style)


def format_label(sign: str, name: str) -> str:
    """Return a label as displayed in a cell: its letter, then its name."""
    return f"{sign} · {name}"
