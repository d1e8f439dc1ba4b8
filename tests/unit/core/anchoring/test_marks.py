from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.anchoring.marks import drop_invalid_marks
from annotator.core.annotation import Annotation
from annotator.core.annotation_set import AnnotationSet
from annotator.core.change import BlockMark
from annotator.core.document import BlockKind
from annotator.core.span import Span

LENGTH = 100
PLACES = st.integers(0, 130)
SPANS = st.builds(lambda start, size: Span(start, start + size), PLACES, st.integers(1, 60))


def tag(start: int, end: int) -> Annotation:
    """An annotation of that stretch."""
    return Annotation(f"a{start}", Span(start, end), ("target",), "x" * (end - start))


def test_sound_marks_stay_as_they_are() -> None:
    """Nothing is made anew where nothing is wrong."""
    state = AnnotationSet.of(
        [tag(0, 10)], nothing=[Span(20, 30)], splits=[5], joins=[Span(0, 10), Span(40, 100)],
        blocks=[(40, BlockMark(100, BlockKind.CAPTION))],
    )  # fmt: skip
    kept, lost = drop_invalid_marks(state, length=LENGTH)
    assert kept is state
    assert lost == 0


@pytest.mark.parametrize(
    ("joins", "left"),
    [
        ([(0, 101)], []),
        ([(0, 50), (40, 60)], [(40, 60)]),
        ([(0, 50), (10, 20), (50, 60)], [(10, 20), (50, 60)]),
        ([(10, 25)], []),
        ([(25, 50)], []),
        ([(22, 28)], []),
        ([(20, 30), (30, 40)], [(20, 30), (30, 40)]),
        ([(15, 35)], []),
    ],
)
def test_joins_that_cross_are_left_out(joins: list[tuple[int, int]], left: list[tuple[int, int]]) -> None:
    """Beyond the text, over an earlier join, over a part of a decision (at 20 to 30) or more than it."""
    state = AnnotationSet.of([tag(20, 30)], joins=[Span(*one) for one in joins])
    kept, lost = drop_invalid_marks(state, length=LENGTH)
    assert (left, len(joins) - len(left)) == (list(kept.joins.items()), lost)
    assert kept.annotations == state.annotations


@given(st.lists(SPANS), st.lists(SPANS), st.lists(PLACES))
def test_what_is_left_lies_in_the_text_and_apart(joins: list[Span], nothing: list[Span], splits: list[int]) -> None:
    """Joins share no text with each other, nothing reaches beyond the end, and every mark is kept or counted."""
    state = AnnotationSet.of(nothing=nothing, joins=joins, splits=splits)
    kept, lost = drop_invalid_marks(state, length=LENGTH)
    ends = [*kept.joins.values(), *kept.nothing.values(), *kept.splits.values()]
    assert all(end <= LENGTH for end in ends)
    found = [Span(*item) for item in kept.joins.items()]
    assert not any(one.is_overlapping(other) for one, other in pairwise(found))
    assert len(state.joins) + len(state.nothing) + len(state.splits) == lost + len(ends)
