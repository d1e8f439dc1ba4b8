"""Which documents a folder holds. It must not read them.

Documents are the ``.txt``, ``.text`` and ``.md`` files in the folder and in its sub-folders. Hidden files and folders
are left out; so are links to folders, which could lead in a circle or to the whole disk: a warning names them.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.i18n import _
from annotator.storage.paths import folded, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

SUFFIXES = (".txt", ".text", ".md")
"""How the names of documents end, in lower case."""

_NUMBER = re.compile(r"\d+")
_DIGITS = 20
_LONGEST_SHOWN = 400


class FolderError(Exception):
    """A folder cannot be listed; its text is the sentence that the person reads."""


class Listing(NamedTuple):
    """The documents of a folder in the order in which they are shown, and sentences about what was left out."""

    folder: Path
    documents: tuple[Path, ...]
    warnings: tuple[str, ...] = ()


def list_documents(folder: Path) -> Listing:
    """The documents in ``folder``, each folder's own before those of its sub-folders.

    Names are in natural order: ``2`` before ``10``, accents and case counting only between names alike.

    Raises:
        FolderError: ``folder`` is missing, not a folder, or may not be listed.
    """
    try:
        names, inner, links = _scanned(str(folder))
    except OSError as error:
        raise FolderError(_sentence(error, folder)) from error
    except ValueError as error:  # a name that no disk can have
        raise FolderError(_sentence(OSError(errno.EINVAL, ""), folder)) from error
    documents: list[Path] = []
    warnings: list[str] = []
    waiting: list[str] = []
    root = str(folder)
    while True:
        warnings += [_link_warning(path) for path in sorted(links)]
        here = Path(root)
        documents += [here / name for name in _ordered(names)]
        waiting += [f"{root}/{name}" for name in reversed(_ordered(inner))]
        if not waiting:
            return Listing(folder, tuple(documents), tuple(warnings))
        root = waiting.pop()
        try:
            names, inner, links = _scanned(root)
        except FileNotFoundError:
            names, inner, links = [], [], []
        except OSError as error:
            names, inner, links = [], [], []
            warnings.append(_unread_warning(error, root))


def place_among(document: Path, documents: Sequence[Path]) -> int:
    """Before which of ``documents``, which are in order, one at this path would stand; their number for the end."""
    beside = [index for index, other in enumerate(documents) if other.parent == document.parent]
    if not beside:
        return sum(folded(str(other)) < folded(str(document)) for other in documents)
    names = [documents[index].name for index in beside]
    at = _ordered([*names, document.name]).index(document.name)
    return beside[at] if at < len(beside) else beside[-1] + 1


def _scanned(folder: str) -> tuple[list[str], list[str], list[str]]:
    """The names of the documents in ``folder``, the names of its sub-folders, the paths of its links to folders."""
    names: list[str] = []
    inner: list[str] = []
    links: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name.startswith("."):
                continue
            if entry.is_file(follow_symlinks=False):
                if name.lower().endswith(SUFFIXES):
                    names.append(name)
            elif entry.is_dir(follow_symlinks=False):
                inner.append(name)
            elif entry.is_symlink():
                _follow(entry, names=names, links=links)
    return names, inner, links


def _follow(link: os.DirEntry[str], *, names: list[str], links: list[str]) -> None:
    """Put the link where it belongs; one that leads nowhere or in a circle is nothing."""
    with contextlib.suppress(OSError):
        if link.is_dir():
            links.append(link.path)
        elif link.is_file() and link.name.lower().endswith(SUFFIXES):
            names.append(link.name)


def _ordered(names: Sequence[str]) -> list[str]:
    """``names`` (without folders) in natural order; all are folded in one go, which takes a third of the time."""
    if not names:
        return []
    keys = _NUMBER.sub(_padded, folded("/".join(names))).split("/")
    return [name for _key, name in sorted(zip(keys, names, strict=True))]


def _padded(number: re.Match[str]) -> str:
    return number[0].zfill(_DIGITS)


def _link_warning(path: str) -> str:
    sentence = _("{folder} is a link to another folder and was left out. Open that folder by itself.")
    return sentence.format(folder=_short(path))


def _unread_warning(error: OSError, path: str) -> str:
    sentence = _("The sub-folder {folder} was left out: {reason}. Check that you may read it.")
    return sentence.format(folder=_short(path), reason=os.strerror(error.errno or errno.EIO))


def _short(path: str) -> str:
    """``path`` as it is shown; of one that fills a page, its two ends."""
    text = shown(path)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN // 2]}…{text[-_LONGEST_SHOWN // 2 :]}"


def _sentence(error: OSError, folder: Path) -> str:
    names = {"folder": shown(folder), "reason": os.strerror(error.errno or errno.EIO)}
    if error.errno == errno.ENOENT:
        return _("The folder {folder} is not there. It was moved, renamed or removed: choose another.").format(**names)
    if error.errno == errno.ENOTDIR:
        return _("{folder} is not a folder. Choose the folder that your articles are in.").format(**names)
    if error.errno in {errno.EACCES, errno.EPERM}:
        return _("You may not look into the folder {folder}. Get permission to, or choose another.").format(**names)
    return _("The folder {folder} cannot be listed: {reason}. Check the disk and its connection.").format(**names)
