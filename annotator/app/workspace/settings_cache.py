"""The settings of folders as they were read last without a fault. It must not know what they are used for."""

from __future__ import annotations

import contextlib
import hashlib
import os
from typing import TYPE_CHECKING

from annotator.storage.atomic import SaveError, save_bytes
from annotator.storage.errors import SidecarError
from annotator.storage.files import find_bytes
from annotator.storage.paths import PathError, state_folder
from annotator.storage.workspace.reader import WorkspaceSettings, parse_workspace

if TYPE_CHECKING:
    from pathlib import Path


def keep_good(folder: Path, data: bytes) -> None:
    """Keep ``data``, the content of a sound ``annotator.yaml`` of ``folder``; where that fails, the old one stays."""
    with contextlib.suppress(PathError, SaveError, OSError):
        kept = _place(folder)
        if find_bytes(kept) != data:
            kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            save_bytes(kept, data)


def find_good(folder: Path) -> WorkspaceSettings | None:
    """The settings of ``folder`` as they were kept last, or None."""
    with contextlib.suppress(PathError, SidecarError, OSError):
        data = find_bytes(_place(folder))
        return parse_workspace(data) if data is not None else None
    return None


def _place(folder: Path) -> Path:
    digest = hashlib.blake2s(os.fsencode(os.path.realpath(folder)), digest_size=10).hexdigest()
    return state_folder() / "folders" / f"{digest}.yaml"
