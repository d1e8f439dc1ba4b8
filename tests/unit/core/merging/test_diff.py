from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.annotation import Annotation, Status
from annotator.core.annotation_set import AnnotationSet, index_by_key, key_of
from annotator.core.change import BlockMark
from annotator.core.document import BlockKind
from annotator.core.merging.diff import difference
from annotator.core.span import Span


def annotation(identity: str, start: int, *labels: str) -> Annotation:
    """An annotation of five characters."""
    return Annotation(identity, Span(start, start + 5), labels, "words")


@st.composite
def sets(draw: st.DrawFn) -> AnnotationSet:
    """Any decisions at a few places, where they may well be the same in two sets."""
    places = st.sets(st.integers(0, 600).map(lambda place: place * 10), max_size=400)
    labels = st.sampled_from([("target",), ("opinion",), ()])
    made = AnnotationSet.of(
        [annotation(f"a{place}", place, *draw(labels)) for place in sorted(draw(places))],
        nothing=[Span(place + 6, place + 8) for place in draw(places)],
        splits=draw(places),
        joins=[Span(place, place + draw(st.integers(1, 3))) for place in draw(places)],
        blocks=[(place, BlockMark(place + 9, draw(st.sampled_from(BlockKind)))) for place in draw(places)],
        orphans=[annotation(f"o{place}", place, "target") for place in draw(places)],
    )
    rivals = index_by_key(annotation(f"r{place}", place, "target") for place in draw(places))
    return replace(made, status=draw(st.sampled_from(Status)), conflicts=rivals)


@given(before=sets(), after=sets())
def test_a_difference_leads_from_one_set_to_the_other(before: AnnotationSet, after: AnnotationSet) -> None:
    """Applied, it gives the other set; its inverse leads back; it touches no place twice."""
    changes = difference(before, after)
    assert before.apply(changes) == after
    assert after.apply([change.inverse() for change in reversed(changes)]) == before
    assert len({(change.layer, change.place) for change in changes}) == len(changes)


@given(before=sets(), places=st.sets(st.integers(0, 600), max_size=5))
def test_a_few_changes_are_the_whole_difference(before: AnnotationSet, places: set[int]) -> None:
    """Of a set made by changes, the difference is these changes, wherever memory is shared."""
    after = before.apply(
        change
        for place in places
        for change in difference(before, replace(before, nothing=before.nothing.with_item(place, 7)))
    )
    assert sorted(change.place for change in difference(before, after)) == sorted(
        place for place in places if before.nothing.find(place) != 7
    )


@given(st.lists(st.text(max_size=30) | st.text(min_size=60, max_size=90), unique=True, max_size=40))
def test_no_annotation_is_dropped_for_its_key(ids: list[str]) -> None:
    """Annotations by their keys are all there; short ids have keys of their own, which never change."""
    found = index_by_key(annotation(identity, 0, "target") for identity in ids)
    assert sorted(one.id for one in found.values()) == sorted(ids)
    short = [identity for identity in ids if len(identity.encode()) <= 60]
    assert len({key_of(identity) for identity in short}) == len(short)
    assert all((one := found.find(key_of(identity))) and one.id == identity for identity in short)


def test_long_ids_alike_in_their_first_bytes_are_kept_apart() -> None:
    """Two ids that would have one key get neighbouring ones."""
    alike = [annotation("x", 0, "target"), replace(annotation("x", 9, "target"), note="another")]
    assert list(index_by_key(alike).items()) == [(key_of("x"), alike[0]), (key_of("x") + 1, alike[1])]
