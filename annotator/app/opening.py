"""How a document's decisions come to be worked on, with what a crash left behind. It must not know windows.

The journal holds steps by their places in the text, so they hold for the text on which they were done and no other.
Where the text was changed since, what was not saved is done on the old places first, then all decisions look for their
sentences, and the result is saved at once: the journal goes on from there, and undo does not reach back beyond it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.backup import keep_backup
from annotator.app.decisions import (
    anchoring_notices,
    fingerprint,
    load_decisions,
    no_decisions,
    sidecar_bytes,
    with_record,
)
from annotator.core.anchor import anchor
from annotator.core.annotationset import StaleChangeError
from annotator.core.history import History
from annotator.core.wording import _, plural
from annotator.storage.atomic import SaveError, save_bytes
from annotator.storage.errors import SidecarError
from annotator.storage.journal import Did, JournalError, Opened, Placed, Saved, Undid, open_journal, recover
from annotator.storage.paths import PathError, shown, state_folder

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.app.decisions import Decisions
    from annotator.core.annotationset import AnnotationSet
    from annotator.core.change import Step
    from annotator.core.document import Document
    from annotator.storage.journal import Journal, Recovery


def open_decisions(path: Path, document: Document, *, source: Path, annotator: str, now: str) -> Decisions:
    """Read the sidecar at ``path`` to work on it, with what a crash left in the journal brought back.

    ``source`` is the document's own path, ``annotator`` whose sidecar it is, empty where there is one for all. Where
    it cannot be worked on safely, the result says why nothing may be written.
    """
    try:
        journal = open_journal(source, annotator=annotator, state_folder=state_folder())
    except (JournalError, PathError) as error:
        return _read_only(path, document, why=str(error))
    try:
        return _recovered(load_decisions(path, document), document, journal, now=now)
    except (JournalError, SaveError, PathError) as error:
        journal.close()
        return _read_only(path, document, why=str(error))
    except (SidecarError, OSError):
        journal.close()
        return _read_only(path, document, why="")


def _read_only(path: Path, document: Document, *, why: str) -> Decisions:
    try:
        return replace(load_decisions(path, document), read_only=why)
    except SidecarError as error:
        why = _("The annotations cannot be read, so nothing is written:") + f"\n{error}"
    except OSError as error:
        sentence = _("{file} cannot be read ({reason}), so nothing is written. Get permission to read it.")
        why = sentence.format(file=shown(path.name), reason=error.strerror)
    return replace(no_decisions(path, document), read_only=why)


def _recovered(loaded: Decisions, document: Document, journal: Journal, *, now: str) -> Decisions:
    sha256 = fingerprint(loaded.on_disk)
    recovery = recover(journal.entries, sidecar_sha256=sha256)
    opened = Opened(document.sha256, sha256, now)
    if loaded.is_ahead or _last_text(journal) not in {"", document.sha256}:
        return _moved(loaded, document, journal, recovery=recovery, opened=opened)
    work = _brought_back(loaded.state, recovery)
    journal.append(opened, *map(Did, work.anew))
    return replace(
        loaded,
        state=work.state,
        history=work.history,
        journal=journal,
        notices=loaded.notices + _notices(work),
        is_ahead=bool(work.brought),
    )


def _moved(loaded: Decisions, document: Document, journal: Journal, *, recovery: Recovery, opened: Opened) -> Decisions:
    """The decisions moved to a text, or out of a sidecar, that is not the one on which the journal's steps were done.

    Raises:
        JournalError, SaveError, PathError: they cannot be kept; the sidecar stands as it was.
    """
    notices, is_anchored = loaded.notices, loaded.is_ahead
    if recovery.pending and _last_text(journal) != document.sha256:
        work = _brought_back(loaded.sidecar.decisions, recovery)
        found = anchor(work.state, document.text, quotes=loaded.sidecar.quotes, is_same_text=False)
        state, notices, is_anchored = found.state, anchoring_notices(found), found.is_changed
    else:
        work = _brought_back(loaded.state, recovery)
        state = work.state
    data, sidecar = loaded.on_disk, loaded.sidecar
    if is_anchored and data is not None:
        kept = keep_backup(loaded.path, data)
        notices += (_("The annotations as they were are kept in {file}.").format(file=shown(kept)),)
    if is_anchored or work.brought:
        old = sidecar.document
        sidecar = with_record(sidecar, document, title=old.title, sentences=old.sentences)
        data = sidecar_bytes(sidecar, state, document.text)
        journal.append(Saved(fingerprint(data), journal.last))
        save_bytes(loaded.path, data)
        journal.append(Placed(fingerprint(data)))
    # A sidecar that never was lets the journal begin a new history; the second record names the one that is there.
    journal.append(
        replace(opened, sidecar_sha256=f"before {document.sha256}"), replace(opened, sidecar_sha256=fingerprint(data))
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
    )


def _last_text(journal: Journal) -> str:
    """The sha256 of the document on which the last steps were done, empty where there were none."""
    found = (entry.record.document_sha256 for entry in reversed(journal.entries) if isinstance(entry.record, Opened))
    return next(found, "")


class _Work(NamedTuple):
    """What a journal brought back: ``anew`` are the steps it must be told again, ``brought`` how many came back."""

    state: AnnotationSet
    history: History
    anew: tuple[Step, ...]
    brought: int
    refused: int


def _brought_back(state: AnnotationSet, recovery: Recovery) -> _Work:
    """``state`` after what the journal holds and the sidecar does not."""
    if recovery.is_known:
        return _replayed(state, recovery)
    steps = [record.step for record in recovery.pending if isinstance(record, Did)]
    fitting: list[Step] = []
    for step in steps:
        fitted = _find_fitted(state, step)
        if fitted is not None:
            state = fitted
            fitting.append(step)
    return _Work(state, History(done=list(fitting)), tuple(fitting), len(fitting), len(steps) - len(fitting))


def _replayed(state: AnnotationSet, recovery: Recovery) -> _Work:
    """``state`` and history after all pending records, as far as they can be applied."""
    history = recovery.history
    count = 0
    try:
        for record in recovery.pending:
            if isinstance(record, Did):
                state = state.applied(record.step.changes)
                history.push(record.step)
            elif isinstance(record, Undid):
                if history.done:
                    state = state.applied(history.done[-1].inverse().changes)
                    history.undo()
            elif history.undone:
                state = state.applied(history.undone[-1].changes)
                history.redo()
            count += 1
    except StaleChangeError:
        history = History()
    return _Work(state, history, (), count, len(recovery.pending) - count)


def _find_fitted(state: AnnotationSet, step: Step) -> AnnotationSet | None:
    """``state`` after ``step``, or None where something else stands there now, in its place or in its way."""
    try:
        made = state.applied(step.changes)
    except StaleChangeError:
        return None
    ids = [one.id for one in (*made.annotations.values(), *made.orphans.values())]
    if len(set(ids)) < len(ids) or any(made.is_clashing(change.place) for change in step.changes):
        return None
    return made


def _notices(work: _Work) -> tuple[str, ...]:
    notices: list[str] = []
    if work.brought:
        sentence = plural(
            "{count} step that was not saved yet was brought back.",
            "{count} steps that were not saved yet were brought back.",
            work.brought,
        )
        notices.append(sentence.format(count=work.brought))
    if work.refused:
        sentence = plural(
            "{count} step no longer fits the annotations on disk and was left in the journal.",
            "{count} steps no longer fit the annotations on disk and were left in the journal.",
            work.refused,
        )
        notices.append(sentence.format(count=work.refused))
    return tuple(notices)
