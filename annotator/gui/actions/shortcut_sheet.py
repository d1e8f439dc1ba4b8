"""Sheet of all keys, built from the action table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from annotator.core.i18n import _
from annotator.gui.actions.action import Menu
from annotator.gui.actions.action_set import ActionFeature
from annotator.gui.actions.shortcuts import format_key
from annotator.gui.dialogs.dialog import Dialog
from annotator.gui.widgets.text_label import PlainLabel, TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.gui.actions.action import Action
    from annotator.gui.theme.theme import Theme

_CAPS_WIDTH = 100
_WIDTH, _HEIGHT = 1180, 760
_COLUMNS = ((Menu.TAG, Menu.FILE), (Menu.EDIT, Menu.VIEW), (Menu.GO, Menu.HELP))


class CheatSheet(ActionFeature):
    """Shows the keys in force."""

    def show(self) -> None:
        """Show all keys until the user closes them."""
        ShortcutSheet(self._actions.all_actions(), self._context.theme, self._context.window).ask(lambda: None)


class ShortcutSheet(Dialog):
    """All actions that have a key, by menu."""

    def __init__(self, actions: Sequence[Action], theme: Theme, parent: QWidget) -> None:
        size = min(_WIDTH, parent.width() - 40), min(_HEIGHT, parent.height() - 40)
        super().__init__(parent, _("Keyboard shortcuts"), size=size)
        self._theme = theme
        columns = QHBoxLayout()
        columns.setSpacing(30)
        for menus in _COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(18)
            for menu in menus:
                column.addLayout(self._make_section(menu, [one for one in actions if one.menu is menu and one.keys]))
            column.addStretch(1)
            columns.addLayout(column, 1)
        self.body.addLayout(columns)
        hint = _("Letters, digits and Space work while the article has the focus, whatever input method is on.")
        self.foot.insertWidget(0, TextLabel(hint, self, is_quiet=True), 1)
        self.add_buttons("", cancel=_("Close"))

    def _make_section(self, menu: Menu, actions: Sequence[Action]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        title = PlainLabel(self, _(menu.value).replace("&", ""))
        font = QFont(title.font())
        font.setBold(True)
        title.setFont(font)
        title.setStyleSheet(f"color: {self._theme.accent}")
        grid.addWidget(title, 0, 0, 1, 2)
        for row, action in enumerate(actions, start=1):
            grid.addLayout(self._make_key_caps(action.keys), row, 0)
            grid.addWidget(TextLabel(action.title.replace("&&", "&"), self), row, 1)
        grid.setColumnMinimumWidth(0, _CAPS_WIDTH)
        grid.setColumnStretch(1, 1)
        return grid

    def _make_key_caps(self, keys: Sequence[str]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        for key in dict.fromkeys(format_key(key) for key in keys):
            cap = PlainLabel(self, key)
            cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
            cap.setStyleSheet(
                f"background: {self._theme.field}; border: 1px solid {self._theme.line}; border-bottom-width: 2px;"
                f" border-radius: 4px; padding: 1px 7px; color: {self._theme.ink};"
            )
            row.addWidget(cap)
        row.addStretch(1)
        return row
