"""What else can be done with a sentence. It must not know how it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.session import commands
from annotator.core.document import BlockKind
from annotator.core.i18n import later
from annotator.gui.action import Action, Menu, Need
from annotator.gui.filling import fill_in

if TYPE_CHECKING:
    from annotator.gui.workbench import Workbench

_KINDS = {
    BlockKind.TITLE: later("title"),
    BlockKind.LEAD: later("lead"),
    BlockKind.HEADING: later("heading"),
    BlockKind.PARAGRAPH: later("paragraph"),
    BlockKind.ITEM: later("list item"),
    BlockKind.CAPTION: later("caption"),
    BlockKind.BYLINE: later("byline"),
    BlockKind.BOILERPLATE: later("boilerplate"),
}


def _kind(kind: BlockKind) -> Action:
    """The action that says that the block is of that kind."""

    def is_on(bench: Workbench) -> bool:
        return commands.find_kind(bench.session) is kind

    return Action(
        f"kind-{kind}",
        _KINDS[kind],
        lambda bench: commands.set_kind(bench.session, kind),
        Menu.EDIT,
        2,
        needs=Need.WRITABLE,
        is_on=is_on,
        submenu=later("This block is a…"),
    )


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
    *(_kind(kind) for kind in BlockKind),
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
    Action(
        "fields",
        later("Fill in the fields"),
        fill_in,
        Menu.EDIT,
        3,
        ("F",),
        Need.WRITABLE,
        in_article=True,
    ),
)
