"""Articles that take each other's names while the program is closed: each journal follows its text."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from app_builders import Work, article, labels_on, run_and_kill, sidecar_path

from annotator.app.session import commands

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
def test_work_that_a_crash_left_stays_with_its_text(tmp_path: Path, names: tuple[str, ...], *, is_saved: bool) -> None:
    """What is in journals alone comes back where the text is now, whichever is opened first."""
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
