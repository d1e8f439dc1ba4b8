"""Atomic replacement of a file: either the old content or the new one is on disk, whole."""

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
from annotator.storage.errors import describe_os_error
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import ReadableBuffer

    from annotator.storage.place import Place

_PREFIX = ".annotator-"  # hidden from file managers while it is written
_SUFFIX = ".tmp"
_CHUNK_SIZE = 1 << 20
_ACL_ATTRIBUTE = "system.posix_acl_access"  # where Linux keeps a file's access control list, see acl(5)

_DISK_FULL_ERRORS = frozenset({errno.ENOSPC, errno.EFBIG})
_PERMISSION_ERRORS = frozenset({errno.EACCES, errno.EPERM})
_MISSING_ERRORS = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ESTALE, errno.ENODEV})
# What fsync of a folder answers on file systems that have no such thing, some network and FUSE ones among them.
_NO_FOLDER_SYNC_ERRORS = frozenset({errno.EINVAL, errno.ENOTSUP, errno.ENOSYS})


class SaveError(Exception):
    """A file could not be saved; the old one is unchanged.

    The message is the sentence that the user reads. `path` is the file, `errno` the error number of the system or None.
    """

    def __init__(self, sentence: str, *, path: Path, errno: int | None = None) -> None:
        super().__init__(sentence)
        self.path = path
        self.errno = errno


def save_bytes(path: Path, data: bytes, *, guard: Callable[[], None] | None = None) -> None:
    """Replace the content of the file at `path` by `data`, atomically and durably.

    A temporary file beside it is written, synced, read back and compared, then renamed over the old one. It takes over
    the mode of the old file and, where permitted, its owner, access control list and other extended attributes. A
    symbolic link stays; its target is replaced. A write-protected file is refused.

    Of a file with several hard links only this name gets the new content. Keeping them one file would mean writing in
    place, where a crash leaves neither old nor new; and tools that make such links, as backups by `cp -al` do, want the
    old content kept.

    Args:
        path: The file; its folder must exist.
        data: The new content.
        guard: Called directly before the rename. What it raises is passed on, and nothing is replaced.

    Raises:
        SaveError: The file could not be saved. The old content is intact, unless only the last call failed, the sync of
            the folder: then the new content is in place but may not survive a power failure.
    """
    _save(path, lambda handle: _write_verified(handle, data), guard=guard)


