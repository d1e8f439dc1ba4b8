"""All annotations and marks of one annotator on one document, as an immutable value."""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from annotator.core.annotation import Annotation, Status
from annotator.core.change import BlockMark, Change, Layer
from annotator.core.collections.sorted_map import SortedMap
from annotator.core.span import Span
from annotator.core.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from annotator.core.change import Content

V = TypeVar("V")
K = TypeVar("K", Annotation, Verdict)

_LONG = 64  # bytes of an id that are used as they are; the rest of a longer one only enters by its checksum


class StaleChangeError(Exception):
    """The content to be changed is not what the change expects."""


def key_of(identity: str) -> int:
    """Return the key of an id among orphans, conflicting versions or verdicts; it is the same in every session."""
    # Not `hash`, which is salted in each process: the key is written to the journal. An id from a sidecar edited by
    # hand may hold lone surrogates.
    data = identity.encode("utf-8", "surrogatepass")
    if len(data) > _LONG:
        data = data[:_LONG] + zlib.crc32(data).to_bytes(4, "big")
    # The leading 1 keeps ids apart that differ only in zero bytes at their start.
    return int.from_bytes(b"\1" + data, "big")


def _empty_annotations() -> SortedMap[Annotation]:
    return SortedMap()


def _empty_verdicts() -> SortedMap[Verdict]:
    return SortedMap()


def _empty_places() -> SortedMap[int]:
    return SortedMap()


def _empty_blocks() -> SortedMap[BlockMark]:
    return SortedMap()


