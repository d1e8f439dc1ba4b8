from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.search.fuzzy_match import find_fuzzy_distance

LETTERS = st.text("abc .", max_size=12)


@pytest.mark.parametrize(
    ("typed", "nearer", "farther"),
    [
        ("next", "next sentence", "go to the next one"),
        ("sent", "next sentence", "absent ones"),
        ("ns", "next sentence", "no use at all"),
        ("undo", "undo", "undocumented"),
        ("next op", "next open sentence", "open the next document"),
    ],
)
def test_what_begins_with_it_comes_first(typed: str, nearer: str, farther: str) -> None:
    """Beginnings of the title are nearer than beginnings of words, these nearer than letters inside."""
    near, far = find_fuzzy_distance(typed, nearer), find_fuzzy_distance(typed, farther)
    assert near is not None
    assert far is None or near < far


@pytest.mark.parametrize(("typed", "title"), [("nxt un", "next undecided sentence"), ("cao 30", "cao-nguyen-2030.txt")])
def test_a_few_letters_of_each_word_will_do(typed: str, title: str) -> None:
    """Letters may be left out, if the first one of each begins a word."""
    assert find_fuzzy_distance(typed, title) is not None


@pytest.mark.parametrize(
    ("typed", "title"), [("xyz", "next sentence"), ("ets", "next sentence"), ("next", "cao-nguyen-2030.txt")]
)
def test_what_does_not_fit_is_left_out(typed: str, title: str) -> None:
    """Letters that are far apart or that begin no word are no match."""
    assert find_fuzzy_distance(typed, title) is None


@given(typed=LETTERS, title=LETTERS)
def test_every_title_fits_itself(typed: str, title: str) -> None:
    """Nothing breaks it, a title is found by its own words, and nothing typed fits all."""
    assert find_fuzzy_distance(title, title) is not None
    assert find_fuzzy_distance("", title) is not None
    found = find_fuzzy_distance(typed, title)
    assert found is None or found >= 0
