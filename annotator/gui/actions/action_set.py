"""Qt actions, menus and tool bar, built from the action table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar

from annotator.app.documents.undo import can_redo, can_undo
from annotator.core.i18n import _
from annotator.gui.actions.action import Action, Menu, Need
from annotator.gui.actions.shortcuts import resolve_keys
from annotator.gui.mainwindow.context import Context, Feature
from annotator.gui.theme.icons import load_icon
from annotator.gui.widgets.key_places import parse_key
from annotator.gui.widgets.text_label import escape_ampersands, make_tooltip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.gui.actions.action import ActionTable, Choice


class ActionSet:
    """The actions of the window; `rebuild` recreates those of the labels, `retitle` translates all."""

    def __init__(self, context: Context, shipped: ActionTable) -> None:
        self._context = context
        self._shipped_table = shipped
        self._table: dict[str, Action] = {}
        self._shipped_actions: dict[str, Action] = {}
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}  # by submenu: one of its entries is checked
        for action in shipped.actions:
            self._add(action)
        self._label_ids: list[str] = []

    def rebuild(self) -> None:
        """Recreate the actions of the labels in use."""
        for id_ in self._label_ids:
            self._context.article.removeAction(self._actions[id_])
            gone = self._actions.pop(id_)
            gone.setParent(None)
            gone.deleteLater()
            del self._table[id_], self._shipped_actions[id_]
        self._label_ids = []
        for action in self._shipped_table.make_label_actions(
            self._context.session.labels, language=self._context.language
        ):
            self._add(action)
            self._label_ids.append(action.id)
        self.rebind()

    def rebind(self) -> None:
        """Set the keys of all actions: the default ones or those that the user chose."""
        found = resolve_keys(self.shipped_actions(), self._context.settings.keys)
        for id_, keys in found.items():
            if self._table[id_].keys != keys:
                self._table[id_] = replace(self._shipped_actions[id_], keys=keys)
                self._actions[id_].setShortcuts([parse_key(key) for key in keys])

    def all_actions(self) -> list[Action]:
        """Return all actions with the keys in force, those of labels first."""
        return [self._table[entry.id] for entry in self.shipped_actions()]

    def shipped_actions(self) -> list[Action]:
        """Return all actions with their default keys, in the order of `all_actions`."""
        return [
            self._shipped_actions[id_] for id_ in (*self._label_ids, *(one.id for one in self._shipped_table.actions))
        ]

    def enabled_actions(self) -> list[Action]:
        """Return the actions that are enabled now, and undo and redo, which answer if there is no step."""
        self.update_enabled()
        return [
            entry for entry in self.all_actions() if self._actions[entry.id].isEnabled() or self._is_answering(entry)
        ]

    def find_article_action(self, key: str) -> str:
        """Return the id of the enabled action that has `key` in the article, or ""."""
        return next(
            (
                id_
                for id_, entry in self._table.items()
                if entry.in_article and key in entry.keys and self._actions[id_].isEnabled()
            ),
            "",
        )

    def run(self, id_: str) -> None:
        """Trigger the action `id_` as if it had been chosen in a menu."""
        if self._actions[id_].isEnabled() or not self._is_answering(self._table[id_]):
            self._actions[id_].trigger()
        else:
            self._table[id_].callback(self._context)

    def retitle(self) -> None:
        """Show all actions in the current language with the icons of the theme."""
        for id_, action in self._actions.items():
            entry = self._table[id_]
            action.setText(entry.title)
            action.setToolTip(make_tooltip(self._tool_tip(entry)))
            if entry.icon:
                action.setIcon(load_icon(entry.icon, self._context.theme.ink))

    def update_enabled(self) -> None:
        """Enable the actions whose needs are met and update which are checked."""
        session = self._context.session
        met = {Need.NOTHING}
        if session.workspace is not None:
            met.add(Need.FOLDER)
        if session.document is not None:
            met.add(Need.DOCUMENT)
            if not session.read_only:
                met.add(Need.WRITABLE)
        met |= self._history_needs()
        for id_, action in self._actions.items():
            entry = self._table[id_]
            action.setEnabled(entry.needs in met and (entry.choices is None or bool(entry.choices(self._context))))
            if entry.is_on is not None:
                action.setChecked(entry.is_on(self._context))

    def update_history(self) -> None:
        """Enable undo and redo where there is a step; after each one, so it looks at these two alone."""
        met = self._history_needs()
        for id_ in ("undo", "redo"):
            self._actions[id_].setEnabled(self._table[id_].needs in met)

    def _is_answering(self, entry: Action) -> bool:
        """Return whether an action that is disabled tells why when it is asked for by its name."""
        is_of_history = entry.needs in {Need.UNDOABLE, Need.REDOABLE}
        return is_of_history and self._context.session.document is not None

    def _history_needs(self) -> set[Need]:
        session = self._context.session
        undoable = {Need.UNDOABLE} if can_undo(session) else set()
        return undoable | {Need.REDOABLE} if can_redo(session) else undoable

    def fill_menu_bar(self, bar: QMenuBar) -> None:
        """Fill the menus of `bar`."""
        _clear(bar)
        for menu in Menu:
            shown = bar.addMenu(_(menu.value))
            shown.aboutToShow.connect(self.update_enabled)
            group = None
            submenus: dict[str, QMenu] = {}
            for action in sorted((one for one in self.all_actions() if one.menu is menu), key=lambda one: one.group):
                if group is not None and action.group != group:
                    shown.addSeparator()
                group = action.group
                self._add_to_menu(action.id, shown, submenus=submenus)

    def fill_tool_bar(self, bar: QToolBar) -> None:
        """Fill `bar` with the actions of the tool bar."""
        _clear(bar)
        for id_ in self._shipped_table.tool_bar:
            if id_:
                bar.addAction(self._actions[id_])
            else:
                bar.addSeparator()

    def context_menu(self) -> QMenu:
        """Return a menu for the selected sentences; the caller shows and deletes it."""
        menu = QMenu(self._context.window)
        self.update_enabled()
        submenus: dict[str, QMenu] = {}
        for id_ in (*(one for one in self._label_ids if one.startswith("tag-")), "", *self._shipped_table.context_menu):
            if id_:
                self._add_to_menu(id_, menu, submenus=submenus)
            else:
                menu.addSeparator()
        return menu

    def _add_to_menu(self, id_: str, menu: QMenu, *, submenus: dict[str, QMenu]) -> None:
        """Add an action to `menu` or to its submenu."""
        name = self._table[id_].submenu
        if name and name not in submenus:
            submenus[name] = menu.addMenu(_(name))
        (submenus[name] if name else menu).addAction(self._actions[id_])

    def _add(self, entry: Action) -> None:
        action = QAction(self._context.window)
        action.setObjectName(entry.id)
        action.setShortcuts([parse_key(key) for key in entry.keys])
        action.setCheckable(entry.is_on is not None)
        action.triggered.connect(lambda *_: entry.callback(self._context))
        if entry.in_article:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self._context.article.addAction(action)
        else:
            self._context.window.addAction(action)
        if entry.submenu:
            group = self._groups.setdefault(entry.submenu, QActionGroup(self._context.window))
            group.addAction(action)
        if entry.choices is not None:
            action.setMenu(self._make_choice_menu(entry.choices))
        self._table[entry.id] = self._shipped_actions[entry.id] = entry
        self._actions[entry.id] = action

    def _make_choice_menu(self, choices: Callable[[Context], Sequence[Choice]]) -> QMenu:
        menu = QMenu(self._context.window)

        def fill() -> None:
            menu.clear()
            for choice in choices(self._context):
                made = menu.addAction(escape_ampersands(choice.text))
                made.triggered.connect(lambda *_, does=choice.callback: does(self._context))

        menu.aboutToShow.connect(fill)
        return menu

    def _tool_tip(self, entry: Action) -> str:
        text = entry.title.replace("&&", "&")
        if not entry.keys:
            return text
        return f"{text} ({parse_key(entry.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)})"


def _clear(bar: QMenuBar | QToolBar) -> None:
    """Empty `bar`; delete its menus and separators, which Qt would keep as long as the bar."""
    for entry in bar.actions():
        menu = entry.menu()
        bar.removeAction(entry)
        if isinstance(menu, QMenu) and menu.parent() is bar:
            menu.deleteLater()
        elif entry.isSeparator():
            entry.deleteLater()


class ActionFeature(Feature):
    """A feature that lists or changes the actions themselves; to run one, `Context.run` is enough."""

    def __init__(self, context: Context, actions: ActionSet) -> None:
        super().__init__(context)
        self._actions = actions
