"""Workbooks for reviewers, as openpyxl finds them."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from excel_workbooks import FIRST, article, item, many, open_workbook, packet, places, read, written

from annotator.core.colour import contrast_ratio
from annotator.review.excel import table
from annotator.review.excel.writer import ADDITION_ROWS, write_xlsx
from annotator.review.model.answer import ReviewFileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from annotator.review.model.packet import Article

ANSWERS = {"verdict", "new", "comment"}


def cell(sheet: Worksheet, row: int, key: str) -> Cell:
    """The cell of a row by the key of its column."""
    return sheet.cell(row, places(sheet)[key])  # type: ignore[return-value]  # no cell of ours is merged


def hidden(sheet: Worksheet) -> set[str]:
    """The keys of the columns that are not shown."""
    spans = [(one.min or 0, one.max or 0) for one in sheet.column_dimensions.values() if one.hidden]
    numbers = {number for first, last in spans for number in range(first, last + 1)}
    return {key for key, number in places(sheet).items() if number in numbers}


def lists(sheet: Worksheet) -> dict[str, tuple[str, str, str]]:
    """Where something is chosen from a list: the list, and what happens to other words."""
    rules = sheet.data_validations.dataValidation
    return {str(rule.sqref): (str(rule.type), str(rule.formula1), str(rule.errorStyle)) for rule in rules}


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("vi", ["Hướng dẫn", "Câu đã gán", "Bổ sung", "Mục tiêu", "Tài liệu", "Bảng nhãn"]),
        ("en", ["How to answer", "Annotations", "Additions", "Targets", "Documents", "Codebook"]),
        ("fr", ["How to answer", "Annotations", "Additions", "Targets", "Documents", "Codebook"]),
    ],
)
def test_the_sheets_are_in_the_language_of_the_reviewer(language: str, names: list[str]) -> None:
    """In Vietnamese or in English; the first is shown first."""
    book = open_workbook(written(many(2, 3), language))
    assert names == book.sheetnames
    assert book.active is not None
    assert names[0] == book.active.title


def test_a_row_says_all_of_an_annotation() -> None:
    """Its ids in hidden columns, its place, its neighbours, labels with letters, fields, note, day."""
    one = item(0, labels=("target", "opinion"), note="Xem Nghị quyết 57.")
    sheet = open_workbook(written([article([one], owner="mai")]))["Câu đã gán"]
    found = {key: cell(sheet, FIRST, key).value for key in places(sheet)}
    changed = found.pop("changed")
    assert (changed.year, changed.month, changed.day) == (2026, 5, 1)  # type: ignore[union-attr]  # it is a date
    assert {
        "file": "lang-son.txt",
        "owner": "mai",
        "id": "k00000",
        "stood": "target\nopinion",
        "number": 1,
        "document": "lang-son.txt",
        "title": "Bài lang-son.txt: Lạng Sơn đặt mục tiêu kinh tế số",
        "place": 1,
        "before": one.before,
        "text": one.text,
        "after": one.after,
        "labels": "M · Mục tiêu\nÝ · Ý kiến",
        "fields": "Chỉ tiêu: tỷ trọng kinh tế số trong GRDP\nSo sánh: > trên\nGiá trị: 30\nĐơn vị: %",
        "note": "Xem Nghị quyết 57.",
        "annotator": "mai",
        "verdict": None,
        "new": None,
        "comment": None,
    } == found
    assert hidden(sheet) == {"file", "owner", "id", "stood"}
    assert sheet.row_dimensions[1].hidden


def test_columns_in_which_nothing_stands_are_hidden() -> None:
    """Nobody looks at empty columns of fields, notes and annotators."""
    sheet = open_workbook(written([article([item(0, fields={}, note="")])]))["Câu đã gán"]
    assert hidden(sheet) >= {"fields", "note", "annotator"}


def test_the_header_stays_and_rows_can_be_filtered_and_printed() -> None:
    """Frozen, with filters, repeated on each page, as wide as the page."""
    book = open_workbook(written(many(2, 5)))
    for name in ("Câu đã gán", "Bổ sung", "Mục tiêu", "Tài liệu", "Bảng nhãn"):
        sheet = book[name]
        assert sheet.freeze_panes == "A3"
        assert str(sheet.auto_filter.ref).startswith("A2:")
        assert sheet.print_title_rows == "$1:$2"
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter is not None
        assert sheet.oddFooter.right is not None
        assert "&P" in str(sheet.oddFooter.right.text)


def test_only_the_cells_of_the_reviewer_are_unlocked() -> None:
    """Without a password; filters, widths and heights can be used all the same."""
    book = open_workbook(written(many(2, 5)))
    for sheet in book.worksheets:
        protection = sheet.protection
        assert (protection.sheet, protection.password) == (True, None)
        assert protection.formatColumns is False  # what is False is not forbidden
        unlocked = {place.coordinate for row in sheet.iter_rows() for place in row if not place.protection.locked}
        if sheet.title == "Hướng dẫn":
            assert len(unlocked) == 1
            continue
        assert (protection.autoFilter, protection.sort) == (False, False)
        keys = {str(sheet[f"{re.sub(r'[0-9]', '', one)}1"].value).split(".")[1] for one in unlocked}
        rows = {int(re.sub(r"[A-Z]", "", one)) for one in unlocked}
        assert {"Câu đã gán": ANSWERS, "Bổ sung": {"document", "text", "new", "comment"}}.get(
            sheet.title, set()
        ) == keys
        if sheet.title == "Câu đã gán":
            assert set(range(FIRST, FIRST + 10)) == rows
        if sheet.title == "Bổ sung":
            assert set(range(FIRST, FIRST + ADDITION_ROWS)) == rows


def test_verdicts_labels_and_documents_are_chosen_from_lists() -> None:
    """Several labels can be typed all the same: the reviewer is asked, not stopped."""
    book = open_workbook(written(many(3, 2)))
    assert lists(book["Câu đã gán"]) == {
        "Q3:Q8": ("list", '"Đồng ý,Sửa,Bỏ"', "None"),
        "R3:R8": ("list", "'Bảng nhãn'!$B$3:$B$5", "warning"),
    }
    assert lists(book["Bổ sung"]) == {
        "B3:B202": ("list", "'Tài liệu'!$A$3:$A$5", "None"),
        "D3:D202": ("list", "'Bảng nhãn'!$B$3:$B$5", "warning"),
    }
    assert [book["Bảng nhãn"][f"B{row}"].value for row in (3, 4, 5)] == ["Mục tiêu", "Đột phá", "Ý kiến"]


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://x")',
    "{=1}",
    "007",
    "1e5",
    "https://a.vn",
]


@pytest.mark.parametrize("words", FORMULAS)
def test_no_text_is_a_formula_a_number_or_a_link(words: str) -> None:
    """Whatever it begins with, wherever it stands."""
    everywhere = item(
        0, text=words, before=words, after=words, note=words, fields={words: words}, id=words, changed=words
    )
    data = written([article([everywhere], file=words, owner=words)])
    sheet = open_workbook(data)["Câu đã gán"]
    for key in ("text", "before", "after", "note", "id", "file", "owner", "document", "annotator", "changed"):
        one = cell(sheet, FIRST, key)
        assert (one.data_type, one.value) == ("s", words.replace("\r", "\n"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            assert b"<f>" not in part
            assert b"<f " not in part
            assert b'TargetMode="External"' not in part


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a\x00b\x0bc\x1b", "a␀b␋c␛"),
        ("\x7f\x85\x9f", "␡\n\ufffd"),
        ("một\ud800hai", "một\ufffdhai"),
        ("\ufffe\uffff", "\ufffd\ufffd"),
        ("<r><t>chữ</t></r>", "<r><t>chữ</t></r> "),
        ("<r></sheetData>&amp;</r>", "<r></sheetData>&amp;</r> "),
        ("  hai đầu  ", "  hai đầu  "),
        ("một\r\nhai\rba", "một\nhai\nba"),
        ("e\u0302\u0323 🙂 각", "e\u0302\u0323 🙂 각"),
    ],
)
def test_what_a_cell_cannot_hold_is_shown_by_a_sign(words: str, shown: str) -> None:
    """The file is sound, and nobody takes it that something was left out; markup of the library is text."""
    sheet = open_workbook(written([article([item(0, text=words)])]))["Câu đã gán"]
    assert shown == cell(sheet, FIRST, "text").value


def test_escapes_of_the_format_are_text() -> None:
    """What looks like one comes back as it was."""
    data = written([article([item(0, text="_x0041_ và _x000D_")])])
    book = open_workbook(data)
    cell(book["Câu đã gán"], FIRST, "comment").value = "có"
    out = io.BytesIO()
    book.save(out)
    assert read(out.getvalue()).answers[0].text == "_x0041_ và _x000D_"


@pytest.mark.parametrize("letter", ["ă", "🙂"])
def test_what_is_longer_than_a_cell_ends_with_a_sentence(letter: str) -> None:
    """It says how much is left out; the cell is as full as it can be."""
    sheet = open_workbook(written([article([item(0, text=letter * 40_000)])]))["Câu đã gán"]
    words = str(cell(sheet, FIRST, "text").value)
    kept = words.count(letter) if letter == "🙂" else len(words.partition("…")[0])
    assert words.endswith(f"… [đã lược {40_000 - kept} ký tự; xem toàn văn trong tài liệu]")
    assert 32_760 < len(words.encode("utf-16-le")) // 2 <= 32_767


def test_every_text_can_be_read_on_its_ground() -> None:
    """The contrast is at least 4.5, whatever the colours of the labels."""
    book = open_workbook(written([*many(1, 6), article([item(7, labels=("unknown",))], file="b.txt")]))
    checked = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for one in row:
                if one.value is not None and one.fill.fgColor.type == "rgb" and one.fill.patternType == "solid":
                    checked += 1
                    ink, ground = one.font.color.rgb[2:], one.fill.fgColor.rgb[2:]
                    assert contrast_ratio(f"#{ink}", f"#{ground}") >= 4.5, one.coordinate
    assert checked > 100


def test_rows_have_the_colour_of_their_label() -> None:
    """Each label another, the cell that names it stronger."""
    sheet = open_workbook(written(many(1, 3)))["Câu đã gán"]
    grounds = {str(cell(sheet, row, key).fill.fgColor.rgb) for row in (3, 4, 5) for key in ("text", "labels")}
    assert len(grounds) == 6


def test_the_register_of_targets_has_the_fields_of_all() -> None:
    """Each field is a column, in the order in which the label asks for them."""
    first = item(0, fields={"Chỉ tiêu": "GRDP", "Giá trị": "8"})
    second = item(3, fields={"Chỉ tiêu": "FDI", "So sánh": "trên", "Giá trị": "9", "Thời hạn": "2030"})
    sheet = open_workbook(written([article([first, item(1), second])]))["Mục tiêu"]
    rows = [[one.value for one in row] for row in sheet.iter_rows(min_row=2)]
    assert [
        ["STT", "Tài liệu", "Câu", "Chỉ tiêu", "So sánh", "Giá trị", "Thời hạn"],
        [1, "lang-son.txt", first.text, "GRDP", None, "8", None],
        [2, "lang-son.txt", second.text, "FDI", "trên", "9", "2030"],
    ] == rows


def test_fields_without_end_share_a_column() -> None:
    """A document with a thousand names of fields makes no thousand columns, and loses none."""
    sheet = open_workbook(written([article([item(0, fields={f"f{number}": "x" for number in range(1000)})])]))[
        "Mục tiêu"
    ]
    assert sheet.max_column == 28
    assert str(sheet.cell(FIRST, 28).value).endswith("\nf999: x")


def test_documents_say_how_far_they_are() -> None:
    """Status, counts and the share decided; a label that the set does not have counts among the others."""
    book = open_workbook(written([article([item(0), item(1), item(2, labels=("risk",))], owner="mai"), *many(1, 1)]))
    rows = [[one.value for one in row] for row in book["Tài liệu"].iter_rows(min_row=2)]
    assert rows[0][-4:] == ["Mục tiêu", "Đột phá", "Ý kiến", "Nhãn khác"]
    assert rows[1][:4] == ["lang-son.txt (mai)", "mai", 1, "lang-son.txt"]
    assert rows[1][5:] == ["mai", "Đang làm", 12, 9, 0.75, 1, 1, None, 1]


def test_the_guide_says_who_sends_what() -> None:
    """Title, folder, sender, day, contents, and a cell for the name of the reviewer."""
    words = [
        one.value for row in open_workbook(written(many(2, 3)))["Hướng dẫn"].iter_rows() for one in row if one.value
    ]
    assert {"Kinh tế số 2026", "Nguyễn Thị Mai", "2 tài liệu, 6 câu đã gán", "Người góp ý", "M · Mục tiêu"} <= set(
        words
    )


def test_the_file_says_what_it_is() -> None:
    """Its title, who sends it and when, in UTC as the format has it."""
    properties = open_workbook(written(many(1, 1))).properties
    assert (properties.title, properties.creator) == ("Câu đã gán: Kinh tế số 2026", "Nguyễn Thị Mai")
    assert str(properties.created) == "2026-05-13 02:12:44"


def test_nothing_to_review_is_a_sound_workbook() -> None:
    """With headers and no rows."""
    assert open_workbook(written([]))["Câu đã gán"].max_row == 2
    assert (read(written([])).unanswered, read(written([])).troubles) == (0, ())


def test_more_rows_than_a_sheet_can_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a sentence; no row is left out in silence, and nothing is written."""
    monkeypatch.setattr(table, "MAX_ROWS", 5)
    out = io.BytesIO()
    with pytest.raises(ReviewFileError, match="“Câu đã gán” would have more rows"):
        write_xlsx(packet(), many(1, 4), out)
    assert out.getvalue() == b""


