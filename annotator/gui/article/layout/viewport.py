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
    from annotator.gui.article.layout.paragraph import ParagraphLayout


_PAD_ABOVE, _PAD_BELOW = 3.4, 5.0  # em


class VisibleFragment(NamedTuple):
    """A fragment on the screen: its number, its layout, and the y coordinate of its top in the viewport."""

    fragment: int
    layout: ParagraphLayout
    top: int


class Viewport:
    """A viewport of `height` logical pixels on a column."""

    def __init__(self, column: Column, *, height: int) -> None:
        self.column = column
        self._height = height
        self._first = 0
        self._hidden_above = 0
        self._visible: list[VisibleFragment] | None = None
        self.go_to_start()

    @property
    def height(self) -> int:
        """Height of the viewport."""
        return self._height

    @property
    def value(self) -> int:
        """Distance from the top of the column to the top of the viewport; estimated below unseen fragments."""
        return round(self._padding_top + self.column.heights.sum_before(self._first) + self._hidden_above)

    @property
    def maximum(self) -> int:
        """The greatest `value`."""
        return max(0, round(self._padding_top + self.column.heights.total + self._padding_bottom - self._height))

    def resize(self, height: int) -> None:
        """Set the height and keep the top."""
        self._height = height
        self._visible = None

    def visible(self) -> list[VisibleFragment]:
        """Return the visible fragments from top to bottom, laid out."""
        if self._visible is None:
            self._visible = self._arrange()
            lacking = self._height - (self._bottom() + self._padding_bottom)
            if lacking > 0 and not self._is_at_start():
                self._move_by(-lacking)
                self._visible = self._arrange()
        return self._visible

    def find_visible(self, piece: int) -> VisibleFragment | None:
        """Return a fragment with its place on the screen, or None if it is not visible."""
        shown = self.visible()
        at = piece - shown[0].fragment if shown else -1
        return shown[at] if 0 <= at < len(shown) else None

    def scroll_by(self, distance: int) -> int:
        """Scroll down by `distance` pixels (up if negative).

        Returns:
            The pixels by which the text moved up, or 0 where none of it is visible any more.
        """
        before = self.visible()
        self._move_by(distance)
        after = {entry.fragment: entry.top for entry in self.visible()}
        return next((entry.top - after[entry.fragment] for entry in before if entry.fragment in after), 0)

    def go_to(self, value: int) -> None:
        """Scroll to about `value` pixels from the top, by estimated heights."""
        heights = self.column.heights
        depth = max(0.0, value - self._padding_top)
        self._first = heights.find_index(depth)
        guessed = max(1.0, heights[self._first])
        share = min(1.0, (depth - heights.sum_before(self._first)) / guessed)
        self._hidden_above = round(share * self.column.get(self._first).height)
        self._move_by(0)

    def go_to_start(self) -> None:
        """Scroll to the start of the column."""
        self._first, self._hidden_above = 0, -self._padding_top
        self._visible = None

    def go_to_end(self) -> None:
        """Scroll to the end of the column."""
        self._first = len(self.column) - 1
        self._hidden_above = 0  # `visible` walks back until the column ends at the bottom
        self._visible = None

    def pin(self, offset: int, *, at: float) -> None:
        """Scroll so that the line with the code point at `offset` has its top at y coordinate `at`."""
        piece = self.column.fragments.find_at(offset)
        self._first = piece
        self._hidden_above = round(self.column.get(piece).line_at(offset).top - at)
        self._move_by(0)

    def top_of(self, offset: int) -> float | None:
        """Return the y coordinate of the top of the line with `offset`, or None if it is not visible."""
        entry = self.find_visible(self.column.fragments.find_at(offset))
        return None if entry is None else entry.top + entry.layout.line_at(offset).top

    def nearest_to(self, y: float) -> VisibleFragment | None:
        """Return the visible fragment at, or nearest to, the y coordinate `y`."""
        shown = self.visible()
        return next((entry for entry in shown if y < entry.top + entry.layout.height), shown[-1] if shown else None)

    def offset_at(self, point: QPointF) -> int | None:
        """Return the code point nearest to a point (x from the column's left edge), or None if there is none."""
        entry = self.nearest_to(point.y())
        return None if entry is None else entry.layout.offset_at(QPointF(point.x(), point.y() - entry.top))

    @property
    def _padding_top(self) -> int:
        return round(_PAD_ABOVE * self.column.typography.em)

    @property
    def _padding_bottom(self) -> int:
        return round(_PAD_BELOW * self.column.typography.em)

    def _is_at_start(self) -> bool:
        return self._first == 0 and self._hidden_above <= -self._padding_top

    def _bottom(self) -> int:
        """Return the y coordinate at which the column ends, at most the height of the viewport."""
        shown = self._visible
        if not shown or shown[-1].fragment < len(self.column) - 1:
            return self._height
        return shown[-1].top + shown[-1].layout.height

    def _arrange(self) -> list[VisibleFragment]:
        result: list[VisibleFragment] = []
        top, piece = -self._hidden_above, self._first
        while piece < len(self.column) and (top < self._height or not result):
            laid = self.column.get(piece)
            result.append(VisibleFragment(piece, laid, top))
            top += laid.height
            piece += 1
        return result

    def _move_by(self, distance: int) -> None:
        """Move the top over exact heights, as far as the column reaches."""
        self._visible = None
        self._hidden_above += distance
        while self._hidden_above < 0 and self._first > 0:
            self._first -= 1
            self._hidden_above += self.column.get(self._first).height
        if self._first == 0:
            self._hidden_above = max(self._hidden_above, -self._padding_top)
        while self._first < len(self.column) - 1 and self._hidden_above >= (
            height := self.column.get(self._first).height
        ):
            self._hidden_above -= height
            self._first += 1


