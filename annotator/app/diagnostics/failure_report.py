"""Reports of faults of the program: versions and the place in the code, and no text of a document."""

from __future__ import annotations

import re
import sys
import traceback
from typing import TYPE_CHECKING, NamedTuple

from annotator import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

_ABOUT_CODE = (AttributeError, ImportError, NameError, RecursionError, TypeError, ZeroDivisionError)
"""Errors of Python itself whose messages name things of the code."""
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|“[^”\n]*”")
_WORD = re.compile(r"[A-Za-z_][\w.]*", re.ASCII)
_PRIVATE = re.compile(
    rf"File \"(?P<code>[^\"\n]+)\"|(?P<quoted>{_QUOTED.pattern})|(?:[A-Za-z]:)?[\\/](?:[^\\/\s\"':]+[\\/])+"
)
"""A place in the code, something quoted, or the folders of a path."""
_PARTS = 3  # of a path, from its end: the rest has the user's name in it


class Failure(NamedTuple):
    """A fault: `place` is the same for faults of the same kind in the same line, `report` is for whoever mends it."""

    place: str
    report: str


def describe_error(error: BaseException, *, thread: str = "") -> Failure:
    """Return the report of an exception, which `thread` raised, or the window's own if it is empty."""
    lines: list[str] = [f"Thread: {thread}"] if thread else []
    place = ""
    for number, one in enumerate(_chain(error)):
        if number:
            lines.append("This came before:")
        frames = traceback.extract_tb(one.__traceback__)
        lines += [f"  {_shorten(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        lines.append(f"{type(one).__name__}{_tell(one)}")
        last = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
        place += f"{type(one).__name__} {last} "
    return Failure(place.strip(), _with_versions(lines))


def describe_message(message: str) -> Failure:
    """Return the report of a message that Qt calls critical."""
    told = hide_private(message)
    return Failure(told, _with_versions([f"Qt: {told}"]))


def describe_crash(written: str) -> Failure:
    """Return the report of a crash from what Python's fault handler wrote."""
    told = hide_private(written)
    return Failure(told, _with_versions(told.splitlines()))


def hide_private(text: str) -> str:
    """Return `text` without what is quoted in it, and with the last parts of its paths only."""

    def hide(found: re.Match[str]) -> str:
        if found["code"]:
            return f"File {_shorten(found['code'])}"
        return "…" if found["quoted"] else "…/"

    return _PRIVATE.sub(hide, text)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield `error` and those that led to it."""
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        yield now
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)


def _tell(error: BaseException) -> str:
    """Return the message of an error if it is certainly about the code."""
    try:
        text = str(error)
    except Exception:  # noqa: BLE001  # a report is made of whatever was raised
        text = "?"
    if isinstance(error, OSError):
        return f": errno {error.errno}"
    if type(error) in _ABOUT_CODE or text.startswith(("Internal C++ object", "libshiboken")):
        return ": " + _QUOTED.sub(lambda found: found[0] if _WORD.fullmatch(found[0][1:-1]) else "…", text)
    return " (without its message, which may quote a document)" if text else ""


def _shorten(path: str) -> str:
    parts = path.replace("\\", "/").split("/")
    if "annotator" in parts[:-1]:
        first = len(parts) - 1 - parts[::-1].index("annotator")
        return "/".join(parts[first:])
    return "/".join(parts[-_PARTS:])


def _with_versions(lines: list[str]) -> str:
    import platform  # noqa: PLC0415  # starting does not wait for what only a fault needs

    qt = getattr(sys.modules.get("PySide6"), "__version__", "not loaded")
    versions = (f"annotator {__version__}", f"Python {platform.python_version()}", f"PySide6 {qt}", platform.platform())
    return "\n".join((*versions, "", *lines)) + "\n"
