"""Reading a small file of ours whole. It must not know what is in it."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 300 << 20
"""The size above which a file is not one of ours."""


def find_bytes(path: Path) -> bytes | None:
    """What is in the ordinary file at ``path``, or None where there is none.

    A pipe or a device of that name does not keep the program waiting.

    Raises:
        OSError: it is there and cannot be read, is no ordinary file, or is larger than `MOST_BYTES`.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    with os.fdopen(handle, "rb") as file:
        state = os.fstat(handle)
        if stat.S_ISDIR(state.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(state.st_mode):
            raise OSError(errno.EINVAL, "not an ordinary file", str(path))
        if state.st_size > MOST_BYTES:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        return file.read()
