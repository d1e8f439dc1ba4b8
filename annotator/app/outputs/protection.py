"""What no file that the program writes may replace: articles, sidecars, settings of folders, reviewers' answers."""

from __future__ import annotations

import io
import os
import re
import unicodedata
import zipfile
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.review.html.reader import FORMAT as ANSWERS_FORMAT
from annotator.review.model.answer import ReviewFileError
from annotator.review.registry import MAX_RETURNED_MEGABYTES, read_returned_file
from annotator.storage.documents.folder import SUFFIXES
from annotator.storage.files import find_file_bytes
from annotator.storage.paths import (
    PathError,
    ensure_cache_folder,
    ensure_config_folder,
    ensure_state_folder,
    format_path,
)
from annotator.storage.workspace.reader import WORKSPACE_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.core.labels import LabelSet

# Also the copies that sync clients and file managers make, and files with a further ending.
_SIDECAR = re.compile(r".*\.annotations\b.*\.ya?ml\b.*", re.DOTALL)


class Protection(Enum):
    """What a file name is reserved for."""

    ARTICLE = auto()
    SIDECAR = auto()
    SETTINGS = auto()


def find_protection(name: str) -> Protection | None:
    """Return what files of that name are, or None if the name is free for any use.

    Letter case and normal form do not count, nor do dots and blanks at the end: some disks take such names for one.
    """
    folded = unicodedata.normalize("NFKC", name).casefold().rstrip(". ")
    if _SIDECAR.fullmatch(folded):
        return Protection.SIDECAR
    if folded == WORKSPACE_FILE:
        return Protection.SETTINGS
    return Protection.ARTICLE if folded.endswith(SUFFIXES) else None


def find_other_name(path: Path, *, documents: Iterable[Path], folders: Iterable[Path]) -> Path | None:
    """Return the protected file that the file at `path` is under another name, by a link or a hard link, or None.

    Looked through are `documents`, whatever their names, and what has a protected name in `folders`.
    """
    try:
        wanted = path.stat()
    except OSError:
        return None
    names = [*documents, *(one for folder in dict.fromkeys(folders) for one in _list_protected(folder))]
    return next((one for one in names if _is_same(one, wanted)), None)


def is_programs_own(path: Path) -> bool:
    """Return whether `path`, without links, lies in a folder in which the program keeps journals and settings."""
    for ensure in (ensure_state_folder, ensure_config_folder, ensure_cache_folder):
        try:
            folder = ensure()
        except PathError:
            continue
        if path.is_relative_to(os.path.realpath(folder)):
            return True
    return False


def has_answers(path: Path, labels: LabelSet) -> bool:
    """Return whether the file at `path` holds answers of a reviewer, or what may be some.

    Raises:
        OSError: It cannot be read.
    """
    data = find_file_bytes(path, limit=MAX_RETURNED_MEGABYTES << 20)
    if not data:
        return False
    try:
        found = read_returned_file(data, name=format_path(path.name), labels=labels)
    except ReviewFileError:
        return _may_be_damaged_answers(data)
    except Exception:  # noqa: BLE001  # whatever a library stumbles over: what is not understood is kept
        return True
    return bool(found.answers or found.troubles)


def _may_be_damaged_answers(data: bytes) -> bool:
    """Return whether `data`, which cannot be read, looks like answers of the page or a cut off Excel or Word file."""
    if data.startswith(b"PK"):
        return not zipfile.is_zipfile(io.BytesIO(data))
    # The page that saves such answers names their format as well, but holds none.
    return not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and f'"{ANSWERS_FORMAT}'.encode() in data


def _list_protected(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return [Path(entry.path) for entry in entries if find_protection(entry.name) is not None]
    except OSError:
        return []


def _is_same(path: Path, wanted: os.stat_result) -> bool:
    try:
        return os.path.samestat(path.stat(), wanted)
    except OSError:
        return False
