"""The timeline of a document, built from its journal: steps, undone steps, and the points where reconstruction ends.

The work is divided into stretches. Within a stretch, each state follows from the one before by one turn: a step done,
undone or redone. Between two stretches the text or the annotations changed in a way that the journal does not record.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.i18n import _
from annotator.storage.journal.journal import Did, Lost, Opened, Redid, Undid
from annotator.storage.journal.recovery import Marks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.core.change import Step
    from annotator.storage.journal.journal import Entry


class Start(Enum):
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


class Undone(NamedTuple):
    """When and by whom a step was undone, empty if unknown."""

    when: str
    who: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A point to go back to: after `step` was done, or the `start` of a stretch.

    `turn` is the number of the turn after which it holds, `stretch` the number of its stretch.
    """

    turn: int
    stretch: int
    step: Step | None = None
    start: Start | None = None
    started: str = ""

    @property
    def when(self) -> str:
        """The time in ISO 8601, empty if unknown."""
        return self.step.when if self.step is not None else self.started

    @property
    def who(self) -> str:
        """The annotator of the step, or ""."""
        return self.step.who if self.step is not None else ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Uninterrupted work on the text with one SHA-256; `first` is the number of its first turn.

    `is_from_nothing` marks a stretch that began without any decision.
    """

    start: Start
    text: str
    first: int
    is_from_nothing: bool = False


class Timeline:
    """All moments of a journal, the oldest first; `text` is the SHA-256 of the current document."""

    def __init__(self, text: str, entries: Iterable[Entry] = ()) -> None:
        self.text = text
        self.moments: list[Moment] = []
        self.turns: list[Turn] = []
        self.stretches: list[Stretch] = []
        self.undone: dict[int, Undone] = {}  # by row
        self._marks = Marks()
        self._done: list[int] = []
        self._taken_back: list[int] = []
        self.add(entries)

    def add(self, entries: Iterable[Entry]) -> None:
        """Add the next entries of the journal."""
        for entry in entries:
            self._marks.note(entry)
            match entry.record:
                case Did() as did:
                    self._do(did)
                case Undid(when, who) if self._done:
                    row = self._done.pop()
                    self._taken_back.append(row)
                    self.undone[row] = Undone(when, who)
                    self.turns.append(Turn(row, is_back=True))
                case Redid() if self._taken_back:
                    row = self._taken_back.pop()
                    self._done.append(row)
                    del self.undone[row]
                    self.turns.append(Turn(row, is_back=False))
                case Opened() as opened:
                    self._open(entry.number, opened)
                case Lost():
                    self._begin(Start.LOST, self.stretches[-1].text if self.stretches else "", when="")
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
        following = self.stretches[stretch + 1].first if stretch + 1 < len(self.stretches) else len(self.turns)
        return following - 1

    def is_last(self, stretch: int) -> bool:
        """Return whether the stretch is the current one."""
        return stretch == len(self.stretches) - 1

    def why_not(self, row: int, *, can_look_back: bool) -> str:
        """Return the sentence that says why the state at a moment cannot be rebuilt, or "" if that can be tried.

        `can_look_back` says whether the state at the newest moment is available.
        """
        moment = self.moments[row]
        stretch = self.stretches[moment.stretch]
        if stretch.text != self.text:
            return _("This was done on another version of the text: it can be read here, but not brought back.")
        if stretch.is_from_nothing or (can_look_back and self.is_last(moment.stretch)):
            return ""
        if self.is_last(moment.stretch):
            return _("How the annotations stood here is not known in this window, which may only read.")
        if self._is_lost_after(moment.stretch):
            return _("Records after this one are damaged, so how the annotations stood here cannot be rebuilt.")
        return _(
            "The annotations were changed by another program after this, so how they stood here cannot be rebuilt."
        )

    def _is_lost_after(self, stretch: int) -> bool:
        return self.stretches[stretch + 1].start is Start.LOST

    def _do(self, did: Did) -> None:
        if not self.stretches:
            self._begin(Start.LOST, "", when="")
        row = len(self.moments)
        self.turns.append(Turn(row, is_back=False))
        self.moments.append(Moment(len(self.turns) - 1, len(self.stretches) - 1, did.step))
        self._done.append(row)
        self._taken_back.clear()

    def _open(self, number: int, opened: Opened) -> None:
        text, sidecar = opened.document_sha256, opened.sidecar_sha256
        before = self.stretches[-1] if self.stretches else None
        # Opened again with the text and annotations that were left: the stretch goes on.
        if before is not None and number not in self._marks.breaks and text == before.text:
            return
        start = Start.FOUND if sidecar else Start.EMPTY
        if before is not None and text != before.text:
            start = Start.TEXT
        elif before is not None and sidecar:
            start = Start.CHANGED
        self._begin(start, text, when=opened.when, is_from_nothing=not sidecar)

    def _begin(self, start: Start, text: str, *, when: str, is_from_nothing: bool = False) -> None:
        """Begin a stretch; replace one in which nothing was done."""
        if self.moments and self.moments[-1].start is not None:
            self.moments.pop()
            gone = self.stretches.pop().start
            # Nothing was done in the removed stretch, so its own reason still holds.
            if start is Start.CHANGED:
                start = Start.FOUND if gone is Start.EMPTY else gone
        self._done.clear()
        self._taken_back.clear()
        self.stretches.append(Stretch(start, text, len(self.turns), is_from_nothing))
        self.moments.append(Moment(len(self.turns) - 1, len(self.stretches) - 1, start=start, started=when))
