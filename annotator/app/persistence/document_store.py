"""The store of one open document: steps go to the journal at once, the sidecar is written in the background."""

from __future__ import annotations

import errno
from contextlib import suppress
from dataclasses import replace
from functools import partial
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.persistence.background_writer import BackgroundWriter
from annotator.app.persistence.decisions import check_is_of_document, fingerprint, load_decisions
from annotator.app.session.store import Decisions, DiskState
from annotator.core.anchoring.anchor import quote_at
from annotator.core.i18n import _
from annotator.core.merging.diff import difference
from annotator.storage.atomic import SaveError, save_bytes
from annotator.storage.documents.moves import find_identity
from annotator.storage.errors import describe_os_error
from annotator.storage.files import find_file_bytes
from annotator.storage.journal.journal import (
    JournalError,
    JournalGoneError,
    SaveStarted,
    SidecarPlaced,
    StepDone,
    StepRedone,
    StepUndone,
)
from annotator.storage.paths import format_path
from annotator.storage.sidecar.generations import keep_generation
from annotator.storage.sidecar.writer import SidecarWriter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.app.persistence.sidecar_tracker import SidecarTracker
    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.change import Step
    from annotator.core.document import Document
    from annotator.storage.journal.journal import Journal, Record
    from annotator.storage.sidecar.sidecar import Sidecar


_GENERATION_INTERVAL = 600.0
"""Seconds of work after which the sidecar is kept as a dated generation; closing keeps it as well."""


class Snapshot(NamedTuple):
    """A state to be written and the number of sentences in the document.

    `last_record` is the number of the last journal record that the state includes, `generation` that of the disk state
    which it is based on.
    """

    state: AnnotationSet
    last_record: int
    sentences: int
    generation: int


class _ExternalChangeError(Exception):
    """Another program changed the sidecar."""


class MergeHandler(NamedTuple):
    """Callbacks that merge our changes with another program's and save the result.

    `merge_now` does so in the thread that flushes and returns whether it worked; `request_merge` is called in the
    writer's thread.
    """

    merge_now: Callable[[], bool]
    request_merge: Callable[[], None]


