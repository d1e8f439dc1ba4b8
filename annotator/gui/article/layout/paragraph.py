"""A text fragment laid out in lines, with the positions of its characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextCharFormat, QTextLayout, QTextLine, QTextOption

from annotator.core.span import Span
from annotator.gui.article.layout.utf16 import Utf16Map
from annotator.gui.article.layout.visible_characters import has_right_to_left_text, make_visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor, QPainter, QPainterPath

    from annotator.gui.article.layout.typography import BlockStyle

# Bullets and short numbers or letters with a following space: "- ", "1. ", "(2) ", "a) ", "IV. ".
_BULLET = re.compile(r"(?:[-–—•●▪◦*+·]|\(?[0-9]{1,3}[.)]|\(?[a-zA-ZđĐ][.)]|[IVX]{1,5}[.)])[ \t\u00a0]+(?=\S)")

_MAX_BALANCED_LINES = 6  # each step of the bisection breaks all lines again
_BALANCE_TOLERANCE = 8.0  # pixels at which the bisection stops


class Line(NamedTuple):
    """A line in the fragment's coordinates; `start` and `end` are UTF-16 positions, `text` is Qt's line."""

    start: int
    end: int
    top: float
    bottom: float
    left: float
    right: float
    text: QTextLine


class Fade(NamedTuple):
    """An ink for the whole text except `spans`."""

    ink: QColor
    spans: Sequence[Span]


class Highlight(NamedTuple):
    """An ink for `spans`, with priority over all other inks."""

    ink: QColor
    spans: Sequence[Span]


class ParagraphLayout:
    """Layout of a fragment: its lines, its height including the space above, in logical pixels."""

    def __init__(self, text: str, span: Span, *, setting: BlockStyle, width: float, above: int) -> None:
        """Lay out `span` of `text` in lines of `width`, starting `above` pixels from the top."""
        self.span = span
        self.setting = setting
        piece = text[span.start : span.end]
        self.shape_cache: dict[tuple[Span, float], QPainterPath] = {}  # outlines around spans, by span and margin
        self._utf16_map = Utf16Map(piece)
        self._is_bidi = has_right_to_left_text(piece)
        self._layout = QTextLayout(make_visible(piece), setting.font)
        self._layout.setCacheEnabled(True)
        self._layout.setTextOption(_make_text_option(setting))
        bullet = _BULLET.match(piece) if setting.has_hanging_indent else None
        self._bullet_length = bullet.end() if bullet else 0
        self.lines = self._break_lines(width, above=above)
        if setting.is_balanced and 1 < len(self.lines) <= _MAX_BALANCED_LINES:
            self.lines = self._break_lines(self._balanced_width(width, above=above), above=above)
        self._starts = [line.start for line in self.lines]
        self.height = round(self.lines[-1].bottom)

    def draw(
        self, painter: QPainter, at: QPointF, *, clip: QRectF, apart: Fade | None = None, lit: Highlight | None = None
    ) -> None:
        """Draw the text with its top left corner at `at`; lines outside `clip` may be left out.

        With `apart`, everything but its spans is drawn in its ink; the spans of `lit` are always drawn in theirs.
        """
        own: list[QTextLayout.FormatRange] = []
        for start, end in (self._to_utf16_range(span) for span in (apart.spans if apart else ())):
            if start < end:
                own.append(_make_format_range(start, end - start, self.setting.ink))
        if lit is not None and (apart is not None or lit.ink != self.setting.ink):
            for start, end in map(self._to_utf16_range, lit.spans):
                own.append(_make_format_range(start, end - start, lit.ink))
        painter.setPen(apart.ink if apart else self.setting.ink)
        self._layout.draw(painter, at, own, clip)

    def line_range(self, span: Span) -> tuple[int, int] | None:
        """Return the numbers of the first and last line of `span`, or None if it is not in this fragment."""
        start, end = self._to_utf16_range(span)
        if start >= end:
            return None
        return self._line_index(start), self._line_index(end - 1)

    def is_within(self, span: Span, *, top: float, bottom: float) -> bool:
        """Return whether a line of `span` reaches between two heights of the fragment."""
        reach = self.line_range(span)
        return reach is not None and self.lines[reach[0]].top < bottom and self.lines[reach[1]].bottom > top

    def boxes(self, span: Span) -> list[QRectF]:
        """Return the boxes around `span`, line by line, as high as the lines; several a line in mixed scripts."""
        start, end = self._to_utf16_range(span)
        if start >= end:
            return []
        boxes: list[QRectF] = []
        for line in self.lines[self._line_index(start) : self._line_index(end - 1) + 1]:
            for left, right in self._extents(line, max(start, line.start), min(end, line.end)):
                boxes.append(QRectF(left, line.top, right - left, line.bottom - line.top))
        return boxes

    def offset_at(self, point: QPointF) -> int:
        """Return the code point (of the whole text) at, or nearest to, `point`."""
        number = bisect_right([line.top for line in self.lines], point.y()) - 1
        line = self.lines[max(0, number)]
        position = line.text.xToCursor(point.x(), QTextLine.CursorPosition.CursorOnCharacter)
        position = max(line.start, min(position, line.end - 1))
        return min(self.span.start + self._utf16_map.to_code_points(position), self.span.end - 1)

    def line_at(self, offset: int) -> Line:
        """Return the line with the code point at `offset`."""
        return self.lines[
            self._line_index(self._utf16_map.to_utf16(max(0, min(offset, self.span.end) - self.span.start)))
        ]

    def line_span(self, line: Line) -> Span:
        """Return the span of the whole text on `line`."""
        start, end = self._utf16_map.to_code_points(line.start), self._utf16_map.to_code_points(line.end)
        return Span(self.span.start + start, self.span.start + end)

    def x_at(self, offset: int) -> float:
        """Return the left edge of the code point at `offset`."""
        position = self._utf16_map.to_utf16(offset - self.span.start)
        return _cursor_x(self.lines[self._line_index(position)].text, position)

    def _to_utf16_range(self, span: Span) -> tuple[int, int]:
        start = max(span.start, self.span.start) - self.span.start
        end = min(span.end, self.span.end) - self.span.start
        return self._utf16_map.to_utf16(start), self._utf16_map.to_utf16(end)

    def _line_index(self, position: int) -> int:
        return max(0, bisect_right(self._starts, position) - 1)

    def _extents(self, line: Line, start: int, end: int) -> list[tuple[float, float]]:
        """Return the horizontal extents of the positions from `start` to `end` on a line, from left to right."""
        if start >= end:
            return []
        if self._is_bidi:  # a range in logical order may be several runs on the screen
            return _join_extents(
                [
                    (box.left(), box.right())
                    for box in (run.boundingRect() for run in line.text.glyphRuns(start, end - start))
                ]
            )
        left = line.left if start == line.start else _cursor_x(line.text, start)
        right = line.right if end == line.end else min(_cursor_x(line.text, end), line.right)
        return [(left, right)] if left < right else []

    def _balanced_width(self, width: float, *, above: int) -> float:
        """Return the smallest width that needs no more lines than `width`, to avoid a last line of one word."""
        count, least, most = len(self.lines), width / 2, width
        while most - least > _BALANCE_TOLERANCE:
            middle = (least + most) / 2
            if len(self._break_lines(middle, above=above)) > count:
                least = middle
            else:
                most = middle
        return most

    def _break_lines(self, width: float, *, above: int) -> list[Line]:
        lines: list[Line] = []
        setting, layout = self.setting, self._layout
        indent, hang = float(setting.indent), 0.0
        top = float(above)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            left = indent + hang
            line.setLineWidth(max(1.0, width - left))
            if not lines and self._bullet_length:
                hang = _cursor_x(line, self._bullet_length)
            ascent = line.ascent()
            pitch = max(setting.line_pitch, round(line.height()))
            rise = setting.baseline if pitch == setting.line_pitch else (pitch - line.height()) / 2 + ascent
            line.setPosition(QPointF(left, top + rise - ascent))
            start = line.textStart()
            used = line.naturalTextRect()
            lines.append(Line(start, start + line.textLength(), top, top + pitch, used.left(), used.right(), line))
            top += pitch
        layout.endLayout()
        return lines


def _make_format_range(start: int, length: int, ink: QColor) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = start, length
    form = QTextCharFormat()
    form.setForeground(ink)
    made.format = form
    return made


def _make_text_option(setting: BlockStyle) -> QTextOption:
    option = QTextOption(Qt.AlignmentFlag.AlignRight if setting.is_right_aligned else Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTabStopDistance(setting.font_height * 2)
    return option


def _cursor_x(line: QTextLine, position: int) -> float:
    # The stubs declare a float, the binding returns a tuple of x and the position that it settled on.
    place: object = line.cursorToX(position)
    return float(place[0] if isinstance(place, tuple) else place)  # type: ignore[arg-type]


def _join_extents(reaches: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return `reaches` sorted, with touching ones merged."""
    result: list[tuple[float, float]] = []
    for left, right in sorted(reaches):
        if result and left <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(result[-1][1], right))
        elif left < right:
            result.append((left, right))
    return result
