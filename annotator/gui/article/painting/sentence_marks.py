"""Painting of sentence marks: backgrounds, outlines and the signs in the margin."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainterPath, QPen

from annotator.gui.article.painting.shapes import make_outline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from annotator.core.span import Span
    from annotator.gui.article.layout.geometry import Geometry
    from annotator.gui.article.layout.page import SentenceMark
    from annotator.gui.article.layout.paragraph import ParagraphLayout
    from annotator.gui.article.layout.typography import Typography
    from annotator.gui.theme.look import ArticleStyle, LabelStyle

_BACKGROUND_ACROSS, _BACKGROUND_ALONG = 1.8, -1.0  # pixels by which a background is larger than the boxes of its text
_OUTLINE_ACROSS, _OUTLINE_ALONG = 3.2, 0.5
_SHAPE_CACHE_SIZE = 64  # outlines in the cache of a fragment
_LETTER, _NOTE, _BUBBLE = 0.72, 1.15, 0.85  # widths in em


class MarginSlot(NamedTuple):
    """A sentence's part of the margin, in fragment coordinates; `first_line_bottom` ends its share of one line."""

    top: float
    bottom: float
    first_line_bottom: float


class MarkPainter:
    """Painter of marks, with pens and sizes for one look and one zoom."""

    def __init__(self, look: ArticleStyle, faces: Typography) -> None:
        self._look = look
        self._em = em = faces.em
        self._radius = 0.26 * em
        self._accent = QPen(QColor(look.accent), max(1.6, 0.1 * em) * look.line_weight)
        self._accent.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self._muted = QPen(QColor(look.muted_ink), max(1.2, 0.075 * em) * look.line_weight)
        self._muted.setCapStyle(Qt.PenCapStyle.RoundCap)
        self._letters = QFont(list(look.fonts))
        self._letters.setPointSizeF(max(1.0, faces.point_size * 0.66))
        self._letters.setBold(True)
        self._letter_metrics = QFontMetricsF(self._letters)
        self._letter_rise = self._letter_metrics.capHeight() / 2

    def paint_background(self, painter: QPainter, laid: ParagraphLayout, span: Span, *, colour: str) -> None:
        """Paint the background of a sentence."""
        painter.fillPath(
            self._outline_of(laid, span, across=_BACKGROUND_ACROSS, along=_BACKGROUND_ALONG), QColor(colour)
        )

    def paint_outline(self, painter: QPainter, laid: ParagraphLayout, span: Span) -> None:
        """Paint the outline of the current sentence."""
        painter.strokePath(self._outline_of(laid, span, across=_OUTLINE_ACROSS, along=_OUTLINE_ALONG), self._accent)

    def paint_caret(self, painter: QPainter, box: QRectF) -> None:
        """Paint the word cursor: a bar at the left of `box` with a wedge above and below."""
        wedge, x, half = 0.36 * self._em, box.left(), 0.07 * self._em
        painter.fillRect(QRectF(x - half, box.top(), 2 * half, box.height()), self._accent.color())
        for y, way in ((box.top() - 1, 1), (box.bottom() + 1, -1)):
            tip = QPainterPath(QPointF(x - wedge, y - way * wedge * 0.3))
            tip.lineTo(x + wedge, y - way * wedge * 0.3)
            tip.lineTo(x, y + way * wedge)
            tip.closeSubpath()
            painter.fillPath(tip, self._accent.color())

    def paint_margin(self, painter: QPainter, slot: MarginSlot, *, mark: SentenceMark, sheet: Geometry) -> None:
        """Paint a sentence's signs in the left margin: label bars and letters, *nothing here*, review, note."""
        edge = sheet.column - 0.75 * self._em
        if mark.labels:
            looks = [self._look.label_style(key) for key in mark.labels]
            edge = self._paint_bars(painter, slot, looks=looks, column=sheet.column, is_broken=mark.is_changed)
            wide = _NOTE * mark.has_note + _LETTER * mark.is_changed + _BUBBLE * mark.is_reviewed
            room = edge - sheet.left - wide * self._em
            edge = self._paint_letters(
                painter, slot, looks=looks[: max(1, int(room / (_LETTER * self._em)))], edge=edge
            )
        elif mark.is_nothing:
            middle = QPointF(edge - 0.2 * self._em, (slot.top + slot.first_line_bottom) / 2)
            half = QPointF(0.26 * self._em, 0)
            painter.strokePath(_line(middle - half, middle + half), self._muted)
            edge -= 0.6 * self._em
        if mark.is_changed:
            edge = self._paint_changed_sign(painter, slot, edge=edge)
        height, least = (slot.top + slot.first_line_bottom) / 2, sheet.left + 0.4 * self._em
        if mark.is_reviewed:
            edge = min(edge - 0.55 * self._em, sheet.column - 2.41 * self._em)  # aligned, with or without a letter
            is_tight = mark.has_note and edge - 0.85 * self._em < least  # then the note is placed below the bubble
            place = QPointF(max(least, edge), height - 0.36 * self._em * is_tight)
            self._paint_review_sign(painter, place, is_filled=mark.is_review_pending)
            edge = place.x() + 0.95 * self._em if is_tight else edge + 0.1 * self._em
            height += 0.4 * self._em * is_tight
        if mark.has_note:
            self._paint_note_sign(painter, QPointF(max(least, edge - 0.95 * self._em), height))

    def _outline_of(self, laid: ParagraphLayout, span: Span, *, across: float, along: float) -> QPainterPath:
        """Return the outline around a sentence, cached with the fragment's layout."""
        key = (span, across)
        path = laid.shape_cache.get(key)
        if path is None:
            path = make_outline(laid.boxes(span), radius=self._radius, across=across, along=along)
            if len(laid.shape_cache) >= _SHAPE_CACHE_SIZE:
                laid.shape_cache.clear()
            laid.shape_cache[key] = path
        return path

    def _paint_bars(
        self, painter: QPainter, slot: MarginSlot, *, looks: Sequence[LabelStyle], column: int, is_broken: bool
    ) -> float:
        """Paint a bar for each label, dashed if `is_broken`, and return the left edge of the signs."""
        wide = max(3.0, round(0.2 * self._look.line_weight * self._em))
        step = wide + max(2.0, round(0.12 * self._em))
        left = column - round(0.72 * self._em) - wide - step * (len(looks) - 1)
        for nth, look in enumerate(looks):
            bar = QRectF(left + nth * step, slot.top + 2, wide, slot.bottom - slot.top - 4)
            path = QPainterPath()
            for piece in self._dash(bar) if is_broken else (bar,):
                path.addRoundedRect(piece, wide / 2, wide / 2)
            painter.fillPath(path, QColor(look.colour))
        return left - 0.22 * self._em

    def _dash(self, bar: QRectF) -> list[QRectF]:
        """Return at least two dashes that make up a bar."""
        count = max(2, round(bar.height() / (0.7 * self._em)))
        pitch = bar.height() / count
        return [QRectF(bar.left(), bar.top() + nth * pitch, bar.width(), 0.6 * pitch) for nth in range(count)]

    def _paint_changed_sign(self, painter: QPainter, slot: MarginSlot, *, edge: float) -> float:
        """Paint the sign of a changed sentence at the left of `edge` and return its left edge."""
        painter.setFont(self._letters)
        painter.setPen(self._muted.color())
        left = edge - _LETTER * self._em
        painter.drawText(QPointF(left, (slot.top + slot.first_line_bottom) / 2 + self._letter_rise), "≈")
        return left

    def _paint_letters(self, painter: QPainter, slot: MarginSlot, *, looks: Sequence[LabelStyle], edge: float) -> float:
        """Paint the labels' letters at the left of `edge` and return the left edge of the first."""
        painter.setFont(self._letters)
        pitch = _LETTER * self._em
        base = (slot.top + slot.first_line_bottom) / 2 + self._letter_rise
        left = edge - pitch * len(looks)
        for nth, look in enumerate(looks):
            width = self._letter_metrics.horizontalAdvance(look.letter)
            painter.setPen(QColor(look.colour))
            painter.drawText(QPointF(left + nth * pitch + (pitch - width) / 2, base), look.letter)
        return left

    def _paint_review_sign(self, painter: QPainter, middle: QPointF, *, is_filled: bool) -> None:
        """Paint a speech bubble: filled while a review remark waits, outlined once it is decided."""
        wide, high, tip = 0.66 * self._em, 0.46 * self._em, 0.18 * self._em
        left, top, bottom = middle.x() - wide / 2, middle.y() - (high + tip) / 2, middle.y() + (high - tip) / 2
        round_ = QPainterPath()
        round_.addRoundedRect(QRectF(left, top, wide, high), 0.15 * self._em, 0.15 * self._em)
        tail = QPainterPath(QPointF(left + 0.16 * self._em, bottom - 0.04 * self._em))
        tail.lineTo(left + 0.2 * self._em, bottom + tip)
        tail.lineTo(left + 0.4 * self._em, bottom - 0.04 * self._em)
        tail.closeSubpath()
        bubble = round_.united(tail)
        if is_filled:
            painter.fillPath(bubble, self._accent.color())
        else:
            painter.strokePath(bubble, self._muted)

    def _paint_note_sign(self, painter: QPainter, middle: QPointF) -> None:
        """Paint the sign of a note: a sheet with a folded corner and two lines."""
        size, fold = 0.62 * self._em, 0.2 * self._em
        left, top = middle.x() - size * 0.42, middle.y() - size / 2
        right, bottom = middle.x() + size * 0.42, middle.y() + size / 2
        page = QPainterPath(QPointF(left, top))
        for x, y in ((right - fold, top), (right, top + fold), (right, bottom), (left, bottom), (left, top)):
            page.lineTo(x, y)
        for part in (0.5, 0.74):
            page.moveTo(left + size * 0.2, top + size * part)
            page.lineTo(right - size * 0.2, top + size * part)
        painter.strokePath(page, self._muted)


