"""Actions of the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.i18n import N_
from annotator.gui.actions.action import Action, Menu, Need

if TYPE_CHECKING:
    from annotator.gui.mainwindow.context import Context


def _save_copy(context: Context) -> None:
    from annotator.gui.history.save_copy import save_copy_now

    save_copy_now(context)


def _toggle_history(context: Context) -> None:
    from annotator.gui.history.controller import History

    context.feature(History).toggle()


ACTIONS: tuple[Action, ...] = (
    Action(
        "save-copy",
        N_("Save a copy of the annotations…"),
        _save_copy,
        Menu.FILE,
        1,
        ("Ctrl+Shift+S",),
        Need.DOCUMENT,
    ),
    Action(
        "panel-history",
        N_("History"),
        _toggle_history,
        Menu.VIEW,
        4,
        ("Ctrl+H",),
        is_on=lambda w: w.is_panel_shown("history"),
    ),
)
