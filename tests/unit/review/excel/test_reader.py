"""What a reviewer does in a workbook, in every way in which people and programs do it, and what comes back of it."""

from __future__ import annotations

import io
import random
import zipfile
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from excel_workbooks import (
    FIRST,
    LABELS,
    article,
    fill,
    fill_answers,
    item,
    many,
    open_workbook,
    places,
    read,
    save_workbook,
    written,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as PlainWorkbook

from annotator.core.verdict import VerdictKind
from annotator.review.excel.reader import read_xlsx
from annotator.review.model.answer import ReviewFileError
from annotator.review.registry import read_returned_file

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from annotator.review.model.answer import Answer, ReturnedFile

AGREE, CHANGE, DROP, ADD = VerdictKind.AGREE, VerdictKind.CHANGE, VerdictKind.DROP, VerdictKind.ADD


@pytest.fixture(scope="module")
def six() -> bytes:
    """A workbook of two documents with three annotations each: a target, a breakthrough, an opinion."""
    return written(many(2, 3))


@pytest.fixture(scope="module")
def english() -> bytes:
    """The same in English."""
    return written(many(2, 3), "en")


def test_a_file_sent_by_an_older_version_is_read() -> None:
    """Sheets and columns with the words of version 0.1.0 are found by their hidden keys, not by their words."""
    book = open_workbook((Path(__file__).parent / "sent" / "0.1.0-vi.xlsx").read_bytes())
    assert "Chú thích" in book.sheetnames
    fill(book["Chú thích"], FIRST, verdict="Sửa", new="Đột phá", comment="Việc cần làm.")
    fill(book["Bổ sung"], FIRST, document="bai", text="Ông An nói vậy.", new="Ý kiến")
    name = next(row[0].row or 0 for row in book["Hướng dẫn"].iter_rows() if row[2].value == "Người góp ý")
    book["Hướng dẫn"].cell(name, 4).value = "Hoa"
    found = read(save_workbook(book))
    assert [trouble for trouble in found.troubles if trouble.place.startswith("Chú thích")] == []
    assert ("aa1", CHANGE, ("breakthrough",), "Việc cần làm.") in [spoken(one) for one in found.answers]
    assert ("", ADD, ("opinion",), "") in [spoken(one) for one in found.answers]
    assert {one.reviewer for one in found.answers} == {"Hoa"}


def spoken(answer: Answer) -> tuple[str, VerdictKind, tuple[str, ...], str]:
    """What one answer says about which annotation."""
    return answer.id, answer.kind, answer.labels, answer.comment


def said(returned: ReturnedFile) -> list[tuple[str, VerdictKind, tuple[str, ...], str]]:
    """What all answers say."""
    return [spoken(answer) for answer in returned.answers]


def moved(sheet: Worksheet, order: list[int]) -> None:
    """Put the columns of a sheet into another order."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    for number, row in enumerate(rows, 1):
        for place, old in enumerate(order, 1):
            sheet.cell(number, place).value = row[old]


def without_keys(book: Workbook) -> Workbook:
    """The workbook after the hidden rows were deleted."""
    for sheet in book.worksheets[1:]:
        sheet.delete_rows(1)
    return book


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"verdict": "Đồng ý"}, (AGREE, (), "")),
        ({"verdict": "Sửa", "new": "Ý kiến"}, (CHANGE, ("opinion",), "")),
        (
            {"verdict": "Sửa", "new": "Ý kiến, Đột phá", "comment": "cả hai"},
            (CHANGE, ("opinion", "breakthrough"), "cả hai"),
        ),
        ({"verdict": "Bỏ", "comment": "số cũ"}, (DROP, (), "số cũ")),
        ({"verdict": "bo"}, (DROP, (), "")),
        ({"verdict": " ĐỒNG Ý. "}, (AGREE, (), "")),
        ({"verdict": "Agree"}, (AGREE, (), "")),
        ({"verdict": "sửa: đột phá"}, (CHANGE, ("breakthrough",), "")),
        ({"verdict": "Thêm", "new": "Ý kiến"}, (ADD, ("opinion",), "")),
        ({"verdict": "Sửa"}, (CHANGE, (), "")),
        ({"verdict": "Sửa", "comment": "xem lại"}, (CHANGE, (), "xem lại")),
        ({"new": "O"}, (CHANGE, ("opinion",), "")),
        ({"new": "Ý · Ý kiến\nM · Mục tiêu"}, (CHANGE, ("opinion", "target"), "")),
        ({"new": "ĐỘT PHÁ"}, (CHANGE, ("breakthrough",), "")),
        ({"comment": "đồng ý"}, (AGREE, (), "")),
        ({"comment": "Bỏ: số liệu cũ"}, (DROP, (), "số liệu cũ")),
        ({"comment": "sửa: đột phá"}, (CHANGE, ("breakthrough",), "")),
        ({"comment": "sửa: câu này dài"}, (CHANGE, (), "sửa: câu này dài")),
        ({"comment": "Con số này của năm nào?"}, (CHANGE, (), "Con số này của năm nào?")),
        ({"verdict": "Đồng ý", "new": "Mục tiêu"}, (AGREE, (), "")),
        ({"comment": 30}, (CHANGE, (), "30")),
        ({"comment": 2.5}, (CHANGE, (), "2.5")),
        ({"comment": True}, (CHANGE, (), "TRUE")),
        ({"comment": datetime(2030, 12, 31)}, (CHANGE, (), "2030-12-31")),  # noqa: DTZ001  # as cells have it
        ({"comment": "=không phải công thức"}, None),
        ({"labels": "Ý · Ý kiến"}, (CHANGE, ("opinion",), "")),
        ({"labels": "Ý kiến", "verdict": "Sửa"}, (CHANGE, ("opinion",), "")),
        ({"verdict": "có lẽ"}, None),
        ({"new": "Kinh tế"}, None),
        ({"verdict": "Bỏ", "new": "Đột phá"}, None),
        ({"verdict": "Đồng ý", "new": "Đột phá", "comment": "?"}, None),
    ],
)
def test_what_a_row_says(six: bytes, words: dict[str, object], expected: tuple[object, ...] | None) -> None:
    """An answer, or a sentence with the place and all that she wrote; never nothing."""
    found = read(fill_answers(six, {FIRST: words}))
    if expected is None:
        assert found.answers == ()
        assert [trouble.place for trouble in found.troubles] == ["Câu đã gán, row 3"]
        assert all(str(value).lstrip("=") in found.troubles[0].sentence for value in words.values())
    else:
        assert said(found) == [("k00000", *expected)]
        assert found.troubles == ()
    assert found.unanswered == 5


def test_an_answer_says_what_it_is_about(six: bytes) -> None:
    """The document, the words, the labels that stood, where it stands, by whom and when."""
    book = open_workbook(six)
    fill(book["Câu đã gán"], FIRST + 4, verdict="Bỏ")
    name = next(row[0].row or 0 for row in book["Hướng dẫn"].iter_rows() if row[2].value == "Người góp ý")
    book["Hướng dẫn"].cell(name, 4).value = " TS. Lê Thị Lan "
    (answer,) = read(save_workbook(book)).answers
    when = open_workbook(save_workbook(book)).properties.modified
    assert when is not None
    assert (answer.place, answer.file, answer.annotator) == ("Câu đã gán, row 7", "2026/bai-0001.txt", "")
    assert (answer.text, answer.labels_seen) == (item(4).text, ("breakthrough",))
    assert answer.reviewer == "TS. Lê Thị Lan"
    assert datetime.fromisoformat(answer.time).tzinfo is not None


def test_who_saved_it_is_the_reviewer_where_no_name_is_given(six: bytes) -> None:
    """But not if that is who sent it."""
    book = open_workbook(fill_answers(six, {FIRST: {"verdict": "Bỏ"}}))
    assert read(save_workbook(book)).answers[0].reviewer == ""
    book.properties.lastModifiedBy = "Lan"
    assert read(save_workbook(book)).answers[0].reviewer == "Lan"


def test_english_answers(english: bytes) -> None:
    """The same in the other language."""
    found = read(
        fill_answers(
            english,
            {3: {"verdict": "Agree"}, 4: {"verdict": "Change", "new": "Opinion, Target"}, 5: {"verdict": "Drop"}},
            sheet="Annotations",
        )
    )
    assert [(one.kind, one.labels) for one in found.answers] == [
        (AGREE, ()),
        (CHANGE, ("opinion", "target")),
        (DROP, ()),
    ]
    assert (found.troubles, found.unanswered) == ((), 3)


def test_two_annotators_of_one_document() -> None:
    """Whose annotation it is comes back, also for an addition."""
    data = written([article([item(0)], owner="mai"), article([item(0)], owner="hoa")])
    book = open_workbook(fill_answers(data, {3: {"verdict": "Bỏ"}, 4: {"verdict": "Đồng ý"}}))
    fill(book["Bổ sung"], 3, document="lang-son.txt (hoa)", text="Câu mới.", new="Mục tiêu")
    found = read(save_workbook(book))
    assert [(one.annotator, one.kind) for one in found.answers] == [("mai", DROP), ("hoa", AGREE), ("hoa", ADD)]
    assert {one.file for one in found.answers} == {"lang-son.txt"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            {"document": "2026/bai-0001.txt", "text": "Câu mới.", "new": "Mục tiêu"},
            ("2026/bai-0001.txt", ("target",), ""),
        ),
        (
            {"document": "2026/BAI-0001.txt", "text": "Câu.", "new": "M, Ý kiến"},
            ("2026/bai-0001.txt", ("target", "opinion"), ""),
        ),
        (
            {"document": "Bài 2026/bai-0001.txt: Lạng Sơn đặt mục tiêu kinh tế số", "text": "a"},
            ("2026/bai-0001.txt", (), ""),
        ),
        ({"document": "2026/bai-0000.txt", "text": "a", "comment": "xem"}, ("2026/bai-0000.txt", (), "xem")),
        ({"document": "bai-9.txt", "text": "a"}, ("bai-9.txt", (), "")),
        ({"text": "Câu mới.", "new": "Mục tiêu"}, None),
        ({"document": "2026/bai-0001.txt", "new": "Mục tiêu"}, None),
        ({"document": "2026/bai-0001.txt", "text": "Câu.", "new": "Mục đích", "comment": "x"}, None),
        ({"comment": "Thiếu câu về thuế."}, None),
        ({"document": "2026/bai-0001.txt"}, None),
    ],
)
def test_additions(six: bytes, words: dict[str, object], expected: tuple[object, ...] | None) -> None:
    """A sentence with its document, or a sentence that says what is lacking and repeats what was written."""
    found = read(fill_answers(six, {40: words}, sheet="Bổ sung"))
    assert found.unanswered == 6
    if expected is None:
        assert found.answers == ()
        assert [trouble.place for trouble in found.troubles] == ["Bổ sung, row 40"]
        assert all(str(value) in found.troubles[0].sentence for value in words.values())
        return
    (answer,) = found.answers
    assert (answer.kind, answer.id, answer.text) == (ADD, "", words["text"])
    assert (answer.file, answer.labels, answer.comment) == expected


def test_an_addition_to_the_only_document_needs_no_name() -> None:
    """There is but one that can be meant."""
    found = read(fill_answers(written(many(1, 1)), {3: {"text": "Câu mới.", "new": "Ý kiến"}}, sheet="Bổ sung"))
    assert [one.file for one in found.answers] == ["2026/bai-0000.txt"]


ANSWERS: dict[int, dict[str, object]] = {
    3: {"verdict": "Sửa", "new": "Ý kiến", "comment": "vì ông Bình nói"},
    5: {"verdict": "Đồng ý"},
    8: {"verdict": "Bỏ"},
}
SAID = [("k00000", CHANGE, ("opinion",), "vì ông Bình nói"), ("k00002", AGREE, (), ""), ("k00005", DROP, (), "")]


def test_rows_in_another_order(six: bytes) -> None:
    """A sorted sheet says the same."""
    book = open_workbook(fill_answers(six, ANSWERS))
    sheet = book["Câu đã gán"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST)]
    for number, row in enumerate(reversed(rows), FIRST):
        for place, value in enumerate(row, 1):
            sheet.cell(number, place).value = value
    assert said(read(save_workbook(book))) == SAID[::-1]


def test_the_header_sorted_among_the_rows(six: bytes) -> None:
    """Whoever sorts a whole sheet moves the header as well; it is found, and is no answer."""
    book = open_workbook(fill_answers(six, ANSWERS))
    sheet = book["Câu đã gán"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    for number, row in enumerate([*rows[2:], rows[1], rows[0]], 1):
        for place, value in enumerate(row, 1):
            sheet.cell(number, place).value = value
    found = read(save_workbook(book))
    assert (said(found), found.troubles, found.unanswered) == (SAID, (), 3)


def test_rows_that_are_deleted_or_filtered_out(six: bytes) -> None:
    """What is left says the same; hidden rows count."""
    book = open_workbook(fill_answers(six, ANSWERS))
    book["Câu đã gán"].row_dimensions[5].hidden = True
    book["Câu đã gán"].delete_rows(6, 2)
    found = read(save_workbook(book))
    assert (said(found), found.troubles, found.unanswered) == (SAID, (), 1)


@pytest.mark.parametrize("keeps_keys", [True, False])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_columns_that_are_moved(*, keeps_keys: bool, language: str) -> None:
    """They are found by the hidden keys, or by their headers in either language."""
    sheet = {"vi": "Câu đã gán", "en": "Annotations"}[language]
    book = open_workbook(fill_answers(written(many(2, 3), language), ANSWERS, sheet=sheet))
    order = list(range(19))
    random.Random(5).shuffle(order)  # noqa: S311  # not for secrets
    moved(book[sheet], order)
    book[sheet].title = "Lan"
    found = read(save_workbook(book if keeps_keys else without_keys(book)))
    assert (said(found), found.troubles, found.unanswered) == (SAID, (), 3)


def test_headers_in_other_words(six: bytes) -> None:
    """The hidden keys are enough."""
    book = open_workbook(fill_answers(six, ANSWERS))
    for cell in book["Câu đã gán"][2]:
        cell.value = f"Cột {cell.column}"
    assert said(read(save_workbook(book))) == SAID


def test_no_header_at_all(six: bytes) -> None:
    """The columns are where they were, as the name of the sheet says which it is."""
    book = open_workbook(fill_answers(six, ANSWERS))
    book["Câu đã gán"].delete_rows(1, 2)
    assert said(read(save_workbook(book))) == SAID


def test_a_copied_sheet_counts_once(six: bytes) -> None:
    """The same answers twice are one."""
    book = open_workbook(fill_answers(six, ANSWERS))
    book.copy_worksheet(book["Câu đã gán"])
    found = read(save_workbook(book))
    assert (said(found), found.troubles, found.unanswered) == (SAID, (), 3)


def test_a_row_twice_with_one_answer(six: bytes) -> None:
    """Counts once, also where only one of the two is answered."""
    book = open_workbook(fill_answers(six, ANSWERS))
    sheet = book["Câu đã gán"]
    sheet.append([cell.value for cell in sheet[3]])
    sheet.append([cell.value for cell in sheet[5]])
    fill(sheet, 10, verdict=None)
    found = read(save_workbook(book))
    assert (said(found), found.troubles, found.unanswered) == (SAID, (), 3)


def test_a_row_twice_with_two_answers(six: bytes) -> None:
    """Neither is taken; both are told, each at its place."""
    book = open_workbook(fill_answers(six, ANSWERS))
    sheet = book["Câu đã gán"]
    sheet.append([cell.value for cell in sheet[3]])
    fill(sheet, 9, verdict="Bỏ", new=None, comment="số cũ")
    found = read(save_workbook(book))
    assert said(found) == SAID[1:]
    assert [one.place for one in found.troubles] == ["Câu đã gán, row 3", "Câu đã gán, row 9"]
    assert "vì ông Bình nói" in found.troubles[0].sentence
    assert "số cũ" in found.troubles[1].sentence
    assert found.unanswered == 3


@pytest.mark.parametrize("key", ["id", "text", "verdict", "new", "comment"])
def test_a_column_that_is_deleted_is_told(six: bytes, key: str) -> None:
    """Which, and what that means; the rest is read."""
    book = open_workbook(fill_answers(six, ANSWERS))
    sheet = book["Câu đã gán"]
    name = str(sheet.cell(2, places(sheet)[key]).value)
    sheet.delete_cols(places(sheet)[key])
    found = read(save_workbook(book))
    assert [(one.place, name in one.sentence) for one in found.troubles] == [("Câu đã gán", True)]
    expected = {
        "id": [("", *one[1:]) for one in SAID],
        "text": SAID,
        "verdict": SAID[:1],
        "new": [("k00000", CHANGE, (), "vì ông Bình nói"), *SAID[1:]],
        "comment": [("k00000", CHANGE, ("opinion",), ""), *SAID[1:]],
    }[key]
    assert said(found) == expected
    if key == "id":
        assert [one.text for one in found.answers] == [item(number).text for number in (0, 2, 5)]
        assert found.unanswered == 3


@pytest.mark.parametrize("gone", [("file",), ("file", "document"), ("file", "document", "owner", "stood", "number")])
def test_documents_are_known_by_what_is_left(six: bytes, gone: tuple[str, ...]) -> None:
    """By the hidden path, the shown one, else by the title."""
    book = open_workbook(fill_answers(six, ANSWERS))
    sheet = book["Câu đã gán"]
    for key in gone:
        sheet.delete_cols(places(sheet)[key])
    found = read(save_workbook(book))
    assert said(found) == SAID
    assert [one.file for one in found.answers] == ["2026/bai-0000.txt", "2026/bai-0000.txt", "2026/bai-0001.txt"]
    assert [one.labels_seen for one in found.answers] == [("target",), ("opinion",), ("opinion",)]


def test_a_sheet_that_is_deleted(six: bytes) -> None:
    """Without the annotations only additions are read, and that is told; the others are not needed."""
    book = open_workbook(fill_answers(six, ANSWERS))
    for name in ("Hướng dẫn", "Mục tiêu", "Tài liệu", "Bảng nhãn", "Bổ sung"):
        del book[name]
    assert (said(read(save_workbook(book))), read(save_workbook(book)).troubles) == (SAID, ())
    book = open_workbook(six)
    fill(book["Bổ sung"], 3, document="2026/bai-0000.txt", text="Câu mới.")
    del book["Câu đã gán"]
    found = read(save_workbook(book))
    assert [(one.file, one.kind) for one in found.answers] == [("2026/bai-0000.txt", ADD)]
    assert [one.place for one in found.troubles] == ["Bổ sung"]


def test_a_sheet_without_protection_and_styles(six: bytes) -> None:
    """Only the values, as programs in the browser save them: all is there."""
    book = open_workbook(fill_answers(six, ANSWERS))
    plain = PlainWorkbook()
    del plain["Sheet"]
    for sheet in book.worksheets:
        copy = plain.create_sheet(sheet.title)
        for row in sheet.iter_rows(values_only=True):
            copy.append(list(row))
    found = read(save_workbook(plain))
    assert (said(found), found.troubles, found.unanswered) == (SAID, (), 3)


def test_words_beside_the_columns_are_told(six: bytes) -> None:
    """They are no answer, but are not passed over; the answer in the same row is taken."""
    book = open_workbook(fill_answers(six, ANSWERS))
    book["Câu đã gán"]["V3"] = "ghi nhầm chỗ"
    book["Câu đã gán"]["T4"] = 5
    found = read(save_workbook(book))
    assert said(found) == SAID
    assert [(one.place, "ghi nhầm chỗ" in one.sentence) for one in found.troubles] == [
        ("Câu đã gán, row 3", True),
        ("Câu đã gán, row 4", False),
    ]


def test_an_answer_in_a_row_without_annotation_is_told(six: bytes) -> None:
    """Below the last row, or where the rest of a row was cleared."""
    found = read(fill_answers(six, {20: {"verdict": "Bỏ", "comment": "câu cuối"}}))
    assert (found.answers, found.unanswered) == ((), 6)
    assert [(one.place, "câu cuối" in one.sentence) for one in found.troubles] == [("Câu đã gán, row 20", True)]


def test_a_formula_counts_by_the_result_beside_it(six: bytes) -> None:
    """It is never reckoned: without a result it is told with its words, and an error is no answer."""
    book = open_workbook(six)
    sheet = book["Câu đã gán"]
    fill(sheet, 3, verdict="Bỏ", comment='=CONCATENATE("a","b")')
    fill(sheet, 4, comment="#REF!")
    fill(sheet, 5, verdict="Bỏ", comment="=1+1")
    sheet.cell(4, places(sheet)["comment"]).data_type = "e"
    data = with_results(save_workbook(book), {"S5": "2"})
    found = read(data)
    assert said(found) == [("k00002", DROP, (), "2")]
    assert [one.place for one in found.troubles] == ["Câu đã gán, row 3", "Câu đã gán, row 4"]
    assert '=CONCATENATE("a","b")' in found.troubles[0].sentence
    assert "#REF!" in found.troubles[1].sentence


def with_results(data: bytes, results: dict[str, str]) -> bytes:
    """The workbook with results beside the formulas of some cells, as a spreadsheet leaves them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            for cell, result in results.items():
                head, there, tail = part.partition(f'<c r="{cell}"')
                if there and name.endswith("sheet2.xml"):
                    part = (
                        head
                        + there
                        + tail.replace("<v />", f"<v>{result}</v>", 1).replace("<v></v>", f"<v>{result}</v>", 1)
                    )
            new.writestr(name, part)
    return out.getvalue()


def test_a_label_that_was_renamed_since(six: bytes) -> None:
    """What the codebook of the file calls it still means that label."""
    book = open_workbook(fill_answers(six, {3: {"verdict": "Sửa", "new": "Nút thắt"}}))
    book["Bảng nhãn"]["B4"] = "Nút thắt"
    assert read(save_workbook(book)).answers[0].labels == ("breakthrough",)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"Dear Mai, I agree.", "no file that a reviewer sends back"),
        (b"PK\x03\x04 and nothing", "damaged"),
        (save_workbook(PlainWorkbook()), "none that was made for reviewers"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "no file that a reviewer sends back"),
    ],
)
def test_a_file_of_another_kind_is_refused(data: bytes, words: str) -> None:
    """Empty, a letter, damaged, another workbook, one with a password: a sentence each, naming the file."""
    with pytest.raises(ReviewFileError, match=words) as told:
        read_returned_file(data, name="lan.xlsx", labels=LABELS)
    assert "lan.xlsx" in str(told.value)


