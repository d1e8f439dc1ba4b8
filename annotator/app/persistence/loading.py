"""Loading of a document's decisions for editing, with recovery after a crash.

The journal stores steps by offsets, which hold only for the text on which the steps were done. If the text changed
since, unsaved steps are first replayed on the old text, then all decisions are re-anchored and the result is saved at
once; the journal continues from there, and undo does not reach back beyond it.
"""

from __future__ import annotations

import errno
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.persistence.decisions import (
    anchoring_notices,
    empty_decisions,
    fingerprint,
    load_decisions,
    serialize_sidecar,
    with_record,
)
from annotator.app.persistence.notices import conflict_notice
from annotator.app.persistence.reanchoring import reanchor
from annotator.app.persistence.reencoding import reencode, with_state
from annotator.app.persistence.safe_overwrite import save_backup
from annotator.core.annotation_set import AnnotationSet, StaleChangeError
from annotator.core.change import Change, Layer, Step
from annotator.core.history import History
from annotator.core.i18n import _, ngettext
from annotator.core.merging.diff import difference
from annotator.core.merging.merge import merge
from annotator.core.span import Span
from annotator.storage.atomic import SaveError, save_bytes
from annotator.storage.errors import DataFileError
from annotator.storage.journal.journal import (
    Baseline,
    JournalError,
    SaveStarted,
    SidecarPlaced,
    StepDone,
    StepUndone,
    WorkOpened,
    open_journal,
    recover,
)
from annotator.storage.journal.locations import adopt_journal, record_location
from annotator.storage.paths import PathError, ensure_state_folder, format_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

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
        old = adopt_journal(source, path, text=document.sha256, annotator=annotator, state_folder=folder)
        journal = open_journal(source, annotator=annotator, state_folder=folder)
        record_location(source, text=document.sha256, annotator=annotator, state_folder=folder)
    except (JournalError, PathError) as error:
        return _load_read_only(path, document, why=str(error))
    try:
        loaded = load_decisions(path, document, language=language)
        found = _recover(loaded, document, journal, now=now, language=language)
        return found if old is None else replace(found, notices=(_moved_notice(old), *found.notices))
    except (JournalError, SaveError, PathError) as error:
        journal.close()
        return _load_read_only(path, document, why=str(error))
    except (DataFileError, OSError) as error:
        # No sidecar has this hash, so all steps that may be missing from the file count as pending.
        waiting = len(recover(journal.entries, sidecar_sha256="unread").pending)
        journal.close()
        found = _unreadable_decisions(path, document, error=error)
        return replace(found, read_only="\n".join(filter(None, (found.read_only, _waiting_notice(waiting)))))


def _load_read_only(path: Path, document: Document, *, why: str) -> Decisions:
    try:
        return replace(load_decisions(path, document), read_only=why)
    except (DataFileError, OSError) as error:
        return _unreadable_decisions(path, document, error=error)


def _unreadable_decisions(path: Path, document: Document, *, error: DataFileError | OSError) -> Decisions:
    """Return empty, read-only decisions that say why the sidecar cannot be read."""
    if isinstance(error, DataFileError):
        why = _("The annotations cannot be read, so nothing is written:") + f"\n{error}"
    # The sidecar's name is the document's with a suffix, and may exceed what the file system allows.
    elif error.errno == errno.ENAMETOOLONG:
        sentence = _("The name of {file} is too long for annotations beside it. Shorten it, then open it again.")
        why = sentence.format(file=format_path(document.name))
    elif error.errno in {errno.EACCES, errno.EPERM}:
        sentence = _("{file} cannot be read ({reason}), so nothing is written. Get permission to read it.")
        why = sentence.format(file=format_path(path.name), reason=error.strerror)
    else:
        sentence = _("{file} cannot be read ({reason}), so nothing is written. Mend that, then open it again.")
        why = sentence.format(file=format_path(path.name), reason=error.strerror)
    return replace(empty_decisions(path, document), read_only=why)


def _recover(
    loaded: Decisions, document: Document, journal: Journal, *, now: str, language: Language | None
) -> Decisions:
    sha256 = fingerprint(loaded.on_disk)
    recovery = recover(journal.entries, sidecar_sha256=sha256)
    opened = WorkOpened(document.identity, sha256, now)
    if loaded.is_ahead or _last_text_identity(journal) not in {"", document.identity}:
        return _reanchor_loaded(loaded, document, journal, recovery=recovery, opened=opened, language=language)
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
    if (recovery.pending or recovery.baseline) and _last_text_identity(journal) != document.identity:
        work = _restore_work(loaded.sidecar.decisions, recovery)
        before = with_state(loaded.sidecar, work.state, identity=_last_text_identity(journal))
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


def _last_text_identity(journal: Journal) -> str:
    """Return the identity of the document on which the last steps were done, or ""."""
    found = (
        entry.record.document_sha256 for entry in reversed(journal.entries) if isinstance(entry.record, WorkOpened)
    )
    return next(found, "")


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


def _moved_notice(old: Path) -> str:
    sentence = _("This document was at {place} before: its history came along, with what was not saved yet.")
    return sentence.format(place=format_path(old))


def _waiting_notice(count: int) -> str:
    """Return the sentence that steps found only in the journal are kept, although they cannot be shown."""
    if not count:
        return ""
    sentence = ngettext(
        "{count} step that is not in the file yet is kept and comes back when the file is sound.",
        "{count} steps that are not in the file yet are kept and come back when the file is sound.",
        count,
    )
    return sentence.format(count=count)


def _notices(work: _RestoredWork) -> tuple[str, ...]:
    notices: list[str] = []
    count = len(work.steps) or work.restored
    if count:
        sentence = ngettext(
            "{count} unsaved step was recovered from the journal.",
            "{count} unsaved steps were recovered from the journal.",
            count,
        )
        notices.append(sentence.format(count=count))
    if work.conflicts:
        notices.append(conflict_notice(work.conflicts))
    return tuple(notices)
