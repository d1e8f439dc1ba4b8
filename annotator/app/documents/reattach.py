"""Reattaching of a sidecar that lost its name or its article: it is renamed, or merged into the one there is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.app.persistence.closed_documents import DocumentSidecar, edit_closed_document
from annotator.app.persistence.conflict_copies import archive_copy
from annotator.app.persistence.decisions import load_decisions
from annotator.app.persistence.locks import is_document_open, open_in_window_notice
from annotator.app.persistence.sidecar_tracker import move_sidecar
from annotator.app.workspace.article_reader import read_article
from annotator.app.workspace.sidecar_index import SidecarFile, StrayReason
from annotator.core.annotation_set import AnnotationSet
from annotator.core.change import Step
from annotator.core.i18n import _
from annotator.core.merging.diff import difference
from annotator.core.merging.merge import merge
from annotator.core.span import Span
from annotator.storage.documents.reader import DocumentError
from annotator.storage.errors import DataFileError, describe_os_error
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.app.persistence.document_store import DocumentStore
    from annotator.app.session.store import Decisions
    from annotator.app.workspace.sidecar_index import StraySidecar
    from annotator.app.workspace.workspace import Workspace


def reattach(stray: StraySidecar, workspace: Workspace, *, now: str) -> str:
    """Give `stray` to the document that it fits, which no window may have open; return why that failed, or "".

    If the document has no sidecar, the file gets its name. Else what it says is merged into that one, as a step at the
    time `now` (ISO 8601) that can be undone there, and the file moves to the backups.
    """
    if stray.document is None or stray.target is None:
        return _("{file} fits no document here.").format(file=format_path(stray.path.name))
    if is_document_open(stray.document, annotator=stray.annotator):
        return f"{format_path(stray.document.name)}: {open_in_window_notice()}"
    if stray.reason is StrayReason.VERSION:
        return _merge(stray, stray.document, workspace, now=now)
    if move_sidecar(stray.path, stray.target, known=()):
        return ""
    sentence = _("{file} cannot be renamed to {name}. See whether that is there already, and whether you may write.")
    return sentence.format(file=format_path(stray.path.name), name=format_path(stray.target.name))


def _merge(stray: StraySidecar, source: Path, workspace: Workspace, *, now: str) -> str:
    try:
        document = read_article(source, [stray.path])
        copy = load_decisions(stray.path, document, language=workspace.language)
    except (DocumentError, DataFileError) as error:
        return str(error)
    except OSError as error:
        return f"{format_path(stray.path.name)}: {describe_os_error(error)}."
    owned = SidecarFile(stray.annotator, workspace.sidecar_path_of_owner(source, owner=stray.annotator))
    place = DocumentSidecar(source, owned)
    return edit_closed_document(place, partial(_take_over, copy, now=now), now=now) or archive_copy(copy)


def _take_over(copy: Decisions, decisions: Decisions, store: DocumentStore, *, now: str) -> AnnotationSet | str:
    """Merge what `copy` says into `decisions`; return the state, or why the step could not be recorded."""
    made = merge(AnnotationSet(), decisions.state, copy.state).state
    changes = difference(decisions.state, made)
    trouble = store.record_step(Step("merge", changes, Span(0, 1), time=now)) if changes else ""
    return trouble or made
