"""Three-way merge of a single annotation, part by part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.core.annotation import Annotation, Value

T = TypeVar("T")


class MergedAnnotation(NamedTuple):
    """The merged annotation and, if the versions contradict each other, the conflicting version."""

    merged: Annotation
    conflict: Annotation | None = None


def merge_annotation(base: Annotation | None, ours: Annotation, theirs: Annotation) -> MergedAnnotation:
    """Merge two versions of an annotation with the same id.

    Parts (labels with their fields, note, span, unknown keys) without a conflict are the same in both results. Ours
    stands, unless it lost its labels and theirs has new ones.

    Args:
        base: The common base, or None if there is none.
        ours: Our version.
        theirs: The other version.
    """
    ground = base or strip_decision(ours, note="")
    labels = _merge_labels(ground.labels, ours.labels, theirs.labels)
    main, other = (ours, theirs) if labels is not None or ours.labels else (theirs, ours)
    fields = (dict(main.fields), dict(other.fields), True)
    if labels is not None:
        fields = _merge_keys(ground.fields, main.fields, other.fields)
    extra = _merge_keys(ground.extra, main.extra, other.extra)
    note, other_note, has_notes = _merge_values(ground.note, main.note, other.note, void="")
    standing = replace(
        _move_to_standing(base, main, other),
        labels=main.labels if labels is None else labels,
        fields=fields[0],
        extra=extra[0],
        note=note,
        origin=_merge_values(ground.origin, main.origin, other.origin, void="")[0],
        made=main.made or other.made,
        changed=max(main.changed, other.changed),  # compared as text, which is exact only for equal offsets
    )
    is_astray = _find_standing(base, main, other) is None
    if labels is not None and not (fields[2] or extra[2] or has_notes or is_astray):
        return MergedAnnotation(standing)
    conflict = replace(
        other if is_astray else move_to(other, standing),
        labels=other.labels if labels is None else labels,
        fields=fields[1],
        extra=extra[1],
        note=other_note,
    )
    return MergedAnnotation(standing, conflict)


def is_same_annotation(ours: Annotation, theirs: Annotation) -> bool:
    """Return whether two annotations with one id and no common base can be versions of the same annotation."""
    return ours.span.is_overlapping(theirs.span) or ours.text == theirs.text


def has_same_content(one: Annotation, other: Annotation) -> bool:
    """Return whether both have the same text and content, whatever their spans."""
    return (one.labels, one.text, one.note, one.fields, one.extra) == (
        *(other.labels, other.text, other.note),
        *(other.fields, other.extra),
    )


def strip_decision(annotation: Annotation, *, note: str) -> Annotation:
    """Return `annotation` as it is in a version without a decision there."""
    return replace(annotation, labels=(), fields={}, extra={}, note=note)


def move_to(annotation: Annotation, other: Annotation) -> Annotation:
    """Return `annotation` at the span of `other`, with the text and context there."""
    return replace(
        annotation, span=other.span, text=other.text, before=other.before, after=other.after, previous=other.previous
    )


def _move_to_standing(base: Annotation | None, main: Annotation, other: Annotation) -> Annotation:
    return move_to(main, _find_standing(base, main, other) or main)


def _find_standing(base: Annotation | None, main: Annotation, other: Annotation) -> Annotation | None:
    """Return the version whose span stands, or None if both moved to different spans."""
    mine, theirs = (main.span, main.text), (other.span, other.text)
    if mine == theirs:  # a changed sentence confirmed on either side is confirmed
        return other if main.previous is not None and other.previous is None else main
    ground = (base.span, base.text) if base else None
    return main if theirs == ground else other if mine == ground else None


def _merge_labels(base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the merged labels, or None if they are in conflict."""
    old, mine, other = frozenset(base), frozenset(ours), frozenset(theirs)
    if other in {mine, old}:
        return ours
    if mine == old:
        return theirs
    kept = old & mine & other
    is_at_odds = bool(mine - old - other and other - old - mine) and not kept
    kept |= (mine - old) | (other - old)
    if is_at_odds or not (mine and other and kept):
        return None
    return tuple(dict.fromkeys(label for label in (*ours, *theirs) if label in kept))


def _merge_values(base: T, main: T, other: T, *, void: T) -> tuple[T, T, bool]:
    """Return the value that stands, the conflicting one, and whether they differ; `void` never wins."""
    if other in (main, base):
        return main, main, False
    if main == base:
        return other, other, False
    return (other, main, True) if main == void else (main, other, True)


class _Missing:
    """Type of the value that stands for a missing key."""


_MISSING = _Missing()


def _merge_keys(
    base: Mapping[str, Value], main: Mapping[str, Value], other: Mapping[str, Value]
) -> tuple[dict[str, Value], dict[str, Value], bool]:
    """Return the values that stand and the conflicting ones, by key, and whether they differ."""
    standing: dict[str, Value] = {}
    conflict: dict[str, Value] = {}
    for key in dict.fromkeys((*main, *other)):
        versions: list[Value | _Missing] = [one.get(key, _MISSING) for one in (base, main, other)]
        first, second, _differs = _merge_values(*versions, void=_MISSING)
        for value, kept in ((first, standing), (second, conflict)):
            if not isinstance(value, _Missing):
                kept[key] = value
    return standing, conflict, standing != conflict
