"""Decisions of a sidecar that stand in each other's way, as after a git merge or by the hand of another program.

One stands, the others become conflicts, which a user decides: none is dropped, and none makes the file unreadable.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.i18n import _
from annotator.core.merging.mark_conflict import JOIN, NOTHING, make_mark_conflict
from annotator.core.span import Span
from annotator.storage.yaml_io.reader import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from annotator.core.annotation import Annotation
    from annotator.storage.errors import FaultList


class LocatedSpan(NamedTuple):
    """A span that a decision is about, the line where it is written, and what is said of it.

    That is an annotation, the id of which stands in `id_line`, or the `word` for a mark.
    """

    span: Span
    line: int
    annotation: Annotation | None = None
    word: str = ""
    id_line: int = 0


class Standing(NamedTuple):
    """Decisions of which no two stand in each other's way."""

    annotations: list[LocatedSpan]
    nothing: list[Span]
    joins: list[Span]
    blocks: list[LocatedSpan]


_by_span = attrgetter("span")


class OverlapResolver:
    """Decides which decisions stand, and gathers the others in `conflicts`.

    Of overlapping annotations those stand that leave room for most; a label goes before *nothing here*, and both before
    a note. A note may share its span with *nothing here*, and a join with the decision on the joined sentence.
    """

    def __init__(self, faults: FaultList, *, quotes: Mapping[int, str]) -> None:
        """Add a remark to `faults` for each conflict; `quotes` are the first words at the places of marks."""
        self.conflicts: list[Annotation] = []
        self._faults = faults
        self._quotes = quotes

    def resolve(
        self,
        annotations: Sequence[LocatedSpan],
        *,
        nothing: Sequence[LocatedSpan],
        joins: Sequence[LocatedSpan],
        blocks: Sequence[LocatedSpan],
    ) -> Standing:
        """Return the decisions that stand."""
        annotations, nothing, joins = _without_copies(annotations), [*nothing], [*joins]
        if _has_overlap([*annotations, *nothing]):
            annotations, nothing = self._resolve_decisions(annotations, nothing)
        if joins:
            decided = sorted([*annotations, *nothing], key=_by_span)
            joins = self._keep(joins, decided, may_share=lambda other: other.word != JOIN)
        kinds: dict[int, LocatedSpan] = {}
        for block in blocks:
            other = kinds.setdefault(block.span.start, block)
            if (other.span, other.word) != (block.span, block.word):
                self._reject(block, other)
        return Standing(
            annotations,
            [one.span for one in nothing],
            [one.span for one in joins],
            list(kinds.values()),
        )

    def _resolve_decisions(
        self, annotations: list[LocatedSpan], nothing: list[LocatedSpan]
    ) -> tuple[list[LocatedSpan], list[LocatedSpan]]:
        taken: list[LocatedSpan] = []
        tags = [one for one in annotations if one.annotation and one.annotation.labels]
        notes = [one for one in annotations if one.annotation and not one.annotation.labels]
        tags = self._keep(tags, taken, may_share=_never)
        nothing = self._keep(nothing, taken, may_share=_never)
        notes = self._keep(notes, taken, may_share=lambda other: other.word == NOTHING)
        return sorted([*tags, *notes], key=_by_span), sorted(nothing, key=_by_span)

    def _keep(
        self,
        items: Iterable[LocatedSpan],
        taken: list[LocatedSpan],
        *,
        may_share: Callable[[LocatedSpan], bool],
    ) -> list[LocatedSpan]:
        """Add to `taken`, which is in order, those of `items` that fit, and return them in order.

        `may_share` tells whether an item may have the same span as the given one.
        """
        kept: list[LocatedSpan] = []
        for item in sorted(items, key=lambda one: (one.span.end, one.span.start)):
            others = _find_overlapping(taken, item.span)
            in_way = next((one for one in others if one.span != item.span or not may_share(one)), None)
            if in_way is None:
                kept.append(item)
                insort(taken, item, key=_by_span)
            elif (in_way.span, in_way.word, in_way.annotation) != (item.span, item.word, item.annotation):
                self._reject(item, in_way)
        return sorted(kept, key=_by_span)

    def _reject(self, item: LocatedSpan, other: LocatedSpan) -> None:
        text = self._quotes.get(item.span.start, "")
        self.conflicts.append(item.annotation or make_mark_conflict(item.word, item.span, text=text))
        what = _("[{start}, {end}] overlaps [{other_start}, {other_end}] in line {line}").format(
            start=item.span.start,
            end=item.span.end,
            other_start=other.span.start,
            other_end=other.span.end,
            line=other.line,
        )
        cure = _("One of the two stands, the other waits for your decision under “To check” (F8).")
        self._faults.add_remark(item.line, what=what, cure=cure)


def give_ids(annotations: Iterable[LocatedSpan], *, faults: FaultList) -> list[LocatedSpan]:
    """Return `annotations` with another id for each that has that of an earlier, different one, with a remark."""
    items = list(annotations)
    lines: dict[str, LocatedSpan] = {}
    taken = {one.annotation.id for one in items if one.annotation}
    if len(taken) == len(items):
        return items
    named: list[LocatedSpan] = []
    for item in items:
        first = lines.setdefault(item.annotation.id, item) if item.annotation else item
        if item.annotation is None or first is item or first.annotation == item.annotation:
            named.append(item)
            continue
        identity, number = item.annotation.id, 2
        while f"{identity}-{number}" in taken:
            number += 1
        taken.add(f"{identity}-{number}")
        what = _('the id "{id}" is that of the annotation in line {line}')
        cure = _('Nothing has to be done: this one is called "{id}" from now on.')
        faults.add_remark(
            item.id_line,
            what=what.format(id=shorten(identity), line=first.id_line),
            cure=cure.format(id=shorten(f"{identity}-{number}")),
        )
        named.append(item._replace(annotation=replace(item.annotation, id=f"{identity}-{number}")))
    return named


def _without_copies(items: Iterable[LocatedSpan]) -> list[LocatedSpan]:
    """Return `items` without those that are equal to an earlier one of the same id."""
    kept: dict[str, list[LocatedSpan]] = {}
    left: list[LocatedSpan] = []
    for item in items:
        same = kept.setdefault(item.annotation.id if item.annotation else "", [])
        if not any(one.annotation == item.annotation for one in same):
            same.append(item)
            left.append(item)
    return left


def _never(_other: LocatedSpan) -> bool:
    return False


def _has_overlap(items: list[LocatedSpan]) -> bool:
    notes = {item.span for item in items if item.annotation and not item.annotation.labels}
    spans = sorted(item.span for item in items if item.annotation or item.span not in notes)
    reach = -1  # a long span may overlap more than its neighbour
    for span in spans:
        if span.start < reach:
            return True
        reach = max(reach, span.end)
    return False


def _find_overlapping(taken: Sequence[LocatedSpan], span: Span) -> list[LocatedSpan]:
    """Return those of `taken`, which are in order and at most shared by two, that overlap `span`."""
    first = bisect_left(taken, span, key=_by_span)
    while first > 0 and taken[first - 1].span.end > span.start:
        first -= 1
    end = bisect_left(taken, Span(span.end, 0), key=_by_span)
    return [one for one in taken[first:end] if one.span.is_overlapping(span)]
