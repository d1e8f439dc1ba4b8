from __future__ import annotations

import errno
import json
import os
import threading
from typing import TYPE_CHECKING, Any

import pytest

from annotator.core.change import Change, Layer, Step
from annotator.core.span import Span
from annotator.storage.journal.journal import (
    Journal,
    JournalBusyError,
    JournalEntry,
    JournalError,
    LostRecords,
    SaveStarted,
    StepDone,
    StepUndone,
    WorkOpened,
    journal_path,
    load_entries,
    open_journal,
)

if TYPE_CHECKING:
    from pathlib import Path


def step(number: int) -> Step:
    """A step that can be told from others."""
    change = Change(Layer.NOTHING, number, None, number + 1)
    return Step("nothing", (change,), Span(number, number + 1), time="2026-05-13T09:12:44+07:00", author="mai")


def _filled(path: Path, count: int) -> bytes:
    with Journal(path) as journal:
        for number in range(count):
            journal.append(StepDone(step(number)))
    return path.read_bytes()


def test_what_was_appended_is_found_again(tmp_path: Path) -> None:
    """Numbers go on over sessions."""
    with Journal(tmp_path / "a" / "b.jsonl") as journal:
        assert (journal.last_number, journal.entries) == (0, ())
        assert journal.append(WorkOpened("d", "s", "now")) == 1
        assert journal.append(StepDone(step(1)), StepUndone()) == 3
    with Journal(tmp_path / "a" / "b.jsonl") as journal:
        assert (
            JournalEntry(1, WorkOpened("d", "s", "now")),
            JournalEntry(2, StepDone(step(1))),
            JournalEntry(3, StepUndone()),
        ) == journal.entries
        assert journal.damaged_path is None
        assert journal.append(SaveStarted("x", 3)) == 4
    assert load_entries(tmp_path / "a" / "b.jsonl")[-1] == JournalEntry(4, SaveStarted("x", 3))


def test_lines_are_json_for_the_person_alone(tmp_path: Path) -> None:
    """Each line is an object that any tool can read, in a file that nobody else can."""
    for line in _filled(tmp_path / "j" / "a.jsonl", 3).splitlines():
        assert json.loads(line)["kind"] == "did"
    assert (tmp_path / "j" / "a.jsonl").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "j").stat().st_mode & 0o777 == 0o700


def test_a_missing_journal_is_empty(tmp_path: Path) -> None:
    """Looking into it makes no file."""
    assert load_entries(tmp_path / "a.jsonl") == ()
    assert list(tmp_path.iterdir()) == []


def test_the_name_is_readable_and_one_for_each_work(tmp_path: Path) -> None:
    """It tells the document, and differs by folder and annotator; links to a document give the same journal."""

    def name(document: Path, annotator: str = "mai") -> str:
        return journal_path(document, annotator=annotator, state_folder=tmp_path).name

    document = tmp_path / "Đường sắt 2030.txt"
    (tmp_path / "link.txt").symlink_to(document)
    (tmp_path / "folder").symlink_to(tmp_path)
    assert name(document).startswith("duong-sat-2030-txt-")
    assert name(document) == name(tmp_path / "folder" / document.name)
    assert name(document).rpartition("-")[2] == name(tmp_path / "link.txt").rpartition("-")[2]
    assert len({name(document), name(tmp_path / "x" / document.name), name(document, "lan"), name(document, "")}) == 4
    for odd in ("中文", "a\udcff", "x" * 250, ".."):
        assert len(name(tmp_path / odd).encode()) < 100


def test_it_lies_in_the_state_folder(tmp_path: Path) -> None:
    """The document's own folder stays as it is."""
    with open_journal(tmp_path / "work" / "a.txt", annotator="mai", state_folder=tmp_path / "state") as journal:
        assert journal.path.parent == tmp_path / "state" / "journals"
    assert not (tmp_path / "work").exists()


