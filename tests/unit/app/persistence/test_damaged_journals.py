"""A journal that something else damaged, emptied, replaced or filled the disk of: told, and nothing is lost."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from app_builders import Work, article, labels_on, run_and_kill, sidecar_of, sidecar_path

from annotator.app.persistence.background_writer import BackgroundWriter
from annotator.app.session import commands
from annotator.app.sidecar_check import check_path
from annotator.storage.errors import describe_os_error
from annotator.storage.journal import journal as journal_module
from annotator.storage.journal.codec import JournalEntry, JournalVersion, encode_entry
from annotator.storage.journal.journal import Journal, JournalError, is_journal_open, journal_path
from annotator.storage.journal.reading import VERSION
from annotator.storage.journal.tail import JournalTail
from annotator.storage.paths import ensure_state_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def journal_of(document: Path) -> Path:
    """Return the journal of a document."""
    return journal_path(document, annotator="", state_folder=ensure_state_folder())


def tagged(folder: Path) -> Path:
    """Return an article of which two sentences were tagged, by a program that has ended."""
    path = article(folder)
    work = Work()
    assert work.open(path)
    for number in (2, 3):
        work.sentence(number)
        commands.tag(work.session, "target")
    assert work.session.close()
    return path


def reopened(path: Path) -> Work:
    """Return the article opened again."""
    work = Work()
    assert work.open(path)
    return work


def is_journaled(work: Work) -> bool:
    """Return whether the journal has all work."""
    assert work.session.store is not None
    return work.session.store.is_journaled


def backups() -> list[bytes]:
    """Return what is kept of journals among the backups."""
    return [kept.read_bytes() for kept in (ensure_state_folder() / "backups").glob("*.damaged")]


def test_a_journal_begins_with_its_version(tmp_path: Path) -> None:
    """The first line says it; a journal without that line is of version 1."""
    lines = journal_of(tagged(tmp_path)).read_bytes().splitlines(keepends=True)
    assert lines[0] == encode_entry(JournalEntry(0, JournalVersion(VERSION)))
    journal_of(tmp_path / "article.txt").write_bytes(b"".join(lines[1:]))
    work = reopened(tmp_path / "article.txt")
    assert (work.warned, len(work.session.history.done)) == ("", 2)


DAMAGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "zeroed": (lambda data: bytes(len(data)), "is no journal"),
    "text": (lambda _data: b"Dear Mai,\nI agree.\n", "is no journal"),
    "JSON": (lambda _data: b'{"n": 1}\n{"n": 2}\n', "is no journal"),
    "emptied": (lambda _data: b"", "was emptied"),
    "its end zeroed": (lambda data: data[:700] + b"\n" + bytes(50) + b"\n" + bytes(50), "damaged from some point on"),
    "a line in the middle": (lambda data: data[:900] + b"#" + data[901:], "a gap"),
    "CRLF": (lambda data: data.replace(b"\n", b"\r\n"), "is no journal"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_told_once(tmp_path: Path, damage: str) -> None:
    """The annotations are as they were and can be changed; what could not be read is among the backups."""
    path = tagged(tmp_path)
    change, words = DAMAGES[damage]
    before = sidecar_path(path).read_bytes()
    broken = change(journal_of(path).read_bytes())
    journal_of(path).write_bytes(broken)
    work = reopened(path)
    assert words in work.warned
    assert len(labels_on(work.session.state)) == 2
    assert sidecar_path(path).read_bytes() == before
    if "is no journal" in words:
        assert backups() == [broken + b"\n"]
    before_step = work.session.state
    commands.tag(work.session, "opinion")
    assert work.session.state != before_step
    assert work.session.close()
    assert words not in reopened(path).warned
    assert not [one for one in tmp_path.iterdir() if one not in {path, sidecar_path(path)}]


def test_a_later_version_is_left_alone(tmp_path: Path) -> None:
    """What it wrote can only be read, and is not touched."""
    path = tagged(tmp_path)
    data = encode_entry(JournalEntry(0, JournalVersion(VERSION + 1))) + b'{"n":1,"kind":"unheard of"}\n'
    journal_of(path).write_bytes(data)
    work = reopened(path)
    assert "later version" in work.session.read_only
    assert len(labels_on(work.session.state)) == 2
    assert journal_of(path).read_bytes() == data


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["pipe", "folder"])
def test_what_is_no_file_never_hangs(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """The annotations are shown, read-only, with the reason."""
    path = tagged(tmp_path)
    journal_of(path).unlink()
    make(journal_of(path))
    work = reopened(path)
    assert "journal" in work.session.read_only
    assert len(labels_on(work.session.state)) == 2
    assert not is_journal_open(journal_of(path))
    with pytest.raises(OSError, match=r"ordinary file|directory"):
        JournalTail(journal_of(path)).read()
    moved = path.rename(path.with_name("moved.txt"))
    sidecar_path(path).rename(sidecar_path(moved))
    assert reopened(moved).session.read_only == ""


@contextmanager
def full_state_disk() -> Iterator[None]:
    """Let the disk of the state folder take nothing; that of the articles does."""
    write = os.write
    state = os.path.realpath(ensure_state_folder())

    def full(handle: int, data: bytes) -> int:
        if os.path.realpath(f"/proc/self/fd/{handle}").startswith(state):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(handle, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "write", full)
        yield


def test_only_the_state_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was done is saved in its file; a new step is refused, and said so; with space all goes on."""
    path = article(tmp_path)
    monkeypatch.setitem(BackgroundWriter.__init__.__kwdefaults__ or {}, "delay", 3600.0)
    work = reopened(path)
    work.sentence(2)
    commands.tag(work.session, "target")
    with full_state_disk():
        assert work.settle()
        assert len(sidecar_of(path).decisions.annotations) == 1
        on_screen = work.session.state
        commands.tag(work.session, "opinion")
        assert work.session.state == on_screen
        assert "The step was not done: the disk" in work.warned
        assert is_journaled(work)
    work.sentence(3)
    commands.tag(work.session, "opinion")
    assert work.session.close()
    again = reopened(path)
    assert (len(labels_on(again.session.state)), len(again.session.history.done)) == (2, 2)


