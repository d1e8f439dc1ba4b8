"""List of items to choose from, filtered by the typed text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.search.fold import fold
from annotator.search.fuzzy_match import find_fuzzy_distance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from annotator.gui.theme.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_MOST = 200  # rows; typing another letter narrows a longer list faster than scrolling
_GAP = 14


class Offer(NamedTuple):
    """An item: title, the menu or folder it belongs to, shortcut, and the function that is called when it is chosen.

    A non-empty `id` is remembered among the last used ones. `folded` is title and place without accents and case.
    """

    title: str
    place: str
    key: str
    id: str
    does: Callable[[], object]
    folded: str


def offer(title: str, *, place: str, key: str = "", id_: str = "", does: Callable[[], object]) -> Offer:
    """Return an item, with its text folded for the search."""
    return Offer(title, place, key, id_, does, fold(f"{title} {place}").text)


def narrowed(offers: Iterable[Offer], typed: str, *, used: Sequence[str]) -> list[Offer]:
    """Return the items that match `typed`, best first, recently `used` ones before others of equal rank."""
    wanted = fold(typed).text.strip()
    ranks = {id_: rank for rank, id_ in enumerate(used)}
    found = ((find_fuzzy_distance(wanted, one.folded), one) for one in offers)
    if wanted:
        fitting = [(int(far), ranks.get(one.id, len(ranks)), far, one) for far, one in found if far is not None]
    else:
        fitting = [(0, ranks.get(one.id, len(ranks)), 0.0, one) for _far, one in found]
    return [one for *_ranks, one in sorted(fitting, key=lambda row: row[:3])][:_MOST]


class OfferModel(QAbstractListModel):
    """Model of the items that are shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.offers: list[Offer] = []

    def show_offers(self, offers: list[Offer]) -> None:
        """Show `offers` in this order."""
        self.beginResetModel()
        self.offers = offers
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.offers)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401  # Qt's own
        one = self.offers[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (one.title, one.place, one.key) if part)
        return None


class OfferDelegate(QStyledItemDelegate):
    """Paints an item: its title, its place in a muted colour, its shortcut at the right."""

    def __init__(self, theme: Theme, model: OfferModel) -> None:
        super().__init__(model)
        self.theme = theme
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002  # Qt's own signature
        return QSize(200, option.fontMetrics.height() + 15)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, one = self.theme, self._model.offers[index.row()]
        area = option.rect.adjusted(_GAP, 0, -_GAP, 0)
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(theme.selection))
            painter.fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), QColor(theme.accent))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(theme.panel))
        if one.key:
            area.setRight(self._paint_key(painter, area, one.key) - _GAP)
        metrics = option.fontMetrics
        title = metrics.elidedText(one.title, Qt.TextElideMode.ElideMiddle, area.width())
        painter.setPen(QColor(theme.ink))
        painter.drawText(area, middle, title)
        area.setLeft(area.left() + metrics.horizontalAdvance(title) + 10)
        painter.setPen(QColor(theme.muted))
        painter.drawText(area, middle, metrics.elidedText(one.place, Qt.TextElideMode.ElideMiddle, area.width()))
        painter.restore()

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
        painter.setBrush(QColor(self.theme.raised))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), key)
        painter.restore()
        return cap.left()
