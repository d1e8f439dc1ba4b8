"""Which sentences have a match."""

from __future__ import annotations

import pytest

from annotator.app.search import find_sentences
from annotator.app.session.segmented_text import SegmentedText
from annotator.core.annotation_set import AnnotationSet
from annotator.search.find import find_all
from annotator.segment.language import load_languages

TEXT = "Một câu ngắn. Hai câu dài hơn. Ba.\n\nĐoạn mới ở đây. Hết bài."


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("câu", ["Một câu ngắn.", "Hai câu dài hơn."]),
        ("ngắn. hai", ["Một câu ngắn.", "Hai câu dài hơn."]),
        ("Một câu ngắn. Hai câu dài hơn. Ba", ["Một câu ngắn.", "Hai câu dài hơn.", "Ba."]),
        ("ba.\n\nđoạn", ["Ba.", "Đoạn mới ở đây."]),
        ("n", ["Một câu ngắn.", "Hai câu dài hơn.", "Đoạn mới ở đây."]),
        ("\n\n", []),
        (" Hai", ["Hai câu dài hơn."]),
        ("xyz", []),
    ],
)
def test_sentences_with_a_match(words: str, expected: list[str]) -> None:
    """Each that shares text with a match, once, in order; white space between sentences belongs to none."""
    reading = SegmentedText(TEXT, load_languages("vi"), AnnotationSet())
    found = find_sentences(reading, find_all(TEXT, words))
    assert expected == [TEXT[slice(*one.span)] for one in found]
