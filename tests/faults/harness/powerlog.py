"""Notes what a life does to its files, in order and with the bytes, for `powercut` to cut it off anywhere.

Runs in the life. What the screen shows is noted in the same order.
"""

from __future__ import annotations

import base64
import os
import stat
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_LOCK = threading.RLock()
_OPS: list[list[Any]] = []
_REAL: dict[str, Callable[..., Any]] = {}


def start() -> None:
    """Note from now on."""
    _OPS.clear()
    noting: dict[str, Callable[..., Any]] = {
        "open": _open, "write": _write, "ftruncate": _truncate, "fsync": _sync, "fdatasync": _sync, "replace": _rename,
        "rename": _rename, "unlink": _unlink, "mkdir": _mkdir,
    }  # fmt: skip
    for name, note in noting.items():
        _REAL[name] = getattr(os, name)
        setattr(os, name, _noted(note, _REAL[name]))


def note_shown(decisions: list[Any]) -> None:
    """Note that the screen shows these decisions."""
    with _LOCK:
        if _REAL:
            _OPS.append(["shown", decisions])


def stop() -> list[list[Any]]:
    """Note no more; what was noted."""
    for name, real in _REAL.items():
        setattr(os, name, real)
    _REAL.clear()
    return list(_OPS)


def _noted(note: Callable[..., Any], real: Callable[..., Any]) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        with _LOCK:
            return note(real, *args, **kwargs)

    return call


def _open_at(handle: int) -> str:
    return os.readlink(f"/proc/self/fd/{handle}")  # noqa: PTH115  # a Path is made of it nowhere


def _path(name: Any, folder: int | None) -> str:
    path = os.fspath(name)
    return path if folder is None else f"{_open_at(folder)}/{path}"


def _open(real: Callable[..., int], name: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
    path = _path(name, dir_fd)
    is_new = bool(flags & os.O_CREAT) and not os.path.lexists(path)
    handle = real(name, flags, mode, dir_fd=dir_fd)
    if is_new:
        _OPS.append(["create", path, os.fstat(handle).st_ino])
    return handle


def _write(real: Callable[..., int], handle: int, data: Any) -> int:
    count = real(handle, data)
    if stat.S_ISREG(os.fstat(handle).st_mode):
        at = os.lseek(handle, 0, os.SEEK_CUR) - count
        _OPS.append(["write", os.fstat(handle).st_ino, at, base64.b64encode(bytes(data[:count])).decode()])
    return count


def _truncate(real: Callable[..., None], handle: int, size: int) -> None:
    real(handle, size)
    _OPS.append(["truncate", os.fstat(handle).st_ino, size])


def _sync(real: Callable[..., None], handle: int) -> None:
    real(handle)
    if stat.S_ISDIR(os.fstat(handle).st_mode):
        _OPS.append(["sync folder", _open_at(handle)])
    else:
        _OPS.append(["sync", os.fstat(handle).st_ino])


def _rename(
    real: Callable[..., None], old: Any, new: Any, *, src_dir_fd: int | None = None, dst_dir_fd: int | None = None
) -> None:
    paths = _path(old, src_dir_fd), _path(new, dst_dir_fd)
    real(old, new, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)
    _OPS.append(["rename", *paths])


def _unlink(real: Callable[..., None], name: Any, *, dir_fd: int | None = None) -> None:
    path = _path(name, dir_fd)
    real(name, dir_fd=dir_fd)
    _OPS.append(["unlink", path])


def _mkdir(real: Callable[..., None], name: Any, mode: int = 0o777, *, dir_fd: int | None = None) -> None:
    real(name, mode, dir_fd=dir_fd)
    _OPS.append(["mkdir", _path(name, dir_fd)])
