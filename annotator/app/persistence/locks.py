"""Whether a window works on a document, so that nobody else writes its annotations. It must not know windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.i18n import _
from annotator.storage.journal.journal import is_held, journal_path
from annotator.storage.paths import PathError, state_folder
from annotator.storage.sidecar.sidecar import find_sidecar_owner

if TYPE_CHECKING:
    from pathlib import Path


def is_in_window(sidecar: Path) -> bool:
    """Whether a window on this computer works on the annotations that are kept at ``sidecar``."""
    owner = find_sidecar_owner(sidecar.name)
    if owner is None:
        return False
    document, annotator = owner
    try:
        journal = journal_path(sidecar.with_name(document), annotator=annotator, state_folder=state_folder())
    except PathError:
        return False
    return is_held(journal)


def in_window_notice() -> str:
    """That nothing is written, since a window works on it."""
    return _("It is open in a window, so nothing is written here. Close that window first, then do this again.")
