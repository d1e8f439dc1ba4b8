"""Cell formats of a workbook for reviewers.

The background of a row is mixed from the colour of its first label as in the window; text on it has a contrast of at
least 4.5.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.core.colour import adjust_contrast, blend

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.review.excel.workbook import CellFormat, Workbook
    from annotator.review.model.packet import LabelEntry

PAPER, INK, FAINT, LINE = "#ffffff", "#1f2328", "#575f6b", "#d5d8dd"
HEAD, ANSWER_HEAD, ANSWER_PAPER, ANSWER_LINE = "#24405f", "#7a5200", "#fff8e1", "#d9bf77"
MIN_CONTRAST = 4.5
"""Least contrast of text to its background."""

_ROW, _LABEL = 0.09, 0.26  # share of a label's colour in its row, and in the cell that names it
_LINE_HEIGHT, _MARGIN, _MAX_ROW_HEIGHT = 15.0, 4.0, 409.0  # points; Excel limits the height of a row to 409
_WIDTH_MARGIN = 1  # characters added to a width, which is measured in digits: most letters are narrower
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_GREY = "#6b7280"
_BASE_PROPERTIES = {"font_name": "Calibri", "font_size": 11, "valign": "top", "text_wrap": True, "border": 1}
_INDENTED = {"align": "left", "indent": 1}  # room between a border and the text
_DATES = {"vi": "dd/mm/yyyy", "en": "d mmm yyyy"}


class CellFormats:
    """The cell formats of one workbook, each made on first use."""

    def __init__(self, book: Workbook, labels: Iterable[LabelEntry], *, language: str) -> None:
        self._book = book
        self._colours = {label.key: _colour(label.colour) for label in labels}
        self._dates = _DATES.get(language, _DATES["en"])
        self._made: dict[tuple[str, str], CellFormat] = {}

    def get_format(self, style: str, label: str = "") -> CellFormat:
        """Return the format `style` of a cell, in a row whose first label has the key `label`."""
        found = self._made.get((style, label))
        if found is None:
            found = self._made[style, label] = self._book.add_format(self._properties(style, label))
        return found

    def make_plain_format(self, **properties: object) -> CellFormat:
        """Return a format for cells outside tables: no borders and no background unless `properties` set them."""
        face = {**_BASE_PROPERTIES, "border": 0, "font_color": INK}
        return self._book.add_format({**face, **properties})

    def _properties(self, style: str, label: str) -> dict[str, object]:
        if style in {"head", "answer head"}:
            return {
                **_BASE_PROPERTIES,
                "align": "center",
                "bold": True,
                "valign": "vcenter",
                "font_color": PAPER,
                "bg_color": HEAD if style == "head" else ANSWER_HEAD,
                "border_color": PAPER,
            }
        if style == "answer":
            pale = {"bg_color": ANSWER_PAPER, "border_color": ANSWER_LINE, "font_color": INK}
            return {**_BASE_PROPERTIES, **_INDENTED, **pale, "locked": False, "num_format": "@"}
        colour = self._colours.get(label, _GREY if label else PAPER)
        ground = blend(colour, PAPER, share=_LABEL if style == "label" else _ROW)
        ground = colour if style == "swatch" else ground
        ink = adjust_contrast(FAINT if style == "faint" else INK, ground, least=MIN_CONTRAST)
        return {
            **_BASE_PROPERTIES,
            "bg_color": ground,
            "font_color": ink,
            "border_color": LINE,
            **self._style_properties(style),
        }

    def _style_properties(self, style: str) -> dict[str, object]:
        special: dict[str, dict[str, object]] = {
            "strong": {**_INDENTED, "bold": True},
            "label": {**_INDENTED, "bold": True},
            "text": _INDENTED,
            "faint": _INDENTED,
            "number": {"align": "center"},
            "centre": {"align": "center", "bold": True},
            "swatch": {"align": "center"},
            "share": {"align": "center", "num_format": "0%"},
            "date": {**_INDENTED, "num_format": self._dates},
        }
        return special.get(style, {})


def estimate_row_height(cells: Iterable[tuple[str, float]]) -> float:
    """Return the height in points of a row with these texts in columns of these widths (characters).

    It is estimated generously, since fonts differ; spreadsheets adjust it on opening or not at all.
    """
    most = max((_lines(text, width) for text, width in cells), default=1)
    return min(_MAX_ROW_HEIGHT, _LINE_HEIGHT * max(most, 1) + _MARGIN)


def _lines(text: str, width: float) -> int:
    return sum(1 + int(len(line) / (width + _WIDTH_MARGIN)) for line in text.split("\n"))


def _colour(colour: str) -> str:
    return colour if _COLOUR.fullmatch(colour) else _GREY
