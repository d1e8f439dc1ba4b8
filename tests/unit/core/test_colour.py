from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.colour import adjust_contrast, blend, contrast_ratio, luminance

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
        ("#fff000", "#fff000", 1),
    ],
)
def test_known_contrasts(one: str, other: str, ratio: float) -> None:
    """The ratios are those published for WCAG."""
    assert ratio == pytest.approx(contrast_ratio(one, other), abs=0.01)
    assert contrast_ratio(one, other) == contrast_ratio(other, one)


@given(COLOURS, COLOURS)
def test_a_legible_colour_has_the_contrast_asked_for(colour: str, ground: str) -> None:
    """Any colour on any ground can be made legible; one that is so already stays."""
    found = adjust_contrast(colour, ground, least=4.5)
    assert contrast_ratio(found, ground) >= 4.5
    if contrast_ratio(colour, ground) >= 4.5:
        assert found == colour


@given(COLOURS, COLOURS)
def test_mixing(colour: str, ground: str) -> None:
    """Nothing of a colour is the ground, all of it the colour."""
    assert (blend(colour, ground, share=0), blend(colour, ground, share=1)) == (ground, colour)
    assert 0 <= luminance(colour) <= 1
