"""Cell formats of a workbook for reviewers.

The background of a row is mixed from the colour of its first label as in the window; text on it has a contrast of at
least 4.5.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.core.colour import blended, legible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.review.excel.workbook import Format, Workbook
    from annotator.review.model.packet import LabelEntry

PAPER, INK, FAINT, LINE = "#ffffff", "#1f2328", "#575f6b", "#d5d8dd"
HEAD, ANSWER_HEAD, ANSWER_PAPER, ANSWER_LINE = "#24405f", "#7a5200", "#fff8e1", "#d9bf77"
LEAST = 4.5
"""Least contrast of text to its background."""

_ROW, _LABEL = 0.09, 0.26  # share of a label's colour in its row, and in the cell that names it
_PITCH, _MARGIN, _HIGHEST = 15.0, 4.0, 409.0  # points; Excel limits the height of a row to 409
_MORE = 1  # characters added to a width, which is measured in digits: most letters are narrower
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_GREY = "#6b7280"
_FACE = {"font_name": "Calibri", "font_size": 11, "valign": "top", "text_wrap": True, "border": 1}
_INNER = {"align": "left", "indent": 1}  # room between a border and the text
_DATES = {"vi": "dd/mm/yyyy", "en": "d mmm yyyy"}


class Dress:
    """The cell formats of one workbook, each made on first use."""

    def __init__(self, book: Workbook, labels: Iterable[LabelEntry], *, language: str) -> None:
        self._book = book
        self._colours = {label.key: _colour(label.colour) for label in labels}
        self._dates = _DATES.get(language, _DATES["en"])
        self._made: dict[tuple[str, str], Format] = {}

    def cell(self, look: str, label: str = "") -> Format:
        """Return the format `look` of a cell, in a row whose first label has the key `label`."""
        found = self._made.get((look, label))
        if found is None:
            found = self._made[look, label] = self._book.add_format(self._properties(look, label))
        return found

    def plain(self, **properties: object) -> Format:
        """Return a format for cells outside tables: no borders and no background unless `properties` set them."""
        face = {**_FACE, "border": 0, "font_color": INK}
        return self._book.add_format({**face, **properties})

    def _properties(self, look: str, label: str) -> dict[str, object]:
        if look in {"head", "answer head"}:
            return {
                **_FACE,
                "align": "center",
                "bold": True,
                "valign": "vcenter",
                "font_color": PAPER,
                "bg_color": HEAD if look == "head" else ANSWER_HEAD,
                "border_color": PAPER,
            }
        if look == "answer":
            pale = {"bg_color": ANSWER_PAPER, "border_color": ANSWER_LINE, "font_color": INK}
            return {**_FACE, **_INNER, **pale, "locked": False, "num_format": "@"}
        colour = self._colours.get(label, _GREY if label else PAPER)
        ground = blended(colour, PAPER, share=_LABEL if look == "label" else _ROW)
        ground = colour if look == "swatch" else ground
        ink = legible(FAINT if look == "faint" else INK, ground, least=LEAST)
        return {**_FACE, "bg_color": ground, "font_color": ink, "border_color": LINE, **self._special(look)}

    def _special(self, look: str) -> dict[str, object]:
        special: dict[str, dict[str, object]] = {
            "strong": {**_INNER, "bold": True},
            "label": {**_INNER, "bold": True},
            "text": _INNER,
            "faint": _INNER,
            "number": {"align": "center"},
            "centre": {"align": "center", "bold": True},
            "swatch": {"align": "center"},
            "share": {"align": "center", "num_format": "0%"},
            "date": {**_INNER, "num_format": self._dates},
        }
        return special.get(look, {})


def height(cells: Iterable[tuple[str, float]]) -> float:
    """Return the height in points of a row with these texts in columns of these widths (characters).

    It is estimated generously, since fonts differ; spreadsheets adjust it on opening or not at all.
    """
    most = max((_lines(text, width) for text, width in cells), default=1)
    return min(_HIGHEST, _PITCH * max(most, 1) + _MARGIN)


def _lines(text: str, width: float) -> int:
    return sum(1 + int(len(line) / (width + _MORE)) for line in text.split("\n"))


def _colour(colour: str) -> str:
    return colour if _COLOUR.fullmatch(colour) else _GREY
