"""Edits that resolve doubtful annotations: changed sentences, orphans and conflicts.

Each function takes the current annotation set and returns the changes to apply, none if nothing would differ.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.core.anchoring.anchor import make_orphan
from annotator.core.annotation_set import key_of
from annotator.core.change import BlockMark, Change, Layer
from annotator.core.document import BlockKind
from annotator.core.merging.mark_conflict import JOIN, NOTHING, find_mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.core.annotation import Annotation
    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.collections.sorted_map import SortedMap
    from annotator.core.edit import EditContext
    from annotator.core.span import Span


def confirm(state: AnnotationSet, places: Iterable[int], *, writer: EditContext) -> tuple[Change, ...]:
    """Confirm that the changed sentences at `places` are the ones that their annotations were made on."""
    found = ((place, state.annotations.find(place)) for place in places)
    return tuple(
        Change(Layer.ANNOTATION, place, one, replace(one, previous=None, changed=writer.now))
        for place, one in found
        if one is not None and one.previous is not None
    )


def reject(state: AnnotationSet, place: int) -> tuple[Change, ...]:
    """Reject the changed sentence at `place`: its annotation becomes an orphan with its old text."""
    one = state.annotations.find(place)
    if one is None or one.previous is None:
        return ()
    gone = make_orphan(one)
    return (Change(Layer.ANNOTATION, place, one, None), Change(Layer.ORPHAN, _free_key(state, gone), None, gone))


def reattach(state: AnnotationSet, key: int, span: Span, *, writer: EditContext) -> tuple[Change, ...]:
    """Attach the orphan at `key` to the sentence at `span`; return no changes if something is annotated there."""
    orphan = state.orphans.find(key)
    if orphan is None or _find_overlapping(state, span):
        return ()
    made = _ensure_unique_id(state, writer.stamp(replace(orphan, previous=None), span), writer)
    changes = [Change(Layer.ORPHAN, key, orphan, None), Change(Layer.ANNOTATION, span.start, None, made)]
    if made.labels and (end := state.nothing.find(span.start)) is not None:
        changes.append(Change(Layer.NOTHING, span.start, end, None))
    return tuple(changes)


def delete_orphan(state: AnnotationSet, key: int) -> tuple[Change, ...]:
    """Delete the orphan at `key`."""
    orphan = state.orphans.find(key)
    return () if orphan is None else (Change(Layer.ORPHAN, key, orphan, None),)


def keep_ours(state: AnnotationSet, key: int) -> tuple[Change, ...]:
    """Resolve the conflict at `key` by keeping the current annotation."""
    conflict = state.conflicts.find(key)
    return () if conflict is None else (Change(Layer.CONFLICT, key, conflict, None),)


def take_theirs(state: AnnotationSet, key: int, *, writer: EditContext) -> tuple[Change, ...]:
    """Resolve the conflict at `key` by taking the other version; a blank one removes the current annotation."""
    conflict = state.conflicts.find(key)
    if conflict is None:
        return ()
    if find_mark(conflict):
        return (*_take_mark(state, conflict, writer=writer), Change(Layer.CONFLICT, key, conflict, None))
    span = conflict.span
    changes = [Change(Layer.ANNOTATION, one.span.start, one, None) for one in _find_overlapping(state, span)]
    gone = {change.place for change in changes}
    if not conflict.is_blank:
        made = _ensure_unique_id(state, writer.stamp(conflict, span), writer, but=gone)
        before = state.annotations.find(span.start)
        changes = [change for change in changes if change.place != span.start]
        changes.append(Change(Layer.ANNOTATION, span.start, before, made))
    if conflict.labels:
        changes += [Change(Layer.NOTHING, start, end, None) for start, end in _find_marks_in(state.nothing, span)]
    return (*changes, Change(Layer.CONFLICT, key, conflict, None))


def _take_mark(state: AnnotationSet, conflict: Annotation, *, writer: EditContext) -> tuple[Change, ...]:
    """Return the changes that set the mark `conflict`, in place of what stands there."""
    span, word = conflict.span, find_mark(conflict)
    if word not in {NOTHING, JOIN}:
        return (Change(Layer.BLOCK, span.start, state.blocks.find(span.start), BlockMark(span.end, BlockKind(word))),)
    others = [one for one in _find_overlapping(state, span) if word == NOTHING or one.span != span]
    changes = [Change(Layer.ANNOTATION, one.span.start, one, None) for one in others]
    changes += [Change(Layer.NOTHING, start, end, None) for start, end in _find_marks_in(state.nothing, span)]
    if word == NOTHING:
        return (*changes, Change(Layer.NOTHING, span.start, None, span.end))
    changes += [Change(Layer.JOIN, start, end, None) for start, end in _find_marks_in(state.joins, span)]
    changes.append(Change(Layer.JOIN, span.start, None, span.end))
    if others:  # the joined sentence has what its parts had
        made = replace(
            writer.stamp(others[0], span),
            labels=tuple(dict.fromkeys(label for one in others for label in one.labels)),
            fields={key: value for one in reversed(others) for key, value in one.fields.items()},
            note="\n".join(dict.fromkeys(one.note for one in others if one.note)),
            previous=None,
        )
        changes.append(Change(Layer.ANNOTATION, span.start, None, made))
    return tuple(changes)


def find_contradicted(state: AnnotationSet, rival: Annotation) -> Annotation | None:
    """Return the first annotation that overlaps `rival`, or None."""
    return next(iter(_find_overlapping(state, rival.span)), None)


def _find_overlapping(state: AnnotationSet, span: Span) -> list[Annotation]:
    """Return the annotations that overlap `span`, in order."""
    earlier = state.annotations.find_floor(span.start - 1)
    found = [earlier[1]] if earlier and earlier[1].span.is_overlapping(span) else []
    return found + [one for _place, one in state.annotations.iter_between(span.start, max(span.start + 1, span.end))]


def _find_marks_in(marks: SortedMap[int], span: Span) -> list[tuple[int, int]]:
    """Return the `marks` that overlap `span`, each with its end."""
    earlier = marks.find_floor(span.start - 1)
    found = [earlier] if earlier and earlier[1] > span.start else []
    return found + list(marks.iter_between(span.start, span.end))


def _ensure_unique_id(
    state: AnnotationSet, annotation: Annotation, writer: EditContext, *, but: Iterable[int] = ()
) -> Annotation:
    """Return `annotation` with a unique id; annotations at the places `but` are about to go and do not count."""
    left = set(but)
    ids = {one.id for place, one in state.annotations.items() if place not in left}
    return replace(annotation, id=writer.new_id()) if annotation.id in ids else annotation


def _free_key(state: AnnotationSet, orphan: Annotation) -> int:
    key = key_of(orphan.id)
    while key in state.orphans:
        key += 1
    return key
