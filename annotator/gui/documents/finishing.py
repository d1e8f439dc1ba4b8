"""Finish the open document and go on to the next one that is not done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.app.descriptions.steps import excerpt
from annotator.app.documents.next_undecided import documents_after, find_unfinished
from annotator.app.documents.open import name_of_document
from annotator.app.session import commands
from annotator.app.session.finishing import find_remainder, go_to_first_undecided
from annotator.core.annotation import Status
from annotator.core.i18n import _, ngettext
from annotator.gui.dialogs.progress import run_each
from annotator.gui.mainwindow.undo import offer_undo
from annotator.gui.messages.message import Choice, MessageAction, Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.gui.mainwindow.context import Context

_MAX_TITLE = 60  # characters of a title in a toast


def finish(context: Context) -> None:
    """Finish the document; ask first if much of it is undecided."""
    context.commit_edits()
    session = context.session
    if session.current is None:
        session.notify(_("There is no sentence to decide in this document."))
        return
    remainder = find_remainder(session)
    if not remainder.is_much:
        _finish(context)
        return
    count = len(remainder.undecided)
    text = ngettext(
        "{count} of {total} sentences is undecided.", "{count} of {total} sentences are undecided.", count
    ).format(count=count, total=remainder.total)
    choices = (
        Choice(_("Finish, set to no label"), "Enter", lambda: _finish(context)),
        Choice(_("Go to the first"), "N", lambda: go_to_first_undecided(session)),
        Choice(_("Cancel"), "Esc", lambda: None),
    )
    context.strips.ask(Question(text, choices=choices))


def _finish(context: Context) -> None:
    session = context.session
    title = excerpt(name_of_document(session), longest=_MAX_TITLE)
    count = len(find_remainder(session).undecided)
    was_done = session.state.status is Status.DONE
    if not commands.finish(session):
        return
    undoing = offer_undo(context, session.history.done[-1]) if count or not was_done else None
    _go_on(context, title, count=count, undoing=undoing)


def _go_on(context: Context, title: str, *, count: int, undoing: MessageAction | None) -> None:
    """Open the next document that is not done, and tell what was finished."""
    session, workspace = context.session, context.session.workspace
    finished = session.path
    if workspace is None or finished is None:
        return
    documents = documents_after(workspace, finished)
    found = run_each(
        context.window,
        documents,
        each=partial(find_unfinished, workspace=workspace, annotator=session.author),
        worker=context.worker,
        title=_("Looking for the next document that is not done…"),
        until=bool,
    )
    if found.results and found.results[-1]:
        following = documents[len(found.results) - 1]
        context.open_row(workspace.documents.index(following))
        if undoing is not None:
            session.trail.note_arrival(finished, following)
    elif found.is_complete:
        text = _describe_all_done(found.results)
        context.toasts.show(_with_unread(text, count, is_sentence=True), action=undoing)
        return
    context.toasts.show(_with_unread(_("“{title}” is done").format(title=title), count), action=undoing)


def _describe_all_done(others: Sequence[bool | None]) -> str:
    """Return that all documents are done: the one just finished and those of `others` that could be read."""
    count = 1 + sum(one is False for one in others)
    if None in others:
        return ngettext(
            "{count} document is done. Others cannot be read.",
            "{count} documents are done. Others cannot be read.",
            count,
        ).format(count=count)
    return ngettext("The only document is done.", "All {count} documents are done.", count).format(count=count)


def _with_unread(text: str, count: int, *, is_sentence: bool = False) -> str:
    """Return `text` with how many undecided sentences became *nothing here*."""
    if not count:
        return text
    unread = ngettext(
        "{count} undecided sentence was set to no label",
        "{count} undecided sentences were set to no label",
        count,
    ).format(count=count)
    return f"{text} {unread}." if is_sentence else f"{text} · {unread}"
