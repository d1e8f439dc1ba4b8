"""Edits of an annotation set.

Each function takes the current annotation set and returns the changes to apply, none if nothing would differ.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.core.annotation import CONTEXT, Annotation, Status
from annotator.core.change import BlockMark, Change, Layer
from annotator.core.span import Span, trim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from annotator.core.annotation import Value
    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.labels import LabelSet


def _find_no_fields(span: Span, label: str) -> Mapping[str, Value]:  # noqa: ARG001  # the signature of `find_fields`
    return {}


@dataclass(frozen=True, slots=True)
class EditContext:
    """Everything that a new annotation needs besides its labels.

    Attributes:
        text: The text of the document.
        labels: The label set, which gives the order of labels and fields.
        now: The current time, ISO 8601.
        new_id: Returns an id that no annotation has.
        find_fields: Returns the fields that the sentence at a span had when it lost a label last.
    """

    text: str
    labels: LabelSet
    now: str
    new_id: Callable[[], str]
    find_fields: Callable[[Span, str], Mapping[str, Value]] = _find_no_fields

    def new_annotation(self, span: Span) -> Annotation:
        """Return a new annotation of `span` without labels or text."""
        return Annotation(id=self.new_id(), span=span, labels=(), text="", made=self.now)

    def stamp(self, annotation: Annotation, span: Span) -> Annotation:
        """Return `annotation` at `span`, with the text and context there, changed now."""
        return replace(
            annotation,
            span=span,
            text=self.text[span.start : span.end],
            before=self.text[max(0, span.start - CONTEXT) : span.start],
            after=self.text[span.end : span.end + CONTEXT],
            changed=self.now,
        )


def toggle_label(
    state: AnnotationSet, spans: Sequence[Span], *, label: str, context: EditContext
) -> tuple[Change, ...]:
    """Add `label` to each of `spans`; if all have it, remove it from each."""
    having = [label in _labels(state, span) for span in spans]
    if all(having):
        return tuple(change for span in spans for change in _relabel(state, span, context, take=label))
    lacking = (span for span, has in zip(spans, having, strict=True) if not has)
    return tuple(change for span in lacking for change in _relabel(state, span, context, add=label))


def switch_label(state: AnnotationSet, span: Span, *, label: str, context: EditContext) -> tuple[Change, ...]:
    """Add `label` to the sentence at `span`, or remove it if the sentence has it."""
    if label in _labels(state, span):
        return _relabel(state, span, context, take=label)
    return _relabel(state, span, context, add=label)


def set_labels(
    state: AnnotationSet, span: Span, *, labels: frozenset[str], context: EditContext, origin: str | None = None
) -> tuple[Change, ...]:
    """Give the sentence at `span` exactly `labels`, with `origin` as their source (None: the one before).

    Without labels the sentence is marked *nothing here*. The note stays, and so do fields that one of the labels has;
    those of a label that is new come back if the sentence had it before.
    """
    old = state.annotations.find(span.start)
    kept = context.labels.sort_keys(labels)
    mark = None if kept else span.end
    if kept == (old.labels if old else ()) and state.nothing.find(span.start) == mark:
        return ()
    made = replace(old or context.new_annotation(span), labels=kept, fields=_carry_fields(old, kept, span, context))
    if origin is not None:
        made = replace(made, origin=origin)
    changes = _set_content(state, Layer.ANNOTATION, span.start, _none_if_blank(context.stamp(made, span)))
    return changes + _set_content(state, Layer.NOTHING, span.start, mark)


def mark_nothing(state: AnnotationSet, spans: Iterable[Span], *, context: EditContext) -> tuple[Change, ...]:
    """Mark each of `spans` *nothing here*: labels and fields are removed, notes stay."""
    changes: list[Change] = []
    for span in spans:
        changes += _remove_labels(state, span, context)
        changes += _set_content(state, Layer.NOTHING, span.start, span.end)
    return tuple(changes)


def clear(state: AnnotationSet, spans: Iterable[Span], *, context: EditContext) -> tuple[Change, ...]:
    """Remove labels, fields and *nothing here* from each of `spans`; notes stay."""
    changes: list[Change] = []
    for span in spans:
        changes += _remove_labels(state, span, context)
        changes += _set_content(state, Layer.NOTHING, span.start, None)
    return tuple(changes)


def set_note(state: AnnotationSet, span: Span, *, note: str, context: EditContext) -> tuple[Change, ...]:
    """Set the note of the sentence at `span`; an empty note removes it."""
    old = state.annotations.find(span.start)
    if (old.note if old else "") == note:
        return ()
    return _set_content(
        state,
        Layer.ANNOTATION,
        span.start,
        _none_if_blank(context.stamp(replace(old or context.new_annotation(span), note=note), span)),
    )


def set_fields(
    state: AnnotationSet, span: Span, *, values: Mapping[str, Value], context: EditContext
) -> tuple[Change, ...]:
    """Set fields of the annotation at `span`, if there is one; None removes a field.

    Fields are ordered as the labels define them; fields that no label defines come last.
    """
    old = state.annotations.find(span.start)
    if old is None:
        return ()
    fields = {key: value for key, value in {**old.fields, **values}.items() if value is not None or key not in values}
    if fields == old.fields:
        return ()
    asked = [field.key for field in context.labels.fields_of(old.labels)]
    ordered = {key: fields[key] for key in (*asked, *fields) if key in fields}
    return _set_content(
        state, Layer.ANNOTATION, span.start, _none_if_blank(context.stamp(replace(old, fields=ordered), span))
    )


def finish(state: AnnotationSet, undecided: Iterable[Span]) -> tuple[Change, ...]:
    """Mark the `undecided` sentences *nothing here* and the document *done*."""
    marks = tuple(Change(Layer.NOTHING, span.start, None, span.end) for span in undecided)
    return marks + set_status(state, Status.DONE)


def set_status(state: AnnotationSet, status: Status) -> tuple[Change, ...]:
    """Set the progress of the work on the document."""
    return _set_content(state, Layer.STATUS, 0, status)


def set_kind(state: AnnotationSet, block: int, *, mark: BlockMark) -> tuple[Change, ...]:
    """Set the kind of the block that starts at `block`."""
    return _set_content(state, Layer.BLOCK, block, mark)


def resegment(
    state: AnnotationSet, old: Sequence[Span], *, new: Sequence[Span], automatic: Sequence[Span], context: EditContext
) -> tuple[Change, ...]:
    """Replace the sentences `old` by `new`, which cover the same stretch of text.

    No decision is lost: each new sentence gets the labels, fields and notes of all old ones that it overlaps, and is
    *nothing here* if all of those were.

    Args:
        state: The current annotation set.
        old: The sentences to replace, in order.
        new: Their replacements, in order.
        automatic: The sentences that the splitter finds in that stretch.
        context: Context for new annotations.
    """
    # First remove all splits and joins in reach, then set those that are needed; `_squash` drops what stays the same.
    reach = Span(old[0].start, old[-1].end)
    changes: list[Change] = []
    for place, _ in state.splits.iter_between(reach.start, reach.end):
        changes += _set_content(state, Layer.SPLIT, place, None)
    for place, _ in state.joins.iter_between(reach.start, reach.end):
        changes += _set_content(state, Layer.JOIN, place, None)
    for span in new:
        if any(sentence.start < span.start < sentence.end for sentence in automatic):
            changes.append(Change(Layer.SPLIT, span.start, None, span.start))
        if sum(1 for sentence in automatic if sentence.is_overlapping(span)) > 1:
            changes.append(Change(Layer.JOIN, span.start, None, span.end))
    for sentence in automatic:
        # An automatic sentence that goes on behind the stretch must not grow back into it.
        if sentence.start < reach.end < sentence.end:
            rest = trim(context.text, Span(reach.end, sentence.end)).start
            changes += _set_content(state, Layer.SPLIT, rest, rest)
    return _squash(tuple(changes)) + _carry_decisions(state, old, new=new, context=context)


def _carry_decisions(
    state: AnnotationSet, old: Sequence[Span], *, new: Sequence[Span], context: EditContext
) -> tuple[Change, ...]:
    changes: list[Change] = []
    spent: set[str] = set()
    places = {span.start for span in old} | {span.start for span in new}
    by_start = {span.start: span for span in new}
    for place in sorted(places):
        span = by_start.get(place)
        parts = [part for part in old if span is not None and part.is_overlapping(span)]
        merged = _merge_parts(state, span, parts, context) if span is not None else None
        # A sentence cut in two: the first piece keeps the id, the second one needs its own.
        if merged is not None and merged.id in spent:
            merged = replace(merged, id=context.new_id())
        if merged is not None:
            spent.add(merged.id)
        is_nothing = bool(parts) and all(part.start in state.nothing for part in parts)
        changes += _set_content(state, Layer.ANNOTATION, place, merged)
        changes += _set_content(state, Layer.NOTHING, place, span.end if span is not None and is_nothing else None)
    return tuple(changes)


def _merge_parts(state: AnnotationSet, span: Span, parts: Sequence[Span], context: EditContext) -> Annotation | None:
    found = [annotation for part in parts if (annotation := state.annotations.find(part.start)) is not None]
    if not found:
        return None
    first = found[0]
    for other in found[1:]:
        first = replace(
            first,
            labels=context.labels.sort_keys(frozenset(first.labels) | frozenset(other.labels)),
            fields={**other.fields, **first.fields},
            extra={**other.extra, **first.extra},
            note=_join_notes(first.note, other.note),
            previous=first.previous or other.previous,
        )
    return context.stamp(first, span)


def _join_notes(first: str, other: str) -> str:
    """Return both notes one below the other, or the longer one if it holds the other as whole lines.

    The pieces of a split sentence have the same note: joined again after one of them was amended, it is there once.
    """
    if f"\n{other}\n" in f"\n{first}\n" or not other:
        return first
    return other if f"\n{first}\n" in f"\n{other}\n" or not first else f"{first}\n{other}"


def _labels(state: AnnotationSet, span: Span) -> tuple[str, ...]:
    annotation = state.annotations.find(span.start)
    return annotation.labels if annotation else ()


def _relabel(
    state: AnnotationSet, span: Span, context: EditContext, *, add: str | None = None, take: str | None = None
) -> tuple[Change, ...]:
    old = state.annotations.find(span.start)
    labels = (frozenset(old.labels if old else ()) | ({add} if add else set())) - ({take} if take else set())
    kept = context.labels.sort_keys(labels)
    made = replace(old or context.new_annotation(span), labels=kept, fields=_carry_fields(old, kept, span, context))
    changes = _set_content(state, Layer.ANNOTATION, span.start, _none_if_blank(context.stamp(made, span)))
    return changes + (_set_content(state, Layer.NOTHING, span.start, None) if labels else ())


def _carry_fields(
    old: Annotation | None, labels: tuple[str, ...], span: Span, context: EditContext
) -> Mapping[str, Value]:
    """Return the fields of `old` once it has `labels`: without those of labels that went, with those that come back.

    A field that no label of the set defines goes with the last label, or with one that the set does not know.
    """
    fields = dict(old.fields) if old is not None and labels else {}
    before = old.labels if old is not None else ()
    known = context.labels
    defined = {field.key for label in known for field in label.fields}
    for gone in before:
        if gone not in labels and fields:
            lost = {field.key for field in known.get(gone).fields} if known.find(gone) else set(fields) - defined
            lost -= {field.key for field in known.fields_of(labels)}
            fields = {key: value for key, value in fields.items() if key not in lost}
    for new in labels:
        if new not in before:
            own = {field.key for field in known.get(new).fields}
            found = context.find_fields(span, new)
            back = {key: value for key, value in found.items() if key in own or key not in defined}
            fields = {**back, **fields}
    if old is not None and fields == old.fields:
        return old.fields
    asked = [field.key for field in known.fields_of(labels)]
    return {key: fields[key] for key in (*asked, *fields) if key in fields}


def _remove_labels(state: AnnotationSet, span: Span, context: EditContext) -> tuple[Change, ...]:
    old = state.annotations.find(span.start)
    if old is None or not (old.labels or old.fields):
        return ()
    return _set_content(
        state, Layer.ANNOTATION, span.start, _none_if_blank(context.stamp(replace(old, labels=(), fields={}), span))
    )


def _none_if_blank(annotation: Annotation) -> Annotation | None:
    return None if annotation.is_blank else annotation


def _set_content(
    state: AnnotationSet, slot: Layer, place: int, after: Annotation | BlockMark | Status | int | None
) -> tuple[Change, ...]:
    before = state.find_content(slot, place)
    return () if before == after else (Change(slot, place, before, after),)


def _squash(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Return `changes` with at most one for each place, and none that has no effect."""
    by_place: dict[tuple[Layer, int], Change] = {}
    for change in changes:
        earlier = by_place.get((change.layer, change.place))
        by_place[change.layer, change.place] = replace(change, before=earlier.before) if earlier else change
    return tuple(change for change in by_place.values() if change.before != change.after)
