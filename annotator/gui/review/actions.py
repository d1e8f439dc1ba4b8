"""Actions of reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.i18n import N_
from annotator.gui.actions.action import Action, Menu, Need

if TYPE_CHECKING:
    from annotator.gui.mainwindow.context import Context


def _take_in(context: Context) -> None:
    from annotator.gui.review.import_answers import take_in

    take_in(context)


def _toggle_review(context: Context) -> None:
    from annotator.gui.review.controller import ReviewTool

    context.feature(ReviewTool).toggle()


ACTIONS: tuple[Action, ...] = (
    Action("review-in", N_("Take in a reviewer's file…"), _take_in, Menu.FILE, 3, (), Need.FOLDER),
    Action(
        "panel-review",
        N_("Review"),
        _toggle_review,
        Menu.VIEW,
        4,
        ("F5",),
        is_on=lambda w: w.is_panel_shown("review"),
    ),
)