def test_a_tail_torn_at_any_byte_is_put_aside(tmp_path: Path) -> None:
    """Whole lines count, what is left is kept in a file of its own, and the journal goes on."""
    whole = _filled(tmp_path / "whole.jsonl", 3)
    lines = whole.splitlines(keepends=True)
    for cut in range(len(whole) + 1):
        path = tmp_path / f"{cut}.jsonl"
        path.write_bytes(whole[:cut])
        complete = sum(1 for count in (1, 2, 3) if len(b"".join(lines[:count])) <= cut)
        rest = whole[len(b"".join(lines[:complete])) : cut]
        with Journal(path) as journal:
            assert [JournalEntry(number + 1, StepDone(step(number))) for number in range(complete)] == list(
                journal.entries
            )
            assert (journal.damaged_path is not None) == bool(rest)
            if journal.damaged_path:
                assert rest + b"\n" == journal.damaged_path.read_bytes()
            assert complete + 1 == journal.append(StepUndone())
        assert load_entries(path)[-1] == JournalEntry(complete + 1, StepUndone())


def test_a_second_torn_tail_does_not_replace_the_first(tmp_path: Path) -> None:
    """What was put aside is never thrown away."""
    for tail in (b"first", b"\0\0\0"):
        with (tmp_path / "a.jsonl").open("ab") as file:
            file.write(tail)
        with Journal(tmp_path / "a.jsonl") as journal:
            assert journal.damaged_path == tmp_path / "a.jsonl.damaged"
    assert (tmp_path / "a.jsonl.damaged").read_bytes() == b"first\n\0\0\0\n"


def test_damage_in_the_middle_is_marked(tmp_path: Path) -> None:
    """Each flipped bit in a line takes that line, and the line after where it is the line end; the rest is found."""
    whole = _filled(tmp_path / "whole.jsonl", 4)
    first = whole.index(b"\n") + 1
    second = whole.index(b"\n", first)
    for at in range(first, second):
        damaged = bytearray(whole)
        damaged[at] ^= 0x10
        (tmp_path / "a.jsonl").write_bytes(damaged)
        with Journal(tmp_path / "a.jsonl") as journal:
            assert [entry.number for entry in journal.entries] == [1, 2, 3, 4]
            assert [place for place, entry in enumerate(journal.entries) if entry.record == LostRecords()] == [1]
            assert journal.damaged_path is None
        assert (tmp_path / "a.jsonl").read_bytes() == damaged


def test_lines_that_stand_there_twice_count_once(tmp_path: Path) -> None:
    """A block that the disk wrote twice, and rubbish between lines, change nothing."""
    whole = _filled(tmp_path / "a.jsonl", 2)
    first = whole[: whole.index(b"\n") + 1]
    (tmp_path / "b.jsonl").write_bytes(whole[: len(first)] + b"rubbish\n" + first + whole[len(first) :])
    assert load_entries(tmp_path / "a.jsonl") == load_entries(tmp_path / "b.jsonl")


def test_a_second_window_is_told(tmp_path: Path) -> None:
    """Only one may write at a time; the second may look, and may write once the first has closed."""
    first = Journal(tmp_path / "a.jsonl")
    first.append(StepUndone())
    with pytest.raises(JournalBusyError, match="open in another window"):
        Journal(tmp_path / "a.jsonl")
    assert load_entries(tmp_path / "a.jsonl") == (JournalEntry(1, StepUndone()),)
    first.close()
    first.close()
    with Journal(tmp_path / "a.jsonl") as second:
        assert second.last_number == 1


def _failing(number: int, *, taking: int = 0) -> Any:
    write = os.write
    calls: list[int] = []

    def call(handle: int, data: bytes) -> int:
        calls.append(handle)
        if taking and len(calls) == 1:
            return write(handle, data[:taking])
        raise OSError(number, os.strerror(number))

    return call


