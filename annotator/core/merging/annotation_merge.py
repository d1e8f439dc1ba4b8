"""Two versions of one annotation brought together, part by part. It must not know of the other annotations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.core.annotation import Annotation, Value

T = TypeVar("T")


class Together(NamedTuple):
    """The annotation that stands, and where the two versions contradict each other what the other one says."""

    standing: Annotation
    rival: Annotation | None = None


def bring_together(base: Annotation | None, ours: Annotation, theirs: Annotation) -> Together:
    """Merge two versions that came of ``base``, or that have no common ground; both have the same id.

    Parts (labels with their fields, note, place, unknown keys) on which the versions do not contradict each other are
    the same in both results. Ours stands, but where it has no labels any more and theirs has other ones, theirs does.
    """
    ground = base or without_labels(ours, note="")
    labels = _merged_labels(ground.labels, ours.labels, theirs.labels)
    main, other = (ours, theirs) if labels is not None or ours.labels else (theirs, ours)
    fields = (dict(main.fields), dict(other.fields), True)
    if labels is not None:
        fields = _merged_keys(ground.fields, main.fields, other.fields)
    extra = _merged_keys(ground.extra, main.extra, other.extra)
    note, other_note, has_notes = _merged(ground.note, main.note, other.note, void="")
    standing = replace(
        _placed(base, main, other),
        labels=main.labels if labels is None else labels,
        fields=fields[0],
        extra=extra[0],
        note=note,
        origin=_merged(ground.origin, main.origin, other.origin, void="")[0],
        made=main.made or other.made,
        changed=max(main.changed, other.changed),
    )
    is_astray = _find_place(base, main, other) is None
    if labels is not None and not (fields[2] or extra[2] or has_notes or is_astray):
        return Together(standing)
    rival = replace(
        other if is_astray else at_place_of(other, standing),
        labels=other.labels if labels is None else labels,
        fields=fields[1],
        extra=extra[1],
        note=other_note,
    )
    return Together(standing, rival)


def is_one(ours: Annotation, theirs: Annotation) -> bool:
    """Whether two annotations with one id and without common ground can be versions of one annotation."""
    return ours.span.is_touching(theirs.span) or ours.text == theirs.text


def has_same_words(one: Annotation, other: Annotation) -> bool:
    """Whether both say the same about the same words, wherever these stand."""
    return (one.labels, one.text, one.note, one.fields, one.extra) == (
        *(other.labels, other.text, other.note),
        *(other.fields, other.extra),
    )


def without_labels(annotation: Annotation, *, note: str) -> Annotation:
    """``annotation`` as it is in a version that does not decide anything there."""
    return replace(annotation, labels=(), fields={}, extra={}, note=note)


def at_place_of(annotation: Annotation, other: Annotation) -> Annotation:
    """``annotation`` at the place of ``other``."""
    return replace(annotation, span=other.span, text=other.text, before=other.before, after=other.after, was=other.was)


def _placed(base: Annotation | None, main: Annotation, other: Annotation) -> Annotation:
    return at_place_of(main, _find_place(base, main, other) or main)


def _find_place(base: Annotation | None, main: Annotation, other: Annotation) -> Annotation | None:
    """The version whose place holds, or None where both moved to different places."""
    mine, theirs = (main.span, main.text), (other.span, other.text)
    if mine == theirs:  # a changed sentence that either side confirmed is confirmed
        return other if main.was is not None and other.was is None else main
    ground = (base.span, base.text) if base else None
    return main if theirs == ground else other if mine == ground else None


def _merged_labels(base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...] | None:
    """The labels of both, or None where they contradict each other."""
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


def _merged(base: T, main: T, other: T, *, void: T) -> tuple[T, T, bool]:
    """What stands, what the rival has, and whether they differ; something stands rather than the ``void``."""
    if other in (main, base):
        return main, main, False
    if main == base:
        return other, other, False
    return (other, main, True) if main == void else (main, other, True)


class _Missing:
    """Stands where a key is not there."""


_MISSING = _Missing()


def _merged_keys(
    base: Mapping[str, Value], main: Mapping[str, Value], other: Mapping[str, Value]
) -> tuple[dict[str, Value], dict[str, Value], bool]:
    """What stands and what the rival has, key by key, and whether they differ."""
    standing: dict[str, Value] = {}
    rival: dict[str, Value] = {}
    for key in dict.fromkeys((*main, *other)):
        versions: list[Value | _Missing] = [one.get(key, _MISSING) for one in (base, main, other)]
        first, second, _differs = _merged(*versions, void=_MISSING)
        for value, kept in ((first, standing), (second, rival)):
            if not isinstance(value, _Missing):
                kept[key] = value
    return standing, rival, standing != rival
