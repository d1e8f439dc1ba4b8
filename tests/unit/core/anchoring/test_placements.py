from __future__ import annotations

import itertools

from core_builders import spans_in
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.sentence import cut, overlay
from annotator.core.span import Span, trim

TEXTS = st.text(alphabet="ab .\n", max_size=60)


def holding(text: str, held: list[tuple[int, int]]) -> list[Span]:
    """Spans with words at both ends, as a person fixes them, that do not overlap."""
    spans = sorted({trim(text, Span(min(pair), max(pair))) for pair in held if max(pair) <= len(text)})
    firm: list[Span] = []
    for span in spans:
        if not span.is_empty and not (firm and firm[-1].is_overlapping(span)):
            firm.append(span)
    return firm


def black(text: str, spans: list[Span]) -> set[int]:
    """The places in ``spans`` that are not blank."""
    return {at for span in spans for at in range(*span) if not text[at].isspace()}


PAIRS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6)


@given(TEXTS, PAIRS)
def test_what_a_person_fixed_always_is_a_sentence(text: str, pairs: list[tuple[int, int]]) -> None:
    """Held spans are in the result, which is in order, does not overlap and loses no character of a sentence."""
    automatic, held = spans_in(text), holding(text, pairs)
    found = overlay(text, automatic, fixed=held)
    assert set(held) <= set(found)
    assert sorted(found) == found
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert all(trim(text, span) == span and not span.is_empty for span in found)
    assert black(text, [*automatic, *held]) == black(text, found)


@given(TEXTS)
def test_nothing_fixed_changes_nothing(text: str) -> None:
    """Without held spans the automatic sentences stay the same."""
    assert list(spans_in(text)) == overlay(text, spans_in(text), fixed=[])


@given(TEXTS, st.lists(st.integers(-3, 63), max_size=8))
def test_cuts_fall_at_their_places_and_lose_nothing(text: str, places: list[int]) -> None:
    """After cutting, no sentence reaches across a place of a cut, and every character is still in one."""
    found = cut(text, spans_in(text), places=places)
    assert not [span for span in found for place in places if span.start < place < span.end]
    assert sorted(found) == found
    assert black(text, list(spans_in(text))) == black(text, found)
    assert all(trim(text, span) == span for span in found)


@given(TEXTS, PAIRS)
def test_of_two_that_overlap_the_longer_holds(text: str, pairs: list[tuple[int, int]]) -> None:
    """Overlapping held spans, as a file edited by hand may have them, still give sentences that do not overlap."""
    held = [Span(min(pair), max(pair)) for pair in pairs]
    found = overlay(text, spans_in(text), fixed=held)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


def test_the_longer_of_two() -> None:
    """The longer one stays, the earlier of two equally long ones."""
    text = "aaaa bbbb cccc dddd"
    assert overlay(text, [], fixed=[Span(0, 9), Span(5, 19)]) == [Span(5, 19)]
    assert overlay(text, [], fixed=[Span(0, 9), Span(5, 14)]) == [Span(0, 9)]


def test_two_held_spans_that_meet_inside_an_automatic_one() -> None:
    """What the first of them covers is no rest before the second."""
    assert overlay("one two three", [Span(0, 7), Span(7, 13)], fixed=[Span(0, 9), Span(9, 13)]) == [
        Span(0, 9),
        Span(9, 13),
    ]


def test_what_is_left_beside_a_held_span() -> None:
    """The rest of an automatic sentence on either side is a sentence of its own."""
    assert overlay("one two three", [Span(0, 13)], fixed=[Span(4, 7)]) == [Span(0, 3), Span(4, 7), Span(8, 13)]


def test_many_cuts_in_one_long_sentence() -> None:
    """Ten thousand cuts of one sentence are made in one pass."""
    text = "a " * 10_000
    found = cut(text, [Span(0, len(text))], places=range(0, len(text), 2))
    assert [Span(at, at + 1) for at in range(0, len(text), 2)] == found


@given(st.text(max_size=20), st.integers(0, 20), st.integers(0, 20))
def test_trimming(text: str, one: int, other: int) -> None:
    """A trimmed span holds the same words and no white space at its ends."""
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    span = trim(text, Span(start, end))
    assert text[start:end].strip() == text[span.start : span.end]


def test_spans() -> None:
    """Offsets and touching are those of half-open stretches."""
    span = Span(3, 6)
    assert [span.has_offset(at) for at in (2, 3, 5, 6)] == [False, True, True, False]
    assert [span.is_overlapping(Span(*other)) for other in ((0, 3), (0, 4), (5, 9), (6, 9))] == [
        False,
        True,
        True,
        False,
    ]
    assert (Span(4, 4).is_empty, Span(4, 5).is_empty) == (True, False)
