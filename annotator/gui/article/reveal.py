"""How far to scroll so that a sentence is well in sight. It must not know what scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.core.span import Span
    from annotator.gui.article.sight import Sight

_NEAR = 6  # pieces beyond the screen that are looked at
_EASE = 0.5  # of the margin may be entered before anything moves


def reveal(sight: Sight, span: Span, *, margin: float) -> int | None:
    """The pixels to scroll, 0 where ``span`` is well in sight already, None where it is far from what is shown.

    ``margin`` is the share of the window kept free above and below; half of it may be entered before the text moves.
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
    """Where the line with ``offset`` begins or ends in the window, or None where it is far away."""
    top = _top_of(sight, sight.column.pieces.at(offset))
    if top is None:
        return None
    line = sight.column.get(sight.column.pieces.at(offset)).line_of(offset)
    return top + (line.top if is_top else line.bottom)


def _top_of(sight: Sight, piece: int) -> int | None:
    """Where the top of a piece on the screen or near it is in the window."""
    shown = sight.shown()
    first, last = shown[0], shown[-1]
    if first.piece - _NEAR <= piece < first.piece:
        return first.top - sum(sight.column.get(above).height for above in range(piece, first.piece))
    if last.piece <= piece <= last.piece + _NEAR:
        return last.top + sum(sight.column.get(above).height for above in range(last.piece, piece))
    entry = sight.find(piece)
    return None if entry is None else entry.top
