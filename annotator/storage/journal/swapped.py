"""Journals of documents that took each other's names.

A journal is named after the path of its document. Where that path now holds another document, the journal would tell
the wrong one what was done; it is given back to its own, which its inode shows.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.storage.files import find_file_bytes
from annotator.storage.journal.journal import journal_path, load_entries
from annotator.storage.journal.locations import collect_sidecars, load_locations, record_location
from annotator.storage.journal.reading import find_entry
from annotator.storage.journal.recovery import last_opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.storage.journal.codec import WorkOpened
    from annotator.storage.journal.locations import JournalLocation

_MOST_SWAPS = 8  # documents that took their names in turn
_MOST_FILES = 1_000  # that are read
_MOST_FOLDERS = 300  # that are searched beside one
_TAIL = 1 << 20  # bytes; the last opening mostly stands among them
_OPENED = b'"kind":"opened"'
_SUMMARY = b'"kind":"summary"'


def return_journals(document: Path, sidecar: Path, *, text: str, annotator: str, state_folder: Path) -> None:
    """Give journals back to their documents until the one at the path of `document` is of the sha256 `text`.

    A journal whose document cannot be found stays, as that of a document that was edited. Failures are ignored.
    """
    with contextlib.suppress(OSError, ValueError):
        wanted = journal_path(document, annotator=annotator, state_folder=state_folder)
        left = _second_name(wanted)
        if left.exists() and not wanted.exists():  # a crash came between
            left.rename(wanted)
        for _attempt in range(_MOST_SWAPS):
            was = find_last_text(wanted)
            if was in {"", text}:
                return
            home = _find_home(document, load_locations(was, annotator=annotator, state_folder=state_folder), text=was)
            here = load_locations(text, annotator=annotator, state_folder=state_folder)
            # What stands here was worked on under another name: it was not edited into this.
            is_other = any(place.journal != wanted.name for place in here)
            if home is None and is_other and not _knows_sidecar(wanted, sidecar):
                home = _find_by_text(document, was)
            if home is None:
                return
            target = journal_path(home, annotator=annotator, state_folder=state_folder)
            if target == wanted or not _exchange(wanted, target):
                return
            record_location(home, text=was, annotator=annotator, state_folder=state_folder)


def find_last_text(journal: Path) -> str:
    """Return the sha256 of the document on which the last work in `journal` was done, or ""."""
    if not journal.is_file():  # opening a pipe would wait for somebody to write into it
        return ""
    try:
        with journal.open("rb") as file:
            tail = file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
            opened = _find_last_opened(file.read())
            if opened is None and tail:
                file.seek(0)
                opened = _find_last_opened(file.read())
    except FileNotFoundError:
        return ""
    if opened is None:  # the summary of a shortened journal is damaged
        opened = last_opened(load_entries(journal))
    return opened.document_sha256.partition(" ")[0] if opened else ""  # the encoding may follow it


def _find_last_opened(data: bytes) -> WorkOpened | None:
    """Return the last opening in `data`, which a shortened journal has in its summary, or None."""
    for line in reversed(data.splitlines()):
        if _OPENED in line or _SUMMARY in line:
            entry = find_entry(line)
            opened = last_opened([entry]) if entry else None
            if opened is not None:
                return opened
    return None


def _find_home(document: Path, places: tuple[JournalLocation, ...], *, text: str) -> Path | None:
    """Return where the document with the sha256 `text` is now, or None if it was edited or is gone."""
    real = Path(os.path.realpath(document))
    for place in reversed(places):
        for folder in dict.fromkeys(_list_near(real.parent, Path(place.document).parent)):
            for path in _find_by_inode(folder, place.number):
                data = find_file_bytes(path) if path != real else None
                if data is not None and hashlib.sha256(data).hexdigest() == text:
                    return path
    return None


def _knows_sidecar(journal: Path, sidecar: Path) -> bool:
    """Return whether the sidecar is one of those that `journal` knows: its document was edited, not replaced."""
    beside = find_file_bytes(sidecar)
    return beside is not None and hashlib.sha256(beside).hexdigest() in collect_sidecars(load_entries(journal))


def _find_by_text(document: Path, text: str) -> Path | None:
    """Return another file in or near the folder with the sha256 `text`, as a sync client writes it, or None."""
    left = _MOST_FILES
    for folder in dict.fromkeys(_list_near(document.parent)):
        with contextlib.suppress(OSError):
            alike = [one for one in folder.iterdir() if one.suffix == document.suffix and one != document]
            for path in sorted(alike)[:left]:
                data = find_file_bytes(path) if path.is_file() else None
                if data is not None and hashlib.sha256(data).hexdigest() == text:
                    return path
            left -= len(alike)
        if left <= 0:
            break
    return None


def _list_near(*folders: Path) -> Iterator[Path]:
    """Yield `folders`, those above and beside them, and those in them."""
    yield from folders
    for folder in (*folders, *(one.parent for one in folders)):
        yield folder
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            names = [one.name for one in entries if not one.name.startswith(".") and one.is_dir(follow_symlinks=False)]
            yield from (folder / name for name in sorted(names)[:_MOST_FOLDERS])


def _find_by_inode(folder: Path, number: int) -> Iterator[Path]:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        yield from [folder / entry.name for entry in entries if entry.inode() == number]


def _second_name(journal: Path) -> Path:
    return journal.with_name(f"{journal.name}.swap")


def _exchange(one: Path, other: Path) -> bool:
    """Let two journals take each other's names; return False if one of them is in use."""
    folder = os.open(one.parent, os.O_RDONLY | os.O_DIRECTORY)
    handles: list[int] = []
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)  # as for a takeover: one at a time
        for path in (one, other):
            with contextlib.suppress(FileNotFoundError):
                handles.append(os.open(path, os.O_RDWR))
                fcntl.flock(handles[-1], fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not other.exists():
            one.rename(other)
        else:
            # A second name first, so that a crash leaves both journals whole, each under a name that is looked for.
            kept = _second_name(one)
            kept.unlink(missing_ok=True)
            os.link(other, kept)
            one.rename(other)
            kept.rename(one)
        os.fsync(folder)
    except BlockingIOError:
        return False
    finally:
        for handle in (*handles, folder):
            os.close(handle)
    return True
