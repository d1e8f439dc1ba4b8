"""Edits to sentences of a document that is not open.

The document is opened, saved and closed in a session of its own, so a crash or a full disk loses nothing, and the step
can be undone when the document is opened. Edits that need no sentences are cheaper with
`persistence.closed_documents.edit_closed_document`, which does not segment the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.app.documents.open import open_document
from annotator.app.session.events import Event, EventKind
from annotator.app.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.app.workspace.workspace import Workspace
    from annotator.core.span import Span

_REASONS = {
    EventKind.CAUTIONED,
    EventKind.WARNED,
    EventKind.REFUSED,
    EventKind.SAVE_STATE_CHANGED,
}  # events that may say why not


class PreparedEdit(NamedTuple):
    """An edit that is ready: `apply` makes one step at the sentence at `place` and returns whether it was made."""

    place: Span
    apply: Callable[[], bool]


class EditResult(NamedTuple):
    """The outcome of an edit; `trouble` says why it was not made or not saved, else it is empty."""

    is_done: bool
    trouble: str = ""


def edit_closed_sentences(
    path: Path,
    prepare: Callable[[Session], PreparedEdit | str],
    *,
    workspace: Workspace,
    who: str,
    now: Callable[[], str],
    new_id: Callable[[], str],
) -> EditResult:
    """Edit the document at `path` in one step that can be undone there.

    `prepare` gets the session with the document; it returns the edit, or a sentence that says why there is none.
    """
    said: list[str] = []

    def hear(event: Event) -> None:
        if event.kind in _REASONS and event.message:
            said.append(event.message)

    waiting: list[Callable[[], None]] = []
    session = Session(workspace.labels, author=who, now=now, new_id=new_id)
    # There is no user to talk to: what the session says becomes the reason that is returned.
    session.changed.connect(hear)
    session.use_workspace(workspace)
    if not open_document(session, path, deliver=waiting.append):
        return EditResult(is_done=False, trouble="\n".join(said))
    edit = prepare(session)
    if isinstance(edit, str):
        reasons = (session.read_only or edit, *said)
        session.close()
        return EditResult(is_done=False, trouble="\n".join(dict.fromkeys(reasons)))
    session.go_to(session.reading.find_sentence_at(edit.place.start) if session.reading else None)
    # Notices of the opening are not about the step.
    said.clear()
    is_done = edit.apply()
    is_written = session.close()
    # Calls of the writer's thread: without an event loop they are delivered here, once it has ended.
    for call in waiting:
        call()
    return EditResult(is_done, "" if is_done and is_written else "\n".join(dict.fromkeys(said)))
