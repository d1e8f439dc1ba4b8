"""What else can be done with a sentence. It must not know how it is shown."""

from __future__ import annotations

from annotator.app import commands
from annotator.core.wording import later
from annotator.gui.action import Action, Menu, Need

EDITING: tuple[Action, ...] = (
    Action(
        "undo", later("Undo"), lambda w: commands.undo(w.session), Menu.EDIT, 0, ("Ctrl+Z",), Need.WRITABLE, icon="undo"
    ),
    Action(
        "redo",
        later("Redo"),
        lambda w: commands.redo(w.session),
        Menu.EDIT,
        0,
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        Need.WRITABLE,
        icon="redo",
    ),
    Action(
        "copy",
        later("Copy the sentence"),
        lambda w: w.article.copy(),
        Menu.EDIT,
        1,
        ("Ctrl+C",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "split",
        later("Split the sentence"),
        lambda w: w.begin_split(),
        Menu.EDIT,
        2,
        ("S",),
        Need.WRITABLE,
        in_article=True,
        icon="split",
    ),
    Action(
        "join",
        later("Join with the next sentence"),
        lambda w: commands.join(w.session),
        Menu.EDIT,
        2,
        ("M",),
        Need.WRITABLE,
        in_article=True,
        icon="join",
    ),
    Action(
        "note",
        later("Write a note"),
        lambda w: w.edit_note(),
        Menu.EDIT,
        3,
        ("T",),
        Need.WRITABLE,
        in_article=True,
        icon="note",
    ),
)
