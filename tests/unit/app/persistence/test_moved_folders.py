"""Folders that are moved or renamed: the journal of a document comes along."""

from __future__ import annotations

import fcntl
import os
import shutil
from typing import TYPE_CHECKING

from app_builders import Work, article, labels_on, run_and_kill, sidecar_path

from annotator.app.history.restore import find_journal
from annotator.app.session import commands
from annotator.core.annotation_set import AnnotationSet
from annotator.storage.journal import locations
from annotator.storage.journal.journal import load_entries
from annotator.storage.paths import ensure_state_folder

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

LEAD = "Tỉnh đặt ra năm nhiệm vụ trọng tâm và ba khâu đột phá cho cả giai đoạn."
CAME = "its history came along"


def opened(path: Path) -> Work:
    """A session with this article open."""
    work = Work()
    assert work.open(path)
    return work


def worked_on(path: Path) -> AnnotationSet:
    """Two tags, written and closed."""
    work = opened(path)
    commands.tag(work.session, "target")
    commands.tag(work.session, "opinion")
    state = work.session.state
    assert work.session.close()
    return state


def journals() -> int:
    """How many journals there are."""
    return len(list((ensure_state_folder() / "journals").glob("*.jsonl")))


def test_the_undo_history_follows_a_folder_that_was_moved(tmp_path: Path) -> None:
    """Undo reaches back to the beginning, and there is one journal still."""
    path = article(tmp_path / "old")
    state = worked_on(path)
    (tmp_path / "old").rename(tmp_path / "new")
    work = opened(tmp_path / "new" / path.name)
    assert state == work.session.state
    assert CAME in work.warned
    assert str(path) in work.warned
    assert journals() == 1
    for _ in range(2):
        commands.undo(work.session)
    assert AnnotationSet() == work.session.state
    work.session.close()
    again = opened(tmp_path / "new" / path.name)
    assert again.said == []
    again.session.close()


def test_unsaved_work_follows_a_folder_that_was_moved(tmp_path: Path) -> None:
    """What a crash left in the journal alone is recovered at the new place."""
    path = article(tmp_path / "old")
    run_and_kill(path, 'commands.tag(session, "target")')
    (tmp_path / "old").rename(tmp_path / "new")
    work = opened(tmp_path / "new" / path.name)
    assert labels_on(work.session.state) == [(LEAD, ("target",))]
    assert CAME in work.warned
    assert "recovered" in work.warned
    assert work.settle()
    assert sidecar_path(tmp_path / "new" / path.name).exists()
    work.session.close()


def test_to_another_disk_and_back(tmp_path: Path) -> None:
    """A folder that was copied and then removed was moved as well; so it goes back."""
    path = article(tmp_path / "old")
    state = worked_on(path)
    for source, target in (("old", "new"), ("new", "old")):
        shutil.copytree(tmp_path / source, tmp_path / target)
        shutil.rmtree(tmp_path / source)
        work = opened(tmp_path / target / path.name)
        assert state == work.session.state
        assert len(work.session.history.done) == 2
        work.session.close()
    assert journals() == 1


def test_a_document_that_was_renamed_without_its_sidecar(tmp_path: Path) -> None:
    """The work is in the journal, so nothing is lost."""
    path = article(tmp_path)
    state = worked_on(path)
    path.rename(tmp_path / "b.txt")
    work = opened(tmp_path / "b.txt")
    assert state == work.session.state
    work.session.close()


def test_a_copy_begins_a_history_of_its_own(tmp_path: Path) -> None:
    """While the document still is at its old place, its journal stays with it."""
    path = article(tmp_path / "old")
    state = worked_on(path)
    shutil.copytree(tmp_path / "old", tmp_path / "copy")
    work = opened(tmp_path / "copy" / path.name)
    assert state == work.session.state
    assert work.session.history.done == []
    assert CAME not in work.warned
    work.session.close()
    assert len(opened(path).session.history.done) == 2


def test_of_two_alike_each_gets_its_own(tmp_path: Path) -> None:
    """Two documents with one text in a folder that was moved: by their names."""
    for name, label in (("a.txt", "target"), ("b.txt", "opinion")):
        work = opened(article(tmp_path / "old", name))
        commands.tag(work.session, label)
        work.session.close()
    (tmp_path / "old").rename(tmp_path / "new")
    for name, label in (("a.txt", "target"), ("b.txt", "opinion")):
        work = opened(tmp_path / "new" / name)
        assert labels_on(work.session.state) == [(LEAD, (label,))]
        assert len(work.session.history.done) == 1
        work.session.close()


