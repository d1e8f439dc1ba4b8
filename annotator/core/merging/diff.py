"""Difference of two annotation sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.change import Change, Layer

if TYPE_CHECKING:
    from annotator.core.annotation_set import AnnotationSet


def difference(before: AnnotationSet, after: AnnotationSet) -> tuple[Change, ...]:
    """Return the changes that turn `before` into `after`, at most one for each place.

    The cost depends on the number of changes that separate the two sets, not on their size.
    """
    changes: list[Change] = []
    # Slots are compared by the memory that their maps do not share; see `SortedMap.differing`.
    for slot in Layer:
        for place in _differing(before, after, slot):
            changes.append(Change(slot, place, before.find_content(slot, place), after.find_content(slot, place)))  # noqa: PERF401
    return tuple(changes)


def _differing(before: AnnotationSet, after: AnnotationSet, slot: Layer) -> list[int]:
    match slot:
        case Layer.STATUS:
            return [] if before.status is after.status else [0]
        case Layer.ANNOTATION:
            return list(before.annotations.iter_differing_keys(after.annotations))
        case Layer.NOTHING:
            return list(before.nothing.iter_differing_keys(after.nothing))
        case Layer.SPLIT:
            return list(before.splits.iter_differing_keys(after.splits))
        case Layer.JOIN:
            return list(before.joins.iter_differing_keys(after.joins))
        case Layer.BLOCK:
            return list(before.blocks.iter_differing_keys(after.blocks))
        case Layer.ORPHAN:
            return list(before.orphans.iter_differing_keys(after.orphans))
        case Layer.CONFLICT:
            return list(before.conflicts.iter_differing_keys(after.conflicts))
        case Layer.VERDICT:
            return list(before.verdicts.iter_differing_keys(after.verdicts))
