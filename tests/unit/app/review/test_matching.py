"""Whose annotations, in which document: what a reviewer's file means, in whatever way it says so."""

from __future__ import annotations

import unicodedata
from itertools import count
from typing import TYPE_CHECKING, Literal

import pytest
from app_builders import Work, article, sidecar_of
from round_trips import import_batches

from annotator.app.review import locating
from annotator.app.review.document_matching import DocumentLookup
from annotator.app.review.matching import MatchResult, locate_verdict, match_answers, merge_batches
from annotator.app.session.segmented_text import normalize_words
from annotator.app.workspace.workspace import load_folder_workspace, load_workspace
from annotator.core.annotation import Annotation
from annotator.core.annotation_set import AnnotationSet
from annotator.core.review.verdict_edits import accept_verdict
from annotator.core.span import Span
from annotator.core.verdict import VerdictKind
from annotator.review.model.answer import Answer
from annotator.storage.sidecar.sidecar import DocumentRecord, Sidecar, sidecar_name
from annotator.storage.sidecar.writer import SidecarWriter

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.app.workspace.workspace import Workspace

GOAL = "Đến năm 2030, kinh tế số đạt trên 30% tổng sản phẩm."
VOICE = "Ông An cho rằng đó là mục tiêu cao."
TEXT = f"Tin trong ngày\n\n{GOAL} {VOICE}\n"
ANNOTATORS = "format: annotator-workspace/1\nannotators: [mai, an]\n"


def tagged(path: Path, *, annotator: str = "", id_: str = "k3f9x2", text: str = TEXT) -> Path:
    """An article whose target is tagged by an annotator."""
    article(path.parent, path.name, text)
    start = text.index(GOAL)
    state = AnnotationSet.of([Annotation(id_, Span(start, start + len(GOAL)), ("target",), GOAL)])
    record = DocumentRecord(path.name, "", "", len(text), 3)
    written = SidecarWriter().render(Sidecar(record, state, annotator=annotator), quote=lambda _place: "")
    path.with_name(sidecar_name(path.name, annotator=annotator)).write_text(written, "utf-8")
    return path


def answer(file: str, *, annotator: str = "", id_: str = "k3f9x2", text: str = GOAL) -> Answer:
    """Somebody wants an annotation dropped."""
    return Answer("row 3", file, annotator, id_, text, VerdictKind.DROP, reviewer="Lan")


def matched(workspace: Workspace, *answers: Answer, who: str = "") -> MatchResult:
    """What answers are about."""
    ids = count(1)
    return match_answers(answers, workspace, source="lan.xlsx", new_id=lambda: f"v{next(ids)}", annotator=who)


def hit(found: MatchResult) -> list[str]:
    """The documents that something was found in."""
    return [batch.place.source.name for batch in found.batches]


# Documents


