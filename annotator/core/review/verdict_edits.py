"""What becomes of a reviewer's verdicts: from what stands to the changes to make. It must not apply or keep them.

A verdict that comes in is open. Taking it does what the reviewer wants and notes that; refusing only notes it; either
can be opened again. Each function gives the changes, none where nothing would differ.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.core.annotation import Origin
from annotator.core.annotation_set import key_of
from annotator.core.change import Change, Slot
from annotator.core.edit import relabelled
from annotator.core.verdict import Outcome, Verdict, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.core.annotation import Annotation
    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.edit import Writer
    from annotator.core.span import Span


def log_verdicts(state: AnnotationSet, verdicts: Iterable[Verdict]) -> tuple[Change, ...]:
    """Put ``verdicts`` with those that are there; one that was said before already is left out."""
    known = {verdict.words for verdict in state.verdicts.values()}
    keys = set(state.verdicts)
    changes: list[Change] = []
    for verdict in verdicts:
        if verdict.words in known:
            continue
        known.add(verdict.words)
        key = key_of(verdict.id)
        while key in keys:
            key += 1
        keys.add(key)
        changes.append(Change(Slot.VERDICT, key, None, verdict))
    return tuple(changes)


def find_annotation(state: AnnotationSet, verdict: Verdict) -> Annotation | None:
    """The annotation that ``verdict`` is about: that of its id, or None where that is gone or there was none."""
    if not verdict.annotation:
        return None
    there = state.annotations.find(verdict.span.start)
    if there is not None and there.id == verdict.annotation:
        return there
    return next((one for one in state.annotations.values() if one.id == verdict.annotation), None)


def take_verdict(state: AnnotationSet, key: int, *, place: Span | None, writer: Writer, by: str) -> tuple[Change, ...]:
    """Do what the verdict at ``key`` wants; ``by`` is who decided that.

    ``place`` is the sentence that it is about as it stands now, None where it is gone: then a verdict other than one
    that agrees can only be refused, and nothing is given. One that names no labels, though it wants others, changes
    none: a person has done what it asks for.
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
        changes = relabelled(state, place, labels=wanted, writer=writer, origin=Origin.REVIEW)
    return (*changes, _decided(key, verdict, Outcome.TAKEN, by=by, now=writer.now))


def refuse_verdict(state: AnnotationSet, key: int, *, now: str, by: str) -> tuple[Change, ...]:
    """Note that what the verdict at ``key`` wants is not done."""
    verdict = state.verdicts.find(key)
    if verdict is None or verdict.outcome is not Outcome.OPEN:
        return ()
    return (_decided(key, verdict, Outcome.REFUSED, by=by, now=now),)


def reopen_verdict(state: AnnotationSet, key: int) -> tuple[Change, ...]:
    """Note that the verdict at ``key`` is to be decided again; what was done for it stays."""
    verdict = state.verdicts.find(key)
    if verdict is None or verdict.outcome is Outcome.OPEN:
        return ()
    return (Change(Slot.VERDICT, key, verdict, replace(verdict, outcome=Outcome.OPEN, decided="", by="")),)


def _decided(key: int, verdict: Verdict, outcome: Outcome, *, by: str, now: str) -> Change:
    return Change(Slot.VERDICT, key, verdict, replace(verdict, outcome=outcome, by=by, decided=now))
