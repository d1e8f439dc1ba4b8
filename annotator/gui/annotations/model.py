"""The annotations of a document as Qt's views read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from annotator.core.i18n import N_
from annotator.gui.annotations.rows import Column, Filter, Rows
from annotator.gui.widgets.row_views import HeadedModel
from annotator.gui.widgets.text_label import make_tooltip

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from annotator.core.annotation import Annotation
    from annotator.core.collections.sorted_map import SortedMap
    from annotator.core.span import Span
    from annotator.gui.annotations.rows import Spelling
    from annotator.gui.widgets.row_views import Index

HEADINGS = {
    Column.PLACE: N_("Number"),
    Column.LABELS: N_("Labels"),
    Column.SENTENCE: N_("Sentence"),
    Column.FIELDS: N_("Fields"),
    Column.NOTE: N_("Note"),
    Column.CHANGED: N_("Changed"),
}
_MANY = 150  # changes at once, from which on it is quicker to read everything anew


class AnnotationModel(HeadedModel):
    """One row an annotation; `number` gives which sentence starts at a place, None while that is not known."""

    headings = tuple(HEADINGS.values())

    def __init__(self, spelling: Spelling, number: Callable[[int], int | None], parent: QObject) -> None:
        super().__init__(parent)
        self.rows = Rows(spelling)
        self.current: int | None = None
        self._number = number

    def fill(self, annotations: SortedMap[Annotation] | None) -> None:
        """Show these annotations in place of all others."""
        self.beginResetModel()
        self.rows.fill(annotations)
        self.endResetModel()

    def update(self, annotations: SortedMap[Annotation], spans: Collection[Span]) -> None:
        """Show what stands in `spans` now."""
        if len(spans) > _MANY:
            self.fill(annotations)
            return
        for place in self.rows.differing(annotations, spans):
            self._put(place, annotations.find(place))

    def spell(self, spelling: Spelling) -> None:
        """Put everything into other words."""
        self.beginResetModel()
        self.rows.spell(spelling)
        self.endResetModel()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def narrow(self, wanted: Filter) -> None:
        """Show those that match `wanted`."""
        if wanted != self.rows.filter:
            self.beginResetModel()
            self.rows.filter = wanted
            self.rows.rearrange()
            self.endResetModel()

    def set_current(self, place: int | None) -> None:
        """Mark the row of the sentence that starts at `place`."""
        old, self.current = self.current, place
        for one in (old, place):
            row = self.rows.find_row(one) if one is not None else None
            if row is not None:
                index = self.index(row, Column.PLACE)
                self.dataChanged.emit(index, index)

    def number(self, row: int) -> str:
        """Return which sentence a row is about, in figures."""
        found = self._number(self.rows.place(row))
        return "…" if found is None else str(found)

    def text(self, row: int, column: Column) -> str:
        """Return what stands in a cell."""
        if column is Column.PLACE:
            return self.number(row)
        return self.rows.text(self.rows.annotation(row), column)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401  # Qt's own
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.text(index.row(), Column(index.column()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return make_tooltip(self.text(index.row(), Column(index.column())))
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        wanted = Column(max(0, column)), order is Qt.SortOrder.DescendingOrder
        if wanted != (self.rows.column, self.rows.is_descending):
            self.beginResetModel()
            self.rows.column, self.rows.is_descending = wanted
            self.rows.rearrange()
            self.endResetModel()

    def _put(self, place: int, annotation: Annotation | None) -> None:
        old, new = self.rows.planned(place, annotation)
        root = QModelIndex()
        if old is None and new is None:
            self.rows.put(place, annotation)
        elif old is None and new is not None:
            self.beginInsertRows(root, new, new)
            self.rows.put(place, annotation)
            self.endInsertRows()
        elif old is not None and new is None:
            self.beginRemoveRows(root, old, old)
            self.rows.put(place, annotation)
            self.endRemoveRows()
        elif old is not None and new is not None:
            self._replace(place, annotation, old=old, new=new)

    def _replace(self, place: int, annotation: Annotation | None, *, old: int, new: int) -> None:
        root = QModelIndex()
        if old != new:
            self.beginMoveRows(root, old, old, root, new + 1 if new > old else new)
        self.rows.put(place, annotation)
        if old != new:
            self.endMoveRows()
        self.dataChanged.emit(self.index(new, 0), self.index(new, len(Column) - 1))
