"""Sentences given a decision that another one has. It must not know why they are given it, nor keep the changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.core import edit
from annotator.core.change import Change, Slot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.core.annotationset import AnnotationSet
    from annotator.core.edit import Writer
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
