"""Workbooks for reviewers through a real spreadsheet program: LibreOffice opens and saves them, without a screen."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from programs import require_program

from annotator.app.review.matching import match_answers
from annotator.app.review.packets import iter_articles, make_packet
from annotator.app.workspace.workspace import load_folder_workspace
from annotator.core.annotation import Annotation
from annotator.core.annotation_set import AnnotationSet
from annotator.core.span import Span
from annotator.core.verdict import VerdictKind
from annotator.review.excel.reader import read_xlsx
from annotator.review.excel.writer import write_xlsx
from annotator.storage.sidecar.sidecar import DocumentRecord, Sidecar
from annotator.storage.sidecar.writer import SidecarWriter

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from annotator.app.workspace.workspace import Workspace
    from annotator.review.model.answer import Answer, ReturnedFile

DOCUMENTS = Path(__file__).resolve().parents[2] / "documents"
TARGET = "Đến năm 2030, tỷ trọng kinh tế số trong GRDP của tỉnh thứ {number} đạt trên {number}%."
OPINION = "=“Không thể chậm hơn nữa”, ông Trần Văn Bình ở tỉnh {number} nói, “-5% là quá ít”."
PLAIN = "Năm {number} có nhiều mưa."
FORMULAS = ["=1+1", "+84 24 3936", "-5% so với năm trước", "@chinhphu", "\t=2", '=HYPERLINK("http://a.vn";"b")', "007"]


class Office:
    """LibreOffice with a profile of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def converted(self, data: bytes, kind: str, *, ending: str) -> list[bytes]:
        """The files that it makes of a workbook, in the order of their names."""
        source, out = self._folder / "review.xlsx", self._folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(self._folder / 'profile').as_uri()}"
        call = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(out), str(source)]
        done = subprocess.run(call, capture_output=True, text=True, timeout=180, check=False)
        made = [path.read_bytes() for path in sorted(out.glob(f"*{ending}"))]
        assert made, done.stderr
        return made

    def saved_again(self, data: bytes) -> bytes:
        """The workbook as it opens and saves it."""
        return self.converted(data, "xlsx:Calc MS Excel 2007 XML", ending=".xlsx")[0]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The spreadsheet program, where it is installed."""
    require_program("soffice", package="libreoffice-calc")
    return Office(tmp_path_factory.mktemp("office"))


def a_folder(folder: Path, documents: int) -> Workspace:
    """A folder with so many articles, in each a target and an opinion tagged and a sentence left."""
    for number in range(documents):
        lines = [words.format(number=number) for words in (TARGET, OPINION, PLAIN)]
        path = folder / f"bai-{number:03}.txt"
        path.write_text("\n\n".join(lines) + "\n", "utf-8")
        starts = [0, len(lines[0]) + 2]
        annotations = [
            Annotation(f"t{number:03}{place}", Span(start, start + len(line)), labels=(label,), text=line)
            for place, (start, line, label) in enumerate(zip(starts, lines, ("target", "opinion"), strict=False))
        ]
        record = DocumentRecord(path.name, "", "", 0, 3)
        text = SidecarWriter().render(Sidecar(record, AnnotationSet.of(annotations)), quote=lambda _place: "")
        path.with_name(f"{path.name}.annotations.yaml").write_text(text, "utf-8")
    return load_folder_workspace(folder)


def sent(workspace: Workspace, language: str = "vi") -> bytes:
    """The workbook of a folder."""
    out = io.BytesIO()
    packet = make_packet(workspace, language=language, made="2026-05-13T09:12:44+07:00", by="Mai")
    write_xlsx(packet, iter_articles(workspace, language=language, on_trouble=pytest.fail), out)
    return out.getvalue()


def saved(book: Workbook) -> bytes:
    """The workbook as it is saved by openpyxl."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fill(sheet: Worksheet, row: int, **words: str) -> None:
    """Write into the cells of a row, by the keys of their columns."""
    columns = {str(cell.value).split(".")[1]: cell.column for cell in sheet[1] if cell.value}
    for key, value in words.items():
        sheet.cell(row, columns[key]).value = value
        sheet.cell(row, columns[key]).data_type = "s"


def without_time(returned: ReturnedFile) -> list[Answer]:
    """All that was said, but for when the file was saved."""
    return [replace(one, time="") for one in returned.answers]


