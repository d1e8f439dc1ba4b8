"""Colours of labels in the page and in print, legible on light and dark paper.

Text keeps a contrast of 7 to a label's background, a label's letter 4.5 to paper and to its own background (WCAG 2.2).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from annotator.core.colour import adjust_contrast, blend, contrast_ratio

LIGHT_PAPER, LIGHT_INK = "#fdfcf9", "#1f2328"
DARK_PAPER, DARK_INK = "#17191d", "#e8e5de"
GREY = "#6b7280"
"""Colour of a label that has none, or an invalid one."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_MIN_LETTER_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
_MIN_TEXT_CONTRAST = 7.0  # WCAG 2.2, 1.4.6


class Shades(NamedTuple):
    """Colours of a label: the background of its sentences, its letter, and the line in the margin."""

    background: str
    letter: str
    line: str


def get_shades(colour: str, *, paper: str = LIGHT_PAPER, ink: str = LIGHT_INK) -> Shades:
    """Return the colours of a label of that `colour` (#rrggbb, otherwise grey) on `paper` beside text in `ink`."""
    sound = colour if _COLOUR.fullmatch(colour) else GREY
    share = 0.30 if paper == DARK_PAPER else 0.20
    ground = blend(sound, paper, share=share)
    while contrast_ratio(ink, ground) < _MIN_TEXT_CONTRAST and share > 0.02:
        share -= 0.02
        ground = blend(sound, paper, share=share)
    return Shades(
        ground, adjust_contrast(sound, ground, least=_MIN_LETTER_CONTRAST), adjust_contrast(sound, paper, least=3.0)
    )


def render_colour_rules(colours: tuple[str, ...]) -> str:
    """Return CSS that gives `.l0`, `.l1` … the shades of `colours` in order, and `.lx` those of no label."""
    classes = [(f"l{place}", colour) for place, colour in enumerate(colours)] + [("lx", GREY)]
    light = "".join(_render_rule(name, get_shades(colour)) for name, colour in classes)
    dark = "".join(_render_rule(name, get_shades(colour, paper=DARK_PAPER, ink=DARK_INK)) for name, colour in classes)
    return f"{light}@media screen and (prefers-color-scheme: dark){{{dark}}}"


def _render_rule(name: str, painted: Shades) -> str:
    return f".{name}{{--ground:{painted.background};--letter:{painted.letter};--line:{painted.line}}}"