def test_articles_that_break_off_leave_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither half a file nor texts in the folder for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def broken() -> Iterator[Article]:
        yield from many(1, 3)
        raise InterruptedError

    out = io.BytesIO()
    with pytest.raises(InterruptedError):
        write_xlsx(packet(), broken(), out)
    assert (out.getvalue(), list(tmp_path.iterdir())) == (b"", [])


def test_the_seed_goes_out_whole(seed: Path) -> None:
    """Each sentence of the user's own article stands in its cell as it is."""
    lines = [line for line in seed.read_text("utf-8").splitlines() if line.strip()]
    items = [item(number, text=line) for number, line in enumerate(lines)]
    sheet = open_workbook(written([article(items)]))["Câu đã gán"]
    assert lines == [cell(sheet, FIRST + number, "text").value for number in range(len(lines))]


def test_a_label_with_any_name_and_colour_goes_out() -> None:
    """A hostile label set makes a sound file, in which its names are texts."""
    shared = packet()
    label = shared.labels[0]._replace(name="=Tên, <b>", colour="javascript:", hint='"' * 300)
    out = io.BytesIO()
    write_xlsx(replace(shared, labels=(label,)), many(1, 1), out)
    shown = open_workbook(out.getvalue())["Bảng nhãn"]["B3"]
    assert (shown.data_type, shown.value) == ("s", "=Tên, <b>")
