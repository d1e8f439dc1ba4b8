"""What was done to a document, as its journal tells it: steps, those undone, and where the walk back ends.

It must not know how steps are put into words, nor files.

The work falls into stretches. Inside one, each state comes of the state before by one turn: a step done, undone or done
again. At the border of two the text or the annotations became others in a way that the journal does not hold.
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
    """How a stretch of work began."""

    EMPTY = auto()  # nothing was decided
    FOUND = auto()  # there were annotations that no journal here knows
    CHANGED = auto()  # another program had changed the annotations
    TEXT = auto()  # the text had been changed
    LOST = auto()  # records that cannot be read


class Turn(NamedTuple):
    """A step, by its row, that was done or done again, or taken back (``is_back``)."""

    row: int
    is_back: bool


class Undone(NamedTuple):
    """When a step was taken back and by whom, empty where that is not known."""

    when: str
    who: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A point to which one may go back: after ``step`` was done, or the ``start`` of a stretch.

    ``turn`` is the number of the turn after which it holds, ``stretch`` that of the stretch.
    """

    turn: int
    stretch: int
    step: Step | None = None
    start: Start | None = None
    started: str = ""

    @property
    def when(self) -> str:
        """When that was, in ISO 8601, empty where it is not known."""
        return self.step.when if self.step is not None else self.started

    @property
    def who(self) -> str:
        """Who did it."""
        return self.step.who if self.step is not None else ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Work that went on unbroken on the text with that sha256; ``first`` is the number of its first turn.

    ``is_from_nothing`` says that nothing was decided when it began.
    """

    start: Start
    text: str
    first: int
    is_from_nothing: bool = False


class Timeline:
    """All moments of one journal, the oldest first; grows by `add`. ``text`` is the sha256 of the document now."""

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
        """Take in what the journal says next."""
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
        """The row of the moment that is now: the last step done, else the start; None where nothing was kept."""
        if self._done:
            return self._done[-1]
        starts = (row for row in range(len(self.moments) - 1, -1, -1) if self.moments[row].start is not None)
        return next(starts, None)

    def last_turn(self, stretch: int) -> int:
        """The number of the last turn of a stretch; one less than its first where it has none."""
        following = self.stretches[stretch + 1].first if stretch + 1 < len(self.stretches) else len(self.turns)
        return following - 1

    def is_last(self, stretch: int) -> bool:
        """Whether the stretch is the one that still goes on."""
        return stretch == len(self.stretches) - 1

    def why_not(self, row: int, *, can_look_back: bool) -> str:
        """Why the state at a moment cannot be had, as a sentence; empty where it may be looked for.

        ``can_look_back`` says that the state at the newest moment is at hand.
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
        if before is not None and number not in self._marks.breaks and text == before.text:
            return
        start = Start.FOUND if sidecar else Start.EMPTY
        if before is not None and text != before.text:
            start = Start.TEXT
        elif before is not None and sidecar:
            start = Start.CHANGED
        self._begin(start, text, when=opened.when, is_from_nothing=not sidecar)

    def _begin(self, start: Start, text: str, *, when: str, is_from_nothing: bool = False) -> None:
        """Begin a stretch, in place of one in which nothing was done."""
        if self.moments and self.moments[-1].start is not None:
            self.moments.pop()
            gone = self.stretches.pop().start
            if start is Start.CHANGED:
                start = Start.FOUND if gone is Start.EMPTY else gone
        self._done.clear()
        self._taken_back.clear()
        self.stretches.append(Stretch(start, text, len(self.turns), is_from_nothing))
        self.moments.append(Moment(len(self.turns) - 1, len(self.stretches) - 1, start=start, started=when))
