"""Makes Qt's actions, menus and tool bar from the table. It must not know what the actions do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar

from annotator.core.wording import _
from annotator.gui.action import Action, Menu, Need
from annotator.gui.actiontable import ACTIONS, CONTEXT_MENU, TOOL_BAR, label_actions
from annotator.gui.icons import icon

if TYPE_CHECKING:
    from annotator.gui.workbench import Workbench


class ActionSet:
    """The actions of one window; `rebuild` makes those of the labels anew, `retitle` puts all into the language."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._table: dict[str, Action] = {}
        self._actions: dict[str, QAction] = {}
        for action in ACTIONS:
            self._add(action)
        self._label_ids: list[str] = []

    def rebuild(self) -> None:
        """Make the actions of the labels in use."""
        for id_ in self._label_ids:
            self._bench.article.removeAction(self._actions[id_])
            gone = self._actions.pop(id_)
            gone.setParent(None)
            gone.deleteLater()
            del self._table[id_]
        self._label_ids = []
        for action in label_actions(self._bench.session.labels, language=self._bench.language):
            self._add(action)
            self._label_ids.append(action.id)

    def in_order(self) -> list[Action]:
        """The whole table as it stands, the labels first in their menu."""
        own = [self._table[id_] for id_ in self._label_ids]
        return [*own, *ACTIONS]

    def retitle(self) -> None:
        """Show every action in the language of the program and with the icons of the theme."""
        for id_, action in self._actions.items():
            entry = self._table[id_]
            action.setText(entry.title)
            action.setToolTip(self._tip(entry))
            if entry.icon:
                action.setIcon(icon(entry.icon, self._bench.theme.ink))

    def enable(self) -> None:
        """Let those be chosen that make sense now, and show which are on."""
        session = self._bench.session
        met = {Need.NOTHING}
        if session.workspace is not None:
            met.add(Need.FOLDER)
        if session.document is not None:
            met.add(Need.DOCUMENT)
            if not session.read_only:
                met.add(Need.WRITABLE)
        for id_, action in self._actions.items():
            entry = self._table[id_]
            action.setEnabled(entry.needs in met)
            if entry.is_on is not None:
                action.setChecked(entry.is_on(self._bench))

    def fill_menu_bar(self, bar: QMenuBar) -> None:
        """Put all actions into the menus of ``bar``."""
        bar.clear()
        for menu in Menu:
            shown = bar.addMenu(_(menu.value))
            shown.aboutToShow.connect(self.enable)
            group = None
            for action in sorted((one for one in self.in_order() if one.menu is menu), key=lambda one: one.group):
                if group is not None and action.group != group:
                    shown.addSeparator()
                group = action.group
                shown.addAction(self._actions[action.id])

    def fill_tool_bar(self, bar: QToolBar) -> None:
        """Put the few actions of the tool bar into ``bar``."""
        bar.clear()
        for id_ in TOOL_BAR:
            if id_:
                bar.addAction(self._actions[id_])
            else:
                bar.addSeparator()

    def context_menu(self) -> QMenu:
        """A menu of what can be done with the selected sentences; the caller shows and deletes it."""
        menu = QMenu(self._bench.window)
        self.enable()
        for id_ in (*(one for one in self._label_ids if one.startswith("tag-")), "", *CONTEXT_MENU):
            if id_:
                menu.addAction(self._actions[id_])
            else:
                menu.addSeparator()
        return menu

    def _add(self, entry: Action) -> None:
        action = QAction(self._bench.window)
        action.setObjectName(entry.id)
        action.setShortcuts([QKeySequence(key) for key in entry.keys])
        action.setCheckable(entry.is_on is not None)
        action.triggered.connect(lambda *_: entry.does(self._bench))
        if entry.in_article:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self._bench.article.addAction(action)
        else:
            self._bench.window.addAction(action)
        self._table[entry.id] = entry
        self._actions[entry.id] = action

    def _tip(self, entry: Action) -> str:
        text = entry.title.replace("&&", "&")
        if not entry.keys:
            return text
        return f"{text} ({QKeySequence(entry.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)})"
