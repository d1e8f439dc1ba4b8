"""Actions of the review report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.i18n import N_
from annotator.gui.actions.action import Action, Menu, Need

if TYPE_CHECKING:
    from annotator.gui.mainwindow.context import Context


def _report_review(context: Context) -> None:
    from annotator.gui.review_report.controller import ReviewReport

    context.feature(ReviewReport).show()


ACTIONS: tuple[Action, ...] = (
    Action("review-report", N_("Table of responses…"), _report_review, Menu.FILE, 3, (), Need.FOLDER),
)
