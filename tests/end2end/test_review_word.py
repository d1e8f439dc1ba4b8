from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from programs import require_program
from word_editing import WordEditor
from word_packets import LABELS, article, docx, packet

from annotator.app.review.matching import match_answers
from annotator.app.review.packets import iter_articles, make_packet
from annotator.app.workspace.workspace import load_folder_workspace
from annotator.core.document import BlockKind
from annotator.core.verdict import VerdictKind
from annotator.review.word.reader import read_docx
from annotator.review.word.writer import write_docx
from annotator.storage.sidecar.sidecar import sidecar_name

if TYPE_CHECKING:
    from annotator.review.model.answer import ReturnedFile

ROOT = Path(__file__).resolve().parents[2]
WORD = "docx:MS Word 2007 XML"
TITLE = "Lạng Sơn đặt mục tiêu lớn"
GOAL = "Đến năm 2030, tỷ trọng kinh tế số trong GRDP đạt trên 30%."
LEVER = "Tỉnh chọn cửa khẩu thông minh làm khâu đột phá."
FACT = "Năm 2025, thu ngân sách đạt 12.000 tỷ đồng."
VIEW = "Ông Hà cho rằng mục tiêu này khả thi."
LINES = [[TITLE], [GOAL, LEVER], [FACT, VIEW]]
TAGS = {GOAL: ("k3f9x2", ("target",)), LEVER: ("p0qq17", ("breakthrough",)), VIEW: ("zz4k1a", ("opinion",))}

REVIEWER = """
Sub Main(source As String, target As String)
  Dim unseen(0) As New com.sun.star.beans.PropertyValue
  unseen(0).Name = "Hidden" : unseen(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, unseen())
  fields = document.TextFields.createEnumeration()
  Do While fields.hasMoreElements()
    one = fields.nextElement()
    If one.supportsService("com.sun.star.text.textfield.Annotation") Then
      If InStr(one.Content, "k3f9x2") > 0 Then one.Content = one.Content & Chr(10) & "sửa: đột phá"
      If InStr(one.Content, "p0qq17") > 0 Then one.Resolved = True
    End If
  Loop
  search = document.createSearchDescriptor()
  search.SearchString = "thu ngân sách"
  found = document.findFirst(search)
  note = document.createInstance("com.sun.star.text.textfield.Annotation")
  note.Author = "Lan" : note.Content = "thêm: mục tiêu"
  document.Text.insertTextContent(found, note, True)
  document.RecordChanges = True
  search.SearchString = "khả thi"
  found = document.findFirst(search)
  found.String = "rất khó"
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  kind(0).Name = "FilterName" : kind(0).Value = "MS Word 2007 XML"
  document.storeToURL(target, kind())
  document.close(True)
End Sub
"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Review" script:language="StarBasic">
{code}</script:module>"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Review"/></library:library>"""


class Office:
    """LibreOffice without a window, with a profile of its own."""

    def __init__(self, folder: Path) -> None:
        self.program = require_program("soffice", package="libreoffice-writer")
        self.folder = folder
        self.profile = folder / "profile"

    def converted(self, data: bytes, kind: str = WORD, *, ending: str = "docx") -> bytes:
        """What LibreOffice saves when it has opened ``data``."""
        source = self.folder / f"in.{ending}"
        source.write_bytes(data)
        self._run("--convert-to", kind, "--outdir", str(self.folder / "out"), str(source))
        return (self.folder / "out" / f"in.{kind.partition(':')[0]}").read_bytes()

    def reviewed(self, data: bytes) -> bytes:
        """What comes back when a reviewer works on ``data`` in LibreOffice."""
        self.converted(data)
        library = self.profile / "user" / "basic" / "Standard"
        code = REVIEWER.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        (library / "Review.xba").write_text(MODULE.format(code=code), "utf-8")
        (library / "script.xlb").write_text(LIBRARY, "utf-8")
        source, target = self.folder / "in.docx", self.folder / "reviewed.docx"
        self._run(f'macro:///Standard.Review.Main("{source.as_uri()}","{target.as_uri()}")')
        return target.read_bytes()

    def _run(self, *arguments: str) -> None:
        own = f"-env:UserInstallation={self.profile.as_uri()}"
        subprocess.run(
            [self.program, own, "--headless", "--norestore", *arguments], check=True, capture_output=True, timeout=240
        )


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """LibreOffice in a folder of this test."""
    folder = tmp_path / "office"
    folder.mkdir()
    return Office(folder)


