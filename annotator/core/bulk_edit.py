"""Sentences given a decision that another one has. It must not know why they are given it, nor keep the changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.core import edit
from annotator.core.change import Change, Slot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.change import Step
    from annotator.core.edit import Writer
    from annotator.core.labels import LabelSet
    from annotator.core.span import Span


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a sentence: its labels in order; without any it is *nothing here*."""

    labels: tuple[str, ...] = ()


def find_decision(state: AnnotationSet, span: Span) -> Decision | None:
    """What is decided about the sentence at ``span``, or None."""
    annotation = state.annotations.find(span.start)
    if annotation is not None and annotation.labels:
        return Decision(annotation.labels)
    return Decision() if span.start in state.nothing else None


def decide(state: AnnotationSet, spans: Iterable[Span], *, decision: Decision, writer: Writer) -> tuple[Change, ...]:
    """Decide each of ``spans`` like that: labels that it has besides go; fields and a note stay where labels do."""
    lacking = [span for span in spans if find_decision(state, span) != decision]
    if not decision.labels:
        return edit.mark_nothing(state, lacking, writer=writer)
    changes: list[Change] = []
    for span in lacking:
        old = state.annotations.find(span.start)
        made = writer.stamped(replace(old or writer.blank(span), labels=decision.labels), span)
        changes.append(Change(Slot.ANNOTATION, span.start, old, made))
        if (end := state.nothing.find(span.start)) is not None:
            changes.append(Change(Slot.NOTHING, span.start, end, None))
    return tuple(changes)


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