class DocumentStore:
    """The journal and the sidecar of one document; a `BackgroundWriter` writes the sidecar in a thread of its own.

    A sidecar that another program changed is never overwritten. The versions have to be merged first: `find_external`,
    then `accept_external`, then save again. `on_written` is called in the writer's thread with the state and an empty
    string, or the sentence that says why it could not be written. A sidecar that was renamed is followed, so that
    nothing is written again under its old name.
    """

    def __init__(
        self,
        document: Document,
        decisions: Decisions,
        *,
        base: Sidecar,
        journal: Journal,
        on_written: Callable[[AnnotationSet, str], None],
        merge_handler: MergeHandler | None = None,
    ) -> None:
        """Start from the loaded `decisions`; `base` is what is written besides the state.

        Without `merge_handler`, another program's changes are reported to the user and nothing is written.
        """
        self._document = document
        self._path = decisions.path
        self._tracker: SidecarTracker | None = None
        self._identity = find_identity(self._path)
        self._language = decisions.language
        self._ground = DiskState(base, decisions.disk_state, frozenset({fingerprint(decisions.on_disk)}))
        # Held while reading and writing: `find_external` must never see a version older than our last one.
        self._files = Lock()
        self._journal = journal
        self._on_written = on_written
        self._meet = merge_handler
        self._is_refused = False  # the last state was not written because of another program's changes
        self._is_recording = True  # by the journal, when it was tried last
        self._written: bytes | None = None  # the last sidecar
        self._kept_at = monotonic()
        self._writer = SidecarWriter()
        self._saver: BackgroundWriter[Snapshot] = BackgroundWriter(self._write, on_written=self._report)

    def follow(self, tracker: SidecarTracker) -> None:
        """Follow the sidecar when it is renamed; without `tracker` it counts as removed then."""
        self._tracker = tracker

    @property
    def path(self) -> Path:
        """The path of the sidecar."""
        return self._path

    @property
    def disk_state(self) -> DiskState:
        """The state on disk that we wrote or merged last."""
        return self._ground

    def find_external(self) -> Decisions | None:
        """Load another program's version of the sidecar; return None if the file is as we know it.

        If the file was removed, `on_disk` of the result is None. Safe to call from any thread.

        Raises:
            DataFileError: If the sidecar is invalid.
            OSError: If it cannot be read.
        """
        with self._files:
            there = self._read()
            # A missing folder may be a network share that comes back with all files.
            is_away = there is None and not self._path.parent.is_dir()
            if is_away or fingerprint(there) in self._ground.sha256s:
                return None
            found = load_decisions(self._path, self._document, language=self._language)
        check_is_of_document(found.sidecar, self._document, self._ground.state, name=format_path(self._path.name))
        return found

    def accept_external(self, theirs: Decisions) -> None:
        """Accept `theirs` as the state on disk; states submitted before are not written any more."""
        old = self._ground
        turn = old.generation + 1
        if theirs.on_disk is None:
            self._ground = old._replace(sha256s=old.sha256s | {""}, generation=turn, is_current=False)
            return
        found = theirs.sidecar
        record = replace(old.base.document, extra={**old.base.document.extra, **found.document.extra})
        base = replace(found, document=record, annotator=found.annotator or old.base.annotator, labels=old.base.labels)
        sha256s = frozenset({fingerprint(theirs.on_disk)})
        self._ground = DiskState(
            base, theirs.state, sha256s, turn, is_current=not theirs.is_ahead, earlier=old.known_states
        )

    def accept_replacement(self, sha256: str) -> None:
        """Accept that the damaged file with this hash, which is kept elsewhere, is written over; "" if it was moved."""
        old = self._ground
        self._ground = old._replace(
            sha256s=frozenset({*old.sha256s, sha256, ""}), generation=old.generation + 1, is_current=False
        )

    def record_disk_state(self) -> None:
        """Record in the journal that the file holds all steps.

        This is so after another program's version was accepted unchanged.
        """
        disk_state = self._ground
        if disk_state.is_current and len(disk_state.sha256s) == 1:
            (sha256,) = disk_state.sha256s
            with suppress(JournalError):  # the next save records it again
                self._note(SaveStarted(sha256, self._journal.last_number), SidecarPlaced(sha256))

    def restore_disk_state(self, ground: DiskState) -> None:
        """Restore an earlier disk state after a merge failed."""
        self._ground = ground

    def record_step(self, step: Step) -> str:
        """Append `step` to the journal; return the reason for a failure, or ""."""
        return self._append(StepDone(step))

    def record_undo(self, *, when: str, who: str) -> str:
        """Record that the last step was undone at `when` (ISO 8601); return the reason for a failure, or ""."""
        return self._append(StepUndone(when, who))

    def record_redo(self, *, when: str, who: str) -> str:
        """Record that the last undone step was redone at `when` (ISO 8601); return the reason for a failure, or ""."""
        return self._append(StepRedone(when, who))

    def save(self, state: AnnotationSet, *, sentences: int) -> None:
        """Write `state` in the background."""
        self._saver.submit(Snapshot(state, self._journal.last_number, sentences, self._ground.generation))

    def flush(self) -> bool:
        """Write pending states now; return whether everything is written.

        If another program changed the file, its version is merged first.
        """
        is_written = self._saver.flush()
        if not is_written and self._is_refused and self._meet is not None and self._meet.merge_now():
            is_written = self._saver.flush()
        if is_written and not self._is_recording:
            self.record_disk_state()  # tries whether there is space now
        return is_written

    def close(self) -> bool:
        """Flush and release the files; return whether everything is written."""
        # First, since `flush` merges another program's changes and `BackgroundWriter.close` alone does not.
        self.flush()
        is_written = self._saver.close()
        if self._tracker is not None:
            self._path = self._tracker.move_along(self._path, known=self._ground.sha256s)
        self._keep_generation()
        self._journal.close()
        return is_written

    def _shorten_journal(self) -> None:
        """Rewrite a long journal in its compact form."""
        if self._journal.is_long:
            with suppress(OSError, JournalError):  # tried again at the next save
                self._journal.shorten()

    def _keep_generation(self) -> None:
        """Keep the sidecar that was written last as a dated generation."""
        self._kept_at = monotonic()
        if self._written is not None:
            keep_generation(self._journal.path, self._path, self._written)

    @property
    def is_journaled(self) -> bool:
        """True if the journal has all work, so that what is not in the sidecar comes back."""
        return self._journal.is_whole

    @property
    def is_recording(self) -> bool:
        """True unless the journal took no record when it was tried last."""
        return self._is_recording

    def _append(self, record: Record) -> str:
        self._is_recording = False
        try:
            self._journal.append(record)
        except JournalError as error:
            return str(error)
        self._is_recording = True
        return ""

    def _write(self, snapshot: Snapshot) -> str:
        self._is_refused = False
        try:
            with self._files:
                return self._write_locked(snapshot)
        except SaveError as error:
            if self.is_journaled:
                return str(error)
            return _describe_loss(self._path, describe_os_error(OSError(error.errno or 0, "")))
        except JournalError as error:  # nothing was written without it
            sentence = _("{file} was not saved, as its journal cannot be written. Check the disk with {folder}.")
            names = {"file": format_path(self._path.name), "folder": format_path(self._journal.path.parent)}
            return sentence.format(**names) if self.is_journaled else _describe_loss(self._path, str(error))
        except OSError as error:
            reason = describe_os_error(error)
            if not self.is_journaled:
                return _describe_loss(self._path, reason)
            sentence = _("{file} cannot be saved: {reason}. Your work is kept and will be saved when that is mended.")
            return sentence.format(file=format_path(self._path.name), reason=reason)

    def _write_locked(self, snapshot: Snapshot) -> str:
        disk_state, path, mark = self._ground, self._path, self._file_stamp()
        try:
            there = self._read()
        except OSError as error:
            if error.errno not in {errno.EISDIR, errno.EINVAL, errno.ELOOP}:
                raise
            return self._refuse(is_gone=False)  # another program put something else in its place
        if self._path != path:
            mark, there = self._file_stamp(), find_file_bytes(self._path)
        found = fingerprint(there)
        if self._is_external(found, disk_state, self._path.parent) or snapshot.generation != disk_state.generation:
            return self._refuse(is_gone=there is None)
        # Nothing to write: the steps since the last save cancel out, or came from the file.
        is_certain = there is not None and disk_state.is_current and disk_state.sha256s == {found}
        if is_certain and not difference(disk_state.state, snapshot.state):
            self._note(SaveStarted(found, snapshot.last_record), SidecarPlaced(found))
            return ""
        base = disk_state.base
        document = replace(base.document, sentences=snapshot.sentences or base.document.sentences)
        sidecar = replace(base, document=document, decisions=snapshot.state, quotes={})
        text = self._document.text
        data = self._writer.render(sidecar, quote=lambda place: quote_at(text, place)).encode()
        sha256 = fingerprint(data)
        # Before the file is replaced: after a crash the file may have either hash, and the journal must know both.
        self._note(SaveStarted(sha256, snapshot.last_record))
        # `accept_external` may replace the disk state from the session's thread while this one writes.
        if self._ground is disk_state:
            self._ground = disk_state = disk_state._replace(sha256s=disk_state.sha256s | {sha256})
        try:
            # The guard narrows the gap between the check above and the rename to a few system calls.
            save_bytes(self._path, data, guard=partial(self._check, mark))
        except _ExternalChangeError:  # it came while our temporary file was being written
            return self._refuse(is_gone=False)
        self._identity = find_identity(self._path)
        if self._ground is disk_state:
            self._ground = DiskState(
                base, snapshot.state, frozenset({sha256}), disk_state.generation, earlier=disk_state.known_states
            )
        # Confirmed: the file has this hash, and only this one.
        self._note(SidecarPlaced(sha256))
        self._shorten_journal()
        self._written = data
        if monotonic() - self._kept_at > _GENERATION_INTERVAL:
            self._keep_generation()
        return ""

    def _read(self) -> bytes | None:
        """Return the bytes of the sidecar, or None if it is missing; follow it if it was renamed."""
        there = find_file_bytes(self._path)
        if self._tracker is None or (there is not None and fingerprint(there) in self._ground.sha256s):
            return there
        known = self._ground.sha256s
        moved = self._tracker.find_new_path(self._path, identity=self._identity, known=known)
        if moved is None:
            return there
        self._path = moved
        return find_file_bytes(moved)

    def _note(self, *records: Record) -> None:
        """Record the progress of saving; ignore a removed journal, and one whose disk is full."""
        # The sidecar is then the only place left for the work, so it must be written all the same.
        with suppress(JournalGoneError):
            self._is_recording = not self._journal.append_or_hold(*records)

    def _file_stamp(self) -> tuple[int, ...]:
        """Return values that change when another program replaces or rewrites the file."""
        try:
            state = self._path.stat()
        except OSError:
            return ()
        return state.st_mtime_ns, state.st_size, state.st_ino

    def _check(self, mark: tuple[int, ...]) -> None:
        if self._file_stamp() != mark:
            raise _ExternalChangeError

    @staticmethod
    def _is_external(found: str, ground: DiskState, folder: Path) -> bool:
        """Return whether the file was not written by us; a missing folder, such as an offline share, does not count."""
        return found not in ground.sha256s and folder.is_dir()

    def _refuse(self, *, is_gone: bool) -> str:
        changed = _("{file} was changed by another program and is not overwritten. Your work is kept.")
        removed = _("{file} was removed by another program and is not written again. Your work is kept.")
        self._is_refused = True
        return (removed if is_gone else changed).format(file=format_path(self._path.name))

    def _report(self, snapshot: Snapshot, trouble: str) -> None:
        if self._is_refused and self._meet is not None:
            self._meet.request_merge()
        else:
            self._on_written(snapshot.state, trouble)


def _describe_loss(path: Path, reason: str) -> str:
    """Return the sentence that the work is neither in the sidecar at `path`, for that `reason`, nor in the journal."""
    sentence = _(
        "{file} was not saved: {reason}. The journal was removed, too, so what you did last is only in this window. "
        "Mend that, or save a copy."
    )
    return sentence.format(file=format_path(path.name), reason=reason)