def compute_margin_slots(laid: ParagraphLayout, spans: Sequence[Span]) -> list[MarginSlot | None]:
    """Divide the margin among the sentences at `spans` (in order); sentences on the same line share its height."""
    reaches = [laid.line_range(span) for span in spans]
    on_line: dict[int, list[int]] = {}
    for nth, reach in enumerate(reaches):
        for line in {*reach} if reach else ():
            on_line.setdefault(line, []).append(nth)
    result: list[MarginSlot | None] = []
    for nth, reach in enumerate(reaches):
        if reach is None:
            result.append(None)
            continue
        top, line_end = _line_share(laid, reach[0], nth, on_line=on_line)
        bottom = _line_share(laid, reach[1], nth, on_line=on_line)[1]
        result.append(MarginSlot(top, bottom, line_end))
    return result


def _line_share(laid: ParagraphLayout, line: int, nth: int, *, on_line: dict[int, list[int]]) -> tuple[float, float]:
    """Return top and bottom of the part of a line's height that the sentence `nth` has."""
    sharers = on_line[line]
    top, bottom = laid.lines[line].top, laid.lines[line].bottom
    height = (bottom - top) / len(sharers)
    at = sharers.index(nth)
    return top + at * height, top + (at + 1) * height


def _line(start: QPointF, end: QPointF) -> QPainterPath:
    path = QPainterPath(start)
    path.lineTo(end)
    return path
