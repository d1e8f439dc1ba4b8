"""Follows a journal that grows, without opening it for work. It must not know what its records mean."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from annotator.storage.journal.journal import parse_entries

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.storage.journal.journal import Entry


class JournalTail:
    """Gives what was appended since it was last asked."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = (0, 0)  # device and number of the file that was read
        self._size = self._last = 0

    def read(self) -> tuple[Entry, ...] | None:
        """The entries that are new; None where the file became another one, so that all is to be read anew.

        After None the next call begins at the beginning. A journal that is not there has no entries.

        Raises:
            OSError: it cannot be read.
        """
        try:
            handle = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return None if self._forget() else ()
        with os.fdopen(handle, "rb") as file:
            state = os.fstat(handle)
            here = state.st_dev, state.st_ino
            if self._size and (here != self._file or state.st_size < self._size):
                self._forget()
                return None
            self._file = here
            file.seek(self._size)
            entries, size = parse_entries(file.read(), last=self._last)
        self._size += size
        self._last = entries[-1].number if entries else self._last
        return entries

    def _forget(self) -> bool:
        """Begin at the beginning; whether something had been read."""
        had = bool(self._size)
        self._size = self._last = 0
        return had
