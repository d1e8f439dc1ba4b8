"""Lists whose rows have a name and under it, in small letters, a hint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

if TYPE_CHECKING:
    from annotator.gui.theme.theme import Theme
    from annotator.gui.widgets.row_views import Index

HINT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The role of the text under the name, or of `HEADING`."""
MARK_ROLE = HINT_ROLE + 1
"""The role of a word at the end of the row, if there is one."""
HEADING = -1
"""Instead of a hint: the row is the heading of those under it."""
_SMALL = 0.88  # size of hints and headings, as a share of that of names


def boxed_list_style(theme: Theme) -> str:
    """Return the style of a list with a frame of its own in a dialog."""
    return (
        f"QListWidget {{ border: 1px solid {theme.line}; border-radius: 6px; background: {theme.field};"
        " outline: none; padding: 3px; }"
        f"QListWidget:focus {{ border: {theme.focus_border}px solid {theme.accent}; }}"
    )


class HintedRowDelegate(QStyledItemDelegate):
    """Paints a row: its name, its mark, and its hint."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = option.fontMetrics.height()
        return QSize(200, height + 18 if index.data(HINT_ROLE) == HEADING else 2 * height + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, hint = self._theme, index.data(HINT_ROLE)
        area = option.rect.adjusted(12, 6, -10, -6)
        left, top, bottom = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        painter.save()
        if hint != HEADING:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(option.rect, QColor(theme.selection))
                bar = QRect(option.rect.left(), option.rect.top(), 3, option.rect.height())
                painter.fillRect(bar, QColor(theme.accent))
            painter.setPen(QColor(theme.ink))
            painter.drawText(area, int(top | left), str(index.data()))
            painter.setPen(QColor(theme.accent))
            painter.drawText(area, int(top | Qt.AlignmentFlag.AlignRight), str(index.data(MARK_ROLE) or ""))
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * _SMALL)
        font.setBold(hint == HEADING)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        text = str(index.data()) if hint == HEADING else str(hint)
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(bottom | left), elided)
        painter.restore()
