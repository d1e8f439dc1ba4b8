"""What is to be checked, as a list. It must not know what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.app.session.to_check import CheckItem, CheckReason
from annotator.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.gui.theme.look import LabelLook
    from annotator.gui.theme.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
SIGNS = {CheckReason.CHANGED: "≈", CheckReason.CONFLICT: "≠", CheckReason.ORPHAN: "∅"}
_KEYS = {
    Qt.Key.Key_Return: "accept",
    Qt.Key.Key_Enter: "accept",
    Qt.Key.Key_Delete: "refuse",
    Qt.Key.Key_P: "put back",
    Qt.Key.Key_T: "take",
    Qt.Key.Key_A: "accept all",
}


class Row(NamedTuple):
    """One thing to be checked, in words: what it is, its labels, the words, and all of it for a screen reader."""

    item: CheckItem
    what: str
    labels: str
    words: str
    spoken: str


def row_of(item: CheckItem, names: Mapping[str, str]) -> Row:
    """``item`` in words, with the ``names`` of labels by their keys."""
    one = item.annotation
    words = " ".join(one.text.split())
    labels = ", ".join(names.get(key, key) for key in one.labels) or _("no label")
    match item.reason:
        case CheckReason.CHANGED:
            was = one.previous
            what = _("changed, {share} % alike").format(share=int(100 * was.likeness) if was else 0)
            old = " ".join(was.text.split()) if was else ""
            told = _("It was “{old}”, it is now “{new}”.").format(old=old, new=words)
        case CheckReason.CONFLICT:
            what, told = _("conflict"), f"“{words}”"
            standing = ", ".join(names.get(key, key) for key in item.standing.labels) if item.standing else ""
            if item.is_nothing:
                standing = _("Nothing here")
            labels = _("{standing} or {other}").format(standing=standing or _("no label"), other=labels)
        case CheckReason.ORPHAN:
            what, told = _("without a sentence"), _("It was “{old}”.").format(old=words)
    return Row(item, what, labels, words, f"{what}, {labels}. {told}")


class CheckModel(QAbstractListModel):
    """The rows that are shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these, in this order."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401  # Qt's own
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return None


class CheckDelegate(QStyledItemDelegate):
    """Paints a row: its sign, what it is and its labels; below them the words."""

    def __init__(self, theme: Theme, model: CheckModel) -> None:
        super().__init__(model)
        self.theme = theme
        self.looks: Mapping[str, LabelLook] = {}
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002  # Qt's own signature
        return QSize(160, 2 * option.fontMetrics.height() + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, row = self.theme, self._model.rows[index.row()]
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(theme.selection))
            painter.fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), QColor(theme.accent))
        area = option.rect.adjusted(14, 6, -10, -6)
        high = option.fontMetrics.height()
        bold = QFont(painter.font())
        bold.setBold(True)
        painter.setFont(bold)
        sign = SIGNS[row.item.reason]
        painter.setPen(QColor(theme.trouble if row.item.reason is CheckReason.CONFLICT else theme.accent))
        painter.drawText(QRect(area.left(), area.top(), high, high), int(Qt.AlignmentFlag.AlignCenter), sign)
        painter.setFont(option.font)
        top = QRect(area.left() + high + 6, area.top(), area.width() - high - 6, high)
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(QColor(theme.muted))
        line = option.fontMetrics.elidedText(f"{row.labels} · {row.what}", Qt.TextElideMode.ElideRight, top.width())
        painter.drawText(top, left, line)
        painter.setPen(QColor(theme.ink))
        words = option.fontMetrics.elidedText(row.words, Qt.TextElideMode.ElideRight, top.width())
        painter.drawText(QRect(top.left(), area.bottom() - high + 1, top.width(), high), left, words)
        painter.restore()


class CheckView(QListView):
    """The list and its keys: ``pressed_for`` says what a key asks for, ``chosen`` that the current row is another."""

    pressed_for = Signal(str)
    chosen = Signal()
    left = Signal()

    def __init__(self, model: CheckModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.painter = CheckDelegate(theme, model)
        self.setModel(model)
        self.setItemDelegate(self.painter)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        wanted = _KEYS.get(Qt.Key(event.key())) if not pressed else None
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif wanted:
            if not event.isAutoRepeat():  # an answer is given once, however long the key is held
                self.pressed_for.emit(wanted)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters do not move in the list: some of them do something."""
