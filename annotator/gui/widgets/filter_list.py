"""List of items to choose from, filtered by the typed text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from annotator.gui.widgets.row_views import Index, RowDelegate, paint_text
from annotator.search.fold import fold
from annotator.search.fuzzy_match import find_fuzzy_distance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget


_MAX_ROWS = 200  # rows; typing another letter narrows a longer list faster than scrolling
_GAP = 14


class FilterItem(NamedTuple):
    """An item: title, the menu or folder it belongs to, shortcut, and the function that is called when it is chosen.

    A non-empty `id` is remembered among the last used ones. `folded` is title and place without accents and case.
    """

    title: str
    context: str
    key: str
    id: str
    callback: Callable[[], object]
    folded: str


def make_item(title: str, *, place: str, key: str = "", id_: str = "", does: Callable[[], object]) -> FilterItem:
    """Return an item, with its text folded for the search."""
    return FilterItem(title, place, key, id_, does, fold(f"{title} {place}").text)


def filter_items(offers: Iterable[FilterItem], typed: str, *, used: Sequence[str]) -> list[FilterItem]:
    """Return the items that match `typed`, best first, recently `used` ones before others of equal rank."""
    wanted = fold(typed).text.strip()
    ranks = {id_: rank for rank, id_ in enumerate(used)}
    found = ((find_fuzzy_distance(wanted, one.folded), one) for one in offers)
    if wanted:
        fitting = [(int(far), ranks.get(one.id, len(ranks)), far, one) for far, one in found if far is not None]
    else:
        fitting = [(0, ranks.get(one.id, len(ranks)), 0.0, one) for _far, one in found]
    return [one for *_ranks, one in sorted(fitting, key=lambda row: row[:3])][:_MAX_ROWS]


class FilterModel(QAbstractListModel):
    """Model of the items that are shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.items: list[FilterItem] = []

    def set_items(self, offers: list[FilterItem]) -> None:
        """Show `items` in this order."""
        self.beginResetModel()
        self.items = offers
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401  # Qt's own
        one = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (one.title, one.context, one.key) if part)
        return None


class FilterDelegate(RowDelegate):
    """Paints an offer: its title, faintly where it belongs, its key at the right."""

    padding = 15

    _model: FilterModel

    def hover_ground(self) -> str:
        return self.theme.panel

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, one = self.theme, self._model.items[index.row()]
        area = option.rect.adjusted(_GAP, 0, -_GAP, 0)
        if one.key:
            area.setRight(self._paint_key(painter, area, one.key) - _GAP)
        mode = Qt.TextElideMode.ElideMiddle
        area.setLeft(area.left() + paint_text(painter, area, one.title, theme.ink, mode=mode) + 10)
        paint_text(painter, area, one.context, theme.muted, mode=mode)

    def _paint_key(self, painter: QPainter, area: QRect, key: str) -> int:
        """Paint a key cap at the right of `area` and return its left edge."""
        painter.save()
        font = QFont(painter.font())
        font.setPointSizeF(font.pointSizeF() * 0.9)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        high = metrics.height() + 4
        cap = QRect(0, 0, max(high, metrics.horizontalAdvance(key) + 12), high)
        cap.moveRight(area.right())
        cap.moveTop(area.center().y() - high // 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self.theme.line))
        painter.setBrush(QColor(self.theme.field))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), key)
        painter.restore()
        return cap.left()
