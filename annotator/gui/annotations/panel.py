"""The panel of the table of annotations: filter, rows, what can be done with them. It must not know the session."""

from __future__ import annotations

from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from annotator.core.i18n import _, ngettext
from annotator.gui.annotations.model import HEADINGS, AnnotationModel
from annotator.gui.annotations.rows import Column, Filter
from annotator.gui.annotations.view import AnnotationView
from annotator.gui.widgets.threads import Soon

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QHideEvent, QShowEvent

    from annotator.gui.annotations.rows import Spelling
    from annotator.gui.theme.look import LabelLook
    from annotator.gui.theme.theme import Theme

_SWATCH = 12
_TYPING = 120  # milliseconds after the last letter of the filter


class Deed(Enum):
    """What can be done with the rows that are chosen; the first three are about a label."""

    ADD = auto()
    TAKE = auto()
    TOGGLE = auto()
    NOTE = auto()
    CLEAR = auto()


class AnnotationPanel(QWidget):
    """Filter line, label filter and buttons over the table; ``wanted`` says what is to be done with which label."""

    wanted = Signal(Deed, str)
    shown = Signal()

    def __init__(
        self, spelling: Spelling, theme: Theme, *, number: Callable[[int], int | None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.model = AnnotationModel(spelling, number, self)
        self.view = AnnotationView(self.model, theme, self)
        self._fold = spelling.fold
        self._looks: tuple[LabelLook, ...] = ()
        self._has_document = self._can_write = False
        self.words = QLineEdit(self)
        self.words.setClearButtonEnabled(True)
        self.words.installEventFilter(self)
        self.label = QComboBox(self)
        self.label.installEventFilter(self)
        self._add_menu, self._take_menu = QMenu(self), QMenu(self)
        self._add, self._take, self._note, self._clear = (QPushButton(self) for _ in range(4))
        self._add.setMenu(self._add_menu)
        self._take.setMenu(self._take_menu)
        self._count = QLabel(self)
        self._count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._empty = QLabel(self)
        self._empty.setWordWrap(True)
        self._empty.setMargin(18)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._soon = Soon(self._narrow, self, milliseconds=_TYPING)
        self._lay_out()
        self._join()

    # What is shown

    def set_labels(self, looks: Sequence[LabelLook], theme: Theme, spelling: Spelling) -> None:
        """Take the labels, the theme and the language in use."""
        self._looks = tuple(looks)
        self._fold = spelling.fold
        kept = self.label.currentData()
        self.label.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        self.label.clear()
        self.label.addItem(_("All labels"), None)
        for look in looks:
            self.label.addItem(_swatch(look), look.name, look.key)
        self.label.addItem(_("Without a label"), "")
        self.label.setCurrentIndex(max(0, self.label.findData(kept) if kept is not None else 0))
        self.label.blockSignals(False)  # noqa: FBT003  # as above
        for menu, deed in ((self._add_menu, Deed.ADD), (self._take_menu, Deed.TAKE)):
            self._fill(menu, deed)
        self.view.set_theme(theme, {look.key: look for look in looks})
        self.setStyleSheet(_style(theme))
        self._retitle()
        self.model.spell(spelling)
        self._narrow()

    def set_state(self, *, has_document: bool, can_write: bool) -> None:
        """Say whether there is a document, and whether it may be written to."""
        self._has_document, self._can_write = has_document, can_write
        self.refresh()

    def refresh(self) -> None:
        """Show counts, buttons and what an empty table says."""
        rows = self.model.rows
        chosen = self.view.chosen_count()
        for button in (self._add, self._take, self._note, self._clear):
            button.setEnabled(bool(chosen and self._can_write))
        self._stack.setCurrentWidget(self.view if len(rows) else self._empty)
        self._empty.setText(self._advice())
        self._count.setText(_told(len(rows), rows.total, chosen))

    def take_focus(self) -> None:
        """Let the keys go to the table, on a row."""
        if len(self.model.rows):
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if not self.view.currentIndex().isValid():
                row = self.model.rows.find_row(self.model.current) if self.model.current is not None else None
                self.view.selectRow(row or 0)
        else:
            self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def menu(self) -> QMenu:
        """What can be done with the rows that are chosen; the caller shows and deletes it."""
        menu = QMenu(self)
        can_change = self._add.isEnabled()
        for title, deed in ((self._add.text(), Deed.ADD), (self._take.text(), Deed.TAKE)):
            part = menu.addMenu(title)
            part.setEnabled(can_change)
            self._fill(part, deed)
        for title, deed in ((self._note.text(), Deed.NOTE), (self._clear.text(), Deed.CLEAR)):
            action = menu.addAction(title, partial(self.wanted.emit, deed, ""))
            action.setEnabled(can_change)
        menu.addSeparator()
        order = menu.addMenu(_("Sort by"))
        for column, heading in HEADINGS.items():
            action = order.addAction(_(heading), partial(self._sort, column))
            action.setCheckable(True)
            action.setChecked(column is self.model.rows.column)
        return menu

    def _sort(self, column: Column) -> None:
        """Sort by ``column``, the other way round where it is sorted by already."""
        rows = self.model.rows
        is_descending = rows.column is column and not rows.is_descending
        order = Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
        self.view.sortByColumn(column, order)

    def _narrow(self) -> None:
        words = tuple(self._fold(self.words.text()).split())
        self.model.narrow(Filter(words, self.label.currentData()))
        self.refresh()

    def _advice(self) -> str:
        if not self._has_document:
            return _("No document is open. Open one: its annotations are listed here.")
        if self.model.rows.total:
            return _("No annotation matches. Change the words or the label above.")
        return _("Nothing is tagged in this document yet. Choose a sentence and press the number of a label.")

    def _fill(self, menu: QMenu, deed: Deed) -> None:
        menu.clear()
        for look in self._looks:
            name = look.name.replace("&", "&&")
            menu.addAction(_swatch(look), name, partial(self.wanted.emit, deed, look.key))

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(14, 8, 14, 8)
        bar.setSpacing(8)
        bar.addWidget(self.words, 3)
        bar.addWidget(self.label)
        bar.addWidget(self._count, 2)
        for button in (self._add, self._take, self._note, self._clear):
            bar.addWidget(button)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addLayout(self._stack, 1)

    def _join(self) -> None:
        self.words.textChanged.connect(self._soon.ask)
        self.label.currentIndexChanged.connect(self._narrow)
        self._note.clicked.connect(lambda: self.wanted.emit(Deed.NOTE, ""))
        self._clear.clicked.connect(lambda: self.wanted.emit(Deed.CLEAR, ""))
        self.view.note_pressed.connect(self._note.click)
        self.view.clear_pressed.connect(self._clear.click)
        self.view.label_pressed.connect(self._on_label_pressed)
        self.view.menu_asked.connect(self._on_menu_asked)
        self.view.chosen_changed.connect(self.refresh)

    def _on_label_pressed(self, number: int) -> None:
        if number <= len(self._looks) and self._add.isEnabled():
            self.wanted.emit(Deed.TOGGLE, self._looks[number - 1].key)

    def _on_menu_asked(self, at: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _retitle(self) -> None:
        self.words.setPlaceholderText(_("Filter by words"))
        self.words.setAccessibleName(_("Filter by words"))
        self.label.setAccessibleName(_("Filter by label"))
        self.view.setAccessibleName(_("Annotations"))
        self.setAccessibleName(_("Annotations"))
        self._add.setText(_("Add label"))
        self._take.setText(_("Remove label"))
        self._note.setText(_("Note…"))
        self._clear.setText(_("Clear labels"))
        self._clear.setToolTip(_("Take the labels from the chosen rows (Delete)"))
        self._add.setToolTip(_("Give the chosen rows a label (1 to 9)"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.view.left.emit()
                return True
            is_down = event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if watched is self.words and is_down and len(self.model.rows):
                self.take_focus()
                return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._soon.stop()

    def sizeHint(self) -> QSize:
        return QSize(640, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 120)


def _told(shown: int, total: int, chosen: int) -> str:
    """How many annotations there are, are shown and are chosen, in words."""
    if not total:
        return ""
    text = ngettext("{count} annotation", "{count} annotations", total).format(count=total)
    if shown != total:
        text = _("{shown} of {annotations}").format(shown=shown, annotations=text)
    return f"{text}, " + _("{count} chosen").format(count=chosen) if chosen > 1 else text


def _swatch(look: LabelLook) -> QIcon:
    pixmap = QPixmap(2 * _SWATCH, 2 * _SWATCH)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(look.colour))
    painter.setBrush(QColor(look.ground))
    painter.drawRoundedRect(1, 1, _SWATCH - 2, _SWATCH - 2, 3, 3)
    painter.end()
    return QIcon(pixmap)


def _style(theme: Theme) -> str:
    return f"""
        QLineEdit {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 4px 8px;
            background: {theme.raised}; color: {theme.ink}; }}
        QLineEdit:focus {{ border-color: {theme.accent}; }}
        QPushButton {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 4px 12px;
            background: {theme.raised}; color: {theme.ink}; }}
        QPushButton:focus {{ border-color: {theme.accent}; }}
        QPushButton:disabled {{ color: {theme.faint}; }}
        QPushButton::menu-indicator {{ width: 0; }}
        QTableView {{ background: {theme.raised}; border-top: 1px solid {theme.line}; }}
        QHeaderView::section {{ background: {theme.panel}; color: {theme.muted}; border: none;
            border-bottom: 1px solid {theme.line}; padding: 5px 9px; font-weight: 600; }}
        QHeaderView {{ background: {theme.panel}; }}
    """
