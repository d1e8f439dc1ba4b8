"""Colours and faces of the article. It must not know how they are chosen, nor what is painted with them.

Colours are ``#rrggbb``; sizes are points at zoom 1.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class LabelLook(NamedTuple):
    """How one label is shown.

    ``number`` is its key, 0 if it has none. ``colour`` paints the bar and the letter in the margin, on the paper;
    ``ground`` lies under the sentence and fills the chip; ``ink`` is for text on that ground in a chip.
    """

    key: str
    name: str
    letter: str
    number: int
    colour: str
    ground: str
    ink: str


class Look(NamedTuple):
    """How an article is shown.

    ``desk`` lies around the ``paper``; ``ink`` is for text, ``muted_ink`` for captions and small marks, ``faint_ink``
    for boilerplate, ``faded_ink`` for sentences that stand back so that the tagged ones are seen; ``accent`` outlines
    the current sentence; ``selection`` lies under selected ones; ``rule`` is for hairlines, ``neutral`` for what is
    chosen and has no colour of its own; ``match`` lies under words that were found, ``match_current`` under those that
    the person is at, both under ``ink``. Bars and outlines are ``weight`` times as thick as usual. ``face`` and
    ``heading_face`` are font families, the wanted one first. ``nothing_name`` and ``nothing_key`` are the words on the
    chip for *nothing here*, in the person's language.
    """

    paper: str = "#fffefb"
    desk: str = "#ebe8e1"
    ink: str = "#1f2328"
    muted_ink: str = "#5c6470"
    faint_ink: str = "#6f7782"
    faded_ink: str = "#747474"
    accent: str = "#1f5fbf"
    selection: str = "#d5e4fb"
    rule: str = "#d8d4ca"
    neutral: str = "#d8d4ca"
    match: str = "#fff0a3"
    match_current: str = "#ffcf33"
    weight: float = 1.0
    face: tuple[str, ...] = ("Noto Serif", "Source Serif 4", "Georgia", "Cambria", "DejaVu Serif", "serif")
    heading_face: tuple[str, ...] = ("Noto Serif", "Source Serif 4", "Georgia", "Cambria", "DejaVu Serif", "serif")
    size: float = 13.0
    labels: Mapping[str, LabelLook] = MappingProxyType({})
    nothing_name: str = "Nothing here"
    nothing_key: str = "Space"

    def label(self, key: str) -> LabelLook:
        """The look of the label with that key; one that is not known is grey, under its key."""
        known = self.labels.get(key)
        return known or LabelLook(key, key, key[:1].upper(), 0, self.muted_ink, self.neutral, self.ink)
