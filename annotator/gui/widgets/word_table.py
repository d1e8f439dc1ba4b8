"""Plain table of text that can be read, navigated by keys and copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from annotator.gui.widgets.text_label import make_tooltip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.gui.theme.theme import Theme

_Index = QModelIndex | QPersistentModelIndex


class Rows(Protocol):
    """A sequence of rows."""

    def __len__(self) -> int:
        """Return the number of rows."""
        ...

    def __getitem__(self, row: int, /) -> Sequence[str]:
        """Return the cells of a row."""
        ...


class TextTableModel(QAbstractTableModel):
    """Model of rows of text; a row is computed only when it is shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._headings: tuple[str, ...] = ()
        self._rows: Rows = ()
        self._numbers: frozenset[int] = frozenset()

    def set_rows(self, headings: Sequence[str], rows: Rows, *, numbers: Sequence[int] = ()) -> None:
        """Show `rows` under `headings`; the columns in `numbers` are aligned to the right."""
        self.beginResetModel()
        self._headings, self._rows, self._numbers = tuple(headings), rows, frozenset(numbers)
        self.endResetModel()

    def cells(self, row: int) -> Sequence[str]:
        """Return the cells of a row."""
        return self._rows[row]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # as above
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  # Qt's own
        words = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(words.split())
        if role == Qt.ItemDataRole.ToolTipRole:
            return make_tooltip(words)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in self._numbers:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  # as above
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in self._numbers else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None


class TextTable(QTableView):
    """View of a `TextTableModel`; Tab leaves it, Enter and a double click choose a row, Ctrl+C copies the selection."""

    row_chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.text_model = TextTableModel(self)
        self.setModel(self.text_model)
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setAlternatingRowColors(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.doubleClicked.connect(lambda index: self.row_chosen.emit(index.row()))

    def set_widths(self, *widths: int) -> None:
        """Set the widths of the columns; the last one takes the rest."""
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)

    def selected_text(self) -> str:
        """Return the selected rows, or all if there are none, as lines with tabs between the cells."""
        marked = sorted({index.row() for index in self.selectionModel().selectedRows()})
        rows = marked or range(self.text_model.rowCount())
        return "".join("\t".join(" ".join(cell.split()) for cell in self.text_model.cells(row)) + "\n" for row in rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.selected_text())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.row_chosen.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


def table_stylesheet(theme: Theme) -> str:
    """Return the style sheet of a table in the colours of `theme`."""
    return f"""
        QTableView {{ border: 1px solid {theme.line}; border-radius: 6px; background: {theme.field}; outline: none;
            selection-background-color: {theme.selection}; selection-color: {theme.ink}; }}
        QTableView:focus {{ border: {theme.focus_border}px solid {theme.accent}; }}
        QTableView::item {{ border: none; }}
        QTableView::item:selected {{ background: {theme.selection}; color: {theme.ink}; }}
        QHeaderView {{ background: transparent; border: none; }}
        QHeaderView::section {{ background: {theme.panel}; color: {theme.muted}; border: none;
            border-bottom: 1px solid {theme.line}; padding: 6px 4px; font-weight: 600; }}
    """
