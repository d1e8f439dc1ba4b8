"""Giving annotations other labels in one go. It must not apply or keep the changes, nor know why they are made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.core.change import Change, Slot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.core.annotationset import AnnotationSet
    from annotator.core.change import Step
    from annotator.core.labels import LabelSet


def relabel(state: AnnotationSet, moves: Mapping[str, str], *, labels: LabelSet) -> tuple[Change, ...]:
    """Give each annotation the label that ``moves`` names for the one it has, in the order of ``labels``.

    All moves happen at once, so that two labels can change places. When an annotation was changed last stays as it
    was: what it says about its sentence is the same.
    """
    changes: list[Change] = []
    for place, annotation in state.annotations.items():
        if moves.keys().isdisjoint(annotation.labels):
            continue
        moved = labels.ordered(frozenset(moves.get(key, key) for key in annotation.labels))
        if moved != annotation.labels:
            changes.append(Change(Slot.ANNOTATION, place, annotation, replace(annotation, labels=moved)))
    return tuple(changes)


def fitting(state: AnnotationSet, step: Step) -> tuple[Change, ...]:
    """The changes of ``step`` at places where still stands what they expect."""
    return tuple(change for change in step.changes if state.content(change.slot, change.place) == change.before)
