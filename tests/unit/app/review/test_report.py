from __future__ import annotations

import csv
import io
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from app_builders import article
from hypothesis import given
from hypothesis import strategies as st

from annotator.app.review.importing import AnswerFile, RejectedAnswer, format_rejected, make_preview
from annotator.app.review.report import (
    OpenVerdicts,
    ReviewedDocument,
    VerdictClass,
    VerdictFilter,
    count_classes,
    iter_reviewed,
    list_verdicts,
    make_reviewed,
    tally_documents,
)
from annotator.app.review.report_file import COLUMNS, WRITERS, Report, describe_changes, list_label_tallies
from annotator.app.workspace.workspace import Workspace, load_folder_workspace
from annotator.core.annotation_set import AnnotationSet
from annotator.core.review.verdict_edits import add_verdicts
from annotator.core.span import Span
from annotator.core.verdict import Outcome, Verdict, VerdictKind
from annotator.storage.sidecar.sidecar import DocumentRecord, Sidecar, sidecar_name
from annotator.storage.sidecar.writer import SidecarWriter
from annotator.storage.workspace.label_set import load_builtin_labels

TEXT = "Tin\n\nMột câu ở đây. Hai câu ở đây. Ba câu ở đây.\n"
REPORT = Report("bài", "2026-11-25", load_builtin_labels(), "vi")
NASTY = '=HYPERLINK("http://a.vn";"x")<script>alert(1)</script>&amp;\u202e" onload="x'


def verdict(
    number: int,
    kind: VerdictKind,
    stood: tuple[str, ...] = ("target",),
    labels: tuple[str, ...] = (),
    *,
    comment: str = "",
    reviewer: str = "Lan",
) -> Verdict:
    """What a reviewer said of the sentence with that number."""
    words = ("Một câu ở đây.", "Hai câu ở đây.", "Ba câu ở đây.")[number]
    start = TEXT.index(words)
    return Verdict(
        f"v{number}{kind}{reviewer}"[:12],
        kind,
        Span(start, start + len(words)),
        words,
        f"a{number}",
        labels,
        stood,
        comment,
        reviewer,
        outcome=Outcome.TAKEN if number == 1 else Outcome.OPEN,
    )


def kept(folder: Path, name: str, *verdicts: Verdict, annotator: str = "") -> None:
    """An article with what was said about it, on disk."""
    article(folder, name, TEXT)
    state = AnnotationSet()
    state = state.apply(add_verdicts(state, verdicts))
    written = SidecarWriter().render(Sidecar(DocumentRecord(name), state, annotator=annotator), quote=lambda _: "")
    (folder / sidecar_name(name, annotator=annotator)).write_text(written, "utf-8")


@pytest.fixture
def judged(tmp_path: Path) -> Workspace:
    """Three articles: two that were judged, by two reviewers, one that was not."""
    kept(
        tmp_path,
        "a.txt",
        verdict(0, VerdictKind.AGREE),
        verdict(1, VerdictKind.CHANGE, ("target",), ("opinion",), comment="không phải mục tiêu"),
        verdict(2, VerdictKind.CHANGE, ("target",), comment="xem lại"),
        verdict(2, VerdictKind.DROP, reviewer="Hoa"),
    )
    kept(tmp_path, "b.txt", verdict(0, VerdictKind.ADD, (), ("breakthrough",), reviewer="Hoa"))
    kept(tmp_path, "c.txt")
    return load_folder_workspace(tmp_path)


def read(workspace: Workspace, live: OpenVerdicts | None = None) -> list[ReviewedDocument]:
    """What was said in a folder, where all can be read."""
    return list(iter_reviewed(workspace, on_trouble=pytest.fail, live=live))


def test_what_was_said_is_found_and_counted(judged: Workspace) -> None:
    """Per document and over all: agreed, changed to what, dropped, added, remarks, and what came of it."""
    found = read(judged)
    assert [(one.title, one.tally.total) for one in found] == [("a.txt", 4), ("b.txt", 1)]
    tally = tally_documents(found)
    assert list(count_classes(tally).values()) == [1, 1, 1, 1, 1]
    assert tally.outcomes == Counter({Outcome.OPEN: 4, Outcome.TAKEN: 1})
    told = [(key, label.reviewed, describe_changes(label, REPORT)) for key, label in list_label_tallies(tally, REPORT)]
    assert told == [("target", 3, "1 to Ý kiến; 1 dropped"), ("breakthrough", 0, "1 added")]


def test_each_filter_lets_its_own_through(judged: Workspace) -> None:
    """By reviewer, document, kind, label as it stood or as it is wanted; silent agreement can be left out."""
    said = list_verdicts(read(judged))

    def let_through(sieve: VerdictFilter) -> list[str]:
        return [f"{one.document.file} {one.verdict.reviewer} {one.verdict_class}" for one in said if sieve.admits(one)]

    assert len(let_through(VerdictFilter())) == 5
    assert let_through(VerdictFilter(reviewer="Hoa")) == ["a.txt Hoa dropped", "b.txt Hoa added"]
    assert let_through(VerdictFilter(document="b.txt")) == ["b.txt Hoa added"]
    assert let_through(VerdictFilter(sort=VerdictClass.REMARK)) == ["a.txt Lan remark"]
    assert let_through(VerdictFilter(label="opinion")) == ["a.txt Lan changed"]
    assert let_through(VerdictFilter(label="breakthrough")) == ["b.txt Hoa added"]
    assert "a.txt Lan agreed" not in let_through(VerdictFilter(is_plain=False))
    assert let_through(VerdictFilter("Lan", "b.txt")) == []


