"""Edits of reviewers' verdicts.

A verdict is open when it comes in. Accepting it applies the labels that the reviewer wants and records the decision;
refusing it only records the decision; either can be reopened. Each function returns the changes to apply, none if
nothing would differ.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.core.annotation import Origin
from annotator.core.annotation_set import key_of
from annotator.core.change import Change, Layer
from annotator.core.edit import set_labels
from annotator.core.verdict import Outcome, Verdict, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.core.annotation import Annotation
    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.edit import EditContext
    from annotator.core.span import Span


def add_verdicts(state: AnnotationSet, verdicts: Iterable[Verdict]) -> tuple[Change, ...]:
    """Add `verdicts` to those of `state`, without duplicates."""
    known = {verdict.content for verdict in state.verdicts.values()}
    keys = set(state.verdicts)
    changes: list[Change] = []
    for verdict in verdicts:
        if verdict.content in known:
            continue
        known.add(verdict.content)
        key = key_of(verdict.id)
        while key in keys:
            key += 1
        keys.add(key)
        changes.append(Change(Layer.VERDICT, key, None, verdict))
    return tuple(changes)


def find_annotation(state: AnnotationSet, verdict: Verdict) -> Annotation | None:
    """Return the annotation that `verdict` is about, by its id, or None if it is gone or never existed."""
    if not verdict.annotation:
        return None
    there = state.annotations.find(verdict.span.start)
    if there is not None and there.id == verdict.annotation:
        return there
    return next((one for one in state.annotations.values() if one.id == verdict.annotation), None)


def accept_verdict(
    state: AnnotationSet, key: int, *, place: Span | None, writer: EditContext, by: str
) -> tuple[Change, ...]:
    """Accept the verdict at `key`.

    A verdict that asks for a change without naming labels changes none: the user has made the change by hand.

    Args:
        state: The current annotation set.
        key: The key of the verdict.
        place: The current span of its sentence, None if it is gone; then only an agreement can be accepted, and no
            changes are returned for any other kind.
        writer: Context for changed annotations.
        by: Name of the user who decides.
    """
    verdict = state.verdicts.find(key)
    if verdict is None or verdict.outcome is not Outcome.OPEN:
        return ()
    if verdict.kind is not VerdictKind.AGREE and place is None:
        return ()
    changes: tuple[Change, ...] = ()
    if place is not None and (verdict.labels or verdict.kind is VerdictKind.DROP):
        old = state.annotations.find(place.start)
        had = frozenset(old.labels) if old is not None else frozenset()
        named = frozenset[str]() if verdict.kind is VerdictKind.DROP else frozenset(verdict.labels)
        wanted = named | had if verdict.kind in {VerdictKind.ADD, VerdictKind.AGREE} else named
        changes = set_labels(state, place, labels=wanted, context=writer, origin=Origin.REVIEW)
    return (*changes, _record_decision(key, verdict, Outcome.TAKEN, by=by, now=writer.now))


def refuse_verdict(state: AnnotationSet, key: int, *, now: str, by: str) -> tuple[Change, ...]:
    """Refuse the verdict at `key`: record the decision, change nothing else."""
    verdict = state.verdicts.find(key)
    if verdict is None or verdict.outcome is not Outcome.OPEN:
        return ()
    return (_record_decision(key, verdict, Outcome.REFUSED, by=by, now=now),)


def reopen_verdict(state: AnnotationSet, key: int) -> tuple[Change, ...]:
    """Reopen the verdict at `key`; changes that were made when it was accepted stay."""
    verdict = state.verdicts.find(key)
    if verdict is None or verdict.outcome is Outcome.OPEN:
        return ()
    return (Change(Layer.VERDICT, key, verdict, replace(verdict, outcome=Outcome.OPEN, decided_at="", decided_by="")),)


def _record_decision(key: int, verdict: Verdict, outcome: Outcome, *, by: str, now: str) -> Change:
    return Change(Layer.VERDICT, key, verdict, replace(verdict, outcome=outcome, decided_by=by, decided_at=now))
