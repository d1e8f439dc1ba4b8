"""The timeline of a document, built from its journal: steps, undone steps, and the points where reconstruction ends.

The work is divided into stretches. Within a stretch, each state follows from the one before by one turn: a step done,
undone or redone. Between two stretches the text or the annotations changed in a way that the journal does not record.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.i18n import _
from annotator.storage.journal.journal import LostRecords, StepDone, StepRedone, StepUndone, WorkOpened
from annotator.storage.journal.recovery import SavePoints

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.core.change import Step
    from annotator.storage.journal.journal import JournalEntry


class PeriodStart(Enum):
    """Ways in which a stretch of work can begin."""

    EMPTY = auto()  # without decisions
    FOUND = auto()  # with annotations that are in no journal on this machine
    CHANGED = auto()  # after another program changed the annotations
    TEXT = auto()  # after the text changed
    LOST = auto()  # after damaged records


class Turn(NamedTuple):
    """A step, given by its row, that was done or redone, or undone (`is_back`)."""

    row: int
    is_back: bool


class UndoRecord(NamedTuple):
    """The time and the author of an undo; empty if unknown."""

    time: str
    author: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A point to go back to: after `step` was done, or the `start` of a stretch.

    `turn` is the number of the turn after which it holds, `period` the number of its stretch.
    """

    turn: int
    period: int
    step: Step | None = None
    start: PeriodStart | None = None
    started: str = ""

    @property
    def time(self) -> str:
        """The time in ISO 8601, empty if unknown."""
        return self.step.time if self.step is not None else self.started

    @property
    def author(self) -> str:
        """The annotator of the step, or ""."""
        return self.step.author if self.step is not None else ""


@dataclass(frozen=True, slots=True)
class WorkPeriod:
    """Uninterrupted work on the text with one SHA-256; `first` is the number of its first turn.

    `is_from_empty` marks a stretch that began without any decision.
    """

    start: PeriodStart
    text: str
    first: int
    is_from_empty: bool = False


class Timeline:
    """All moments of a journal, the oldest first; `text` is the SHA-256 of the current document."""

    def __init__(self, text: str, entries: Iterable[JournalEntry] = ()) -> None:
        self.text = text
        self.moments: list[Moment] = []
        self.turns: list[Turn] = []
        self.periods: list[WorkPeriod] = []
        self.undone: dict[int, UndoRecord] = {}  # by row
        self._marks = SavePoints()
        self._done: list[int] = []
        self._taken_back: list[int] = []
        self.add(entries)

    def add(self, entries: Iterable[JournalEntry]) -> None:
        """Add the next entries of the journal."""
        for entry in entries:
            self._marks.add(entry)
            match entry.record:
                case StepDone() as did:
                    self._add_step(did)
                case StepUndone(when, who) if self._done:
                    row = self._done.pop()
                    self._taken_back.append(row)
                    self.undone[row] = UndoRecord(when, who)
                    self.turns.append(Turn(row, is_back=True))
                case StepRedone() if self._taken_back:
                    row = self._taken_back.pop()
                    self._done.append(row)
                    del self.undone[row]
                    self.turns.append(Turn(row, is_back=False))
                case WorkOpened() as opened:
                    self._add_opening(entry.number, opened)
                case LostRecords():
                    self._begin_period(PeriodStart.LOST, self.periods[-1].text if self.periods else "", when="")
                case _:
                    pass

    @property
    def current(self) -> int | None:
        """The row of the current moment: the last step done, else the last start; None for an empty journal."""
        if self._done:
            return self._done[-1]
        starts = (row for row in range(len(self.moments) - 1, -1, -1) if self.moments[row].start is not None)
        return next(starts, None)

    def last_turn(self, stretch: int) -> int:
        """Return the number of the last turn of a stretch; one less than its first if it has none."""
        following = self.periods[stretch + 1].first if stretch + 1 < len(self.periods) else len(self.turns)
        return following - 1

    def is_last(self, stretch: int) -> bool:
        """Return whether the stretch is the current one."""
        return stretch == len(self.periods) - 1

    def find_restore_problem(self, row: int, *, can_look_back: bool) -> str:
        """Return the sentence that says why the state at a moment cannot be rebuilt, or "" if that can be tried.

        `can_look_back` says whether the state at the newest moment is available.
        """
        moment = self.moments[row]
        stretch = self.periods[moment.period]
        if stretch.text != self.text:
            return _("This was done on another version of the text: it can be read here, but not brought back.")
        if stretch.is_from_empty or (can_look_back and self.is_last(moment.period)):
            return ""
        if self.is_last(moment.period):
            return _("This window is read-only and cannot show the labels at this point.")
        if self._is_lost_after(moment.period):
            return _("Records after this one are damaged, so how the annotations stood here cannot be rebuilt.")
        return _(
            "The annotations were changed by another program after this, so how they stood here cannot be rebuilt."
        )

    def _is_lost_after(self, stretch: int) -> bool:
        return self.periods[stretch + 1].start is PeriodStart.LOST

    def _add_step(self, did: StepDone) -> None:
        if not self.periods:
            self._begin_period(PeriodStart.LOST, "", when="")
        row = len(self.moments)
        self.turns.append(Turn(row, is_back=False))
        self.moments.append(Moment(len(self.turns) - 1, len(self.periods) - 1, did.step))
        self._done.append(row)
        self._taken_back.clear()

    def _add_opening(self, number: int, opened: WorkOpened) -> None:
        text, sidecar = opened.document_sha256, opened.sidecar_sha256
        before = self.periods[-1] if self.periods else None
        # Opened again with the text and annotations that were left: the stretch goes on.
        if before is not None and number not in self._marks.breaks and text == before.text:
            return
        start = PeriodStart.FOUND if sidecar else PeriodStart.EMPTY
        if before is not None and text != before.text:
            start = PeriodStart.TEXT
        elif before is not None and sidecar:
            start = PeriodStart.CHANGED
        self._begin_period(start, text, when=opened.time, is_from_nothing=not sidecar)

    def _begin_period(self, start: PeriodStart, text: str, *, when: str, is_from_nothing: bool = False) -> None:
        """Begin a stretch; replace one in which nothing was done."""
        if self.moments and self.moments[-1].start is not None:
            self.moments.pop()
            gone = self.periods.pop().start
            # Nothing was done in the removed stretch, so its own reason still holds.
            if start is PeriodStart.CHANGED:
                start = PeriodStart.FOUND if gone is PeriodStart.EMPTY else gone
        self._done.clear()
        self._taken_back.clear()
        self.periods.append(WorkPeriod(start, text, len(self.turns), is_from_nothing))
        self.moments.append(Moment(len(self.turns) - 1, len(self.periods) - 1, start=start, started=when))
