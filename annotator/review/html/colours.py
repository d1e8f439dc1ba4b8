"""The colours of labels in the page and in print, legible on light and on dark paper. It must not know the layout.

Text keeps a contrast of 7 on a label's ground, a label's letter 4.5 on paper and on its own ground (WCAG 2.2).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from annotator.core.colour import blended, contrast, legible

LIGHT_PAPER, LIGHT_INK = "#fdfcf9", "#1f2328"
DARK_PAPER, DARK_INK = "#17191d", "#e8e5de"
GREY = "#6b7280"
"""The colour of a label that has none that can be shown."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LEAST = 4.5
_TEXT = 7.0


class Shades(NamedTuple):
    """What a label is painted with: the ground of its sentences, its letter, and the line in the margin."""

    ground: str
    letter: str
    line: str


def shades(colour: str, *, paper: str = LIGHT_PAPER, ink: str = LIGHT_INK) -> Shades:
    """What a label of that ``colour`` (#rrggbb, else grey) is painted with on ``paper`` beside text in ``ink``."""
    sound = colour if _COLOUR.fullmatch(colour) else GREY
    share = 0.30 if paper == DARK_PAPER else 0.20
    ground = blended(sound, paper, share=share)
    while contrast(ink, ground) < _TEXT and share > 0.02:
        share -= 0.02
        ground = blended(sound, paper, share=share)
    return Shades(ground, legible(sound, ground, least=_LEAST), legible(sound, paper, least=3.0))


def colour_rules(colours: tuple[str, ...]) -> str:
    """CSS that gives ``.l0``, ``.l1`` … their shades in the order of ``colours``, and ``.lx`` those of no label."""
    classes = [(f"l{place}", colour) for place, colour in enumerate(colours)] + [("lx", GREY)]
    light = "".join(_rule(name, shades(colour)) for name, colour in classes)
    dark = "".join(_rule(name, shades(colour, paper=DARK_PAPER, ink=DARK_INK)) for name, colour in classes)
    return f"{light}@media screen and (prefers-color-scheme: dark){{{dark}}}"


def _rule(name: str, painted: Shades) -> str:
    return f".{name}{{--ground:{painted.ground};--letter:{painted.letter};--line:{painted.line}}}"