def sent() -> bytes:
    """A file with one article, as it goes out."""
    return docx([article(LINES, TAGS, kinds=[BlockKind.TITLE], fields={"Thời hạn": "2030"}, note="hỏi lại")])


def read(data: bytes) -> ReturnedFile:
    """What came back."""
    return read_docx(data, name="lan.docx", labels=LABELS)


def said(data: bytes) -> list[tuple[str, VerdictKind, tuple[str, ...], tuple[str, ...], str]]:
    """Of each answer the id or words, what is wanted, what stood there and the comment."""
    return [(one.id or one.text, one.kind, one.labels, one.labels_seen, one.comment) for one in read(data).answers]


def test_what_a_reviewer_says_in_libreoffice_comes_back(office: Office) -> None:
    """She writes into a comment, resolves one, adds one, and changes words with changes tracked."""
    returned = read(office.reviewed(sent()))
    assert sorted((one.id or one.text, one.kind, one.labels) for one in returned.answers) == [
        (FACT, VerdictKind.ADD, ("target",)),
        ("k3f9x2", VerdictKind.CHANGE, ("breakthrough",)),
        ("p0qq17", VerdictKind.AGREE, ()),
    ]
    assert {one.reviewer for one in returned.answers} == {"Lan"}
    (trouble,) = returned.troubles
    assert VIEW in trouble.sentence
    assert "Ông Hà cho rằng mục tiêu này rất khó." in trouble.sentence
    assert returned.unanswered == 1


def test_what_word_saved_survives_libreoffice(office: Office) -> None:
    """Replies, edited and new comments and tracked changes say the same when LibreOffice saved the file anew."""
    hands = WordEditor(sent())
    hands.reply("⟦1.k3f9x2⟧", "sửa: đột phá. Đây là nhiệm vụ.")
    hands.reply("⟦1.p0qq17⟧", "đồng ý")
    hands.write_into("⟦1.zz4k1a⟧", lambda lines: [*lines, "bỏ"])
    hands.add_comment("thu ngân sách", "12.000", "thêm: mục tiêu")
    hands.insert_tracked("số trong", "và ")
    data = hands.data()
    again = office.converted(data)
    assert sorted(said(data)) == sorted(said(again))
    assert len(said(again)) == 4
    assert [one.sentence for one in read(again).troubles] == [one.sentence for one in read(data).troubles]


@pytest.mark.parametrize("kind", [WORD, "odt"])
def test_an_untouched_file_says_nothing_after_libreoffice(office: Office, kind: str) -> None:
    """Saved as Word, and as its own kind and then as Word again: no answers, nothing told, nothing lost."""
    data = docx([article(LINES, TAGS, file=f"{name}.txt", kinds=[BlockKind.TITLE]) for name in "ab"])
    again = office.converted(data, kind)
    if kind == "odt":
        again = office.converted(again, WORD, ending="odt")
    returned = read(again)
    assert (returned.answers, returned.troubles, returned.unanswered) == ((), (), 6)
    hands = WordEditor(again)
    hands.reply("⟦2.k3f9x2⟧", "bỏ")
    (answer,) = read(hands.data()).answers
    assert (answer.file, answer.id, answer.text, answer.labels_seen) == ("b.txt", "k3f9x2", GOAL, ("target",))


def test_it_can_be_printed(office: Office) -> None:
    """With the comments in the margin."""
    kind = 'pdf:writer_pdf_Export:{"ExportNotesInMargin":{"type":"boolean","value":"true"}}'
    assert office.converted(sent(), kind).startswith(b"%PDF")


