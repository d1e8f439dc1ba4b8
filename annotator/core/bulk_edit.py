"""Apply one decision to many sentences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.core import edit
from annotator.core.change import Change, Layer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.change import Step
    from annotator.core.edit import EditContext
    from annotator.core.labels import LabelSet
    from annotator.core.span import Span


@dataclass(frozen=True, slots=True)
class Decision:
    """Labels of a sentence, in order; without labels it is *nothing here*."""

    labels: tuple[str, ...] = ()


def find_decision(state: AnnotationSet, span: Span) -> Decision | None:
    """Return the decision on the sentence at `span`, or None."""
    annotation = state.annotations.find(span.start)
    if annotation is not None and annotation.labels:
        return Decision(annotation.labels)
    return Decision() if span.start in state.nothing else None


def decide(
    state: AnnotationSet, spans: Iterable[Span], *, decision: Decision, writer: EditContext
) -> tuple[Change, ...]:
    """Return the changes that give `decision` to each of `spans`.

    Other labels are removed with their fields. Notes stay.
    """
    lacking = [span for span in spans if find_decision(state, span) != decision]
    if not decision.labels:
        return edit.mark_nothing(state, lacking, context=writer)
    wanted = frozenset(decision.labels)
    return tuple(change for span in lacking for change in edit.set_labels(state, span, labels=wanted, context=writer))


def relabel(state: AnnotationSet, moves: Mapping[str, str], *, labels: LabelSet) -> tuple[Change, ...]:
    """Return the changes that replace labels as `moves` maps them, in the order of `labels`.

    All replacements happen at once, so that two labels can be swapped. The time of the last change is kept, as the
    decisions themselves do not change.
    """
    changes: list[Change] = []
    for place, annotation in state.annotations.items():
        if moves.keys().isdisjoint(annotation.labels):
            continue
        moved = labels.sort_keys(frozenset(moves.get(key, key) for key in annotation.labels))
        if moved != annotation.labels:
            changes.append(Change(Layer.ANNOTATION, place, annotation, replace(annotation, labels=moved)))
    return tuple(changes)


def select_applicable(state: AnnotationSet, step: Step) -> tuple[Change, ...]:
    """Return the changes of `step` that still can be applied: those whose expected content is in place."""
    return tuple(change for change in step.changes if state.find_content(change.layer, change.place) == change.before)
