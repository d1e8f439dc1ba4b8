"""The panel of the table of annotations: filter, rows, what can be done with them."""

from __future__ import annotations

from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QMenu,
    QPushButton,
    QWidget,
)

from annotator.core.formatting import format_count
from annotator.core.i18n import _, ngettext
from annotator.gui.annotations.model import HEADINGS, AnnotationModel
from annotator.gui.annotations.rows import Column, Filter
from annotator.gui.annotations.view import AnnotationView
from annotator.gui.theme.styles import panel_style
from annotator.gui.widgets.layouts import row_of_widgets
from annotator.gui.widgets.list_panel import FilteredPanel
from annotator.gui.widgets.text_label import escape_ampersands

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.gui.annotations.rows import Spelling
    from annotator.gui.theme.look import LabelStyle
    from annotator.gui.theme.theme import Theme

_SWATCH = 12


class RowAction(Enum):
    """An action on the rows that are chosen; the first three are about a label."""

    ADD = auto()
    TAKE = auto()
    TOGGLE = auto()
    NOTE = auto()
    CLEAR = auto()


class AnnotationPanel(FilteredPanel):
    """Filter line, label filter and buttons over the table; `wanted` says what is to be done with which label."""

    height_hint = 240
    least_height = 120

    view: AnnotationView
    wanted = Signal(RowAction, str)

    def __init__(
        self, spelling: Spelling, theme: Theme, *, number: Callable[[int], int | None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.model = AnnotationModel(spelling, number, self)
        self.view = AnnotationView(self.model, theme, self)
        self._fold = spelling.fold
        self._looks: tuple[LabelStyle, ...] = ()
        self._has_document = self._can_write = False
        self.label = QComboBox(self)
        self.label.installEventFilter(self)
        self._add_menu, self._take_menu = QMenu(self), QMenu(self)
        self._add, self._take, self._note, self._clear = (QPushButton(self) for _ in range(4))
        self._add.setMenu(self._add_menu)
        self._take.setMenu(self._take_menu)
        self._lay_out()
        self._join()

    # What is shown

    def set_labels(self, looks: Sequence[LabelStyle], theme: Theme, spelling: Spelling) -> None:
        """Take the labels, the theme and the language in use."""
        self._looks = tuple(looks)
        self._fold = spelling.fold
        kept = self.label.currentData()
        self.label.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        self.label.clear()
        self.label.addItem(_("All labels"), None)
        for look in looks:
            self.label.addItem(_swatch(look), look.name, look.key)
        self.label.addItem(_("No label yet"), "")
        self.label.setCurrentIndex(max(0, self.label.findData(kept) if kept is not None else 0))
        self.label.blockSignals(False)  # noqa: FBT003  # as above
        for menu, wanted in ((self._add_menu, RowAction.ADD), (self._take_menu, RowAction.TAKE)):
            self._fill(menu, wanted)
        self.view.set_theme(theme)
        self.view.set_looks({look.key: look for look in looks})
        self.setStyleSheet(panel_style(theme))
        self._retitle()
        self.model.spell(spelling)
        self.narrow()

    def set_state(self, *, has_document: bool, can_write: bool) -> None:
        """Take whether there is a document, and whether it may be written to."""
        self._has_document, self._can_write = has_document, can_write
        self.refresh()

    def refresh(self) -> None:
        """Show counts, buttons and what an empty table says."""
        rows = self.model.rows
        chosen = self.view.chosen_count()
        for button in (self._add, self._take, self._note, self._clear):
            button.setEnabled(bool(chosen and self._can_write))
        self._show_list(advice=self._advice())
        self._count.setText(_told(len(rows), rows.total, chosen))

    def _choose_first(self) -> None:
        """Choose none: Qt makes the first row current, and no key changes a row that the user has not chosen."""

    def menu(self) -> QMenu:
        """Return the menu of what can be done with the chosen rows; the caller shows and deletes it."""
        menu = QMenu(self)
        can_change = self._add.isEnabled()
        for title, wanted in ((self._add.text(), RowAction.ADD), (self._take.text(), RowAction.TAKE)):
            part = menu.addMenu(title)
            part.setEnabled(can_change)
            self._fill(part, wanted)
        for title, wanted in ((self._note.text(), RowAction.NOTE), (self._clear.text(), RowAction.CLEAR)):
            action = menu.addAction(title, partial(self.wanted.emit, wanted, ""))
            action.setEnabled(can_change)
        menu.addSeparator()
        order = menu.addMenu(_("Sort by"))
        for column, heading in HEADINGS.items():
            action = order.addAction(_(heading), partial(self._sort, column))
            action.setCheckable(True)
            action.setChecked(column is self.model.rows.column)
        return menu

    def _sort(self, column: Column) -> None:
        """Sort by `column`, the other way round where it is sorted by already."""
        rows = self.model.rows
        is_descending = rows.column is column and not rows.is_descending
        order = Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
        self.view.sortByColumn(column, order)

    def narrow(self) -> None:
        """List what matches the words and the label above."""
        words = tuple(self._fold(self.words.text()).split())
        self.model.narrow(Filter(words, self.label.currentData()))
        self.refresh()

    def _advice(self) -> str:
        if not self._has_document:
            return _("No document is open. Open one: its annotations are listed here.")
        if self.model.rows.total:
            return _("No annotation matches. Change the words or the label above.")
        return _("Nothing is tagged in this document yet. Choose a sentence and press the number of a label.")

    def _fill(self, menu: QMenu, wanted: RowAction) -> None:
        menu.clear()
        for look in self._looks:
            name = escape_ampersands(look.name)
            menu.addAction(_swatch(look), name, partial(self.wanted.emit, wanted, look.key))

    def _lay_out(self) -> None:
        buttons = (self._add, self._take, self._note, self._clear)
        bar = row_of_widgets((self.words, 3), self.label, (self._count, 2), *buttons, margins=(14, 8, 14, 8))
        self._lay_out_parts(self.view, above=bar)

    def _join(self) -> None:
        self.label.currentIndexChanged.connect(self.narrow)
        self._note.clicked.connect(lambda: self.wanted.emit(RowAction.NOTE, ""))
        self._clear.clicked.connect(lambda: self.wanted.emit(RowAction.CLEAR, ""))
        self.view.note_pressed.connect(self._note.click)
        self.view.clear_pressed.connect(self._clear.click)
        self.view.label_pressed.connect(self._on_label_pressed)
        self.view.menu_asked.connect(self._on_menu_asked)
        self.view.chosen_changed.connect(self.refresh)

    def _on_label_pressed(self, number: int) -> None:
        if number <= len(self._looks) and self._add.isEnabled():
            self.wanted.emit(RowAction.TOGGLE, self._looks[number - 1].key)

    def _retitle(self) -> None:
        super()._retitle()
        self.label.setAccessibleName(_("Filter by label"))
        for widget in (self, self.view):
            widget.setAccessibleName(_("Annotations"))
        texts = (_("Add label"), _("Remove label"), _("Note…"), _("Clear labels"))
        for button, text in zip((self._add, self._take, self._note, self._clear), texts, strict=True):
            button.setText(text)
        self._clear.setToolTip(_("Take the labels from the chosen rows (Delete)"))
        self._add.setToolTip(_("Give the chosen rows a label (1 to 9)"))


def _told(shown: int, total: int, chosen: int) -> str:
    """Return how many annotations there are, are shown and are chosen, in words."""
    if not total:
        return ""
    text = ngettext("{count} annotation", "{count} annotations", total).format(count=format_count(total))
    if shown != total:
        text = _("{shown} of {annotations}").format(shown=shown, annotations=text)
    return f"{text}, " + _("{count} chosen").format(count=format_count(chosen)) if chosen > 1 else text


def _swatch(look: LabelStyle) -> QIcon:
    pixmap = QPixmap(2 * _SWATCH, 2 * _SWATCH)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(look.colour))
    painter.setBrush(QColor(look.background))
    painter.drawRoundedRect(1, 1, _SWATCH - 2, _SWATCH - 2, 3, 3)
    painter.end()
    return QIcon(pixmap)
