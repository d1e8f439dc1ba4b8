"""What another program may have changed around the open document: files and folders, looked at again and again.

It must not know windows, nor do anything about it. `look` may be called in any thread.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from annotator.app.documents.renames import find_new_name
from annotator.app.persistence.conflict_copies import find_marks
from annotator.app.persistence.external_merge import find_theirs
from annotator.app.persistence.locks import is_in_window
from annotator.app.workspace.article_reader import read_article, told_by
from annotator.app.workspace.workspace import refreshed
from annotator.storage.documents.folder import FolderError, list_documents
from annotator.storage.documents.reader import DocumentError
from annotator.storage.sidecar.conflict_copies import find_copies
from annotator.storage.workspace.reader import WORKSPACE_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from annotator.app.persistence.document_store import Keeper
    from annotator.app.persistence.external_merge import Theirs
    from annotator.app.session.session import Session
    from annotator.app.workspace.workspace import Workspace
    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.document import Document

Stamp: TypeAlias = "tuple[int, ...]"

_MOST_FOLDERS = 60


@dataclass(frozen=True)
class Known:
    """What was open when the person looked last, and what its files were then.

    ``stamps`` is None before the first look. ``keeper`` is None where the document can only be read, and ``is_held``
    says then that another window has it. ``is_folder`` says that all documents of the folder are listed.
    """

    path: Path
    sidecar: Path
    workspace: Workspace
    document: Document | None
    owner: str
    keeper: Keeper | None = None
    stamps: Mapping[Path, Stamp] | None = None
    is_held: bool = False
    is_folder: bool = False

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that are looked at."""
        return self.path, self.sidecar, self.workspace.folder / WORKSPACE_FILE

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that are looked at: those of the documents, up to so many."""
        parents = dict.fromkeys(path.parent for path in self.workspace.documents)
        return tuple(dict.fromkeys([self.workspace.folder, self.path.parent, *parents]))[:_MOST_FOLDERS]


@dataclass(frozen=True)
class Seen:
    """What is different now; ``known`` is what to compare with the next time.

    ``document`` is the text that stands there now, ``trouble`` why it cannot be read. ``documents`` are those of the
    folder where they are other ones, ``new_path`` that of them which is the open one, renamed; ``copies`` None where
    nobody looked for them. ``marks`` is the line of the first conflict mark in the sidecar, 0 for none.
    """

    known: Known
    theirs: Theirs | None = None
    document: Document | None = None
    trouble: str = ""
    is_sidecar_changed: bool = False
    is_settings_changed: bool = False
    is_let_go: bool = False
    documents: tuple[Path, ...] | None = None
    copies: tuple[Path, ...] | None = None
    marks: int = 0
    new_path: Path | None = None


def known_of(session: Session, keeper: Keeper | None) -> Known | None:
    """What to begin with for the document that is open, or None where there is none."""
    path, workspace = session.path, session.workspace
    if path is None or workspace is None:
        return None
    sidecar = workspace.sidecar_path(path, annotator=session.who)
    return Known(path, sidecar, workspace, session.document, workspace.owner(session.who), keeper)


def look(known: Known, ours: AnnotationSet) -> Seen:
    """Look at all files once more; ``ours`` is what stands in the session."""
    stamps = {path: _stamp(path) for path in (*known.files, *known.folders)}
    if known.stamps is None:
        return _first_seen(known, stamps)
    old = known.stamps
    differing = {path for path, stamp in stamps.items() if old.get(path) != stamp}
    held = known.is_held and is_in_window(known.sidecar)
    now = replace(known, stamps=stamps, is_held=held)
    document, trouble = _document(known) if known.path in differing else (None, "")
    is_lost = known.keeper is not None and not stamps[known.sidecar] and not known.keeper.ground.is_maybe_missing
    is_sidecar_changed = known.sidecar in differing or is_lost
    is_listing = known.is_folder and not differing.isdisjoint(known.folders)
    documents = _documents(known) if is_listing else None
    return Seen(
        now,
        theirs=find_theirs(known.keeper, ours) if known.keeper and is_sidecar_changed else None,
        document=document,
        trouble=trouble,
        is_sidecar_changed=is_sidecar_changed,
        is_settings_changed=known.workspace.folder / WORKSPACE_FILE in differing and _has_new_settings(known),
        is_let_go=known.is_held and not held,
        documents=documents,
        new_path=_new_path(known, stamps, documents),
        copies=find_copies(known.sidecar) if known.sidecar.parent in differing else None,
        marks=find_marks(known.sidecar) if is_sidecar_changed else 0,
    )


def _new_path(known: Known, stamps: Mapping[Path, Stamp], documents: tuple[Path, ...] | None) -> Path | None:
    """What the open document is called now, where it was renamed."""
    if documents is None or stamps[known.path] or known.document is None:
        return None
    old = set(known.workspace.documents)
    new = [path for path in documents if path not in old]
    return find_new_name(new, sha256=known.document.sha256)


def _first_seen(known: Known, stamps: Mapping[Path, Stamp]) -> Seen:
    is_folder = len(known.workspace.documents) != 1 and _documents(known) is None
    held = known.keeper is None and is_in_window(known.sidecar)
    now = replace(known, stamps=stamps, is_held=held, is_folder=is_folder)
    marks = find_marks(known.sidecar) if known.keeper is None else 0
    return Seen(now, copies=find_copies(known.sidecar), marks=marks)


def _stamp(path: Path) -> Stamp:
    try:
        state = path.stat()
    except OSError:
        return ()
    return state.st_mtime_ns, state.st_size, state.st_ino


def _document(known: Known) -> tuple[Document | None, str]:
    old = known.document
    try:
        found = read_article(known.path, told_by(known.path, known.sidecar))
    except DocumentError as error:
        return None, str(error)
    return (None if old is not None and found.sha256 == old.sha256 else found), ""


def _documents(known: Known) -> tuple[Path, ...] | None:
    """The documents of the folder, or None where they are those that are known."""
    try:
        found = list_documents(known.workspace.folder).documents
    except FolderError:  # it may come back
        return None
    return None if found == known.workspace.documents else found


def _has_new_settings(known: Known) -> bool:
    found = refreshed(known.workspace)
    return bool(found.warnings) or found.settings != known.workspace.settings
