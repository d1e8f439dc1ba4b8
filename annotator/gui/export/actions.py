"""Actions of the export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.i18n import N_
from annotator.gui.actions.action import Action, Menu, Need

if TYPE_CHECKING:
    from annotator.gui.mainwindow.context import Context


def _export(context: Context) -> None:
    from annotator.gui.export.controller import export

    export(context)


ACTIONS: tuple[Action, ...] = (Action("export", N_("Export…"), _export, Menu.FILE, 3, ("Ctrl+E",), Need.FOLDER),)
