"""Which files are copies of a sidecar that a sync client put beside it. It must not know what is in them.

Known are the names that these programs give, in whatever language: Dropbox, Nextcloud and Seafile ("(… conflicted copy
…)"), Google Drive and browsers ("(1)"), Syncthing (".sync-conflict-…"), ownCloud ("_conflict-…"), OneDrive (the name of
the computer after a hyphen), iCloud (a number after a space).
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from annotator.storage.sidecar.sidecar import find_sidecar_owner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_END = ".yaml"
# What may follow the name of a sidecar; the last three would be part of an annotator's name after one.
_MARK = r"\.sync-conflict-[\w-]+|_conflict-[\w-]+| \((?:\d+|[^()]*(?:conflict|xung đột|copy|bản sao)[^()]*)\)"
_BARE_MARK = r" \([^()]*\)| \d+|-[\w-]+"
_COPY = re.compile(
    rf"(?P<bare>.+\.annotations)(?:(?:{_MARK}|{_BARE_MARK})|(?P<name>\.[^.]+?)(?:{_MARK}))", re.IGNORECASE
)


def find_copied_sidecar(file_name: str) -> str | None:
    """The name of the sidecar of which ``file_name`` is a conflict copy, or None where it is none."""
    if not file_name.endswith(_END):
        return None
    found = _COPY.fullmatch(file_name.removesuffix(_END))
    if found is None:
        return None
    name = f"{found['bare']}{found['name'] or ''}{_END}"
    return name if find_sidecar_owner(name) is not None else None


def find_all_copies(path: Path) -> Iterator[Path]:
    """The conflict copies in the folder ``path`` and below it, or of the document ``path``; hidden folders are not."""
    if path.is_dir():
        for root, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (path / root / name for name in sorted(names) if find_copied_sidecar(name))
        return
    with suppress(OSError):
        for other in sorted(path.parent.glob("*.yaml")):
            owner = find_sidecar_owner(find_copied_sidecar(other.name) or "")
            if owner is not None and owner[0] == path.name:
                yield other


def find_copies(sidecar: Path) -> tuple[Path, ...]:
    """The conflict copies of ``sidecar`` that lie beside it, in order of their names; none where nobody can look."""
    try:
        names = sorted(path.name for path in sidecar.parent.iterdir())
    except OSError:
        return ()
    beginning = sidecar.name.removesuffix(_END)
    found = (name for name in names if name.startswith(beginning) and name != sidecar.name)
    return tuple(sidecar.with_name(name) for name in found if find_copied_sidecar(name) == sidecar.name)
