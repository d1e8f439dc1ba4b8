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
    from annotator.gui.theme.look import Look

_MEASURE = 70  # characters in a line
# A typical sentence: its average character width decides how wide the column is.
_SAMPLE = "Đến năm 2030, tỷ trọng kinh tế số trong tổng sản phẩm của tỉnh đạt trên 30 phần trăm, theo báo cáo."


class _Proportion(NamedTuple):
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
    BlockKind.TITLE: _Proportion(1.85, QFont.Weight.Bold, 1.27, before=0.4, after=0.85, is_heading=True),
    BlockKind.LEAD: _Proportion(1.1, QFont.Weight.DemiBold, 1.5, before=0.3, after=1.15),
    BlockKind.HEADING: _Proportion(1.24, QFont.Weight.Bold, 1.32, before=1.5, after=0.5, is_heading=True),
    BlockKind.PARAGRAPH: _Proportion(),
    BlockKind.ITEM: _Proportion(among=0.42, indent=1.3),
    BlockKind.CAPTION: _Proportion(
        0.86, leading=1.42, before=0.7, after=1.2, among=0.15, ink="muted_ink", is_italic=True
    ),
    BlockKind.BYLINE: _Proportion(0.94, QFont.Weight.DemiBold, 1.45, before=0.4, after=0.9, is_right=True),
    BlockKind.BOILERPLATE: _Proportion(0.86, leading=1.45, before=0.6, after=0.6, among=0.3, ink="faint_ink"),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """Font and spacing of a kind of block, in pixels.

    `pitch` is the distance of baselines, `rise` the distance from the top of a line to its baseline. `font_height` is
    ascent plus descent, which is less than the pitch.
    """

    font: QFont
    ink: QColor
    pitch: int
    rise: float
    font_height: float
    before: int
    after: int
    among: int
    indent: int
    is_right: bool
    is_hanging: bool
    is_balanced: bool


class Faces:
    """Block styles of all kinds for one look and one zoom."""

    def __init__(self, look: Look, *, zoom: float, dots_per_inch: float) -> None:
        """Measure the body font of `look` at `zoom`; other fonts are loaded when they are first used."""
        self.points = look.size * zoom
        self.em = self.points * dots_per_inch / 72
        self._look = look
        self._by_kind: dict[BlockKind, Setting] = {}
        metrics = QFontMetricsF(self[BlockKind.PARAGRAPH].font)
        self.character = metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE)
        self.measure = round(self.character * _MEASURE)
        self.tight = round(0.15 * self.em)

    def __getitem__(self, kind: BlockKind) -> Setting:
        found = self._by_kind.get(kind)
        if found is None:  # measuring a font loads it, so each is measured when its kind first occurs
            found = self._by_kind[kind] = self._set(self._look, shape=_PROPORTIONS[kind])
        return found

    def _set(self, look: Look, *, shape: _Proportion) -> Setting:
        font = QFont(list(look.heading_face if shape.is_heading else look.face))
        font.setPointSizeF(max(1.0, self.points * shape.size))
        font.setWeight(shape.weight)
        font.setItalic(shape.is_italic)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        metrics = QFontMetricsF(font)
        pitch = max(1, round(self.em * shape.size * shape.leading))
        return Setting(
            font=font,
            ink=QColor(getattr(look, shape.ink)),
            pitch=pitch,
            rise=round((pitch - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()),
            font_height=metrics.ascent() + metrics.descent(),
            before=round(self.em * shape.before),
            after=round(self.em * shape.after),
            among=round(self.em * (max(shape.before, shape.after) if shape.among is None else shape.among)),
            indent=round(self.em * shape.indent),
            is_right=shape.is_right,
            is_hanging=shape.indent > 0,
            is_balanced=shape.is_heading,
        )