def test_a_removed_journal_has_nothing_any_more(tmp_path: Path) -> None:
    """What the dialog on closing says depends on it."""
    path = tagged(tmp_path)
    work = reopened(path)
    assert is_journaled(work)
    journal_of(path).unlink()
    assert not is_journaled(work)


# A damaged sidecar, seen from the command line


def instead(make: Callable[[Path], None]) -> Callable[[Path], None]:
    """Return a way to remove a file and make something else in its place."""

    def act(path: Path) -> None:
        path.unlink()
        make(path)

    return act


BROKEN: dict[str, tuple[Callable[[Path], object], bool]] = {
    "zeroed": (lambda path: path.write_bytes(bytes(path.stat().st_size)), True),
    "emptied": (lambda path: path.write_bytes(b""), True),
    "cut": (lambda path: path.write_bytes(path.read_bytes()[:-60]), True),
    "binary": (lambda path: path.write_bytes(bytes(range(256))), True),
    "a folder": (instead(os.mkdir), True),
    "a pipe": (instead(os.mkfifo), True),
    "a slip of the pen": (lambda path: path.write_bytes(path.read_bytes().replace(b"labels: [", b"labels: {")), False),
}


@pytest.mark.parametrize("way", BROKEN)
def test_check_puts_back_what_nobody_could_mend(tmp_path: Path, way: str) -> None:
    """It says that the last state is known; with --fix it is put back, unless somebody's own words are in the file."""
    path = tagged(tmp_path)
    good = sidecar_path(path).read_bytes()
    damage, is_put_back = BROKEN[way]
    damage(sidecar_path(path))
    (found,) = [one for one in check_path(tmp_path, is_fixing=False) if one.file.endswith(".yaml")]
    assert "2 decisions, is known" in "\n".join(found.notices)
    assert ("--fix" in "\n".join(found.notices)) == is_put_back
    assert not found.is_settled
    (found,) = [one for one in check_path(tmp_path, is_fixing=True) if one.file.endswith(".yaml")]
    assert found.is_settled == found.is_fixed == is_put_back
    assert (sidecar_path(path).read_bytes() == good) == is_put_back
    if is_put_back:
        assert len(reopened(path).session.history.done) == 2


