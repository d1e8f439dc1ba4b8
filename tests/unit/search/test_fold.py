"""What a text is to a search, and the way back."""

from __future__ import annotations

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.span import Span
from annotator.search.fold import fold

LETTERS = st.sampled_from([*"aAđĐêẾễ ưỪo\u0301\u0302\u0323\u200bﬁß…“”–\u00a0\t\n\x00\x01각가が🙂İΩ\u0dddᄀ"])
TEXTS = st.text(LETTERS | st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tỉnh Lạng Sơn", "tinh lang son"),
        ("ĐƯỜNG SỐ", "duong so"),
        ("Ðà Nẵng", "da nang"),
        ("“ba” ‘bốn’ «năm»", '"ba" \'bon\' "nam"'),
        ("10–20 — 30−5", "10-20 - 30-5"),
        ("kinh\u00a0tế\u2009số\tmới", "kinh te so moi"),
        ("chờ…", "cho..."),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("ﬁnance Straße", "finance strasse"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("plain ASCII", "plain ascii"),
    ],
)
def test_what_a_text_is_to_a_search(text: str, expected: str) -> None:
    """No accents, no case, đ is d, typographic marks and spaces are the plain ones."""
    assert expected == fold(text).text


def test_line_ends_stay() -> None:
    """Nothing is found from one line to the next by a space."""
    assert fold("một\nhai").text == "mot\nhai"


@given(TEXTS)
def test_composed_and_decomposed_texts_are_one(text: str) -> None:
    """NFC and NFD have the same fold."""
    assert fold(unicodedata.normalize("NFC", text)).text == fold(unicodedata.normalize("NFD", text)).text


@given(TEXTS)
def test_places_lead_back(text: str) -> None:
    """Every folded character belongs to a whole letter of the text; these follow each other and leave nothing out."""
    folded = fold(text)
    assert folded.to_original(len(folded.text)) == len(text)
    spans = [folded.span(at, at + 1) for at in range(len(folded.text))]
    assert all(not span.is_empty for span in spans)
    assert all(one == two or one.end == two.start for one, two in pairwise(spans))
    assert [fold(text[slice(*span)]).text for span in dict.fromkeys(spans)] == [
        "".join(folded.text[at] for at, one in enumerate(spans) if one == span) for span in dict.fromkeys(spans)
    ]


@given(TEXTS, st.integers(0, 70))
def test_places_are_found_again(text: str, place: int) -> None:
    """The first letter at or behind a place of the text is the one whose fold is given."""
    folded = fold(text)
    at = folded.to_folded(place)
    starts = [folded.to_original(one) for one in range(len(folded.text))]
    assert next((one for one, start in enumerate(starts) if start >= place), len(folded.text)) == at


def test_the_way_back_passes_over_accents_and_ligatures() -> None:
    """Offsets are those of the text as it is written, decomposed or not."""
    text = unicodedata.normalize("NFD", "Tế bào: ﬁ…!")
    folded = fold(text)
    assert folded.text == "te bao: fi...!"
    assert folded.span(1, 2) == Span(1, 4)
    fi = text.index("ﬁ")
    assert [folded.span(at, at + 1) for at in (8, 9)] == [Span(fi, fi + 1)] * 2
    assert folded.span(10, 11) == Span(fi + 1, fi + 2)
    assert folded.span(13, 14) == Span(fi + 2, fi + 3)


def test_portions_leave_no_seam() -> None:
    """A text of several portions is folded as one, accents at the seams too."""
    text = unicodedata.normalize("NFD", "ế" * 70_000)
    folded = fold(text)
    assert folded.text == "e" * 70_000
    assert folded.span(65_535, 65_537) == Span(3 * 65_535, 3 * 65_537)


@pytest.mark.parametrize("seed", ["\u0301", "a\u0301", "…", "각", "\x00\x01", "🙂"], ids=ascii)
def test_hostile_texts_take_no_longer(seed: str) -> None:
    """A megabyte of accents, ellipses or controls is folded within seconds."""
    before = time.process_time()
    fold(seed * (1_000_000 // len(seed)))
    assert time.process_time() - before < 10.0
