"""Detection of changes that other programs make to the open document, its sidecar and its folders.

`detect_changes` may be called in any thread.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from annotator.app.documents.open import track_document
from annotator.app.persistence.conflict_copies import find_conflict_mark
from annotator.app.persistence.external_merge import load_external_version
from annotator.app.persistence.locks import is_document_open
from annotator.app.workspace.article_reader import list_sidecars, read_article
from annotator.app.workspace.strays import find_strays
from annotator.app.workspace.workspace import reload_settings
from annotator.storage.documents.folder import FolderError, list_documents
from annotator.storage.documents.reader import DocumentError
from annotator.storage.workspace.reader import WORKSPACE_FILE
from annotator.storage.write_protection import find_write_problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from annotator.app.persistence.external_merge import ExternalVersion
    from annotator.app.session.session import Session
    from annotator.app.session.store import Store
    from annotator.app.workspace.sidecar_index import StraySidecar
    from annotator.app.workspace.workspace import Workspace
    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.document import Document
    from annotator.storage.documents.folder import Listing
    from annotator.storage.documents.moves import TrackedDocument

FileStamp: TypeAlias = "tuple[int, ...]"

_MOST_FOLDERS = 60  # each costs a system call at every look


@dataclass(frozen=True)
class WatchState:
    """The open document with its folder, and the state of its files at the last look.

    Attributes:
        path: The open document.
        sidecar: Its sidecar.
        workspace: The folder it belongs to.
        document: The document as read, or None.
        owner: The annotator whose sidecar it is, empty if there is one for all.
        store: The store of the document, or None if it is read-only.
        stamps: Modification time (ns), size (bytes) and inode by path, empty for a missing file; None before the first
            look.
        is_held: True if another window has the document open.
        is_protected: True if the document is read-only and its sidecar may not be written.
        tracked: The document, to find it when it is renamed, or None if it could not be read.
    """

    path: Path
    sidecar: Path
    workspace: Workspace
    document: Document | None
    owner: str
    store: Store | None = None
    stamps: Mapping[Path, FileStamp] | None = None
    is_held: bool = False
    is_protected: bool = False
    tracked: TrackedDocument | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """The files to watch."""
        return self.path, self.sidecar, self.workspace.folder / WORKSPACE_FILE

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders to watch: those of the documents, at most `_MOST_FOLDERS`."""
        parents = dict.fromkeys(path.parent for path in self.workspace.documents)
        return tuple(dict.fromkeys([self.workspace.folder, self.path.parent, *parents]))[:_MOST_FOLDERS]


@dataclass(frozen=True)
class DetectedChanges:
    """The differences found by a look; `known` is what to compare the next look with.

    Attributes:
        known: The state of the files at this look.
        theirs: Another program's version of the sidecar, or None.
        document: The changed text, or None.
        trouble: The reason why the changed text cannot be read, or "".
        is_readable: True if the text was written or came back, and can be read.
        is_sidecar_changed: True if the sidecar changed or disappeared.
        is_settings_changed: True if the folder's settings changed.
        is_released: True if the other window closed the document.
        is_unprotected: True if the sidecar may be written now.
        listing: The documents of the folder if the list changed, else None.
        copies: Files that may be other versions of the sidecar, or None if they were not looked for.
        marks: Line of the first conflict mark in the sidecar, 0 if there is none.
        new_path: The new path of the open document if it was renamed.
    """

    known: WatchState
    theirs: ExternalVersion | None = None
    document: Document | None = None
    trouble: str = ""
    is_readable: bool = False
    is_sidecar_changed: bool = False
    is_settings_changed: bool = False
    is_released: bool = False
    is_unprotected: bool = False
    listing: Listing | None = None
    copies: tuple[StraySidecar, ...] | None = None
    marks: int = 0
    new_path: Path | None = None


def initial_watch_state(session: Session) -> WatchState | None:
    """Return the state to start with for the open document, or None if there is none."""
    path, workspace = session.path, session.workspace
    if path is None or workspace is None:
        return None
    sidecar = workspace.sidecar_path(path, annotator=session.author)
    owner, document, store = workspace.sidecar_owner(session.author), session.document, session.store
    tracked = track_document(workspace, path, document) if document is not None else None
    return WatchState(path, store.path if store else sidecar, workspace, document, owner, store, tracked=tracked)