@dataclass(frozen=True, slots=True)
class AnnotationSet:
    """Annotations by the start of their spans, and all other decisions. Immutable: `apply` returns a new set.

    Spans of annotations and of *nothing here* never overlap.

    Attributes:
        annotations: Annotations by the start of their spans.
        nothing: Start to end of the sentences marked *nothing here*.
        splits: Offsets at which the user cut a sentence.
        joins: Start to end of the sentences that the user joined.
        blocks: Block kinds that the user corrected, by the start of the block.
        status: Progress of the work on the document.
        orphans: Annotations without a sentence, by `key_of` their ids.
        conflicts: Conflicting versions from another copy of the sidecar, by `key_of` their ids or the next free key.
        verdicts: Verdicts of reviewers, by `key_of` their ids or the next free key.
        label_counts: Number of annotations by label; updated with every change, so that reading it is free.
        tagged_count: Number of annotations with at least one label.
    """

    annotations: SortedMap[Annotation] = field(default_factory=_empty_annotations)
    nothing: SortedMap[int] = field(default_factory=_empty_places)
    splits: SortedMap[int] = field(default_factory=_empty_places)
    joins: SortedMap[int] = field(default_factory=_empty_places)
    blocks: SortedMap[BlockMark] = field(default_factory=_empty_blocks)
    status: Status = Status.NEW
    orphans: SortedMap[Annotation] = field(default_factory=_empty_annotations)
    conflicts: SortedMap[Annotation] = field(default_factory=_empty_annotations)
    verdicts: SortedMap[Verdict] = field(default_factory=_empty_verdicts)
    label_counts: Mapping[str, int] = field(default_factory=dict)
    tagged_count: int = 0

    @staticmethod
    def of(
        annotations: Iterable[Annotation] = (),
        *,
        nothing: Iterable[Span] = (),
        splits: Iterable[int] = (),
        joins: Iterable[Span] = (),
        blocks: Iterable[tuple[int, BlockMark]] = (),
        orphans: Iterable[Annotation] = (),
    ) -> AnnotationSet:
        """Return a set of these decisions, with the status *new*."""
        by_place = SortedMap((annotation.span.start, annotation) for annotation in annotations)
        return AnnotationSet(
            annotations=by_place,
            nothing=SortedMap(nothing),
            splits=SortedMap((place, place) for place in splits),
            joins=SortedMap(joins),
            blocks=SortedMap(blocks),
            orphans=index_by_key(orphans),
            label_counts=dict(Counter(label for annotation in by_place.values() for label in annotation.labels)),
            tagged_count=sum(1 for annotation in by_place.values() if annotation.labels),
        )

    def ids(self) -> set[str]:
        """Return the ids of all annotations, including orphans and conflicting versions."""
        return {one.id for part in (self.annotations, self.orphans, self.conflicts) for one in part.values()}

    @property
    def decided_count(self) -> int:
        """Number of sentences that have a label or are marked *nothing here*."""
        return self.tagged_count + len(self.nothing)

    def is_decided(self, span: Span) -> bool:
        """Return whether the sentence at `span` has a label or is marked *nothing here*."""
        annotation = self.annotations.find(span.start)
        return bool(annotation and annotation.labels) or span.start in self.nothing

    def iter_fixed_spans(self, start: int, end: int) -> Iterator[Span]:
        """Return the fixed spans that start from `start` up to `end`, in order; each once.

        Annotations, *nothing here* and joins fix a span: it is a sentence, whatever the splitter finds there.
        """
        found = [annotation.span for _, annotation in self.annotations.iter_between(start, end)]
        found += [Span(*item) for item in self.nothing.iter_between(start, end)]
        found += [Span(*item) for item in self.joins.iter_between(start, end)]
        return iter(sorted(set(found)))

    def find_fixed_span_over(self, offset: int) -> Span | None:
        """Return the fixed span that starts before `offset` and ends after it, or None."""
        annotation = self.annotations.find_floor(offset - 1)
        candidates = [annotation[1].span] if annotation else []
        floors = (self.nothing.find_floor(offset - 1), self.joins.find_floor(offset - 1))
        candidates += [Span(*item) for item in floors if item]
        return next((span for span in candidates if span.end > offset), None)

    def has_overlap(self, place: int) -> bool:
        """Return whether the decision at `place` overlaps another one, or is both a tag and *nothing here*."""
        annotation, end = self.annotations.find(place), self.nothing.find(place)
        spans = [annotation.span] if annotation else []
        spans += [Span(place, end)] if end is not None else []
        if len(spans) == 2 and ((annotation and annotation.labels) or spans[0] != spans[1]):
            return True
        return any(self._has_neighbour(span) for span in spans)

    def find_content(self, slot: Layer, place: int) -> Content:
        """Return the content at `place` of `slot`, or None."""
        if slot is Layer.STATUS:
            return self.status
        return self._map(slot).find(place)

    def apply(self, changes: Iterable[Change]) -> AnnotationSet:
        """Return this set with `changes` applied in order.

        Raises:
            StaleChangeError: The content at a place is not what a change expects; nothing is applied then.
        """
        made = self
        for change in changes:
            if made.find_content(change.layer, change.place) != change.before:
                raise StaleChangeError(f"{change.layer} at {change.place} is not what the change expects")
            made = made._apply_one(change)
        return made

    def _has_neighbour(self, span: Span) -> bool:
        """Return whether a decision that starts elsewhere overlaps `span`."""
        before = self.annotations.find_floor(span.start - 1)
        mark = self.nothing.find_floor(span.start - 1)
        is_reached = (before and before[1].span.end > span.start) or (mark and mark[1] > span.start)
        inside = (
            *self.annotations.iter_between(span.start + 1, span.end),
            *self.nothing.iter_between(span.start + 1, span.end),
        )
        return bool(is_reached or inside)

    def _apply_one(self, change: Change) -> AnnotationSet:
        after = change.after
        if isinstance(after, Status):
            return replace(self, status=after)
        annotation = after if isinstance(after, Annotation) else None
        if change.layer is Layer.ANNOTATION:
            return self._with_annotation(change.place, annotation)
        if change.layer is Layer.ORPHAN:
            return replace(self, orphans=_set_item(self.orphans, change.place, annotation))
        if change.layer is Layer.CONFLICT:
            return replace(self, conflicts=_set_item(self.conflicts, change.place, annotation))
        if change.layer is Layer.VERDICT:
            verdict = after if isinstance(after, Verdict) else None
            return replace(self, verdicts=_set_item(self.verdicts, change.place, verdict))
        if change.layer is Layer.BLOCK:
            mark = after if isinstance(after, BlockMark) else None
            return replace(self, blocks=_set_item(self.blocks, change.place, mark))
        places = self._places(change.layer)
        changed = _set_item(places, change.place, after if isinstance(after, int) else None)
        match change.layer:
            case Layer.NOTHING:
                return replace(self, nothing=changed)
            case Layer.SPLIT:
                return replace(self, splits=changed)
            case _:
                return replace(self, joins=changed)

    def _with_annotation(self, place: int, annotation: Annotation | None) -> AnnotationSet:
        before = self.annotations.find(place)
        counts = dict(self.label_counts)
        for label in before.labels if before else ():
            counts[label] -= 1
            if not counts[label]:
                del counts[label]
        for label in annotation.labels if annotation else ():
            counts[label] = counts.get(label, 0) + 1
        grown = int(bool(annotation and annotation.labels)) - int(bool(before and before.labels))
        annotations = _set_item(self.annotations, place, annotation)
        return replace(self, annotations=annotations, label_counts=counts, tagged_count=self.tagged_count + grown)

    def _map(self, slot: Layer) -> SortedMap[Annotation] | SortedMap[BlockMark] | SortedMap[Verdict] | SortedMap[int]:
        match slot:
            case Layer.ANNOTATION:
                return self.annotations
            case Layer.ORPHAN:
                return self.orphans
            case Layer.CONFLICT:
                return self.conflicts
            case Layer.VERDICT:
                return self.verdicts
            case Layer.BLOCK:
                return self.blocks
            case _:
                return self._places(slot)

    def _places(self, slot: Layer) -> SortedMap[int]:
        return {Layer.NOTHING: self.nothing, Layer.SPLIT: self.splits, Layer.JOIN: self.joins}[slot]


def index_by_key(items: Iterable[K]) -> SortedMap[K]:
    """Return `items` by `key_of` their ids, or by the next free key."""
    by_key: dict[int, K] = {}
    for item in items:
        key = key_of(item.id)
        while key in by_key:
            key += 1
        by_key[key] = item
    return SortedMap(by_key.items())


def _set_item(places: SortedMap[V], place: int, value: V | None) -> SortedMap[V]:
    return places.without_item(place) if value is None else places.with_item(place, value)
