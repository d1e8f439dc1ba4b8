"""Resolution of the documents and annotators named in a reviewer's file.

Returned files name documents by their paths below the folder, in the spelling of another system.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.workspace.sidecar_index import Owned, find_sidecars
from annotator.core.i18n import _
from annotator.storage.paths import shown

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.app.workspace.workspace import Workspace


class Found(NamedTuple):
    """A document; `is_sure` says whether it has exactly the requested path."""

    path: Path
    is_sure: bool


class Documents:
    """The documents of a folder, by the paths that files for reviewers give them."""

    def __init__(self, workspace: Workspace) -> None:
        self._exact = {workspace.shown(path): path for path in workspace.documents}
        self._alike: dict[str, list[Path]] = {}
        self._by_name: dict[str, list[Path]] = {}
        for name, path in self._exact.items():
            self._alike.setdefault(_plain(name), []).append(path)
            self._by_name.setdefault(_plain(shown(path.name)), []).append(path)

    def find(self, file: str) -> Found | None:
        """Return the document with the path `file`, regardless of Unicode normalization and kind of slash, or None.

        If a folder above or below the exported one is open, the end of the path decides, provided that it is unique.
        """
        if file in self._exact:
            return Found(self._exact[file], is_sure=True)
        wanted = _plain(file)
        alike = self._alike.get(wanted, [])
        if alike:
            # Paths that differ only in normalization are two documents: do not guess which one is meant.
            return Found(alike[0], is_sure=True) if len(alike) == 1 else None
        named = self._by_name.get(wanted.rpartition("/")[2], [])
        ending = [path for path in named if _plain(shown(path.absolute())).endswith(f"/{wanted}")]
        return Found(ending[0], is_sure=False) if wanted and len(ending) == 1 else None


def find_owned(path: Path, annotator: str, *, workspace: Workspace, who: str) -> Owned | str:
    """Return the sidecar of `annotator` for the document at `path`, or the sentence that says why there is none.

    If `annotator` is empty and there is no shared sidecar, take that of `who`, or else the only one there is.
    """
    _path, sidecars = next(find_sidecars([path]))
    by_owner = {one.annotator: one for one in sidecars}
    named = workspace.settings.annotators
    if annotator in by_owner:
        return by_owner[annotator]
    if not annotator and not named:
        return Owned("", workspace.sidecar_of(path, owner=""))
    if not annotator and who:
        annotator = who
        if annotator in by_owner:
            return by_owner[annotator]
    if annotator and annotator in {*named, who}:
        return Owned(annotator, workspace.sidecar_of(path, owner=annotator))
    if not annotator and len(sidecars) == 1:
        return sidecars[0]
    told = _("{annotator} has no annotations of {file} in this folder.")
    if not annotator:
        told = _("It is not said whose annotations of {file} are meant, and several people have some.")
    return told.format(annotator=shown(annotator), file=workspace.shown(path))


def _plain(path: str) -> str:
    """Normalize `path` for comparison: NFC, forward slashes, no leading `./`."""
    return unicodedata.normalize("NFC", path.strip().replace("\\", "/")).removeprefix("./")
