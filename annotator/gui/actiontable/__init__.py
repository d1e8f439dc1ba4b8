"""The one table of what can be done: menus, shortcuts, tool bar, context menu and cheat-sheet are made from it.

It must not know how they look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.gui.actiontable.editing import EDITING
from annotator.gui.actiontable.files import FILES
from annotator.gui.actiontable.helping import HELPING
from annotator.gui.actiontable.looks import LOOKS
from annotator.gui.actiontable.moving import MOVING
from annotator.gui.actiontable.tagging import TAGGING, label_actions

if TYPE_CHECKING:
    from annotator.gui.action import Action

__all__ = ["ACTIONS", "CONTEXT_MENU", "TOOL_BAR", "label_actions"]

ACTIONS: tuple[Action, ...] = (*FILES, *TAGGING, *EDITING, *MOVING, *LOOKS, *HELPING)

TOOL_BAR: tuple[str, ...] = (
    "open-folder",
    "",
    "previous-document",
    "next-document",
    "",
    "undo",
    "redo",
    "",
    "split",
    "join",
    "note",
    "",
    "finish",
    "",
    "keys",
)
CONTEXT_MENU: tuple[str, ...] = (
    *("nothing", "clear", "", "note", "fields", "split", "join"),
    *(action.id for action in EDITING if action.submenu),
    *("", "identical-here", "identical-everywhere", "", "copy", "labels"),
)
