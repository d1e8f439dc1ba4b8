"""Actions of the *Edit* menu that change a sentence or its block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.descriptions.block_kinds import BLOCK_KIND_NAMES
from annotator.app.session import commands
from annotator.core.document import BlockKind
from annotator.core.i18n import N_, _
from annotator.gui.actions.action import Action, Menu, Need

if TYPE_CHECKING:
    from annotator.gui.inspector.panel import Inspector
    from annotator.gui.mainwindow.context import Context


def _make_kind_action(kind: BlockKind) -> Action:
    """Return the action that sets the kind of the block."""

    def is_on(context: Context) -> bool:
        return commands.find_block_kind(context.session) is kind

    return Action(
        f"kind-{kind}",
        BLOCK_KIND_NAMES[kind],
        lambda context: commands.set_block_kind(context.session, kind),
        Menu.EDIT,
        2,
        needs=Need.WRITABLE,
        is_on=is_on,
        submenu=N_("Kind of block"),
    )


def _begin_split(context: Context) -> None:
    """Let the user choose the word before which the sentence is split."""
    context.article.begin_split()
    context.status.show_remark(_("Choose the word with ← and → and press Enter, or click it; Esc leaves."))


def _edit_note(context: Context, inspector: Inspector) -> None:
    """Let the user write the note of the current sentence."""
    context.session.go_to(context.session.current)  # drop the selection: a note belongs to one sentence
    context.status.clearMessage()
    context.refresh()
    context.window.panels["inspector"].show()
    inspector.edit_note()


def _fill_in(context: Context, inspector: Inspector) -> None:
    """Let the user fill in the fields of the current sentence, or report that it has none."""
    context.refresh()
    if not inspector.has_fields:
        context.status.show_remark(_("No label of this sentence has fields: tag the sentence first."))
        return
    context.window.panels["inspector"].show()
    inspector.edit_fields()


def _undo(context: Context) -> None:
    from annotator.gui.mainwindow import undo

    undo.undo(context)


def _redo(context: Context) -> None:
    from annotator.gui.mainwindow import undo

    undo.redo(context)


BLOCK_KINDS: tuple[Action, ...] = tuple(_make_kind_action(kind) for kind in BlockKind)

_SENTENCE_ACTIONS: tuple[Action, ...] = (
    Action("undo", N_("Undo"), _undo, Menu.EDIT, 0, ("Ctrl+Z",), Need.UNDOABLE, icon="undo"),
    Action(
        "redo",
        N_("Redo"),
        _redo,
        Menu.EDIT,
        0,
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        Need.REDOABLE,
        icon="redo",
    ),
    Action(
        "copy",
        N_("Copy the sentence"),
        lambda w: w.article.copy(),
        Menu.EDIT,
        1,
        ("Ctrl+C",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "split",
        N_("Split the sentence"),
        _begin_split,
        Menu.EDIT,
        2,
        ("S",),
        Need.WRITABLE,
        in_article=True,
        icon="split",
    ),
    Action(
        "join",
        N_("Join with the next sentence"),
        lambda w: commands.join(w.session),
        Menu.EDIT,
        2,
        ("M",),
        Need.WRITABLE,
        in_article=True,
        icon="join",
    ),
)


def make_editing_actions(inspector: Inspector) -> tuple[Action, ...]:
    """Return the actions that change a sentence other than by a label; `inspector` edits note and fields."""
    note = Action(
        "note",
        N_("Write a note"),
        lambda w: _edit_note(w, inspector),
        Menu.EDIT,
        3,
        ("T",),
        Need.WRITABLE,
        in_article=True,
        icon="note",
    )
    fields = Action(
        "fields",
        N_("Fill in the fields"),
        lambda w: _fill_in(w, inspector),
        Menu.EDIT,
        3,
        ("F",),
        Need.WRITABLE,
        in_article=True,
    )
    return (*_SENTENCE_ACTIONS, *BLOCK_KINDS, note, fields)
