"""The table of annotations as it is seen, and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from annotator.gui.annotations.rows import Column
from annotator.gui.theme.look import LabelStyle
from annotator.gui.widgets.row_views import NUMBER_KEYS, RowDelegate, RowTable, paint_text, plain_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotator.gui.annotations.model import AnnotationModel
    from annotator.gui.theme.theme import Theme
    from annotator.gui.widgets.row_views import Index

_WIDTHS: dict[int, int] = {
    Column.PLACE: 74,
    Column.LABELS: 174,
    Column.FIELDS: 130,
    Column.NOTE: 120,
    Column.CHANGED: 132,
}
_PADDING = 9


class AnnotationDelegate(RowDelegate):
    """Paints cells: labels as swatches with their letters and names, all else as one line of text."""

    has_rule = True

    _model: AnnotationModel

    def __init__(self, theme: Theme, model: AnnotationModel) -> None:
        super().__init__(theme, model)
        self.looks: Mapping[str, LabelStyle] = {}

    def has_bar(self, option: QStyleOptionViewItem, index: Index) -> bool:  # noqa: ARG002  # the base's signature
        rows = self._model.rows
        return index.column() == Column.PLACE and rows.place(index.row()) == self._model.current

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row, column = self.theme, index.row(), Column(index.column())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.accent))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -2))
        area = option.rect.adjusted(_PADDING, 0, -_PADDING, 0)
        keys = self._model.rows.annotation(row).labels if column is Column.LABELS else ()
        if keys:
            _paint_labels(painter, area, [self._look(key) for key in keys], theme)
        else:
            ink = theme.ink if column is Column.SENTENCE else theme.muted
            paint_text(painter, area, self._model.text(row, column), ink)

    def _look(self, key: str) -> LabelStyle:
        theme = self.theme
        known = self.looks.get(key)
        return known or LabelStyle(key, key, key[:1].upper(), 0, theme.muted, theme.neutral, theme.ink)


def _paint_labels(painter: QPainter, area: QRect, looks: Sequence[LabelStyle], theme: Theme) -> None:
    """Paint a swatch with its letter for each label, and its name where all names have room."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    bold = QFont(painter.font())
    bold.setBold(True)
    bold.setPointSizeF(bold.pointSizeF() * 0.85)
    usual, metrics = QFont(painter.font()), QFontMetrics(painter.font())
    side = metrics.height() + 2
    widths = [metrics.horizontalAdvance(look.name) for look in looks]
    has_names = sum(widths) + len(looks) * (side + 6) + (len(looks) - 1) * 10 <= area.width() or len(looks) == 1
    left = area.left()
    for look, width in zip(looks, widths, strict=True):
        swatch = QRectF(left + 0.5, area.center().y() - side / 2 + 0.5, side, side)
        painter.setPen(QColor(look.colour))
        painter.setBrush(QColor(look.background))
        painter.drawRoundedRect(swatch, 4, 4)
        painter.setPen(QColor(look.ink))
        painter.setFont(bold)
        painter.drawText(swatch, int(Qt.AlignmentFlag.AlignCenter), look.letter)
        left += side + 6
        if has_names:
            painter.setFont(usual)
            place = QRect(left, area.top(), max(0, area.right() - left), area.height())
            paint_text(painter, place, look.name, theme.ink)
            left += width + 10


class AnnotationView(RowTable):
    """The rows, of which several can be chosen; places are those at which the annotations start."""

    painter: AnnotationDelegate
    jumped = Signal(int)
    label_pressed = Signal(int)
    clear_pressed = Signal()
    note_pressed = Signal()
    chosen_changed = Signal()

    def __init__(self, model: AnnotationModel, theme: Theme, parent: QWidget) -> None:
        painter = AnnotationDelegate(theme, model)
        super().__init__(model, painter, widths=_WIDTHS, stretched=Column.SENTENCE, parent=parent)
        self._model = model
        self._kept: tuple[frozenset[int], int | None] = (frozenset(), None)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self.horizontalHeader()
        # A header looks at each row whether all of a column is chosen, to paint it otherwise; ours is never otherwise.
        header.setSelectionModel(QItemSelectionModel(model, header))
        self.sortByColumn(Column.PLACE, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(lambda index: self.jumped.emit(model.rows.place(index.row())))
        model.modelAboutToBeReset.connect(self._on_reset_begun)
        model.modelReset.connect(self._on_reset_done)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())

    def set_looks(self, looks: Mapping[str, LabelStyle]) -> None:
        """Take the colours and letters of the labels, by their keys."""
        self.painter.looks = looks
        self.viewport().update()

    def chosen(self) -> list[int]:
        """Return the places of the rows that are chosen, in the order of the rows."""
        parts = [(part.top(), part.bottom()) for part in self._parts()]
        rows = sorted({row for top, bottom in parts for row in range(top, bottom + 1)})
        return [self._model.rows.place(row) for row in rows]

    def chosen_count(self) -> int:
        """Return how many rows are chosen."""
        return sum(part.height() for part in self._parts())

    def choose(self, places: Iterable[int], *, current: int | None) -> None:
        """Choose the rows of `places` and no others; `current` is where the keys go on from."""
        found = sorted(row for place in places if (row := self._model.rows.find_row(place)) is not None)
        wanted = QItemSelection()
        last = len(Column) - 1
        start = 0
        for at, row in enumerate(found):
            if at + 1 == len(found) or found[at + 1] != row + 1:
                wanted.select(self._model.index(found[start], 0), self._model.index(row, last))
                start = at + 1
        row_of_current = self._model.rows.find_row(current) if current is not None else None
        if row_of_current is not None:
            index = self._model.index(row_of_current, Column.SENTENCE)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)
        self.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _parts(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(number) for number in range(selection.count())]

    def _on_reset_begun(self) -> None:
        current = self.currentIndex()
        rows = self._model.rows
        place = rows.place(current.row()) if 0 <= current.row() < len(rows) else None
        self._kept = frozenset(self.chosen()), place

    def _on_reset_done(self) -> None:
        places, current = self._kept
        self.choose(places, current=current)
        self.chosen_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, pressed, current = event.key(), plain_key(event), self.currentIndex()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and current.isValid():
            self.jumped.emit(self._model.rows.place(current.row()))
        elif pressed in {Qt.Key.Key_Delete, Qt.Key.Key_0}:
            self.clear_pressed.emit()
        elif pressed == Qt.Key.Key_T:
            self.note_pressed.emit()
        elif pressed in NUMBER_KEYS:
            self.label_pressed.emit(NUMBER_KEYS[pressed])
        else:
            super().keyPressEvent(event)
