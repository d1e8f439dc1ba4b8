"""The list of sentences found: each with its matches highlighted, and below it where it is.

A long sentence is cut so that the first match is visible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter

from annotator.core.i18n import _
from annotator.gui.widgets.row_views import Index, RowDelegate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFontMetrics
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from annotator.app.search import SearchHit

_MAX_CONTEXT_SHARE = 0.4  # share of the width, at most, for the text before the first match
_MAX_LENGTH = 600  # characters of a sentence that are measured and painted


class HitModel(QAbstractListModel):
    """The sentences found so far."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hits: list[SearchHit] = []
        self.names: dict[str, str] = {}  # of labels, by their keys

    def clear(self) -> None:
        """Remove all sentences."""
        self.beginResetModel()
        self.hits = []
        self.endResetModel()

    def add(self, hits: Sequence[SearchHit]) -> None:
        """Append `hits`."""
        if hits:
            self.beginInsertRows(QModelIndex(), len(self.hits), len(self.hits) + len(hits) - 1)
            self.hits += hits
            self.endInsertRows()

    def describe_place(self, hit: SearchHit) -> str:
        """Return the document, number and labels of a sentence in words."""
        words = _("{document}, sentence {number}").format(document=hit.file, number=hit.number)
        return " · ".join((words, *(self.names.get(key, key) for key in hit.labels)))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401  # Qt's own
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{hit.text} {self.describe_place(hit)}"
        return None


class HitDelegate(RowDelegate):
    """Paints a row: the sentence with the words marked, below it where it stands."""

    line_count = 2
    padding = 16

    _model: HitModel

    def hover_ground(self) -> str:
        return self.theme.field

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, hit = self.theme, self._model.hits[index.row()]
        area = option.rect.adjusted(14, 6, -12, -6)
        self._paint_sentence(painter, area, hit, option.fontMetrics)
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 0.88)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        place = painter.fontMetrics().elidedText(
            self._model.describe_place(hit), Qt.TextElideMode.ElideMiddle, area.width()
        )
        painter.drawText(area, int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft), place)

    def _paint_sentence(self, painter: QPainter, area: QRect, hit: SearchHit, metrics: QFontMetrics) -> None:
        first = max(0, hit.matches[0].start - hit.start) if hit.matches else 0
        start = _find_start(hit.text, first, metrics, room=int(area.width() * _MAX_CONTEXT_SHARE))
        lead = "…" if start else ""
        line = lead + " ".join(hit.text[start : start + _MAX_LENGTH].splitlines())
        for match in hit.matches:
            left, right = (min(max(0, at - hit.start - start), _MAX_LENGTH) + len(lead) for at in match)
            x, end = (area.left() + metrics.horizontalAdvance(line[:at]) for at in (left, right))
            ground = QRect(x - 1, area.top(), min(end, area.right()) - x + 2, metrics.height())
            if left < right and x < area.right():
                painter.fillRect(ground, QColor(self.theme.match))
        painter.setPen(QColor(self.theme.ink))
        shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft), shown)


def _find_start(text: str, first: int, metrics: QFontMetrics, *, room: int) -> int:
    """Return the index from which `text` is shown so that at most `room` pixels of it precede index `first`."""
    start = max(0, first - _MAX_LENGTH // 2)
    while start < first and metrics.horizontalAdvance(text[start:first]) > room:
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else first
    return start
