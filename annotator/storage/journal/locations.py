"""Locations of the documents of journals, so that a journal follows a document that was moved or renamed.

A journal is named after the document's path. For each text and annotator, a small file in the state folder lists the
journals of work on it, each with the path that the document had. Such a line is only a hint: a document with the same
text takes over a journal only if the journal's own document is gone and the journal knows the sidecar beside the new
one.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.i18n import _
from annotator.storage.errors import describe_os_error
from annotator.storage.files import find_file_bytes
from annotator.storage.journal.journal import (
    JournalError,
    SaveStarted,
    SidecarPlaced,
    WorkOpened,
    journal_path,
    load_entries,
)
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.storage.journal.journal import JournalEntry

_FOLDER = "places"


class JournalLocation(NamedTuple):
    """A document with a given text, and the name of its journal.

    `number` is the inode of the document, `time` its modification time in nanoseconds: inodes alone are reused. `mount`
    is the mount point of its file system, which distinguishes a document that is gone from a disk that is not
    connected.
    """

    journal: str
    document: str
    number: int
    time: int
    mount: str


def record_location(document: Path, *, text: str, annotator: str, state_folder: Path) -> None:
    """Record that the journal of `document` is of work on a document with the sha256 `text`.

    Failures are ignored: the journal itself does not depend on the record.
    """
    with contextlib.suppress(OSError, ValueError):
        journal = journal_path(document, annotator=annotator, state_folder=state_folder)
        real = os.path.realpath(document)
        state = Path(real).stat()
        place = JournalLocation(journal.name, real, state.st_ino, state.st_mtime_ns, _find_mount_point(real))
        path = _index_path(text, annotator, state_folder)
        if place in _load_locations(path):
            return
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        line = json.dumps(place._asdict()) + "\n"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(handle, line.encode())  # one call with O_APPEND: lines of two windows do not mix
        finally:
            os.close(handle)


def load_locations(text: str, *, annotator: str, state_folder: Path) -> tuple[JournalLocation, ...]:
    """Return where documents with the sha256 `text` were that `annotator` worked on, the latest last."""
    return tuple(_load_locations(_index_path(text, annotator, state_folder)))


def is_recorded(document: Path, *, text: str, annotator: str, state_folder: Path) -> bool:
    """Return whether it is recorded that the journal of `document` is of work on that text."""
    journal = journal_path(document, annotator=annotator, state_folder=state_folder)
    with contextlib.suppress(OSError):
        return any(
            place.journal == journal.name for place in _load_locations(_index_path(text, annotator, state_folder))
        )
    return False


def adopt_journal(document: Path, sidecar: Path, *, text: str, annotator: str, state_folder: Path) -> Path | None:
    """Let a document without a journal take over that of the same document at its former path.

    Not taken are journals whose document still exists (a copy has a history of its own), that are in use, or whose disk
    is not connected.

    Args:
        document: The document that has been opened.
        sidecar: Its sidecar, which may be missing.
        text: sha256 of the document's bytes.
        annotator: Whose journal is looked for.
        state_folder: The folder of the journals.

    Returns:
        The former path, or None if no journal was taken over.

    Raises:
        JournalError: Whether there is a journal cannot be determined; a new one would leave behind what is only in the
            old.
    """
    wanted = journal_path(document, annotator=annotator, state_folder=state_folder)
    try:
        if wanted.exists() or not text:
            return None
        places = _load_locations(_index_path(text, annotator, state_folder))
        alike = [place for place in reversed(places) if place.journal != wanted.name]
        # The latest first, those of the same name before others.
        alike.sort(key=lambda place: Path(place.document).name != document.name)
        for place in alike:
            with contextlib.suppress(ValueError):  # a hint whose name or path cannot be one
                old = wanted.with_name(place.journal)
                if (
                    _has_left(place, text=text)
                    and _is_journal_of(old, place, document, sidecar, text=text)
                    and _try_rename(old, wanted)
                ):
                    return Path(place.document)
    except OSError as error:
        sentence = _("The journal {file} cannot be opened: {reason}. Check the folder {folder}.")
        message = sentence.format(
            file=format_path(wanted), folder=format_path(wanted.parent), reason=describe_os_error(error)
        )
        raise JournalError(message) from error
    return None


def collect_sidecars(entries: Sequence[JournalEntry]) -> tuple[str, ...]:
    """Return the sha256 of all sidecars that a journal knows, the latest last."""
    found: dict[str, None] = {}
    for entry in entries:
        match entry.record:
            case SaveStarted(sha256, _) | SidecarPlaced(sha256) | WorkOpened(_, sha256, _) if sha256:
                found.pop(sha256, None)
                found[sha256] = None
            case _:
                pass
    return tuple(found)


def _index_path(text: str, annotator: str, state_folder: Path) -> Path:
    name = f"{text}\0{annotator}".encode("utf-8", "surrogatepass")
    return state_folder / _FOLDER / f"{hashlib.blake2s(name, digest_size=12).hexdigest()}.jsonl"


def _load_locations(path: Path) -> Sequence[JournalLocation]:
    """Return the locations in an index file, the latest last; unreadable lines are skipped."""
    try:
        data = find_file_bytes(path) or b""
    except NotADirectoryError:  # a file where the folder of hints should be
        return []
    return list(dict.fromkeys(_parse_locations(data)))


def _parse_locations(data: bytes) -> Iterator[JournalLocation]:
    for line in data.splitlines():
        with contextlib.suppress(ValueError, TypeError, KeyError):
            value = json.loads(line)
            numbers = int(value["number"]), int(value["time"])
            yield JournalLocation(str(value["journal"]), str(value["document"]), *numbers, str(value["mount"]))


def _is_removed(place: JournalLocation) -> bool:
    """Return whether the document no longer exists at that location although its disk is connected.

    Unlike `os.path.lexists` and `os.path.ismount` this does not take a disk error for an answer.
    """
    try:
        Path(place.document).lstat()
    except PermissionError:  # the folder is not ours any more: unknown
        return False
    except (FileNotFoundError, NotADirectoryError):
        return _is_mounted(place.mount)
    return False


def _has_left(place: JournalLocation, *, text: str) -> bool:
    """Return whether the document with the sha256 `text` is no longer at that location.

    It is gone from there, or another document has its name now.
    """
    if _is_removed(place):
        return True
    path = Path(place.document)
    with contextlib.suppress(OSError):
        data = find_file_bytes(path) if path.lstat().st_ino != place.number else None
        return data is not None and hashlib.sha256(data).hexdigest() != text
    return False


def _is_mounted(path: str) -> bool:
    """Return whether `path` is the root of a mounted file system."""
    try:
        here, above = Path(path).lstat(), Path(path, "..").lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return here.st_dev != above.st_dev or here.st_ino == above.st_ino


def _is_journal_of(journal: Path, place: JournalLocation, document: Path, sidecar: Path, *, text: str) -> bool:
    """Return whether `journal` belongs to `document`: its last work was on this text and this sidecar."""
    if Path(place.journal).name != place.journal:  # a hint must not lead out of the folder of journals
        return False
    try:
        entries = load_entries(journal)
    except JournalError as error:
        cause = error.__cause__
        if isinstance(cause, OSError) and cause.errno in {errno.EISDIR, errno.EINVAL}:  # a folder or a pipe
            return False
        raise
    opened = [entry.record for entry in entries if isinstance(entry.record, WorkOpened)]
    if not opened or opened[-1].document_sha256.partition(" ")[0] != text:  # the encoding may follow it
        return False
    state = document.stat()
    if (state.st_ino, state.st_mtime_ns) == (place.number, place.time):
        return True
    beside = find_file_bytes(sidecar)
    known = collect_sidecars(entries)
    return not known if beside is None else hashlib.sha256(beside).hexdigest() in known


def _try_rename(old: Path, new: Path) -> bool:
    """Rename the journal `old` to `new`; return False if it is in use or `new` exists by now."""
    folder = os.open(old.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)  # one takeover at a time, as rename would replace `new`
        handle = os.open(old, os.O_RDWR)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            if new.exists():
                return False
            old.rename(new)
            os.fsync(folder)
        finally:
            os.close(handle)
    finally:
        os.close(folder)
    return True


def _find_mount_point(path: str) -> str:
    """Return the mount point of the file system of `path`."""
    while not os.path.ismount(path) and (above := str(Path(path).parent)) != path:  # ismount is False on a disk error
        path = above
    return path
