"""Actions of the table of annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.i18n import N_
from annotator.gui.actions.action import Action, Menu

if TYPE_CHECKING:
    from annotator.gui.mainwindow.context import Context


def _toggle_table(context: Context) -> None:
    from annotator.gui.annotations.controller import AnnotationTable

    context.feature(AnnotationTable).toggle()


ACTIONS: tuple[Action, ...] = (
    Action(
        "panel-table",
        N_("Annotations"),
        _toggle_table,
        Menu.VIEW,
        4,
        ("F7",),
        is_on=lambda w: w.is_panel_shown("table"),
    ),
)
