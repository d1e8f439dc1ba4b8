"""Reading a small file of ours whole. It must not know what is in it."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

from annotator.core.i18n import _
from annotator.storage.limits import LARGEST

if TYPE_CHECKING:
    from pathlib import Path


def find_bytes(path: Path, *, limit: int = LARGEST) -> bytes | None:
    """What is in the ordinary file at ``path``, or None where there is none.

    A pipe or a device of that name does not keep the program waiting.

    Raises:
        OSError: it is there and cannot be read, is no ordinary file, or is larger than ``limit``.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno == errno.ENXIO:  # a socket
            raise OSError(errno.EINVAL, _("not an ordinary file"), str(path)) from error
        raise
    try:
        return _read(handle, path, limit)
    finally:
        os.close(handle)


def _read(handle: int, path: Path, limit: int) -> bytes:
    state = os.fstat(handle)
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(state.st_mode):
        raise OSError(errno.EINVAL, _("not an ordinary file"), str(path))
    if state.st_size > limit:
        what = _("the file has more than {size} megabytes").format(size=limit // 1024 // 1024)
        raise OSError(errno.EFBIG, what, str(path))
    with os.fdopen(handle, "rb", closefd=False) as file:
        return file.read()
