"""Overwriting of a file only if it still has the content that was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.persistence.decisions import fingerprint
from annotator.core.i18n import _
from annotator.storage.atomic import SaveError, remove_leftovers, save_bytes, sync_folder
from annotator.storage.errors import describe_os_error
from annotator.storage.files import find_file_bytes
from annotator.storage.paths import ensure_state_folder, format_path

if TYPE_CHECKING:
    from pathlib import Path


def save_backup(path: Path, data: bytes) -> Path:
    """Save `data`, the content of the file at `path`, in the state folder; return the path of the backup.

    The same content under the same name is stored once.

    Raises:
        SaveError, PathError: If no backup can be made; the file should then not be changed.
    """
    folder = ensure_backups_folder(path)
    # File names have at most 255 bytes; the end is kept for its extension, and a code point cut in two is dropped.
    name = format_path(path.name).encode()[-150:].decode("utf-8", "ignore")
    kept = folder / f"{fingerprint(data)[:12]}-{name}"
    # Temporary files of saves that were killed.
    remove_leftovers(folder)
    if not kept.exists():
        save_bytes(kept, data)
    return kept


def ensure_backups_folder(path: Path) -> Path:
    """Return the folder of the backups, made if it is missing; `path` is the file that is to be kept there.

    Raises:
        SaveError, PathError: If there can be none.
    """
    folder = ensure_state_folder() / "backups"
    try:
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Otherwise a power cut could lose the new folder with the backup in it.
            sync_folder(folder.parent)
    except OSError as error:
        sentence = _(
            "{file} would have to be changed, but its old version cannot be kept in {folder} ({reason}), so nothing is "
            "written. Make that a folder that you may write in."
        )
        message = sentence.format(
            file=format_path(path.name), folder=format_path(folder), reason=describe_os_error(error)
        )
        raise SaveError(message, path=path, errno=error.errno) from error
    return folder


class FileChangedError(Exception):
    """Another program changed the file since it was read; the message is shown to the user."""


def overwrite_file(path: Path, data: bytes, *, known: bytes) -> None:
    """Replace the content of the file at `path` by `data`; back up `known`, which was read from it.

    Raises:
        FileChangedError: If the file has changed; it is left as it is.
        SaveError, PathError: If it cannot be backed up or written.
        OSError: If it cannot be read.
    """

    def check() -> None:
        if find_file_bytes(path) != known:
            template = _("{file} was changed by another program meanwhile and is not overwritten. Do this again.")
            raise FileChangedError(template.format(file=format_path(path.name)))

    save_backup(path, known)
    # Checked right before the rename, when the temporary file is complete.
    save_bytes(path, data, guard=check)
