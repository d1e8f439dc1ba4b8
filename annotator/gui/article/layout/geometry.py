"""Where the paper, the column on it and the chips beside it stand in a window. It must not know what is on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from annotator.gui.article.layout.typography import Faces

_LEFT, _RIGHT = 4.8, 4.0  # margins of the paper, in sizes of the type
_LEFT_LEAST, _RIGHT_LEAST = 3.6, 2.3
_AIR = 18  # around the chips on the desk
_LEFT_BARE, _RIGHT_BARE = 1.7, 0.4
_COLUMN_LEAST = 16  # the same


class Sheet(NamedTuple):
    """Left edges and widths, in whole logical pixels of the window; ``is_roomy``: the chips stand on the desk."""

    left: int
    width: int
    column: int
    column_width: int
    is_roomy: bool

    @property
    def right(self) -> int:
        """The right edge of the paper."""
        return self.left + self.width

    @property
    def column_right(self) -> int:
        """The right edge of the column."""
        return self.column + self.column_width

    @property
    def chips(self) -> int:
        """The left edge of the chips: on the desk if there is room, else in the paper's right margin."""
        return self.right + _AIR if self.is_roomy else self.column_right + (self.right - self.column_right) // 5


def sheet(width: int, *, faces: Faces, chips: int) -> Sheet:
    """Lay the paper in the middle of ``width``, or so far to the left that ``chips`` pixels fit beside it."""
    measure = round(faces.measure)
    whole = measure + round((_LEFT + _RIGHT) * faces.em)
    paper = min(whole, width)
    spare = width - paper
    is_roomy = chips > 0 and spare >= chips + 3 * _AIR
    left = min(spare // 2, spare - chips - 2 * _AIR) if is_roomy else spare // 2
    # A narrow window takes from the margins first, down to what bars and chips need.
    lack = min(1.0, (whole - paper) / max(1.0, (_LEFT - _LEFT_LEAST + _RIGHT - _RIGHT_LEAST) * faces.em))
    before = round((_LEFT + (_LEFT_LEAST - _LEFT) * lack) * faces.em)
    after = round((_RIGHT + (_RIGHT_LEAST - _RIGHT) * lack) * faces.em)
    lack = round(_COLUMN_LEAST * faces.em) - (paper - before - after)
    if lack > 0:  # a very narrow one takes nearly all of them, so that no word is cut off
        spared = min(lack, after - round(_RIGHT_BARE * faces.em))
        after -= spared
        before -= min(lack - spared, before - round(_LEFT_BARE * faces.em))
    return Sheet(left, paper, left + before, max(1, paper - before - after), is_roomy)
