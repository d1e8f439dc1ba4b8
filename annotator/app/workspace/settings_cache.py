"""A cache of the last valid settings of each folder, used while its `annotator.yaml` is broken."""

from __future__ import annotations

import contextlib
import hashlib
import os
from typing import TYPE_CHECKING

from annotator.storage.atomic import SaveError, save_bytes
from annotator.storage.errors import DataFileError
from annotator.storage.files import find_file_bytes
from annotator.storage.paths import PathError, ensure_state_folder
from annotator.storage.workspace.reader import WorkspaceSettings, parse_workspace

if TYPE_CHECKING:
    from pathlib import Path


def cache_settings(folder: Path, data: bytes) -> None:
    """Store `data`, the content of a valid `annotator.yaml` of `folder`; on failure keep the old copy."""
    with contextlib.suppress(PathError, SaveError, OSError):
        kept = _cache_path(folder)
        if find_file_bytes(kept) != data:
            kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            save_bytes(kept, data)


def find_cached_settings(folder: Path) -> WorkspaceSettings | None:
    """Return the settings of `folder` that were stored last, or None."""
    with contextlib.suppress(PathError, DataFileError, OSError):
        data = find_file_bytes(_cache_path(folder))
        return parse_workspace(data) if data is not None else None
    return None


def _cache_path(folder: Path) -> Path:
    # A path can be longer than a file name may be, so it is hashed; `fsencode` takes names that are no UTF-8.
    digest = hashlib.blake2s(os.fsencode(os.path.realpath(folder)), digest_size=10).hexdigest()
    return ensure_state_folder() / "folders" / f"{digest}.yaml"
