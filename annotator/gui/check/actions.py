"""Actions of the *To check* panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.i18n import N_
from annotator.gui.actions.action import Action, Menu

if TYPE_CHECKING:
    from annotator.gui.mainwindow.context import Context


def _toggle_check(context: Context) -> None:
    from annotator.gui.check.controller import CheckTool

    context.feature(CheckTool).toggle()


ACTIONS: tuple[Action, ...] = (
    Action(
        "panel-check",
        N_("To check"),
        _toggle_check,
        Menu.VIEW,
        4,
        ("F8",),
        is_on=lambda w: w.is_panel_shown("check"),
    ),
)
