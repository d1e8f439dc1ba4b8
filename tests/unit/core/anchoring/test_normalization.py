from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.anchoring.normalization import find_original_span, normalize_text
from annotator.core.span import Span

WORDS = "Đến năm 2030, tỷ trọng đạt “30%” - ông nói…"


@pytest.mark.parametrize(
    "written",
    [
        unicodedata.normalize("NFD", WORDS),
        WORDS.replace(" ", "\n"),
        WORDS.replace(" ", "\u00a0"),
        WORDS.replace(" ", "  "),
        f" {WORDS}\t",
        WORDS.replace("“", '"').replace("”", '"').replace("…", "..."),
        WORDS.replace(" - ", " – "),
        WORDS.replace("trọng", "tr\u00adọng\u200b"),
    ],
)
def test_writings_of_the_same_words(written: str) -> None:
    """Form, white space, quotation marks, dashes and what is not seen make no other words."""
    assert normalize_text(WORDS) == normalize_text(written)


@pytest.mark.parametrize("other", ["Đến năm 2031", "đến năm 2030", "Đen năm 2030", "Đến năm2030"])
def test_other_words(other: str) -> None:
    """Figures, case, accents and the parting of words do."""
    assert normalize_text("Đến năm 2030") != normalize_text(other)


@given(st.text(st.sampled_from("aấạ\u0301 \n\u00a0“…-\u200b30"), max_size=20), st.data())
def test_the_way_back(text: str, data: st.DataObject) -> None:
    """A stretch of the plain text leads back to one whose plain text has it."""
    flat = normalize_text(text)
    start = data.draw(st.integers(0, len(flat)))
    end = data.draw(st.integers(start, len(flat)))
    found = find_original_span(text, Span(start, end))
    assert 0 <= found.start <= found.end <= len(text)
    assert flat[start:end].strip() in normalize_text(text[found.start : found.end])


def test_the_way_back_takes_whole_letters() -> None:
    """An accent stays with its letter, white space at the beginning is left out."""
    text = "  Co\u0302ng  ba\u0300i"
    assert text[slice(*find_original_span(text, Span(0, 4)))] == "Co\u0302ng"
    assert text[slice(*find_original_span(text, Span(5, 8)))] == "ba\u0300i"
