"""`annotator review`, called as a person or a program calls it."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from cli_builders import GOAL, OPINION, annotate, article, program
from openpyxl import load_workbook

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

PLAIN = "Lãnh đạo tỉnh đã họp sáng nay."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two articles in a folder and below it, both annotated."""
    place = tmp_path / "bài"
    annotate(article(place, "một.txt"), [(GOAL, "target"), (OPINION, "opinion")])
    annotate(article(place / "sâu", "hai.txt"), [(GOAL, "target")])
    return place


def review(*words: str | Path, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """A call, from the folder above; nothing but sentences may be on standard error."""
    done = program("review", *words, folder=folder.parent)
    assert all(line.startswith("annotator: ") for line in done.stderr.decode().splitlines()), done.stderr.decode()
    return done


def written(book: Path, folder: Path, *words: str) -> Path:
    """The workbook of the folder."""
    book.unlink(missing_ok=True)
    done = review("out", folder, "--format", "xlsx", "--language", "vi", "-o", book, *words, folder=folder)
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, f"{book}\n", b"")
    return book


def columns(sheet: Worksheet) -> dict[str, int]:
    """Where the columns are, by their keys."""
    return {str(cell.value).split(".")[1]: cell.column for cell in sheet[1] if cell.value}


def answered(book: Path, *answers: dict[str, str]) -> Path:
    """The workbook with a reviewer's answers in its rows, in order."""
    made = load_workbook(book)
    sheet = made["Câu đã gán"]
    places = columns(sheet)
    for row, words in enumerate(answers, 3):
        for key, word in words.items():
            sheet.cell(row, places[key]).value = word
            sheet.cell(row, places[key]).data_type = "s"  # as a person types it into a cell for text
    path = book.with_name("answers.xlsx")
    made.save(path)
    return path


def verdicts(document: Path) -> list[dict[str, Any]]:
    """What the sidecar says that reviewers said."""
    found = yaml.safe_load(document.with_name(f"{document.name}.annotations.yaml").read_text("utf-8"))
    return list(found["review"])


def in_json(*files: Path, folder: Path, more: tuple[str, ...] = ()) -> tuple[int, list[dict[str, Any]]]:
    """What a program is told when it takes files in."""
    done = review("in", *files, "--into", folder, "--json", *more, folder=folder)
    return done.returncode, json.loads(done.stdout)["files"]


@pytest.mark.parametrize(("kind", "head"), [("xlsx", b"PK"), ("docx", b"PK"), ("html", b"<!DOCTYPE"), ("pdf", b"%PDF")])
def test_each_kind_goes_out(folder: Path, tmp_path: Path, kind: str, head: bytes) -> None:
    """The answer is the name of the file, which is of that kind, and nothing else is left beside it."""
    done = review("out", folder, "--format", kind, "-o", "out/r", folder=folder)
    assert (done.returncode, done.stderr.decode()) == (
        2,
        "annotator: There is no folder out. Choose one that is there.\n",
    )
    (tmp_path / "out").mkdir()
    done = review("out", folder, "--format", kind, "-o", "out/r", folder=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"out/r\n", b"")
    assert (tmp_path / "out" / "r").read_bytes().startswith(head)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["r"]


def test_without_a_name_the_file_is_called_after_folder_and_day(folder: Path) -> None:
    """Also where the folder is given as a dot."""
    done = program("review", "out", ".", "--format", "xlsx", folder=folder)
    name = done.stdout.decode().strip()
    assert (done.returncode, name.startswith("bài-review-2"), name.endswith(".xlsx")) == (0, True, True)
    assert (folder / name).is_file()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("một.txt", "has the name of an article"),
        ("một.txt.annotations.yaml", "has the name of a file of annotations"),
        ("annotator.yaml", "holds the labels of its folder"),
    ],
)
def test_it_writes_over_nothing_precious(folder: Path, name: str, sentence: str) -> None:
    """Documents, sidecars and settings stand as they stood."""
    (folder / "annotator.yaml").write_text("format: annotator-workspace/1\n", "utf-8")
    before = (folder / name).read_bytes()
    for words in (("out", folder, "--format", "xlsx"), ("report", folder, "--format", "csv")):
        done = review(*words, "-o", folder / name, folder=folder)
        assert (done.returncode, done.stdout) == (2, b"")
        assert sentence in done.stderr.decode()
    assert (folder / name).read_bytes() == before


