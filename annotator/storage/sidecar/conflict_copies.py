"""Conflict copies of sidecars that sync clients put beside them.

Recognised are the names that these programs give, in any language: Dropbox, Nextcloud and Seafile ("(… conflicted copy
…)"), Google Drive and browsers ("(1)"), Syncthing (".sync-conflict-…"), ownCloud ("_conflict-…"), OneDrive (the name of
the computer after a hyphen), iCloud (a number after a space).
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from annotator.storage.paths import is_exports_folder
from annotator.storage.sidecar.sidecar import find_sidecar_owner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SUFFIX = ".yaml"
# What may follow the name of a sidecar. The marks of _BARE_MARK could end an annotator's name as well, so they count
# only where there is none.
_MARK = r"\.sync-conflict-[\w-]+|_conflict-[\w-]+| \((?:\d+|[^()]*(?:conflict|xung đột|copy|bản sao)[^()]*)\)"
_BARE_MARK = r" \([^()]*\)| \d+|-[\w-]+"
_COPY = re.compile(
    rf"(?P<bare>.+\.annotations)(?:(?:{_MARK}|{_BARE_MARK})|(?P<name>\.[^.]+?)(?:{_MARK}))", re.IGNORECASE
)


def find_conflict_original(file_name: str) -> str | None:
    """Return the name of the sidecar of which `file_name` is a conflict copy, or None if it is not one."""
    if not file_name.endswith(_SUFFIX):
        return None
    found = _COPY.fullmatch(file_name.removesuffix(_SUFFIX))
    if found is None:
        return None
    name = f"{found['bare']}{found['name'] or ''}{_SUFFIX}"
    return name if find_sidecar_owner(name) is not None else None


def iter_conflict_copies(path: Path) -> Iterator[Path]:
    """Yield the conflict copies in and below the folder `path`, or of the document `path`.

    Hidden folders and the folder for exports are skipped.
    """
    if path.is_dir():
        for root, folders, names in os.walk(path):
            is_top = root == str(path)
            folders[:] = sorted(
                name for name in folders if not name.startswith(".") and not (is_top and is_exports_folder(name))
            )
            yield from (path / root / name for name in sorted(names) if find_conflict_original(name))
        return
    with suppress(OSError):
        for other in sorted(path.parent.glob("*.yaml")):
            owner = find_sidecar_owner(find_conflict_original(other.name) or "")
            if owner is not None and owner[0] == path.name:
                yield other


def list_conflict_copies(sidecar: Path) -> tuple[Path, ...]:
    """Return the conflict copies beside `sidecar`, sorted by name; none if its folder cannot be listed."""
    try:
        names = sorted(path.name for path in sidecar.parent.iterdir())
    except OSError:
        return ()
    beginning = sidecar.name.removesuffix(_SUFFIX)
    found = (name for name in names if name.startswith(beginning) and name != sidecar.name)
    return tuple(sidecar.with_name(name) for name in found if find_conflict_original(name) == sidecar.name)
