"""The journal of the work on one document: its steps, in order.

It serves undo, redo, crash recovery and the audit trail. Callers keep to this order:

- start: `open_journal`, `recover` with the sidecar on disk, then append `WorkOpened`. If the sidecar is known, continue
  with the history and apply each pending record to it; append nothing for them. If not, append `WorkOpened` and a new
  `StepDone` for each pending step that still fits, all in one call.
- work: append `StepDone`, `StepUndone` or `StepRedone` before the change is displayed.
- save: take the annotation set and the number of the last record together, make the sidecar's bytes, append
  `SaveStarted(sha256, after=number)`, put the sidecar in place, append `SidecarPlaced`. Steps may be appended
  meanwhile. A caller that uses `SidecarPlaced` appends it after each save that succeeds; it distinguishes a sidecar
  that a crash kept from being placed from an older one that somebody put back.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import re
import stat
import threading
from typing import TYPE_CHECKING, Self

from annotator.core.i18n import _
from annotator.storage.atomic import sync_folder
from annotator.storage.errors import UnsuitableFileError
from annotator.storage.journal.codec import (
    Baseline,
    JournalEntry,
    JournalVersion,
    LostRecords,
    Record,
    SaveStarted,
    SidecarPlaced,
    StepDone,
    StepRedone,
    StepUndone,
    WorkOpened,
    encode_entry,
)
from annotator.storage.journal.errors import (
    DISK_FULL_ERRORS,
    JournalBusyError,
    JournalError,
    JournalFullError,
    JournalGoneError,
    JournalVersionError,
    append_error_message,
    describe_damage,
    open_error_message,
)
from annotator.storage.journal.reading import (
    VERSION,
    check_version,
    find_packed_size,
    load_entries,
    parse_entries,
    shorten,
)
from annotator.storage.journal.recovery import Recovery, recover
from annotator.storage.paths import fold_name, format_path

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType


__all__ = [
    "Baseline",
    "Journal",
    "JournalBusyError",
    "JournalEntry",
    "JournalError",
    "JournalFullError",
    "JournalGoneError",
    "JournalVersionError",
    "LostRecords",
    "Record",
    "Recovery",
    "SaveStarted",
    "SidecarPlaced",
    "StepDone",
    "StepRedone",
    "StepUndone",
    "WorkOpened",
    "journal_path",
    "load_entries",
    "open_journal",
    "recover",
]

SHORTEN_BYTES = 1 << 22
"""Bytes of records as they were appended from which on a journal is shortened."""


class Journal:
    """A journal on disk, open for appending; threads may share it, windows may not.

    `entries` are those found at opening, in order. An unreadable tail was moved to the file `damaged_path` (None if
    there was none), in the folder `backups` or beside the journal. Damage that is followed by readable records stays
    in the file and is represented by a `LostRecords` entry. `damage` says in a sentence what was lost, empty if
    nothing was: neither a last line that a crash left unfinished, nor what was told before. `is_emptied` marks a
    journal that was there and held nothing.
    """

    def __init__(self, path: Path, *, backups: Path | None = None) -> None:
        """Open the journal at `path`, creating it if it is missing.

        Raises:
            JournalBusyError: Another window has it open.
            JournalVersionError: A later version of the program wrote it.
            JournalError: It can be neither read nor created.
        """
        self.path = path
        self.damaged_path: Path | None = None
        self.is_emptied = os.path.lexists(path)
        self._backups = backups or path.parent
        self._held: tuple[Record, ...] = ()  # records that wait until there is space
        self._lock = threading.Lock()
        self._has_torn_tail = False
        try:
            self._handle = _open_locked(path)
            try:
                data = _read_all(self._handle)
                check_version(data, path)
                self.is_emptied = self.is_emptied and not data
                self.entries, self._size = parse_entries(data)
                if self._size < len(data):
                    self._move_tail_away(data[self._size :])
            except BaseException:
                os.close(self._handle)
                raise
        except OSError as error:
            raise JournalError(open_error_message(error, path)) from error
        self._packed_size, self._refused_size = find_packed_size(data), 0
        self._last = self.entries[-1].number if self.entries else 0
        self.damage = describe_damage(self.entries, tail=data[self._size :], kept=self.damaged_path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def last_number(self) -> int:
        """Number of the last record, one that waits for space included; 0 if there is none."""
        return self._last + len(self._held)

    @property
    def is_whole(self) -> bool:
        """True unless the file was removed while it was open: then it does not have the work any more."""
        with self._lock:
            return self._handle < 0 or os.fstat(self._handle).st_nlink > 0

    def append(self, *records: Record) -> int:
        """Append `records` durably; return the number of the last one.

        Raises:
            JournalFullError: The disk is full; as below.
            JournalError: The records could not be written. None of them counts, and the journal can be appended to
                again.
        """
        with self._lock:
            everything = (*self._held, *records)
            try:
                numbered = enumerate(everything, self._last + 1)
                entries = [JournalEntry(number, record) for number, record in numbered]
                if not self._size and isinstance(everything[0], WorkOpened):
                    entries.insert(0, JournalEntry(0, JournalVersion(VERSION)))
                self._write(b"".join(map(encode_entry, entries)))
            except OSError as error:
                kinds = {errno.ENOENT: JournalGoneError, **dict.fromkeys(DISK_FULL_ERRORS, JournalFullError)}
                kind = kinds.get(error.errno or 0, JournalError)
                raise kind(append_error_message(error, self.path)) from error
            except (ValueError, TypeError, RecursionError) as error:
                sentence = _("The step was not done: a field holds a value that cannot be kept ({reason}). Change it.")
                raise JournalError(sentence.format(reason=error)) from error
            self._last += len(everything)
            self._held = ()
            return self._last

    def append_or_hold(self, *records: Record) -> bool:
        """Append `records`; return whether they wait in memory instead, since the disk is full.

        They are appended before the next ones. The caller sees to it that what they record is safe elsewhere.

        Raises:
            JournalError: They could not be written for another reason.
        """
        try:
            self.append(*records)
        except JournalFullError:
            with self._lock:
                self._held += records
            return True
        return False

    @property
    def is_long(self) -> bool:
        """True if shortening is worth while."""
        return self._size - max(self._packed_size, self._refused_size) > SHORTEN_BYTES

    def shorten(self) -> bool:
        """Rewrite the file in its compact form and return whether that was possible; nothing is lost of the history.

        For another thread than the one that appends: records may be appended meanwhile. The new file is written
        beside, synced, and put in place under the lock.

        Raises:
            OSError: It cannot be written; the file is as it was.
        """
        with self._lock:
            data = _read_all(self._handle)[: self._size]
        made = shorten(data)
        if made is None:
            self._refused_size = len(data)  # not tried again before as much has been appended once more
            return False
        beside = self.path.with_name(self.path.name + ".new")
        beside.unlink(missing_ok=True)  # of a program that was killed
        handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        try:
            _lock_file(handle, beside)
            _write_all(handle, made.data)
            os.fsync(handle)
            with self._lock:
                rest = _read_all(self._handle, at=len(data))[: self._size - len(data)]
                _write_all(handle, rest)
                os.fsync(handle)
                _check_same_file(self._handle, self.path)
                beside.rename(self.path)
                old, self._handle = self._handle, handle
                self._size, self._packed_size, self._refused_size = len(made.data) + len(rest), made.packed_size, 0
                os.close(old)
        except BaseException:
            if self._handle != handle:
                os.close(handle)
                with contextlib.suppress(OSError):
                    beside.unlink()
            raise
        sync_folder(self.path.parent)
        return True

    def close(self) -> None:
        """Close the file; closing twice does nothing."""
        with self._lock:
            handle, self._handle = self._handle, -1
            if handle >= 0:
                with contextlib.suppress(OSError):  # everything appended has been synced
                    os.close(handle)

    def _write(self, lines: bytes) -> None:
        # Writing to a removed file succeeds, and would lose everything when the handle is closed.
        if os.fstat(self._handle).st_nlink == 0:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        if self._has_torn_tail:
            os.ftruncate(self._handle, self._size)
        self._has_torn_tail = True  # until the lines are synced
        try:
            _write_all(self._handle, lines)
            os.fdatasync(self._handle)  # syncs the size too, but not the times
        except OSError:
            with contextlib.suppress(OSError):  # if it fails, the next call retries before it writes
                os.ftruncate(self._handle, self._size)
            raise
        self._size += len(lines)
        self._has_torn_tail = False

    def _move_tail_away(self, tail: bytes) -> None:
        """Move the damaged `tail` to a file of its own, which is synced before the tail is cut off here."""
        self._backups.mkdir(mode=0o700, parents=True, exist_ok=True)
        damaged = self._backups / (self.path.name + ".damaged")
        handle = os.open(damaged, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            _write_all(handle, tail + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)
        # A crash from here on leaves the tail in both files, never in neither.
        sync_folder(self._backups)
        os.ftruncate(self._handle, self._size)
        os.fsync(self._handle)
        self.damaged_path = damaged


def open_journal(document_path: Path, *, annotator: str, state_folder: Path) -> Journal:
    """Open the journal of `annotator` for the document, kept under `state_folder`.

    Raises:
        JournalBusyError: Another window has it open.
        JournalError: It can be neither read nor created.
    """
    path = journal_path(document_path, annotator=annotator, state_folder=state_folder)
    return Journal(path, backups=state_folder / "backups")


def journal_path(document_path: Path, *, annotator: str, state_folder: Path) -> Path:
    """Return the path of the journal: a readable prefix, then a hash of the document's real path and the annotator."""
    real = os.fsencode(os.path.realpath(document_path))
    digest = hashlib.blake2s(real + b"\0" + annotator.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
    # For whoever looks into the folder; only the hash identifies the document.
    slug = re.sub(r"[^a-z0-9]+", "-", fold_name(format_path(document_path.name)))[:40].strip("-")
    return state_folder / "journals" / f"{slug or 'document'}-{digest}.jsonl"


def _is_replaced(handle: int, path: Path) -> bool:
    """Return whether another file than that of `handle` is at `path` now."""
    try:
        return not os.path.samestat(os.fstat(handle), path.stat())
    except OSError:  # removed, which appending notices, or not known
        return False


def _check_same_file(handle: int, path: Path) -> None:
    if not path.exists() or _is_replaced(handle, path):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _open_locked(path: Path) -> int:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # 0600: the journal quotes the document.
    # O_NONBLOCK: a pipe in its place must not be waited for.
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NONBLOCK, 0o600)
    try:
        _check_regular(handle, path)
        _lock_file(handle, path)
        sync_folder(path.parent)
        if not os.fstat(handle).st_size:
            _sync_new_folders(path.parent)
    except BaseException:
        os.close(handle)
        raise
    return handle


