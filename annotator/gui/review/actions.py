"""Actions of reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.i18n import N_
from annotator.gui.actions.action import Action, Menu, Need, panel_action

if TYPE_CHECKING:
    from annotator.gui.mainwindow.context import Context


def _take_in(context: Context) -> None:
    from annotator.gui.review.import_answers import take_in

    take_in(context)


ACTIONS: tuple[Action, ...] = (
    Action("review-in", N_("Import review…"), _take_in, Menu.FILE, 3, (), Need.FOLDER),
    panel_action("review", N_("Review"), "F5"),
)
