"""The folder that the window suggests for a file: `exports` in the opened folder, unless the user chose another."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.app.outputs.protection import Protection, find_protection
from annotator.storage.paths import EXPORTS_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.app.workspace.workspace import Workspace


@contextlib.contextmanager
def suggested_folder(workspace: Workspace, *, chosen: str) -> Iterator[Path]:
    """Provide the folder to suggest for a file that is made from `workspace`.

    The folder for exports is made if it is missing, and removed at the end if it is empty. Where it cannot be made, or
    is a link, the opened folder is suggested.

    Args:
        workspace: What the file is made from.
        chosen: The folder that the user chose last, or "". A folder of articles is not suggested.
    """
    last = Path(chosen)
    if chosen and last.is_dir() and not _has_articles(last):
        yield last
        return
    folder = workspace.folder / EXPORTS_FOLDER
    is_made = False
    with contextlib.suppress(OSError):
        folder.mkdir()
        is_made = True
    try:
        yield folder if folder.is_dir() and not folder.is_symlink() else workspace.folder
    finally:
        if is_made:
            with contextlib.suppress(OSError):  # it is not empty once a file is in it
                folder.rmdir()


def folder_to_remember(path: Path, workspace: Workspace) -> str:
    """Return the folder of `path` for the next suggestion, or "" if it is the one for exports of this workspace."""
    folder = path.parent
    return "" if folder == workspace.folder / EXPORTS_FOLDER else str(folder)


def _has_articles(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(find_protection(entry.name) is Protection.ARTICLE for entry in entries)
    except OSError:
        return True
