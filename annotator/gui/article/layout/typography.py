"""Fonts, sizes and spacing of each kind of block, derived from one base size.

The proportions follow those of newspapers and reading apps: lines of about 70 characters, leading of 1.55, headings
closer to the text below than to the text above.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QColor, QFont, QFontMetricsF

from annotator.core.document import BlockKind

if TYPE_CHECKING:
    from annotator.gui.theme.look import ArticleStyle

_MEASURE = 70  # characters in a line
# A typical sentence: its average character width decides how wide the column is.
_SAMPLE = "Đến năm 2030, tỷ trọng kinh tế số trong tổng sản phẩm của tỉnh đạt trên 30 phần trăm, theo báo cáo."


class _Proportions(NamedTuple):
    """Proportions of a kind of block in multiples of the base size; `leading` in multiples of its own size."""

    size: float = 1.0
    weight: QFont.Weight = QFont.Weight.Normal
    leading: float = 1.55
    before: float = 0.0
    after: float = 0.78
    among: float | None = None  # between two blocks of this kind, where it is less than before and after
    indent: float = 0.0
    ink: str = "ink"
    is_italic: bool = False
    is_heading: bool = False
    is_right: bool = False


_PROPORTIONS = {
    BlockKind.TITLE: _Proportions(1.85, QFont.Weight.Bold, 1.27, before=0.4, after=0.85, is_heading=True),
    BlockKind.LEAD: _Proportions(1.1, QFont.Weight.DemiBold, 1.5, before=0.3, after=1.15),
    BlockKind.HEADING: _Proportions(1.24, QFont.Weight.Bold, 1.32, before=1.5, after=0.5, is_heading=True),
    BlockKind.PARAGRAPH: _Proportions(),
    BlockKind.ITEM: _Proportions(among=0.42, indent=1.3),
    BlockKind.CAPTION: _Proportions(
        0.86, leading=1.42, before=0.7, after=1.2, among=0.15, ink="muted_ink", is_italic=True
    ),
    BlockKind.BYLINE: _Proportions(0.94, QFont.Weight.DemiBold, 1.45, before=0.4, after=0.9, is_right=True),
    BlockKind.BOILERPLATE: _Proportions(0.86, leading=1.45, before=0.6, after=0.6, among=0.3, ink="faint_ink"),
}


@dataclass(frozen=True, slots=True)
class BlockStyle:
    """Font and spacing of a kind of block, in pixels.

    `line_pitch` is the distance of baselines, `baseline` the distance from the top of a line to its baseline.
    `font_height` is ascent plus descent, which is less than the pitch.
    """

    font: QFont
    ink: QColor
    line_pitch: int
    baseline: float
    font_height: float
    space_before: int
    space_after: int
    space_between: int
    indent: int
    is_right_aligned: bool
    has_hanging_indent: bool
    is_balanced: bool


class Typography:
    """Block styles of all kinds for one look and one zoom."""

    def __init__(self, look: ArticleStyle, *, zoom: float, dots_per_inch: float) -> None:
        """Measure the body font of `look` at `zoom`; other fonts are loaded when they are first used."""
        self.point_size = look.point_size * zoom
        self.em = self.point_size * dots_per_inch / 72
        self._look = look
        self._by_kind: dict[BlockKind, BlockStyle] = {}
        metrics = QFontMetricsF(self[BlockKind.PARAGRAPH].font)
        self.average_char_width = metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE)
        self.line_width = round(self.average_char_width * _MEASURE)
        self.tight_space = round(0.15 * self.em)

    def __getitem__(self, kind: BlockKind) -> BlockStyle:
        found = self._by_kind.get(kind)
        if found is None:  # measuring a font loads it, so each is measured when its kind first occurs
            found = self._by_kind[kind] = self._make_style(self._look, shape=_PROPORTIONS[kind])
        return found

    def _make_style(self, look: ArticleStyle, *, shape: _Proportions) -> BlockStyle:
        font = QFont(list(look.heading_fonts if shape.is_heading else look.fonts))
        font.setPointSizeF(max(1.0, self.point_size * shape.size))
        font.setWeight(shape.weight)
        font.setItalic(shape.is_italic)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        metrics = QFontMetricsF(font)
        pitch = max(1, round(self.em * shape.size * shape.leading))
        return BlockStyle(
            font=font,
            ink=QColor(getattr(look, shape.ink)),
            line_pitch=pitch,
            baseline=round((pitch - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()),
            font_height=metrics.ascent() + metrics.descent(),
            space_before=round(self.em * shape.before),
            space_after=round(self.em * shape.after),
            space_between=round(self.em * (max(shape.before, shape.after) if shape.among is None else shape.among)),
            indent=round(self.em * shape.indent),
            is_right_aligned=shape.is_right,
            has_hanging_indent=shape.indent > 0,
            is_balanced=shape.is_heading,
        )