@pytest.mark.parametrize(
    "spelling",
    ["Cao Bằng/bài một.txt", "Cao Bằng\\bài một.txt", "./Cao Bằng/bài một.txt", " Cao Bằng/bài một.txt "],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("kept", ["NFC", "NFD"])
def test_a_path_is_found_however_it_is_spelt(
    tmp_path: Path, spelling: str, form: Literal["NFC", "NFD"], kept: Literal["NFC", "NFD"]
) -> None:
    """With backslashes from Windows, with accents decomposed by a Mac, here or there."""
    folder = tmp_path / unicodedata.normalize(kept, "Cao Bằng")
    tagged(folder / unicodedata.normalize(kept, "bài một.txt"))
    found = matched(load_folder_workspace(tmp_path), answer(unicodedata.normalize(form, spelling)))
    assert (len(found.batches), found.troubles) == (1, ())


def test_names_that_are_there_twice(tmp_path: Path) -> None:
    """The path says which one is meant; the name alone does not, and nothing is guessed."""
    for folder in ("một", "hai"):
        tagged(tmp_path / folder / "tin.txt", id_=folder)
    workspace = load_folder_workspace(tmp_path)
    found = matched(workspace, answer("hai/tin.txt", id_="hai"))
    assert [batch.place.source.parent.name for batch in found.batches] == ["hai"]
    found = matched(workspace, answer("tin.txt", id_="hai"))
    assert (found.batches, len(found.troubles)) == ((), 1)
    assert "There is no document tin.txt in this folder." in found.troubles[0].sentence


def test_the_folder_above_or_below_is_open(tmp_path: Path) -> None:
    """The end of the path tells, if an annotation that is spoken of is there."""
    tagged(tmp_path / "2026" / "tin.txt")
    assert hit(matched(load_folder_workspace(tmp_path / "2026"), answer("2026/tin.txt"))) == ["tin.txt"]
    assert hit(matched(load_folder_workspace(tmp_path), answer("tin.txt"))) == ["tin.txt"]
    assert hit(matched(load_workspace(tmp_path / "2026" / "tin.txt"), answer("2026/tin.txt"))) == ["tin.txt"]


def test_a_document_that_is_gone_is_not_taken_for_its_namesake(tmp_path: Path) -> None:
    """Another one of that name, even with the same words in it, is not what was judged."""
    tagged(tmp_path / "02" / "tin.txt", id_="other1")
    found = matched(load_folder_workspace(tmp_path), answer("01/tin.txt"), answer("tin.txt"))
    assert found.batches == ()
    assert [one.place for one in found.troubles] == ["row 3", "row 3"]
    assert {one.sentence for one in found.troubles} == {
        "There is no document 01/tin.txt in this folder. Open the folder that the file was made from.",
        "There is no document tin.txt in this folder. Open the folder that the file was made from.",
    }


@pytest.mark.parametrize("file", ["", "/", "..", "../tin.txt", "/etc/passwd", "a\0b", "\ud800", "tin.txt/.."])
def test_strange_paths_lead_nowhere(tmp_path: Path, file: str) -> None:
    """What stands in a file from outside is only compared, never opened."""
    tagged(tmp_path / "tin.txt")
    assert DocumentLookup(load_folder_workspace(tmp_path)).find(file) is None


# Annotators


@pytest.fixture
def shared(tmp_path: Path) -> Workspace:
    """A folder of two annotators, with an article that both have worked on."""
    (tmp_path / "annotator.yaml").write_text(ANNOTATORS, "utf-8")
    tagged(tmp_path / "tin.txt", annotator="mai", id_="mai111")
    tagged(tmp_path / "tin.txt", annotator="an", id_="an2222")
    return load_folder_workspace(tmp_path)


def test_each_takes_in_what_is_said_of_her_own(shared: Workspace) -> None:
    """What is said of An's annotations is An's to take in: Mai is told, and An's file is not touched."""
    before = sidecar_of(shared.documents[0], "an")
    said = answer("tin.txt", annotator="mai", id_="mai111"), answer("tin.txt", annotator="an", id_="an2222")
    found = matched(shared, *said, answer("tin.txt", annotator="an", id_="an2222", text="x"), who="mai")
    assert [batch.place.sidecar_file.annotator for batch in found.batches] == ["mai"]
    assert [(one.place, one.sentence) for one in found.troubles] == [
        (
            "row 3 and 1 more",
            (
                "2 answers are about an's annotations of tin.txt. Each person's file is written by that person "
                "alone: an has to take this file in."
            ),
        )
    ]
    work = Work(who="mai")
    assert work.open(shared.folder)
    import_batches(found.batches, work.session)
    assert work.settle()
    assert sidecar_of(shared.documents[0], "an") == before
    assert len(sidecar_of(shared.documents[0], "mai").decisions.verdicts) == 1


def test_whose_they_are_is_not_said(shared: Workspace) -> None:
    """Then those of whoever takes them in are meant."""
    found = matched(shared, answer("tin.txt", id_="an2222"), who="an")
    assert [batch.place.sidecar_file.annotator for batch in found.batches] == ["an"]
    found = matched(shared, answer("tin.txt", id_="an2222"))
    assert (found.batches, "several people" in found.troubles[0].sentence) == ((), True)


def test_an_unknown_annotator_makes_no_file(shared: Workspace) -> None:
    """Neither a new name nor one that is a path leads to a file."""
    for name in ("binh", "../an", "a/b", "\0"):
        found = matched(shared, answer("tin.txt", annotator=name), who="mai")
        assert found.batches == ()
        assert "has no annotations of tin.txt in this folder" in found.troubles[0].sentence


def test_where_nobody_is_named_everything_comes_in(tmp_path: Path) -> None:
    """A sidecar that has a name all the same is found by it."""
    tagged(tmp_path / "tin.txt", annotator="an")
    found = matched(load_folder_workspace(tmp_path), answer("tin.txt", annotator="an"), who="mai")
    assert [batch.place.sidecar_file.annotator for batch in found.batches] == ["an"]


# What was there already


def test_a_file_taken_in_again_after_all_was_decided(tmp_path: Path) -> None:
    """What was dropped and added since is not told as missing: it was there already."""
    tagged(tmp_path / "tin.txt")
    work = Work()
    assert work.open(tmp_path)
    said = (
        answer("tin.txt"),
        Answer("row 4", "tin.txt", "", "", VOICE[:20], VerdictKind.ADD, ("opinion",), reviewer="Lan"),
        Answer("row 5", "tin.txt", "", "", "Tin trong ngày", VerdictKind.ADD, ("opinion",), reviewer="Lan"),
    )
    assert work.session.workspace is not None
    import_batches(matched(work.session.workspace, *said).batches, work.session)
    session = work.session
    for key, verdict in list(session.state.verdicts.items()):
        assert session.reading is not None
        place = locate_verdict(verdict, session.state, session.reading)
        assert session.apply(
            "review", accept_verdict(session.state, key, place=place, writer=session.writer(), by="mai")
        )
    assert work.settle()
    assert [one.text for one in session.state.annotations.values()] == ["Tin trong ngày", VOICE]
    again = matched(work.session.workspace, *said)
    assert again.troubles == ()
    assert [len(batch.repeated) for batch in again.batches] == [3]
    (logged,) = import_batches(again.batches, session)
    assert (logged.added, logged.repeated) == (0, 3)


def test_several_files_are_one_step(tmp_path: Path) -> None:
    """What two reviewers say of a document comes in together, and one undo takes it back."""
    tagged(tmp_path / "tin.txt")
    work = Work()
    assert work.open(tmp_path)
    assert work.session.workspace is not None
    batches = [
        batch
        for name in ("Lan", "Hoa")
        for batch in matched(
            work.session.workspace, Answer("row 3", "tin.txt", "", "k3f9x2", GOAL, VerdictKind.AGREE, reviewer=name)
        ).batches
    ]
    together = merge_batches(batches)
    assert len(together) == 1
    import_batches(together, work.session)
    assert len(work.session.state.verdicts) == 2
    work.session.undo()
    assert len(work.session.state.verdicts) == 0


def test_what_she_saw_is_kept(tmp_path: Path) -> None:
    """The labels that stood when she judged, though the annotator has changed them since."""
    tagged(tmp_path / "tin.txt")
    work = Work()
    assert work.open(tmp_path)
    said = Answer("row 3", "tin.txt", "", "k3f9x2", GOAL, VerdictKind.AGREE, labels_seen=("opinion",))
    assert work.session.workspace is not None
    (batch,) = matched(work.session.workspace, said).batches
    assert batch.verdicts[0].labels_seen == ("opinion",)


@pytest.mark.parametrize("id_", ["a{place}", ""])
def test_many_answers_cost_little_more_than_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, id_: str) -> None:
    """Each text is compared a few times, not with all others: what is counted grows with the number of answers."""
    number = 2_000
    lines = [f"Câu số {place} nói về chỉ tiêu của tỉnh." for place in range(number)]
    text = "\n\n".join(lines)
    article(tmp_path, "tin.txt", text)
    starts = [text.index(line) for line in lines]
    state = AnnotationSet.of(
        Annotation(f"a{place}", Span(start, start + len(line)), ("target",), line)
        for place, (start, line) in enumerate(zip(starts, lines, strict=True))
    )
    sidecar = Sidecar(DocumentRecord("tin.txt"), state)
    (tmp_path / "tin.txt.annotations.yaml").write_text(SidecarWriter().render(sidecar, quote=lambda _: ""), "utf-8")
    said = [
        Answer(f"row {place}", "tin.txt", "", id_.format(place=place), line, VerdictKind.AGREE)
        for place, line in enumerate(lines)
    ]
    calls = 0
    real = normalize_words

    def counted(words: str) -> str:
        nonlocal calls
        calls += 1
        return real(words)

    monkeypatch.setattr(locating, "normalize_words", counted)
    found = matched(load_folder_workspace(tmp_path), *said)
    assert [len(batch.verdicts) for batch in found.batches] == [number]
    assert calls <= 5 * number
