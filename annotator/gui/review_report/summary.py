"""A summary of verdicts: counts, and the share of agreement of each label as a bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from annotator.app.review.report import count_classes
from annotator.app.review.report_file import (
    CLASS_HEADINGS,
    OUTCOMES,
    describe_changes,
    format_share,
    list_label_tallies,
)
from annotator.core.colour import adjust_contrast
from annotator.core.formatting import format_count
from annotator.core.i18n import _
from annotator.gui.widgets.text_label import PlainLabel, make_tooltip

if TYPE_CHECKING:
    from annotator.app.review.report_file import Report
    from annotator.core.review.tally import LabelTally, Tally
    from annotator.gui.theme.theme import Theme

_BAR = QSize(120, 10)
_MAX_ROWS = 4  # labels visible without scrolling
_ROW_HEIGHT = 25  # pixels
_MIN_CONTRAST = 3.0  # least contrast of a bar to its background, WCAG 2.2, criterion 1.4.11


class ReviewSummary(QWidget):
    """A tile for each class of verdicts, their outcomes, and a row for each label."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._tiles = QHBoxLayout()
        self._tiles.setSpacing(8)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(self._tiles)
        layout.addWidget(self._area)

    def apply_theme(self, theme: Theme) -> None:
        """Use the colours of `theme` when the next counts are shown."""
        self._theme = theme
        self.setStyleSheet(
            f"#tile {{ background: {theme.field}; border: 1px solid {theme.line}; border-radius: 8px; }}"
            f"#tile-name {{ color: {theme.muted}; }} #quiet {{ color: {theme.muted}; }}"
            "QScrollArea, #labels { background: transparent; }"
        )

    def show_tally(self, tally: Tally, report: Report) -> None:
        """Show the counts of `tally`."""
        theme = self._theme
        if theme is None:
            return
        self._show_tiles(tally)
        labels = QWidget(self)
        labels.setObjectName("labels")
        grid = QGridLayout(labels)
        grid.setContentsMargins(2, 0, 2, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(4, 1)
        found = list_label_tallies(tally, report)
        for row, (key, label) in enumerate(found):
            bar = _Bar(label.agreement or 0.0, report.labels.get(key).colour, theme, labels)
            self._add_label(grid, row, bar, label, name=report.names([key]), rest=describe_changes(label, report))
        self._area.setWidget(labels)
        self._area.setVisible(bool(found))
        self._area.setFixedHeight(_ROW_HEIGHT * min(_MAX_ROWS, len(found)) + 4)

    def _show_tiles(self, tally: Tally) -> None:
        while (item := self._tiles.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for sort, count in count_classes(tally).items():
            tile = _build_tile(str(count), _(CLASS_HEADINGS[sort]), self)
            self._tiles.addWidget(tile, 1)
            tile.show()  # at once: the layout would show a new widget only at its next activation
        outcomes = "\n".join(f"{tally.outcomes[one]} {_(name)}" for one, name in OUTCOMES.items())
        last = PlainLabel(self, outcomes)
        last.setObjectName("quiet")
        last.setAccessibleName(outcomes.replace("\n", ", "))
        self._tiles.addSpacing(8)
        self._tiles.addWidget(last)
        last.show()

    def _add_label(self, grid: QGridLayout, row: int, bar: _Bar, label: LabelTally, *, name: str, rest: str) -> None:
        message = _("{count} of {all} agreed").format(count=format_count(label.agreed), all=label.reviewed)
        bar.setAccessibleName(f"{name}: {format_share(label)}")
        title, share, words = PlainLabel(self, name), PlainLabel(self, format_share(label)), PlainLabel(self)
        words.setText(f"{message}; {rest}" if rest else message)
        share.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        words.setObjectName("quiet")
        words.setToolTip(make_tooltip(words.text()))
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for column, widget in enumerate((title, bar, share)):
            grid.addWidget(widget, row, column)
        grid.addWidget(words, row, 4)


class _Bar(QWidget):
    """A share from 0 to 1 as a bar in the colour of a label."""

    def __init__(self, share: float, colour: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._share = share
        self._colour = QColor(adjust_contrast(colour, theme.panel, least=_MIN_CONTRAST))
        self._ground = QColor(theme.line)
        self.setFixedSize(_BAR)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # Qt's own signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        radius = whole.height() / 2
        painter.setBrush(self._ground)
        painter.drawRoundedRect(whole, radius, radius)
        if self._share > 0:
            part = QRectF(whole)
            part.setWidth(max(whole.height(), whole.width() * self._share))
            painter.setBrush(self._colour)
            painter.drawRoundedRect(part, radius, radius)
        painter.end()


def _build_tile(number: str, name: str, parent: QWidget) -> QFrame:
    tile = QFrame(parent)
    tile.setObjectName("tile")
    large, small = PlainLabel(tile, number), PlainLabel(tile, name)
    font = large.font()
    font.setPointSizeF(font.pointSizeF() * 1.5)
    font.setBold(True)
    large.setFont(font)
    small.setObjectName("tile-name")
    layout = QVBoxLayout(tile)
    layout.setContentsMargins(12, 6, 12, 7)
    layout.setSpacing(0)
    layout.addWidget(large)
    layout.addWidget(small)
    return tile
