"""The settings file that holds a folder's label set: reading, and writing with a backup."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.app.persistence.safe_overwrite import save_backup
from annotator.app.workspace.workspace import load_folder_workspace
from annotator.core.i18n import _
from annotator.storage.atomic import SaveError, save_bytes
from annotator.storage.documents.folder import FolderError
from annotator.storage.errors import DataFileError, describe_os_error
from annotator.storage.files import find_file_bytes
from annotator.storage.paths import PathError, format_path
from annotator.storage.workspace.reader import WORKSPACE_FILE, WorkspaceSettings, parse_workspace
from annotator.storage.workspace.writer import update_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.app.workspace.workspace import Workspace
    from annotator.core.labels import LabelSet


class LabelsError(Exception):
    """The labels of a folder cannot be changed; the message is shown to the user."""


@dataclass(frozen=True, slots=True)
class LabelFile:
    """The parsed `annotator.yaml` of `folder` and its bytes, None if there is no file."""

    folder: Path
    data: bytes | None
    settings: WorkspaceSettings

    @property
    def path(self) -> Path:
        """The path of the file."""
        return self.folder / WORKSPACE_FILE


def load_label_file(workspace: Workspace | None) -> LabelFile:
    """Read the folder's settings file.

    Raises:
        LabelsError: If no folder is open, or the file cannot be read and has to be repaired first.
    """
    if workspace is None or not _is_folder(workspace):
        raise LabelsError(_("Labels belong to a folder. Open the folder of the articles first."))
    path = workspace.folder / WORKSPACE_FILE
    data = _read_bytes(path)
    if data is None:
        return LabelFile(workspace.folder, None, WorkspaceSettings())
    try:
        return LabelFile(workspace.folder, data, parse_workspace(data))
    except DataFileError as error:
        template = _("{file} cannot be read, so it is not overwritten. Mend it, then the labels can be changed here:")
        raise LabelsError(f"{template.format(file=WORKSPACE_FILE)}\n{error}") from error


def save_labels(source: LabelFile, labels: LabelSet) -> LabelFile:
    """Write `labels` to the settings file and keep all else in `source`; back up an existing file.

    Raises:
        LabelsError: If the file cannot be written or changed since `source` was read; it is left as it was.
    """
    settings = replace(source.settings, labels=labels)
    try:
        data = update_workspace(source.data, settings)
    except DataFileError as error:
        raise LabelsError(str(error)) from error
    made = LabelFile(source.folder, data, settings)
    _replace(source, made)
    return made


def restore_label_file(now: LabelFile, before: LabelFile) -> None:
    """Restore the settings file to `before`; delete it if there was none.

    Raises:
        LabelsError: If the file cannot be written or is not as in `now`.
    """
    _replace(now, before)


def _replace(old: LabelFile, new: LabelFile) -> None:
    if _read_bytes(old.path) != old.data:
        template = _("{file} was changed by another program meanwhile and is not overwritten. Open the labels again.")
        raise LabelsError(template.format(file=WORKSPACE_FILE))
    try:
        if old.data is not None:
            save_backup(old.path, old.data)
        if new.data is None:
            old.path.unlink()
        else:
            save_bytes(new.path, new.data)
    except (SaveError, PathError) as error:
        raise LabelsError(str(error)) from error
    except OSError as error:
        template = _("{file} cannot be written ({reason}). Get permission to write in the folder.")
        raise LabelsError(template.format(file=format_path(old.path), reason=describe_os_error(error))) from error


def _read_bytes(path: Path) -> bytes | None:
    try:
        return find_file_bytes(path)
    except OSError as error:
        template = _("{file} cannot be read ({reason}), so it is not overwritten. Get permission to read it.")
        raise LabelsError(template.format(file=format_path(path), reason=describe_os_error(error))) from error


def _is_folder(workspace: Workspace) -> bool:
    """Return whether a folder is open rather than a single document of it."""
    if len(workspace.documents) != 1:
        return True
    try:
        return load_folder_workspace(workspace.folder).documents == workspace.documents
    except FolderError:
        return False
