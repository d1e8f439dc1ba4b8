"""Where one can go. It must not know how it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.session import commands
from annotator.core.i18n import later
from annotator.gui.actions.action import Action, Menu, Need

if TYPE_CHECKING:
    from annotator.gui.mainwindow.context import Context


def _go_on_anywhere(context: Context) -> None:
    from annotator.gui.navigation import next_undecided

    next_undecided.go_on_anywhere(context)


ACTIONS: tuple[Action, ...] = (
    Action(
        "one-sentence",
        later("Select the current sentence alone"),
        lambda w: w.session.go(w.session.current),
        Menu.GO,
        3,
        ("Esc",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "next",
        later("Next sentence"),
        lambda w: commands.step(w.session, 1),
        Menu.GO,
        0,
        ("Down", "J"),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "previous",
        later("Previous sentence"),
        lambda w: commands.step(w.session, -1),
        Menu.GO,
        0,
        ("Up", "K"),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "next-open",
        later("Next undecided sentence"),
        lambda w: commands.go_open(w.session, 1),
        Menu.GO,
        1,
        ("N",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "previous-open",
        later("Previous undecided sentence"),
        lambda w: commands.go_open(w.session, -1),
        Menu.GO,
        1,
        ("P",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "next-open-anywhere",
        later("Next undecided sentence, in the next documents too"),
        _go_on_anywhere,
        Menu.GO,
        1,
        ("Shift+N",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "next-any",
        later("Next sentence, headings too"),
        lambda w: commands.step(w.session, 1, any_kind=True),
        Menu.GO,
        2,
        ("Alt+Down",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "previous-any",
        later("Previous sentence, headings too"),
        lambda w: commands.step(w.session, -1, any_kind=True),
        Menu.GO,
        2,
        ("Alt+Up",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "stretch-down",
        later("Select one sentence more"),
        lambda w: commands.stretch(w.session, 1),
        Menu.GO,
        3,
        ("Shift+Down",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "stretch-up",
        later("Select one sentence more upwards"),
        lambda w: commands.stretch(w.session, -1),
        Menu.GO,
        3,
        ("Shift+Up",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "first",
        later("First sentence"),
        lambda w: commands.go_end(w.session, -1),
        Menu.GO,
        4,
        ("Home",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "last",
        later("Last sentence"),
        lambda w: commands.go_end(w.session, 1),
        Menu.GO,
        4,
        ("End",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "next-document",
        later("Next document"),
        lambda w: w.open_neighbour(1),
        Menu.GO,
        5,
        ("Ctrl+PgDown",),
        Need.FOLDER,
        icon="down",
    ),
    Action(
        "previous-document",
        later("Previous document"),
        lambda w: w.open_neighbour(-1),
        Menu.GO,
        5,
        ("Ctrl+PgUp",),
        Need.FOLDER,
        icon="up",
    ),
)