def test_a_part_that_is_broken_is_told(six: bytes) -> None:
    """Whatever the library says about it, the person reads a sentence."""
    for name in ("xl/workbook.xml", "xl/worksheets/sheet2.xml", "xl/styles.xml", "[Content_Types].xml"):
        for rubbish in (b"", b"<a/>", b"<worksheet", b"\xff\xfe"):
            out = io.BytesIO()
            with zipfile.ZipFile(io.BytesIO(six)) as old, zipfile.ZipFile(out, "w") as new:
                for part in old.namelist():
                    new.writestr(part, rubbish if part == name else old.read(part))
            try:
                found = read_xlsx(out.getvalue(), name="lan.xlsx", labels=LABELS)
            except ReviewFileError as told:
                assert "lan.xlsx" in str(told)  # noqa: PT017  # either is right
            else:
                assert found.answers == ()


def test_entities_are_not_expanded(six: bytes) -> None:
    """Not even in a part whose name hides that it is text."""
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "' + b"x" * 9 + b'">]><worksheet>&b;</worksheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(six)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            new.writestr(part, bomb if part == "xl/worksheets/sheet2.xml" else old.read(part))
    with pytest.raises(ReviewFileError, match="document type"):
        read(out.getvalue())


def test_a_sheet_of_a_million_empty_rows_ends(six: bytes) -> None:
    """A cell far below and far to the right costs no gigabytes."""
    book = open_workbook(fill_answers(six, ANSWERS))
    book["Câu đã gán"]["XFD1048576"] = "x"
    assert said(read(save_workbook(book))) == SAID


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=20)
LABEL_WORDS = st.sampled_from(["", "Mục tiêu", "Đột phá", "ý kiến", "Ý kiến, Mục tiêu", "Kinh tế", "M"])
ROWS = st.fixed_dictionaries(
    {
        "verdict": st.sampled_from(["", "", "Đồng ý", "Sửa", "Bỏ", "dong y", "SỬA", "có lẽ"]),
        "new": LABEL_WORDS,
        "comment": st.one_of(st.just(""), WORDS, st.integers(-9, 9), st.just("=1+1")),
    }
)


