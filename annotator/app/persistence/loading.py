"""Loading of a document's decisions for editing, with recovery after a crash.

The journal stores steps by offsets, which hold only for the text on which the steps were done. If the text changed
since, unsaved steps are first replayed on the old text, then all decisions are re-anchored and the result is saved at
once; the journal continues from there, and undo does not reach back beyond it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.persistence.decisions import (
    ForeignSidecarError,
    anchoring_notices,
    check_is_of_document,
    fingerprint,
    load_decisions,
    serialize_sidecar,
    unreadable_decisions,
    with_record,
)
from annotator.app.persistence.last_state import find_last_state, iter_lost
from annotator.app.persistence.notices import (
    conflict_notice,
    emptied_notice,
    gone_notice,
    last_state_notice,
    lost_notice,
    moved_notice,
    restored_notice,
    waiting_notice,
)
from annotator.app.persistence.put_back import can_be_put_back
from annotator.app.persistence.reanchoring import reanchor
from annotator.app.persistence.reencoding import reencode, with_state
from annotator.app.persistence.safe_overwrite import save_backup
from annotator.app.persistence.sidecar_tracker import bring_sidecar
from annotator.app.session.store import LostWork
from annotator.core.annotation_set import AnnotationSet, StaleChangeError
from annotator.core.change import Change, Layer, Step
from annotator.core.formatting import describe_time
from annotator.core.history import History
from annotator.core.i18n import _
from annotator.core.merging.diff import difference
from annotator.core.merging.merge import merge
from annotator.core.span import Span
from annotator.storage.atomic import SaveError, save_bytes
from annotator.storage.errors import DataFileError
from annotator.storage.journal.journal import (
    Baseline,
    JournalBusyError,
    JournalError,
    SaveStarted,
    SidecarPlaced,
    StepDone,
    StepUndone,
    WorkOpened,
    journal_path,
    open_journal,
    recover,
)
from annotator.storage.journal.locations import adopt_journal, collect_sidecars, is_recorded, record_location
from annotator.storage.journal.recovery import last_text_identity
from annotator.storage.journal.swapped import return_journals
from annotator.storage.paths import PathError, ensure_state_folder, format_path
from annotator.storage.sidecar.generations import keep_generation, rename_generations
from annotator.storage.write_protection import find_write_problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from annotator.app.persistence.last_state import LastState
    from annotator.app.session.store import Decisions
    from annotator.core.document import Document
    from annotator.segment.language import Language
    from annotator.storage.journal.journal import Journal, Recovery


def open_decisions(
    path: Path, document: Document, *, source: Path, annotator: str, now: str, language: Language | None = None
) -> Decisions:
    """Load the sidecar at `path` for editing and restore what a crash left in the journal.

    If the document cannot be edited safely, `read_only` of the result says why.

    Args:
        path: The sidecar.
        document: The document, as read.
        source: The document's own path.
        annotator: The owner of the sidecar, empty if there is one for all.
        now: The time (ISO 8601).
        language: The rules by which a changed text is segmented, or None for the default ones.
    """
    try:
        folder = ensure_state_folder()
        # The order matters: a moved document's journal is taken over only while it has none at its new path.
        return_journals(source, path, text=document.sha256, annotator=annotator, state_folder=folder)
        old = adopt_journal(source, path, text=document.sha256, annotator=annotator, state_folder=folder)
        if old is not None:
            rename_generations(
                journal_path(old, annotator=annotator, state_folder=folder),
                journal_path(source, annotator=annotator, state_folder=folder),
            )
        was_known = is_recorded(source, text=document.sha256, annotator=annotator, state_folder=folder)
        journal = open_journal(source, annotator=annotator, state_folder=folder)
        record_location(source, text=document.sha256, annotator=annotator, state_folder=folder)
    except (JournalError, PathError) as error:
        found = _load_read_only(path, document, why=str(error))
        return replace(found, is_locked=isinstance(error, JournalBusyError))
    bring_sidecar(path, collect_sidecars(journal.entries), old=old, annotator=annotator)
    try:
        loaded = load_decisions(path, document, language=language)
        problem = find_write_problem(path)
        if problem and not recover(journal.entries, sidecar_sha256=fingerprint(loaded.on_disk)).pending:
            journal.close()
            return replace(loaded, read_only=problem)
        found = _recover(loaded, document, journal, now=now, language=language)
        told = [journal.damage] if journal.damage else []
        if found.on_disk is not None:
            keep_generation(journal.path, path, found.on_disk)
            told += [emptied_notice()] if journal.is_emptied and was_known else []
        told += [moved_notice(old)] if old is not None else []
        return replace(found, notices=(*told, *found.notices))
    except (JournalError, SaveError, PathError) as error:
        journal.close()
        return _load_read_only(path, document, why=str(error))
    except (DataFileError, OSError) as error:
        found = _show_last_state(path, document, journal, error=error, now=now, language=language)
        journal.close()
        return found


def _show_last_state(
    path: Path,
    document: Document,
    journal: Journal,
    *,
    error: DataFileError | OSError,
    now: str,
    language: Language | None,
) -> Decisions:
    """Return the last state, read-only, for a sidecar that cannot be read for the reason `error`."""
    found = unreadable_decisions(path, document, error=error)
    last = find_last_state(journal.entries, document, path=path, journal=journal.path, language=language)
    is_of_use = last is not None and (last.decisions or not isinstance(error, ForeignSidecarError))
    if last is None or not is_of_use or not can_be_put_back(path):
        # No sidecar has this hash, so all steps that may be missing from the file count as pending.
        waiting = len(recover(journal.entries, sidecar_sha256="unread").pending)
        return replace(found, read_only="\n".join(filter(None, (found.read_only, waiting_notice(waiting)))))
    title, *faults = found.read_only.split("\n")
    if faults:  # they may be many, and the last state is what the user needs first
        title = _("The annotations cannot be read, so nothing is written.")
    why = "\n".join((title, last_state_notice(last.decisions, time=describe_time(last.time, now=now)), *faults))
    return replace(found, sidecar=last.sidecar, state=last.state, read_only=why, lost=LostWork(last.state, why))


def _load_read_only(path: Path, document: Document, *, why: str) -> Decisions:
    try:
        return replace(load_decisions(path, document), read_only=why)
    except (DataFileError, OSError) as error:
        return unreadable_decisions(path, document, error=error)


def _recover(
    loaded: Decisions, document: Document, journal: Journal, *, now: str, language: Language | None
) -> Decisions:
    sha256 = fingerprint(loaded.on_disk)
    recovery = recover(journal.entries, sidecar_sha256=sha256)
    last = None
    if journal.entries and not recovery.is_known:
        last = find_last_state(journal.entries, document, path=loaded.path, journal=journal.path, language=language)
    if last is not None:
        check_is_of_document(loaded.sidecar, document, last.state, name=format_path(loaded.path.name))
    opened = WorkOpened(document.identity, sha256, now)
    if loaded.is_ahead or last_text_identity(journal.entries) not in {"", document.identity}:
        found = _reanchor_loaded(loaded, document, journal, recovery=recovery, opened=opened, language=language)
    else:
        found = _continue_loaded(loaded, journal, recovery=recovery, opened=opened)
    return found if last is None else _with_last_state(found, last, opened=opened)


def _with_last_state(found: Decisions, last: LastState, *, opened: WorkOpened) -> Decisions:
    """Bring back what `found` lacks of the last state if the sidecar is gone; offer it if another one is in place."""
    lost = sum(1 for _place in iter_lost(found.state, last.state))
    if not lost:
        return found
    if found.on_disk is not None:
        return replace(found, lost=LostWork(last.state, lost_notice(lost)))
    if found.journal is not None:
        stood = Step("stood", difference(AnnotationSet(), last.state), Span(0, 1), time=opened.time)
        found.journal.append(replace(opened, sidecar_sha256="before the last state"), opened, Baseline(stood))
    return replace(
        found,
        sidecar=last.sidecar,
        state=last.state,
        history=History(),
        notices=(*found.notices, gone_notice(lost)),
        is_ahead=True,
    )


def _continue_loaded(loaded: Decisions, journal: Journal, *, recovery: Recovery, opened: WorkOpened) -> Decisions:
    """Continue the work on the same text."""
    work = _restore_work(loaded.state, recovery)
    stood = [Baseline(recovery.baseline)] if recovery.baseline else []
    journal.append(opened, *stood, *map(StepDone, work.to_record))
    return replace(
        loaded,
        state=work.state,
        history=work.history,
        journal=journal,
        notices=loaded.notices + _notices(work),
        is_ahead=bool(work.restored or stood),
        recovered_steps=work.steps,
    )


def _reanchor_loaded(
    loaded: Decisions,
    document: Document,
    journal: Journal,
    *,
    recovery: Recovery,
    opened: WorkOpened,
    language: Language | None,
) -> Decisions:
    """Move the decisions to a text or sidecar that is not the one on which the journal's steps were done.

    Raises:
        JournalError, SaveError, PathError: If they cannot be saved; the sidecar is left as it was.
    """
    notices, is_anchored = loaded.notices, loaded.is_ahead
    if (recovery.pending or recovery.baseline) and last_text_identity(journal.entries) != document.identity:
        work = _restore_work(loaded.sidecar.decisions, recovery)
        before = with_state(loaded.sidecar, work.state, identity=last_text_identity(journal.entries))
        now = reencode(before, document, path=loaded.path).sidecar
        found = reanchor(
            now.decisions, document.text, quotes=now.quotes, is_same_text=now is not before, language=language
        )
        state, notices, is_anchored = found.state, anchoring_notices(found), found.is_changed or loaded.is_ahead
    else:
        work = _restore_work(loaded.state, recovery)
        state = work.state
    data, sidecar = loaded.on_disk, loaded.sidecar
    if is_anchored and data is not None:
        # Re-anchoring rewrites places and words, so the old version is kept.
        kept = save_backup(loaded.path, data)
        notices += (_("The annotations as they were are kept in {file}.").format(file=format_path(kept)),)
    if is_anchored or work.restored or recovery.baseline:
        old = sidecar.document
        sidecar = with_record(sidecar, document, title=old.title, sentences=old.sentences)
        data = serialize_sidecar(sidecar, state, document.text)
        # As in `DocumentStore`: announced before the file is replaced, confirmed after it.
        journal.append(SaveStarted(fingerprint(data), journal.last_number))
        save_bytes(loaded.path, data)
        journal.append(SidecarPlaced(fingerprint(data)))
    # A hash that no sidecar has makes recovery begin a new history here; the second record names the real one.
    journal.append(
        replace(opened, sidecar_sha256=f"before {document.identity}"),
        replace(opened, sidecar_sha256=fingerprint(data)),
        Baseline(Step("stood", difference(AnnotationSet(), state), Span(0, 1), time=opened.time)),
    )
    return replace(
        loaded,
        sidecar=sidecar,
        on_disk=data,
        state=state,
        history=History(),
        journal=journal,
        notices=notices + _notices(work),
        is_ahead=False,
        recovered_steps=work.steps,
        disk_state=state,
    )


class _RestoredWork(NamedTuple):
    """Work restored from a journal.

    `to_record` are the steps to append to the journal again, `restored` is how many were restored, `steps` are those
    of them in force.
    """

    state: AnnotationSet
    history: History
    to_record: tuple[Step, ...]
    restored: int
    steps: tuple[Step, ...]
    conflicts: int = 0


def _restore_work(state: AnnotationSet, recovery: Recovery) -> _RestoredWork:
    """Apply to `state` what is in the journal but not in the sidecar."""
    if recovery.is_known:
        return _replay(state, recovery)
    if recovery.baseline is not None:
        state = _find_applied(state, recovery.baseline) or state
    steps = [record.step for record in recovery.pending if isinstance(record, StepDone)]
    fitting: list[Step] = []
    others: list[Step] = []
    for step in _find_unapplied(state, steps):
        fitted = _find_applied(state, step)
        if fitted is not None:
            state = fitted
            fitting.append(step)
        else:
            others.append(step)
    made = _merge_steps(state, others)
    if made.changes:
        state = state.apply(made.changes)
        fitting.append(Step("merge", made.changes, others[-1].place, time=others[-1].time, author=others[-1].author))
    return _RestoredWork(state, History(done=list(fitting)), tuple(fitting), len(steps), tuple(fitting), made.conflicts)


def _find_unapplied(state: AnnotationSet, steps: Sequence[Step]) -> Iterator[Step]:
    """Yield what `steps` change and `state` does not have yet.

    Changes merged from another program are in the journal as steps, and in that program's file as well.
    """
    net = _net_changes(steps).items()  # steps that take each other back leave nothing by which to tell
    there = {key for key, one in net if one.before != one.after == state.find_content(*key)}
    for step in steps:
        left = tuple(change for change in step.changes if (change.layer, change.place) not in there)
        if len(left) == len(step.changes):
            yield step
        elif left:
            yield replace(step, changes=left)


def _net_changes(steps: Sequence[Step]) -> dict[tuple[Layer, int], Change]:
    """Return the net change of `steps` at each place."""
    ends: dict[tuple[Layer, int], Change] = {}
    for change in (change for step in steps for change in step.changes):
        key = (change.layer, change.place)
        ends[key] = replace(change, before=ends[key].before) if key in ends else change
    return ends


class _MergedSteps(NamedTuple):
    """The changes that merge steps that do not fit any more, and the number of conflicts."""

    changes: tuple[Change, ...] = ()
    conflicts: int = 0


def _merge_steps(state: AnnotationSet, steps: Sequence[Step]) -> _MergedSteps:
    """Merge `steps` that no longer apply into `state`; what does not fit becomes a conflict."""
    ends = _net_changes(steps)
    before = [
        Change(one.layer, one.place, state.find_content(one.layer, one.place), one.before) for one in ends.values()
    ]
    after = [Change(one.layer, one.place, state.find_content(one.layer, one.place), one.after) for one in ends.values()]
    made = merge(state.apply(before), state, state.apply(after))
    return _MergedSteps(difference(state, made.state), made.conflicts)


def _replay(state: AnnotationSet, recovery: Recovery) -> _RestoredWork:
    """Replay all pending records as far as they apply."""
    history = recovery.history
    count, known = 0, len(history.done)
    try:
        for record in recovery.pending:
            if isinstance(record, StepDone):
                state = state.apply(record.step.changes)
                history.push(record.step)
            elif isinstance(record, StepUndone):
                if history.done:
                    state = state.apply(history.done[-1].inverse().changes)
                    history.undo()
            elif history.undone:
                state = state.apply(history.undone[-1].changes)
                history.redo()
            count += 1
    # The rest does not fit; what was restored stays, but cannot be undone step by step.
    except StaleChangeError:
        history = History()
    return _RestoredWork(state, history, (), count, tuple(history.done[known:]))


def _find_applied(state: AnnotationSet, step: Step) -> AnnotationSet | None:
    """Return `state` after `step`, or None if something else is at its places now or overlaps them."""
    try:
        made = state.apply(step.changes)
    except StaleChangeError:
        return None
    ids = [one.id for one in (*made.annotations.values(), *made.orphans.values())]
    # The changes apply, but would leave an id twice or overlap another annotation.
    if len(set(ids)) < len(ids) or any(made.has_overlap(change.place) for change in step.changes):
        return None
    return made


def _notices(work: _RestoredWork) -> tuple[str, ...]:
    count = len(work.steps) or work.restored
    notices = [restored_notice(count)] if count else []
    if work.conflicts:
        notices.append(conflict_notice(work.conflicts))
    return tuple(notices)
