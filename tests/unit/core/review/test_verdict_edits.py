from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from annotator.core.annotation import Annotation, Origin
from annotator.core.annotation_set import AnnotationSet, key_of
from annotator.core.edit import EditContext
from annotator.core.labels import Label, LabelSet
from annotator.core.review.verdict_edits import (
    accept_verdict,
    add_verdicts,
    find_annotation,
    refuse_verdict,
    reopen_verdict,
)
from annotator.core.span import Span
from annotator.core.verdict import Outcome, Verdict, VerdictKind

TEXT = "Đến năm 2030 đạt 30%. Ông An đồng tình."
GOAL, VOICE = Span(0, 21), Span(22, 39)
LABELS = LabelSet("policy", (Label("target"), Label("breakthrough"), Label("opinion")))


def writer() -> EditContext:
    """A writer with ids in order."""
    ids = count(1)
    return EditContext(TEXT, LABELS, "2026-06-01T08:00:00+07:00", lambda: f"n{next(ids)}")


def tagged() -> AnnotationSet:
    """The first sentence is a target with a note."""
    return AnnotationSet.of([Annotation("a", GOAL, ("target",), TEXT[:21], note="xem lại", changed="2026-05-01")])


def verdict(kind: VerdictKind, *labels: str, annotation: str = "a", span: Span = GOAL) -> Verdict:
    """What a reviewer says."""
    return Verdict("v", kind, span, TEXT[slice(*span)], annotation=annotation, labels=labels, reviewer="Lan")


def taken(said: Verdict, *, place: Span | None = GOAL, state: AnnotationSet | None = None) -> AnnotationSet:
    """What stands after a verdict came in and was taken."""
    before = (state or tagged()).apply(add_verdicts(state or tagged(), [said]))
    return before.apply(accept_verdict(before, key_of("v"), place=place, writer=writer(), by="mai"))


def test_a_verdict_comes_in_once() -> None:
    """It is open at first; the same said twice is one, something else is another."""
    said = verdict(VerdictKind.DROP)
    again = [said, replace(said, id="w"), replace(said, id="x", comment="vì sao?")]
    state = tagged().apply(add_verdicts(tagged(), again))
    assert [(one.id, one.outcome) for one in state.verdicts.values()] == [("v", Outcome.OPEN), ("x", Outcome.OPEN)]
    assert add_verdicts(state, again) == ()


def test_ids_that_are_taken_are_told_apart() -> None:
    """Two verdicts with one id are both kept."""
    said = [verdict(VerdictKind.DROP), verdict(VerdictKind.AGREE)]
    state = tagged().apply(add_verdicts(tagged(), said))
    assert len(state.verdicts) == 2


@pytest.mark.parametrize(
    ("said", "labels", "origin"),
    [
        (verdict(VerdictKind.AGREE), ("target",), Origin.PERSON),
        (verdict(VerdictKind.CHANGE, "opinion"), ("opinion",), Origin.REVIEW),
        (verdict(VerdictKind.CHANGE, "opinion", "target"), ("target", "opinion"), Origin.REVIEW),
        (verdict(VerdictKind.CHANGE), ("target",), Origin.PERSON),
        (verdict(VerdictKind.ADD, "opinion"), ("target", "opinion"), Origin.REVIEW),
        (verdict(VerdictKind.DROP), (), Origin.REVIEW),
    ],
)
def test_what_is_taken_is_done(said: Verdict, labels: tuple[str, ...], origin: Origin) -> None:
    """The labels are as the reviewer wants, the note stays, and the verdict says who took it and when."""
    state = taken(said)
    (held,) = state.annotations.values()
    assert (held.labels, held.origin, held.note) == (labels, origin, "xem lại")
    assert (GOAL.start in state.nothing) == (said.kind is VerdictKind.DROP)
    (kept,) = state.verdicts.values()
    assert (kept.outcome, kept.decided_by, kept.decided_at) == (Outcome.TAKEN, "mai", "2026-06-01T08:00:00+07:00")


def test_an_addition_is_tagged() -> None:
    """A sentence that had no annotation has one, from the review."""
    said = verdict(VerdictKind.ADD, "opinion", annotation="", span=VOICE)
    marked = tagged().apply(())
    state = taken(said, place=VOICE, state=marked)
    assert [(one.text, one.labels, one.origin) for one in state.annotations.values()][1] == (
        "Ông An đồng tình.",
        ("opinion",),
        Origin.REVIEW,
    )


def test_what_lost_its_place_can_only_be_refused() -> None:
    """Without a sentence nothing is taken, except that somebody agreed."""
    assert taken(verdict(VerdictKind.DROP), place=None).verdicts.find(key_of("v")) == verdict(VerdictKind.DROP)
    agreed = taken(verdict(VerdictKind.AGREE), place=None).verdicts.find(key_of("v"))
    assert agreed is not None
    assert agreed.outcome is Outcome.TAKEN


def test_refusing_and_opening_again() -> None:
    """Nothing but the verdict is different, and what is decided is not decided twice."""
    before = tagged().apply(add_verdicts(tagged(), [verdict(VerdictKind.DROP)]))
    key = key_of("v")
    refused = before.apply(refuse_verdict(before, key, now="2026-06-02", by="mai"))
    assert [(one.outcome, one.decided_by) for one in refused.verdicts.values()] == [(Outcome.REFUSED, "mai")]
    assert refused.annotations == before.annotations
    assert refuse_verdict(refused, key, now="2026-06-03", by="an") == ()
    assert accept_verdict(refused, key, place=GOAL, writer=writer(), by="an") == ()
    assert refused.apply(reopen_verdict(refused, key)) == before
    assert reopen_verdict(before, key) == ()


def test_the_annotation_is_found_by_its_id() -> None:
    """Wherever it stands now; not where it is gone, nor for an addition."""
    state = tagged()
    assert find_annotation(state, verdict(VerdictKind.DROP, span=VOICE)) == state.annotations.find(0)
    assert find_annotation(state, verdict(VerdictKind.DROP, annotation="b")) is None
    assert find_annotation(state, verdict(VerdictKind.ADD, annotation="")) is None
