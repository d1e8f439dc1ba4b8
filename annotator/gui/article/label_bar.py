"""Bar with one chip for each label, to tag the current sentence with the mouse.

It takes no focus: everything on it has a key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from annotator.gui.widgets.text_label import make_tooltip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from annotator.gui.theme.look import ArticleStyle

_NOTHING = ""


class _Chip(NamedTuple):
    """A chip: key of the label (empty for *nothing here*), text of the badge, name and colours."""

    key: str
    badge: str
    name: str
    colour: str
    background: str
    ink: str


class LabelBar(QWidget):
    """Chips in a column: badges alone where space is narrow, badges with names where there is room."""

    clicked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._look: ArticleStyle | None = None
        self._chips: list[_Chip] = []
        self._active_keys: frozenset[str] = frozenset()
        self._is_narrow = False
        self._hovered = -1
        self.hide()

    def set_article_style(self, look: ArticleStyle) -> None:
        """Take labels, texts and colours from `look`."""
        self._look = look
        self._chips = [
            _Chip(label.key, str(label.number or label.letter), label.name, label.colour, label.background, label.ink)
            for label in look.labels.values()
        ]
        self._chips.append(_Chip(_NOTHING, "–", look.nothing_name, look.muted_ink, look.neutral, look.ink))
        self._resize_to_fit()

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Show badges alone, or names as well."""
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._resize_to_fit()

    def set_active(self, labels: Sequence[str], *, is_nothing: bool) -> None:
        """Fill the chips of `labels`, or the one for *nothing here*."""
        on = frozenset((*labels, _NOTHING) if is_nothing else labels)
        if on != self._active_keys:
            self._active_keys = on
            self.update()

    def width_with_names(self) -> int:
        """Return the width in pixels that badges with names need."""
        metrics = QFontMetricsF(self.font())
        names = max((metrics.horizontalAdvance(self._chip_text(chip)) for chip in self._chips), default=0.0)
        return round(self._row_height() * 1.55 + names + self._row_height() * 0.5)

    def sizeHint(self) -> QSize:
        """Return the size that all chips need."""
        row = self._row_height()
        width = row if self._is_narrow else self.width_with_names()
        return QSize(round(width), round(row * len(self._chips) + self._row_spacing() * (len(self._chips) - 1)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chips."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for nth, chip in enumerate(self._chips):
            self._paint_chip(painter, chip, box=self._chip_rect(nth), is_hovered=nth == self._hovered)

    def event(self, event: QEvent) -> bool:
        """Follow the mouse; a press chooses a chip and is not passed on."""
        if isinstance(event, QMouseEvent) and event.type() in {QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress}:
            self._set_hovered(self._chip_at(event.position()))
            if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
                if self._hovered >= 0:
                    self.clicked.emit(self._chips[self._hovered].key)
                return True
        elif event.type() == QEvent.Type.Leave:
            self._set_hovered(-1)
        elif event.type() == QEvent.Type.FontChange:
            self._resize_to_fit()
        return super().event(event)

    def _row_height(self) -> float:
        return round(QFontMetricsF(self.font()).height() * 1.42)

    def _row_spacing(self) -> float:
        return 4.0

    def _chip_rect(self, nth: int) -> QRectF:
        row = self._row_height()
        return QRectF(0, nth * (row + self._row_spacing()), self.width(), row)

    def _resize_to_fit(self) -> None:
        self.resize(self.sizeHint())
        self.update()

    def _chip_at(self, point: QPointF) -> int:
        return next((nth for nth in range(len(self._chips)) if self._chip_rect(nth).contains(point)), -1)

    def _set_hovered(self, nth: int) -> None:
        if nth != self._hovered:
            self._hovered = nth
            chip = self._chips[nth] if nth >= 0 else None
            key = self._shortcut(chip) if chip is not None else ""
            self.setToolTip(make_tooltip(f"{self._chip_text(chip)} ({key})") if chip is not None and key else "")
            self.update()

    def _shortcut(self, chip: _Chip) -> str:
        return (
            self._look.nothing_key
            if self._look and chip.key == _NOTHING
            else chip.badge
            if chip.badge.isdigit()
            else ""
        )

    def _chip_text(self, chip: _Chip) -> str:
        return chip.name or chip.key

    def _paint_chip(self, painter: QPainter, chip: _Chip, *, box: QRectF, is_hovered: bool) -> None:
        if self._look is None:
            return
        is_on = chip.key in self._active_keys
        radius = box.height() * 0.3
        inside = box.adjusted(0.75, 0.75, -0.75, -0.75)
        badge = QRectF(inside.left(), inside.top(), inside.height(), inside.height())
        painter.setPen(QPen(QColor(chip.colour), 1.5) if is_on or is_hovered else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(chip.background) if is_on else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(inside, radius, radius)
        if not is_on or self._is_narrow:
            small = badge.adjusted(2.5, 2.5, -2.5, -2.5) if not self._is_narrow else badge
            painter.setPen(painter.pen() if self._is_narrow else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(chip.background))
            painter.drawRoundedRect(small, radius * 0.8, radius * 0.8)
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(chip.ink))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, "✓" if is_on and not self._is_narrow else chip.badge)
        if not self._is_narrow:
            font.setBold(is_on)
            painter.setFont(font)
            painter.setPen(QColor(chip.ink if is_on else self._look.ink if is_hovered else self._look.muted_ink))
            words = inside.adjusted(inside.height() * 1.3, 0, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._chip_text(chip))