def test_the_open_document_counts_as_it_is_in_the_window(judged: Workspace) -> None:
    """What the session has takes the place of what its file says."""
    path = judged.documents[0]
    found = read(judged, OpenVerdicts(path, "", (verdict(0, VerdictKind.DROP),)))
    assert [(one.title, one.tally.total) for one in found] == [("a.txt", 1), ("b.txt", 1)]
    assert [one.title for one in read(judged, OpenVerdicts(path, "", ()))] == ["b.txt"]


def test_what_cannot_be_read_is_told(judged: Workspace) -> None:
    """The rest is there all the same, and each document is counted as one step."""
    judged.documents[0].with_name("a.txt.annotations.yaml").write_text("format: [", "utf-8")
    troubles: list[str] = []
    steps: list[int] = []
    found = list(iter_reviewed(judged, on_trouble=troubles.append, on_document=lambda: steps.append(1)))
    assert [one.title for one in found] == ["b.txt"]
    assert ["a.txt.annotations.yaml" in one for one in troubles] == [True]
    assert len(steps) == 3


def written(kind: str, found: list[ReviewedDocument]) -> bytes:
    """The report as a file."""
    out = io.BytesIO()
    WRITERS[kind](found, REPORT)(out)
    return out.getvalue()


def test_the_table_has_a_row_for_each_verdict(judged: Workspace) -> None:
    """Under a mark for spreadsheets, with keys of labels, in order of document and place."""
    data = written("csv", read(judged))
    assert data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert tuple(head) == COLUMNS
    told = [(row[0], row[2], row[3], row[4], row[9]) for row in rows]
    assert told[:2] == [("a.txt", "agreed", "target", "", "open"), ("a.txt", "changed", "target", "opinion", "taken")]
    assert sorted(told[2:]) == [
        ("a.txt", "dropped", "target", "", "open"),
        ("a.txt", "remark", "target", "", "open"),
        ("b.txt", "added", "", "breakthrough", "open"),
    ]


@given(st.text(max_size=40))
def test_no_cell_of_the_table_is_a_formula(words: str) -> None:
    """Whatever a reviewer writes, no spreadsheet runs it."""
    said = Verdict(
        "v1", VerdictKind.DROP, Span(0, 1), words or "x", comment=words, reviewer=words, labels_seen=("target",)
    )
    workspace = Workspace(Path("/f"), (Path("/f/a.txt"),), None, None)  # type: ignore[arg-type]  # only paths are asked
    data = written("csv", [make_reviewed(Path("/f/a.txt"), "", (said,), workspace)])
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


class Page(HTMLParser):
    """What a browser would find in a page: elements with their attributes, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_runs_and_loads_nothing(tmp_path: Path) -> None:
    """What reviewers write is text in it, whatever they write; its policy forbids scripts and networks."""
    said = Verdict("v1", VerdictKind.DROP, Span(0, 1), NASTY, comment=NASTY, reviewer=NASTY, labels_seen=(NASTY,))
    article(tmp_path, "a.txt", TEXT)
    workspace = load_folder_workspace(tmp_path)
    page = Page(written("html", [make_reviewed(workspace.documents[0], NASTY, (said,), workspace)]).decode())
    assert not {tag for tag, _attributes in page.elements} & {"script", "img", "iframe", "object", "form", "base", "a"}
    assert not [name for _tag, attributes in page.elements for name in attributes if name.startswith("on")]
    assert page.text.count(NASTY) >= 3
    policy = next(attributes["content"] for _tag, attributes in page.elements if "http-equiv" in attributes)
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    assert "script-src" not in policy
    links = [attributes.get("href") for tag, attributes in page.elements if tag == "link"]
    assert links == ["data:,"]


def test_the_page_says_all(judged: Workspace) -> None:
    """Numbers, shares, from what to what, comments, who and what came of it; those who agree in silence are counted."""
    text = " ".join(Page(written("html", read(judged)).decode()).text.split())
    for words in ("bài", "5 verdicts", "1agreed", "4 still open", "33%", "1 to Ý kiến; 1 dropped", "xem lại", "Hoa"):
        assert words in text, words
    assert "Mục tiêu → Ý kiến" in text
    assert "Mục tiêu → no label" in text
    assert "Một câu ở đây." in text  # the addition; not the one that was agreed with
    assert text.count("Một câu ở đây.") == 1


def test_an_empty_report_says_so() -> None:
    """Where nobody said anything there is one sentence, and a table without rows."""
    assert "No reviewer has said anything" in written("html", []).decode()
    assert written("csv", []).decode("utf-8-sig").splitlines() == [",".join(COLUMNS)]


def test_files_that_bring_nothing(tmp_path: Path) -> None:
    """A file that cannot be read is one line; one without answers is a row of nothing."""
    found = make_preview(
        [AnswerFile(tmp_path / "a.xlsx", trouble="damaged."), AnswerFile(tmp_path / "b.xlsx", unanswered=4)]
    )
    assert found.rejected == (RejectedAnswer("a.xlsx", "", "damaged."),)
    assert [(row.file, row.unanswered, row.classes.total()) for row in found.rows] == [("b.xlsx", 4, 0)]
    assert (found.new, found.repeated, found.batches) == (0, 0, ())


def test_the_list_of_what_is_wrong_is_safe() -> None:
    """It quotes what reviewers wrote, and so no cell may be a formula."""
    data = format_rejected([RejectedAnswer("a.xlsx", "=1+1", "@x")]).decode("utf-8-sig")
    assert data.splitlines()[1] == "a.xlsx,'=1+1,'@x"
