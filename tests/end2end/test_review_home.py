"""The whole way by Excel and by Word: out, into a reviewer's hands, back, decided, and in the sidecar as decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from app_builders import ARTICLE
from openpyxl import load_workbook
from round_trips import assert_decided, assert_undo_restores, decide_verdicts, import_answers, sent, tag_folder
from word_editing import WordEditor

if TYPE_CHECKING:
    from pathlib import Path

    from round_trips import Folder


@pytest.fixture(params=["own", "seed"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Folder:
    """An article of our own, and the user's."""
    text = ARTICLE if request.param == "own" else request.getfixturevalue("seed").read_text("utf-8")
    return tag_folder(tmp_path / "Lạng Sơn", text)


def test_by_excel(folder: Folder, tmp_path: Path) -> None:
    """Agree, change, drop, a remark and an addition, chosen in cells; six steps, and undo takes all of them back."""
    book = load_workbook(sent(folder, "xlsx", tmp_path / "r.xlsx"))
    answers = (
        {"verdict": "Đồng ý"},
        {"verdict": "Sửa", "new": "Mục tiêu", "comment": "có con số"},
        {"verdict": "Bỏ"},
        {"comment": "?"},
    )
    added = {"document": "bài.txt", "text": folder.free, "new": "Ý kiến"}
    for sheet, rows in ((book["Câu đã gán"], answers), (book["Bổ sung"], (added,))):
        columns = {str(cell.value).split(".")[1]: cell.column for cell in sheet[1] if cell.value}
        for row, words in enumerate(rows, 3):
            for key, word in words.items():
                sheet.cell(row, columns[key]).value = word
    name = next(cell for row in book["Hướng dẫn"].iter_rows() for cell in row if cell.value == "Người góp ý")
    book["Hướng dẫn"].cell(name.row, name.column + 1).value = "Lan"
    book.save(tmp_path / "lan.xlsx")
    import_answers(folder, tmp_path / "lan.xlsx", verdicts=5)
    decide_verdicts(folder)
    assert_decided(folder, source="lan.xlsx")
    assert_undo_restores(folder, 6)


def test_by_word(folder: Folder, tmp_path: Path) -> None:
    """The same in replies, in a comment written into, and in a new comment."""
    hands = WordEditor(sent(folder, "docx", tmp_path / "r.docx").read_bytes())
    agreed, changed, dropped, last = (one.id for one in folder.tagged)
    hands.reply(agreed, "đồng ý")
    hands.write_into(changed, lambda lines: [*lines, "sửa: mục tiêu"], author="Lan")
    hands.reply(dropped, "bỏ")
    hands.reply(last, "?")
    hands.add_comment(folder.free, folder.free, "thêm: ý kiến")
    back = tmp_path / "lan.docx"
    back.write_bytes(hands.data())
    import_answers(folder, back, verdicts=5)
    decide_verdicts(folder)
    assert_decided(folder, source="lan.docx")
    assert_undo_restores(folder, 6)
