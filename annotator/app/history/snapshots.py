"""Reconstruction of earlier states of the annotations from the steps in a timeline.

A walk goes from a known state to the wanted one, turn by turn, in portions as large as the caller likes. It caches some
of the states on its way; they are cheap because states share their memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.annotation_set import AnnotationSet, StaleChangeError

if TYPE_CHECKING:
    from annotator.app.history.timeline import Timeline

_CACHE_INTERVAL = 256  # turns between cached states


class SnapshotWalk:
    """One walk at a time over a timeline. `result` is the wanted state, or None until it is reached."""

    def __init__(self, timeline: Timeline) -> None:
        self.result: AnnotationSet | None = None
        self._timeline = timeline
        self._known: dict[tuple[int, int], AnnotationSet] = {}  # by stretch and turn
        self._last: tuple[tuple[int, int], AnnotationSet] | None = None  # the last result
        self._now: tuple[int, AnnotationSet] | None = None
        self._stretch = self._wanted = self._at = 0
        self._state: AnnotationSet | None = None
        self._sources: list[tuple[int, AnnotationSet]] = []

    def set_latest(self, state: AnnotationSet | None) -> None:
        """Set the state after the last turn, or None if it is unknown."""
        self._now = None if state is None else (len(self._timeline.turns) - 1, state)

    @property
    def is_walking(self) -> bool:
        """True while a walk is under way."""
        return self._state is not None

    def start(self, turn: int, *, stretch: int) -> None:
        """Start a walk to the state after `turn` of a stretch; one less than its first turn means its beginning."""
        self.result = None
        self._stretch, self._wanted = stretch, turn
        self._sources = self._nearest_sources()
        self._start_from_next()

    def advance(self, turns: int) -> bool:
        """Walk up to `turns` turns further; return whether the walk has ended, with or without a state."""
        for _turn in range(turns):
            if self._state is None:
                return True
            if self._at == self._wanted:
                self.result, self._state = self._state, None
                self._last = (self._stretch, self._at), self.result
                return True
            try:
                self._state, self._at = self._adjacent_state(self._state, self._at)
            # The journal does not lead to this state; start from the next one.
            except StaleChangeError:
                self._start_from_next()
                continue
            if self._at % _CACHE_INTERVAL == 0:
                self._known[self._stretch, self._at] = self._state
        return self._state is None

    def _start_from_next(self) -> None:
        """Start from the next known state, or give up if none is left."""
        self._at, self._state = self._sources.pop(0) if self._sources else (self._wanted, None)

    def _adjacent_state(self, state: AnnotationSet, at: int) -> tuple[AnnotationSet, int]:
        """Return the state one turn nearer to the wanted one, and the number of that turn."""
        is_back = at > self._wanted
        turn = self._timeline.turns[at if is_back else at + 1]
        step = self._timeline.moments[turn.row].step
        if step is None:
            raise StaleChangeError("a beginning is no turn")
        # Back over an undo, or forward over a do or redo, the step is applied; otherwise its inverse.
        changes = step.changes if turn.is_back == is_back else step.inverse().changes
        return state.apply(changes), at - 1 if is_back else at + 1

    def _nearest_sources(self) -> list[tuple[int, AnnotationSet]]:
        """Return the states from which the walk may start, one on either side, the nearer first."""
        timeline, wanted = self._timeline, self._wanted
        here = timeline.periods[self._stretch]
        first, last = here.first - 1, timeline.last_turn(self._stretch)
        places = {at: state for (stretch, at), state in self._known.items() if stretch == self._stretch}
        if self._last is not None and self._last[0][0] == self._stretch:
            places[self._last[0][1]] = self._last[1]
        if here.is_from_empty:
            places.setdefault(first, AnnotationSet())
        if self._now is not None and timeline.is_last(self._stretch) and self._now[0] == last:
            places[last] = self._now[1]
        below = max((at for at in places if at <= wanted), default=None)
        above = min((at for at in places if at > wanted), default=None)
        found = [(at, places[at]) for at in (below, above) if at is not None]
        return sorted(found, key=lambda one: abs(one[0] - wanted))