def test_check_does_not_guess(tmp_path: Path) -> None:
    """Where nothing is known of a damaged sidecar, it is told and stays."""
    path = article(tmp_path)
    sidecar_path(path).write_bytes(b"")
    (found,) = check_path(tmp_path, is_fixing=True)
    assert (found.is_fixed, found.notices) == (False, ())
    assert sidecar_path(path).read_bytes() == b""


def test_a_pipe_in_place_of_the_journal_is_called_what_it_is(tmp_path: Path) -> None:
    """The disk allows it; what stands there is no file."""
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    with pytest.raises(JournalError, match="not an ordinary file"):
        Journal(pipe)
    with pytest.raises(OSError, match="not an ordinary file") as refused:
        JournalTail(pipe).read()
    assert describe_os_error(refused.value) == "not an ordinary file"


def test_a_link_to_nothing_in_place_of_the_sidecar_is_called_what_it_is(tmp_path: Path) -> None:
    """It is there, as a link."""
    path = article(tmp_path)
    sidecar_path(path).symlink_to(tmp_path / "gone" / "sidecar.yaml")
    (found,) = check_path(tmp_path, is_fixing=False)
    assert [fault.problem for fault in found.faults] == ["it is a link that leads to nothing"]


def test_steps_that_only_the_journal_has_are_put_back(tmp_path: Path) -> None:
    """A program was killed before it saved, and the sidecar was emptied: the check brings all of it back."""
    path = tagged(tmp_path)
    run_and_kill(path, "work.sentence(4)\ncommands.tag(session, 'opinion')")
    sidecar_path(path).write_bytes(b"")
    (found,) = check_path(tmp_path, is_fixing=True)
    assert found.is_fixed
    assert [labels for _text, labels in labels_on(sidecar_of(path).decisions)] == [
        ("target",),
        ("target",),
        ("opinion",),
    ]


def test_what_is_put_back_follows_the_rules_of_the_folder(tmp_path: Path) -> None:
    """A sentence that was changed meanwhile ends where the abbreviations of the folder let it end."""
    (tmp_path / "annotator.yaml").write_text(
        "format: annotator-workspace/1\nlanguage: vi\nabbreviations: [Hoathinh.]\n", "utf-8"
    )
    beginning = "Câu đầu tiên.\n\nTỉnh đã họp phiên đầu của năm nay tại khu "
    path = article(tmp_path, text=f"{beginning}Hoa Lư.\n")
    work = Work()
    assert work.open(path)
    work.sentence(1)
    commands.tag(work.session, "target")
    assert work.session.close()
    path.write_text(f"{beginning}Hoathinh. Long.\n", "utf-8")
    sidecar_path(path).write_bytes(b"")
    (found,) = check_path(tmp_path, is_fixing=True)
    assert found.is_fixed
    assert [text for text, _labels in labels_on(sidecar_of(path).decisions)] == [
        "Tỉnh đã họp phiên đầu của năm nay tại khu Hoathinh. Long."
    ]


def test_a_long_journal_is_shortened_while_it_is_worked_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step can be undone after a restart, and what is on the disk is a fraction of what was written."""
    path = article(tmp_path)
    monkeypatch.setattr(journal_module, "SHORTEN_BYTES", 20_000)
    work = Work()
    assert work.open(path)
    for number in range(120):
        work.sentence(2 + number % 3)
        commands.tag(work.session, ("target", "opinion")[number % 2])
        if number % 10 == 9:
            assert work.settle()
    before = work.session.state
    steps = len(work.session.history.done)
    assert work.session.close()
    assert b'"kind":"packed"' in journal_of(path).read_bytes()
    assert journal_of(path).stat().st_size < 30_000
    again = reopened(path)
    assert again.session.state == before
    assert len(again.session.history.done) == steps
    while again.session.history.done:
        assert again.session.undo()
    assert len(labels_on(again.session.state)) == 0
