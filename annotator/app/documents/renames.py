"""Following an open document that another program renamed, together with its annotations."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from annotator.app.documents.open import open_document
from annotator.app.persistence.decisions import load_decisions
from annotator.app.persistence.safe_overwrite import save_backup
from annotator.core.i18n import _
from annotator.core.merging.diff import difference
from annotator.core.merging.merge import choose_base, merge
from annotator.storage.atomic import SaveError
from annotator.storage.documents.reader import DocumentError, compute_sha256, read_document_bytes
from annotator.storage.errors import DataFileError, describe_os_error
from annotator.storage.paths import PathError, format_path
from annotator.storage.sidecar.peek import find_sidecar_head

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from annotator.app.documents.open import Invoke, RunInBackground
    from annotator.app.session.session import Session
    from annotator.app.session.store import Store
    from annotator.app.workspace.workspace import Workspace

_ASIDE = ".old"  # for the moment in which two sidecars swap their names; what a crash leaves is listed as a copy


def follow_rename(session: Session, path: Path, *, deliver: Invoke, run: RunInBackground | None = None) -> str:
    """Continue with the renamed open document at `path`; return the notice for the user.

    A sidecar that was left behind is moved along; if one was renamed with the document, that one is used.
    """
    old, store, workspace = session.path, session.store, session.workspace
    if old is None or workspace is None:
        return ""
    if path not in workspace.documents:  # they were named one by one, or are listed a moment later
        documents = tuple(path if one == old else one for one in workspace.documents)
        workspace = replace(workspace, documents=documents)
        session.update_workspace(workspace)
    trouble = ""
    if store is not None:  # else another window writes the annotations and moves them along
        trouble = _move_annotations(session, store, path, workspace)
    session.trail.rename(old, path)
    open_document(session, path, deliver=deliver, run=run)
    if trouble:
        session.warn(trouble)
    template = _("{old} is called {new} now: the work goes on there.")
    return template.format(old=format_path(old.name), new=workspace.display_path(path))


def _move_annotations(session: Session, store: Store, path: Path, workspace: Workspace) -> str:
    """Save and close, so that the sidecar of the document at `path` holds everything.

    Return the reason if it does not, else "".
    """
    find = partial(workspace.sidecar_path, annotator=session.author)
    old, new = store.path, find(path)
    away = _make_room(new, [session.path, *_beside(path, workspace)], session, find) if old != new else None
    # The sidecar was renamed as well, and later steps were saved at the old path.
    is_double = old != new and old.exists() and new.exists()
    trouble = _merge_sidecar(session, store, new) if is_double else ""
    session.close()
    if trouble:
        return trouble
    trouble = _replace_sidecar(old, new) if is_double else _rename_file(old, new)
    return trouble or (_rename_file(*away) if away is not None else "")


def _beside(path: Path, workspace: Workspace) -> list[Path]:
    return [one for one in workspace.documents if one.parent == path.parent and one != path]


def _make_room(
    new: Path, documents: Iterable[Path | None], session: Session, find: Callable[[Path], Path]
) -> tuple[Path, Path] | None:
    """Put the sidecar of another document that is at `new` aside, as when two documents swapped their names.

    Return where it is and where it belongs, or None if it is the open document's or nobody's.
    """
    head = find_sidecar_head(new)
    if head is None or session.document is None or head.sha256 in {"", session.document.sha256}:
        return None
    for document in documents:
        if document is None or not _has_text(document, head.sha256):
            continue
        home = find(document)
        if session.store is None or (home.exists() and home != session.store.path):
            return None
        aside = new.with_name(f"{new.name}{_ASIDE}")
        return (aside, home) if not _rename_file(new, aside) and aside.exists() else None
    return None


def _has_text(document: Path, sha256: str) -> bool:
    try:
        return compute_sha256(read_document_bytes(document)) == sha256
    except DocumentError:
        return False


def _merge_sidecar(session: Session, store: Store, new: Path) -> str:
    """Merge the sidecar at `new` into the work and back it up; return the reason if that failed, else ""."""
    if session.document is None or session.workspace is None:
        return ""
    try:
        theirs = load_decisions(new, session.document, language=session.workspace.language)
        save_backup(new, theirs.on_disk or b"")
    except (DataFileError, SaveError, PathError) as error:
        return _left_notice(store.path, str(error))
    except OSError as error:
        return _left_notice(store.path, describe_os_error(error))
    made = merge(choose_base(store.disk_state.known_states, theirs.state), session.state, theirs.state)
    changes = difference(session.state, made.state)
    if changes and not session.apply("merge", changes, is_asking=False):
        return _left_notice(store.path, session.trouble)
    return ""


def _replace_sidecar(old: Path, new: Path) -> str:
    """Replace the sidecar at `new` by the one at `old`; return the reason if that failed, else ""."""
    try:
        old.replace(new)
    except OSError as error:
        return _left_notice(old, describe_os_error(error))
    return ""


def _rename_file(old: Path, new: Path) -> str:
    """Rename `old` to `new` if only `old` exists; return the reason if that failed, else ""."""
    if os.path.lexists(new) or not os.path.lexists(old):
        return ""
    try:
        old.rename(new)
    except OSError as error:
        return _left_notice(old, describe_os_error(error))
    return ""


def _left_notice(file: Path, reason: str) -> str:
    template = _("What was saved in {file} stays there, since it could not be brought along: {reason}")
    return template.format(file=format_path(file.name), reason=reason)
