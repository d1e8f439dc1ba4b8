"""Horizontal geometry of the page, the text column on it and the label bar beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from annotator.gui.article.layout.typography import Typography

_LEFT, _RIGHT = 4.8, 4.0  # margins of the paper in em
_LEFT_MIN, _RIGHT_MIN = 3.6, 2.3  # with all signs and the label bar
_LABEL_BAR_MARGIN = 18  # pixels around the label bar beside the paper
_LEFT_BARE, _RIGHT_BARE = 1.7, 0.4  # where the column would be narrower than `_COLUMN_MIN`
_COLUMN_MIN = 16  # em


class Geometry(NamedTuple):
    """Left edges and widths in whole logical pixels; `has_side_room` if the label bar fits beside the paper."""

    left: int
    width: int
    column: int
    column_width: int
    has_side_room: bool

    @property
    def right(self) -> int:
        """Right edge of the paper."""
        return self.left + self.width

    @property
    def column_right(self) -> int:
        """Right edge of the column."""
        return self.column + self.column_width

    @property
    def label_bar_left(self) -> int:
        """Left edge of the label bar: beside the paper if there is room, else in its right margin."""
        return (
            self.right + _LABEL_BAR_MARGIN
            if self.has_side_room
            else self.column_right + (self.right - self.column_right) // 5
        )


def compute_geometry(width: int, *, faces: Typography, chips: int) -> Geometry:
    """Centre the paper in `width`, or shift it to the left so that `label_bar_left` pixels fit beside it."""
    measure = round(faces.line_width)
    whole = measure + round((_LEFT + _RIGHT) * faces.em)
    paper = min(whole, width)
    spare = width - paper
    has_side_room = chips > 0 and spare >= chips + 3 * _LABEL_BAR_MARGIN
    left = min(spare // 2, spare - chips - 2 * _LABEL_BAR_MARGIN) if has_side_room else spare // 2
    # In a narrow window the margins shrink first, down to what signs and label bar need.
    lack = min(1.0, (whole - paper) / max(1.0, (_LEFT - _LEFT_MIN + _RIGHT - _RIGHT_MIN) * faces.em))
    before = round((_LEFT + (_LEFT_MIN - _LEFT) * lack) * faces.em)
    after = round((_RIGHT + (_RIGHT_MIN - _RIGHT) * lack) * faces.em)
    lack = round(_COLUMN_MIN * faces.em) - (paper - before - after)
    if lack > 0:  # in a very narrow one nearly all of them goes, so that no word is cut off
        spared = min(lack, after - round(_RIGHT_BARE * faces.em))
        after -= spared
        before -= min(lack - spared, before - round(_LEFT_BARE * faces.em))
    return Geometry(left, paper, left + before, max(1, paper - before - after), has_side_room)
