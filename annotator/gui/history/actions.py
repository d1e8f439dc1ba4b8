"""Actions of the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.i18n import N_
from annotator.gui.actions.action import Action, Menu, Need, panel_action

if TYPE_CHECKING:
    from annotator.gui.mainwindow.context import Context


def _save_copy(context: Context) -> None:
    from annotator.gui.history.save_copy import save_copy_now

    save_copy_now(context)


ACTIONS: tuple[Action, ...] = (
    Action(
        "save-copy",
        N_("Save a copy of the annotation file…"),
        _save_copy,
        Menu.FILE,
        1,
        ("Ctrl+Shift+S",),
        Need.DOCUMENT,
    ),
    panel_action("history", N_("History"), "Ctrl+H"),
)
