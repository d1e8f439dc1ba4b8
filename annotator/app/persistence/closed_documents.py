"""Edits to documents that are not open, with journal and sidecar as for an open one."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.persistence.decisions import with_record
from annotator.app.persistence.document_store import DocumentStore
from annotator.app.persistence.external_merge import merge_closed_document
from annotator.app.persistence.loading import open_decisions
from annotator.app.workspace.article_reader import list_sidecars, read_article
from annotator.core.i18n import _
from annotator.storage.documents.reader import DocumentError
from annotator.storage.files import find_file_bytes
from annotator.storage.paths import format_path
from annotator.storage.sidecar.reader import parse_sidecar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.app.session.store import Decisions
    from annotator.app.workspace.sidecar_index import SidecarFile
    from annotator.app.workspace.workspace import Workspace
    from annotator.core.annotation_set import AnnotationSet
    from annotator.storage.sidecar.sidecar import Sidecar

    ClosedEdit = Callable[[Decisions, DocumentStore], AnnotationSet | str]


class DocumentSidecar(NamedTuple):
    """A document and one of its sidecars."""

    source: Path
    sidecar_file: SidecarFile


def list_document_sidecars(workspace: Workspace) -> tuple[DocumentSidecar, ...]:
    """Return every sidecar, of any annotator, of every document in the workspace."""
    return tuple(DocumentSidecar(source, owned) for source, found in workspace.find_sidecars() for owned in found)


def load_sidecar(owned: SidecarFile) -> Sidecar:
    """Load a sidecar as it is on disk.

    Raises:
        DataFileError: If it is invalid.
        OSError: If it cannot be read.
    """
    data = find_file_bytes(owned.path)
    if data is None:
        # `find_file_bytes` returns None for a missing file; here it was listed a moment ago.
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(owned.path))
    return parse_sidecar(data, name=format_path(owned.path.name))


def edit_closed_document(place: DocumentSidecar, act: ClosedEdit, *, now: str) -> str:
    """Run `act` on the decisions at `place` and save them; return the reason if that failed, else "".

    `act` hands its steps to the store and returns the state after them, or a sentence that says why there is none. If
    the sidecar cannot be written, the steps stay in the journal and are restored when the document is opened.
    """
    source, owned = place
    try:
        document = read_article(source, list_sidecars(source, owned.path))
    except DocumentError as error:
        return str(error)
    decisions = open_decisions(owned.path, document, source=source, annotator=owned.annotator, now=now)
    if decisions.journal is None:
        return decisions.read_only or _("This document can only be read.")
    messages: list[str] = []
    old = decisions.sidecar.document
    store = DocumentStore(
        document,
        decisions,
        base=with_record(decisions.sidecar, document, title=old.title, sentences=old.sentences),
        journal=decisions.journal,
        on_written=lambda _state, trouble: messages.append(trouble),
    )
    try:
        done = act(decisions, store)
        if not isinstance(done, str):
            # The count in the record stays: the text is not segmented here.
            store.save(done, sentences=0)
            if not store.flush():  # another program may have changed it since it was read
                messages.append(merge_closed_document(store, done, when=now))
    finally:
        is_written = store.close()
    if isinstance(done, str):
        return done
    if is_written:
        return ""
    waiting = _("{file} is not saved yet; its work comes back when it is opened.").format(
        file=format_path(owned.path.name)
    )
    # The last failure is the one that still stands; earlier ones may have been overcome by a retry.
    return next((trouble for trouble in reversed(messages) if trouble), waiting)
