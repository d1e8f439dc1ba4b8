"""Colours and fonts of the article.

Colours are `#rrggbb`; sizes are points at zoom 1.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class LabelStyle(NamedTuple):
    """Appearance of a label.

    `number` is its key, 0 if it has none. `colour` is that of the bar and the letter in the margin, `background` the
    background of sentences and chips, `ink` the text on that background.
    """

    key: str
    name: str
    letter: str
    number: int
    colour: str
    background: str
    ink: str


class ArticleStyle(NamedTuple):
    """Appearance of the article.

    `backdrop` is the background around the `paper`. `ink` is for text, `muted_ink` for captions and small marks,
    `faint_ink` for boilerplate, `faded_ink` for sentences without a label while they are faded. `accent` outlines the
    current sentence, `selection` is the background of selected ones. `hairline` is for hairlines, `neutral` for things
    that are on and have no colour of their own. `match` is the background of search matches, `match_current` of the
    active one, both under `ink`. Bars and outlines are `line_weight` times as thick as usual. `fonts` and
    `heading_fonts` are font families in order of preference. `nothing_name` and `nothing_key` are the texts on the
    chip for *nothing here*, in the user's language.
    """

    paper: str = "#fffefb"
    backdrop: str = "#ebe8e1"
    ink: str = "#1f2328"
    muted_ink: str = "#5c6470"
    faint_ink: str = "#6f7782"
    faded_ink: str = "#747474"
    accent: str = "#1f5fbf"
    selection: str = "#d5e4fb"
    hairline: str = "#d8d4ca"
    neutral: str = "#d8d4ca"
    match: str = "#fff0a3"
    match_current: str = "#ffcf33"
    line_weight: float = 1.0
    fonts: tuple[str, ...] = ("Noto Serif", "Source Serif 4", "Georgia", "Cambria", "DejaVu Serif", "serif")
    heading_fonts: tuple[str, ...] = ("Noto Serif", "Source Serif 4", "Georgia", "Cambria", "DejaVu Serif", "serif")
    point_size: float = 13.0
    labels: Mapping[str, LabelStyle] = MappingProxyType({})
    nothing_name: str = "No label"
    nothing_key: str = "Space"

    def label_style(self, key: str) -> LabelStyle:
        """Return the look of the label `key`; an unknown label is grey and named by its key."""
        known = self.labels.get(key)
        return known or LabelStyle(key, key, key[:1].upper(), 0, self.muted_ink, self.neutral, self.ink)