def test_another_document_with_the_same_text_takes_nothing_over(tmp_path: Path) -> None:
    """A document that was removed does not leave its annotations to one that only says the same."""
    path = article(tmp_path)
    worked_on(path)
    other = article(tmp_path, "other.txt")
    path.unlink()
    sidecar_path(path).unlink()
    work = opened(other)
    assert AnnotationSet() == work.session.state
    work.session.close()


def test_a_number_that_the_file_system_gave_again_is_no_move(tmp_path: Path) -> None:
    """A new file with the same text may have the number of the removed one; it was written at another time."""
    path = article(tmp_path)
    worked_on(path)
    other = tmp_path / "other.txt"
    other.hardlink_to(path)
    path.unlink()
    sidecar_path(path).unlink()
    os.utime(other, ns=(0, other.stat().st_mtime_ns + 1))
    work = opened(other)
    assert AnnotationSet() == work.session.state
    work.session.close()


def test_a_disk_that_is_not_connected_is_no_move(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The document may come back there: its journal stays with it."""
    path = article(tmp_path / "share" / "old")
    monkeypatch.setattr(locations, "_find_mount_point", lambda _path: str(tmp_path / "share"))
    worked_on(path)
    (tmp_path / "share" / "old").rename(tmp_path / "new")
    work = opened(tmp_path / "new" / path.name)
    assert work.session.history.done == []
    work.session.close()


def test_a_journal_in_use_is_not_taken(tmp_path: Path) -> None:
    """Another window works with it still."""
    path = article(tmp_path / "old")
    work = opened(path)
    commands.tag(work.session, "target")
    work.settle()
    (tmp_path / "old").rename(tmp_path / "new")
    other = opened(tmp_path / "new" / path.name)
    assert other.session.read_only == ""
    assert other.session.history.done == []
    commands.tag(work.session, "opinion")
    assert len(work.session.history.done) == 2
    other.session.close()
    work.session.close()


def test_a_journal_that_a_dead_window_held_is_taken(tmp_path: Path) -> None:
    """A lock ends with its process."""
    path = article(tmp_path / "old")
    state = worked_on(path)
    (tmp_path / "old").rename(tmp_path / "new")
    (journal,) = (ensure_state_folder() / "journals").glob("*.jsonl")
    handle = os.open(journal, os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX)
    os.close(handle)
    work = opened(tmp_path / "new" / path.name)
    assert state == work.session.state
    assert len(work.session.history.done) == 2
    work.session.close()


def test_hints_that_cannot_be_read_do_no_harm(tmp_path: Path) -> None:
    """Garbage in the folder of places, or none at all, only means that no journal is found."""
    path = article(tmp_path / "old")
    state = worked_on(path)
    (places,) = (ensure_state_folder() / "places").iterdir()
    places.write_bytes(b"\xff{]\n" + places.read_bytes() + b'{"journal": "../x", "document": 1}\n[1]\n')
    (tmp_path / "old").rename(tmp_path / "new")
    work = opened(tmp_path / "new" / path.name)
    assert len(work.session.history.done) == 2
    work.session.close()
    shutil.rmtree(ensure_state_folder() / "places")
    (ensure_state_folder() / "places").write_text("in the way")
    (tmp_path / "new").rename(tmp_path / "newer")
    work = opened(tmp_path / "newer" / path.name)
    assert state == work.session.state
    assert work.session.read_only == ""
    work.session.close()


def test_a_journal_with_later_work_on_another_text_is_not_taken(tmp_path: Path) -> None:
    """The journal went on with the changed text; an old copy of the document does not take it away."""
    path = article(tmp_path / "old")
    worked_on(path)
    shutil.copytree(tmp_path / "old", tmp_path / "copy")
    path.write_text("Một bài khác.\n", "utf-8")
    opened(path).session.close()
    shutil.rmtree(tmp_path / "old")
    work = opened(tmp_path / "copy" / path.name)
    assert work.session.history.done == []
    work.session.close()


def test_the_journal_says_all_it_said(tmp_path: Path) -> None:
    """Taking it over changes its name and nothing else."""
    path = article(tmp_path / "old")
    worked_on(path)
    (journal,) = (ensure_state_folder() / "journals").glob("*.jsonl")
    before = load_entries(journal)
    (tmp_path / "old").rename(tmp_path / "new")
    work = opened(tmp_path / "new" / path.name)
    found = find_journal(work.session)
    assert found is not None
    assert found != journal
    assert before == load_entries(found)[: len(before)]
    work.session.close()
