from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from core_builders import EDITS, LABELS, Draft, apply_edits, text_of
from hypothesis import assume, given
from hypothesis import strategies as st

from annotator.core import edit
from annotator.core.annotation import Annotation, Status
from annotator.core.change import BlockMark, Layer
from annotator.core.document import BlockKind
from annotator.core.span import Span


def enriched(draft: Draft, number: int, **more: object) -> Annotation:
    """The annotation of a sentence with more in it, put in place."""
    annotation = draft.annotation(number)
    assert annotation is not None
    made = replace(annotation, **more)  # type: ignore[arg-type]
    draft.state = draft.state.apply(edit._set_content(draft.state, Layer.ANNOTATION, made.span.start, made))
    return made


def test_a_label_is_added_and_taken_away() -> None:
    """The first time the label is put, with the words and what stands around them; the second time all is gone."""
    draft = Draft(text_of(3))
    draft.tag(1)
    span = draft.sentences[1]
    assert draft.annotation(1) == Annotation(
        id="id1",
        span=span,
        labels=("target",),
        text=draft.text[span.start : span.end],
        before=draft.text[max(0, span.start - 32) : span.start],
        after=draft.text[span.end : span.end + 32],
        made="2026-05-13T09:00:00+07:00",
        changed="2026-05-13T09:00:00+07:00",
    )
    draft.tag(1)
    assert draft.annotation(1) is None


def test_several_labels_are_kept_in_the_order_of_the_set() -> None:
    """The order is that of the label set, whatever the order of tagging; unknown ones come last."""
    draft = Draft(text_of(1))
    for label in ("unknown", "opinion", "target"):
        draft.tag(0, label=label)
    assert draft.labels(0) == ("target", "opinion", "unknown")


def test_tagging_several_sentences_first_completes_and_then_takes_away() -> None:
    """Where not all have the label, those that lack it get it; where all have it, all lose it."""
    draft = Draft(text_of(3))
    draft.tag(1)
    kept = draft.annotation(1)
    draft.tag(0, 1, 2)
    assert [draft.labels(number) for number in range(3)] == [("target",)] * 3
    assert kept is draft.annotation(1)
    draft.tag(0, 1, 2)
    assert draft.state.tagged_count == 0


def test_tagging_no_sentence_changes_nothing() -> None:
    """An empty selection gives no changes."""
    draft = Draft(text_of(1))
    assert edit.toggle_label(draft.state, [], label="target", context=draft.writer) == ()


def test_nothing_here_takes_labels_and_keeps_the_note() -> None:
    """The sentence is decided, without labels; the note stays, and a label takes the mark away again."""
    draft = Draft(text_of(2))
    draft.tag(0)
    draft.note(0, "xem lại")
    draft.nothing(0, 1)
    assert [draft.state.is_decided(span) for span in draft.sentences] == [True, True]
    assert (draft.labels(0), draft.annotation(0).note) == ((), "xem lại")  # type: ignore[union-attr]
    draft.tag(0, label="opinion")
    assert draft.sentences[0].start not in draft.state.nothing
    assert (draft.state.tagged_count, draft.state.decided_count) == (1, 2)


def test_marking_nothing_twice_changes_nothing() -> None:
    """The second time there is nothing to do."""
    draft = Draft(text_of(1))
    draft.nothing(0)
    assert edit.mark_nothing(draft.state, draft.sentences, context=draft.writer) == ()


def test_clearing_keeps_notes() -> None:
    """Labels, fields and marks go, notes stay."""
    draft = Draft(text_of(3))
    draft.tag(0)
    enriched(draft, 0, note="n", fields={"value": 30})
    draft.nothing(1)
    draft.clear(0, 1, 2)
    annotation = draft.annotation(0)
    assert annotation is not None
    assert (annotation.labels, annotation.fields, annotation.note) == ((), {}, "n")
    assert draft.state.decided_count == 0


