"""Finds the annotations as they stood at a moment of a timeline. It must not know journals or windows.

A walk leads from a state that is known to the one wanted, turn by turn, in portions as large as the caller likes. On
its way it keeps some of the states that it finds, which cost little since they share their memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.annotation_set import AnnotationSet, StaleChangeError

if TYPE_CHECKING:
    from annotator.app.history.timeline import Timeline

_KEPT = 256  # turns between states that are kept


class LookBack:
    """One walk at a time over a timeline. ``found`` is the state looked for, once there is one."""

    def __init__(self, timeline: Timeline) -> None:
        self.found: AnnotationSet | None = None
        self._timeline = timeline
        self._known: dict[tuple[int, int], AnnotationSet] = {}  # by stretch, and the turn after which it holds
        self._last: tuple[tuple[int, int], AnnotationSet] | None = None  # what was found last, likewise
        self._now: tuple[int, AnnotationSet] | None = None
        self._stretch = self._wanted = self._at = 0
        self._state: AnnotationSet | None = None
        self._sources: list[tuple[int, AnnotationSet]] = []

    def set_now(self, state: AnnotationSet | None) -> None:
        """Take ``state`` for what stands after the last turn there is; None where that is not known."""
        self._now = None if state is None else (len(self._timeline.turns) - 1, state)

    @property
    def is_walking(self) -> bool:
        """Whether a walk is not over yet."""
        return self._state is not None

    def begin(self, turn: int, *, stretch: int) -> None:
        """Look for the state after a turn of a stretch; the one before its first turn means its beginning."""
        self.found = None
        self._stretch, self._wanted = stretch, turn
        self._sources = self._nearest()
        self._set_out()

    def go_on(self, turns: int) -> bool:
        """Walk up to so many turns further; whether the walk is over, with or without a state."""
        for _turn in range(turns):
            if self._state is None:
                return True
            if self._at == self._wanted:
                self.found, self._state = self._state, None
                self._last = (self._stretch, self._at), self.found
                return True
            try:
                self._state, self._at = self._beside(self._state, self._at)
            except StaleChangeError:
                self._set_out()
                continue
            if self._at % _KEPT == 0:
                self._known[self._stretch, self._at] = self._state
        return self._state is None

    def _set_out(self) -> None:
        """Begin at the next place that is known; nowhere, where there is none left."""
        self._at, self._state = self._sources.pop(0) if self._sources else (self._wanted, None)

    def _beside(self, state: AnnotationSet, at: int) -> tuple[AnnotationSet, int]:
        """The state one turn nearer to the one wanted, and after which turn it is."""
        is_back = at > self._wanted
        turn = self._timeline.turns[at if is_back else at + 1]
        step = self._timeline.moments[turn.row].step
        if step is None:
            raise StaleChangeError("a beginning is no turn")
        changes = step.changes if turn.is_back == is_back else step.inverse().changes
        return state.applied(changes), at - 1 if is_back else at + 1

    def _nearest(self) -> list[tuple[int, AnnotationSet]]:
        """From where the walk may begin, on either side, the nearer first."""
        timeline, wanted = self._timeline, self._wanted
        here = timeline.stretches[self._stretch]
        first, last = here.first - 1, timeline.last_turn(self._stretch)
        places = {at: state for (stretch, at), state in self._known.items() if stretch == self._stretch}
        if self._last is not None and self._last[0][0] == self._stretch:
            places[self._last[0][1]] = self._last[1]
        if here.is_from_nothing:
            places.setdefault(first, AnnotationSet())
        if self._now is not None and timeline.is_last(self._stretch) and self._now[0] == last:
            places[last] = self._now[1]
        below = max((at for at in places if at <= wanted), default=None)
        above = min((at for at in places if at > wanted), default=None)
        found = [(at, places[at]) for at in (below, above) if at is not None]
        return sorted(found, key=lambda one: abs(one[0] - wanted))
