"""Merging of the session's work with another program's changes to its sidecar.

`load_external_version` may be called in any thread; everything else belongs to the session's thread. A missing sidecar
does not mean that all decisions were removed: a copy is kept, and the file is written again with the next step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.app.persistence.decisions import serialize_sidecar
from annotator.app.persistence.notices import (
    conflict_notice,
    merged_notice,
    removed_notice,
    reverted_notice,
    unread_notice,
)
from annotator.app.persistence.safe_overwrite import save_backup
from annotator.app.session.events import Cure, EventKind
from annotator.core.change import Step
from annotator.core.merging.diff import difference
from annotator.core.merging.merge import MergeResult, choose_base, merge
from annotator.core.span import Span
from annotator.storage.atomic import SaveError
from annotator.storage.errors import DataFileError, describe_os_error
from annotator.storage.paths import PathError, format_path

if TYPE_CHECKING:
    from annotator.app.session.session import Session
    from annotator.app.session.store import Decisions, Store
    from annotator.core.annotation_set import AnnotationSet


class ExternalVersion(NamedTuple):
    """Another program's version of the sidecar, and its merge with `ours`.

    `decisions` is None if the file is as known or cannot be read; in the latter case `trouble` says why. `is_old` marks
    a state that the file had before.
    """

    ours: AnnotationSet
    decisions: Decisions | None = None
    merged: MergeResult | None = None
    trouble: str = ""
    is_old: bool = False


def load_external_version(store: Store, ours: AnnotationSet) -> ExternalVersion:
    """Load another program's version of the sidecar, and merge it with `ours`."""
    try:
        found = store.find_external()
    except DataFileError as error:
        return ExternalVersion(ours, trouble=unread_notice(str(error)))
    except OSError as error:
        return ExternalVersion(
            ours, trouble=unread_notice(f"{format_path(store.path.name)}: {describe_os_error(error)}.")
        )
    if found is None or found.on_disk is None:
        return ExternalVersion(ours, found)
    known = store.disk_state.known_states
    # The other program may have started from any state that the file had, not only from the last one.
    base = choose_base(known, found.state)
    is_old = base is not known[-1] and not difference(base, found.state)
    return ExternalVersion(ours, found, merge(base, ours, found.state), is_old=is_old)


def merge_with_disk(session: Session) -> bool:
    """Merge the session's work with the sidecar on disk; return whether that worked."""
    store = session.store
    return store is None or apply_external_version(session, store, load_external_version(store, session.state))


def apply_external_version(session: Session, store: Store, theirs: ExternalVersion) -> bool:
    """Merge `theirs` into the session's work in one undo step and save; return whether that worked.

    A version that cannot be read is reported, and nothing is overwritten.
    """
    found = theirs.decisions
    if session.store is not store or session.document is None:
        return False
    if theirs.trouble:
        session.record_save(session.document, session.state, trouble=theirs.trouble)
        return False
    if found is None:
        if not session.is_saved:
            session.schedule_save()
        return True
    if theirs.merged is None:
        return _handle_removal(session, store, found)
    made = theirs.merged
    if theirs.ours is not session.state:  # a step was done while the merge was computed in another thread
        made = made._replace(state=merge(theirs.ours, session.state, made.state).state)
    changes = difference(session.state, made.state)
    disk_state = store.disk_state
    # Before the step: `do` submits the state, which must carry the turn of the new disk state to be written.
    store.accept_external(found)
    if changes and not session.apply("merge", changes, is_asking=False):
        store.restore_disk_state(disk_state)
        return False
    _save_or_record(session, store, found)
    notices = _notices(made, is_changed=bool(changes), is_old=theirs.is_old)
    if notices:
        is_to_check = theirs.is_old or made.conflicts > 0
        kind, cure = EventKind.CAUTIONED if is_to_check else EventKind.REPORTED, Cure.CHECK if made.conflicts else None
        session.notify("\n".join(notices), kind=kind, cure=cure)
    return True


def _save_or_record(session: Session, store: Store, found: Decisions) -> None:
    """Record that the file holds the session's state, or have it written if it does not."""
    if not difference(found.state, session.state):
        store.record_disk_state()
        if session.is_saved and not found.is_ahead:
            return
    session.schedule_save()


def merge_closed_document(store: Store, state: AnnotationSet, *, when: str) -> str:
    """Merge the `state` of a document that is not open with its sidecar; return the reason for a failure, or ""."""
    theirs = load_external_version(store, state)
    found = theirs.decisions
    if theirs.trouble or found is None:
        return theirs.trouble
    made = theirs.merged.state if theirs.merged else state
    changes = difference(state, made)
    trouble = store.record_step(Step("merge", changes, Span(0, 1), time=when)) if changes else ""
    if not trouble:
        store.accept_external(found)
        store.save(made, sentences=0)
    return trouble


def _notices(made: MergeResult, *, is_changed: bool, is_old: bool) -> list[str]:
    notices = [reverted_notice()] if is_old else []
    if is_changed:
        notices.append(merged_notice(made.taken))
    if made.conflicts:
        notices.append(conflict_notice(made.conflicts))
    return notices


def _handle_removal(session: Session, store: Store, found: Decisions) -> bool:
    """Back up what a removed file held; write it again now if a step is waiting, else with the next one."""
    disk_state, document = store.disk_state, session.document
    if document is None:
        return False
    try:
        kept = save_backup(store.path, serialize_sidecar(disk_state.base, disk_state.state, document.text))
    except (SaveError, PathError) as error:
        session.warn(str(error))
        return False
    store.accept_external(found)
    if session.is_saved:
        message = removed_notice(format_path(store.path.name), format_path(kept))
        session.record_save(document, session.state, trouble=message)
    else:
        session.schedule_save()
    return True
