"""What was found again in a new text so far, by its old and its new places. It must not know how it was found."""

from __future__ import annotations

from bisect import bisect_left, insort
from itertools import pairwise
from typing import TYPE_CHECKING

from annotator.core.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.core.annotation import Annotation

_TURNS, _TURNED = 2, 0.05  # places at which the order turns back, and their share, from which on it is another one


class Known:
    """The places that are taken in a text of ``length`` code points, and where the neighbours of a place went."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._olds: list[tuple[int, int]] = []
        self._news: list[Span] = []  # of each old place, at the same index
        self._taken: list[Span] = []
        self._by_start: dict[int, Annotation] = {}
        self._by_end: dict[int, Annotation] = {}

    def add(self, old: Annotation, new: Span, *, is_ordered: bool = True) -> None:
        """Note that ``old`` is at ``new`` now; its old place tells something of others if ``is_ordered``."""
        self.take(new)
        self._by_start[new.start] = self._by_end[new.end] = old
        if is_ordered:
            self.note(old.span, new)

    def note(self, old: Span, new: Span) -> None:
        """Note that what stood at ``old`` stands at ``new`` now."""
        at = bisect_left(self._olds, tuple(old))
        self._olds.insert(at, (old.start, old.end))
        self._news.insert(at, new)

    def note_all(self, pairs: Iterable[tuple[Span, Span]]) -> None:
        """Note of each pair that what stood at the first place takes the second one now."""
        places = dict(zip(self._olds, self._news, strict=True))
        fresh = {(old.start, old.end): new for old, new in pairs}
        self._taken = sorted({*self._taken, *fresh.values()})
        places.update(fresh)
        self._olds = sorted(places)
        self._news = [places[old] for old in self._olds]

    @property
    def taken(self) -> Sequence[Span]:
        """All places that are taken, in order."""
        return self._taken

    def take(self, span: Span) -> None:
        """Note that nothing else can be at ``span``."""
        insort(self._taken, span)

    def is_free(self, span: Span) -> bool:
        """Whether nothing that was found shares text with ``span``."""
        at = bisect_left(self._taken, span)
        return not any(span.is_touching(other) for other in self._taken[max(0, at - 1) : at + 1])

    def window(self, old: Span) -> Span | None:
        """Where what stood at ``old`` is, if its neighbours kept their order; None where they did not."""
        at = bisect_left(self._olds, tuple(old))
        start = self._news[at - 1].end if at else 0
        end = self._news[at].start if at < len(self._news) else self._length
        return Span(start, end) if start <= end else None

    def gap(self, old: Span) -> int:
        """A number that all old places have which stood between the same two that were found."""
        return bisect_left(self._olds, tuple(old))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not self._news

    @property
    def is_shuffled(self) -> bool:
        """Whether much of what was found has left its order, as where paragraphs were put in another one."""
        turns = sum(after.start < before.start for before, after in pairwise(self._news))
        return turns >= _TURNS and turns >= len(self._news) * _TURNED

    def shifts(self, place: int) -> list[int]:
        """By how much the neighbours of the old ``place`` have moved, the one before it first."""
        at = bisect_left(self._olds, (place, place))
        near = [number for number in (at - 1, at) if 0 <= number < len(self._olds)]
        return list(dict.fromkeys(self._news[number].start - self._olds[number][0] for number in near))

    def find_new(self, old: Span) -> Span | None:
        """Where exactly ``old`` is now, or None."""
        at = bisect_left(self._olds, tuple(old))
        return self._news[at] if at < len(self._olds) and self._olds[at] == tuple(old) else None

    def find_start(self, place: int) -> int | None:
        """Where what began at the old ``place`` begins now, or None."""
        at = bisect_left(self._olds, (place, place))
        return self._news[at].start if at < len(self._olds) and self._olds[at][0] == place else None

    def find_end(self, place: int) -> int | None:
        """Where what ended at the old ``place`` ends now, or None."""
        at = bisect_left(self._olds, (place, place)) - 1
        return self._news[at].end if at >= 0 and self._olds[at][1] == place else None

    def beginning_at(self, place: int) -> Annotation | None:
        """The annotation, as it was, that begins at ``place`` now."""
        return self._by_start.get(place)

    def ending_at(self, place: int) -> Annotation | None:
        """The annotation, as it was, that ends at ``place`` now."""
        return self._by_end.get(place)
