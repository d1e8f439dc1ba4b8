"""Keys of the article that a layout or an input tool reports as something else than what was pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from annotator.gui.actions.shortcuts import get_key, normalize_key
from annotator.gui.widgets.key_places import is_injected

if TYPE_CHECKING:
    from annotator.gui.actions.action_set import ActionSet


class PlaceKeys:
    """Runs the action of a key by its place, where Qt would look for another key, and drops what no key sent.

    Qt's shortcuts compare characters: on the Vietnamese layout of Windows the key 1 types ă and matches nothing.
    """

    def __init__(self, actions: ActionSet) -> None:
        self._actions = actions

    def claims(self, event: QKeyEvent) -> bool:
        """Return whether no shortcut may see `event`."""
        return is_injected(event) or bool(self._find_action(event))

    def handle(self, event: QKeyEvent) -> bool:
        """Do what the key is for, if it is claimed, and return whether it is."""
        if is_injected(event):
            return True
        id_ = self._find_action(event)
        if id_:
            self._actions.run(id_)
        return bool(id_)

    def _find_action(self, event: QKeyEvent) -> str:
        """Return the action for the place of the key; empty if Qt would find it by itself, or there is none."""
        key = get_key(event)
        reported = QKeySequence(QKeyCombination(event.modifiers(), Qt.Key(event.key()))).toString()
        return "" if not key or key == normalize_key(reported) else self._actions.find_article_action(key)
