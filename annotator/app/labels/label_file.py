"""The settings file that holds a folder's label set: reading, and writing with a backup."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.app.persistence.safe_overwrite import keep_backup
from annotator.app.workspace.workspace import open_workspace
from annotator.core.i18n import _
from annotator.storage.atomic import SaveError, save_bytes
from annotator.storage.documents.folder import FolderError
from annotator.storage.errors import SidecarError
from annotator.storage.files import find_bytes
from annotator.storage.paths import PathError, shown
from annotator.storage.workspace.reader import WORKSPACE_FILE, WorkspaceSettings, parse_workspace
from annotator.storage.workspace.writer import updated_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.app.workspace.workspace import Workspace
    from annotator.core.labels import LabelSet


class LabelsError(Exception):
    """The labels of a folder cannot be changed; the message is shown to the user."""


@dataclass(frozen=True, slots=True)
class LabelSource:
    """The parsed `annotator.yaml` of `folder` and its bytes, None if there is no file."""

    folder: Path
    data: bytes | None
    settings: WorkspaceSettings

    @property
    def path(self) -> Path:
        """The path of the file."""
        return self.folder / WORKSPACE_FILE


def read_source(workspace: Workspace | None) -> LabelSource:
    """Read the folder's settings file.

    Raises:
        LabelsError: If no folder is open, or the file cannot be read and has to be repaired first.
    """
    if workspace is None or not _is_folder(workspace):
        raise LabelsError(_("Labels belong to a folder. Open the folder of the articles first."))
    path = workspace.folder / WORKSPACE_FILE
    data = _bytes_at(path)
    if data is None:
        return LabelSource(workspace.folder, None, WorkspaceSettings())
    try:
        return LabelSource(workspace.folder, data, parse_workspace(data))
    except SidecarError as error:
        told = _("{file} cannot be read, so it is not overwritten. Mend it, then the labels can be changed here:")
        raise LabelsError(f"{told.format(file=WORKSPACE_FILE)}\n{error}") from error


def save_labels(source: LabelSource, labels: LabelSet) -> LabelSource:
    """Write `labels` to the settings file and keep all else in `source`; back up an existing file.

    Raises:
        LabelsError: If the file cannot be written or changed since `source` was read; it is left as it was.
    """
    settings = replace(source.settings, labels=labels)
    try:
        data = updated_workspace(source.data, settings)
    except SidecarError as error:
        raise LabelsError(str(error)) from error
    made = LabelSource(source.folder, data, settings)
    _replace(source, made)
    return made


def restore_source(now: LabelSource, before: LabelSource) -> None:
    """Restore the settings file to `before`; delete it if there was none.

    Raises:
        LabelsError: If the file cannot be written or is not as in `now`.
    """
    _replace(now, before)


def _replace(old: LabelSource, new: LabelSource) -> None:
    if _bytes_at(old.path) != old.data:
        told = _("{file} was changed by another program meanwhile and is not overwritten. Open the labels again.")
        raise LabelsError(told.format(file=WORKSPACE_FILE))
    try:
        if old.data is not None:
            keep_backup(old.path, old.data)
        if new.data is None:
            old.path.unlink()
        else:
            save_bytes(new.path, new.data)
    except (SaveError, PathError) as error:
        raise LabelsError(str(error)) from error
    except OSError as error:
        told = _("{file} cannot be written ({reason}). Get permission to write in the folder.")
        raise LabelsError(told.format(file=shown(old.path), reason=error.strerror)) from error


def _bytes_at(path: Path) -> bytes | None:
    try:
        return find_bytes(path)
    except OSError as error:
        told = _("{file} cannot be read ({reason}), so it is not overwritten. Get permission to read it.")
        raise LabelsError(told.format(file=shown(path), reason=error.strerror)) from error


def _is_folder(workspace: Workspace) -> bool:
    """Return whether a folder is open rather than a single document of it."""
    if len(workspace.documents) != 1:
        return True
    try:
        return open_workspace(workspace.folder).documents == workspace.documents
    except FolderError:
        return False
