"""Undo of the last step of a window, also in a document that was left since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.documents.open import name_of_document, open_document
from annotator.app.session import commands

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.app.session.session import Session

    Invoke = Callable[[Callable[[], None]], None]


def can_undo(session: Session) -> bool:
    """Return whether there is a step to undo, here or in the document of the last step of this window."""
    if find_left_document(session) is not None:
        return True
    return session.store is not None and not session.read_only and bool(session.history.done)


def can_redo(session: Session) -> bool:
    """Return whether there is a step to redo."""
    return session.store is not None and not session.read_only and bool(session.history.undone)


def find_left_document(session: Session) -> Path | None:
    """Return the document of the last step of this window if it was left since and undo means that step, or None."""
    left, workspace = session.trail.find_left(session.path), session.workspace
    return left if left is not None and workspace is not None and workspace.index(left) is not None else None


def go_back_and_undo(session: Session, path: Path, *, deliver: Invoke) -> str:
    """Open the document at `path` and undo its last step; return what it is called, or "" if nothing was undone."""
    # Loaded before the undo, not in the background.
    if not open_document(session, path, deliver=deliver):
        session.trail.forget(path)
        return ""
    steps = len(session.history.done)
    commands.undo(session)
    if session.guard.held is not None:
        return ""
    if len(session.history.done) == steps:
        session.trail.forget(path)
        return ""
    return name_of_document(session)
