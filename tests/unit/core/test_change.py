from __future__ import annotations

import pytest
from core_builders import EDITS, Draft, apply_edits, text_of
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.annotation import Annotation, Status
from annotator.core.annotation_set import AnnotationSet, StaleChangeError
from annotator.core.change import BlockMark, Change, Layer, Step
from annotator.core.document import BlockKind
from annotator.core.history import History
from annotator.core.span import Span


def rebuilt(state: AnnotationSet) -> AnnotationSet:
    """The same decisions, counted anew."""
    return AnnotationSet.of(
        state.annotations.values(),
        nothing=map(Span._make, state.nothing.items()),
        splits=state.splits,
        joins=map(Span._make, state.joins.items()),
        blocks=state.blocks.items(),
    )


@given(EDITS)
def test_do_then_undo_is_identity(edits: list[tuple[str, int, int, str]]) -> None:
    """Undoing all steps gives the empty set again, doing them anew the last one, each time through the same states."""
    draft = apply_edits(Draft(text_of(6, gap="\n\n")), edits)
    states, state = [AnnotationSet()], AnnotationSet()
    for step in draft.steps:
        state = state.apply(step.changes)
        states.append(state)
    assert states[-1] == draft.state
    for number in range(len(draft.steps), 0, -1):
        state = state.apply(draft.steps[number - 1].inverse().changes)
        assert states[number - 1] == state
    for number, step in enumerate(draft.steps, start=1):
        state = state.apply(step.changes)
        assert states[number] == state


@given(EDITS)
def test_counts_are_those_of_a_recount(edits: list[tuple[str, int, int, str]]) -> None:
    """Counts that are kept with every change are those found by counting everything."""
    state = apply_edits(Draft(text_of(6)), edits).state
    recount = rebuilt(state)
    assert (recount.label_counts, recount.tagged_count, recount.decided_count) == (
        state.label_counts,
        state.tagged_count,
        state.decided_count,
    )


@given(EDITS)
def test_decisions_never_overlap(edits: list[tuple[str, int, int, str]]) -> None:
    """Whatever is done, each decision is on a sentence of its own, and what is tagged is not *nothing here*."""
    draft = apply_edits(Draft(text_of(6, gap="\n")), edits)
    state = draft.state
    spans = {annotation.span for annotation in state.annotations.values()} | set(map(Span._make, state.nothing.items()))
    assert spans <= set(draft.sentences)
    assert not [place for place in (*state.annotations, *state.nothing) if state.has_overlap(place)]


def test_a_step_taken_back_twice_is_the_step() -> None:
    """The inverse of the inverse is the step itself."""
    step = Step("x", (Change(Layer.NOTHING, 1, None, 5), Change(Layer.STATUS, 0, Status.NEW, Status.DONE)), Span(1, 5))
    assert step.inverse().inverse() == step


@pytest.mark.parametrize(
    ("change", "reach"),
    [
        (Change(Layer.NOTHING, 3, None, 9), Span(3, 9)),
        (Change(Layer.JOIN, 3, 12, 9), Span(3, 12)),
        (Change(Layer.SPLIT, 3, None, 3), Span(3, 4)),
        (Change(Layer.BLOCK, 3, BlockMark(8, BlockKind.CAPTION), None), Span(3, 8)),
        (Change(Layer.ANNOTATION, 3, None, Annotation("a", Span(3, 7), (), "")), Span(3, 7)),
        (Change(Layer.STATUS, 0, Status.NEW, Status.DONE), Span(0, 1)),
    ],
)
def test_how_far_a_change_reaches(change: Change, reach: Span) -> None:
    """A change reaches to the farther end of what was and what is there."""
    assert reach == change.affected_span
    assert reach == change.inverse().affected_span


def test_a_change_that_expects_something_else_is_refused() -> None:
    """Where something else stands, nothing is changed and the error says where."""
    state = AnnotationSet.of(nothing=[Span(3, 9)])
    with pytest.raises(StaleChangeError, match="nothing at 3"):
        state.apply([Change(Layer.SPLIT, 5, None, 5), Change(Layer.NOTHING, 3, None, 8)])
    assert state == AnnotationSet.of(nothing=[Span(3, 9)])


@pytest.mark.parametrize(
    ("annotations", "nothing", "is_clashing"),
    [
        ([Span(3, 6)], [], False),
        ([Span(3, 6)], [Span(6, 9)], False),
        ([Span(3, 6)], [Span(3, 6)], True),
        ([Span(3, 6)], [Span(5, 9)], True),
        ([Span(3, 6)], [Span(0, 4)], True),
        ([Span(3, 6), Span(1, 4)], [], True),
        ([Span(3, 9), Span(4, 5)], [], True),
    ],
)
def test_what_clashes(annotations: list[Span], nothing: list[Span], *, is_clashing: bool) -> None:
    """Two decisions clash that share text, also when both are at one place."""
    made = [Annotation(f"a{number}", span, ("x",), "") for number, span in enumerate(annotations)]
    assert is_clashing == AnnotationSet.of(made, nothing=nothing).has_overlap(3)


def test_a_note_may_stand_on_nothing_here() -> None:
    """An annotation without labels on the same sentence is no second decision."""
    note = Annotation("a", Span(3, 6), (), "", note="n")
    assert not AnnotationSet.of([note], nothing=[Span(3, 6)]).has_overlap(3)
    assert AnnotationSet.of([note], nothing=[Span(3, 7)]).has_overlap(3)


def test_every_slot_can_be_asked() -> None:
    """What stands at a place is found in each slot."""
    annotation = Annotation("a", Span(1, 2), ("x",), "")
    mark = BlockMark(9, BlockKind.CAPTION)
    state = AnnotationSet.of([annotation], nothing=[Span(2, 3)], splits=[4], joins=[Span(5, 6)], blocks=[(7, mark)])
    slots = (
        (Layer.ANNOTATION, 1),
        (Layer.NOTHING, 2),
        (Layer.SPLIT, 4),
        (Layer.JOIN, 5),
        (Layer.BLOCK, 7),
        (Layer.STATUS, 0),
    )
    assert [annotation, 3, 4, 6, mark, Status.NEW] == [state.find_content(*one) for one in slots]


def test_a_held_span_that_began_earlier() -> None:
    """What goes on beyond a place is found, what ends at it is not."""
    state = AnnotationSet.of([Annotation("a", Span(1, 5), ("x",), "")], joins=[Span(10, 20)])
    assert [None, Span(1, 5), Span(1, 5), None, None, Span(10, 20)] == [
        state.find_fixed_span_over(at) for at in (1, 2, 4, 5, 10, 15)
    ]


@given(st.lists(st.sampled_from(["push", "undo", "redo"])))
def test_the_history_is_two_stacks(moves: list[str]) -> None:
    """Undo gives the last step done, redo the last one undone; a new step forgets what was undone."""
    history = History()
    done: list[Step] = []
    undone: list[Step] = []
    for number, move in enumerate(moves):
        if move == "push":
            step = Step(str(number), (), Span(0, 1))
            history.push(step)
            done, undone = [*done, step], []
        elif move == "undo":
            expected = done.pop() if done else None
            undone += [expected] if expected else []
            assert expected == history.undo()
        else:
            expected = undone.pop() if undone else None
            done += [expected] if expected else []
            assert expected == history.redo()
    assert (done, undone) == (history.done, history.undone)
