"""Bases of lists and tables of rows: their models, how a row is painted, and the keys that all of them have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.core.i18n import _
from annotator.gui.widgets.key_places import find_key, is_injected

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from enum import Enum

    from annotator.gui.theme.theme import Theme

RowT = TypeVar("RowT")
Index = QModelIndex | QPersistentModelIndex
NUMBER_KEYS: Mapping[int, int] = {int(getattr(Qt.Key, f"Key_{number}")): number for number in range(1, 10)}
ONE_LINE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_BAR = 3  # pixels


def plain_key(event: QKeyEvent) -> int:
    """Return the key of `event`, or 0 where a modifier is held or a program sent it.

    Digits count by their place, those of the number pad as the others do.
    """
    is_held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return 0 if is_held or is_injected(event) else find_key(event)


class RowModel(QAbstractListModel, Generic[RowT]):
    """The rows of a list; a subclass puts them into words."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[RowT] = []

    def show_rows(self, rows: Sequence[RowT]) -> None:
        """Show these, in this order."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def text(self, row: RowT) -> str:
        """Return the words of a row."""
        raise NotImplementedError

    def spoken(self, row: RowT) -> str:
        """Return a row as a screen reader says it."""
        return self.text(row)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401  # Qt's own
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(self.rows[index.row()])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(self.rows[index.row()])
        return None


class HeadedModel(QAbstractTableModel):
    """A table whose columns have headings that are translated when they are shown."""

    headings: ClassVar[Sequence[str]]  # in the order of the columns

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:  # noqa: ANN401  # Qt's own
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(self.headings[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class RowDelegate(QStyledItemDelegate):
    """Paints the ground of a row or cell, its rule and its bar; a subclass adds the rest in `paint_row`."""

    line_count: ClassVar[int] = 1
    padding: ClassVar[int] = 13  # pixels above and below the lines together
    has_rule: ClassVar[bool] = False

    _model: QAbstractItemModel

    def __init__(self, theme: Theme, model: QAbstractItemModel) -> None:
        super().__init__(model)
        self.theme = theme
        self._model = model

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint what stands in a row or cell."""
        raise NotImplementedError

    def has_bar(self, option: QStyleOptionViewItem, index: Index) -> bool:  # noqa: ARG002  # for those that override it
        """Return whether a bar marks the row at its left edge: by default the chosen one."""
        return bool(option.state & QStyle.StateFlag.State_Selected)

    def hover_ground(self) -> str:
        """Return the ground of a row under the mouse, empty where it has none."""
        return ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self.theme, option.rect
        painter.save()
        painter.setFont(option.font)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(theme.selection))
        elif option.state & QStyle.StateFlag.State_MouseOver and self.hover_ground():
            painter.fillRect(rect, QColor(self.hover_ground()))
        if self.has_rule:
            painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(theme.line))
        if self.has_bar(option, index):
            painter.fillRect(QRect(rect.left(), rect.top(), _BAR, rect.height()), QColor(theme.accent))
        self.paint_row(painter, option, index)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002  # Qt's own signature
        return QSize(200, self.line_count * option.fontMetrics.height() + self.padding)


def paint_text(
    painter: QPainter, area: QRect, text: str, ink: str, *, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight
) -> int:
    """Paint `text` on one line, as much of it as `area` has room for, and return how wide that is."""
    text = painter.fontMetrics().elidedText(text, mode, area.width())
    painter.setPen(QColor(ink))
    painter.drawText(area, int(ONE_LINE), text)
    return painter.fontMetrics().horizontalAdvance(text)


def _set_up(view: QAbstractItemView, model: QAbstractItemModel, painter: RowDelegate) -> None:
    view.setModel(model)
    view.setItemDelegate(painter)
    view.setFrameShape(QAbstractItemView.Shape.NoFrame)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class RowList(QListView):
    """A list and its keys: `pressed_for` gives the action of a key, `chosen` follows when another row is current."""

    keys: ClassVar[Mapping[int, Enum]] = {}

    pressed_for = Signal(object)
    chosen = Signal()

    def __init__(self, model: QAbstractItemModel, painter: RowDelegate, parent: QWidget) -> None:
        super().__init__(parent)
        self.painter = painter
        _set_up(self, model, painter)
        self.setUniformItemSizes(True)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.painter.theme = theme
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wanted = self.keys.get(plain_key(event))
        if wanted is not None:
            self.pressed_for.emit(wanted)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Let letters not move in the list: some of them do something."""


class RowTable(QTableView):
    """A table of whole rows under a heading; one of the columns takes the room that the others leave."""

    row_padding: ClassVar[int] = 12  # pixels above and below the line together

    menu_asked = Signal(QPoint)

    def __init__(
        self,
        model: QAbstractItemModel,
        painter: RowDelegate,
        *,
        widths: Mapping[int, int],
        stretched: int,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.painter = painter
        _set_up(self, model, painter)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: self.menu_asked.emit(self.viewport().mapToGlobal(at)))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(48)
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.painter.theme = theme
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + self.row_padding)
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Let letters not move in the table: they are looked for in the filter line."""
