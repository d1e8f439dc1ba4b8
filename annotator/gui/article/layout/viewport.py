"""The part of the column that is on the screen.

The state is the fragment at the top and the number of its pixels above the top edge. Short scrolls walk over exact
heights, so that visible text keeps its place while estimates above it become exact; long jumps use the estimates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF

if TYPE_CHECKING:
    from annotator.core.span import Span
    from annotator.gui.article.layout.column import Column
    from annotator.gui.article.layout.paragraph import Laid


_PAD_ABOVE, _PAD_BELOW = 3.4, 5.0  # em


class Shown(NamedTuple):
    """A fragment on the screen: its number, its layout, and the y coordinate of its top in the viewport."""

    piece: int
    laid: Laid
    top: int


class Sight:
    """A viewport of `height` logical pixels on a column."""

    def __init__(self, column: Column, *, height: int) -> None:
        self.column = column
        self._height = height
        self._first = 0
        self._gone = 0
        self._shown: list[Shown] | None = None
        self.go_to_start()

    @property
    def height(self) -> int:
        """Height of the viewport."""
        return self._height

    @property
    def value(self) -> int:
        """Distance from the top of the column to the top of the viewport; estimated below unseen fragments."""
        return round(self._above + self.column.heights.sum_before(self._first) + self._gone)

    @property
    def maximum(self) -> int:
        """The greatest `value`."""
        return max(0, round(self._above + self.column.heights.total + self._below - self._height))

    def resize(self, height: int) -> None:
        """Set the height and keep the top."""
        self._height = height
        self._shown = None

    def shown(self) -> list[Shown]:
        """Return the visible fragments from top to bottom, laid out."""
        if self._shown is None:
            self._shown = self._arranged()
            lacking = self._height - (self._bottom() + self._below)
            if lacking > 0 and not self._is_at_start():
                self._walk(-lacking)
                self._shown = self._arranged()
        return self._shown

    def find(self, piece: int) -> Shown | None:
        """Return a fragment with its place on the screen, or None if it is not visible."""
        shown = self.shown()
        at = piece - shown[0].piece if shown else -1
        return shown[at] if 0 <= at < len(shown) else None

    def move(self, distance: int) -> int:
        """Scroll down by `distance` pixels (up if negative).

        Returns:
            The pixels by which the text moved up, or 0 where none of it is visible any more.
        """
        before = self.shown()
        self._walk(distance)
        after = {entry.piece: entry.top for entry in self.shown()}
        return next((entry.top - after[entry.piece] for entry in before if entry.piece in after), 0)

    def go_to(self, value: int) -> None:
        """Scroll to about `value` pixels from the top, by estimated heights."""
        heights = self.column.heights
        depth = max(0.0, value - self._above)
        self._first = heights.find_index(depth)
        guessed = max(1.0, heights[self._first])
        share = min(1.0, (depth - heights.sum_before(self._first)) / guessed)
        self._gone = round(share * self.column.get(self._first).height)
        self._walk(0)

    def go_to_start(self) -> None:
        """Scroll to the start of the column."""
        self._first, self._gone = 0, -self._above
        self._shown = None

    def go_to_end(self) -> None:
        """Scroll to the end of the column."""
        self._first = len(self.column) - 1
        self._gone = 0  # `shown` walks back until the column ends at the bottom
        self._shown = None

    def hold(self, offset: int, *, at: float) -> None:
        """Scroll so that the line with the code point at `offset` has its top at y coordinate `at`."""
        piece = self.column.pieces.at(offset)
        self._first = piece
        self._gone = round(self.column.get(piece).line_of(offset).top - at)
        self._walk(0)

    def top_of(self, offset: int) -> float | None:
        """Return the y coordinate of the top of the line with `offset`, or None if it is not visible."""
        entry = self.find(self.column.pieces.at(offset))
        return None if entry is None else entry.top + entry.laid.line_of(offset).top

    def nearest(self, y: float) -> Shown | None:
        """Return the visible fragment at, or nearest to, the y coordinate `y`."""
        shown = self.shown()
        return next((entry for entry in shown if y < entry.top + entry.laid.height), shown[-1] if shown else None)

    def offset_at(self, point: QPointF) -> int | None:
        """Return the code point nearest to a point (x from the column's left edge), or None if there is none."""
        entry = self.nearest(point.y())
        return None if entry is None else entry.laid.offset_at(QPointF(point.x(), point.y() - entry.top))

    @property
    def _above(self) -> int:
        return round(_PAD_ABOVE * self.column.faces.em)

    @property
    def _below(self) -> int:
        return round(_PAD_BELOW * self.column.faces.em)

    def _is_at_start(self) -> bool:
        return self._first == 0 and self._gone <= -self._above

    def _bottom(self) -> int:
        """Return the y coordinate at which the column ends, at most the height of the viewport."""
        shown = self._shown
        if not shown or shown[-1].piece < len(self.column) - 1:
            return self._height
        return shown[-1].top + shown[-1].laid.height

    def _arranged(self) -> list[Shown]:
        result: list[Shown] = []
        top, piece = -self._gone, self._first
        while piece < len(self.column) and (top < self._height or not result):
            laid = self.column.get(piece)
            result.append(Shown(piece, laid, top))
            top += laid.height
            piece += 1
        return result

    def _walk(self, distance: int) -> None:
        """Move the top over exact heights, as far as the column reaches."""
        self._shown = None
        self._gone += distance
        while self._gone < 0 and self._first > 0:
            self._first -= 1
            self._gone += self.column.get(self._first).height
        if self._first == 0:
            self._gone = max(self._gone, -self._above)
        while self._first < len(self.column) - 1 and self._gone >= (height := self.column.get(self._first).height):
            self._gone -= height
            self._first += 1


_NEAR = 6  # fragments beyond the screen that are laid out to measure the distance
_EASE = 0.5  # share of the margin that may be entered before the text moves


def reveal(sight: Sight, span: Span, *, margin: float) -> int | None:
    """Return the pixels to scroll until `span` is visible, 0 if it is, or None if it is far away.

    `margin` is the share of the viewport kept free above and below; half of it may be entered before the text moves.
    """
    top, bottom = _edge(sight, span.start, is_top=True), _edge(sight, span.end - 1, is_top=False)
    if top is None:
        return None
    free, ease = sight.height * margin, sight.height * margin * _EASE
    if bottom is None or bottom - top > sight.height - 2 * free:
        bottom = top
    if top < ease:
        return round(top - free)
    if bottom > sight.height - ease:
        return round(min(bottom - (sight.height - free), top - free))
    return 0


def _edge(sight: Sight, offset: int, *, is_top: bool) -> float | None:
    """Return the top or bottom of the line with `offset` in the viewport, or None if it is far away."""
    top = _top_of(sight, sight.column.pieces.at(offset))
    if top is None:
        return None
    line = sight.column.get(sight.column.pieces.at(offset)).line_of(offset)
    return top + (line.top if is_top else line.bottom)


def _top_of(sight: Sight, piece: int) -> int | None:
    """Return the y coordinate of a fragment on the screen or near it, or None."""
    shown = sight.shown()
    first, last = shown[0], shown[-1]
    if first.piece - _NEAR <= piece < first.piece:
        return first.top - sum(sight.column.get(above).height for above in range(piece, first.piece))
    if last.piece <= piece <= last.piece + _NEAR:
        return last.top + sum(sight.column.get(above).height for above in range(last.piece, piece))
    entry = sight.find(piece)
    return None if entry is None else entry.top
