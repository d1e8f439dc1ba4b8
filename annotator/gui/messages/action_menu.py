"""Menu of a message's action by a right click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from annotator.gui.widgets.text_label import escape_ampersands

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPoint

    from annotator.gui.messages.message import MessageAction


def popup_action_menu(
    parent: QWidget, action: MessageAction, place: QPoint, *, run: Callable[[MessageAction], object]
) -> None:
    """Show a menu at `place`, in global pixels, with `action` and what else it offers, if there is more than one."""
    if action.other is None:
        return
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for one in (action, action.other):
        entry = menu.addAction(escape_ampersands(one.text))
        entry.triggered.connect(lambda *_, one=one: run(one))
    menu.popup(place)
