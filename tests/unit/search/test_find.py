"""What is found by which words."""

from __future__ import annotations

import time
import unicodedata
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.span import Span
from annotator.search.find import find_all, iter_hits, iter_matches, parse_query
from annotator.search.fold import fold
from annotator.search.incremental import Matches

TEXT = "Đột phá là đột phá; dot pha cũng là ĐỘT PHÁ. Đọt phà thì không."
LETTERS = st.sampled_from([*"aáàAÁăắeêếdđĐ o\u0301\u0302\u0323ﬁ…“–\u00a0\n각が🙂"])
TEXTS = st.text(LETTERS, max_size=40)
FORMS: st.SearchStrategy[Literal["NFC", "NFD"]] = st.sampled_from(["NFC", "NFD"])


def found(text: str, query: str) -> list[str]:
    """The stretches of the text that are found."""
    return [text[slice(*span)] for span in find_all(text, query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("dot pha", ["Đột phá", "đột phá", "dot pha", "ĐỘT PHÁ", "Đọt phà"]),
        ("đot pha", ["Đột phá", "đột phá", "ĐỘT PHÁ", "Đọt phà"]),
        ("đột phá", ["Đột phá", "đột phá", "ĐỘT PHÁ"]),
        ("dot phá", ["Đột phá", "đột phá", "ĐỘT PHÁ"]),
        ("Đột phá", ["Đột phá", "ĐỘT PHÁ"]),
        ("ĐỘT", ["ĐỘT"]),
        ("Dot", ["Đột", "ĐỘT", "Đọt"]),
        ("dôt", []),
        ("khong.", ["không."]),
        ("", []),
        ("\u200b", []),
    ],
)
def test_accents_and_capitals_count_where_they_are_typed(query: str, expected: list[str]) -> None:
    """A letter typed with an accent, or as a capital, is found only as such; the others as whatever they are."""
    assert expected == found(TEXT, query)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("“Kinh tế – số”", '"kinh te - so"'),
        ('"Kinh te - so"', "“kinh te – so”"),
        ("một\u00a0hai", "mot hai"),
        ("chờ…", "cho..."),
        ("chờ...", "cho…"),
        ("m\u00adột", "mot"),
    ],
)
def test_typographic_marks_are_the_plain_ones(text: str, query: str) -> None:
    """Either is found by either."""
    assert found(text, query) == [text]


def test_matches_do_not_overlap() -> None:
    """From left to right, the search goes on behind each match; an ellipsis is one match for a full stop."""
    assert find_all("aaaaa", "aa") == [Span(0, 2), Span(2, 4)]
    assert find_all("… .", ".") == [Span(0, 1), Span(2, 3)]


def test_nothing_is_found_across_lines() -> None:
    """A line end is no space."""
    assert find_all("kinh\ntế", "kinh te") == []
    assert find_all("kinh\ntế", "kinh\ntế") == [Span(0, 7)]


@given(TEXTS, FORMS, FORMS, st.data())
def test_what_was_cut_out_is_found_in_its_place(
    text: str, form: Literal["NFC", "NFD"], other: Literal["NFC", "NFD"], data: st.DataObject
) -> None:
    """Whole letters cut out of a text find that place, in whichever form either is written."""
    text = unicodedata.normalize(form, text)
    folded = fold(text)
    ends = sorted({folded.to_original(at) for at in range(len(folded.text) + 1)})
    start, end = sorted((data.draw(st.sampled_from(ends)), data.draw(st.sampled_from(ends))))
    query = parse_query(unicodedata.normalize(other, text[start:end]))
    if query.text:
        at = next(iter_hits(folded, query, start=folded.to_folded(start)))
        assert folded.span(at, at + len(query.text)) == Span(start, end)
        assert any(span.is_overlapping(Span(start, end)) for span in iter_matches(folded, query))


@given(TEXTS, TEXTS)
def test_matches_are_in_order(text: str, query: str) -> None:
    """They are never empty and never overlap."""
    spans = find_all(text, query[:2])
    assert all(not span.is_empty for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))


@given(TEXTS, TEXTS.filter(lambda text: "\n" not in text), st.sampled_from([1, 2, 3, 7]))
def test_portions_find_the_same(text: str, query: str, portion: int) -> None:
    """A search in small portions finds what one in a single go finds."""
    matches = Matches(fold(text), parse_query(query[:2]))
    while not matches.search_next(portion):
        pass
    assert find_all(text, query[:2]) == list(matches)


def test_matches_are_numbered_by_their_places() -> None:
    """The first match from a place on is known by its number."""
    matches = Matches(fold(TEXT), parse_query("đột phá"))
    assert matches.search_next()
    assert len(matches) == 3
    assert [matches.find_first_from(place) for place in (0, 1, 11, 12, 36, 37)] == [0, 1, 1, 2, 2, None]
    assert matches[1:] == [Span(11, 18), Span(36, 43)]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("a" * 1_000_000, "a" * 500 + "b"),
        ("á" * 1_000_000, "á" * 500 + "à"),
        (("á" * 250 + "à") * 4_000, "á" * 500),
        ("ab" * 500_000, "á"),
        ("á" * 300_000, "a"),
    ],
    ids=["prefix", "accents", "stretches", "nearly", "everywhere"],
)
def test_hostile_texts_take_no_longer(text: str, query: str) -> None:
    """A megabyte that nearly fits everywhere is searched within seconds."""
    before = time.process_time()
    find_all(text, query)
    assert time.process_time() - before < 10.0
