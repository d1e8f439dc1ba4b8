"""Articles that take each other's names while the program is closed: each journal follows its text."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

import pytest
from app_builders import Work, article, labels_on, run_and_kill, sidecar_path

from annotator.app.session import commands
from annotator.storage.journal import journal as journal_module
from annotator.storage.journal.journal import journal_path
from annotator.storage.journal.swapped import find_last_text
from annotator.storage.paths import ensure_state_folder

if TYPE_CHECKING:
    from pathlib import Path

LABELS = {"a.txt": "target", "b.txt": "breakthrough", "c.txt": "opinion"}


def text_of(name: str) -> str:
    """Return the text of an article: one sentence."""
    return f"Bài {name[0]} có một câu duy nhất.\n"


def swap(folder: Path, *names: str) -> None:
    """Give each article, with its sidecar, the name of the next."""
    moved = folder.parent / "moved"
    moved.mkdir()
    for source, target in zip(names, (*names[1:], names[0]), strict=True):
        for suffix in ("", ".annotations.yaml"):
            if (folder / f"{source}{suffix}").exists():
                (folder / f"{source}{suffix}").rename(moved / f"{target}{suffix}")
    for path in moved.iterdir():
        path.rename(folder / path.name)
    moved.rmdir()


@pytest.mark.parametrize("names", [("a.txt", "b.txt"), ("a.txt", "b.txt", "c.txt"), ("c.txt", "b.txt", "a.txt")])
@pytest.mark.parametrize("is_saved", [False, True])
@pytest.mark.parametrize("longest", [0, journal_module.SHORTEN_BYTES])
def test_work_that_a_crash_left_stays_with_its_text(
    tmp_path: Path, names: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, *, is_saved: bool, longest: int
) -> None:
    """What is in journals alone comes back where the text is now, whichever is opened first, shortened or not."""
    monkeypatch.setattr(journal_module, "SHORTEN_BYTES", longest)
    folder = tmp_path / "articles"
    for name in names:
        path = article(folder, name, text_of(name))
        if is_saved:
            work = Work()
            assert work.open(path)
            commands.set_note(work.session, "Đã đọc.")
            assert work.settle()
            work.session.close()
        run_and_kill(path, f'commands.tag(session, "{LABELS[name]}")')
    swap(folder, *names)
    for old, name in zip(names, (*names[1:], names[0]), strict=True):
        work = Work()
        assert work.open(folder / name)
        assert [(text, labels[-1]) for text, labels in labels_on(work.session.state)] == [
            (text_of(old).strip(), LABELS[old])
        ]
        assert work.session.state.orphans == type(work.session.state.orphans)()
        assert work.settle()
        commands.undo(work.session)
        assert all(labels[-1:] != (LABELS[old],) for _text, labels in labels_on(work.session.state))
        work.session.close()


def worked_on(folder: Path, name: str) -> Path:
    """Return an article that was worked on twice and saved each time."""
    path = article(folder, name, text_of(name))
    for note in ("", "Đã đọc."):
        work = Work()
        assert work.open(path)
        if note:
            commands.set_note(work.session, note)
        else:
            commands.tag(work.session, LABELS[name])
        assert work.settle()
        work.session.close()
    return path


def test_the_history_stays_with_its_text_once_it_was_shortened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits to be saved: undo still takes back what was done on the text."""
    monkeypatch.setattr(journal_module, "SHORTEN_BYTES", 0)
    folder = tmp_path / "articles"
    for name in ("a.txt", "b.txt"):
        worked_on(folder, name)
    swap(folder, "a.txt", "b.txt")
    for name in ("a.txt", "b.txt"):
        work = Work()
        assert work.open(folder / name)
        assert (work.warned, len(work.session.history.done)) == ("", 2)
        work.session.close()


@pytest.mark.parametrize("damage", [b"", b'"summary"'])
def test_a_shortened_journal_names_its_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes) -> None:
    """By its summary, or by its blocks if that is damaged; without either it names none."""
    monkeypatch.setattr(journal_module, "SHORTEN_BYTES", 0)
    path = worked_on(tmp_path, "a.txt")
    journal = journal_path(path, annotator="", state_folder=ensure_state_folder())
    data = journal.read_bytes()
    assert b'"kind":"summary"' in data
    assert b'"kind":"opened"' not in data
    journal.write_bytes(data.replace(damage, b'"summaty"') if damage else data)
    assert find_last_text(journal) == hashlib.sha256(path.read_bytes()).hexdigest()
    journal.write_bytes(data.splitlines(keepends=True)[0])
    assert find_last_text(journal) == ""


def test_an_article_that_was_edited_keeps_its_journal_beside_a_copy_of_the_old_text(tmp_path: Path) -> None:
    """A copy made before editing is no reason to give the copy what was done on the article."""
    path = article(tmp_path)
    run_and_kill(path, 'commands.tag(session, "target")')
    shutil.copy(path, tmp_path / "article - Copy.txt")
    article(tmp_path, text="Dòng mới.\n\n" + path.read_text("utf-8"))
    work = Work()
    assert work.open(path)
    assert [labels for _text, labels in labels_on(work.session.state)] == [("target",)]
    assert work.settle()
    work.session.close()
    assert sidecar_path(path).exists()
