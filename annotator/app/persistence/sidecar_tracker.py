"""Following of an open sidecar that another program renamed, alone or with its document."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.app.persistence.decisions import fingerprint
from annotator.app.persistence.safe_overwrite import save_backup
from annotator.storage.atomic import SaveError
from annotator.storage.documents.moves import TrackedDocument, find_identity, find_in_folder
from annotator.storage.files import find_file_bytes
from annotator.storage.paths import PathError
from annotator.storage.sidecar.sidecar import find_sidecar_owner, sidecar_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from annotator.storage.documents.moves import FileIdentity


@dataclass(frozen=True)
class SidecarTracker:
    """Finds the place of one annotator's sidecar of an open document. Callable from any thread.

    Attributes:
        document: The document.
        sidecar_of: Returns the path of that annotator's sidecar for a path of the document.
    """

    document: TrackedDocument
    sidecar_of: Callable[[Path], Path]

    def find_new_path(self, path: Path, *, identity: FileIdentity | None, known: Collection[str]) -> Path | None:
        """Return where the sidecar belongs that is not at `path` any more, or None if that is its place.

        Args:
            path: Where it was last; the file there is missing or holds something else.
            identity: That of the file that was written or read last.
            known: The sha256s that it may have.
        """
        moved = self.document.find_new_path()
        if moved is not None:
            beside = self.sidecar_of(moved)
            is_left = path.exists() and not self.document.path.exists()
            return None if beside == path or (is_left and not beside.exists()) else beside
        if identity is None or find_identity(path) is not None:
            return None
        for folder in self.document.iter_folders():
            found = find_in_folder(folder, identity)
            if found is not None:
                return found if self._is_own(found) and _has(found, known) else None
        annotator = owner[1] if (owner := find_sidecar_owner(path.name)) else ""
        return find_left_sidecar(path.parent, known, annotator=annotator)

    def move_along(self, path: Path, *, known: Collection[str]) -> Path:
        """Move the sidecar at `path` to its document, if that was renamed; return where it is now.

        Nothing is replaced but an older state of this sidecar, one of `known`, which goes to the backups.
        """
        moved = self.document.find_new_path()
        if moved is None or not _has(path, known):  # that of another document may have its name by now
            return path
        target = self.sidecar_of(moved)
        return target if target != path and move_sidecar(path, target, known=known) else path

    def _is_own(self, found: Path) -> bool:
        """Return whether a renamed sidecar still is one, of this document or of one that is not there (yet)."""
        owner = find_sidecar_owner(found.name)
        if owner is None:
            return False
        document = found.with_name(owner[0])
        return document == self.document.path or not document.exists()


def bring_sidecar(path: Path, known: Sequence[str], *, old: Path | None, annotator: str) -> None:
    """Move a sidecar to `path`, where its document is now, if it was left behind while nothing was open.

    Args:
        path: Where the sidecar belongs.
        known: The sha256s of the sidecars in its journal, the latest last.
        old: The former path of the document, or None if that was not moved.
        annotator: Whose sidecar it is, empty if there is one for all.
    """
    if not known:
        return
    with suppress(OSError):
        if old is not None and not old.exists():
            left = old.with_name(sidecar_name(old.name, annotator=annotator))
            there = fingerprint(find_file_bytes(left))
            if there == known[-1] or (there in known and not path.exists()):
                move_sidecar(left, path, known=known)
        if find_identity(path) is None:
            found = find_left_sidecar(path.parent, known[-1:], annotator=annotator)
            if found is not None:
                move_sidecar(found, path, known=())


def find_left_sidecar(folder: Path, known: Collection[str], *, annotator: str) -> Path | None:
    """Return a sidecar of `annotator` in `folder` whose document is not there and whose sha256 is among `known`."""
    with suppress(OSError):
        names = {one.name for one in folder.iterdir()}
        owners = {name: find_sidecar_owner(name) for name in names}
        left = [name for name, owner in owners.items() if owner and owner[1] == annotator and owner[0] not in names]
        return next((folder / name for name in sorted(left) if _has(folder / name, known)), None)
    return None


def move_sidecar(path: Path, target: Path, *, known: Collection[str]) -> bool:
    """Move the sidecar at `path` to `target`, unless something is there that is not in `known`; return whether."""
    with suppress(OSError, SaveError, PathError):
        if find_identity(path) is None:
            return False
        there = find_file_bytes(target)
        if there is not None:
            if fingerprint(there) not in known:
                return False
            save_backup(target, there)
            path.replace(target)
        elif find_identity(target) is None:
            path.rename(target)
        else:
            return False
        return True
    return False


def _has(path: Path, known: Collection[str]) -> bool:
    with suppress(OSError):
        return fingerprint(find_file_bytes(path)) in known
    return False