def test_only_some_documents(folder: Path, tmp_path: Path) -> None:
    """By their paths below the folder or from here; one that is none is told, and nothing is written."""
    for name in ("sâu/hai.txt", str(folder / "sâu" / "hai.txt")):
        book = load_workbook(written(tmp_path / "r.xlsx", folder, "--only", name))
        sheet = book["Câu đã gán"]
        files = {sheet.cell(row, columns(sheet)["file"]).value for row in range(3, sheet.max_row + 1)}
        assert files - {None} == {"sâu/hai.txt"}
    (tmp_path / "r.xlsx").unlink()
    done = review("out", folder, "--format", "xlsx", "--only", "ba.txt", "-o", tmp_path / "r.xlsx", folder=folder)
    assert (done.returncode, "ba.txt is no document of" in done.stderr.decode()) == (1, True)
    assert not (tmp_path / "r.xlsx").exists()


def test_answers_come_in(folder: Path, tmp_path: Path) -> None:
    """Verdicts of every kind are in the sidecars as open ones; the same file again brings nothing."""
    book = written(tmp_path / "r.xlsx", folder)
    back = answered(
        book,
        {"verdict": "Sửa", "new": "Đột phá", "comment": "=1+1"},
        {"verdict": "Bỏ"},
        {"verdict": "Đồng ý"},
    )
    status, (told,) = in_json(back, folder=folder, more=("--reviewer", "Lan"))
    assert (status, told["added"], told["repeated"], told["unanswered"], told["troubles"]) == (0, 3, 0, 0, [])
    one = verdicts(folder / "một.txt")
    assert [(said["verdict"], said.get("labels"), said["reviewer"]) for said in one] == [
        ("change", ["breakthrough"], "Lan"),
        ("drop", None, "Lan"),
    ]
    assert one[0]["comment"] == "=1+1"
    assert [said["verdict"] for said in verdicts(folder / "sâu" / "hai.txt")] == ["agree"]
    status, (told,) = in_json(back, folder=folder, more=("--reviewer", "Lan"))
    assert (status, told["added"], told["repeated"]) == (0, 0, 3)
    done = review("in", back, "--into", folder, "--reviewer", "Lan", folder=folder)
    assert done.stdout.decode() == f"{back}: nothing new came in\n{back}: 3 were there already\n"


def test_what_cannot_be_understood_is_told_row_by_row(folder: Path, tmp_path: Path) -> None:
    """With status 1; what can be understood comes in all the same."""
    back = answered(written(tmp_path / "r.xlsx", folder), {"verdict": "Hả?"}, {"verdict": "Bỏ"})
    done = review("in", back, "--into", folder, folder=folder)
    assert done.returncode == 1
    assert done.stderr.decode().startswith(f"annotator: {back}: Câu đã gán, row 3: “Hả?” is no verdict.")
    assert [said["verdict"] for said in verdicts(folder / "một.txt")] == ["drop"]


def test_a_file_from_another_folder(folder: Path, tmp_path: Path) -> None:
    """Each row is told, and no sidecar is touched."""
    back = answered(written(tmp_path / "r.xlsx", folder), {"verdict": "Bỏ"}, {"verdict": "Bỏ"})
    other = tmp_path / "khác"
    annotate(article(other, "ba.txt"), [(GOAL, "target")])
    before = (other / "ba.txt.annotations.yaml").read_bytes()
    status, (told,) = in_json(back, folder=other)
    assert (status, told["added"]) == (1, 0)
    assert ["There is no document một.txt" in one["sentence"] for one in told["troubles"]] == [True, True]
    assert (other / "ba.txt.annotations.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (None, "There is no file"),
        (b"", "is empty"),
        (b"PK\x03\x04 and no more", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "no file that a reviewer sends back"),
        (b"hello", "no file that a reviewer sends back"),
        (b"{}", "answers"),
        (b"<html></html>", "none of ours"),
    ],
)
def test_a_file_that_is_none_of_ours(folder: Path, tmp_path: Path, data: bytes | None, sentence: str) -> None:
    """Missing, empty, damaged, of another kind: one sentence, status 1, and the next file is read all the same."""
    bad = tmp_path / "bad.xlsx"
    if data is not None:
        bad.write_bytes(data)
    back = answered(written(tmp_path / "r.xlsx", folder), {"verdict": "Bỏ"})
    status, told = in_json(bad, back, folder=folder)
    assert status == 1
    assert sentence in told[0]["trouble"]
    assert told[1]["added"] == 1


