"""Resolution of the documents and annotators named in a reviewer's file.

Returned files name documents by their paths below the folder, in the spelling of another system.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.workspace.sidecar_index import SidecarFile
from annotator.core.i18n import _
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.app.workspace.workspace import Workspace


class FoundDocument(NamedTuple):
    """A document; `is_exact` says whether it has exactly the requested path."""

    path: Path
    is_exact: bool


class DocumentLookup:
    """The documents of a folder, by the paths that files for reviewers give them."""

    def __init__(self, workspace: Workspace) -> None:
        self._exact = {workspace.display_path(path): path for path in workspace.documents}
        self._alike: dict[str, list[Path]] = {}
        self._by_name: dict[str, list[Path]] = {}
        for name, path in self._exact.items():
            self._alike.setdefault(_normalize(name), []).append(path)
            self._by_name.setdefault(_normalize(format_path(path.name)), []).append(path)

    def find(self, file: str) -> FoundDocument | None:
        """Return the document with the path `file`, regardless of Unicode normalization and kind of slash, or None.

        If a folder above or below the exported one is open, the end of the path decides, provided that it is unique.
        """
        if file in self._exact:
            return FoundDocument(self._exact[file], is_exact=True)
        wanted = _normalize(file)
        alike = self._alike.get(wanted, [])
        if alike:
            # Paths that differ only in normalization are two documents: do not guess which one is meant.
            return FoundDocument(alike[0], is_exact=True) if len(alike) == 1 else None
        named = self._by_name.get(wanted.rpartition("/")[2], [])
        ending = [path for path in named if _normalize(format_path(path.absolute())).endswith(f"/{wanted}")]
        return FoundDocument(ending[0], is_exact=False) if wanted and len(ending) == 1 else None


def find_sidecar_file(path: Path, annotator: str, *, workspace: Workspace, who: str) -> SidecarFile | str:
    """Return the sidecar of `annotator` for the document at `path`, or the sentence that says why there is none.

    If `annotator` is empty and there is no shared sidecar, take that of `who`, or else the only one there is.
    """
    _path, sidecars = next(workspace.find_sidecars([path]))
    by_owner = {one.annotator: one for one in sidecars}
    named = workspace.settings.annotators
    if annotator in by_owner:
        return by_owner[annotator]
    if not annotator and not named:
        return SidecarFile("", workspace.sidecar_path_of_owner(path, owner=""))
    if not annotator and who:
        annotator = who
        if annotator in by_owner:
            return by_owner[annotator]
    if annotator and annotator in {*named, who}:
        return SidecarFile(annotator, workspace.sidecar_path_of_owner(path, owner=annotator))
    if not annotator and len(sidecars) == 1:
        return sidecars[0]
    template = _("{annotator} has no annotations of {file} in this folder.")
    if not annotator:
        template = _("It is not said whose annotations of {file} are meant, and several people have some.")
    return template.format(annotator=format_path(annotator), file=workspace.display_path(path))


def _normalize(path: str) -> str:
    """Normalize `path` for comparison: NFC, forward slashes, no leading `./`."""
    return unicodedata.normalize("NFC", path.strip().replace("\\", "/")).removeprefix("./")