@settings(max_examples=15)
@given(st.lists(ROWS, min_size=9, max_size=9), st.randoms(use_true_random=False))
def test_every_row_in_which_something_stands_comes_back(rows: list[dict[str, object]], shuffle: random.Random) -> None:
    """As an answer on its annotation, or as a sentence at its place, however the rows are shuffled."""
    book = open_workbook(NINE)
    sheet = book["Câu đã gán"]
    base = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST)]
    order = list(range(9))
    shuffle.shuffle(order)
    is_empty = {}
    for number, old in enumerate(order, FIRST):
        for place, value in enumerate(base[old], 1):
            sheet.cell(number, place).value = value
        fill(sheet, number, **{key: value or None for key, value in rows[old].items()})
        is_empty[f"Câu đã gán, row {number}"] = not any(str(value or "").strip() for value in rows[old].values())
    found = read(save_workbook(book))
    spoken_of = Counter([one.place for one in found.answers] + [one.place for one in found.troubles])
    assert {place for place, empty in is_empty.items() if not empty} <= set(spoken_of)
    assert max(spoken_of.values(), default=1) == 1
    assert found.unanswered == 9 - len(spoken_of)
    for answer in found.answers:
        words = rows[int(answer.id[1:])]
        assert answer.text == item(int(answer.id[1:])).text
        if words["verdict"] and words["comment"]:
            assert answer.comment == str(words["comment"]).strip()


NINE = written(many(1, 9))
