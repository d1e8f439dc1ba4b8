"""Writes over a file of which one version was read, and no other. It must not know what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.persistence.decisions import fingerprint
from annotator.core.i18n import _
from annotator.storage.atomic import SaveError, remove_leftovers, save_bytes, sync_folder
from annotator.storage.files import find_bytes
from annotator.storage.paths import shown, state_folder

if TYPE_CHECKING:
    from pathlib import Path


def keep_backup(path: Path, data: bytes) -> Path:
    """Keep ``data``, which stands in the file at ``path``, in the state folder; gives where it is kept.

    The same content of the same name is kept once.

    Raises:
        SaveError, PathError: it cannot be kept, and so the file should not be changed.
    """
    folder = state_folder() / "backups"
    try:
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            sync_folder(folder.parent)
    except OSError as error:
        sentence = _(
            "{file} would have to be changed, but its old version cannot be kept in {folder} ({reason}), so nothing is "
            "written. Make that a folder that you may write in."
        )
        told = sentence.format(file=shown(path.name), folder=shown(folder), reason=error.strerror)
        raise SaveError(told, path=path, errno=error.errno) from error
    name = shown(path.name).encode()[-150:].decode("utf-8", "ignore")
    kept = folder / f"{fingerprint(data)[:12]}-{name}"
    remove_leftovers(folder)
    if not kept.exists():
        save_bytes(kept, data)
    return kept


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