def test_each_annotator_takes_in_her_own(folder: Path, tmp_path: Path) -> None:
    """Where annotators are named, what is said of another one's work is told with its number."""
    (folder / "annotator.yaml").write_text("format: annotator-workspace/1\nannotators: [mai, an]\n", "utf-8")
    annotate(folder / "một.txt", [(GOAL, "opinion")], annotator="an")
    (folder / "một.txt.annotations.yaml").unlink()
    (folder / "sâu" / "hai.txt.annotations.yaml").unlink()
    back = answered(written(tmp_path / "r.xlsx", folder), {"verdict": "Bỏ"})
    status, (told,) = in_json(back, folder=folder, more=("--by", "mai"))
    assert (status, told["added"]) == (1, 0)
    assert "1 answer is about an's annotations of một.txt." in told["troubles"][0]["sentence"]
    status, (told,) = in_json(back, folder=folder, more=("--by", "an"))
    assert (status, told["added"]) == (0, 1)


def test_the_report(folder: Path, tmp_path: Path) -> None:
    """Printed, as JSON, as a table and as a page: the same numbers."""
    done = review("report", folder, folder=folder)
    assert (done.returncode, done.stdout) == (0, b"No reviewer has said anything about this folder yet.\n")
    back = answered(
        written(tmp_path / "r.xlsx", folder),
        {"verdict": "Sửa", "new": "Đột phá"},
        {"comment": "sai"},
        {"verdict": "Bỏ"},
    )
    in_json(back, folder=folder)
    lines = review("report", folder, folder=folder).stdout.decode().splitlines()
    assert lines[0] == "một.txt: 0 agreed, 1 changed, 0 dropped, 0 added, 1 asked for by hand; 2 still open"
    assert lines[-1] == "  Target: 0% agreed (0 of 2); 1 to Breakthrough; 1 dropped"
    told = json.loads(review("report", folder, "--json", folder=folder).stdout)
    assert [(one["file"], one["verdicts"], one["remarks"]) for one in told["documents"]] == [
        ("một.txt", 2, 1),
        ("sâu/hai.txt", 1, 0),
    ]
    assert told["all"]["labels"]["target"]["changed"] == {"breakthrough": 1}
    table = review("report", folder, "--format", "csv", folder=folder).stdout.decode("utf-8-sig")
    assert [row[2] for row in csv.reader(io.StringIO(table, newline=""))] == ["verdict", "changed", "remark", "dropped"]
    done = review("report", folder, "-o", tmp_path / "r.html", folder=folder)
    assert (done.returncode, done.stdout.decode()) == (0, f"{tmp_path / 'r.html'}\n")
    assert "What reviewers changed" in (tmp_path / "r.html").read_text("utf-8")


def test_a_wrong_call(folder: Path) -> None:
    """Status 2, and nothing on standard output."""
    for words in (
        ("out", folder),
        ("out", folder, "--format", "odt"),
        ("in", "a.xlsx"),
        ("report", folder, "--json", "--format", "csv"),
        ("report", folder, "-o", "r.xyz"),
        (),
    ):
        done = program("review", *words, folder=folder)
        assert (done.returncode, done.stdout) == (2, b""), words


@pytest.mark.parametrize("way", ["out", "in", "report"])
def test_help_has_examples(folder: Path, way: str) -> None:
    """Each way explains itself."""
    done = program("review", way, "--help", folder=folder)
    assert (done.returncode, f"annotator review {way}" in done.stdout.decode()) == (0, True)


def test_nobody_has_annotated_anything(tmp_path: Path) -> None:
    """The file is made, and it is told that it is empty; a folder without documents is told, too."""
    article(tmp_path / "bài", "một.txt")
    done = review("out", "bài", "--format", "xlsx", "-o", "r.xlsx", folder=tmp_path / "bài")
    assert (done.returncode, "Nobody has annotated anything" in done.stderr.decode()) == (1, True)
    (tmp_path / "leer").mkdir()
    for words in (("out", "leer", "--format", "xlsx"), ("in", "r.xlsx", "--into", "leer"), ("report", "leer")):
        done = review(*words, folder=tmp_path / "bài")
        assert (done.returncode, "There are no documents in leer" in done.stderr.decode()) == (1, True)


def test_unread_words_are_not_taken_for_labels(folder: Path, tmp_path: Path) -> None:
    """An addition by words that stand in one sentence goes there, and only there."""
    made = load_workbook(written(tmp_path / "r.xlsx", folder))
    sheet = made["Bổ sung"]
    places = columns(sheet)
    for key, word in {"document": "một.txt", "text": PLAIN, "new": "Đột phá"}.items():
        sheet.cell(3, places[key]).value = word
    made.save(tmp_path / "back.xlsx")
    status, (told,) = in_json(tmp_path / "back.xlsx", folder=folder)
    assert (status, told["added"]) == (0, 1)
    (said,) = verdicts(folder / "một.txt")
    assert (said["verdict"], said["text"], said["labels"]) == ("add", PLAIN, ["breakthrough"])
