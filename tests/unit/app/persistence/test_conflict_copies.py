"""Conflict copies that sync clients leave, and conflict marks that git leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from app_builders import ARTICLE, LANGUAGE, Work, article, labels_on, sidecar_of, sidecar_path

from annotator.app.persistence import safe_overwrite
from annotator.app.persistence.conflict_copies import (
    copies_notice,
    find_conflict_mark,
    load_copies,
    marks_notice,
    merge_conflict_marks,
    merge_conflict_marks_into,
    merge_copies,
)
from annotator.app.persistence.safe_overwrite import save_backup
from annotator.app.session import commands
from annotator.app.sidecar_check import check_path
from annotator.app.workspace.sidecar_index import find_sidecars
from annotator.app.workspace.strays import find_strays
from annotator.app.workspace.workspace import load_document_workspace
from annotator.core.document import Document
from annotator.storage.documents.reader import read_document
from annotator.storage.paths import ensure_state_folder
from annotator.storage.sidecar.conflict_markers import ConflictVersions, find_conflict_versions
from annotator.storage.sidecar.pairing import guess_origin
from annotator.storage.sidecar.sidecar import find_sidecar_owner, sidecar_name

if TYPE_CHECKING:
    from pathlib import Path

LEAD = "Tỉnh đặt ra năm nhiệm vụ trọng tâm và ba khâu đột phá cho cả giai đoạn."
FIRST = "Sáng nay, hội đồng đã họp phiên đầu tiên."
GOAL = "Đến năm 2030, kinh tế số đạt trên 30% tổng sản phẩm."
NAMES = (
    "article.txt.annotations (conflicted copy 2026-05-01).yaml",
    "article.txt.annotations (Mai's conflicted copy 2026-05-01).yaml",
    "article.txt.annotations (Bản sao xung đột của Mai 2026-05-01).yaml",
    "article.txt.annotations (conflicted copy 2026-05-01 101010).yaml",
    "article.txt.annotations (1).yaml",
    "article.txt.annotations (SFConflict mai@x 2026-05-01-10-10-10).yaml",
    "article.txt.annotations.sync-conflict-20260501-101010-ABCDEFG.yaml",
    "article.txt.annotations_conflict-20260501-101010.yaml",
    "article.txt.annotations-DESKTOP-4F1.yaml",
    "article.txt.annotations 2.yaml",
)


def opened(path: Path) -> Work:
    """A session with this article open."""
    work = Work()
    assert work.open(path)
    return work


def copies_of(path: Path) -> list[Path]:
    """The copies of the annotations of an article."""
    return [one.path for one in find_strays(load_document_workspace(path))]


def version(path: Path, *decisions: tuple[str, str]) -> bytes:
    """A sidecar that says this, by words; it is not left there."""
    items = ""
    for number, (words, label) in enumerate(decisions):
        start = ARTICLE.index(words)
        items += f"- {{id: {label}{number}, labels: [{label}], at: [{start}, {start + len(words)}], text: {words!r}}}\n"
    return f"format: annotator/1\ndocument: {{file: {path.name}}}\nannotations:\n{items}nothing: []\n".encode()


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_of_each_naming_is_found_merged_and_put_away(tmp_path: Path, name: str) -> None:
    """What only the copy says is taken, a contradiction is kept as a rival; the copy moves to the backups."""
    path = article(tmp_path)
    work = opened(path)
    commands.tag(work.session, "target")
    assert work.settle()
    copy = tmp_path / name
    copy.write_bytes(version(path, (LEAD, "opinion"), (GOAL, "breakthrough")))
    old = copy.read_bytes()
    assert copies_of(path) == [copy]
    assert work.session.document is not None
    assert merge_copies(work.session, load_copies([copy], work.session.document, LANGUAGE))
    saved = sidecar_of(path).decisions
    assert labels_on(saved) == [(LEAD, ("target",)), (GOAL, ("breakthrough",))]
    assert [(one.text, one.labels) for one in saved.conflicts.values()] == [(LEAD, ("opinion",))]
    assert not copy.exists()
    assert old in [kept.read_bytes() for kept in (ensure_state_folder() / "backups").glob("*.yaml")]
    assert "1 conflict: " in work.warned
    commands.undo(work.session)
    commands.undo(work.session)
    assert labels_on(work.session.state) == [(LEAD, ("target",))]
    work.session.close()


def test_a_copy_that_cannot_be_read_stays(tmp_path: Path) -> None:
    """Its fault is told with file and line; the sound one beside it is merged."""
    path = article(tmp_path)
    work = opened(path)
    bad, good = tmp_path / NAMES[4], tmp_path / NAMES[0]
    bad.write_text("annotations: [", "utf-8")
    good.write_bytes(version(path, (GOAL, "target")))
    assert work.session.document is not None
    assert merge_copies(work.session, load_copies(copies_of(path), work.session.document, LANGUAGE))
    assert f"{bad.name}, line 2" in work.warned
    assert (bad.exists(), good.exists()) == (True, False)
    assert labels_on(sidecar_of(path).decisions) == [(GOAL, ("target",))]
    work.session.close()


def test_a_copy_that_changes_while_it_is_merged_stays(tmp_path: Path) -> None:
    """What came into it since it was read is not thrown away."""
    path = article(tmp_path)
    work = opened(path)
    copy = tmp_path / NAMES[0]
    copy.write_bytes(version(path, (GOAL, "target")))
    assert work.session.document is not None
    found = load_copies([copy], work.session.document, LANGUAGE)
    copy.write_bytes(version(path, (FIRST, "target")))
    assert not merge_copies(work.session, found)
    assert copy.exists()
    assert "was changed meanwhile and stays" in work.warned
    work.session.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_is_no_sidecar_of_anybody(tmp_path: Path, name: str) -> None:
    """No annotator is called like a conflict copy, and the check of the folder lists it."""
    path = article(tmp_path)
    (tmp_path / name).write_bytes(version(path, (GOAL, "target")))
    assert find_sidecar_owner(name) is None
    assert list(find_sidecars([path])) == [(path, ())]
    for place in (tmp_path, path):
        (found,) = check_path(place, is_fixing=False)
        assert name in found.notices[0]
        assert "is not counted" in found.notices[0]
        assert not found.is_clean
    assert "Another version of these annotations" in copies_notice([tmp_path / name])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt.annotations.mai (1).yaml", ("a.txt", "mai")),
        ("a.txt.annotations.mai.sync-conflict-20260501-101010-ABCDEFG.yaml", ("a.txt", "mai")),
        ("a.txt.annotations.mai.yaml", ("a.txt", "mai")),
        ("a.txt.annotations.mai-hai.yaml", ("a.txt", "mai-hai")),
        ("annotations (1).yaml", None),
        ("a (1).txt.annotations.yaml", ("a (1).txt", "")),
    ],
)
def test_copies_of_named_annotators(name: str, expected: tuple[str, str] | None) -> None:
    """Only what no annotator can be called is taken for a copy by its name alone."""
    origin = guess_origin(name)
    assert expected == (origin[:2] if origin is not None else None)


def test_an_annotator_with_brackets_in_the_name() -> None:
    """The name is written so that the sidecar is not taken for a copy."""
    name = sidecar_name("a.txt", annotator="mai (1)")
    assert find_sidecar_owner(name) == ("a.txt", "mai (1)")


MARKED = b"a\n<<<<<<< HEAD\nb\n||||||| base\nc\n=======\nd\n>>>>>>> theirs\ne\n"


def test_the_versions_between_marks() -> None:
    """Each version is the whole file with its own lines; the base is there where git wrote it."""
    assert find_conflict_versions(MARKED) == ConflictVersions(b"a\nb\ne\n", b"a\nd\ne\n", b"a\nc\ne\n", 2)
    assert find_conflict_versions(MARKED.replace(b"||||||| base\nc\n", b"")) == ConflictVersions(
        b"a\nb\ne\n", b"a\nd\ne\n", None, 2
    )


@pytest.mark.parametrize(
    "data", [b"", b"a\n", b"<<<<<<< HEAD\nb\n", b"=======\n", MARKED.replace(b"<<<<<<< HEAD\n", b"")]
)
def test_marks_that_do_not_go_together(data: bytes) -> None:
    """They are not taken for a conflict."""
    assert find_conflict_versions(data) is None


def marked(path: Path, ours: tuple[str, str], theirs: tuple[str, str]) -> bytes:
    """A sidecar in which git left its marks between two versions, each with one annotation, by words."""
    one, other = (version(path, decision).splitlines(keepends=True) for decision in (ours, theirs))
    lines = [*one[:3], b"<<<<<<< HEAD\n", one[3], b"=======\n", other[3], b">>>>>>> other\n", *one[4:]]
    return b"".join(lines)


def backups() -> list[bytes]:
    """What is kept among the backups."""
    return [kept.read_bytes() for kept in (ensure_state_folder() / "backups").glob("*.yaml")]


def test_a_sidecar_with_conflict_marks(tmp_path: Path) -> None:
    """It opens to be read, names the line, and both versions are merged when asked for; the file is kept as it was."""
    path = article(tmp_path)
    both = marked(path, (FIRST, "opinion"), (GOAL, "target"))
    sidecar_path(path).write_bytes(both)
    work = opened(path)
    assert "cannot be read" in work.session.read_only
    assert "line 4: git left its conflict marks" in work.session.read_only
    line = find_conflict_mark(sidecar_path(path))
    assert "in line 4" in marks_notice("x", line=line)
    assert merge_conflict_marks(sidecar_path(path), read_document(path), language=LANGUAGE) == ""
    work.session.close()
    work = opened(path)
    assert labels_on(work.session.state) == [(FIRST, ("opinion",)), (GOAL, ("target",))]
    assert work.session.read_only == ""
    assert both in backups()
    work.session.close()


def test_marks_around_what_is_not_sound(tmp_path: Path) -> None:
    """Where a version between the marks cannot be read, nothing is written and its fault is told."""
    path = article(tmp_path)
    sidecar_path(path).write_bytes(MARKED)
    told = merge_conflict_marks(sidecar_path(path), Document("article.txt", ARTICLE), language=LANGUAGE)
    assert "not a file of annotator" in told
    assert sidecar_path(path).read_bytes() == MARKED


def test_marks_that_come_while_the_document_is_open(tmp_path: Path) -> None:
    """Both versions and what was done since are there, as one step; the marked file is kept, and saving goes on."""
    path = article(tmp_path)
    work = opened(path)
    commands.tag(work.session, "target")
    assert work.settle()
    both = marked(path, (LEAD, "target"), (GOAL, "opinion"))
    sidecar_path(path).write_bytes(both)
    work.sentence(3)
    commands.tag(work.session, "breakthrough")
    before = labels_on(work.session.state)
    assert not work.settle()
    assert merge_conflict_marks_into(work.session, language=LANGUAGE)
    assert labels_on(sidecar_of(path).decisions) == [*before, (GOAL, ("opinion",))]
    assert not sidecar_of(path).decisions.conflicts
    assert both in backups()
    commands.undo(work.session)
    commands.undo(work.session)
    assert before == labels_on(work.session.state)
    assert work.settle()
    assert before == labels_on(sidecar_of(path).decisions)
    work.session.close()


def test_without_the_common_version_nothing_is_taken_for_removed(tmp_path: Path) -> None:
    """What we saved last is one side of the conflict; the other side, which never had it, does not take it away."""
    path = article(tmp_path)
    sidecar_path(path).write_bytes(version(path, (FIRST, "opinion")))
    work = opened(path)
    sidecar_path(path).write_bytes(marked(path, (FIRST, "opinion"), (GOAL, "target")))
    assert merge_conflict_marks_into(work.session, language=LANGUAGE)
    assert labels_on(sidecar_of(path).decisions) == [(FIRST, ("opinion",)), (GOAL, ("target",))]
    work.session.close()


def test_marks_that_cannot_be_taken(tmp_path: Path) -> None:
    """A version that is not sound is told and nothing is written; so is that there are no marks any more."""
    path = article(tmp_path)
    work = opened(path)
    assert not merge_conflict_marks_into(work.session, language=LANGUAGE)
    assert "has no conflict marks any more" in work.said[-1]
    sidecar_path(path).write_bytes(MARKED)
    assert not merge_conflict_marks_into(work.session, language=LANGUAGE)
    assert "not a file of annotator" in work.warned
    assert sidecar_path(path).read_bytes() == MARKED
    work.session.close()


def test_marks_are_not_merged_in_the_file_under_a_window(tmp_path: Path) -> None:
    """Whoever has the document open merges them."""
    path = article(tmp_path)
    work = opened(path)
    both = marked(path, (FIRST, "opinion"), (GOAL, "target"))
    sidecar_path(path).write_bytes(both)
    assert "open in a window" in merge_conflict_marks(sidecar_path(path), read_document(path), language=LANGUAGE)
    assert sidecar_path(path).read_bytes() == both
    work.session.close()


def test_what_is_written_while_marks_are_merged_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody settles it by hand at the same moment: that stands, and the sentence says so."""
    path = article(tmp_path)
    sidecar_path(path).write_bytes(marked(path, (FIRST, "opinion"), (GOAL, "target")))
    settled = version(path, (LEAD, "target"))

    def keep_and_settle(place: Path, data: bytes) -> Path:
        kept = save_backup(place, data)
        place.write_bytes(settled)
        return kept

    monkeypatch.setattr(safe_overwrite, "save_backup", keep_and_settle)
    told = merge_conflict_marks(sidecar_path(path), read_document(path), language=LANGUAGE)
    assert "was changed by another program meanwhile and is not overwritten" in told
    assert sidecar_path(path).read_bytes() == settled


def test_the_check_tells_marks_and_broken_copies(tmp_path: Path) -> None:
    """Marks are named with their line and the way out; a copy that is broken tells its faults, and how to merge it."""
    path = article(tmp_path)
    sidecar_path(path).write_bytes(marked(path, (FIRST, "opinion"), (GOAL, "target")))
    (tmp_path / NAMES[0]).write_bytes(b"annotations: [")
    sidecar, copy = check_path(tmp_path, is_fixing=True)
    assert [(fault.line, "conflict marks" in fault.problem, "File" in fault.remedy) for fault in sidecar.faults] == [
        (4, True, True)
    ]
    assert [fault.line for fault in copy.faults] == [2]
    assert "Merge conflict copies" in copy.notices[0]
