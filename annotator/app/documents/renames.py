"""Following an open document that another program renamed, together with its annotations."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from annotator.app.documents.open import open_document
from annotator.app.persistence.decisions import load_decisions
from annotator.app.persistence.safe_overwrite import save_backup
from annotator.core.i18n import _
from annotator.core.merging.diff import difference
from annotator.core.merging.merge import choose_base, merge
from annotator.storage.atomic import SaveError
from annotator.storage.documents.reader import DocumentError, compute_sha256, read_document_bytes
from annotator.storage.errors import DataFileError
from annotator.storage.paths import PathError, format_path

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from annotator.app.documents.open import Invoke, RunInBackground
    from annotator.app.session.session import Session
    from annotator.app.session.store import Store


def find_renamed(paths: Iterable[Path], *, sha256: str) -> Path | None:
    """Return the first of `paths` whose content has that `sha256` (hexadecimal), or None. Callable from any thread."""
    for path in paths:
        try:
            data = read_document_bytes(path)
        except DocumentError:
            continue
        if compute_sha256(data) == sha256:
            return path
    return None


def follow_rename(session: Session, path: Path, *, deliver: Invoke, run: RunInBackground | None = None) -> str:
    """Continue with the renamed open document at `path`; return the notice for the user.

    A sidecar that was left behind is moved along; if one was renamed with the document, that one is used.
    """
    old, store, workspace = session.path, session.store, session.workspace
    if old is None or workspace is None:
        return ""
    trouble = ""
    if store is not None:  # else another window writes the annotations and moves them along
        trouble = _move_annotations(session, store, workspace.sidecar_path(path, annotator=session.author))
    open_document(session, path, deliver=deliver, run=run)
    if trouble:
        session.warn(trouble)
    template = _("{old} is called {new} now: the work goes on there.")
    return template.format(old=format_path(old.name), new=workspace.display_path(path))


def _move_annotations(session: Session, keeper: Store, new: Path) -> str:
    """Save and close, so that the sidecar at `new` holds everything; return the reason if it does not, else ""."""
    old = keeper.path
    # The sidecar was renamed as well, and later steps were saved at the old path.
    is_double = old.exists() and new.exists()
    trouble = ""
    if is_double:
        trouble = _merge_sidecar(session, keeper, new)
    elif not session.is_saved:  # move it back, so that closing saves into it
        trouble = _rename_file(new, old)
    session.close()
    if trouble:
        return trouble
    return _replace_sidecar(old, new) if is_double else _rename_file(old, new)


def _merge_sidecar(session: Session, keeper: Store, new: Path) -> str:
    """Merge the sidecar at `new` into the work and back it up; return the reason if that failed, else ""."""
    if session.document is None or session.workspace is None:
        return ""
    try:
        theirs = load_decisions(new, session.document, language=session.workspace.language)
        save_backup(new, theirs.on_disk or b"")
    except (DataFileError, SaveError, PathError) as error:
        return _left_notice(keeper.path, str(error))
    except OSError as error:
        return _left_notice(keeper.path, error.strerror or str(error))
    made = merge(choose_base(keeper.disk_state.known_states, theirs.state), session.state, theirs.state)
    changes = difference(session.state, made.state)
    if changes and not session.apply("merge", changes):
        return _left_notice(keeper.path, session.trouble)
    return ""


def _replace_sidecar(old: Path, new: Path) -> str:
    """Replace the sidecar at `new` by the one at `old`; return the reason if that failed, else ""."""
    try:
        old.replace(new)
    except OSError as error:
        return _left_notice(old, error.strerror or str(error))
    return ""


def _rename_file(old: Path, new: Path) -> str:
    """Rename `old` to `new` if only `old` exists; return the reason if that failed, else ""."""
    if os.path.lexists(new) or not os.path.lexists(old):
        return ""
    try:
        old.rename(new)
    except OSError as error:
        return _left_notice(old, error.strerror or str(error))
    return ""


def _left_notice(file: Path, reason: str) -> str:
    template = _("What was saved in {file} stays there, since it could not be brought along: {reason}")
    return template.format(file=format_path(file.name), reason=reason)
