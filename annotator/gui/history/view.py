"""The list of moments as it is seen, and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from annotator.gui.history.model import Column
from annotator.gui.widgets.row_views import RowDelegate, RowTable, paint_text

if TYPE_CHECKING:
    from PySide6.QtCore import QItemSelection

    from annotator.gui.history.model import HistoryModel
    from annotator.gui.theme.theme import Theme
    from annotator.gui.widgets.row_views import Index

_WIDTHS: dict[int, int] = {Column.WHEN: 156, Column.WHO: 110}
_PADDING = 14
_GAP = 9


class HistoryDelegate(RowDelegate):
    """Paints cells as one line; at the right end of the last one a small sign with what the moment is besides."""

    has_rule = True

    _model: HistoryModel

    def has_bar(self, option: QStyleOptionViewItem, index: Index) -> bool:  # noqa: ARG002  # the base's signature
        return index.column() == Column.WHEN and self._is_now(index.row())

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, column = index.row(), Column(index.column())
        left = _PADDING if column is Column.WHEN else _GAP
        area = option.rect.adjusted(left, 0, -_GAP, 0)
        if column is Column.WHAT:
            area.setRight(self._paint_sign(painter, area, self._model.sign(row), is_now=self._is_now(row)))
        is_plain = column is Column.WHAT and not self._model.is_faint(row)
        font = QFont(painter.font())
        font.setItalic(column is Column.WHAT and self._model.moment(row).start is not None)
        painter.setFont(font)
        paint_text(painter, area, self._model.text(row, column), self.theme.ink if is_plain else self.theme.muted)

    def _is_now(self, row: int) -> bool:
        timeline = self._model.timeline
        return timeline is not None and self._model.place(row) == timeline.current

    def _paint_sign(self, painter: QPainter, area: QRect, sign: str, *, is_now: bool) -> int:
        """Paint `sign` at the right of `area` and return where there is room up to."""
        if not sign:
            return area.right()
        theme = self.theme
        small = QFont(painter.font())
        small.setPointSizeF(small.pointSizeF() * 0.88)
        metrics = QFontMetrics(small)
        width, height = metrics.horizontalAdvance(sign) + 16, metrics.height() + 3
        box = QRectF(area.right() - width + 0.5, area.center().y() - height / 2 + 0.5, width, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(small)
        painter.setPen(QColor(theme.accent if is_now else theme.line))
        painter.setBrush(QColor(theme.accent) if is_now else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(QColor(theme.paper if is_now else theme.muted))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), sign)
        painter.restore()
        return int(box.left()) - 8


class HistoryView(RowTable):
    """The rows, of which one is chosen."""

    row_padding = 10

    chosen = Signal()
    wanted = Signal()

    def __init__(self, model: HistoryModel, theme: Theme, parent: QWidget) -> None:
        painter = HistoryDelegate(theme, model)
        super().__init__(model, painter, widths=_WIDTHS, stretched=Column.WHAT, parent=parent)
        self._model = model
        self._kept: int | None = None
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.horizontalHeader().setSectionsClickable(False)
        self.doubleClicked.connect(lambda _index: self.wanted.emit())
        model.modelAboutToBeReset.connect(self._on_reset_begun)
        model.modelReset.connect(self._on_reset_done)
        model.rowsInserted.connect(self._on_inserted)

    def chosen_place(self) -> int | None:
        """Return which moment of the timeline is chosen, or None."""
        index = self.currentIndex()
        return self._model.place(index.row()) if 0 <= index.row() < self._model.rowCount() else None

    def choose(self, place: int | None) -> None:
        """Choose the row of a moment, or none where it has none."""
        row = self._model.find_row(place)
        if row is None:
            self._kept = place
            self.setCurrentIndex(QModelIndex())
        else:
            self._kept = None
            index = self._model.index(row, Column.WHAT)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _on_reset_begun(self) -> None:
        place = self.chosen_place()
        self._kept = place if place is not None else self._kept

    def _on_reset_done(self) -> None:
        self.choose(self._kept)

    def _on_inserted(self) -> None:
        """Choose what was chosen once it is listed again."""
        if self._kept is not None and not self.currentIndex().isValid():
            self.choose(self._kept)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.wanted.emit()
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End} and self._model.rowCount():
            row = 0 if event.key() == Qt.Key.Key_Home else self._model.rowCount() - 1
            self.setCurrentIndex(self._model.index(row, Column.WHAT))
        else:
            super().keyPressEvent(event)
