"""The list of export formats, with what each is good for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from annotator.core.i18n import N_, _
from annotator.gui.widgets.hinted_rows import HEADING, HINT_ROLE, HintedRowDelegate, boxed_list_style

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


class FormatList(QListWidget):
    """The formats in two groups, each under a heading: for reviewers, and as data."""

    def __init__(self, current: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Kind of file"))
        self.setItemDelegate(HintedRowDelegate(theme, self))
        self.setFixedWidth(_WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet(boxed_list_style(theme))
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
        item.setData(HINT_ROLE, HEADING)

    def _add(self, kind: FormatItem, heading: str) -> None:
        item = QListWidgetItem(_(kind.title), self)
        item.setData(Qt.ItemDataRole.UserRole, kind.name)
        item.setData(HINT_ROLE, _(kind.hint))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{_(kind.title)}: {_(kind.hint)} ({heading})")
