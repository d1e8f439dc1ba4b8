"""Edits that resolve doubtful annotations: changed sentences, orphans and conflicts.

Each function takes the current annotation set and returns the changes to apply, none if nothing would differ.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.core.anchoring.anchor import orphaned
from annotator.core.annotation_set import key_of
from annotator.core.change import Change, Slot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.core.annotation import Annotation
    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.edit import Writer
    from annotator.core.span import Span


def confirm(state: AnnotationSet, places: Iterable[int], *, writer: Writer) -> tuple[Change, ...]:
    """Confirm that the changed sentences at `places` are the ones that their annotations were made on."""
    found = ((place, state.annotations.find(place)) for place in places)
    return tuple(
        Change(Slot.ANNOTATION, place, one, replace(one, was=None, changed=writer.now))
        for place, one in found
        if one is not None and one.was is not None
    )


def refuse(state: AnnotationSet, place: int) -> tuple[Change, ...]:
    """Reject the changed sentence at `place`: its annotation becomes an orphan with its old text."""
    one = state.annotations.find(place)
    if one is None or one.was is None:
        return ()
    gone = orphaned(one)
    return (Change(Slot.ANNOTATION, place, one, None), Change(Slot.ORPHAN, _free_key(state, gone), None, gone))


def put_back(state: AnnotationSet, key: int, span: Span, *, writer: Writer) -> tuple[Change, ...]:
    """Attach the orphan at `key` to the sentence at `span`; return no changes if something is annotated there."""
    orphan = state.orphans.find(key)
    if orphan is None or _reaching(state, span):
        return ()
    made = _with_own_id(state, writer.stamped(replace(orphan, was=None), span), writer)
    changes = [Change(Slot.ORPHAN, key, orphan, None), Change(Slot.ANNOTATION, span.start, None, made)]
    if made.labels and (end := state.nothing.find(span.start)) is not None:
        changes.append(Change(Slot.NOTHING, span.start, end, None))
    return tuple(changes)


def forget(state: AnnotationSet, key: int) -> tuple[Change, ...]:
    """Delete the orphan at `key`."""
    orphan = state.orphans.find(key)
    return () if orphan is None else (Change(Slot.ORPHAN, key, orphan, None),)


def keep_standing(state: AnnotationSet, key: int) -> tuple[Change, ...]:
    """Resolve the conflict at `key` by keeping the current annotation."""
    rival = state.rivals.find(key)
    return () if rival is None else (Change(Slot.RIVAL, key, rival, None),)


def take_other(state: AnnotationSet, key: int, *, writer: Writer) -> tuple[Change, ...]:
    """Resolve the conflict at `key` by taking the other version; a blank one removes the current annotation."""
    rival = state.rivals.find(key)
    if rival is None:
        return ()
    span = rival.span
    changes = [Change(Slot.ANNOTATION, one.span.start, one, None) for one in _reaching(state, span)]
    gone = {change.place for change in changes}
    if not rival.is_blank:
        made = _with_own_id(state, writer.stamped(rival, span), writer, but=gone)
        before = state.annotations.find(span.start)
        changes = [change for change in changes if change.place != span.start]
        changes.append(Change(Slot.ANNOTATION, span.start, before, made))
    if rival.labels:
        changes += [Change(Slot.NOTHING, start, end, None) for start, end in _nothing_in(state, span)]
    return (*changes, Change(Slot.RIVAL, key, rival, None))


def standing_against(state: AnnotationSet, rival: Annotation) -> Annotation | None:
    """Return the first annotation that overlaps `rival`, or None."""
    return next(iter(_reaching(state, rival.span)), None)


def _reaching(state: AnnotationSet, span: Span) -> list[Annotation]:
    """Return the annotations that overlap `span`, in order."""
    earlier = state.annotations.find_floor(span.start - 1)
    found = [earlier[1]] if earlier and earlier[1].span.is_touching(span) else []
    return found + [one for _place, one in state.annotations.between(span.start, max(span.start + 1, span.end))]


def _nothing_in(state: AnnotationSet, span: Span) -> list[tuple[int, int]]:
    earlier = state.nothing.find_floor(span.start - 1)
    found = [earlier] if earlier and earlier[1] > span.start else []
    return found + list(state.nothing.between(span.start, span.end))


def _with_own_id(
    state: AnnotationSet, annotation: Annotation, writer: Writer, *, but: Iterable[int] = ()
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
