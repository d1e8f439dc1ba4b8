"""The compact form of a journal: all records up to the last save in compressed blocks, what came after as it is.

A block is a line of its own; its steps are unpacked when one of them is looked at. What is left out are records of
sidecars that have been replaced since, and of openings at which the work went on as it was: the history shows neither.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from itertools import groupby
from typing import TYPE_CHECKING

from annotator.core.history import History
from annotator.storage.journal.codec import (
    DamagedLineError,
    JournalEntry,
    LostRecords,
    PackedRecords,
    PackSummary,
    SaveStarted,
    SidecarPlaced,
    StepDone,
    StepRedone,
    StepUndone,
    WorkOpened,
    encode_entry,
    verify_line,
)
from annotator.storage.journal.lazy_step import LazyStep, SilentStep, decode_lazily

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.core.change import Step

_BLOCK_STEPS = 1000
_PACKED = re.compile(rb'\{"n":(\d{1,18}),"kind":"packed","steps":(\d{1,9}),"ids":"([^"]*)","data":"([^"]*)"')
_SUMMARY = re.compile(rb'\{"n":(\d{1,18}),"kind":"summary",')
_STEP = re.compile(rb'\{"n":\d{1,18},"kind":"did","step":')
_TAIL = 18  # of a line: `,"crc":"01234567"}`


class Block:
    """A block of packed records, unpacked on demand; `first` is the number of its first step over all blocks."""

    def __init__(self, packed: PackedRecords, *, first: int) -> None:
        self.first = first
        self._packed = packed
        self._steps: list[bytes] | None = None

    def encoded_step(self, number: int) -> bytes:
        """Return the step with that number over all blocks, encoded as JSON; nothing if the block is damaged."""
        if self._steps is None:
            try:
                lines = _unpack(self._packed.data).split(b"\n")
            except ValueError:
                lines = []
            self._steps = [line[found.end() : -_TAIL] for line in lines if (found := _STEP.match(line))]
        at = number - self.first
        return self._steps[at] if at < len(self._steps) else b""

    def ids(self) -> Iterable[str]:
        """Return the ids of all annotations in the block; none if they are damaged."""
        try:
            return set(_unpack(self._packed.ids).decode("utf-8", "surrogatepass").split("\n")) - {""}
        except ValueError:
            return ()


def decode_packed(line: bytes) -> JournalEntry | None:
    """Return the entry in `line` if it is a block or a summary, else None.

    Raises:
        DamagedLineError: The checksum is wrong, or no known version wrote it.
    """
    found = _PACKED.match(line)
    if found is not None:
        verify_line(line)
        return JournalEntry(int(found[1]), PackedRecords(int(found[2]), found[3], found[4]))
    if _SUMMARY.match(line) is None:
        return None
    try:
        value = json.loads(verify_line(line) + b"}")
        done, undone = (tuple((int(start), int(end)) for start, end in value[key]) for key in ("done", "undone"))
        opened = WorkOpened(*map(str, value["opened"])) if value["opened"] else None
        return JournalEntry(
            int(value["n"]), PackSummary(int(value["steps"]), done, undone, tuple(map(int, value["breaks"])), opened)
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise DamagedLineError(str(error)) from error


def find_summary(entries: Sequence[JournalEntry]) -> tuple[int, PackSummary] | None:
    """Return the index in `entries` and the summary of the packed records, or None if there are none."""
    for index, entry in enumerate(entries):
        if isinstance(entry.record, PackSummary):
            return index, entry.record
        if not isinstance(entry.record, PackedRecords):
            break
    return None


def packed_history(entries: Sequence[JournalEntry], summary: PackSummary) -> History:
    """Return the history after the packed records of `entries`, whose steps are unpacked on demand."""
    places: list[tuple[Block, int]] = []
    for entry in entries:
        if isinstance(entry.record, PackedRecords):
            block = Block(entry.record, first=len(places))
            places += [(block, number) for number in range(block.first, block.first + entry.record.steps)]
    parts: list[list[Step]] = []
    telling: set[int] = set()  # blocks of which a step tells the ids
    for ranges in (summary.done, summary.undone):
        used = [place for start, end in ranges for place in places[start:end]]
        steps: list[Step] = [*SilentStep.of_all(used)]
        for at, (block, _number) in enumerate(used):
            if block.first not in telling:
                telling.add(block.first)
                steps[at] = LazyStep.of(used[at])
        parts.append(steps)
    return History(done=parts[0], undone=parts[1])


def expand_entries(entries: Iterable[JournalEntry]) -> tuple[JournalEntry, ...]:
    """Return `entries` with the packed records unpacked; a damaged block is represented by `LostRecords`."""
    return tuple(_iter_expanded(entries))


def _iter_expanded(entries: Iterable[JournalEntry]) -> Iterator[JournalEntry]:
    for entry in entries:
        if isinstance(entry.record, PackedRecords):
            try:
                lines = _unpack(entry.record.data).splitlines()
                yield from [decode_lazily(line) for line in lines]
            except ValueError:
                yield JournalEntry(entry.number, LostRecords())
        elif not isinstance(entry.record, PackSummary):
            yield entry


def find_packable(entries: Sequence[JournalEntry]) -> int:
    """Return the number of the last record that the sidecar in place is known to hold; 0 if nothing can be packed."""
    saved: dict[str, int] = {}
    last = 0
    for entry in entries:
        match entry.record:
            case SaveStarted(sha256, after):
                saved[sha256] = after
            case SidecarPlaced(sha256):
                last = saved.get(sha256, last)
            case LostRecords():
                return 0  # nothing is known of what is missing
            case _:
                pass
    return last


def pack(entries: Sequence[JournalEntry], *, breaks: Iterable[int]) -> bytes:
    """Return the lines of blocks and summary for `entries`: those packed before, and others up to the last save.

    `breaks` are the records at which the history started anew. Return nothing if there is nothing new to pack.
    """
    starts = set(breaks)
    blocks = [entry for entry in entries if isinstance(entry.record, PackedRecords)]
    lines = [_packed_line(entry.number, entry.record) for entry in blocks if isinstance(entry.record, PackedRecords)]
    fresh = [entry for entry in entries if not isinstance(entry.record, PackedRecords | PackSummary)]
    before = find_summary(entries)
    text = before[1].opened.document_sha256 if before and before[1].opened else None
    kept: list[JournalEntry] = []
    for entry in fresh:
        if isinstance(entry.record, SaveStarted | SidecarPlaced):
            continue
        if isinstance(entry.record, WorkOpened):
            if entry.record.document_sha256 == text and entry.number not in starts:
                continue
            text = entry.record.document_sha256
        kept.append(entry)
    if not kept:
        return b""
    steps = 0
    chunks: list[tuple[int, JournalEntry]] = []
    for entry in kept:
        chunks.append((steps // _BLOCK_STEPS, entry))
        steps += isinstance(entry.record, StepDone)
    groups = [[entry for _number, entry in group] for _chunk, group in groupby(chunks, key=lambda pair: pair[0])]
    lines += [_pack_block(group, number=group[-1].number) for group in groups[:-1]]
    lines.append(_pack_block(groups[-1], number=entries[-1].number))  # which stands for what is left out after it
    lines.append(_summary_line(entries, starts))
    return b"".join(lines)


def _pack_block(entries: Sequence[JournalEntry], *, number: int) -> bytes:
    steps = [entry.record.step for entry in entries if isinstance(entry.record, StepDone)]
    ids = sorted({identity for step in steps for identity in step.ids()})
    packed = PackedRecords(
        len(steps),
        _compress("\n".join(ids).encode("utf-8", "surrogatepass")),
        _compress(b"".join(map(_encode, entries))),
    )
    return _packed_line(number, packed)


def _encode(entry: JournalEntry) -> bytes:
    """Return the line of `entry`; a step that nobody looked at is not parsed for it."""
    if isinstance(entry.record, StepDone) and isinstance(entry.record.step, LazyStep):
        encoded = entry.record.step.encoded
        if encoded is not None:
            return _with_checksum(b'{"n":%d,"kind":"did","step":%b' % (entry.number, encoded))
    return encode_entry(entry)


def _packed_line(number: int, packed: PackedRecords) -> bytes:
    template = b'{"n":%d,"kind":"packed","steps":%d,"ids":"%b","data":"%b"'
    return _with_checksum(template % (number, packed.steps, packed.ids, packed.data))


def _summary_line(entries: Sequence[JournalEntry], breaks: set[int]) -> bytes:
    before = find_summary(entries)
    done: list[int] = []
    undone: list[int] = []
    opened: WorkOpened | None = None
    steps = sum(entry.record.steps for entry in entries if isinstance(entry.record, PackedRecords))
    if before is not None:
        done = [number for start, end in before[1].done for number in range(start, end)]
        undone = [number for start, end in before[1].undone for number in range(start, end)]
        opened, breaks = before[1].opened, breaks | set(before[1].breaks)
    for entry in entries:
        if entry.number in breaks and not isinstance(entry.record, PackedRecords | PackSummary):
            done, undone = [], []
        match entry.record:
            case StepDone():
                done.append(steps)
                steps += 1
                undone = []
            case StepUndone() if done:
                undone.append(done.pop())
            case StepRedone() if undone:
                done.append(undone.pop())
            case WorkOpened() as found:
                opened = found
            case _:
                pass
    value = {
        "n": entries[-1].number,
        "kind": "summary",
        "steps": steps,
        "done": _to_ranges(done),
        "undone": _to_ranges(undone),
        "breaks": sorted(breaks),
        "opened": [opened.document_sha256, opened.sidecar_sha256, opened.time] if opened else [],
    }
    return _with_checksum(json.dumps(value, separators=(",", ":")).encode()[:-1])


def _to_ranges(numbers: Iterable[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][1] == number:
            found[-1][1] += 1
        else:
            found.append([number, number + 1])
    return found


def _with_checksum(body: bytes) -> bytes:
    return b'%b,"crc":"%08x"}\n' % (body, zlib.crc32(body))


def _compress(data: bytes) -> bytes:
    return base64.b64encode(zlib.compress(data, 6))


def _unpack(data: bytes) -> bytes:
    """Return what `_compress` made `data` from.

    Raises:
        ValueError: It is damaged.
    """
    try:
        return zlib.decompress(base64.b64decode(data))
    except zlib.error as error:
        raise ValueError(str(error)) from error