@pytest.mark.parametrize("taking", [0, 1, 20])
@pytest.mark.parametrize("can_truncate", [True, False])
def test_a_full_disk_takes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, taking: int, can_truncate: bool
) -> None:
    """A record of which some bytes were written does not count; when there is space again, it goes on."""
    whole = _filled(tmp_path / "a.jsonl", 1)
    with Journal(tmp_path / "a.jsonl") as journal:
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", _failing(errno.ENOSPC, taking=taking))
            if not can_truncate:
                patch.setattr(os, "ftruncate", _failing(errno.EIO))
            with pytest.raises(JournalError, match=r"The step was not done: the disk .* is full\. Free some space"):
                journal.append(StepUndone())
        if can_truncate:
            assert whole == (tmp_path / "a.jsonl").read_bytes()
        assert journal.append(StepUndone()) == 2
    assert load_entries(tmp_path / "a.jsonl") == (JournalEntry(1, StepDone(step(0))), JournalEntry(2, StepUndone()))


def test_what_does_not_reach_the_disk_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failing sync takes the record back."""
    with Journal(tmp_path / "a.jsonl") as journal:
        with monkeypatch.context() as patch:
            patch.setattr(os, "fdatasync", lambda _handle: _failing(errno.EIO)(0, b""))
            with pytest.raises(JournalError, match=r"cannot be written \(reading or writing failed\)\. Check the disk"):
                journal.append(StepUndone())
        assert journal.last_number == 0
    assert load_entries(tmp_path / "a.jsonl") == ()


def test_a_journal_that_was_removed_is_told(tmp_path: Path) -> None:
    """Nothing is written to a file that nobody will find again."""
    with Journal(tmp_path / "a.jsonl") as journal:
        (tmp_path / "a.jsonl").unlink()
        with pytest.raises(JournalError, match="was removed"):
            journal.append(StepUndone())


def test_a_closed_journal_takes_nothing(tmp_path: Path) -> None:
    """Appending after closing is an error, not a crash, and closes nobody else's file."""
    journal = Journal(tmp_path / "a.jsonl")
    journal.close()
    with pytest.raises(JournalError):
        journal.append(StepUndone())


def test_a_value_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    """A field nested too deep is refused before anything is written."""
    deep: Any = 1
    for _ in range(100_000):
        deep = [deep]
    with Journal(tmp_path / "a.jsonl") as journal:
        with pytest.raises(JournalError, match="a field holds a value that cannot be kept"):
            journal.append(WorkOpened(deep, "", ""))
        assert journal.append(StepUndone()) == 1


def test_a_journal_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """The sentence names the folder."""
    (tmp_path / "file").write_text("")
    with pytest.raises(JournalError, match=r"cannot be opened: .* Check the folder .*file"):
        Journal(tmp_path / "file" / "a.jsonl")
    (tmp_path / "folder").mkdir()
    with pytest.raises(JournalError, match="cannot be opened: it is a folder"):
        Journal(tmp_path / "folder")
    with pytest.raises(JournalError, match="cannot be opened: it is a folder"):
        load_entries(tmp_path / "folder")
    with pytest.raises(JournalError, match=r"cannot be opened: "):  # not even looked at
        Journal(tmp_path / ("n" * 300))


def test_threads_may_share_it(tmp_path: Path) -> None:
    """Records of several threads get numbers of their own and stand whole in the file."""
    with Journal(tmp_path / "a.jsonl") as journal:
        numbers: list[int] = []

        def work() -> None:
            numbers.extend(journal.append(StepUndone()) for _ in range(50))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert list(range(1, 201)) == sorted(numbers)
    assert [JournalEntry(number, StepUndone()) for number in range(1, 201)] == list(load_entries(tmp_path / "a.jsonl"))


def test_what_was_appended_survives_a_kill(tmp_path: Path) -> None:
    """A process that dies without closing leaves everything, and no lock."""
    child = os.fork()
    if child == 0:
        journal = Journal(tmp_path / "a.jsonl")
        journal.append(StepDone(step(1)))
        os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    with Journal(tmp_path / "a.jsonl") as journal:
        assert journal.entries == (JournalEntry(1, StepDone(step(1))),)
