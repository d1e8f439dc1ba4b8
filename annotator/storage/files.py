"""Reader of the program's own small files."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

from annotator.core.i18n import _
from annotator.storage.errors import UnsuitableFileError
from annotator.storage.limits import MAX_FILE_BYTES

if TYPE_CHECKING:
    from pathlib import Path


def find_file_bytes(path: Path, *, limit: int = MAX_FILE_BYTES) -> bytes | None:
    """Return the content of the regular file at `path`, or None if there is none.

    A pipe or device of that name does not block.

    Raises:
        OSError: The file exists but cannot be read, is not a regular file, or is larger than `limit` bytes.
    """
    try:
        # O_NONBLOCK: opening a pipe would wait for a writer.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno == errno.ENXIO:  # a socket
            raise UnsuitableFileError(errno.EINVAL, _("not an ordinary file"), str(path)) from error
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
        raise UnsuitableFileError(errno.EINVAL, _("not an ordinary file"), str(path))
    if state.st_size > limit:
        what = _("the file has more than {size} megabytes").format(size=limit // 1024 // 1024)
        raise UnsuitableFileError(errno.EFBIG, what, str(path))
    with os.fdopen(handle, "rb", closefd=False) as file:
        return file.read()
