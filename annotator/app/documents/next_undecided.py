"""Navigation to undecided sentences across the documents of a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.persistence.decisions import load_decisions
from annotator.app.session.segmented_text import SegmentedText
from annotator.app.workspace.article_reader import list_sidecars, read_article
from annotator.core.annotation import Status
from annotator.storage.documents.reader import DocumentError
from annotator.storage.errors import DataFileError
from annotator.storage.files import find_file_bytes
from annotator.storage.sidecar.reader import parse_sidecar

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.app.session.session import Session
    from annotator.app.workspace.workspace import Workspace


def go_to_next_undecided(session: Session) -> bool:
    """Go to the next undecided sentence of the open document, wrapping around; return whether there is another one."""
    reading, current = session.reading, session.current
    if reading is None or current is None:
        return False
    found = reading.find_undecided(current.block, current.span.start) or reading.find_undecided(0, -1)
    return found is not None and found != current and session.go_to(found)


def go_to_first_undecided(session: Session) -> bool:
    """Go to the first undecided sentence of the open document; return whether there is one."""
    return session.go_to(session.reading.find_undecided(0, -1) if session.reading else None)


def documents_after(workspace: Workspace, path: Path | None) -> tuple[Path, ...]:
    """Return the documents that follow `path` in the folder, then those before it."""
    at = workspace.index(path)
    if at is None:
        return workspace.documents
    return (*workspace.documents[at + 1 :], *workspace.documents[:at])


def find_unfinished(path: Path, *, workspace: Workspace, annotator: str) -> bool | None:
    """Return whether the document at `path` is not done for `annotator` and has text; None if it cannot be read."""
    try:
        sidecar = workspace.sidecar_path(path, annotator=annotator)
        data = find_file_bytes(sidecar)
        if data is not None and parse_sidecar(data, name=sidecar.name).decisions.status is Status.DONE:
            return False
        return bool(read_article(path, list_sidecars(path, sidecar)).text.strip())
    except (DocumentError, DataFileError, OSError):
        return None


def has_undecided(path: Path, *, workspace: Workspace, annotator: str) -> bool:
    """Return whether the document at `path` is not done and has an undecided sentence for `annotator`.

    Stops at the first such sentence, unlike `count_progress`. An unreadable document has none.
    """
    try:
        sidecar = workspace.sidecar_path(path, annotator=annotator)
        document = read_article(path, list_sidecars(path, sidecar))
        state = load_decisions(sidecar, document, language=workspace.language).state
    except (DocumentError, DataFileError, OSError):
        return False
    if state.status is Status.DONE:
        return False
    return SegmentedText(document.text, workspace.language, state).find_undecided(0, -1) is not None
