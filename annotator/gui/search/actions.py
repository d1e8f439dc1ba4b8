"""Actions of the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.i18n import N_
from annotator.gui.actions.action import Action, Menu, Need

if TYPE_CHECKING:
    from annotator.gui.mainwindow.context import Context
    from annotator.gui.search.find_bar import FindBar


def _find_bar(context: Context) -> FindBar:
    from annotator.gui.search.find_bar import FindBar

    return context.feature(FindBar)


def _find_everywhere(context: Context) -> None:
    from annotator.gui.search.workspace_search import WorkspaceSearch

    context.feature(WorkspaceSearch).open()


ACTIONS: tuple[Action, ...] = (
    Action(
        "find",
        N_("Find…"),
        lambda w: _find_bar(w).open(),
        Menu.EDIT,
        8,
        ("Ctrl+F",),
        Need.DOCUMENT,
    ),
    Action(
        "find-next",
        N_("Find the next match"),
        lambda w: _find_bar(w).step(1),
        Menu.EDIT,
        8,
        ("F3", "Ctrl+G"),
        Need.DOCUMENT,
    ),
    Action(
        "find-previous",
        N_("Find the previous match"),
        lambda w: _find_bar(w).step(-1),
        Menu.EDIT,
        8,
        ("Shift+F3", "Ctrl+Shift+G"),
        Need.DOCUMENT,
    ),
    Action(
        "find-everywhere",
        N_("Find in all documents…"),
        _find_everywhere,
        Menu.EDIT,
        8,
        ("Ctrl+Shift+F",),
        Need.FOLDER,
    ),
)
