"""The program's own folders, and paths made fit for display.

Each folder can be set by an environment variable, for tests and portable installations: `ANNOTATOR_STATE_DIR`
(journals), `ANNOTATOR_CACHE_DIR` (what can be recomputed), `ANNOTATOR_CONFIG_DIR` (settings). The defaults are the
system's usual folders.
"""

from __future__ import annotations

import contextlib
import os
import re
import unicodedata
from pathlib import Path

import platformdirs

from annotator.core.formatting import show_hidden
from annotator.core.i18n import _
from annotator.storage.errors import describe_os_error

_NAME = "annotator"
_VIETNAMESE_MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
_MARKS = re.compile("[\u0300-\u036f]+")

EXPORTS_FOLDER = "exports"
"""The folder inside a workspace in which the window saves what it writes; it is never listed or searched."""


class PathError(Exception):
    """One of the program's own folders cannot be created; the message is the sentence that the user reads."""


def ensure_state_folder() -> Path:
    """Return the folder of the journals, creating it with mode 0700 if it is missing.

    Raises:
        PathError: It cannot be created.
    """
    return _make_folder("ANNOTATOR_STATE_DIR", usual=platformdirs.user_state_path(_NAME, appauthor=False))


def ensure_cache_folder() -> Path:
    """Return the folder of what can be recomputed, creating it with mode 0700 if it is missing.

    Raises:
        PathError: It cannot be created.
    """
    return _make_folder("ANNOTATOR_CACHE_DIR", usual=platformdirs.user_cache_path(_NAME, appauthor=False))


def ensure_config_folder() -> Path:
    """Return the folder of the settings, creating it with mode 0700 if it is missing.

    Raises:
        PathError: It cannot be created.
    """
    return _make_folder("ANNOTATOR_CONFIG_DIR", usual=platformdirs.user_config_path(_NAME, appauthor=False))


def is_exports_folder(name: str) -> bool:
    """Return whether a folder of that name in a workspace is the one for exports, also where case does not count."""
    return name.casefold() == EXPORTS_FOLDER


def format_path(path: Path | str) -> str:
    """Return `path` fit for display and encoding: undecodable bytes and what cannot be seen are escaped.

    A path of dots alone becomes the folder that it stands for.
    """
    name = os.fspath(path)
    if name and not name.strip("./"):
        with contextlib.suppress(OSError):  # the current folder was removed
            name = os.path.normpath(Path(name).absolute())
    try:
        text = os.fsencode(name).decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # surrogates of a hand-made file, which no name on a disk has
        text = name.encode("utf-8", "backslashreplace").decode()
    return show_hidden(text, is_line=True)


def fold_name(name: str) -> str:
    """Return `name` without accents and case, for sorting and plain file names: `Đường` becomes `duong`."""
    text = name.casefold()
    if text.isascii():
        return text
    # đ is a letter of its own to Unicode and has no decomposition.
    text = unicodedata.normalize("NFD", text.replace("đ", "d"))
    for mark in _VIETNAMESE_MARKS:  # much faster than the expression below, which rarely is needed then
        text = text.replace(mark, "")
    return text if text.isascii() else _MARKS.sub("", text)


def _make_folder(variable: str, *, usual: Path) -> Path:
    chosen = os.environ.get(variable, "")
    folder = Path(chosen).absolute() if chosen else usual
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        message = _("The folder {folder} cannot be made ({reason}). Make it, or name another in {variable}.")
        raise PathError(
            message.format(folder=format_path(folder), reason=describe_os_error(error), variable=variable)
        ) from error
    return folder
