"""Actions of the *Help* menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.i18n import N_
from annotator.gui.actions.action import Action, Menu
from annotator.gui.mainwindow.dialogs import show_about

if TYPE_CHECKING:
    from annotator.gui.mainwindow.context import Context


def _show_palette(context: Context) -> None:
    from annotator.gui.actions.palette import CommandPalette

    context.feature(CommandPalette).show()


def _show_help(context: Context) -> None:
    from annotator.gui.help.viewer import HelpViewer

    context.feature(HelpViewer).show()


def _show_keys(context: Context) -> None:
    from annotator.gui.actions.shortcut_sheet import CheatSheet

    context.feature(CheatSheet).show()


def _show_tour(context: Context) -> None:
    from annotator.gui.help.tour import Tour

    context.feature(Tour).start()


ACTIONS: tuple[Action, ...] = (
    Action("palette", N_("Find a command…"), _show_palette, Menu.HELP, 0, ("Ctrl+K",)),
    Action("help", N_("Help"), _show_help, Menu.HELP, 0, ("Shift+F1",)),
    Action("keys", N_("Keyboard shortcuts"), _show_keys, Menu.HELP, 0, ("F1",), icon="keys"),
    Action("tour", N_("Tour"), _show_tour, Menu.HELP, 0),
    Action("about", N_("About annotator"), lambda w: show_about(w.window), Menu.HELP, 1),
)
