"""Where help is to be had. It must not know what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.i18n import later
from annotator.gui.action import Action, Menu

if TYPE_CHECKING:
    from annotator.gui.workbench import Workbench


def _show_palette(bench: Workbench) -> None:
    from annotator.gui.palette import Palette  # noqa: PLC0415  # starting does not wait for what is called by a key

    bench.tool(Palette).show()


def _show_help(bench: Workbench) -> None:
    from annotator.gui.helpviewer import HelpViewer  # noqa: PLC0415  # as above

    bench.tool(HelpViewer).show()


def _show_tour(bench: Workbench) -> None:
    from annotator.gui.tour import Tour  # noqa: PLC0415  # as above

    bench.tool(Tour).start()


HELPING: tuple[Action, ...] = (
    Action("palette", later("All actions…"), _show_palette, Menu.HELP, 0, ("Ctrl+K",)),
    Action("help", later("Help"), _show_help, Menu.HELP, 0, ("Shift+F1",)),
    Action("keys", later("Keys"), lambda w: w.show_keys(), Menu.HELP, 0, ("F1",), icon="keys"),
    Action("tour", later("A short tour"), _show_tour, Menu.HELP, 0),
    Action("about", later("About annotator"), lambda w: w.show_about(), Menu.HELP, 1),
)