def detect_changes(known: WatchState, ours: AnnotationSet) -> DetectedChanges:
    """Look at all files again; `ours` is the session's state."""
    stamps = {path: _stamp(path) for path in (*known.files, *known.folders)}
    if known.stamps is None:
        return _first_look(known, stamps)
    old = known.stamps
    differing = {path for path, stamp in stamps.items() if old.get(path) != stamp}
    held = known.is_held and is_document_open(known.path, annotator=known.owner)
    protected = known.is_protected and bool(find_write_problem(known.sidecar))
    now = replace(known, stamps=stamps, is_held=held, is_protected=protected)
    document, trouble = _document(known) if known.path in differing else (None, "")
    # Reported at each look, until the store knows that the file is missing.
    is_lost = known.store is not None and not stamps[known.sidecar] and not known.store.disk_state.can_be_missing
    is_sidecar_changed = known.sidecar in differing or is_lost
    is_listed_anew = not differing.isdisjoint(known.folders)
    listing = _list_documents(known) if known.workspace.is_folder and is_listed_anew else None
    # A sync client may write it under its new name some time after it removed the old one.
    is_moved = known.path in differing or (is_listed_anew and not stamps[known.path])
    theirs = load_external_version(known.store, ours) if known.store and is_sidecar_changed else None
    if known.store is not None:  # which follows a sidecar that was renamed
        now = replace(now, sidecar=known.store.path)
    return DetectedChanges(
        now,
        theirs=theirs,
        document=document,
        trouble=trouble,
        is_readable=known.path in differing and not trouble,
        is_sidecar_changed=is_sidecar_changed,
        is_settings_changed=known.workspace.folder / WORKSPACE_FILE in differing and has_new_settings(known.workspace),
        is_released=known.is_held and not held,
        is_unprotected=known.is_protected and not protected,
        listing=listing,
        new_path=known.tracked.find_new_path() if known.tracked and is_moved else None,
        copies=list_copies(known) if known.path.parent in differing else None,
        marks=find_conflict_mark(known.sidecar) if is_sidecar_changed else 0,
    )


def has_new_settings(workspace: Workspace) -> bool:
    """Return whether the settings of the folder are others than those of `workspace`, or cannot be read."""
    found = reload_settings(workspace)
    return bool(found.warnings) or found.settings != workspace.settings


def list_copies(known: WatchState) -> tuple[StraySidecar, ...]:
    """Return the files that may be other versions of the open document's annotations, sorted by name."""
    alone = replace(known.workspace, documents=(known.path,), is_folder=False)
    strays = find_strays(alone)
    return tuple(one for one in strays if one.annotator == known.owner)


def _first_look(known: WatchState, stamps: Mapping[Path, FileStamp]) -> DetectedChanges:
    held = known.store is None and is_document_open(known.path, annotator=known.owner)
    protected = known.store is None and bool(find_write_problem(known.sidecar))
    now = replace(known, stamps=stamps, is_held=held, is_protected=protected)
    marks = find_conflict_mark(known.sidecar) if known.store is None else 0
    is_gone = known.tracked is not None and not stamps[known.path]
    return DetectedChanges(
        now,
        copies=list_copies(known),
        marks=marks,
        new_path=known.tracked.find_new_path() if known.tracked and is_gone else None,
    )


def _stamp(path: Path) -> FileStamp:
    try:
        state = path.stat()
    except OSError:
        return ()
    # The inode shows a replacement by rename within the resolution of the modification time.
    return state.st_mtime_ns, state.st_size, state.st_ino


def _document(known: WatchState) -> tuple[Document | None, str]:
    old = known.document
    try:
        found = read_article(known.path, list_sidecars(known.path, known.sidecar))
    except DocumentError as error:
        return None, str(error)
    return (None if old is not None and found.sha256 == old.sha256 else found), ""


def _list_documents(known: WatchState) -> Listing | None:
    """Return the documents of the folder, or None if they are the known ones."""
    try:
        found = list_documents(known.workspace.folder)
    except FolderError:  # a network share may come back
        return None
    workspace = known.workspace
    was = workspace.documents, workspace.is_listing_complete
    return None if (found.documents, found.is_complete) == was else found
