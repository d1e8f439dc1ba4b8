"""Difference of two annotation sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.change import Change, Slot

if TYPE_CHECKING:
    from annotator.core.annotation_set import AnnotationSet


def difference(before: AnnotationSet, after: AnnotationSet) -> tuple[Change, ...]:
    """Return the changes that turn `before` into `after`, at most one for each place.

    The cost depends on the number of changes that separate the two sets, not on their size.
    """
    changes: list[Change] = []
    # Slots are compared by the memory that their maps do not share; see `SortedMap.differing`.
    for slot in Slot:
        for place in _differing(before, after, slot):
            changes.append(Change(slot, place, before.content(slot, place), after.content(slot, place)))  # noqa: PERF401
    return tuple(changes)


def _differing(before: AnnotationSet, after: AnnotationSet, slot: Slot) -> list[int]:
    match slot:
        case Slot.STATUS:
            return [] if before.status is after.status else [0]
        case Slot.ANNOTATION:
            return list(before.annotations.differing(after.annotations))
        case Slot.NOTHING:
            return list(before.nothing.differing(after.nothing))
        case Slot.SPLIT:
            return list(before.splits.differing(after.splits))
        case Slot.JOIN:
            return list(before.joins.differing(after.joins))
        case Slot.BLOCK:
            return list(before.blocks.differing(after.blocks))
        case Slot.ORPHAN:
            return list(before.orphans.differing(after.orphans))
        case Slot.RIVAL:
            return list(before.rivals.differing(after.rivals))
        case Slot.VERDICT:
            return list(before.verdicts.differing(after.verdicts))
