"""Painting of search matches.

The active match has a stronger background and an outline, the others are underlined: colour is not the only sign.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPen

from annotator.gui.article.painting.shapes import fill_rect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QPainter

    from annotator.core.span import Span
    from annotator.gui.article.layout.paragraph import ParagraphLayout
    from annotator.gui.theme.look import ArticleStyle

_PADDING = 1.0  # pixels by which a background is wider than its match


class SearchHighlights(NamedTuple):
    """Matches in the article, ordered and not overlapping, and the active one."""

    spans: Sequence[Span] = ()
    current: Span | None = None

    def overlapping(self, part: Span) -> Iterator[Span]:
        """Yield the matches that overlap `part`."""
        nth = bisect_left(self.spans, part.start + 1, key=_end)
        while nth < len(self.spans) and self.spans[nth].start < part.end:
            yield self.spans[nth]
            nth += 1

    def paint(
        self, painter: QPainter, laid: ParagraphLayout, *, look: ArticleStyle, top: float, bottom: float
    ) -> list[Span]:
        """Paint the backgrounds of the matches in `laid` between two of its heights and return those matches."""
        seen: list[Span] = []
        if not self.spans:
            return seen
        for span in self.overlapping(laid.span):
            if laid.is_within(span, top=top, bottom=bottom):
                seen.append(span)
                self._paint(painter, laid, span, look=look)
        return seen

    def _paint(self, painter: QPainter, laid: ParagraphLayout, span: Span, *, look: ArticleStyle) -> None:
        is_current = span == self.current
        ground, line = QColor(look.match_current if is_current else look.match), QColor(look.muted_ink)
        for box in laid.boxes(span):
            spare = max(0.0, (box.height() - laid.setting.font_height) / 2)
            area = box.adjusted(-_PADDING, spare, _PADDING, -spare)
            fill_rect(painter, area, ground)
            if is_current:
                painter.setPen(QPen(QColor(look.ink), 1.2 * look.line_weight))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(area)
            else:
                fill_rect(painter, QRectF(area.left(), area.bottom() - 1, area.width(), look.line_weight), line)


def _end(span: Span) -> int:
    return span.end
