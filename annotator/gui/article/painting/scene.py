"""State of the visible article and its painting."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter

from annotator.core.span import Span
from annotator.gui.article.layout.column import Column
from annotator.gui.article.layout.page import Mark
from annotator.gui.article.layout.paragraph import Apart, Lit
from annotator.gui.article.layout.viewport import Shown, Sight
from annotator.gui.article.painting.search_highlights import Found
from annotator.gui.article.painting.sentence_marks import Marking, slots
from annotator.gui.article.painting.shapes import fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from PySide6.QtGui import QRegion

    from annotator.core.sentence import Sentence
    from annotator.gui.article.layout.geometry import Sheet
    from annotator.gui.article.layout.page import Page
    from annotator.gui.article.layout.typography import Faces
    from annotator.gui.theme.look import Look

_NO_MARK = Mark()
SPILL = 5  # pixels that outlines and signs reach beyond their lines


class Scene:
    """An article on its paper in a viewport; coordinates are those of the viewport."""

    def __init__(self, page: Page, *, look: Look, faces: Faces, sheet: Sheet, height: int) -> None:
        self.page = page
        self.look = look
        self.sheet = sheet
        self.column = Column(page, faces=faces, width=sheet.column_width)
        self.sight = Sight(self.column, height=height)
        self.marking = Marking(look, faces)
        self.current: Sentence | None = None
        self.selection: frozenset[Span] = frozenset()
        self.cut: int | None = None  # code point at which the word cursor stands
        self.found = Found()
        self.is_faded = False  # whether sentences without a label are faded

    def dress(self, look: Look, faces: Faces) -> None:
        """Use other colours and fonts."""
        self.look = look
        self.marking = Marking(look, faces)
        self.column.shape(faces, width=self.sheet.column_width)

    def shape(self, sheet: Sheet, *, height: int) -> bool:
        """Use another geometry and height, and return whether lines are broken anew."""
        is_new = sheet.column_width != self.sheet.column_width
        self.sheet = sheet
        if is_new:
            self.column.shape(self.column.faces, width=sheet.column_width)
        self.sight.resize(height)
        return is_new

    def offset_at(self, point: QPointF) -> int | None:
        """Return the code point at, or nearest to, a point on the paper; None beside the paper."""
        if not self.sheet.left <= point.x() <= self.sheet.right:
            return None
        return self.sight.offset_at(point - QPointF(self.sheet.column, 0))

    def lines(self, span: Span) -> list[QRect]:
        """Return the bands of the paper to repaint for `span`: its lines, one band for each visible fragment."""
        result: list[QRect] = []
        for entry in self.sight.shown():
            # Compared first: to find lines costs a translation of offsets, and most pieces show none of the span.
            reach = entry.laid.first_and_last(span) if span.is_overlapping(entry.laid.span) else None
            if reach is not None:
                top = entry.top + entry.laid.lines[reach[0]].top
                bottom = entry.top + entry.laid.lines[reach[1]].bottom
                result.append(self._band(round(top), round(bottom)))
        return result

    def blocks(self, span: Span) -> list[QRect]:
        """Return the bands of whole fragments that overlap `span`, to repaint where sentences are divided anew."""
        return [
            self._band(entry.top, entry.top + entry.laid.height)
            for entry in self.sight.shown()
            if span.is_overlapping(entry.laid.span)
        ]

    def caret(self, offset: int) -> QRectF | None:
        """Return a box 1 pixel wide and as high as the font at the left of `offset`; None if it is not visible."""
        entry = self.sight.find(self.column.pieces.at(offset))
        if entry is None:
            return None
        line, setting = entry.laid.line_of(offset), entry.laid.setting
        left = self.sheet.column + entry.laid.x_of(min(offset, entry.laid.span.end))
        high = min(setting.font_height, line.bottom - line.top)
        return QRectF(left, entry.top + (line.top + line.bottom - high) / 2, 1.0, high)

    def box(self, offset: int) -> QRect | None:
        """Return the box of the code point at `offset`, or None if it is not visible."""
        entry = self.sight.find(self.column.pieces.at(offset))
        boxes = entry.laid.boxes(Span(offset, offset + 1)) if entry else []
        return boxes[0].translated(self.sheet.column, entry.top).toAlignedRect() if entry and boxes else None

    def paint(self, painter: QPainter, region: QRegion, *, size: QRect) -> None:
        """Paint the part of the article in `region`."""
        sheet, look = self.sheet, self.look
        box = region.boundingRect()
        fill(painter, box, QColor(look.desk))
        fill(painter, QRect(sheet.left, box.top(), sheet.width, box.height()), QColor(look.paper))
        if sheet.width < size.width():
            for edge in (sheet.left - 1, sheet.right):
                fill(painter, QRect(edge, box.top(), 1, box.height()), QColor(look.rule))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        touched: list[tuple[Shown, QRect]] = []
        for entry in self.sight.shown():
            band = self._band(entry.top, entry.top + entry.laid.height)
            if region.intersects(band):
                touched.append((entry, region.intersected(band).boundingRect()))
        for entry, clip in touched:
            self._paint(painter, entry, clip=clip)
        for entry, _ in touched:  # last, since the outline reaches into the fragments above and below
            self._paint_current(painter, entry)

    def _band(self, top: int, bottom: int) -> QRect:
        return QRect(QPoint(self.sheet.left, top - SPILL), QPoint(self.sheet.right, bottom + SPILL))

    def _paint(self, painter: QPainter, entry: Shown, *, clip: QRect) -> None:
        """Paint a fragment: backgrounds, text and signs in the margin."""
        at = QPointF(self.sheet.column, entry.top)
        top, bottom = clip.top() - entry.top, clip.bottom() + 1 - entry.top
        marked: list[tuple[Span, Mark]] = []
        painter.translate(at)
        for sentence in self._sentences(entry):
            mark = self.page.mark(sentence)
            if mark != _NO_MARK:
                marked.append((sentence.span, mark))
            ground = self._ground(sentence.span, mark)
            if ground and entry.laid.is_between(sentence.span, top=top - SPILL, bottom=bottom + SPILL):
                self.marking.ground(painter, entry.laid, sentence.span, colour=ground)
        if self.cut is not None and self.current is not None:
            rest = Span(self.cut, self.current.span.end)
            self.marking.ground(painter, entry.laid, rest, colour=self.look.selection)
        found = self.found.paint(painter, entry.laid, look=self.look, top=top, bottom=bottom)
        apart = self._apart(marked) if self.is_faded else None
        lit = Lit(QColor(self.look.ink), found) if found else None
        entry.laid.draw(painter, QPointF(0, 0), clip=QRectF(clip).translated(-at), apart=apart, lit=lit)
        painter.translate(-at.x(), 0)
        for (_, mark), slot in zip(marked, slots(entry.laid, [span for span, _ in marked]), strict=True):
            if slot is not None and slot.bottom >= top - SPILL and slot.top <= bottom + SPILL:
                self.marking.signs(painter, slot, mark=mark, sheet=self.sheet)
        painter.translate(0, -at.y())

    def _apart(self, marked: Iterable[tuple[Span, Mark]]) -> Apart:
        """Return the ink of faded text and the spans that keep theirs: tagged, selected and current sentences."""
        kept = {span for span, mark in marked if mark.labels} | self.selection
        return Apart(QColor(self.look.faded_ink), [*kept, *([self.current.span] if self.current else [])])

    def _ground(self, span: Span, mark: Mark) -> str:
        """Return the background of a sentence: the selection's, else its first label's, else an empty string."""
        if span in self.selection:
            return self.look.selection
        return self.look.label(mark.labels[0]).ground if mark.labels else ""

    def _paint_current(self, painter: QPainter, entry: Shown) -> None:
        """Paint the outline of the current sentence, and the word cursor while a split is chosen."""
        if self.current is None or not self.current.span.is_overlapping(entry.laid.span):
            return
        at = QPointF(self.sheet.column, entry.top)
        painter.translate(at)
        self.marking.around(painter, entry.laid, self.current.span)
        painter.translate(-at)
        if self.cut is not None and entry.laid.span.has_offset(self.cut):
            box = self.caret(self.cut)
            if box is not None:
                self.marking.caret(painter, box.translated(-0.14 * self.column.faces.em, 0))

    def _sentences(self, entry: Shown) -> Iterator[Sentence]:
        """Yield the sentences that overlap the fragment."""
        sentences: Sequence[Sentence] = self.page.sentences(self.column.pieces.block(entry.piece))
        start, end = entry.laid.span
        nth = bisect_left(sentences, start + 1, key=_end)
        while nth < len(sentences) and sentences[nth].span.start < end:
            yield sentences[nth]
            nth += 1


def _end(sentence: Sentence) -> int:
    return sentence.span.end
