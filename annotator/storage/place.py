"""A place for a file that was looked at before anything is written there.

What is written lands only where nothing has changed since: another file that appeared at the name meanwhile, or a
folder that was swapped for another, is left alone.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

FileStamp: TypeAlias = "tuple[int, int, int, int, int]"
"""Device, inode, kind, size in bytes and time of the last change in nanoseconds of a file."""

# What `link` answers on disks that have no hard links: FAT and exFAT, some network and FUSE file systems.
_NO_LINK_ERRORS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


class PlaceChangedError(Exception):
    """Something else is at the place than was there when it was looked at; nothing was written."""


@dataclass(frozen=True, slots=True)
class Place:
    """A name in a folder, neither of them a link, with what was there.

    Attributes:
        path: The path, in which no folder is a link.
        folder: Device and inode of its folder.
        old: The stamp of the file that was there, or None if nothing was.
    """

    path: Path
    folder: tuple[int, int]
    old: FileStamp | None

    @classmethod
    def look(cls, path: Path) -> Place:
        """Return the place at `path`, whose folders may be links, but not its last part.

        Raises:
            OSError: The folder is missing or cannot be looked into.
        """
        real = Path(os.path.realpath(path.parent), path.name)
        state = real.parent.stat()
        return cls(real, (state.st_dev, state.st_ino), _find_stamp(real))

    def check(self, folder: int) -> None:
        """Check that `folder`, a descriptor, is the folder that was looked at, and the name has what it had.

        Raises:
            PlaceChangedError: It is another one.
        """
        state = os.fstat(folder)
        if (state.st_dev, state.st_ino) != self.folder or _find_stamp(self.path.name, folder=folder) != self.old:
            raise PlaceChangedError

    def put(self, temporary: str, *, folder: int) -> None:
        """Give the file `temporary` in `folder`, a descriptor, the name of the place.

        Raises:
            PlaceChangedError: Something else is there now. It is left as it is.
            OSError: The file cannot be renamed.
        """
        self.check(folder)
        if self.old is not None:
            os.replace(temporary, self.path.name, src_dir_fd=folder, dst_dir_fd=folder)
            return
        # Unlike a rename, a link never takes the place of a file that was made since the check.
        try:
            os.link(temporary, self.path.name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
        except FileExistsError as error:
            raise PlaceChangedError from error
        except OSError as error:
            if error.errno not in _NO_LINK_ERRORS:
                raise
            self._reserve_and_replace(temporary, folder=folder)
            return
        with contextlib.suppress(OSError):  # the file is in place; its other name is removed by `remove_leftovers`
            os.unlink(temporary, dir_fd=folder)

    def _reserve_and_replace(self, temporary: str, *, folder: int) -> None:
        """Make an empty file of that name, which fails if there is one, and rename `temporary` over it."""
        try:
            os.close(os.open(self.path.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=folder))
        except FileExistsError as error:
            raise PlaceChangedError from error
        try:
            os.replace(temporary, self.path.name, src_dir_fd=folder, dst_dir_fd=folder)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(self.path.name, dir_fd=folder)
            raise


def _find_stamp(path: Path | str, *, folder: int | None = None) -> FileStamp | None:
    """Return the stamp of what is at `path`, a link by itself, or None if nothing is."""
    try:
        state = os.stat(path, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None
    return state.st_dev, state.st_ino, stat.S_IFMT(state.st_mode), state.st_size, state.st_mtime_ns