_NEAR_FRAGMENTS = 6  # fragments beyond the screen that are laid out to measure the distance
_MARGIN_TOLERANCE = 0.5  # share of the margin that may be entered before the text moves


def distance_to_reveal(viewport: Viewport, span: Span, *, margin: float) -> int | None:
    """Return the pixels to scroll until `span` is visible, 0 if it is, or None if it is far away.

    `margin` is the share of the viewport kept free above and below; half of it may be entered before the text moves.
    """
    top, bottom = (
        _find_line_edge(viewport, span.start, is_top=True),
        _find_line_edge(viewport, span.end - 1, is_top=False),
    )
    if top is None:
        return None
    free, ease = viewport.height * margin, viewport.height * margin * _MARGIN_TOLERANCE
    if bottom is None or bottom - top > viewport.height - 2 * free:
        bottom = top
    if top < ease:
        return round(top - free)
    if bottom > viewport.height - ease:
        return round(min(bottom - (viewport.height - free), top - free))
    return 0


def _find_line_edge(viewport: Viewport, offset: int, *, is_top: bool) -> float | None:
    """Return the top or bottom of the line with `offset` in the viewport, or None if it is far away."""
    top = _find_top(viewport, viewport.column.fragments.find_at(offset))
    if top is None:
        return None
    line = viewport.column.get(viewport.column.fragments.find_at(offset)).line_at(offset)
    return top + (line.top if is_top else line.bottom)


def _find_top(viewport: Viewport, piece: int) -> int | None:
    """Return the y coordinate of a fragment on the screen or near it, or None."""
    shown = viewport.visible()
    first, last = shown[0], shown[-1]
    if first.fragment - _NEAR_FRAGMENTS <= piece < first.fragment:
        return first.top - sum(viewport.column.get(above).height for above in range(piece, first.fragment))
    if last.fragment <= piece <= last.fragment + _NEAR_FRAGMENTS:
        return last.top + sum(viewport.column.get(above).height for above in range(last.fragment, piece))
    entry = viewport.find_visible(piece)
    return None if entry is None else entry.top
