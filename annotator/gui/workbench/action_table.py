"""The one table of what can be done: menus, shortcuts, tool bar, context menu and cheat-sheet are made from it.

It must not know how they look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.gui.actions.action import ActionTable
from annotator.gui.documents.actions import FILES
from annotator.gui.help.actions import HELPING
from annotator.gui.inspector.actions import BLOCK_KINDS, editing_actions
from annotator.gui.navigation.actions import MOVING
from annotator.gui.preferences.actions import LOOKS
from annotator.gui.tagging.actions import TAGGING, label_actions

if TYPE_CHECKING:
    from annotator.gui.inspector.panel import Inspector

_TOOL_BAR: tuple[str, ...] = (
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
_CONTEXT_MENU: tuple[str, ...] = (
    *("nothing", "clear", "", "note", "fields", "split", "join"),
    *(action.id for action in BLOCK_KINDS),
    *("", "identical-here", "identical-everywhere", "", "copy", "labels"),
)


def action_table(inspector: Inspector) -> ActionTable:
    """Return all actions; those that write notes and fields do it in `inspector`."""
    actions = (*FILES, *TAGGING, *editing_actions(inspector), *MOVING, *LOOKS, *HELPING)
    return ActionTable(actions, label_actions, _TOOL_BAR, _CONTEXT_MENU)
