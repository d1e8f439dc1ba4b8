"""The list of what is to be checked: a row in words, how it is painted, the keys."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter

from annotator.app.session.to_check import CheckItem, CheckReason, describe_mark
from annotator.core.formatting import format_percent
from annotator.core.i18n import _
from annotator.gui.widgets.row_views import RowDelegate, RowList, RowModel, paint_text, plain_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QStyleOptionViewItem

    from annotator.gui.widgets.row_views import Index

SIGNS = {CheckReason.CHANGED: "≈", CheckReason.CONFLICT: "≠", CheckReason.ORPHAN: "∅"}


class CheckAction(Enum):
    """An action on a row, or with `ACCEPT_ALL` on all changed sentences."""

    ACCEPT = auto()
    REFUSE = auto()
    TAKE = auto()
    PUT_BACK = auto()
    ACCEPT_ALL = auto()


class Row(NamedTuple):
    """One thing to be checked, in words: what it is, its labels, the words, and all of it for a screen reader."""

    item: CheckItem
    what: str
    labels: str
    words: str
    spoken: str


def row_of(item: CheckItem, names: Mapping[str, str]) -> Row:
    """Return `item` in words, with the `names` of labels by their keys."""
    one = item.annotation
    words = " ".join(one.text.split())
    labels = ", ".join(names.get(key, key) for key in one.labels) or _("no label yet")
    match item.reason:
        case CheckReason.CHANGED:
            was = one.previous
            what = _("changed, {share} alike").format(share=format_percent(was.likeness if was else 0))
            old = " ".join(was.text.split()) if was else ""
            message = _("It was “{old}”, it is now “{new}”.").format(old=old, new=words)
        case CheckReason.CONFLICT:
            what, message = _("conflict"), f"“{words}”"
            standing = ", ".join(names.get(key, key) for key in item.standing.labels) if item.standing else ""
            if item.is_nothing:
                standing = _("No label")
            labels = describe_mark(one) or labels
            labels = _("{standing} or {other}").format(standing=standing or _("no label yet"), other=labels)
        case CheckReason.ORPHAN:
            what, message = _("without a sentence"), _("It was “{old}”.").format(old=words)
    return Row(item, what, labels, words, f"{what}, {labels}. {message}")


class CheckModel(RowModel[Row]):
    """The rows that are shown."""

    def text(self, row: Row) -> str:
        return row.words

    def spoken(self, row: Row) -> str:
        return row.spoken


class CheckDelegate(RowDelegate):
    """Paints a row: its sign, what it is and its labels; below them the words."""

    line_count = 2
    padding = 16

    _model: CheckModel

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = self.theme, self._model.rows[index.row()]
        area = option.rect.adjusted(14, 6, -10, -6)
        high = option.fontMetrics.height()
        bold = QFont(option.font)
        bold.setBold(True)
        painter.setFont(bold)
        sign = SIGNS[row.item.reason]
        painter.setPen(QColor(theme.error if row.item.reason is CheckReason.CONFLICT else theme.accent))
        painter.drawText(QRect(area.left(), area.top(), high, high), int(Qt.AlignmentFlag.AlignCenter), sign)
        painter.setFont(option.font)
        top = QRect(area.left() + high + 6, area.top(), area.width() - high - 6, high)
        paint_text(painter, top, f"{row.labels} · {row.what}", theme.muted)
        paint_text(painter, QRect(top.left(), area.bottom() - high + 1, top.width(), high), row.words, theme.ink)


class CheckView(RowList):
    """The list and its keys."""

    keys: ClassVar[Mapping[int, CheckAction]] = {
        Qt.Key.Key_Return: CheckAction.ACCEPT,
        Qt.Key.Key_Enter: CheckAction.ACCEPT,
        Qt.Key.Key_Delete: CheckAction.REFUSE,
        Qt.Key.Key_P: CheckAction.PUT_BACK,
        Qt.Key.Key_T: CheckAction.TAKE,
        Qt.Key.Key_M: CheckAction.ACCEPT_ALL,
    }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat() and plain_key(event) in self.keys:
            return  # an answer is given once, however long the key is held
        super().keyPressEvent(event)
