"""Search for a document that another program renamed or moved.

A file keeps its inode when it is renamed within a disk, which tells it from a copy; one that a sync client wrote anew
under its new name is known by the same bytes in a file that was not there before.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from annotator.storage.documents.folder import SUFFIXES
from annotator.storage.documents.reader import DocumentError, compute_sha256, read_document_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MOST_FOLDERS = 3_000  # that are searched; listing one of ten files takes 20 µs


class FileIdentity(NamedTuple):
    """What a file keeps when it is renamed within a disk."""

    device: int
    inode: int


def find_identity(path: Path) -> FileIdentity | None:
    """Return the identity of the file at `path`, or None if there is none; a link has one of its own."""
    with suppress(OSError, ValueError):
        state = path.lstat()
        return FileIdentity(state.st_dev, state.st_ino)
    return None


@dataclass(frozen=True)
class TrackedDocument:
    """A document that is open, and where to look for it once it is gone from `path`.

    Attributes:
        path: Where it was opened.
        sha256: That of its bytes, in hexadecimal.
        folder: The folder that is searched. If it is the document's own (`is_alone`), sub-folders of one level and the
            folder above are searched as well, else everything below it.
        identity: That of its file when it was opened.
        known: The documents that there were; the same bytes in one of them are a copy.
        is_alone: True if the document was opened by itself.
    """

    path: Path
    sha256: str
    folder: Path
    identity: FileIdentity | None
    known: frozenset[Path] = field(default_factory=frozenset)
    is_alone: bool = False

    def find_new_path(self) -> Path | None:
        """Return where the document is now, or None if it is at its place, or nowhere. Callable from any thread."""
        now = find_identity(self.path)
        if now is not None and (now == self.identity or self._is_text(self.path)):
            return None
        folders = tuple(self.iter_folders())
        found = self._find_by_identity(folders)
        # A file that was replaced while copies of its old version lie about has been edited, not renamed.
        return found if found is not None or now is not None else self._find_by_text(folders)

    def iter_folders(self) -> Iterator[Path]:
        """Yield the folders in which the document may be now, its own first."""
        if self.path.parent.is_dir():
            yield self.path.parent
        if self.is_alone:
            yield from _list_folders(self.path.parent)
            yield self.path.parent.parent
            return
        waiting, count = [self.folder], 0
        while waiting and count < _MOST_FOLDERS:
            folder, count = waiting.pop(), count + 1
            if folder != self.path.parent:
                yield folder
            waiting += _list_folders(folder)

    def _find_by_identity(self, folders: tuple[Path, ...]) -> Path | None:
        if self.identity is None:
            return None
        for folder in folders:
            path = find_in_folder(folder, self.identity)
            if path is not None and path.name.lower().endswith(SUFFIXES) and self._is_text(path):
                return path
        return None

    def _find_by_text(self, folders: tuple[Path, ...]) -> Path | None:
        """Return a new document with the same bytes, one of the same name before others."""
        if self.is_alone:  # what else was there is not known: the same name in another folder is the only sign
            new = [folder / self.path.name for folder in folders[1:]]
        else:
            new = [path for folder in folders for path in _list_documents(folder) if path not in self.known]
        new.sort(key=lambda path: path.name != self.path.name)
        return next(filter(self._is_text, new), None)

    def _is_text(self, path: Path) -> bool:
        try:
            return compute_sha256(read_document_bytes(path)) == self.sha256
        except DocumentError:
            return False


def find_in_folder(folder: Path, identity: FileIdentity) -> Path | None:
    """Return the file in `folder` with this identity, or None."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.inode() == identity.inode and find_identity(folder / entry.name) == identity:
                return folder / entry.name
    return None


def _list_folders(folder: Path) -> list[Path]:
    with suppress(OSError), os.scandir(folder) as entries:
        names = [one.name for one in entries if not one.name.startswith(".") and one.is_dir(follow_symlinks=False)]
        return [folder / name for name in sorted(names)]
    return []


def _list_documents(folder: Path) -> list[Path]:
    with suppress(OSError):
        paths = sorted(folder.iterdir())
        return [one for one in paths if not one.name.startswith(".") and one.name.lower().endswith(SUFFIXES)]
    return []
