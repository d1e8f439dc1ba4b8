"""How a file is replaced so that either the old one or the new one stands whole. It must not know what is in it."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import os
import secrets
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from annotator.core.i18n import _
from annotator.storage.paths import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import ReadableBuffer

_PREFIX = ".annotator-"
_SUFFIX = ".tmp"
_PIECE = 1 << 20
_LIST = "system.posix_acl_access"

_FULL = frozenset({errno.ENOSPC, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM})
_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ESTALE, errno.ENODEV})
_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.ENOSYS})


class SaveError(Exception):
    """A file could not be saved; the old one stands as it was.

    Its text is the sentence that the person reads. ``path`` is the file, ``errno`` the system's number, or None.
    """

    def __init__(self, sentence: str, *, path: Path, errno: int | None = None) -> None:
        super().__init__(sentence)
        self.path = path
        self.errno = errno


def save_bytes(path: Path, data: bytes, *, guard: Callable[[], None] | None = None) -> None:
    """Make ``data`` the content of the file at ``path``, wholly or not at all, and lasting when this returns.

    A temporary file beside it is written, brought to the disk, read back and compared, then renamed over the old one,
    whose mode it takes over, and where permitted its owner, its access control list and its other extended attributes.
    A symbolic link stays; the file that it points to is replaced. A file that is write-protected is left alone.

    Of a file with several names (hard links) only this name gets the new content, the others keep the old one. To keep
    them one file it would have to be written in place, which a crash in the middle turns into neither old nor new; and
    who makes such links, as backups by ``cp -al`` do, wants the old content kept.

    ``guard`` is called directly before the renaming; what it raises is raised, and nothing is replaced then.

    Raises:
        SaveError: it could not be saved. What stood there stands whole; only where the very last call fails, which
            makes the renaming last, the new content stands there already.
    """
    _save(path, lambda handle: _is_saved(handle, data), guard=guard)


def save_stream(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Make what ``write`` writes the content of the file at ``path``, as `save_bytes` does, but never hold it whole.

    What is read back is compared by its hash. The file that ``write`` gets can only be written to, from its beginning
    to its end; what ``write`` raises is raised, and nothing is replaced then.

    Raises:
        SaveError: it could not be saved; an `OSError` of ``write`` is taken for that.
    """
    _save(path, lambda handle: _is_streamed(handle, write))


