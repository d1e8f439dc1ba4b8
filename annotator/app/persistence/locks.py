"""A check whether a window has a document open, so that no other process writes its annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.workspace.sidecar_index import find_owner
from annotator.core.i18n import _
from annotator.storage.journal.journal import is_journal_open, journal_path
from annotator.storage.paths import PathError, ensure_state_folder
from annotator.storage.sidecar.sidecar import find_sidecar_owner

if TYPE_CHECKING:
    from pathlib import Path


def is_open_in_window(sidecar: Path) -> bool:
    """Return whether a window on this computer has the annotations at `sidecar` open."""
    found = find_owner(sidecar)
    owner = find_sidecar_owner(sidecar.name)
    if found is None and owner is not None:
        found = sidecar.with_name(owner[0]), owner[1]
    return found is not None and is_document_open(found[0], annotator=found[1])


def is_document_open(document: Path, *, annotator: str) -> bool:
    """Return whether a window on this computer has `document` open as `annotator`, who is empty if there is one."""
    try:
        journal = journal_path(document, annotator=annotator, state_folder=ensure_state_folder())
    except PathError:
        return False
    # The journal is locked for as long as a session has the document open; the lock ends with its process.
    return is_journal_open(journal)


def open_in_window_notice() -> str:
    """Return the sentence that nothing is written while a window has the document open."""
    return _("It is open in a window, so nothing is written here. Close that window first, then do this again.")
