"""The file in the state folder that tells the next start why the program was ended by the system."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from annotator.storage.paths import PathError, ensure_state_folder

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

_NAME = "crash.txt"
_LONGEST = 200_000  # bytes that are read: the last crashes are of interest
# On Windows the fault handler also writes down exceptions that Qt and COM raise and handle themselves.
_SIGNS = ("Fatal Python error", "access violation", "stack overflow", "divide by zero", "qFatal")


def open_crash_file() -> TextIO | None:
    """Return the file to which Python's fault handler may write at any moment, or None if there cannot be one."""
    try:
        # O_NOFOLLOW and the like are missing on Windows; a pipe of this name must not hang the start.
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        return os.fdopen(os.open(_get_path(), flags, 0o600), "a", encoding="utf-8", errors="replace", buffering=1)
    except (OSError, PathError):
        return None


def take_crash() -> str:
    """Return what was written when the program last crashed, and forget it; an empty string if it did not."""
    try:
        path = _get_path()
        if path.is_symlink() or not path.is_file() or not path.stat().st_size:
            return ""
        with path.open("rb+") as file:
            file.seek(max(0, path.stat().st_size - _LONGEST))
            written = file.read().decode("utf-8", "replace")
            file.truncate(0)
    except (OSError, PathError):
        return ""
    return written if any(sign in written for sign in _SIGNS) else ""


def _get_path() -> Path:
    return ensure_state_folder() / _NAME
