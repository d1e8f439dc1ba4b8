"""The journal of the work on one document: what was done, in order. It must not know how steps are applied.

It is undo, redo, crash recovery and audit trail at once. A caller keeps to this order:

- start: `open_journal`, `recover` with the sidecar on disk, then append `Opened`. Where the sidecar was known, go on
  with the history and turn it by each pending record; nothing is to be appended for them. Where it was not, append
  `Opened` and a new `Did` for each pending step that still fitted, all in one call.
- work: append `Did`, `Undid` or `Redid` before the screen shows it.
- save: take the set and the number of the last record together, make the sidecar's bytes, append
  ``Saved(sha256, after=number)``, put the sidecar in place, append `Placed`. Steps may be appended meanwhile. Where
  `Placed` is used at all it follows each save that went well; it tells a sidecar that a crash kept from being
  placed from an older one that somebody put back.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import re
import threading
from typing import TYPE_CHECKING, Self

from annotator.core.i18n import _
from annotator.storage.atomic import sync_folder
from annotator.storage.journal.codec import (
    DamagedLineError,
    Did,
    Entry,
    Lost,
    Opened,
    Placed,
    Record,
    Redid,
    Saved,
    Stood,
    Undid,
    encode,
)
from annotator.storage.journal.lazy_step import skim
from annotator.storage.journal.recovery import Recovery, recover
from annotator.storage.paths import folded, shown

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType


__all__ = [
    "Did",
    "Entry",
    "Journal",
    "JournalBusyError",
    "JournalError",
    "JournalGoneError",
    "Lost",
    "Opened",
    "Placed",
    "Record",
    "Recovery",
    "Redid",
    "Saved",
    "Stood",
    "Undid",
    "journal_path",
    "load_entries",
    "open_journal",
    "recover",
]

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class JournalError(Exception):
    """The journal cannot be read or written; its text is the sentence that the person reads."""


class JournalBusyError(JournalError):
    """Another window works on the same document as the same annotator."""


class JournalGoneError(JournalError):
    """The journal was removed while it was open: what was in it is lost."""


class Journal:
    """A journal on disk, open for appending; threads may share it, windows may not.

    ``entries`` are those found at opening, in order. What could not be read at the end of the file was moved to
    ``damaged`` (None: nothing); damage with readable records after it stays in the file, a `Lost` in its place.
    """

    def __init__(self, path: Path) -> None:
        """Open the journal at ``path``, make it where it is missing.

        Raises:
            JournalBusyError: another window has it open.
            JournalError: it can be neither read nor made.
        """
        self.path = path
        self.damaged: Path | None = None
        self._lock = threading.Lock()
        self._is_torn = False
        try:
            self._handle = _opened(path)
            try:
                data = _content(self._handle)
                self.entries, self._size = parse_entries(data)
                if self._size < len(data):
                    self._put_aside(data[self._size :])
            except BaseException:
                os.close(self._handle)
                raise
        except OSError as error:
            raise JournalError(_open_sentence(error, path)) from error
        self._last = self.entries[-1].number if self.entries else 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def last(self) -> int:
        """The number of the last record; 0 where there is none."""
        return self._last

    def append(self, *records: Record) -> int:
        """Write ``records`` down, lasting when this returns; give the number of the last one.

        Raises:
            JournalError: they could not be written, none counts, and the journal can be appended to again.
        """
        with self._lock:
            try:
                numbered = enumerate(records, self._last + 1)
                lines = b"".join(encode(Entry(number, record)) for number, record in numbered)
                self._write(lines)
            except OSError as error:
                kind = JournalGoneError if error.errno == errno.ENOENT else JournalError
                raise kind(_append_sentence(error, self.path)) from error
            except (ValueError, TypeError, RecursionError) as error:
                sentence = _("The step was not done: a field holds a value that cannot be kept ({reason}). Change it.")
                raise JournalError(sentence.format(reason=error)) from error
            self._last += len(records)
            return self._last

    def close(self) -> None:
        """Let go of the file; closing twice does nothing."""
        with self._lock:
            handle, self._handle = self._handle, -1
            if handle >= 0:
                with contextlib.suppress(OSError):  # all that was appended is on the disk
                    os.close(handle)

    def _write(self, lines: bytes) -> None:
        if os.fstat(self._handle).st_nlink == 0:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        if self._is_torn:
            os.ftruncate(self._handle, self._size)
        self._is_torn = True
        try:
            view = memoryview(lines)
            while view:
                view = view[os.write(self._handle, view) :]
            os.fdatasync(self._handle)
        except OSError:
            with contextlib.suppress(OSError):  # if it fails, the next call tries again before it writes
                os.ftruncate(self._handle, self._size)
            raise
        self._size += len(lines)
        self._is_torn = False

    def _put_aside(self, tail: bytes) -> None:
        """Move the damaged ``tail`` to a file of its own: there first, and only then from here."""
        damaged = self.path.with_name(self.path.name + ".damaged")
        handle = os.open(damaged, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            view = memoryview(tail + b"\n")
            while view:
                view = view[os.write(handle, view) :]
            os.fsync(handle)
        finally:
            os.close(handle)
        sync_folder(self.path.parent)
        os.ftruncate(self._handle, self._size)
        os.fsync(self._handle)
        self.damaged = damaged


def open_journal(document_path: Path, *, annotator: str, state_folder: Path) -> Journal:
    """The journal of ``annotator``'s work on the document, kept under ``state_folder``.

    Raises:
        JournalBusyError: another window has it open.
        JournalError: it can be neither read nor made.
    """
    return Journal(journal_path(document_path, annotator=annotator, state_folder=state_folder))


def journal_path(document_path: Path, *, annotator: str, state_folder: Path) -> Path:
    """Where the journal lies: a readable beginning, then a hash of the document's real path and of the annotator."""
    real = os.fsencode(os.path.realpath(document_path))
    digest = hashlib.blake2s(real + b"\0" + annotator.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
    slug = re.sub(r"[^a-z0-9]+", "-", folded(shown(document_path.name)))[:40].strip("-")
    return state_folder / "journals" / f"{slug or 'document'}-{digest}.jsonl"


def load_entries(path: Path) -> tuple[Entry, ...]:
    """What can be read of the journal at ``path`` now, without opening it for work; nothing where it is missing.

    Raises:
        JournalError: it cannot be read.
    """
    try:
        return parse_entries(path.read_bytes())[0]
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise JournalError(_open_sentence(error, path)) from error


def parse_entries(data: bytes, *, last: int = 0) -> tuple[tuple[Entry, ...], int]:
    """The entries in ``data`` that follow the one numbered ``last``.

    Also how many bytes lie before what could not be read at the end.
    """
    entries: list[Entry] = []
    size = at = 0
    while (end := data.find(b"\n", at)) >= 0:
        entry = _find_entry(data[at:end])
        at = end + 1
        if entry is None or entry.number <= last:
            continue
        if entry.number > last + 1:
            entries.append(Entry(entry.number - 1, Lost()))
        entries.append(entry)
        last = entry.number
        size = at
    return tuple(entries), size


def _find_entry(line: bytes) -> Entry | None:
    try:
        return skim(line)
    except DamagedLineError:
        return None


def _opened(path: Path) -> int:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        _hold(handle, path)
        sync_folder(path.parent)
        if not os.fstat(handle).st_size:
            _sync_new_folders(path.parent)
    except BaseException:
        os.close(handle)
        raise
    return handle


def _sync_new_folders(folder: Path) -> None:
    """Make lasting that there is ``folder``: it, and those above it, may have been made just now."""
    sync_folder(folder.parent)
    for above in folder.parent.parents[:3]:
        with contextlib.suppress(OSError):  # some may not be looked into; these were there before
            sync_folder(above)


def _hold(handle: int, path: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        sentence = _("This document is open in another window. Close it there, or only read here. (Journal: {file})")
        raise JournalBusyError(sentence.format(file=shown(path))) from error
    except OSError as error:
        if error.errno not in {errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL}:
            raise


def _content(handle: int) -> bytes:
    pieces: list[bytes] = []
    at = 0
    while piece := os.pread(handle, 1 << 20, at):
        pieces.append(piece)
        at += len(piece)
    return b"".join(pieces)


def _open_sentence(error: OSError, path: Path) -> str:
    names = {"file": shown(path), "folder": shown(path.parent), "reason": os.strerror(error.errno or errno.EIO)}
    if error.errno in _FULL:
        return _("The journal {file} cannot be opened: the disk is full. Free some space.").format(**names)
    if error.errno in _FORBIDDEN:
        return _("The journal {file} cannot be opened: you may not write in {folder}. Get permission to.").format(
            **names
        )
    return _("The journal {file} cannot be opened: {reason}. Check the folder {folder}.").format(**names)


def _append_sentence(error: OSError, path: Path) -> str:
    names = {"file": shown(path), "folder": shown(path.parent), "reason": os.strerror(error.errno or errno.EIO)}
    if error.errno in _FULL:
        return _("The step was not done: the disk with {folder} is full. Free some space and do it again.").format(
            **names
        )
    if error.errno == errno.ENOENT:
        return _("The step was not done: the journal {file} was removed. Close the document and open it again.").format(
            **names
        )
    return _(
        "The step was not done: the journal {file} cannot be written ({reason}). Check the disk and do it again."
    ).format(**names)


def is_held(journal: Path) -> bool:
    """Whether a window works on the document whose journal that is; it is asked without keeping hold of it."""
    try:
        handle = os.open(journal, os.O_RDONLY | os.O_CLOEXEC)
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
