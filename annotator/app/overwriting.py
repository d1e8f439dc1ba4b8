"""Writes over a file of which one version was read, and no other. It must not know what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.backup import keep_backup
from annotator.core.i18n import _
from annotator.storage.atomic import save_bytes
from annotator.storage.files import find_bytes
from annotator.storage.paths import shown

if TYPE_CHECKING:
    from pathlib import Path


class OverwritingError(Exception):
    """Another program changed the file since it was read; its text is the sentence that the person reads."""


def overwrite(path: Path, data: bytes, *, known: bytes) -> None:
    """Keep ``known``, which was read from the file at ``path``, among the backups and make ``data`` its content.

    Raises:
        OverwritingError: something else stands there now; it stays.
        SaveError, PathError: it cannot be kept, or not be written.
        OSError: what stands there now cannot be read.
    """

    def check() -> None:
        if find_bytes(path) != known:
            told = _("{file} was changed by another program meanwhile and is not overwritten. Do this again.")
            raise OverwritingError(told.format(file=shown(path.name)))

    keep_backup(path, known)
    save_bytes(path, data, guard=check)
