"""Words that were found, and how they are painted. It must not know who looks for them.

The one that the person is at has a stronger ground and an outline; all have a line below, so that colour is not the
only sign.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPen

from annotator.gui.article.painting.shapes import fill

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QPainter

    from annotator.core.span import Span
    from annotator.gui.article.layout.paragraph import Laid
    from annotator.gui.theme.look import Look

_ASIDE = 1.0  # pixels that a ground is wider than its words


class Found(NamedTuple):
    """Stretches of the article in order, none overlapping another, and the one of them that the person is at."""

    spans: Sequence[Span] = ()
    current: Span | None = None

    def touching(self, part: Span) -> Iterator[Span]:
        """Those that share text with ``part``."""
        nth = bisect_left(self.spans, part.start + 1, key=_end)
        while nth < len(self.spans) and self.spans[nth].start < part.end:
            yield self.spans[nth]
            nth += 1

    def paint(self, painter: QPainter, laid: Laid, *, look: Look, top: float, bottom: float) -> list[Span]:
        """Paint what lies under the words in ``laid`` between two of its heights; give those words."""
        seen: list[Span] = []
        if not self.spans:
            return seen
        for span in self.touching(laid.span):
            if laid.is_between(span, top=top, bottom=bottom):
                seen.append(span)
                self._paint(painter, laid, span, look=look)
        return seen

    def _paint(self, painter: QPainter, laid: Laid, span: Span, *, look: Look) -> None:
        is_current = span == self.current
        ground, line = QColor(look.match_current if is_current else look.match), QColor(look.muted_ink)
        for box in laid.boxes(span):
            spare = max(0.0, (box.height() - laid.setting.font_height) / 2)
            area = box.adjusted(-_ASIDE, spare, _ASIDE, -spare)
            fill(painter, area, ground)
            if is_current:
                painter.setPen(QPen(QColor(look.ink), 1.2 * look.weight))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(area)
            else:
                fill(painter, QRectF(area.left(), area.bottom() - 1, area.width(), look.weight), line)


def _end(span: Span) -> int:
    return span.end