def save_stream(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Replace the content of the file at `path` by what `write` writes, without holding all of it in memory.

    Works as `save_bytes` does. The file handed to `write` can only be written to, front to back. What is read back is
    compared by its hash. What `write` raises is passed on, and nothing is replaced.

    Raises:
        SaveError: The file could not be saved. An `OSError` raised by `write` counts as that.
    """
    _save(path, lambda handle: _stream_verified(handle, write))


def place_stream(place: Place, write: Callable[[BinaryIO], object], *, guard: Callable[[], None] | None = None) -> None:
    """Write a file at `place` with what `write` writes; replace nothing but the file that was seen there.

    Works as `save_stream` does, but follows no link.

    Raises:
        SaveError: The file could not be saved. An `OSError` raised by `write` counts as that.
        PlaceChangedError: Something else is at the place now; it is left as it is.
    """
    _save(place.path, lambda handle: _stream_verified(handle, write), guard=guard, place=place)


def sync_folder(folder: Path) -> None:
    """Sync the entries of `folder`, so that files made or renamed in it survive a power failure.

    Does nothing on a file system that cannot sync folders.

    Raises:
        OSError: The folder cannot be opened, or the disk fails.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _sync(handle)
    finally:
        os.close(handle)


def remove_leftovers(folder: Path, *, seconds: float = 3600.0) -> int:
    """Remove temporary files older than `seconds` that a killed program left in `folder`; return their number."""
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


def _save(
    path: Path,
    fill: Callable[[int], bool],
    *,
    guard: Callable[[], None] | None = None,
    place: Place | None = None,
) -> None:
    target = path
    try:
        if place is None and path.is_symlink():  # os.replace would replace the link itself
            target = Path(os.path.realpath(path))
        # Everything below is relative to this handle, so that a folder renamed meanwhile diverts nothing.
        folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            if place is not None:
                place.check(folder)
            _replace(folder, target, fill, guard=guard, place=place)
        finally:
            os.close(folder)
    except OSError as error:
        raise SaveError(_error_message(error, target), path=path, errno=error.errno) from error


def _replace(
    folder: int,
    target: Path,
    fill: Callable[[int], bool],
    *,
    guard: Callable[[], None] | None,
    place: Place | None,
) -> None:
    old = _find_old(folder, target)
    temporary = f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}"  # never longer than NAME_MAX, whatever the target's name
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
    # 0600 until the old mode is taken over: nobody may read the new content who could not read the old one.
    handle = os.open(temporary, flags, 0o666 if old is None else 0o600, dir_fd=folder)
    try:
        try:
            _fill(handle, fill, target=target, old=old)
        finally:
            os.close(handle)
        if guard is not None:  # as late as possible: what it checks may change until the rename
            guard()
        if place is not None:
            place.put(temporary, folder=folder)
        else:
            os.replace(temporary, target.name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:  # KeyboardInterrupt as well must leave no temporary file
        with contextlib.suppress(OSError):
            os.unlink(temporary, dir_fd=folder)
        raise
    _sync(folder)  # without it a power failure may undo the rename


def _sync(folder: int) -> None:
    try:
        os.fsync(folder)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC_ERRORS:
            raise


def _find_old(folder: int, target: Path) -> os.stat_result | None:
    try:
        old = os.stat(target.name, dir_fd=folder)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(old.st_mode):
        sentence = _("{file} was not saved: something that is not a file has this name. Rename or remove it.")
        raise SaveError(sentence.format(file=format_path(target)), path=target)
    # A rename needs permission for the folder only, and would replace a write-protected file without a word.
    if not os.access(target.name, os.W_OK, dir_fd=folder, effective_ids=True):
        if os.fstatvfs(folder).f_flag & os.ST_RDONLY:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        sentence = _("{file} was not saved: it is write-protected. Allow writing to it, then save again.")
        raise SaveError(sentence.format(file=format_path(target)), path=target, errno=errno.EACCES)
    return old


def _fill(handle: int, fill: Callable[[int], bool], *, target: Path, old: os.stat_result | None) -> None:
    if old is not None:
        _copy_metadata(handle, old, target=target)
    if not fill(handle):
        sentence = _(
            "{file} was not saved: what was read back differs from what was written. The disk may be failing: "
            "save a copy on another one."
        )
        raise SaveError(sentence.format(file=format_path(target)), path=target, errno=errno.EIO)


def _copy_metadata(handle: int, old: os.stat_result, *, target: Path) -> None:
    """Give the file the mode of the `old` one at `target` and, where permitted, its owner and extended attributes.

    Where the group or the access control list cannot be kept, the group gets no more rights than everybody has: it
    would be another group, or have the rights that the list granted to somebody else.
    """
    has_group = _copy_owner(handle, old)
    has_list = _copy_attributes(handle, target)
    mode = stat.S_IMODE(old.st_mode)
    # Last: chown clears the set-user-ID and set-group-ID bits.
    os.fchmod(handle, mode if has_group and has_list else mode & (~stat.S_IRWXG | (mode & stat.S_IRWXO) << 3))


def _copy_owner(handle: int, old: os.stat_result) -> bool:
    """Give the file the owner of the `old` one, or only its group; return whether it has that group."""
    new = os.fstat(handle)
    if (new.st_uid, new.st_gid) == (old.st_uid, old.st_gid):
        return True
    try:
        os.fchown(handle, old.st_uid, old.st_gid)
    except OSError:
        try:  # only root may give a file away, but its owner may choose among their own groups
            os.fchown(handle, -1, old.st_gid)
        except OSError:
            return new.st_gid == old.st_gid
    return True


def _copy_attributes(handle: int, target: Path) -> bool:
    """Copy the extended attributes of the file at `target` where permitted; return whether it keeps its ACL.

    An access control list that the new file inherits from the folder, and the file at `target` does not have, is
    removed.
    """
    if not hasattr(os, "listxattr"):
        return True
    try:
        names = os.listxattr(target)
        strange = set(os.listxattr(handle)) - set(names)
    except OSError:  # there are no such attributes on this disk
        return True
    if _ACL_ATTRIBUTE in strange:
        with contextlib.suppress(OSError):
            os.removexattr(handle, _ACL_ATTRIBUTE)
    missing = [name for name in names if not _copy_attribute(handle, name, target)]
    return _ACL_ATTRIBUTE not in missing


def _copy_attribute(handle: int, name: str, target: Path) -> bool:
    try:
        os.setxattr(handle, name, os.getxattr(target, name))
    except OSError:
        return False
    return True


def _write_verified(handle: int, data: bytes) -> bool:
    """Write `data` and sync it; return whether the same is read back."""
    _write(handle, data)
    os.fsync(handle)  # before the rename, after which a power failure could leave the new name without its content
    _drop_page_cache(handle)
    return _has_content(handle, data)


def _stream_verified(handle: int, write: Callable[[BinaryIO], object]) -> bool:
    """Let `write` write and sync that; return whether the same is read back."""
    out = _HashingWriter(handle)
    try:
        write(cast("BinaryIO", out))
    finally:
        out.stop()
    os.fsync(handle)
    _drop_page_cache(handle)
    found, at = hashlib.sha256(), 0
    while piece := os.pread(handle, _CHUNK_SIZE, at):
        found.update(piece)
        at += len(piece)
    return found.digest() == out.digest


class _HashingWriter(io.RawIOBase):
    """A file that is written front to back and hashes what is written."""

    def __init__(self, handle: int) -> None:
        super().__init__()
        self._handle = handle
        self._hash = hashlib.sha256()
        self._has_ended = False

    @property
    def digest(self) -> bytes:
        """SHA-256 of everything that was written."""
        return self._hash.digest()

    def stop(self) -> None:
        """Ignore further writes: a wrapper may still flush its buffer after a failure."""
        self._has_ended = True

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        """Write all of `data`."""
        view = memoryview(data).cast("B")
        if not self._has_ended:
            _write(self._handle, view)
            self._hash.update(view)
        return len(view)


def _write(handle: int, data: bytes | memoryview) -> None:
    view = memoryview(data)
    while view:  # one call may write less than it is given
        view = view[os.write(handle, view) :]


def _drop_page_cache(handle: int) -> None:
    """Drop the file from the page cache, where the system can, so that the next read comes from the disk."""
    # Drops only pages that are on the disk already, so it comes after fsync.
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def _has_content(handle: int, data: bytes) -> bool:
    view = memoryview(data)
    at = 0
    while piece := os.pread(handle, _CHUNK_SIZE, at):
        if piece != view[at : at + len(piece)]:
            return False
        at += len(piece)
    return at == len(data)


def _error_message(error: OSError, target: Path) -> str:
    names = {
        "file": format_path(target),
        "folder": format_path(target.parent),
        "reason": describe_os_error(error),
    }
    if error.errno in _DISK_FULL_ERRORS:
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
    if error.errno in _PERMISSION_ERRORS:
        return _(
            "{file} was not saved: you may not write in {folder}. Your work is kept and is saved once you may."
        ).format(**names)
    if error.errno in _MISSING_ERRORS:
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