def test_a_note_alone_is_no_decision() -> None:
    """A note makes an annotation without labels, which goes when the note goes."""
    draft = Draft(text_of(1))
    draft.note(0, "n")
    assert (draft.state.decided_count, draft.annotation(0).note) == (0, "n")  # type: ignore[union-attr]
    assert edit.set_note(draft.state, draft.sentences[0], note="n", context=draft.writer) == ()
    draft.note(0, "")
    assert draft.annotation(0) is None


def test_keys_that_this_version_does_not_know_are_never_cleared() -> None:
    """An annotation with unknown keys stays when its label goes."""
    draft = Draft(text_of(1))
    draft.tag(0)
    enriched(draft, 0, extra={"colour": "red"})
    draft.tag(0)
    assert draft.annotation(0).extra == {"colour": "red"}  # type: ignore[union-attr]


def test_finishing_marks_the_rest_and_the_document() -> None:
    """What is undecided becomes *nothing here*, what is tagged stays, and the document is done."""
    draft = Draft(text_of(4))
    draft.tag(2)
    draft.finish()
    assert (draft.state.status, draft.state.decided_count, draft.labels(2)) == (Status.DONE, 4, ("target",))
    draft.reopen()
    assert draft.state.status is Status.IN_PROGRESS


def test_the_kind_of_a_block_is_corrected() -> None:
    """The person's kind is noted once."""
    draft = Draft(text_of(1))
    mark = BlockMark(9, BlockKind.CAPTION)
    draft.do(edit.set_kind(draft.state, 0, mark=mark))
    assert draft.state.blocks.find(0) == mark
    assert edit.set_kind(draft.state, 0, mark=mark) == ()


def test_both_halves_of_a_split_keep_everything() -> None:
    """Labels, fields and notes stand on both halves, under ids of their own."""
    draft = Draft(text_of(2))
    draft.tag(1)
    enriched(draft, 1, note="n", fields={"value": 30}, extra={"x": 1})
    draft.split(1, draft.sentences[1].start + 4)
    halves = [draft.annotation(1), draft.annotation(2)]
    assert [(one.labels, one.fields, one.note, one.extra) for one in halves if one] == [
        (("target",), {"value": 30}, "n", {"x": 1})
    ] * 2
    assert len({one.id for one in halves if one}) == 2
    assert [one.text for one in halves if one] == [draft.text[slice(*draft.sentences[number])] for number in (1, 2)]


def test_a_join_has_the_union() -> None:
    """Labels of both, fields of both with the first winning, notes of both."""
    draft = Draft(text_of(3))
    draft.tag(0, label="opinion")
    draft.tag(1, label="target")
    enriched(draft, 0, fields={"a": 1, "b": 1}, note="một")
    enriched(draft, 1, fields={"b": 2, "c": 2}, note="hai")
    draft.join(0, 1)
    joined = draft.annotation(0)
    assert joined is not None
    assert (joined.labels, joined.fields, joined.note) == (
        ("target", "opinion"),
        {"a": 1, "b": 1, "c": 2},
        "một\nhai",
    )
    assert len(draft.sentences) == 2


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("một", "một", "một"),
        ("một", "một\nhai", "một\nhai"),
        ("một\nhai", "hai", "một\nhai"),
        ("một\nhai\nba", "hai", "một\nhai\nba"),
        ("", "hai", "hai"),
        ("một", "", "một"),
        ("một", "một hai", "một\nmột hai"),
        ("một\nhai", "một\nba", "một\nhai\nmột\nba"),
    ],
)
def test_a_note_that_both_halves_have_is_there_once(first: str, second: str, joined: str) -> None:
    """A split gives both halves the note; joined again after one of them was amended, it is not doubled."""
    draft = Draft(text_of(2))
    for number, note in enumerate((first, second)):
        draft.tag(number)
        enriched(draft, number, note=note)
    draft.join(0, 1)
    found = draft.annotation(0)
    assert found is not None
    assert found.note == joined


def test_nothing_here_through_split_and_join() -> None:
    """Both halves of such a sentence are *nothing here*; a join is only where all of its parts were."""
    draft = Draft(text_of(3))
    draft.nothing(0, 1)
    draft.split(0, 4)
    assert [span.start in draft.state.nothing for span in draft.sentences] == [True, True, True, False]
    draft.join(0, 2)
    assert [span.start in draft.state.nothing for span in draft.sentences] == [True, False]
    draft.join(0, 1)
    assert [span.start in draft.state.nothing for span in draft.sentences] == [False]


