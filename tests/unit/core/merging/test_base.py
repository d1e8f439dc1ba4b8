"""The version that another program's file derives from, among those that the file had."""

from __future__ import annotations

from dataclasses import replace

from core_builders import Draft, text_of

from annotator.core.annotation_set import AnnotationSet
from annotator.core.merging.merge import choose_base, merge


def draft(state: AnnotationSet | None = None) -> Draft:
    """Return a text of six sentences with these decisions."""
    made = Draft(text_of(6))
    made.state = state or AnnotationSet()
    return made


def restamped(state: AnnotationSet) -> AnnotationSet:
    """Return `state` with all times written in another way, as a program does that only reads and writes YAML."""
    for place, one in [*state.annotations.items()]:
        made = replace(one, made="2026-05-13 02:00:00+00:00", changed="2026-05-13 02:00:00+00:00")
        state = replace(state, annotations=state.annotations.with_item(place, made))
    return state


def with_id(state: AnnotationSet, number: int, id_: str) -> AnnotationSet:
    """Return `state` with another id for the annotation of sentence `number`."""
    place = draft().sentences[number].start
    found = state.annotations.find(place)
    assert found is not None
    return replace(state, annotations=state.annotations.with_item(place, replace(found, id=id_)))


def test_times_written_in_another_way_decide_nothing() -> None:
    """Our later decisions stand, though the other program changed each annotation of the old version."""
    old = draft()
    for number in range(3):
        old.tag(number)
    ours, theirs = draft(old.state), draft(old.state)
    ours.tag(1, label="opinion")
    ours.clear(2)
    theirs.tag(4, label="breakthrough")
    found = with_id(restamped(theirs.state), 4, "theirs")
    base = choose_base([old.state, ours.state], found)
    assert base is old.state
    made = merge(base, ours.state, found).state
    assert [one.labels for one in made.annotations.values()] == [
        ("target",),
        ("target", "opinion"),
        ("breakthrough",),
    ]


def test_a_sentence_that_both_tagged_without_knowing_is_a_conflict() -> None:
    """One sentence differs from the version before ours as from ours, but the annotation there is not ours."""
    old = draft()
    old.tag(0)
    ours, theirs = draft(old.state), draft(old.state)
    ours.tag(3, label="target")
    theirs.tag(3, label="opinion")
    found = with_id(theirs.state, 3, "theirs")
    base = choose_base([old.state, ours.state], found)
    assert base is old.state
    made = merge(base, ours.state, found)
    assert made.conflicts == 1
    assert [one.labels for one in made.state.conflicts.values()] == [("opinion",)]


def test_a_sentence_that_was_read_and_labelled_anew_follows_ours() -> None:
    """The other program read our annotation, which keeps its id: what it made of it stands."""
    old = draft()
    ours = draft(old.state)
    ours.tag(3, label="target")
    theirs = draft(ours.state)
    theirs.tag(3, label="opinion")
    theirs.tag(3, label="target")
    base = choose_base([old.state, ours.state], theirs.state)
    assert base is ours.state
    made = merge(base, ours.state, theirs.state)
    assert (made.conflicts, made.state) == (0, theirs.state)
