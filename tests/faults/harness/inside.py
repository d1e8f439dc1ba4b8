"""Faults put in from inside: the functions of `os` that touch files are counted in one thread, and one of them fails.

It needs no right to trace. What the interpreter calls by itself, such as reading from an open file object, it does not
see; `rigs.Strace` does. Runs in the life that is to fail.
"""

from __future__ import annotations

import builtins
import errno
import fcntl
import functools
import io
import os
import signal
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = (
    "open", "read", "pread", "write", "pwrite", "fsync", "fdatasync", "replace", "rename", "unlink", "ftruncate",
    "fchmod", "fchown", "close", "stat", "lstat", "fstat", "access", "scandir", "listdir", "mkdir", "readlink",
    "listxattr", "getxattr", "setxattr", "link",
)  # fmt: skip
PLACES: tuple[tuple[Any, str, str], ...] = (
    *((os, name, name) for name in NAMES if hasattr(os, name)),
    (io, "open", "fopen"),
    (builtins, "open", "fopen"),
    (fcntl, "flock", "flock"),
)

_REAL = [(module, name, getattr(module, name)) for module, name, _called in PLACES]
_state: dict[str, Any] = {}


def arm(
    threads: dict[str, int], *, thread: str, call: str = "", when: int = 0, lasts: bool = False, effect: str = ""
) -> None:
    """Count the calls of ``thread``; its call number ``when`` of that name has ``effect``: ``KILL`` or an error's name.

    With ``lasts`` all later calls of that name have it as well.
    """
    _state.clear()
    _state.update(
        thread=threads[thread], call=call, when=when, lasts=lasts, effect=effect, log=[], counts={}, is_inside=False
    )
    for module, name, called in PLACES:
        setattr(module, name, _counted(called, getattr(module, name)))


def disarm() -> list[list[str]]:
    """Put the real functions back; the calls counted, each as its name and what it was about."""
    for module, name, real in _REAL:
        setattr(module, name, real)
    log: list[list[str]] = _state.pop("log", [])
    return log


def _counted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(real)
    def call(*args: Any, **kwargs: Any) -> Any:
        if threading.get_native_id() != _state.get("thread") or _state["is_inside"]:
            return real(*args, **kwargs)
        _state["is_inside"] = True
        try:
            return _done(name, real, args, kwargs)
        finally:
            _state["is_inside"] = False

    return call


def _done(name: str, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    number = _state["counts"][name] = _state["counts"].get(name, 0) + 1
    _state["log"].append([name, _about(args)])
    is_hit = name == _state["call"] and (number == _state["when"] or (_state["lasts"] and number > _state["when"]))
    if not is_hit or not _state["effect"]:
        return real(*args, **kwargs)
    if _state["effect"] == "KILL":
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "close":  # the system lets go of the file, whatever it says
        real(*args, **kwargs)
    code = getattr(errno, _state["effect"])
    raise OSError(code, os.strerror(code))


def _about(args: tuple[Any, ...]) -> str:
    """The file that a call is about: its path, as far as the system tells."""
    if not args:
        return ""
    if isinstance(args[0], int):
        try:
            return os.readlink(f"/proc/self/fd/{args[0]}")  # noqa: PTH115  # Path would call what is replaced here
        except OSError:
            return ""
    return os.fsdecode(args[0])
