"""The table of all actions, from which menus, shortcuts, tool bar, context menu and shortcut sheet are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.gui.actions.action import ActionTable, Menu
from annotator.gui.annotations import actions as table
from annotator.gui.check import actions as check
from annotator.gui.documents import actions as documents
from annotator.gui.export import actions as export
from annotator.gui.help import actions as help_
from annotator.gui.history import actions as history
from annotator.gui.inspector import actions as inspector
from annotator.gui.labels import actions as labels
from annotator.gui.navigation import actions as navigation
from annotator.gui.preferences import actions as preferences
from annotator.gui.review import actions as review
from annotator.gui.review_report import actions as review_report
from annotator.gui.search import actions as search
from annotator.gui.tagging import actions as tagging

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
    *(action.id for action in inspector.BLOCK_KINDS),
    *("", "identical-here", "identical-everywhere", "", "copy", "labels"),
)


def build_action_table(panel: Inspector) -> ActionTable:
    """Return the actions of all features in the order of the menus; those for notes and fields use `panel`."""
    actions = (
        *documents.ACTIONS,
        *tagging.ACTIONS,
        *labels.ACTIONS,
        *inspector.make_editing_actions(panel),
        *navigation.ACTIONS,
        *search.ACTIONS,
        *preferences.ACTIONS,
        *table.ACTIONS,
        *check.ACTIONS,
        *export.ACTIONS,
        *review.ACTIONS,
        *review_report.ACTIONS,
        *history.ACTIONS,
        *help_.ACTIONS,
    )
    # Cheat-sheet, palette and help list the actions as the menus do, whichever feature they belong to.
    menus = list(Menu)
    in_order = sorted(actions, key=lambda action: (menus.index(action.menu), action.group))
    return ActionTable(tuple(in_order), tagging.make_label_actions, _TOOL_BAR, _CONTEXT_MENU)
