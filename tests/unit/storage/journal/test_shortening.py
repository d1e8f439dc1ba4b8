"""A journal in its compact form: smaller, faster to open, and with every step that it had."""

from __future__ import annotations

import itertools
import os
import random
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from annotator.app.history.timeline import Timeline
from annotator.core.annotation import Annotation
from annotator.core.change import Change, Layer, Step
from annotator.core.span import Span
from annotator.storage.journal import journal as journal_module
from annotator.storage.journal import packing
from annotator.storage.journal.journal import (
    Baseline,
    Journal,
    SaveStarted,
    SidecarPlaced,
    StepDone,
    StepRedone,
    StepUndone,
    WorkOpened,
    load_entries,
    recover,
)
from annotator.storage.journal.reading import parse_entries
from annotator.storage.journal.tail import JournalTail

if TYPE_CHECKING:
    from pathlib import Path

SEEDS = range(12)
NOW = "2026-05-13T09:12:44+07:00"


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some steps fill a block."""
    monkeypatch.setattr(packing, "_BLOCK_STEPS", 7)


def step(number: int) -> Step:
    """Return a step that can be told from others."""
    made = Annotation(f"id{number}", Span(number, number + 5), ("target",), f"Câu {number}", made=NOW)
    return Step("tag", (Change(Layer.ANNOTATION, number, None, made),), made.span, time=NOW, author="mai")


def write(journal: Journal, seed: int, *, count: int = 60, found: str = "") -> str:
    """Write work that begins with the sidecar `found` into a journal; return the sha256 of the last sidecar."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    saved, text = found, "text"
    journal.append(WorkOpened(text, found, NOW))
    depth = 0
    for number in range(count):
        match chance.randrange(12):
            case 0 if depth:
                journal.append(StepUndone(NOW, "mai"))
            case 1:
                journal.append(StepRedone(NOW, "mai"))
            case 2:
                journal.append(WorkOpened(text, saved, NOW))
            case 3 if chance.random() < 0.3:
                journal.append(WorkOpened(text, f"foreign{number}", NOW))  # the history begins anew
            case 4 if chance.random() < 0.3:
                text = f"text {number}"  # it was changed
                journal.append(WorkOpened(text, f"before {text}", NOW), Baseline(step(1000 + number)))
            case 5 | 6 | 7:
                saved = f"sidecar{seed}.{number}"
                journal.append(SaveStarted(saved, journal.last_number))
                journal.append(SidecarPlaced(saved))
            case _:
                journal.append(StepDone(step(number)))
                depth += 1
    saved = f"last{seed}"
    journal.append(SaveStarted(saved, journal.last_number), SidecarPlaced(saved))
    return saved


def shown(path: Path) -> list[tuple[Any, ...]]:
    """Return what the history shows of a journal."""
    timeline = Timeline("text", load_entries(path))
    rows = [(one.step, one.start, one.period, one.turn) for one in timeline.moments]
    return [*rows, (timeline.turns, timeline.current, timeline.undone, timeline.periods)]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_history_shows_the_same(tmp_path: Path, seed: int) -> None:
    """Every moment, and what can be undone and redone; whatever sidecar is in place, and after more work as well."""
    path = tmp_path / "a.jsonl"
    with Journal(path) as journal:
        saved = write(journal, seed)
        sidecars = [saved, "", "unknown", "foreign3", *(f"sidecar{seed}.{number}" for number in range(0, 60, 7))]
        before, plain = shown(path), parse_entries(path.read_bytes())[0]
        size = path.stat().st_size
        assert journal.shorten()
        assert not journal.shorten()
        assert journal.append(StepUndone(NOW)) == plain[-1].number + 1
    assert path.stat().st_size < size
    assert len(load_entries(path)) < len(plain)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))
    assert shown(path) == before
    with Journal(path) as journal:
        assert journal.damage == ""
        for sidecar in sidecars:
            found, expected = recover(journal.entries, sidecar_sha256=sidecar), recover(plain, sidecar_sha256=sidecar)
            if expected.is_known and sidecar != saved:
                continue  # an older sidecar is no longer known by its hash: what it lacks is merged
            assert found.is_known == expected.is_known
            assert found.history == expected.history
            assert found.baseline == expected.baseline
            assert [getattr(one, "step", one) for one in found.pending] == [
                getattr(one, "step", one) for one in expected.pending
            ]
            assert found.history.ids() >= expected.history.ids()