def test_split_then_join_leaves_no_trace_in_the_cuts() -> None:
    """Joining the halves again gives the automatic sentences, without splits or joins."""
    draft = Draft(text_of(2))
    before = draft.sentences
    draft.split(0, 4)
    assert len(draft.sentences) == 3
    draft.join(0, 1)
    assert (draft.sentences, list(draft.state.splits), list(draft.state.joins)) == (before, [], [])


def test_join_then_split_at_the_same_place_leaves_no_trace() -> None:
    """Splitting a join where the sentences met gives the automatic sentences again."""
    draft = Draft(text_of(3))
    before = draft.sentences
    draft.join(0, 1)
    draft.split(0, before[1].start)
    assert (draft.sentences, list(draft.state.splits), list(draft.state.joins)) == (before, [], [])


def test_a_join_over_a_line_break() -> None:
    """Sentences of two lines become one, with the line break in its words."""
    draft = Draft("Một là câu.\n\nHai là câu.")
    draft.tag(1)
    draft.join(0, 1)
    assert draft.sentences == [Span(0, len(draft.text))]
    assert draft.annotation(0).text == draft.text  # type: ignore[union-attr]


def test_a_split_inside_a_join() -> None:
    """Cutting a join inside its first part leaves two sentences, of which the second still is a join."""
    draft = Draft(text_of(2))
    draft.join(0, 1)
    draft.split(0, 4)
    assert len(draft.sentences) == 2
    assert draft.sentences[1].end == len(draft.text)


@given(EDITS, st.sampled_from(["split", "join"]), st.integers(0, 20), st.integers(1, 30))
def test_no_label_field_or_note_is_lost(
    edits: list[tuple[str, int, int, str]], verb: str, number: int, other: int
) -> None:
    """After any edits, a split or a join leaves every label, field and note on the text that had it."""
    draft = apply_edits(Draft(text_of(5)), edits)
    before, sentences = draft.state, draft.sentences
    first = number % len(sentences)
    if verb == "split":
        draft.split(first, sentences[first].start + other)
    else:
        draft.join(first, min(len(sentences) - 1, first + other % 3))
    assume(draft.state is not before)
    for old in before.annotations.values():
        holding = [one for one in draft.state.annotations.values() if one.span.is_overlapping(old.span)]
        assert holding
        for one in holding:
            assert set(old.labels) <= set(one.labels)
            assert set(old.fields) <= set(one.fields)
            assert old.note in one.note
    ids = Counter(one.id for one in draft.state.annotations.values())
    assert all(times == 1 for times in ids.values())
    reach = sentences[first]
    black = {at for span in draft.sentences for at in range(*span) if not draft.text[at].isspace()}
    assert set(range(*reach)) - black == {at for at in range(*reach) if draft.text[at].isspace()}


@given(EDITS)
def test_every_annotation_holds_the_words_at_its_place(edits: list[tuple[str, int, int, str]]) -> None:
    """Text, before and after are always those of the place, and no annotation is blank."""
    draft = apply_edits(Draft(text_of(5, gap="\n")), edits)
    for place, one in draft.state.annotations.items():
        assert place == one.span.start
        assert draft.text[slice(*one.span)] == one.text
        assert draft.text[max(0, place - 32) : place] == one.before
        assert draft.text[one.span.end : one.span.end + 32] == one.after
        assert not one.is_blank


def test_labels_are_looked_up_by_key() -> None:
    """A known label is found; an unknown one is shown under its key and never dropped."""
    assert LABELS.find("target") is LABELS.labels[0]
    assert LABELS.find("x") is None
    assert LABELS.get("x").key == "x"
    assert (len(LABELS), [label.key for label in LABELS]) == (3, ["target", "breakthrough", "opinion"])
    assert LABELS.sort_keys(frozenset({"z", "opinion", "a", "target"})) == ("target", "opinion", "a", "z")