def test_two_hundred_documents_come_back_from_libreoffice(office: Office, tmp_path: Path) -> None:
    """Answers of every kind are read as before it saved them, and each finds its annotation."""
    workspace = a_folder(tmp_path, 200)
    book = load_workbook(io.BytesIO(sent(workspace)))
    kinds: list[dict[str, str]] = [
        {"verdict": "Đồng ý"},
        {"verdict": "Sửa", "new": "Đột phá", "comment": "=> xem “Nghị quyết 57”\ndòng hai"},
        {"verdict": "Bỏ", "comment": "-5%"},
        {"verdict": "Sửa", "new": "Mục tiêu, Ý kiến"},
        {"comment": "  Con số này của năm nào? 🙂"},
        {},
    ]
    for row in range(400):
        fill(book["Câu đã gán"], row + 3, **kinds[row % len(kinds)])
    fill(book["Bổ sung"], 3, document="bai-007.txt", text=PLAIN.format(number=7), new="Đột phá", comment="+1")
    name = next(cell for row in book["Hướng dẫn"].iter_rows() for cell in row if cell.value == "Người góp ý")
    book["Hướng dẫn"].cell(name.row, name.column + 1).value = "Lê Thị Lan"
    before = read_xlsx(saved(book), name="lan.xlsx", labels=workspace.labels)
    after = read_xlsx(office.saved_again(saved(book)), name="lan.xlsx", labels=workspace.labels)
    assert without_time(before) == without_time(after)
    assert (len(after.answers), after.unanswered, after.troubles) == (335, 66, ())
    assert {one.reviewer for one in after.answers} == {"Lê Thị Lan"}
    numbers = count()
    matched = match_answers(after.answers, workspace, source="lan.xlsx", new_id=lambda: f"v{next(numbers)}")
    assert matched.troubles == ()
    verdicts = [verdict for batch in matched.batches for verdict in batch.verdicts]
    assert len(verdicts) == 335
    added = [one for one in verdicts if one.kind is VerdictKind.ADD]
    assert [(one.text, one.labels) for one in added] == [(PLAIN.format(number=7), ("breakthrough",))]


def test_what_libreoffice_saved_is_as_it_was(office: Office) -> None:
    """Locks, hidden columns, lists and filters are still there; what is in view it drops where it has no screen."""
    book = load_workbook(io.BytesIO(office.saved_again(sent(load_folder_workspace(DOCUMENTS)))))
    sheet = book["Câu đã gán"]
    assert sheet.protection.sheet
    assert str(sheet.auto_filter.ref).startswith("A2:")
    assert (sheet["J3"].protection.locked, sheet["Q3"].protection.locked) == (True, False)
    assert (sheet.column_dimensions["A"].hidden, sheet.row_dimensions[1].hidden) == (True, True)
    lists = [str(rule.formula1) for rule in sheet.data_validations.dataValidation]
    assert sorted(lists) == ['"Đồng ý,Sửa,Bỏ"', "'Bảng nhãn'!$B$3:$B$5"]


def test_no_text_runs_in_libreoffice(office: Office, tmp_path: Path) -> None:
    """What looks like a formula is shown as it is written, as the program's own tables of text show."""
    (tmp_path / "a.txt").write_text("\n\n".join(FORMULAS), "utf-8")
    text, annotations = "\n\n".join(FORMULAS), []
    for number, words in enumerate(FORMULAS):
        start = text.index(words)
        annotations.append(Annotation(f"f{number}", Span(start, start + len(words)), labels=("target",), text=words))
    record = DocumentRecord("a.txt", "", "", 0, 3)
    sidecar = SidecarWriter().render(Sidecar(record, AnnotationSet.of(annotations)), quote=lambda _place: "")
    (tmp_path / "a.txt.annotations.yaml").write_text(sidecar, "utf-8")
    data = sent(load_folder_workspace(tmp_path))
    kind = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
    (table,) = office.converted(data, kind, ending=".csv")
    rows = list(csv.reader(io.StringIO(table.decode("utf-8"))))
    place = rows[1].index("Câu đã gán")
    shown = [row[place].strip() for row in rows[2:]]
    assert sorted(words.strip() for words in FORMULAS) == sorted(shown)


def test_the_seed_goes_out_and_comes_back(office: Office, seed: Path, tmp_path: Path) -> None:
    """The user's own article, every sentence of it tagged, through LibreOffice and back without loss."""
    path = tmp_path / seed.name
    shutil.copy(seed, path)
    text, start, annotations = path.read_text("utf-8"), 0, []
    for number, line in enumerate(text.splitlines()):
        if line.strip():
            span = Span(start, start + len(line))
            annotations.append(Annotation(f"s{number}", span, labels=("opinion",), text=line))
        start += len(line) + 1
    sidecar = Sidecar(DocumentRecord(path.name, "", "", 0, 3), AnnotationSet.of(annotations))
    text = SidecarWriter().render(sidecar, quote=lambda _place: "")
    path.with_name(f"{path.name}.annotations.yaml").write_text(text, "utf-8")
    workspace = load_folder_workspace(tmp_path)
    book = load_workbook(io.BytesIO(sent(workspace, "en")))
    for row in range(len(annotations)):
        fill(book["Annotations"], row + 3, verdict="Change", new="Target", comment=f"“{row}”")
    found = read_xlsx(office.saved_again(saved(book)), name="lan.xlsx", labels=workspace.labels)
    assert [(one.id, one.text, one.labels) for one in found.answers] == [
        (one.id, one.text, ("target",)) for one in annotations
    ]
    numbers = count()
    matched = match_answers(found.answers, workspace, source="lan.xlsx", new_id=lambda: f"v{next(numbers)}")
    assert (len(matched.batches), matched.troubles, found.troubles) == (1, (), ())
