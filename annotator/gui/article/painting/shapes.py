"""Rounded shapes around boxes that follow lines of text."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QRect, QRectF
    from PySide6.QtGui import QColor, QPainter


_Corner = tuple[float, float]
_Box = tuple[float, float, float, float]  # left, top, right, bottom

_SAME_CORNER = 0.05  # pixels; corners closer than this are merged


def make_outline(boxes: Sequence[QRectF], *, radius: float, across: float = 0.0, along: float = 0.0) -> QPainterPath:
    """Return a shape with rounded corners around `boxes` (line by line), grown by `across` and `along` pixels.

    `across` grows it horizontally, `along` vertically. Boxes of two lines that do not touch (the end of one line and
    the start of the next) become two shapes.
    """
    path = QPainterPath()
    group: list[_Box] = []
    for box in boxes:
        grown = (box.left() - across, box.top(), box.right() + across, box.bottom())
        if group and not _is_joined_to(group[-1], grown):
            _add_rounded(path, _find_corners(group, along=along), radius=radius)
            group = []
        group.append(grown)
    if group:
        _add_rounded(path, _find_corners(group, along=along), radius=radius)
    return path


def _is_joined_to(upper: _Box, lower: _Box) -> bool:
    """Return whether the boxes are on adjacent lines and share enough of an edge to form one shape."""
    return abs(upper[3] - lower[1]) < 1 and min(upper[2], lower[2]) - max(upper[0], lower[0]) > 1


def _find_corners(boxes: Sequence[_Box], *, along: float) -> list[_Corner]:
    """Return the corners of the shape around connected boxes, clockwise from the top left."""
    first, last = boxes[0], boxes[-1]
    right = [(first[2], first[1] - along)]
    left = [(first[0], first[1] - along)]
    for upper, lower in pairwise(boxes):
        # Where the lower line is wider, the edge between them is an upper edge and grows upwards; else downwards.
        if abs(lower[2] - upper[2]) > _SAME_CORNER:
            y = upper[3] - along if lower[2] > upper[2] else upper[3] + along
            right += [(upper[2], y), (lower[2], y)]
        if abs(lower[0] - upper[0]) > _SAME_CORNER:
            y = upper[3] - along if lower[0] < upper[0] else upper[3] + along
            left += [(upper[0], y), (lower[0], y)]
    right.append((last[2], last[3] + along))
    left.append((last[0], last[3] + along))
    return [*right, *reversed(left)]


def _add_rounded(path: QPainterPath, corners: list[_Corner], *, radius: float) -> None:
    """Add a closed shape with these corners, each rounded as far as its edges are long enough."""
    count = len(corners)
    lengths = [
        abs(there[0] - here[0]) + abs(there[1] - here[1])
        for here, there in zip(corners, [*corners[1:], corners[0]], strict=True)
    ]
    for nth, (x, y) in enumerate(corners):
        before, after = corners[nth - 1], corners[(nth + 1) % count]
        into, out = lengths[nth - 1], lengths[nth]
        back = min(radius / into, 0.5) if into else 0.0
        ahead = min(radius / out, 0.5) if out else 0.0
        start_x, start_y = x + (before[0] - x) * back, y + (before[1] - y) * back
        if nth:
            path.lineTo(start_x, start_y)
        else:
            path.moveTo(start_x, start_y)
        path.quadTo(x, y, x + (after[0] - x) * ahead, y + (after[1] - y) * ahead)
    path.closeSubpath()


def fill_rect(painter: QPainter, rect: QRect | QRectF, colour: QColor) -> None:
    """Fill `rect` with `colour`.

    Does what `QPainter.fillRect` does, whose first call takes two milliseconds to initialise gradients.
    """
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRect(rect)
