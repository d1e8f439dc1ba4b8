"""State of the visible article and its painting."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter

from annotator.core.span import Span
from annotator.gui.article.layout.column import Column
from annotator.gui.article.layout.page import SentenceMark
from annotator.gui.article.layout.paragraph import Fade, Highlight
from annotator.gui.article.layout.viewport import Viewport, VisibleFragment
from annotator.gui.article.painting.search_highlights import SearchHighlights
from annotator.gui.article.painting.sentence_marks import MarkPainter, compute_margin_slots
from annotator.gui.article.painting.shapes import fill_rect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from PySide6.QtGui import QRegion

    from annotator.core.sentence import Sentence
    from annotator.gui.article.layout.geometry import Geometry
    from annotator.gui.article.layout.page import Page
    from annotator.gui.article.layout.typography import Typography
    from annotator.gui.theme.look import ArticleStyle

_NO_MARK = SentenceMark()
SPILL = 5  # pixels that outlines and signs reach beyond their lines


class Scene:
    """An article on its paper in a viewport; coordinates are those of the viewport."""

    def __init__(self, page: Page, *, look: ArticleStyle, faces: Typography, sheet: Geometry, height: int) -> None:
        self.page = page
        self.style = look
        self.geometry = sheet
        self.column = Column(page, faces=faces, width=sheet.column_width)
        self.viewport = Viewport(self.column, height=height)
        self.mark_painter = MarkPainter(look, faces)
        self.current: Sentence | None = None
        self.selection: frozenset[Span] = frozenset()
        self.split_offset: int | None = None  # code point at which the word cursor stands
        self.search_highlights = SearchHighlights()
        self.is_faded = False  # whether sentences without a label are faded

    def apply_style(self, look: ArticleStyle, faces: Typography) -> None:
        """Use other colours and fonts."""
        self.style = look
        self.mark_painter = MarkPainter(look, faces)
        self.column.reset(faces, width=self.geometry.column_width)

    def set_geometry(self, sheet: Geometry, *, height: int) -> bool:
        """Use another geometry and height, and return whether lines are broken anew."""
        is_new = sheet.column_width != self.geometry.column_width
        self.geometry = sheet
        if is_new:
            self.column.reset(self.column.typography, width=sheet.column_width)
        self.viewport.resize(height)
        return is_new

    def offset_at(self, point: QPointF) -> int | None:
        """Return the code point at, or nearest to, a point on the paper; None beside the paper."""
        if not self.geometry.left <= point.x() <= self.geometry.right:
            return None
        return self.viewport.offset_at(point - QPointF(self.geometry.column, 0))

    def line_bands(self, span: Span) -> list[QRect]:
        """Return the bands of the paper to repaint for `span`: its lines, one band for each visible fragment."""
        result: list[QRect] = []
        for entry in self.viewport.visible():
            # Compared first: to find lines costs a translation of offsets, and most pieces show none of the span.
            reach = entry.layout.line_range(span) if span.is_overlapping(entry.layout.span) else None
            if reach is not None:
                top = entry.top + entry.layout.lines[reach[0]].top
                bottom = entry.top + entry.layout.lines[reach[1]].bottom
                result.append(self._band(round(top), round(bottom)))
        return result

    def fragment_bands(self, span: Span) -> list[QRect]:
        """Return the bands of whole fragments that overlap `span`, to repaint where sentences are divided anew."""
        return [
            self._band(entry.top, entry.top + entry.layout.height)
            for entry in self.viewport.visible()
            if span.is_overlapping(entry.layout.span)
        ]

    def caret_rect(self, offset: int) -> QRectF | None:
        """Return a box 1 pixel wide and as high as the font at the left of `offset`; None if it is not visible."""
        entry = self.viewport.find_visible(self.column.fragments.find_at(offset))
        if entry is None:
            return None
        line, setting = entry.layout.line_at(offset), entry.layout.setting
        left = self.geometry.column + entry.layout.x_at(min(offset, entry.layout.span.end))
        high = min(setting.font_height, line.bottom - line.top)
        return QRectF(left, entry.top + (line.top + line.bottom - high) / 2, 1.0, high)

    def character_rect(self, offset: int) -> QRect | None:
        """Return the box of the code point at `offset`, or None if it is not visible."""
        entry = self.viewport.find_visible(self.column.fragments.find_at(offset))
        boxes = entry.layout.boxes(Span(offset, offset + 1)) if entry else []
        return boxes[0].translated(self.geometry.column, entry.top).toAlignedRect() if entry and boxes else None

    def paint(self, painter: QPainter, region: QRegion, *, size: QRect) -> None:
        """Paint the part of the article in `region`."""
        sheet, look = self.geometry, self.style
        box = region.boundingRect()
        fill_rect(painter, box, QColor(look.backdrop))
        fill_rect(painter, QRect(sheet.left, box.top(), sheet.width, box.height()), QColor(look.paper))
        if sheet.width < size.width():
            for edge in (sheet.left - 1, sheet.right):
                fill_rect(painter, QRect(edge, box.top(), 1, box.height()), QColor(look.hairline))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        touched: list[tuple[VisibleFragment, QRect]] = []
        for entry in self.viewport.visible():
            band = self._band(entry.top, entry.top + entry.layout.height)
            if region.intersects(band):
                touched.append((entry, region.intersected(band).boundingRect()))
        for entry, clip in touched:
            self._paint_fragment(painter, entry, clip=clip)
        for entry, _ in touched:  # last, since the outline reaches into the fragments above and below
            self._paint_current(painter, entry)

    def _band(self, top: int, bottom: int) -> QRect:
        return QRect(QPoint(self.geometry.left, top - SPILL), QPoint(self.geometry.right, bottom + SPILL))

    def _paint_fragment(self, painter: QPainter, entry: VisibleFragment, *, clip: QRect) -> None:
        """Paint a fragment: backgrounds, text and signs in the margin."""
        at = QPointF(self.geometry.column, entry.top)
        top, bottom = clip.top() - entry.top, clip.bottom() + 1 - entry.top
        marked: list[tuple[Span, SentenceMark]] = []
        painter.translate(at)
        for sentence in self._sentences(entry):
            mark = self.page.mark(sentence)
            if mark != _NO_MARK:
                marked.append((sentence.span, mark))
            ground = self._background_colour(sentence.span, mark)
            if ground and entry.layout.is_within(sentence.span, top=top - SPILL, bottom=bottom + SPILL):
                self.mark_painter.paint_background(painter, entry.layout, sentence.span, colour=ground)
        if self.split_offset is not None and self.current is not None:
            rest = Span(self.split_offset, self.current.span.end)
            self.mark_painter.paint_background(painter, entry.layout, rest, colour=self.style.selection)
        found = self.search_highlights.paint(painter, entry.layout, look=self.style, top=top, bottom=bottom)
        apart = self._make_fade(marked) if self.is_faded else None
        lit = Highlight(QColor(self.style.ink), found) if found else None
        entry.layout.draw(painter, QPointF(0, 0), clip=QRectF(clip).translated(-at), apart=apart, lit=lit)
        painter.translate(-at.x(), 0)
        for (_, mark), slot in zip(
            marked, compute_margin_slots(entry.layout, [span for span, _ in marked]), strict=True
        ):
            if slot is not None and slot.bottom >= top - SPILL and slot.top <= bottom + SPILL:
                self.mark_painter.paint_margin(painter, slot, mark=mark, sheet=self.geometry)
        painter.translate(0, -at.y())

    def _make_fade(self, marked: Iterable[tuple[Span, SentenceMark]]) -> Fade:
        """Return the ink of faded text and the spans that keep theirs: tagged, selected and current sentences."""
        kept = {span for span, mark in marked if mark.labels} | self.selection
        return Fade(QColor(self.style.faded_ink), [*kept, *([self.current.span] if self.current else [])])

    def _background_colour(self, span: Span, mark: SentenceMark) -> str:
        """Return the background of a sentence: the selection's, else its first label's, else an empty string."""
        if span in self.selection:
            return self.style.selection
        return self.style.label_style(mark.labels[0]).background if mark.labels else ""

    def _paint_current(self, painter: QPainter, entry: VisibleFragment) -> None:
        """Paint the outline of the current sentence, and the word cursor while a split is chosen."""
        if self.current is None or not self.current.span.is_overlapping(entry.layout.span):
            return
        at = QPointF(self.geometry.column, entry.top)
        painter.translate(at)
        self.mark_painter.paint_outline(painter, entry.layout, self.current.span)
        painter.translate(-at)
        if self.split_offset is not None and entry.layout.span.has_offset(self.split_offset):
            box = self.caret_rect(self.split_offset)
            if box is not None:
                self.mark_painter.paint_caret(painter, box.translated(-0.14 * self.column.typography.em, 0))

    def _sentences(self, entry: VisibleFragment) -> Iterator[Sentence]:
        """Yield the sentences that overlap the fragment."""
        sentences: Sequence[Sentence] = self.page.sentences(self.column.fragments.block(entry.fragment))
        start, end = entry.layout.span
        nth = bisect_left(sentences, start + 1, key=_end)
        while nth < len(sentences) and sentences[nth].span.start < end:
            yield sentences[nth]
            nth += 1


def _end(sentence: Sentence) -> int:
    return sentence.span.end
