"""Placements found so far: a map from old spans to new ones."""

from __future__ import annotations

from bisect import bisect_left, insort
from itertools import pairwise
from typing import TYPE_CHECKING

from annotator.core.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.core.annotation import Annotation

_MIN_INVERSIONS, _MIN_INVERSION_SHARE = (
    2,
    0.05,
)  # minimum number of inversions, and their minimum share, in a reordered text


class Placements:
    """Placements in a text of `length` code points, and the spans that they occupy."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._old_spans: list[tuple[int, int]] = []
        self._new_spans: list[Span] = []  # parallel to `_old_spans`
        self._taken: list[Span] = []
        self._by_start: dict[int, Annotation] = {}
        self._by_end: dict[int, Annotation] = {}

    def add(self, old: Annotation, new: Span, *, is_ordered: bool = True) -> None:
        """Place the annotation `old` at `new`; its old offset helps to place others only if `is_ordered`."""
        self.occupy(new)
        self._by_start[new.start] = self._by_end[new.end] = old
        if is_ordered:
            self.add_pair(old.span, new)

    def add_pair(self, old: Span, new: Span) -> None:
        """Record that the text of `old` is at `new` now."""
        at = bisect_left(self._old_spans, tuple(old))
        self._old_spans.insert(at, (old.start, old.end))
        self._new_spans.insert(at, new)

    def add_pairs(self, pairs: Iterable[tuple[Span, Span]]) -> None:
        """Record pairs of old and new spans, and occupy the new ones."""
        # Sorted once: inserting the pairs one by one would be quadratic.
        places = dict(zip(self._old_spans, self._new_spans, strict=True))
        fresh = {(old.start, old.end): new for old, new in pairs}
        self._taken = sorted({*self._taken, *fresh.values()})
        places.update(fresh)
        self._old_spans = sorted(places)
        self._new_spans = [places[old] for old in self._old_spans]

    @property
    def occupied(self) -> Sequence[Span]:
        """All occupied spans, in order."""
        return self._taken

    def occupy(self, span: Span) -> None:
        """Occupy `span`."""
        insort(self._taken, span)

    def is_free(self, span: Span) -> bool:
        """Return whether `span` overlaps no occupied span."""
        # Occupied spans do not overlap, so only the two around the insertion point can touch `span`.
        at = bisect_left(self._taken, span)
        return not any(span.is_overlapping(other) for other in self._taken[max(0, at - 1) : at + 1])

    def find_window(self, old: Span) -> Span | None:
        """Return the new span between the neighbours of `old`, or None if these changed their order."""
        at = bisect_left(self._old_spans, tuple(old))
        start = self._new_spans[at - 1].end if at else 0
        end = self._new_spans[at].start if at < len(self._new_spans) else self._length
        return Span(start, end) if start <= end else None

    def get_gap(self, old: Span) -> int:
        """Return a number that is the same for all old spans between the same two placed neighbours."""
        return bisect_left(self._old_spans, tuple(old))

    @property
    def is_empty(self) -> bool:
        """True if nothing was placed."""
        return not self._new_spans

    @property
    def is_reordered(self) -> bool:
        """True if much of the text was reordered, as when paragraphs are moved."""
        turns = sum(after.start < before.start for before, after in pairwise(self._new_spans))
        return turns >= _MIN_INVERSIONS and turns >= len(self._new_spans) * _MIN_INVERSION_SHARE

    def get_shifts(self, place: int) -> list[int]:
        """Return by how many code points the neighbours of the old offset `place` moved, the one before it first."""
        at = bisect_left(self._old_spans, (place, place))
        near = [number for number in (at - 1, at) if 0 <= number < len(self._old_spans)]
        return list(dict.fromkeys(self._new_spans[number].start - self._old_spans[number][0] for number in near))

    def find_new(self, old: Span) -> Span | None:
        """Return the new span of exactly `old`, or None."""
        at = bisect_left(self._old_spans, tuple(old))
        return self._new_spans[at] if at < len(self._old_spans) and self._old_spans[at] == tuple(old) else None

    def find_start(self, place: int) -> int | None:
        """Return the new start of a span that started at the old offset `place`, or None."""
        at = bisect_left(self._old_spans, (place, place))
        return self._new_spans[at].start if at < len(self._old_spans) and self._old_spans[at][0] == place else None

    def find_end(self, place: int) -> int | None:
        """Return the new end of a span that ended at the old offset `place`, or None."""
        at = bisect_left(self._old_spans, (place, place)) - 1
        return self._new_spans[at].end if at >= 0 and self._old_spans[at][1] == place else None

    def find_starting_at(self, place: int) -> Annotation | None:
        """Return the old version of the annotation that starts at the new offset `place`, or None."""
        return self._by_start.get(place)

    def find_ending_at(self, place: int) -> Annotation | None:
        """Return the old version of the annotation that ends at the new offset `place`, or None."""
        return self._by_end.get(place)
