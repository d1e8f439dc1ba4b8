"""The list of moments as it is seen and its keys. It must not know what going back means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.gui.history.model import Column

if TYPE_CHECKING:
    from PySide6.QtCore import QItemSelection

    from annotator.gui.history.model import HistoryModel
    from annotator.gui.theme.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_WIDTHS = {Column.WHEN: 156, Column.WHO: 110}
_PADDING = 14
_GAP = 9


class HistoryDelegate(QStyledItemDelegate):
    """Paints cells as one line; at the right end of the last one a small sign with what the moment is besides."""

    def __init__(self, model: HistoryModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, row, column = self.theme, index.row(), Column(index.column())
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(theme.selection))
        painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), QColor(theme.line))
        timeline = self._model.timeline
        is_now = timeline is not None and self._model.place(row) == timeline.current
        if is_now and column is Column.WHEN:
            bar = QRect(option.rect.left(), option.rect.top(), 3, option.rect.height())
            painter.fillRect(bar, QColor(theme.accent))
        left = _PADDING if column is Column.WHEN else _GAP
        area = option.rect.adjusted(left, 0, -_GAP, 0)
        if column is Column.WHAT:
            area.setRight(self._paint_sign(painter, area, self._model.sign(row), is_now=is_now))
        self._write(painter, area, row, column)
        painter.restore()

    def _write(self, painter: QPainter, area: QRect, row: int, column: Column) -> None:
        theme = self.theme
        is_plain = column is Column.WHAT and not self._model.is_faint(row)
        font = QFont(painter.font())
        font.setItalic(column is Column.WHAT and self._model.moment(row).start is not None)
        painter.setFont(font)
        painter.setPen(QColor(theme.ink if is_plain else theme.muted))
        text = painter.fontMetrics().elidedText(
            self._model.text(row, column), Qt.TextElideMode.ElideRight, area.width()
        )
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, int(side | Qt.TextFlag.TextSingleLine), text)

    def _paint_sign(self, painter: QPainter, area: QRect, sign: str, *, is_now: bool) -> int:
        """Paint ``sign`` at the right of ``area``; gives where there is room up to."""
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


class HistoryView(QTableView):
    """The rows, of which one is chosen."""

    chosen = Signal()
    wanted = Signal()
    left = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, model: HistoryModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._kept: int | None = None
        self._painter = HistoryDelegate(model, theme, self)
        self.setModel(model)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: self.menu_asked.emit(self.viewport().mapToGlobal(at)))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(48)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        header.setSectionResizeMode(Column.WHAT, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda _index: self.wanted.emit())
        model.modelAboutToBeReset.connect(self._on_reset_begun)
        model.modelReset.connect(self._on_reset_done)
        model.rowsInserted.connect(self._on_inserted)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self._painter.theme = theme
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        self.viewport().update()

    def chosen_place(self) -> int | None:
        """Which moment of the timeline is chosen, or None."""
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
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.wanted.emit()
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End} and self._model.rowCount():
            row = 0 if event.key() == Qt.Key.Key_Home else self._model.rowCount() - 1
            self.setCurrentIndex(self._model.index(row, Column.WHAT))
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters do not move in the list: they are looked for in the filter line."""
