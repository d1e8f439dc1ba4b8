"""Reader that follows a growing journal without opening it for work."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

from annotator.core.i18n import _
from annotator.storage.errors import UnsuitableFileError
from annotator.storage.journal.packing import expand_entries
from annotator.storage.journal.reading import parse_entries

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.storage.journal.journal import JournalEntry


class JournalTail:
    """Reader of the entries appended since the last call."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file_id = (0, 0)  # device and inode of the file that was read
        self._size = self._last = 0

    def read(self) -> tuple[JournalEntry, ...] | None:
        """Return the new entries, or None if the file was replaced and must be read anew.

        After None the next call starts at the beginning. A missing journal has no entries.

        Raises:
            OSError: The file cannot be read.
        """
        try:
            handle = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        except FileNotFoundError:
            return None if self._restart() else ()
        with os.fdopen(handle, "rb") as file:
            state = os.fstat(handle)
            if not stat.S_ISREG(state.st_mode):
                raise UnsuitableFileError(errno.EINVAL, _("not an ordinary file"), str(self.path))
            here = state.st_dev, state.st_ino
            if self._size and (here != self._file_id or state.st_size < self._size):
                self._restart()
                return None
            self._file_id = here
            file.seek(self._size)
            entries, size = parse_entries(file.read(), last=self._last)
        self._size += size
        self._last = entries[-1].number if entries else self._last
        return expand_entries(entries)

    def _restart(self) -> bool:
        """Start over at the beginning; return whether anything had been read."""
        had = bool(self._size)
        self._size = self._last = 0
        return had
