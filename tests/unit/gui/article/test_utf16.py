from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.article.layout.utf16 import Utf16Map

TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("ab đ😀\u0301𠀀\U0001f1fb\U0001f1f3")))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(TEXTS)
def test_positions_are_what_the_encoding_says(text: str) -> None:
    """The position of each code point is the number of UTF-16 units before it."""
    offsets = Utf16Map(text)
    assert [_units(text[:at]) for at in range(len(text) + 1)] == [offsets.to_utf16(at) for at in range(len(text) + 1)]


@given(TEXTS)
def test_going_there_and_back_is_identity(text: str) -> None:
    """Between boundaries of characters the map is a bijection."""
    offsets = Utf16Map(text)
    boundaries = list(range(len(text) + 1))
    assert boundaries == [offsets.to_code_points(offsets.to_utf16(at)) for at in boundaries]


@given(TEXTS)
def test_the_middle_of_a_pair_belongs_to_its_character(text: str) -> None:
    """A position inside a surrogate pair gives the character that the pair stands for."""
    offsets = Utf16Map(text)
    wide = [at for at, character in enumerate(text) if character > "\uffff"]
    assert wide == [offsets.to_code_points(offsets.to_utf16(at) + 1) for at in wide]


def test_plain_text_costs_nothing() -> None:
    """Without characters beyond the basic plane, both counts are the same."""
    offsets = Utf16Map("Đến năm 2030")
    assert (offsets.to_utf16(7), offsets.to_code_points(7)) == (7, 7)
