from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.span import Span
from annotator.segment.blocks import find_blocks

_WIDTHLESS = "\ufeff\u200b\u2060"


def is_blank(text: str) -> bool:
    """Whether nothing but white space and marks without width stands in a text."""
    return all(letter.isspace() or letter in _WIDTHLESS for letter in text)


def test_each_line_that_is_not_blank_is_a_block() -> None:
    """Blank lines are no blocks, and white space at a line's ends belongs to none."""
    assert (Span(1, 4), Span(9, 10), Span(13, 14)) == find_blocks(" a b \n\n\t\nc\n\n d\xa0")


def test_every_sort_of_line_end_separates() -> None:
    """Unicode's line and paragraph separators end a line as well."""
    text = "a\u2028b\u2029c\x0bd\x0ce\x85f\rg"
    assert list("abcdefg") == [text[span.start : span.end] for span in find_blocks(text)]


def test_byte_order_mark_is_no_text() -> None:
    """Marks without width at a line's ends are left out."""
    assert (Span(1, 2), Span(4, 5)) == find_blocks("\ufeffa\n\u200bb\u2060\n\ufeff")


def test_nothing_has_no_block() -> None:
    """An empty text has no block."""
    assert find_blocks("") == ()


@given(st.text(alphabet=st.sampled_from("ab \n\t\xa0\ufeff\u2028é.")) | st.text())
def test_blocks_tile_the_text(text: str) -> None:
    """Between blocks stands white space only, and no block holds a line break or is empty."""
    at = 0
    for span in find_blocks(text):
        assert is_blank(text[at : span.start])
        assert span.start < span.end
        assert "\n" not in text[span.start : span.end]
        at = span.end
    assert is_blank(text[at:])
