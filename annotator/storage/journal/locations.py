"""Where the documents of journals lie, so that a journal follows a document that was moved or renamed.

It must not know what its records mean for the work.

A journal is named after the document's path. For each text and annotator a small file in the state folder names the
journals of work on it, with the path that the document had. Such a line is only a hint: a journal is taken over by a
document with the same text only if its own document is gone and the sidecar beside the new one is known to it.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.i18n import _
from annotator.storage.files import find_bytes
from annotator.storage.journal.journal import JournalError, Opened, Placed, Saved, journal_path, load_entries
from annotator.storage.paths import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.storage.journal.journal import Entry

_FOLDER = "places"


class Place(NamedTuple):
    """A document with this text, whose journal has this name.

    ``number`` is that of its file in the file system and ``time`` when it was last written, in nanoseconds: the number
    alone is given again to another file. ``mount`` is where that file system was, to tell a document that is gone from
    a disk that is not connected.
    """

    journal: str
    document: str
    number: int
    time: int
    mount: str


def note_place(document: Path, *, text: str, annotator: str, state_folder: Path) -> None:
    """Note that the journal of the document at ``document`` is of work on a document with that sha256.

    What cannot be noted is left out: the journal itself does not depend on it.
    """
    with contextlib.suppress(OSError, ValueError):
        journal = journal_path(document, annotator=annotator, state_folder=state_folder)
        real = os.path.realpath(document)
        state = Path(real).stat()
        place = Place(journal.name, real, state.st_ino, state.st_mtime_ns, _mount(real))
        path = _index_path(text, annotator, state_folder)
        if place in _places(path):
            return
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        line = json.dumps(place._asdict()) + "\n"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(handle, line.encode())
        finally:
            os.close(handle)


def bring_along(document: Path, sidecar: Path, *, text: str, annotator: str, state_folder: Path) -> Path | None:
    """Let a document that has no journal take over that of the same document at the place from which it was moved.

    ``text`` is the sha256 of its bytes. Gives the old place where one was taken over. A journal whose document still is
    there is never taken: that one was copied, and the copy has a history of its own. Nor is one in use taken, or one
    whose disk is not connected.

    Raises:
        JournalError: nobody can tell whether there is one, and a new one would leave behind what is only in the old.
    """
    wanted = journal_path(document, annotator=annotator, state_folder=state_folder)
    try:
        if wanted.exists() or not text:
            return None
        places = _places(_index_path(text, annotator, state_folder))
        alike = [place for place in reversed(places) if place.journal != wanted.name]
        alike.sort(key=lambda place: Path(place.document).name != document.name)
        for place in alike:
            with contextlib.suppress(ValueError):
                old = wanted.with_name(place.journal)
                if _is_gone(place) and _is_meant(old, place, document, sidecar, text=text) and _is_renamed(old, wanted):
                    return Path(place.document)
    except OSError as error:
        sentence = _("The journal {file} cannot be opened: {reason}. Check the folder {folder}.")
        told = sentence.format(file=shown(wanted), folder=shown(wanted.parent), reason=error.strerror)
        raise JournalError(told) from error
    return None


def _index_path(text: str, annotator: str, state_folder: Path) -> Path:
    name = f"{text}\0{annotator}".encode("utf-8", "surrogatepass")
    return state_folder / _FOLDER / f"{hashlib.blake2s(name, digest_size=12).hexdigest()}.jsonl"


def _places(path: Path) -> Sequence[Place]:
    """What is noted in a file, the latest last; a line that cannot be read is left out."""
    try:
        data = find_bytes(path) or b""
    except NotADirectoryError:  # something else lies where the hints should
        return []
    return list(dict.fromkeys(_parsed(data)))


def _parsed(data: bytes) -> Iterator[Place]:
    for line in data.splitlines():
        with contextlib.suppress(ValueError, TypeError, KeyError):
            value = json.loads(line)
            numbers = int(value["number"]), int(value["time"])
            yield Place(str(value["journal"]), str(value["document"]), *numbers, str(value["mount"]))


def _is_gone(place: Place) -> bool:
    """Whether no document is at that place any more, although its disk is there.

    Unlike `os.path.lexists` and `os.path.ismount` it takes an error of the disk for no answer.
    """
    try:
        Path(place.document).lstat()
    except PermissionError:  # of a folder that is not ours any more we never hear
        return False
    except (FileNotFoundError, NotADirectoryError):
        return _is_mounted(place.mount)
    return False


def _is_mounted(path: str) -> bool:
    """Whether the root of a file system is there."""
    try:
        here, above = Path(path).lstat(), Path(path, "..").lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return here.st_dev != above.st_dev or here.st_ino == above.st_ino


def _is_meant(journal: Path, place: Place, document: Path, sidecar: Path, *, text: str) -> bool:
    """Whether the journal at ``journal`` is that of ``document``: its last work was on this text and this sidecar."""
    if Path(place.journal).name != place.journal:
        return False
    entries = load_entries(journal)
    opened = [entry.record for entry in entries if isinstance(entry.record, Opened)]
    if not opened or opened[-1].document_sha256.partition(" ")[0] != text:  # how it was decoded may follow
        return False
    state = document.stat()
    if (state.st_ino, state.st_mtime_ns) == (place.number, place.time):
        return True
    beside = find_bytes(sidecar)
    known = _sidecars(entries)
    return not known if beside is None else hashlib.sha256(beside).hexdigest() in known


def _sidecars(entries: Sequence[Entry]) -> set[str]:
    """The sha256 of all sidecars that a journal knows."""
    found: set[str] = set()
    for entry in entries:
        match entry.record:
            case Saved(sha256, _) | Placed(sha256) | Opened(_, sha256, _):
                found.add(sha256)
            case _:
                pass
    return found - {""}


def _is_renamed(old: Path, new: Path) -> bool:
    """Whether the journal at ``old`` is called ``new`` now: not where somebody works with it, or was faster."""
    folder = os.open(old.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
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


def _mount(path: str) -> str:
    """Where the file system of ``path`` is mounted."""
    while not os.path.ismount(path) and (above := str(Path(path).parent)) != path:  # a disk that fails has no mounts
        path = above
    return path
