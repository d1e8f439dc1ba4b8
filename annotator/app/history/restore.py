"""Restoring of an earlier state of the open document, and saving a copy of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.documents.open import title_of
from annotator.app.outputs.target import OutputRefusedError
from annotator.app.outputs.writer import write_output
from annotator.app.persistence.decisions import serialize_sidecar, with_record
from annotator.app.workspace.workspace import load_document_workspace
from annotator.core.annotation import Annotation
from annotator.core.change import Layer
from annotator.core.formatting import format_count
from annotator.core.i18n import _, ngettext
from annotator.core.merging.diff import difference
from annotator.storage.atomic import SaveError
from annotator.storage.errors import DataFileError
from annotator.storage.files import find_file_bytes
from annotator.storage.journal.journal import journal_path
from annotator.storage.paths import PathError, ensure_state_folder, format_path
from annotator.storage.sidecar.reader import parse_sidecar
from annotator.storage.sidecar.sidecar import DocumentRecord, Sidecar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from annotator.app.outputs.target import OutputTarget
    from annotator.app.session.session import Session
    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.change import Change

RESTORE = "restore"


class StateDifference(NamedTuple):
    """The number of sentences that differ between two states, and of tags that appear, disappear or change."""

    sentences: int
    appearing: int
    disappearing: int
    changing: int


def find_journal(session: Session) -> Path | None:
    """Return where the journal of the open document is or would be; None if no document is open."""
    if session.path is None or session.document is None:
        return None
    workspace = session.workspace or load_document_workspace(session.path)
    try:
        folder = ensure_state_folder()
    except PathError:
        return None
    return journal_path(session.path, annotator=workspace.sidecar_owner(session.author), state_folder=folder)


def restore(session: Session, then: AnnotationSet) -> bool:
    """Restore the annotations to the state `then` in one undo step; return whether anything changed."""
    return session.apply(RESTORE, difference(session.state, then))


def compare_states(now: AnnotationSet, then: AnnotationSet) -> StateDifference:
    """Count what would change if `then` replaced `now`."""
    # The status is no sentence and is not counted.
    changes = [change for change in difference(now, then) if change.layer is not Layer.STATUS]
    tags = [_labels_of(change) for change in changes if change.layer is Layer.ANNOTATION]
    come = sum(1 for before, after in tags if after and not before)
    go = sum(1 for before, after in tags if before and not after)
    other = sum(1 for before, after in tags if before and after and before != after)
    return StateDifference(len({change.affected_span.start for change in changes}), come, go, other)


def describe_difference(found: StateDifference) -> str:
    """Describe a comparison in one sentence."""
    if not found.sentences:
        return _("Nothing would change: the annotations stand as they stood then.")
    message = ngettext(
        "Going back changes {count} sentence", "Going back changes {count} sentences", found.sentences
    ).format(count=format_count(found.sentences))
    parts = [
        ngettext("{count} label removed", "{count} labels removed", found.disappearing).format(
            count=format_count(found.disappearing)
        )
        if found.disappearing
        else "",
        ngettext("{count} label restored", "{count} labels restored", found.appearing).format(
            count=format_count(found.appearing)
        )
        if found.appearing
        else "",
        ngettext("{count} label changed", "{count} labels changed", found.changing).format(
            count=format_count(found.changing)
        )
        if found.changing
        else "",
    ]
    listed = ", ".join(part for part in parts if part)
    return f"{message}: {listed}." if listed else f"{message}."


def serialize_copy(session: Session, state: AnnotationSet) -> bytes:
    """Serialize the sidecar of the open document with `state`; keep everything else that the file on disk says."""
    document, reading = session.document, session.reading
    if document is None or reading is None:
        return b""
    sidecar = with_record(
        _load_sidecar(session),
        document,
        title=title_of(reading),
        sentences=reading.sentence_count if reading.is_counted else 0,
    )
    sidecar = replace(sidecar, annotator=sidecar.annotator or session.author, labels=session.labels.key)
    return serialize_sidecar(sidecar, state, document.text)


def save_copy(session: Session, target: OutputTarget, *, state: AnnotationSet) -> str:
    """Write `state` as a sidecar to `target`, replacing what was there; return the reason if that failed, else ""."""
    try:
        data = serialize_copy(session, state)
        write_output(target, lambda out: out.write(data), replaces=True)
    except (OutputRefusedError, SaveError) as error:
        return str(error)
    return ""


def suggest_copy_name(session: Session, *, when: str) -> str:
    """Suggest a file name for a copy of the state at `when` (ISO 8601), derived from the document's name."""
    name = session.path.name if session.path is not None else ""
    # A file name sorts by its date.
    moment = when[:16].replace("T", " ").replace(":", ".")
    return _("{document} as of {moment}.yaml").format(document=name, moment=moment)


def _labels_of(change: Change) -> Sequence[tuple[str, ...]]:
    return [one.labels if isinstance(one, Annotation) else () for one in (change.before, change.after)]


def _load_sidecar(session: Session) -> Sidecar:
    """Load the sidecar on disk, or return an empty one if it is missing or unreadable."""
    empty = Sidecar(DocumentRecord(session.document.name if session.document is not None else ""))
    path = _sidecar_path(session)
    if path is None:
        return empty
    try:
        data = find_file_bytes(path)
        return empty if data is None else parse_sidecar(data, name=format_path(path.name))
    except (DataFileError, OSError):
        return empty


def _sidecar_path(session: Session) -> Path | None:
    if session.path is None:
        return None
    workspace = session.workspace or load_document_workspace(session.path)
    return workspace.sidecar_path(session.path, annotator=session.author)
