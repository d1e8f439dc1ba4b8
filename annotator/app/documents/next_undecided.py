"""Navigation to undecided sentences across the documents of a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.persistence.decisions import load_decisions
from annotator.app.session.segmented_text import Reading
from annotator.app.workspace.article_reader import read_article, told_by
from annotator.core.annotation import Status
from annotator.storage.documents.reader import DocumentError
from annotator.storage.errors import SidecarError

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.app.session.session import Session
    from annotator.app.workspace.workspace import Workspace


def go_on_here(session: Session) -> bool:
    """Go to the next undecided sentence of the open document, wrapping around; return whether there is another one."""
    reading, current = session.reading, session.current
    if reading is None or current is None:
        return False
    found = reading.next_open(current.block, current.span.start) or reading.next_open(0, -1)
    return found is not None and found != current and session.go(found)


def go_first(session: Session) -> bool:
    """Go to the first undecided sentence of the open document; return whether there is one."""
    return session.go(session.reading.next_open(0, -1) if session.reading else None)


def others(workspace: Workspace, path: Path | None) -> tuple[Path, ...]:
    """Return the documents that follow `path` in the folder, then those before it."""
    at = workspace.index(path)
    if at is None:
        return workspace.documents
    return (*workspace.documents[at + 1 :], *workspace.documents[:at])


def has_undecided(path: Path, *, workspace: Workspace, who: str) -> bool:
    """Return whether the document at `path` is not done and has an undecided sentence for `who`.

    Stops at the first such sentence, unlike `overview_of`. An unreadable document has none.
    """
    try:
        sidecar = workspace.sidecar_path(path, annotator=who)
        document = read_article(path, told_by(path, sidecar))
        state = load_decisions(sidecar, document, language=workspace.language).state
    except (DocumentError, SidecarError, OSError):
        return False
    if state.status is Status.DONE:
        return False
    return Reading(document.text, workspace.language, state).next_open(0, -1) is not None