def _check_regular(handle: int, path: Path) -> None:
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        raise UnsuitableFileError(errno.EINVAL, _("not an ordinary file"), str(path))


def _sync_new_folders(folder: Path) -> None:
    """Sync the folders above `folder`, since it and those may have been created just now."""
    sync_folder(folder.parent)
    for above in folder.parent.parents[:3]:  # ~/.local/state, ~/.local and ~ by default
        with contextlib.suppress(OSError):  # one that cannot be opened was there before
            sync_folder(above)


def _lock_file(handle: int, path: Path) -> None:
    # flock, since the system releases it when the process dies, and closing another handle does not.
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        sentence = _("This document is open in another window. Close it there, or only read here. (Journal: {file})")
        raise JournalBusyError(sentence.format(file=format_path(path))) from error
    except OSError as error:
        # Some network file systems have no locks: better unguarded work than none.
        if error.errno not in {errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL}:
            raise


def _read_all(handle: int, *, at: int = 0) -> bytes:
    pieces: list[bytes] = []
    while piece := os.pread(handle, 1 << 20, at):
        pieces.append(piece)
        at += len(piece)
    return b"".join(pieces)


def is_journal_open(journal: Path) -> bool:
    """Return whether a window works on the document of `journal`; does not keep it locked."""
    try:
        handle = os.open(journal, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # a file system without locks
        return False
    finally:
        os.close(handle)
    return False