@pytest.mark.parametrize("seed", SEEDS)
def test_work_goes_on_between_shortenings(tmp_path: Path, seed: int) -> None:
    """Shortened every day, a journal shows what one shows that never was."""
    short, long = tmp_path / "short.jsonl", tmp_path / "long.jsonl"
    saved = {short: "", long: ""}
    for day in range(4):
        for path in (short, long):
            with Journal(path) as journal:
                write(journal, 100 * seed + day, count=25, found=saved[path])
                if path == short:
                    journal.shorten()
                saved[path] = f"evening{day}"
                journal.append(StepDone(step(5000 + day)))
                journal.append(SaveStarted(saved[path], journal.last_number), SidecarPlaced(saved[path]))
        assert shown(short) == shown(long)
        with Journal(short) as journal:
            found = recover(journal.entries, sidecar_sha256=saved[short])
        expected = recover(load_entries(long), sidecar_sha256=saved[long])
        assert (found.history, found.is_known) == (expected.history, expected.is_known)


def test_what_is_appended_meanwhile_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step that is done while the new file is written is in it; a reader that follows begins anew."""
    path = tmp_path / "a.jsonl"
    with Journal(path) as journal:
        write(journal, 1)
        tail = JournalTail(path)
        assert tail.read()
        fsync = os.fsync

        def sync(_handle: int) -> None:
            monkeypatch.setattr(os, "fsync", fsync)
            journal.append(StepDone(step(9)))

        monkeypatch.setattr(os, "fsync", sync)
        assert journal.shorten()
        assert tail.read() is None
        assert tail.read() == load_entries(path)
    assert load_entries(path)[-1].record == StepDone(step(9))


class Killed(BaseException):
    """The program is killed."""


CALLS = ("open", "write", "fsync", "rename", "close", "fstat", "pread", "unlink")


def test_killed_at_every_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old journal or the new one is in place, whole, and can be worked on and shortened again."""
    whole = tmp_path / "whole.jsonl"
    with Journal(whole) as journal:
        write(journal, 2)
    data, before = whole.read_bytes(), shown(whole)
    for number in range(1, 200):
        path = tmp_path / str(number) / "a.jsonl"
        path.parent.mkdir()
        path.write_bytes(data)
        journal = Journal(path)
        calls = iter(range(1, 1000))

        def dying(real: Any, *, calls: Any = calls, last: int = number) -> Any:
            def call(*args: Any, **more: Any) -> Any:
                if next(calls) >= last:
                    raise Killed
                return real(*args, **more)

            return call

        is_killed = False
        with monkeypatch.context() as patch:
            for name in CALLS:
                patch.setattr(os, name, dying(getattr(os, name)))
            try:
                journal.shorten()
            except Killed:
                is_killed = True
        with suppress(OSError):
            os.close(journal._handle)
        assert shown(path) == before
        with Journal(path) as again:
            again.shorten()
            again.append(StepDone(step(9)))
        assert shown(path)[: len(before) - 1] == before[:-1]
        assert [one.name for one in path.parent.iterdir()] == ["a.jsonl"]
        if not is_killed:
            return
    pytest.fail("shortening has no end")


def test_a_damaged_journal_is_not_read_again_at_each_save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It cannot be shortened; that is tried again once as much has been appended again."""
    monkeypatch.setattr(journal_module, "SHORTEN_BYTES", 5_000)
    path = tmp_path / "a.jsonl"
    with Journal(path) as journal:
        write(journal, 1)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:3], b"damaged\n", *lines[4:]]))
    with Journal(path) as journal:
        tries: list[int] = []
        for number in range(200):
            journal.append(StepDone(step(2000 + number)), SaveStarted(f"s{number}", journal.last_number + 1))
            journal.append(SidecarPlaced(f"s{number}"))
            if journal.is_long:
                assert not journal.shorten()
                tries.append(path.stat().st_size)
    assert len(tries) > 1
    assert all(after - before > 5_000 for before, after in itertools.pairwise(tries))


@pytest.mark.parametrize("at", [30, 200, -200])
def test_a_damaged_block_is_a_gap(tmp_path: Path, at: int) -> None:
    """It is told, and what is outside of it is found."""
    path = tmp_path / "a.jsonl"
    with Journal(path) as journal:
        write(journal, 3)
        journal.shorten()
        journal.append(StepDone(step(9)))
    data = bytearray(path.read_bytes())
    at = data.index(b'"kind":"packed"') + at if at > 0 else data.index(b'"kind":"summary"') + at
    data[at] ^= 1
    path.write_bytes(data)
    with Journal(path) as journal:
        assert "gap" in journal.damage
        recover(journal.entries, sidecar_sha256="last3")
    assert load_entries(path)[-1].record == StepDone(step(9))
