"""Two versions of decisions brought together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from core_builders import EDITS, Draft, apply_edits, text_of
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.annotation import Annotation, Status
from annotator.core.annotation_set import AnnotationSet, index_by_key
from annotator.core.change import BlockMark
from annotator.core.document import BlockKind
from annotator.core.merging.merge import MergeResult, merge
from annotator.core.span import Span

if TYPE_CHECKING:
    from annotator.core.edit import EditContext

TEXT = text_of(6)


class Side(Draft):
    """A text edited by one of two who began with the same decisions; ids and times are her own."""

    def __init__(self, name: str, base: AnnotationSet) -> None:
        super().__init__(TEXT)
        self.name = name
        self.state = base

    @property
    def writer(self) -> EditContext:
        """The writer of new annotations."""
        usual = super().writer
        return replace(usual, new_id=lambda: f"{self.name}-{usual.new_id()}")


def base_with(**decisions: str) -> AnnotationSet:
    """Decisions to begin with: by number of a sentence (``s0``) its label."""
    draft = Side("base", AnnotationSet())
    for sentence, label in decisions.items():
        draft.tag(int(sentence[1:]), label=label)
    return draft.state


def sides(base: AnnotationSet) -> tuple[Side, Side]:
    """Ours and theirs."""
    return Side("ours", base), Side("theirs", base)


def labels(state: AnnotationSet) -> list[tuple[str, tuple[str, ...]]]:
    """Words and labels of what stands."""
    return [(one.text[-2:-1], one.labels) for one in state.annotations.values()]


def rivals(state: AnnotationSet) -> list[tuple[str, tuple[str, ...]]]:
    """Words and labels of the rivals."""
    return [(one.text[-2:-1], one.labels) for one in state.conflicts.values()]


def test_additions_of_both_sides_are_there() -> None:
    """What one side tagged and what the other tagged or marked stands side by side; nothing is a conflict."""
    base = base_with(s0="target")
    ours, theirs = sides(base)
    ours.tag(1, label="opinion")
    theirs.tag(3, label="breakthrough")
    theirs.nothing(4)
    made = merge(base, ours.state, theirs.state)
    assert labels(made.state) == [("0", ("target",)), ("1", ("opinion",)), ("3", ("breakthrough",))]
    assert (made.state.decided_count, made.conflicts, made.taken) == (4, 0, 2)


def test_the_same_change_on_both_sides_is_one() -> None:
    """Two who tag one sentence alike agree, whatever ids they gave."""
    base = AnnotationSet()
    ours, theirs = sides(base)
    ours.tag(1)
    theirs.tag(1)
    theirs.note(1, "x")
    made = merge(base, ours.state, theirs.state)
    assert (labels(made.state), made.conflicts) == ([("1", ("target",))], 0)
    assert [one.note for one in made.state.annotations.values()] == ["x"]


def test_labels_are_sets() -> None:
    """A label that each side added to one that both keep is there, one that a side took away is not."""
    base = base_with(s1="target")
    ours, theirs = sides(base)
    ours.tag(1, label="opinion")
    theirs.tag(1, label="breakthrough")
    made = merge(base, ours.state, theirs.state)
    assert [set(one) for _, one in labels(made.state)] == [{"target", "opinion", "breakthrough"}]
    assert made.conflicts == 0
    again = merge(made.state, made.state.apply([]), theirs.state)
    assert set(labels(again.state)[0][1]) == {"target", "breakthrough"}


def test_other_labels_on_one_sentence_contradict_each_other() -> None:
    """Ours stands, theirs is a rival with its words and its own id."""
    base = AnnotationSet()
    ours, theirs = sides(base)
    ours.tag(1, label="target")
    theirs.tag(1, label="opinion")
    made = merge(base, ours.state, theirs.state)
    assert (labels(made.state), rivals(made.state)) == ([("1", ("target",))], [("1", ("opinion",))])
    assert (made.conflicts, [one.id for one in made.state.conflicts.values()]) == (1, ["theirs-id1"])


def test_retagged_in_two_ways() -> None:
    """A label replaced by different ones on both sides is a conflict, with the same id on both."""
    base = base_with(s1="target")
    ours, theirs = sides(base)
    for side, label in ((ours, "opinion"), (theirs, "breakthrough")):
        side.tag(1, label=label)
        side.tag(1, label="target")
    made = merge(base, ours.state, theirs.state)
    assert (labels(made.state), rivals(made.state)) == ([("1", ("opinion",))], [("1", ("breakthrough",))])


def with_fields(state: AnnotationSet, note: str = "", **fields: str) -> AnnotationSet:
    """``state`` with fields and a note on its first annotation."""
    (place, old), *_rest = state.annotations.items()
    made = replace(old, fields={**old.fields, **fields}, note=note or old.note)
    return replace(state, annotations=state.annotations.with_item(place, made))


def test_fields_are_merged_key_by_key() -> None:
    """Other keys come together; one key with two values is a conflict that leaves the other keys alone."""
    base = with_fields(base_with(s0="target"), unit="%")
    ours, theirs = with_fields(base, indicator="GRDP"), with_fields(base, note="n", by="2030")
    (made,) = merge(base, ours, theirs).state.annotations.values()
    assert (made.fields, made.note) == ({"unit": "%", "indicator": "GRDP", "by": "2030"}, "n")
    other = merge(base, with_fields(base, unit="USD", by="2030"), with_fields(base, unit="VND"))
    (standing,), (rival,) = other.state.annotations.values(), other.state.conflicts.values()
    assert (standing.fields, rival.fields) == ({"unit": "USD", "by": "2030"}, {"unit": "VND", "by": "2030"})


def test_two_notes_are_a_conflict() -> None:
    """A note written differently on both sides is kept twice; a note against an old one is simply taken."""
    base = with_fields(base_with(s0="target"), note="old")
    made = merge(base, with_fields(base, note="mine"), with_fields(base, note="other"))
    assert [one.note for one in made.state.annotations.values()] == ["mine"]
    assert [one.note for one in made.state.conflicts.values()] == ["other"]


@pytest.mark.parametrize("is_ours_the_tag", [True, False])
def test_a_tag_stands_against_nothing_here(*, is_ours_the_tag: bool) -> None:
    """Whichever side tagged, the tag stands, and a rival without labels says that the other one does not."""
    base = AnnotationSet()
    one, other = sides(base)
    one.tag(1)
    other.nothing(1)
    pair = (one.state, other.state) if is_ours_the_tag else (other.state, one.state)
    made = merge(base, *pair)
    assert (labels(made.state), rivals(made.state)) == ([("1", ("target",))], [("1", ())])
    assert len(made.state.nothing) == 0


@pytest.mark.parametrize("is_ours_the_change", [True, False])
def test_a_change_stands_against_a_removal(*, is_ours_the_change: bool) -> None:
    """What one side removed while the other changed it stands, with a rival without labels."""
    base = base_with(s1="target", s2="target")
    one, other = sides(base)
    one.tag(1, label="opinion")
    other.clear(1, 2)
    pair = (one.state, other.state) if is_ours_the_change else (other.state, one.state)
    made = merge(base, *pair)
    assert (labels(made.state), rivals(made.state)) == ([("1", ("target", "opinion"))], [("1", ())])


def test_removed_and_tagged_anew_elsewhere() -> None:
    """A tag cleared and given anew has another id; together with a note of the other side it is one again."""
    base = base_with(s1="target")
    ours, theirs = sides(base)
    ours.note(1, "mine")
    theirs.clear(1)
    theirs.tag(1)
    made = merge(base, ours.state, theirs.state)
    assert (labels(made.state), made.conflicts) == ([("1", ("target",))], 0)
    assert [one.note for one in made.state.annotations.values()] == ["mine"]


def test_sentences_cut_differently() -> None:
    """Ours stand where they were cut; what theirs made of them is there as rivals with places of their own."""
    base = base_with(s1="target")
    ours, theirs = sides(base)
    start = ours.sentences[1].start
    ours.split(1, start + 5)
    theirs.split(1, start + 13)
    made = merge(base, ours.state, theirs.state)
    assert list(made.state.annotations.values()) == list(ours.state.annotations.values())
    assert {one.span for one in made.state.conflicts.values()} == {
        one.span for one in theirs.state.annotations.values()
    }
    assert not clashing(made.state)


def test_a_join_gives_way_to_a_tag_inside() -> None:
    """A join of undecided sentences and a tag on one of them: the tag stands."""
    base = AnnotationSet()
    ours, theirs = sides(base)
    ours.join(1, 2)
    theirs.tag(2)
    for pair in ((ours.state, theirs.state), (theirs.state, ours.state)):
        made = merge(base, *pair)
        assert (labels(made.state), len(made.state.joins)) == ([("2", ("target",))], 0)


def test_two_annotations_with_one_id_are_told_apart() -> None:
    """Ids given by hand may collide: neither annotation is taken for the other."""
    one = Annotation("a1", Span(0, 5), ("target",), TEXT[0:5])
    other = Annotation("a1", Span(30, 37), ("opinion",), TEXT[30:37])
    made = merge(AnnotationSet(), AnnotationSet.of([one]), AnnotationSet.of([other]))
    assert [(found.id, found.labels) for found in made.state.annotations.values()] == [
        ("a1", ("target",)),
        ("a1-2", ("opinion",)),
    ]


def test_block_kinds_status_orphans_and_rivals() -> None:
    """Kinds: ours where both differ. Orphans and rivals come and go with the side that changed them."""
    lost = [Annotation(f"o{number}", Span(0, 5), ("target",), "xxxxx") for number in range(3)]
    base = replace(AnnotationSet.of(orphans=lost[:1]), conflicts=index_by_key(lost[2:]))
    ours = AnnotationSet.of(orphans=lost[:2], blocks=[(0, BlockMark(9, BlockKind.TITLE))])
    ours = replace(ours, conflicts=base.conflicts, status=Status.IN_PROGRESS)
    theirs = AnnotationSet.of(blocks=[(0, BlockMark(9, BlockKind.LEAD)), (10, BlockMark(19, BlockKind.CAPTION))])
    theirs = replace(theirs, status=Status.DONE)
    made = merge(base, ours, theirs).state
    assert [one.id for one in made.orphans.values()] == ["o1"]
    assert len(made.conflicts) == 0
    assert [mark.kind for mark in made.blocks.values()] == [BlockKind.TITLE, BlockKind.CAPTION]
    assert made.status is Status.DONE


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        (Status.NEW, Status.IN_PROGRESS, Status.DONE, Status.DONE),
        (Status.DONE, Status.IN_PROGRESS, Status.DONE, Status.IN_PROGRESS),
        (Status.IN_PROGRESS, Status.IN_PROGRESS, Status.DONE, Status.DONE),
        (Status.DONE, Status.IN_PROGRESS, Status.NEW, Status.IN_PROGRESS),
    ],
)
def test_how_far_the_work_has_come(base: Status, ours: Status, theirs: Status, expected: Status) -> None:
    """The side that changed the status says it; of two that did, the one that is further."""
    states = [replace(AnnotationSet.of(splits=[at]), status=status) for at, status in enumerate((base, ours, theirs))]
    assert merge(*states).state.status is expected


def test_what_is_in_doubt_is_not_done() -> None:
    """With a new conflict the document is in progress, even where one side had finished it."""
    base = AnnotationSet()
    ours, theirs = sides(base)
    ours.tag(1)
    theirs.finish()
    made = merge(base, ours.state, theirs.state)
    assert (made.conflicts, made.state.status) == (1, Status.IN_PROGRESS)


def clashing(state: AnnotationSet) -> list[int]:
    """Places at which decisions overlap."""
    return [place for place in (*state.annotations, *state.nothing) if state.has_overlap(place)]


def everything(state: AnnotationSet) -> list[Annotation]:
    """All annotations wherever they are kept."""
    return [*state.annotations.values(), *state.orphans.values(), *state.conflicts.values()]


def lost_of(base: AnnotationSet, side: AnnotationSet, other: AnnotationSet, made: MergeResult) -> list[Annotation]:
    """The annotations of a side of which a label or the note is nowhere and was not taken away by the other side."""
    old = {one.id: one for one in everything(base)}
    there = {one.id: one for one in everything(other)}
    found = everything(made.state)
    lost = []
    for one in (*side.annotations.values(), *side.orphans.values()):
        before = old.get(one.id)
        near = [kept for kept in found if kept.id == one.id or kept.span.is_overlapping(one.span)]
        removed = set(before.labels) - set(there[one.id].labels if one.id in there else ()) if before else set()
        has_labels = set(one.labels) - removed <= {label for kept in near for label in kept.labels}
        has_note = one.note in {"", *(kept.note for kept in near)} or (before is not None and one.note == before.note)
        is_gone = before is not None and one.id not in there and (one.labels, one.text) == (before.labels, before.text)
        if not (is_gone or (has_labels and has_note and (near or not (one.labels or one.note)))):
            lost.append(one)
    return lost


HISTORIES = st.tuples(EDITS, EDITS, EDITS)


@settings(max_examples=400)
@given(histories=HISTORIES)
def test_nothing_is_lost_and_nothing_overlaps(histories: tuple[list[tuple[str, int, int, str]], ...]) -> None:
    """After any work on both sides each annotation is found again, and the result is sound."""
    base = apply_edits(Side("base", AnnotationSet()), histories[0]).state
    ours, theirs = (apply_edits(Side(name, base), each).state for name, each in zip("ot", histories[1:], strict=True))
    made = merge(base, ours, theirs)
    assert clashing(made.state) == []
    assert lost_of(base, ours, theirs, made) == []
    assert lost_of(base, theirs, ours, made) == []
    ids = [one.id for one in (*made.state.annotations.values(), *made.state.orphans.values())]
    assert len(ids) == len(set(ids))
    counted = AnnotationSet.of(made.state.annotations.values())
    assert (counted.tagged_count, counted.label_counts) == (made.state.tagged_count, made.state.label_counts)


@settings(max_examples=200)
@given(histories=HISTORIES)
def test_where_one_side_did_nothing(histories: tuple[list[tuple[str, int, int, str]], ...]) -> None:
    """Merging with what did not change, or with the same change, gives the change as it is, without conflicts."""
    base = apply_edits(Side("base", AnnotationSet()), histories[0]).state
    side = apply_edits(Side("side", base), histories[1]).state
    assert merge(base, side, base) == MergeResult(side)
    assert merge(base, base, side).state == side
    assert merge(base, side, side) == MergeResult(side)
    assert merge(base, base, side).conflicts == 0


@settings(max_examples=200)
@given(histories=HISTORIES)
def test_what_is_merged_again_stays(histories: tuple[list[tuple[str, int, int, str]], ...]) -> None:
    """Once theirs is in, it is the new ground: merging it again changes nothing, and they get ours as it is."""
    base = apply_edits(Side("base", AnnotationSet()), histories[0]).state
    ours, theirs = (apply_edits(Side(name, base), each).state for name, each in zip("ot", histories[1:], strict=True))
    made = merge(base, ours, theirs).state
    assert merge(theirs, made, theirs) == MergeResult(made)
    assert merge(theirs, theirs, made).state == made


def said(state: AnnotationSet) -> set[tuple[str, frozenset[str], str]]:
    """What is said with labels or notes, standing or not."""
    return {(one.text, frozenset(one.labels), one.note) for one in everything(state) if one.labels or one.note}


WHOLE_EDITS = EDITS.map(lambda edits: [one for one in edits if one[0] not in {"split", "join", "finish", "reopen"}])


@settings(max_examples=300)
@given(histories=st.tuples(EDITS, WHOLE_EDITS, WHOLE_EDITS))
def test_both_sides_come_to_the_same(histories: tuple[list[tuple[str, int, int, str]], ...]) -> None:
    """Exchanging the sides changes only what of a contradiction stands, while both have the same sentences."""
    base = apply_edits(Side("base", AnnotationSet()), histories[0]).state
    ours, theirs = (apply_edits(Side(name, base), each).state for name, each in zip("ot", histories[1:], strict=True))
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert said(one.state) == said(other.state)
    assert list(one.state.nothing.items()) == list(other.state.nothing.items())
    assert one.conflicts == other.conflicts
