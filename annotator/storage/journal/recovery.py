"""Recovery from a journal: which of its work the sidecar on disk holds, and what came after."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.core.history import History
from annotator.storage.journal.codec import (
    Baseline,
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
)
from annotator.storage.journal.packing import expand_entries, find_summary, packed_history

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.core.change import Step


@dataclass(frozen=True, slots=True)
class Recovery:
    """The state of the sidecar on disk according to a journal.

    If `is_known`, the sidecar holds exactly `history`, and `pending` (`StepDone`, `StepUndone`, `StepRedone`) happened
    after it, in order. Otherwise somebody else changed it, or records were lost: `history` is empty, and `pending`
    holds only `StepDone`, the net work that is in no sidecar yet, to be applied where it still fits. `baseline` is
    applied before that: the state of a sidecar that is gone, at the time when the text became the one worked on last.
    """

    history: History = field(default_factory=History)
    pending: tuple[StepDone | StepUndone | StepRedone, ...] = ()
    is_known: bool = True
    baseline: Step | None = None


def recover(entries: Sequence[JournalEntry], *, sidecar_sha256: str) -> Recovery:
    """Return how the sidecar with the given sha256 (empty: no sidecar) relates to the journal's `entries`.

    The last record of a sidecar with that sha256 counts, unless another sidecar is known to have been in place since:
    then somebody put an older one back. A missing sidecar matches the beginning.
    """
    marks = SavePoints()
    for entry in entries:
        marks.add(entry)
    point = marks.find(sidecar_sha256)
    found = find_summary(entries)
    if found is not None:
        end = entries[found[0]].number
        if point is None or point < end or not marks.is_whole_since(point):
            return recover(expand_entries(entries), sidecar_sha256=sidecar_sha256)
        return _recover_packed(entries, *found, point=point, breaks=marks.breaks)
    if any(isinstance(entry.record, PackedRecords) for entry in entries):  # one of them, or the summary, is damaged
        return recover(expand_entries(entries), sidecar_sha256=sidecar_sha256)
    start = marks.base if point is None else point
    if point is None or not marks.is_whole_since(point):
        return _recover_unknown(entries, start=start, breaks=marks.breaks)
    history = History()
    for entry in entries:
        if entry.number > point:
            break
        _apply(history, entry, breaks=marks.breaks)
    late = (entry.record for entry in entries if entry.number > point)
    return Recovery(history, tuple(record for record in late if isinstance(record, StepDone | StepUndone | StepRedone)))


def last_opened(entries: Sequence[JournalEntry]) -> WorkOpened | None:
    """Return the last opening in the journal, or None."""
    for entry in reversed(entries):
        if isinstance(entry.record, WorkOpened):
            return entry.record
        if isinstance(entry.record, PackSummary):
            return entry.record.opened
    return None


def last_text_identity(entries: Sequence[JournalEntry]) -> str:
    """Return the identity of the document on which the last steps were done, or ""."""
    opened = last_opened(entries)
    return opened.document_sha256 if opened else ""


def _recover_packed(
    entries: Sequence[JournalEntry], index: int, summary: PackSummary, *, point: int, breaks: Iterable[int]
) -> Recovery:
    """Return the recovery for a sidecar that holds all packed records, whose summary is at `index`."""
    history = packed_history(entries[:index], summary)
    late = entries[index + 1 :]
    for entry in late:
        if entry.number <= point:
            _apply(history, entry, breaks=breaks)
    pending = (entry.record for entry in late if entry.number > point)
    return Recovery(history, tuple(one for one in pending if isinstance(one, StepDone | StepUndone | StepRedone)))


class SavePoints:
    """Map from sidecars to the record up to which each holds the work, as far as the records noted so far tell."""

    def __init__(self) -> None:
        self.base = 0  # the record up to which the sidecar last known to be in place holds the work
        self.breaks: set[int] = set()  # records at which the history starts anew
        self._positions: dict[str, tuple[int, int]] = {"": (0, 0)}  # by sha256: holds up to, last seen in record
        self._confirmed = 0  # the last record that says which sidecar was in place
        self._has_placed = False

    def find(self, sha256: str) -> int | None:
        """Return the record up to which the sidecar holds the work, or None if that is not known."""
        point, seen = self._positions.get(sha256, (0, -1))
        return point if seen >= self._confirmed or not sha256 else None

    def is_whole_since(self, point: int) -> bool:
        """Return whether the history is unbroken since record `point`."""
        return all(number <= point for number in self.breaks)

    def add(self, entry: JournalEntry) -> None:
        """Process the next entry."""
        match entry.record:
            case SaveStarted(sha256, after):
                self._positions[sha256] = (after, entry.number)
                self.base = self.base if self._has_placed else after
            case SidecarPlaced(sha256):
                self._has_placed = True
                self._confirm(sha256, self._positions.get(sha256, (entry.number, 0))[0], entry.number)
            case WorkOpened(_document, sha256, _when):
                # The work starts from the sidecar found at opening; an unknown one begins a new history.
                point = self.find(sha256)
                if point is None or not self.is_whole_since(point):
                    self.breaks.add(entry.number)
                    point = entry.number
                self._confirm(sha256, point, entry.number)
            case PackSummary():
                self.breaks.update(entry.record.breaks)
            case LostRecords() | Baseline():
                # What is recovered from before a baseline is recorded after it once more.
                self.breaks.add(entry.number)
            case _:
                pass

    def _confirm(self, sha256: str, point: int, number: int) -> None:
        self._positions[sha256] = (point, number)
        self._confirmed = number
        self.base = point


def _recover_unknown(entries: Sequence[JournalEntry], *, start: int, breaks: Iterable[int]) -> Recovery:
    """Return the recovery for a sidecar that is not ours; the work up to record `start` is already in some sidecar."""
    stood: Step | None = None
    for entry in entries:
        if isinstance(entry.record, Baseline) and entry.number > start:
            stood, start = entry.record.step, entry.number
    return Recovery(
        pending=tuple(map(StepDone, _net_steps(entries, start=start, breaks=breaks))), is_known=False, baseline=stood
    )


def _apply(history: History, entry: JournalEntry, *, breaks: Iterable[int]) -> None:
    if entry.number in breaks:
        history.clear()
    match entry.record:
        case StepDone(step):
            history.push(step)
        case StepUndone():
            history.undo()
        case StepRedone():
            history.redo()
        case _:
            pass


def _net_steps(entries: Iterable[JournalEntry], *, start: int, breaks: Iterable[int]) -> list[Step]:
    """Return the steps from the history at record `start` to its end, across breaks."""
    history = History()
    base: list[Step] | None = None
    steps: list[Step] = []
    for entry in entries:
        if entry.number > start and base is None:
            base = list(history.done)
        if entry.number in breaks and base is not None:
            steps += _difference(base, history.done)
            base = []
        _apply(history, entry, breaks=breaks)
    return steps + (_difference(base, history.done) if base is not None else [])


def _difference(before: Sequence[Step], after: Sequence[Step]) -> list[Step]:
    same = 0
    while same < min(len(before), len(after)) and before[same] is after[same]:
        same += 1
    return [step.inverse() for step in reversed(before[same:])] + list(after[same:])
