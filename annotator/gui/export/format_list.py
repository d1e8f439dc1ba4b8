"""The list of export formats, with what each is good for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.core.i18n import N_, _

if TYPE_CHECKING:
    from annotator.gui.theme.theme import Theme

_WIDTH = 316


class FormatItem(NamedTuple):
    """A format: its name in code, its title, and what it is good for."""

    name: str
    title: str
    hint: str


_REVIEW = (
    FormatItem("xlsx", N_("Excel"), N_("a row for each annotation, verdicts to choose")),
    FormatItem("docx", N_("Word"), N_("the articles, with a comment on each annotation")),
    FormatItem("html", N_("Web page"), N_("for any browser, without a network")),
    FormatItem("pdf", N_("PDF"), N_("to read, print and sign; nothing comes back")),
)
_DATA = (
    FormatItem("csv", N_("CSV"), N_("a table for spreadsheets and statistics")),
    FormatItem("jsonl", N_("JSON Lines"), N_("an object a line, for other programs")),
)
_HEADING = -1
_HINT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_Index = QModelIndex | QPersistentModelIndex


class FormatList(QListWidget):
    """The formats in two groups, each under a heading: for reviewers, and as data."""

    def __init__(self, current: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Kind of file"))
        self.setItemDelegate(_FormatDelegate(theme, self))
        self.setFixedWidth(_WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet(
            f"QListWidget {{ border: 1px solid {theme.line}; border-radius: 6px; background: {theme.field};"
            " outline: none; padding: 3px; }"
            f"QListWidget:focus {{ border: {theme.focus_border}px solid {theme.accent}; }}"
        )
        for heading, kinds in ((_("For reviewers"), _REVIEW), (_("As data"), _DATA)):
            self._add_heading(heading)
            for kind in kinds:
                self._add(kind, heading)
        row = next((row for row in range(self.count()) if self.item(row).data(Qt.ItemDataRole.UserRole) == current), 1)
        self.setCurrentRow(row)

    def get_format(self) -> str:
        """Return the name of the format in the current row."""
        item = self.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else _REVIEW[0].name

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text, self)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setData(_HINT_ROLE, _HEADING)

    def _add(self, kind: FormatItem, heading: str) -> None:
        item = QListWidgetItem(_(kind.title), self)
        item.setData(Qt.ItemDataRole.UserRole, kind.name)
        item.setData(_HINT_ROLE, _(kind.hint))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{_(kind.title)}: {_(kind.hint)} ({heading})")


class _FormatDelegate(QStyledItemDelegate):
    """Paints a row: the title of the format, and below it what it is good for."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        height = option.fontMetrics.height()
        return QSize(200, height + 18 if index.data(_HINT_ROLE) == _HEADING else 2 * height + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = self._theme
        painter.save()
        area = option.rect.adjusted(12, 6, -10, -6)
        font = painter.font()
        if index.data(_HINT_ROLE) == _HEADING:
            font.setPointSizeF(font.pointSizeF() * 0.88)
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(QColor(theme.muted))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft), str(index.data()))
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(theme.selection))
            bar = QRect(option.rect.left(), option.rect.top(), 3, option.rect.height())
            painter.fillRect(bar, QColor(theme.accent))
        painter.setPen(QColor(theme.ink))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft), str(index.data()))
        font.setPointSizeF(font.pointSizeF() * 0.88)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        hint = painter.fontMetrics().elidedText(str(index.data(_HINT_ROLE)), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft), hint)
        painter.restore()
