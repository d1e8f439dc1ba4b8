"""Undo and redo as the user asks for them: also of a step in a document that was left since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.documents.open import open_document
from annotator.app.documents.undo import can_redo, find_left_document, go_back_and_undo
from annotator.app.session import commands
from annotator.core.i18n import _
from annotator.gui.mainwindow.message_actions import make_action

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.core.change import Step
    from annotator.gui.mainwindow.context import Context
    from annotator.gui.messages.message import MessageAction


def undo(context: Context) -> None:
    """Undo the last step of this window, in the document in which it was done."""
    session = context.session
    if find_left_document(session) is not None:
        context.commit_edits()
    path = find_left_document(session)  # None if what was being typed here was a step
    if path is None:
        commands.undo(session)
        return
    title = go_back_and_undo(session, path, deliver=context.invoker.invoke)
    context.article.setFocus()
    if title:
        redoing = make_action(context, "redo", _("Redo"), is_possible=lambda: can_redo(session))
        message = _("Went back to “{title}” and undid it.").format(title=title)
        context.toasts.show(message, action=redoing._replace(is_all=True))


def redo(context: Context) -> None:
    """Redo the last undone step of the open document."""
    commands.redo(context.session)


def offer_undo(context: Context, step: Step) -> MessageAction:
    """Return the action of a toast that undoes `step` of the open document, wherever the user is by then."""
    path = context.session.path
    undoing = make_action(context, "undo", _("Undo"), is_possible=lambda: _is_there(context, path, step))
    return undoing._replace(
        callback=lambda: _undo_step(context, path, step),
        is_all=True,
        is_key_same=lambda: _is_last(context, path, step),
    )


def _undo_step(context: Context, path: Path | None, step: Step) -> None:
    session = context.session
    if path is not None and session.path != path:
        if path == find_left_document(session):
            undo(context)
            return
        context.commit_edits()
        if not open_document(session, path, deliver=context.invoker.invoke):
            return
        context.article.setFocus()
    commands.revert(session, step)


def _is_last(context: Context, path: Path | None, step: Step) -> bool:
    """Return whether undo would undo `step`."""
    session = context.session
    if session.path == path:
        done = session.history.done
        return find_left_document(session) is None and bool(done) and done[-1] == step  # read from the journal, maybe
    return path is not None and path == find_left_document(session)


def _is_there(context: Context, path: Path | None, step: Step) -> bool:
    """Return whether something of what `step` did still is so, or may be in a document that is not open."""
    session = context.session
    if session.path == path:
        return bool(commands.find_reversal(session.state, step))
    return path is not None and session.workspace is not None and session.workspace.index(path) is not None
