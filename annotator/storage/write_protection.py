"""Whether permissions and disks let the program write a file, before anything is written."""

from __future__ import annotations

import os
from pathlib import Path

from annotator.core.i18n import _
from annotator.storage.paths import format_path


def find_write_problem(path: Path) -> str:
    """Return why no file may be written at `path`, as a sentence for the user, or ""."""
    target = Path(os.path.realpath(path)) if path.is_symlink() else path
    names = {"file": format_path(target), "folder": format_path(target.parent)}
    try:
        if not os.access(target.parent, os.W_OK | os.X_OK, effective_ids=True):
            if os.statvfs(target.parent).f_flag & os.ST_RDONLY:
                return _(
                    "{folder} is on a disk that is read-only, so this article can only be read here. Once the disk is "
                    "writable you can edit it; or copy the folder to another disk."
                ).format(**names)
            return _(
                "You may not write in {folder}, so this article can only be read here. Get permission to write there, "
                "or copy the folder to where you may."
            ).format(**names)
        if target.exists() and not os.access(target, os.W_OK, effective_ids=True):
            return _(
                "{file} is write-protected, so this article can only be read here. Allow writing to it to edit it."
            ).format(**names)
    except OSError:  # such as a folder that is gone, of which others tell
        return ""
    return ""
