"""Dialog for changing the keys of actions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from annotator.core.i18n import _
from annotator.gui.actions.action import Menu
from annotator.gui.actions.shortcuts import find_conflict, format_key, get_key, get_plain_title, resolve_keys
from annotator.gui.dialogs.dialog import Dialog
from annotator.gui.theme.styles import form_stylesheet
from annotator.gui.widgets.text_label import PlainLabel
from annotator.search.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.gui.actions.action import Action
    from annotator.gui.theme.theme import Theme

_ID = int(Qt.ItemDataRole.UserRole)


def ask_keys(
    parent: QWidget, actions: Sequence[Action], *, changed: Mapping[str, list[str]], theme: Theme
) -> dict[str, list[str]] | None:
    """Return the keys that differ from the default ones, by action id, or None if the dialog is cancelled.

    `changed` are those that differ now; its entries for unknown actions are kept.
    """
    dialog = _ShortcutDialog(parent, actions, changed=changed, theme=theme)
    return dialog.ask(lambda: dialog.changed)


class _ShortcutDialog(Dialog):
    def __init__(
        self, parent: QWidget, actions: Sequence[Action], *, changed: Mapping[str, list[str]], theme: Theme
    ) -> None:
        super().__init__(parent, _("Change keys"), size=(640, 620))
        self.setStyleSheet(form_stylesheet(theme))
        self.changed = {id_: list(keys) for id_, keys in changed.items()}
        self._actions = {action.id: action for action in actions}
        self._theme = theme
        self._is_adding = False
        self._items: dict[str, QTreeWidgetItem] = {}
        self._search = QLineEdit(self)
        self._search.setPlaceholderText(_("Find an action or a key"))
        self._search.setAccessibleName(_("Find an action or a key"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._narrow)
        self._search.installEventFilter(self)
        self._tree = self._make_tree()
        self._catcher = _KeyCapture(self)
        self._catcher.caught.connect(self._on_key_caught)
        self._catcher.left.connect(self._stop)
        self._show_hint("")
        self._build_layout()
        self._refill()
        self._choose(next(iter(self._items.values()), None))
        self._tree.scrollToTop()
        self._tree.setFocus()

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setColumnCount(2)
        tree.setHeaderLabels([_("Action"), _("Keyboard shortcuts")])
        tree.setRootIsDecorated(False)
        tree.setItemsExpandable(False)
        tree.setIndentation(14)
        tree.setAccessibleName(_("Keyboard shortcuts"))
        header = tree.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        for menu in Menu:
            section = QTreeWidgetItem(tree, [_(menu.value).replace("&", "")])
            section.setFlags(Qt.ItemFlag.ItemIsEnabled)
            section.setForeground(0, QColor(self._theme.accent))
            font = section.font(0)
            font.setBold(True)
            section.setFont(0, font)
            for action in sorted(
                (one for one in self._actions.values() if one.menu is menu), key=lambda one: one.group
            ):
                item = QTreeWidgetItem(section, [get_plain_title(action), ""])
                item.setData(0, _ID, action.id)
                self._items[action.id] = item
        tree.expandAll()
        tree.itemActivated.connect(lambda _item, _column: self._start())
        return tree

    def _build_layout(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for text, call in (
            (_("Change…"), self._start),
            (_("Add a key…"), self._start_adding),
            (_("No key"), self._remove),
            (_("Reset"), self._reset),
            (_("Reset all"), self._reset_all),
        ):
            button = QPushButton(text, self)
            button.setAutoDefault(False)
            button.setStyleSheet("padding: 6px 11px")
            button.clicked.connect(call)
            row.addWidget(button)
        row.addStretch(1)
        for widget in (self._search, self._tree, self._catcher):
            self.body.addWidget(widget)
        self.body.addLayout(row)
        self.add_buttons(_("OK"), is_default=False)

    # Display

    def _refill(self) -> None:
        for action in self._in_force():
            item = self._items[action.id]
            item.setText(1, "   ".join(dict.fromkeys(format_key(key) for key in action.keys)))
            font = item.font(0)
            font.setBold(action.id in self.changed)
            item.setFont(0, font)
            item.setFont(1, font)
        self._narrow(self._search.text())

    def _narrow(self, typed: str) -> None:
        wanted, items = fold(typed).text.split(), self._items.values()
        for item in items:
            text = fold(f"{item.text(0)} {item.text(1)}").text
            item.setHidden(not all(word in text for word in wanted))
        for row in range(self._tree.topLevelItemCount()):
            section = self._tree.topLevelItem(row)
            if section is not None:
                section.setHidden(not any(item.parent() is section and not item.isHidden() for item in items))
        current = self._tree.currentItem()
        if current is None or current.isHidden():
            self._choose(next((item for item in items if not item.isHidden()), None))

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self._tree.setCurrentItem(item)
            self._tree.scrollToItem(item)

    def _show_hint(self, text: str, *, is_trouble: bool = False) -> None:
        usual = _("Choose an action and press Enter, then the new key. What you changed is bold.")
        self._catcher.say(text or usual, colour=self._theme.error if is_trouble else self._theme.muted)

    # Changes

    def _in_force(self) -> list[Action]:
        found = resolve_keys(list(self._actions.values()), self.changed)
        return [replace(action, keys=found[id_]) for id_, action in self._actions.items()]

    def _chosen(self) -> Action | None:
        item = self._tree.currentItem()
        return self._actions.get(item.data(0, _ID) or "") if item is not None else None

    def _start(self) -> None:
        self._begin(is_adding=False)

    def _start_adding(self) -> None:
        self._begin(is_adding=True)

    def _begin(self, *, is_adding: bool) -> None:
        action = self._chosen()
        if action is not None:
            self._is_adding = is_adding
            self._show_hint(
                _("Press the key for “{action}” now. Esc leaves it as it is.").format(action=get_plain_title(action))
            )
            self._catcher.listen(self._theme.accent)

    def _on_key_caught(self, key: str) -> None:
        action = self._chosen()
        if action is None:
            return
        trouble = find_conflict(key, action, others=self._in_force())
        if trouble:
            self._show_hint(trouble, is_trouble=True)
            return
        now = next(one.keys for one in self._in_force() if one.id == action.id)
        self._set_keys(action, [*dict.fromkeys([*now, key])] if self._is_adding else [key])
        self._stop()

    def _stop(self) -> None:
        self._show_hint("")
        self._tree.setFocus()

    def _set_keys(self, action: Action, keys: list[str]) -> None:
        self.changed[action.id] = keys
        if keys == list(action.keys):
            del self.changed[action.id]
        self._refill()

    def _remove(self) -> None:
        action = self._chosen()
        if action is not None:
            self._set_keys(action, [])
            self._stop()

    def _reset(self) -> None:
        action = self._chosen()
        if action is None:
            return
        message = (find_conflict(key, action, others=self._in_force()) for key in action.keys)
        trouble = next((one for one in message if one), "")
        if trouble:
            self._show_hint(trouble, is_trouble=True)
            return
        self._set_keys(action, list(action.keys))
        self._stop()

    def _reset_all(self) -> None:
        self.changed = {id_: keys for id_, keys in self.changed.items() if id_ not in self._actions}
        self._refill()
        self._stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self._search:
            if event.key() == Qt.Key.Key_Down:
                self._tree.setFocus()
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._start()
                return True
        return super().eventFilter(watched, event)


class _KeyCapture(PlainLabel):
    """A line of text that takes the next key press while it listens."""

    caught = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self._frame = ""

    def say(self, text: str, *, colour: str) -> None:
        """Show `text`."""
        self.setText(text)
        self.setAccessibleName(text)
        self.setStyleSheet(f"QLabel {{ color: {colour}; padding: 4px 8px; border-radius: 6px; {self._frame} }}")

    def listen(self, colour: str) -> None:
        """Take the next key, with a frame in `colour` meanwhile."""
        self._frame = f"border: 1px solid {colour};"
        self.setStyleSheet(self.styleSheet().replace("}", self._frame + "}"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:  # sent before an action would take the key
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = get_key(event)
            if key == "Esc":
                self.left.emit()
            elif key:
                self.caught.emit(key)
            return True
        if event.type() == QEvent.Type.FocusOut:
            self._frame = ""
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return super().event(event)
