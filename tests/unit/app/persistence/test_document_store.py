"""What a keeper does when disks and files fail, told from the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from app_builders import Work, article, labels_on, sidecar_of, sidecar_path

from annotator.app.persistence.decisions import fingerprint
from annotator.app.persistence.safe_overwrite import save_backup
from annotator.app.session import commands
from annotator.storage.atomic import SaveError
from annotator.storage.journal.journal import SaveStarted, journal_path, load_entries
from annotator.storage.paths import ensure_state_folder

if TYPE_CHECKING:
    from pathlib import Path


def opened(path: Path) -> Work:
    """A session with this article open."""
    work = Work()
    assert work.open(path)
    return work


def test_saving_goes_on_when_the_cause_is_gone(tmp_path: Path) -> None:
    """Something in the way of the sidecar is told; the work stays, and is saved when the way is free."""
    path = article(tmp_path)
    work = opened(path)
    sidecar_path(path).mkdir()
    commands.tag(work.session, "target")
    assert (work.settle(), work.session.is_saved) == (False, False)
    assert sidecar_path(path).name in work.said[-1]
    commands.tag(work.session, "opinion")
    assert not work.settle()
    assert work.session.state.decided_count == 2
    sidecar_path(path).rmdir()
    assert work.settle()
    assert work.session.is_saved
    assert len(labels_on(sidecar_of(path).decisions)) == 2
    work.session.close()


def test_a_journal_that_was_removed_is_said_and_the_step_is_not_done(tmp_path: Path) -> None:
    """Without its journal no step is done, since it could not be kept."""
    path = article(tmp_path)
    work = opened(path)
    journal_path(path, annotator="", state_folder=ensure_state_folder()).unlink()
    commands.tag(work.session, "target")
    assert "The step was not done" in work.said[-1]
    assert work.session.state.decided_count == 0
    work.session.close()


def test_each_save_is_in_the_journal_before_the_file(tmp_path: Path) -> None:
    """The journal knows the sha256 of what is on disk."""
    path = article(tmp_path)
    work = opened(path)
    commands.tag(work.session, "target")
    work.session.close()
    entries = load_entries(journal_path(path, annotator="", state_folder=ensure_state_folder()))
    saved = [entry.record for entry in entries if isinstance(entry.record, SaveStarted)]
    assert [fingerprint(sidecar_path(path).read_bytes())] == [one.sha256 for one in saved]


def test_a_backup_is_kept_once(tmp_path: Path) -> None:
    """The same content of the same name is one file, under a name of which the beginning says what it is."""
    one = save_backup(tmp_path / "x.yaml", b"a")
    assert save_backup(tmp_path / "x.yaml", b"a") == one
    other = save_backup(tmp_path / "x.yaml", b"b")
    assert {one.read_bytes(), other.read_bytes()} == {b"a", b"b"}
    assert one.name.endswith("-x.yaml")


@pytest.mark.parametrize("name", ["đ" * 120, "a\nb", "x\udcff", "😀" * 60])
def test_a_backup_of_any_name(tmp_path: Path, name: str) -> None:
    """Long names are cut and strange ones escaped."""
    kept = save_backup(tmp_path / name, b"a")
    assert kept.read_bytes() == b"a"
    assert kept.parent == ensure_state_folder() / "backups"


def test_a_backup_that_cannot_be_kept(tmp_path: Path) -> None:
    """A sentence says so."""
    (ensure_state_folder() / "backups").write_text("in the way")
    with pytest.raises(SaveError, match="old version cannot be kept"):
        save_backup(tmp_path / "x.yaml", b"a")
