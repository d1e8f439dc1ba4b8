"""Actions of the label set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.i18n import N_
from annotator.gui.actions.action import Action, Menu

if TYPE_CHECKING:
    from annotator.gui.mainwindow.context import Context


def _edit_labels(context: Context) -> None:
    from annotator.gui.labels.controller import LabelEditor

    context.feature(LabelEditor).edit()


ACTIONS: tuple[Action, ...] = (Action("labels", N_("Labels…"), _edit_labels, Menu.TAG, 4, ("Ctrl+Shift+L",)),)