def out_of(folder: Path, *, language: str = "vi") -> tuple[Any, bytes]:
    """A folder as a workspace, and its Word file."""
    workspace = load_folder_workspace(folder)
    target = folder.parent / "out.docx"
    with target.open("wb") as out:
        articles = iter_articles(workspace, language=language, on_trouble=pytest.fail)
        write_docx(make_packet(workspace, language=language, made="2026-11-25T09:12:00+07:00", by="Mai"), articles, out)
    return workspace, target.read_bytes()


def test_a_folder_comes_back_by_way_of_libreoffice(office: Office, tmp_path: Path) -> None:
    """Every annotation of real articles is answered; each answer finds it again."""
    folder = tmp_path / "work"
    folder.mkdir()
    for path in (ROOT / "documents").iterdir():
        shutil.copy(path, folder)
    workspace, data = out_of(folder)
    hands = WordEditor(office.converted(data))
    marks = ["".join(one.itertext()).rpartition("⟦")[2].rstrip("⟧") for one in hands.comments]
    for mark in marks:
        hands.reply(f"⟦{mark}⟧", "đồng ý")
    returned = read(hands.data())
    assert (len(returned.answers), returned.troubles, returned.unanswered) == (len(marks), (), 0)
    matched = match_answers(
        returned.answers, workspace, source="lan.docx", new_id=iter(f"v{n:05}" for n in range(9999)).__next__
    )
    assert matched.troubles == ()
    assert sum(len(batch.verdicts) for batch in matched.batches) == len(marks)
    assert all(verdict.annotation for batch in matched.batches for verdict in batch.verdicts)


def test_the_seed_goes_through_libreoffice(office: Office, seed: Path, tmp_path: Path) -> None:
    """The user's own article, with annotations, is as it was when it comes back."""
    folder = tmp_path / "work"
    folder.mkdir()
    shutil.copy(seed, folder)
    text = seed.read_text("utf-8").replace("\r\n", "\n")
    line = next(one for one in text.split("\n") if "2030" in one and len(one) > 80)
    start = text.index(line)
    end = start + line.index(". ") + 1 if ". " in line else start + len(line)
    (folder / sidecar_name(seed.name)).write_text(
        "format: annotator/1\ndocument: {file: lang-son.txt}\nlabels: policy\nstatus: in progress\nannotations:\n"
        f"- {{id: k3f9x2, labels: [target], at: [{start}, {end}], text: {text[start:end]!r}}}\nnothing: []\n",
        "utf-8",
    )
    _workspace, data = out_of(folder)
    returned = read(office.converted(data))
    assert (returned.answers, returned.troubles, returned.unanswered) == ((), (), 1)


def test_two_hundred_documents_go_out_and_come_back() -> None:
    """All in one file of a sensible size; each answer finds its own document."""
    body = [[f"Đoạn {number}, câu {sentence}." for sentence in range(5)] for number in range(8)]
    tags = {body[number][1]: (f"id{number:04}", ("target",)) for number in range(8)}
    data = docx((article(body, tags, file=f"tin/{number:03}.txt") for number in range(200)), of=packet())
    assert len(data) < 3 << 20
    hands = WordEditor(data)
    for number in (1, 77, 200):
        hands.reply(f"⟦{number}.id0003⟧", "bỏ")
    returned = read(hands.data())
    assert [one.file for one in returned.answers] == ["tin/000.txt", "tin/076.txt", "tin/199.txt"]
    assert (returned.troubles, returned.unanswered) == ((), 1597)


def test_libreoffice_keeps_the_record(office: Office) -> None:
    """By which changes of the text are seen."""
    path = office.folder / "again.docx"
    path.write_bytes(office.converted(sent()))
    with zipfile.ZipFile(path) as archive:
        assert b"urn:annotator:review:word:1" in archive.read("customXml/item1.xml")
