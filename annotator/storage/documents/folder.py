"""The documents of a folder.

Documents are the `.txt`, `.text` and `.md` files in the folder and its sub-folders. Hidden files and folders are left
out, and sidecars to whose names an editor added such an ending. Links to folders are left out with a warning: they
could lead in a circle or to the whole disk. So are links to files outside the folder: a folder from elsewhere could
have one to a private file, whose text would go to reviewers. The folder for exports is left out; articles in it are
told.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.i18n import _, ngettext
from annotator.storage.errors import describe_os_error
from annotator.storage.paths import fold_name, format_path, is_exports_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

SUFFIXES = (".txt", ".text", ".md")
"""Suffixes of documents, in lower case."""

_SIDECAR_NAME = re.compile(r"\.annotations?\b|\.ya?ml\b")
_SIDECAR_FORMAT = re.compile(rb"^\W*format\W*:\s*[\"']?annotator/\d", re.MULTILINE)
_HEAD = 4_096  # bytes; the format is the first entry
_NUMBER = re.compile(r"\d+")
_PADDED_DIGITS = 20  # to which numbers are padded, so that they compare as text
_MAX_DISPLAYED = 400


class FolderError(Exception):
    """A folder cannot be listed; the message is the sentence that the user reads."""


class Listing(NamedTuple):
    """The documents of a folder in display order, and sentences on what was left out.

    `is_complete` is false if a sub-folder could not be read.
    """

    folder: Path
    documents: tuple[Path, ...]
    warnings: tuple[str, ...] = ()
    is_complete: bool = True


def list_documents(folder: Path) -> Listing:
    """Return the documents in `folder`, each folder's own before those of its sub-folders.

    Names are in natural order: `2` before `10`; accents and case only break ties.

    Raises:
        FolderError: `folder` is missing, not a folder, or may not be listed.
    """
    try:
        names, inner, links = _scan(str(folder))
        real_root = os.path.realpath(folder)
    except OSError as error:
        raise FolderError(_error_message(error, folder)) from error
    except ValueError as error:  # the path holds a NUL
        raise FolderError(_error_message(OSError(errno.EINVAL, ""), folder)) from error
    documents: list[Path] = []
    warnings = [_exports_warning(folder / name) for name in inner if is_exports_folder(name)]
    inner = [name for name in inner if not is_exports_folder(name)]
    waiting: list[str] = []
    root, is_complete = str(folder), True
    while True:
        outside = {name for name in names if name in links and not _is_below(links[name], real_root)}
        warnings += [_link_warning(f"{root}/{name}") for name in sorted(links) if name not in names]
        warnings += [_outside_warning(f"{root}/{name}", links[name]) for name in sorted(outside)]
        here = Path(root)
        documents += [here / name for name in _sort_naturally([one for one in names if one not in outside])]
        # A stack, hence reversed.
        waiting += [f"{root}/{name}" for name in reversed(_sort_naturally(inner))]
        if not waiting:
            return Listing(folder, tuple(documents), tuple(filter(None, warnings)), is_complete)
        root = waiting.pop()
        try:
            names, inner, links = _scan(root)
        except FileNotFoundError:  # removed since its parent was listed
            names, inner, links = [], [], {}
        except OSError as error:
            names, inner, links = [], [], {}
            is_complete = False
            warnings.append(_unread_warning(error, root))


def get_insertion_index(document: Path, documents: Sequence[Path]) -> int:
    """Return the index at which `document` would stand among the ordered `documents`, up to their number."""
    beside = [index for index, other in enumerate(documents) if other.parent == document.parent]
    if not beside:
        return sum(fold_name(str(other)) < fold_name(str(document)) for other in documents)
    names = [documents[index].name for index in beside]
    at = _sort_naturally([*names, document.name]).index(document.name)
    return beside[at] if at < len(beside) else beside[-1] + 1


def _scan(folder: str) -> tuple[list[str], list[str], dict[str, str]]:
    """Return the names of the documents in `folder` and of its sub-folders, and the targets of links by their names.

    Links are those to documents, which are among the documents, and those to folders, which are not among the folders.
    """
    names: list[str] = []
    inner: list[str] = []
    links: dict[str, str] = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name.startswith("."):
                continue
            if entry.is_file(follow_symlinks=False):
                lower = name.lower()
                if lower.endswith(SUFFIXES) and not (_SIDECAR_NAME.search(lower) and _is_sidecar(entry.path)):
                    names.append(name)
            elif entry.is_dir(follow_symlinks=False):
                inner.append(name)
            elif entry.is_symlink():
                _add_link(entry, names=names, links=links)
    return names, inner, links


def _is_sidecar(path: str) -> bool:
    """Return whether the text at `path` begins as a sidecar does, such as one that Notepad saved as `….yaml.txt`."""
    with contextlib.suppress(OSError), open(path, "rb") as file:  # noqa: PTH123  # a path as `scandir` gives it
        return _SIDECAR_FORMAT.search(file.read(_HEAD)) is not None
    return False


def _add_link(link: os.DirEntry[str], *, names: list[str], links: dict[str, str]) -> None:
    """Add the link to a document or folder; a broken or circular one is skipped."""
    with contextlib.suppress(OSError):
        is_document = link.is_file() and link.name.lower().endswith(SUFFIXES)
        if is_document:
            names.append(link.name)
        if is_document or link.is_dir():
            links[link.name] = os.path.realpath(link.path)


def _is_below(path: str, root: str) -> bool:
    try:
        return os.path.commonpath((path, root)) == root
    except ValueError:  # on another drive
        return False


def _sort_naturally(names: Sequence[str]) -> list[str]:
    """Return `names` (without folders) in natural order."""
    if not names:
        return []
    # Folding all names in one call takes a third of the time; no name holds a slash.
    keys = _NUMBER.sub(_pad_number, fold_name("/".join(names))).split("/")
    return [name for _key, name in sorted(zip(keys, names, strict=True))]


def _pad_number(number: re.Match[str]) -> str:
    return number[0].zfill(_PADDED_DIGITS)


def _link_warning(path: str) -> str:
    sentence = _("{folder} is a link to another folder and was left out. Open that folder by itself.")
    return sentence.format(folder=_shorten_path(path))


def _outside_warning(path: str, target: str) -> str:
    sentence = _("{file} is a link to {target}, outside this folder, and was left out. To read it, open it by itself.")
    return sentence.format(file=_shorten_path(path), target=_shorten_path(target))


def _exports_warning(folder: Path) -> str:
    """Return a sentence on the articles in the folder for exports, or "" if there is none."""
    count = sum(1 for _root, _folders, names in os.walk(folder) for name in names if name.lower().endswith(SUFFIXES))
    if not count:
        return ""
    sentence = ngettext(
        "{count} article in {folder} was left out: that folder is for exports. Move it to another folder.",
        "{count} articles in {folder} were left out: that folder is for exports. Move them to another folder.",
        count,
    )
    return sentence.format(count=count, folder=_shorten_path(str(folder)))


def _unread_warning(error: OSError, path: str) -> str:
    sentence = _("The sub-folder {folder} was left out: {reason}. Check that you may read it.")
    return sentence.format(folder=_shorten_path(path), reason=describe_os_error(error))


def _shorten_path(path: str) -> str:
    """Return `path` as displayed; of a very long one, its two ends."""
    text = format_path(path)
    return text if len(text) <= _MAX_DISPLAYED else f"{text[: _MAX_DISPLAYED // 2]}…{text[-_MAX_DISPLAYED // 2 :]}"


def _error_message(error: OSError, folder: Path) -> str:
    names = {"folder": format_path(folder), "reason": describe_os_error(error)}
    if error.errno == errno.ENOENT:
        return _("The folder {folder} is not there. It was moved, renamed or removed: choose another.").format(**names)
    if error.errno == errno.ENOTDIR:
        return _("{folder} is not a folder. Choose the folder that your articles are in.").format(**names)
    if error.errno in {errno.EACCES, errno.EPERM}:
        return _("You may not look into the folder {folder}. Get permission to, or choose another.").format(**names)
    return _("The folder {folder} cannot be listed: {reason}. Check the disk and its connection.").format(**names)
