"""Placements found so far: a map from old spans to new ones."""

from __future__ import annotations

from bisect import bisect_left, insort
from itertools import pairwise
from typing import TYPE_CHECKING

from annotator.core.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.core.annotation import Annotation

_TURNS, _TURNED = 2, 0.05  # minimum number of inversions, and their minimum share, in a reordered text


class Known:
    """Placements in a text of `length` code points, and the spans that they occupy."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._olds: list[tuple[int, int]] = []
        self._news: list[Span] = []  # parallel to `_olds`
        self._taken: list[Span] = []
        self._by_start: dict[int, Annotation] = {}
        self._by_end: dict[int, Annotation] = {}

    def add(self, old: Annotation, new: Span, *, is_ordered: bool = True) -> None:
        """Place the annotation `old` at `new`; its old offset helps to place others only if `is_ordered`."""
        self.take(new)
        self._by_start[new.start] = self._by_end[new.end] = old
        if is_ordered:
            self.note(old.span, new)

    def note(self, old: Span, new: Span) -> None:
        """Record that the text of `old` is at `new` now."""
        at = bisect_left(self._olds, tuple(old))
        self._olds.insert(at, (old.start, old.end))
        self._news.insert(at, new)

    def note_all(self, pairs: Iterable[tuple[Span, Span]]) -> None:
        """Record pairs of old and new spans, and occupy the new ones."""
        # Sorted once: inserting the pairs one by one would be quadratic.
        places = dict(zip(self._olds, self._news, strict=True))
        fresh = {(old.start, old.end): new for old, new in pairs}
        self._taken = sorted({*self._taken, *fresh.values()})
        places.update(fresh)
        self._olds = sorted(places)
        self._news = [places[old] for old in self._olds]

    @property
    def taken(self) -> Sequence[Span]:
        """All occupied spans, in order."""
        return self._taken

    def take(self, span: Span) -> None:
        """Occupy `span`."""
        insort(self._taken, span)

    def is_free(self, span: Span) -> bool:
        """Return whether `span` overlaps no occupied span."""
        # Occupied spans do not overlap, so only the two around the insertion point can touch `span`.
        at = bisect_left(self._taken, span)
        return not any(span.is_touching(other) for other in self._taken[max(0, at - 1) : at + 1])

    def window(self, old: Span) -> Span | None:
        """Return the new span between the neighbours of `old`, or None if these changed their order."""
        at = bisect_left(self._olds, tuple(old))
        start = self._news[at - 1].end if at else 0
        end = self._news[at].start if at < len(self._news) else self._length
        return Span(start, end) if start <= end else None

    def gap(self, old: Span) -> int:
        """Return a number that is the same for all old spans between the same two placed neighbours."""
        return bisect_left(self._olds, tuple(old))

    @property
    def is_empty(self) -> bool:
        """True if nothing was placed."""
        return not self._news

    @property
    def is_shuffled(self) -> bool:
        """True if much of the text was reordered, as when paragraphs are moved."""
        turns = sum(after.start < before.start for before, after in pairwise(self._news))
        return turns >= _TURNS and turns >= len(self._news) * _TURNED

    def shifts(self, place: int) -> list[int]:
        """Return by how many code points the neighbours of the old offset `place` moved, the one before it first."""
        at = bisect_left(self._olds, (place, place))
        near = [number for number in (at - 1, at) if 0 <= number < len(self._olds)]
        return list(dict.fromkeys(self._news[number].start - self._olds[number][0] for number in near))

    def find_new(self, old: Span) -> Span | None:
        """Return the new span of exactly `old`, or None."""
        at = bisect_left(self._olds, tuple(old))
        return self._news[at] if at < len(self._olds) and self._olds[at] == tuple(old) else None

    def find_start(self, place: int) -> int | None:
        """Return the new start of a span that started at the old offset `place`, or None."""
        at = bisect_left(self._olds, (place, place))
        return self._news[at].start if at < len(self._olds) and self._olds[at][0] == place else None

    def find_end(self, place: int) -> int | None:
        """Return the new end of a span that ended at the old offset `place`, or None."""
        at = bisect_left(self._olds, (place, place)) - 1
        return self._news[at].end if at >= 0 and self._olds[at][1] == place else None

    def beginning_at(self, place: int) -> Annotation | None:
        """Return the old version of the annotation that starts at the new offset `place`, or None."""
        return self._by_start.get(place)

    def ending_at(self, place: int) -> Annotation | None:
        """Return the old version of the annotation that ends at the new offset `place`, or None."""
        return self._by_end.get(place)
