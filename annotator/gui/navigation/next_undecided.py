"""Go to the next undecided sentence, in this document or a later one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.app.documents import next_undecided
from annotator.core.i18n import _
from annotator.gui.dialogs.progress import run_each

if TYPE_CHECKING:
    from annotator.gui.mainwindow.context import Context


def go_to_next_undecided(context: Context) -> None:
    """Go to the next undecided sentence of this document, or else to the first one of the next documents."""
    session = context.session
    workspace = session.workspace
    context.commit_edits()
    if next_undecided.go_to_next_undecided(session) or workspace is None:
        return
    documents = next_undecided.documents_after(workspace, session.path)
    found = run_each(
        context.window,
        documents,
        each=partial(next_undecided.has_undecided, workspace=workspace, annotator=session.author),
        worker=context.worker,
        title=_("Looking for undecided sentences in the other documents…"),
        until=bool,
    )
    if found.results and found.results[-1]:
        context.open_row(workspace.documents.index(documents[len(found.results) - 1]))
        next_undecided.go_to_first_undecided(session)
    elif found.is_complete and session.reading and session.current and session.reading.is_undecided(session.current):
        session.notify(_("This is the only undecided sentence of the folder."))
    elif found.is_complete:
        session.notify(_("Every sentence of every document is decided."))
