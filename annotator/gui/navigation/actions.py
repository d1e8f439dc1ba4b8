"""Actions of the *Go* menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.session import commands
from annotator.core.i18n import N_
from annotator.gui.actions.action import Action, Menu, Need

if TYPE_CHECKING:
    from annotator.gui.mainwindow.context import Context


def _go_to_next_undecided(context: Context) -> None:
    from annotator.gui.navigation import next_undecided

    next_undecided.go_to_next_undecided(context)


ACTIONS: tuple[Action, ...] = (
    Action("messages", N_("Recent messages"), lambda w: w.status.show_messages(), Menu.VIEW, 5, ("Ctrl+Shift+M",)),
    Action("next-region", N_("Next part of the window"), lambda w: w.window.go_to_region(1), Menu.GO, 6, ("F6",)),
    Action(
        "previous-region",
        N_("Previous part of the window"),
        lambda w: w.window.go_to_region(-1),
        Menu.GO,
        6,
        ("Shift+F6",),
    ),
    Action(
        "one-sentence",
        N_("Select current sentence only"),
        lambda w: w.session.go_to(w.session.current),
        Menu.GO,
        3,
        ("Esc",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "next",
        N_("Next sentence"),
        lambda w: commands.go_adjacent(w.session, 1),
        Menu.GO,
        0,
        ("Down", "J"),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "previous",
        N_("Previous sentence"),
        lambda w: commands.go_adjacent(w.session, -1),
        Menu.GO,
        0,
        ("Up", "K"),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "next-open",
        N_("Next undecided sentence"),
        lambda w: commands.go_undecided(w.session, 1),
        Menu.GO,
        1,
        ("N",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "previous-open",
        N_("Previous undecided sentence"),
        lambda w: commands.go_undecided(w.session, -1),
        Menu.GO,
        1,
        ("P",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "next-open-anywhere",
        N_("Next undecided sentence in any document"),
        _go_to_next_undecided,
        Menu.GO,
        1,
        ("Shift+N",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "next-any",
        N_("Next sentence, including headings"),
        lambda w: commands.go_adjacent(w.session, 1, is_any_kind=True),
        Menu.GO,
        2,
        ("Alt+Down",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "previous-any",
        N_("Previous sentence, including headings"),
        lambda w: commands.go_adjacent(w.session, -1, is_any_kind=True),
        Menu.GO,
        2,
        ("Alt+Up",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "stretch-down",
        N_("Extend selection down"),
        lambda w: commands.extend_selection(w.session, 1),
        Menu.GO,
        3,
        ("Shift+Down",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "stretch-up",
        N_("Extend selection up"),
        lambda w: commands.extend_selection(w.session, -1),
        Menu.GO,
        3,
        ("Shift+Up",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "first",
        N_("First sentence"),
        lambda w: commands.go_to_end(w.session, -1),
        Menu.GO,
        4,
        ("Home",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "last",
        N_("Last sentence"),
        lambda w: commands.go_to_end(w.session, 1),
        Menu.GO,
        4,
        ("End",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "next-document",
        N_("Next document"),
        lambda w: w.open_neighbour(1),
        Menu.GO,
        5,
        ("Ctrl+PgDown",),
        Need.FOLDER,
        icon="down",
    ),
    Action(
        "previous-document",
        N_("Previous document"),
        lambda w: w.open_neighbour(-1),
        Menu.GO,
        5,
        ("Ctrl+PgUp",),
        Need.FOLDER,
        icon="up",
    ),
)
