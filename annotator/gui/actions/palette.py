"""Command palette: finds every available command by a few letters.

It is built from the action table and has the documents of the workspace and the recent folders as well.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from annotator.core.i18n import _
from annotator.gui.actions.action_set import ActionFeature, ActionSet
from annotator.gui.actions.shortcuts import format_key, get_plain_title
from annotator.gui.widgets.filter_list import FilterDelegate, FilterModel, filter_items, make_item
from annotator.gui.widgets.text_label import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QModelIndex

    from annotator.app.workspace.workspace import Workspace
    from annotator.gui.actions.action import Action
    from annotator.gui.mainwindow.context import Context
    from annotator.gui.theme.theme import Theme
    from annotator.gui.widgets.filter_list import FilterItem

_WIDTH, _ROWS, _TOP = 600, 9, 0.12  # pixels, rows, share of the window above the box
_BELOW = 24  # pixels of the window that stay free below the box
# A menu or another window takes the focus for a while only: the palette stays.
_TRANSIENT_FOCUS_REASONS = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}


class CommandPalette(ActionFeature):
    """Shows the palette over the window and runs the chosen item."""

    def __init__(self, context: Context, actions: ActionSet) -> None:
        super().__init__(context, actions)
        self._box = _PaletteBox(context.window, context.theme)
        self._box.typed.connect(self._narrow)
        self._box.chosen.connect(self._run_item)
        self._box.left.connect(self._leave)
        self._offers: list[FilterItem] = []
        self._documents: list[FilterItem] = []
        self._workspace: Workspace | None = None

    def show(self) -> None:
        """Show all available commands, or hide the palette if it is visible."""
        if self._box.isVisible():
            self._leave()
            return
        self._open([*self._action_offers(), *self._choices()], hint=_("Type a command or a document"))

    def show_choices(self, id_: str) -> None:
        """Show only the choices of the action `id_`."""
        self._open(self._choices(id_), hint=_("Which one?"))

    def apply_theme(self) -> None:
        """Apply theme and language."""
        self._workspace = None  # items of documents are in the previous language
        self._box.apply_theme(self._context.theme)

    def _open(self, offers: list[FilterItem], *, hint: str) -> None:
        self._offers = offers
        self._box.open(hint)

    def _action_offers(self) -> list[FilterItem]:
        return [
            make_item(
                get_plain_title(entry),
                place=_(entry.menu.value).replace("&", ""),
                key=format_key(entry.keys[0]) if entry.keys else "",
                id_=entry.id,
                does=partial(self._actions.run, entry.id),
            )
            for entry in self._actions.enabled_actions()
            if entry.choices is None and entry.id != "palette"
        ]

    def _choices(self, id_: str = "") -> list[FilterItem]:
        found: list[FilterItem] = []
        for entry in self._actions.enabled_actions():
            if entry.choices is not None and entry.id == (id_ or entry.id):
                found += self._choices_of(entry)
        return found

    def _choices_of(self, entry: Action) -> list[FilterItem]:
        choices = entry.choices(self._context) if entry.choices else ()
        return [
            make_item(one.text, place=get_plain_title(entry), does=partial(one.callback, self._context))
            for one in choices
        ]

    def _find_documents(self) -> list[FilterItem]:
        """Return items for the documents of the workspace; they are built once for each workspace."""
        workspace = self._context.session.workspace
        if workspace is not None and workspace is not self._workspace:
            self._workspace = workspace
            self._documents = [
                make_item(workspace.display_path(path), place=_("Document"), does=partial(self._context.open_row, row))
                for row, path in enumerate(workspace.documents)
            ]
        return self._documents

    def _narrow(self, typed: str) -> None:
        has_documents = bool(typed.strip()) and len(self._offers) > 0 and self._offers[0].id
        offers = [*self._offers, *self._find_documents()] if has_documents else self._offers
        self._box.set_items(filter_items(offers, typed, used=self._context.settings.used))

    def _run_item(self, chosen: FilterItem) -> None:
        self._leave()
        if chosen.id:
            self._context.settings.remember_action(chosen.id)
        chosen.callback()

    def _leave(self) -> None:
        self._box.hide()
        self._context.article.setFocus()


class _PaletteBox(QFrame):
    """The input line with the list under it."""

    typed = Signal(str)
    chosen = Signal(object)
    left = Signal()

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("palette")
        self.line = QLineEdit(self)
        self.line.setFrame(False)
        font = self.line.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self.line.setFont(font)
        self.model = FilterModel(self)
        self._delegate = FilterDelegate(theme, self.model)
        self._list = QListView(self)
        self._list.setModel(self.model)
        self._list.setItemDelegate(self._delegate)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._none = PlainLabel(self)
        self._none.setContentsMargins(14, 10, 14, 10)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 6)
        layout.setSpacing(0)
        for widget in (self.line, self._list, self._none):
            layout.addWidget(widget)
        self.line.textChanged.connect(self.typed)
        self.line.installEventFilter(self)
        self._list.clicked.connect(self._on_clicked)
        window.installEventFilter(self)
        self.hide()

    def open(self, hint: str) -> None:
        """Show the box with an empty input line."""
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(hint)
        self._list.setAccessibleName(_("Results"))
        self._none.setText(_("No command or document matches. Type fewer letters."))
        self.show()
        self.raise_()
        self.line.clear()
        self.typed.emit("")
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_items(self, offers: list[FilterItem]) -> None:
        """Show `offers` with the first one selected."""
        self.model.set_items(offers)
        self._list.setCurrentIndex(self.model.index(0))
        self._list.setVisible(bool(offers))
        self._none.setVisible(not offers)
        self._place()

    def apply_theme(self, theme: Theme) -> None:
        """Apply the colours of `theme`."""
        self._delegate.theme = theme
        self.setStyleSheet(
            f"#palette {{ background: {theme.field}; border: 1px solid {theme.accent}; border-radius: 8px; }}"
            f"#palette QLineEdit {{ background: transparent; border: none; border-bottom: 1px solid {theme.line};"
            f" border-radius: 0; padding: 11px 14px; }}"
            f"#palette QListView {{ background: {theme.field}; border: none; }}"
            f"#palette QLabel {{ color: {theme.muted}; }}"
        )

    def _place(self) -> None:
        """Place the box in the upper middle of the window, as high as the list needs."""
        window = self._window
        row = self._list.sizeHintForRow(0) if self.model.rowCount() else 0
        room = round(window.height() * (1 - _TOP)) - self.line.sizeHint().height() - _BELOW
        rows = min(_ROWS, self.model.rowCount(), max(1, room // row)) if row else 0
        self._list.setFixedHeight(rows * row + 6)
        self.setFixedWidth(min(_WIDTH, window.width() - 60))
        self._layout.activate()
        self.adjustSize()
        self.move(QPoint((window.width() - self.width()) // 2, round(window.height() * _TOP)))

    def _on_clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(self.model.items[index.row()])

    def _handle_key(self, event: QKeyEvent) -> bool:
        """Navigate, choose or leave, and return whether the key was one for that."""
        rows, row = self.model.rowCount(), self._list.currentIndex().row()
        moves: dict[int, Callable[[], int]] = {
            Qt.Key.Key_Down: lambda: (row + 1) % max(1, rows),
            Qt.Key.Key_Up: lambda: (row - 1) % max(1, rows),
            Qt.Key.Key_PageDown: lambda: min(rows - 1, row + _ROWS),
            Qt.Key.Key_PageUp: lambda: max(0, row - _ROWS),
        }
        if event.key() in moves:
            self._list.setCurrentIndex(self.model.index(moves[event.key()]()))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if 0 <= row < rows:
                self.chosen.emit(self.model.items[row])
        elif event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab} or _is_palette_key(event):
            self.left.emit()
        else:
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._handle_key(event)
            if event.type() == QEvent.Type.FocusOut and event.reason() not in _TRANSIENT_FOCUS_REASONS:  # type: ignore[attr-defined]
                self.hide()
        elif event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)


def _is_palette_key(event: QKeyEvent) -> bool:
    """Return whether the key is Ctrl+K, which a line edit would otherwise take."""
    return event.key() == Qt.Key.Key_K and event.modifiers() == Qt.KeyboardModifier.ControlModifier