def sync_folder(folder: Path) -> None:
    """Make lasting which files and folders there are in ``folder``, where its disk can do that.

    Raises:
        OSError: it cannot be opened, or the disk fails.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _sync(handle)
    finally:
        os.close(handle)


def remove_leftovers(folder: Path, *, seconds: float = 3600.0) -> int:
    """Remove temporary files that a killed program left in ``folder``, if older than ``seconds``; give their number."""
    removed = 0
    latest = time.time() - seconds
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if not (entry.name.startswith(_PREFIX) and entry.name.endswith(_SUFFIX)):
                continue
            with contextlib.suppress(OSError):
                if entry.stat(follow_symlinks=False).st_mtime < latest:
                    Path(entry.path).unlink()
                    removed += 1
    return removed


def _save(path: Path, fill: Callable[[int], bool], *, guard: Callable[[], None] | None = None) -> None:
    target = path
    try:
        if path.is_symlink():
            target = Path(os.path.realpath(path))
        folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            _replace(folder, target, fill, guard=guard)
        finally:
            os.close(folder)
    except OSError as error:
        raise SaveError(_sentence(error, target), path=path, errno=error.errno) from error


def _replace(folder: int, target: Path, fill: Callable[[int], bool], *, guard: Callable[[], None] | None) -> None:
    old = _find_old(folder, target)
    temporary = f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}"  # never longer than NAME_MAX, whatever the target's name
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
    handle = os.open(temporary, flags, 0o666 if old is None else 0o600, dir_fd=folder)
    try:
        try:
            _fill(handle, fill, target=target, old=old)
        finally:
            os.close(handle)
        if guard is not None:
            guard()
        os.replace(temporary, target.name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary, dir_fd=folder)
        raise
    _sync(folder)


def _sync(folder: int) -> None:
    try:
        os.fsync(folder)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise


def _find_old(folder: int, target: Path) -> os.stat_result | None:
    try:
        old = os.stat(target.name, dir_fd=folder)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(old.st_mode):
        sentence = _("{file} was not saved: something that is not a file has this name. Rename or remove it.")
        raise SaveError(sentence.format(file=shown(target)), path=target)
    if not os.access(target.name, os.W_OK, dir_fd=folder, effective_ids=True):
        if os.fstatvfs(folder).f_flag & os.ST_RDONLY:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        sentence = _("{file} was not saved: it is write-protected. Allow writing to it, then save again.")
        raise SaveError(sentence.format(file=shown(target)), path=target, errno=errno.EACCES)
    return old


def _fill(handle: int, fill: Callable[[int], bool], *, target: Path, old: os.stat_result | None) -> None:
    if old is not None:
        _take_over(handle, old, target=target)
    if not fill(handle):
        sentence = _(
            "{file} was not saved: what was read back differs from what was written. The disk may be failing: "
            "save a copy on another one."
        )
        raise SaveError(sentence.format(file=shown(target)), path=target, errno=errno.EIO)


def _take_over(handle: int, old: os.stat_result, *, target: Path) -> None:
    """Give the file the mode of the ``old`` one at ``target`` and, where permitted, its owner and attributes.

    Where the group or the access control list cannot be had, a group gets no more rights than everybody has: it would
    be another group, or have the rights that the list gave to somebody else.
    """
    has_group = _has_owner(handle, old)
    has_list = _has_attributes(handle, target)
    mode = stat.S_IMODE(old.st_mode)
    os.fchmod(handle, mode if has_group and has_list else mode & (~stat.S_IRWXG | (mode & stat.S_IRWXO) << 3))


def _has_owner(handle: int, old: os.stat_result) -> bool:
    """Give the file the owner of the ``old`` one, the group alone where only that is permitted; whether it has that."""
    new = os.fstat(handle)
    if (new.st_uid, new.st_gid) == (old.st_uid, old.st_gid):
        return True
    try:
        os.fchown(handle, old.st_uid, old.st_gid)
    except OSError:
        try:
            os.fchown(handle, -1, old.st_gid)
        except OSError:
            return new.st_gid == old.st_gid
    return True


def _has_attributes(handle: int, target: Path) -> bool:
    """Give the file the extended attributes of the one at ``target``, where permitted; whether it has its list.

    A list that it has from the folder, and the file at ``target`` has not, is taken away.
    """
    if not hasattr(os, "listxattr"):
        return True
    try:
        names = os.listxattr(target)
        strange = set(os.listxattr(handle)) - set(names)
    except OSError:  # there are no such attributes on this disk
        return True
    if _LIST in strange:
        with contextlib.suppress(OSError):
            os.removexattr(handle, _LIST)
    missing = [name for name in names if not _is_given(handle, name, target)]
    return _LIST not in missing


def _is_given(handle: int, name: str, target: Path) -> bool:
    try:
        os.setxattr(handle, name, os.getxattr(target, name))
    except OSError:
        return False
    return True


def _is_saved(handle: int, data: bytes) -> bool:
    """Write ``data`` and bring it to the disk; whether the same is read back."""
    _write(handle, data)
    os.fsync(handle)
    _forget(handle)
    return _is_written(handle, data)


def _is_streamed(handle: int, write: Callable[[BinaryIO], object]) -> bool:
    """Have ``write`` write and bring that to the disk; whether the same is read back."""
    out = _Out(handle)
    try:
        write(cast("BinaryIO", out))
    finally:
        out.end()
    os.fsync(handle)
    _forget(handle)
    found, at = hashlib.sha256(), 0
    while piece := os.pread(handle, _PIECE, at):
        found.update(piece)
        at += len(piece)
    return found.digest() == out.digest


class _Out(io.RawIOBase):
    """A file that is written from its beginning to its end; it knows the hash of what was written."""

    def __init__(self, handle: int) -> None:
        super().__init__()
        self._handle = handle
        self._hash = hashlib.sha256()
        self._has_ended = False

    @property
    def digest(self) -> bytes:
        """The hash of all that was written."""
        return self._hash.digest()

    def end(self) -> None:
        """Write no more: what another object still holds back after a failure goes nowhere."""
        self._has_ended = True

    def writable(self) -> bool:
        """It can be written to."""
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        """Write all of ``data``."""
        view = memoryview(data).cast("B")
        if not self._has_ended:
            _write(self._handle, view)
            self._hash.update(view)
        return len(view)


def _write(handle: int, data: bytes | memoryview) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _forget(handle: int) -> None:
    """Let what is read next come from the disk and not from memory, where the system grants that wish."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def _is_written(handle: int, data: bytes) -> bool:
    view = memoryview(data)
    at = 0
    while piece := os.pread(handle, _PIECE, at):
        if piece != view[at : at + len(piece)]:
            return False
        at += len(piece)
    return at == len(data)


def _sentence(error: OSError, target: Path) -> str:
    names = {"file": shown(target), "folder": shown(target.parent), "reason": os.strerror(error.errno or errno.EIO)}
    if error.errno in _FULL:
        return _(
            "{file} was not saved: the disk is full. Free some space: your work is kept and is saved once there is "
            "room."
        ).format(**names)
    if error.errno == errno.EDQUOT:
        return _(
            "{file} was not saved: your share of the disk is used up. Remove files: your work is kept and is saved "
            "once there is room."
        ).format(**names)
    if error.errno == errno.EROFS:
        return _(
            "{file} was not saved: its disk is read-only. Your work is kept and is saved once it is writable."
        ).format(**names)
    if error.errno in _FORBIDDEN:
        return _(
            "{file} was not saved: you may not write in {folder}. Your work is kept and is saved once you may."
        ).format(**names)
    if error.errno in _GONE:
        return _(
            "{file} was not saved: the folder {folder} is gone. Put it back or connect its disk: your work is kept and "
            "is saved then."
        ).format(**names)
    if error.errno == errno.ENAMETOOLONG:
        return _("{file} was not saved: its name is too long. Shorten the document's name.").format(**names)
    if error.errno in {errno.EIO, errno.ENXIO, errno.EREMOTEIO}:
        return _(
            "{file} was not saved: the disk reports an error ({reason}). Check the disk and its connection: your work "
            "is kept and is saved once it can be."
        ).format(**names)
    return _("{file} was not saved: {reason}. Your work is kept; save again.").format(**names)
