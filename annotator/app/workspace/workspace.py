"""A folder of documents with its settings."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.app.workspace.settings_cache import find_good, keep_good
from annotator.core.i18n import _
from annotator.segment.language import load_languages
from annotator.storage.documents.folder import list_documents
from annotator.storage.errors import SidecarError
from annotator.storage.files import find_bytes
from annotator.storage.paths import shown
from annotator.storage.sidecar.sidecar import sidecar_name
from annotator.storage.workspace.reader import WORKSPACE_FILE, WorkspaceSettings, parse_workspace

if TYPE_CHECKING:
    from annotator.core.labels import LabelSet
    from annotator.segment.language import Language

DEFAULT_LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Workspace:
    """The documents of a folder, in order, and the settings in its `annotator.yaml`.

    `folder` is where that file is or would be. `warnings` are sentences for the user about what could not be read. If
    `annotator.yaml` is broken, they say so, and the last valid or the default settings are used.
    """

    folder: Path
    documents: tuple[Path, ...]
    settings: WorkspaceSettings
    language: Language
    warnings: tuple[str, ...] = ()

    @property
    def labels(self) -> LabelSet:
        """The label set in use."""
        return self.settings.labels

    def sidecar_path(self, document: Path, *, annotator: str) -> Path:
        """Return the path of the sidecar of `annotator` for `document`."""
        return self.sidecar_of(document, owner=self.owner(annotator))

    def sidecar_of(self, document: Path, *, owner: str) -> Path:
        """Return the path of the sidecar of `owner` for `document`; an empty owner means the shared one."""
        return document.with_name(sidecar_name(document.name, annotator=owner))

    def owner(self, annotator: str) -> str:
        """Return whose sidecars `annotator` works on: the annotator's own if annotators are named, else "" (shared)."""
        return annotator if self.settings.annotators else ""

    def shown(self, document: Path) -> str:
        """Return the path of `document` below the folder, fit for display."""
        return shown(document.relative_to(self.folder) if document.is_relative_to(self.folder) else document)

    def index(self, document: Path | None) -> int | None:
        """Return the index of `document` among the documents, or None."""
        return self._places.get(document) if document is not None else None

    @cached_property
    def _places(self) -> dict[Path, int]:
        return {path: place for place, path in enumerate(self.documents)}


def find_workspace(path: Path, *others: Path) -> Workspace:
    """Open the workspace of a folder (`open_workspace`) or a document (`workspace_of`), joined with those of `others`.

    The settings of several places are those of the first one.

    Raises:
        FolderError: If there is nothing at one of the paths, or it is a folder that cannot be listed.
    """
    if others:
        found = [find_workspace(one) for one in (path, *others)]
        documents = tuple(dict.fromkeys(document for one in found for document in one.documents))
        warnings = tuple(dict.fromkeys(warning for one in found for warning in one.warnings))
        # `commonpath` refuses a mix of relative and absolute paths.
        folder = Path(os.path.commonpath([one.folder.absolute() for one in found]))
        return replace(found[0], folder=folder, documents=documents, warnings=warnings)
    try:
        is_file = path.is_file()
    except OSError:  # no permission for a parent folder, or the name is too long
        is_file = False
    return workspace_of(path) if is_file else open_workspace(path)


def open_workspace(folder: Path) -> Workspace:
    """Open the workspace of the documents in `folder` and below it.

    Raises:
        FolderError: If the folder is missing, not a folder, or cannot be listed.
    """
    listing = list_documents(folder)
    return _workspace(folder, listing.documents, listing.warnings)


def workspace_of(document: Path) -> Workspace:
    """Return the workspace of a single document, with the settings of its folder."""
    return _workspace(document.parent, (document,), ())


def _workspace(folder: Path, documents: tuple[Path, ...], warnings: tuple[str, ...]) -> Workspace:
    settings, trouble = _settings(folder)
    try:
        language = load_languages(*(settings.languages or DEFAULT_LANGUAGES), extra=settings.abbreviations)
    except ValueError as error:
        trouble = (*trouble, str(error))
        # An unknown language in the settings must not keep the folder from opening.
        language = load_languages(extra=settings.abbreviations)
    language = replace(language, is_quote_kept_whole=settings.is_quote_kept_whole)
    return Workspace(folder, documents, settings, language, (*warnings, *trouble))


def refreshed(workspace: Workspace) -> Workspace:
    """Return `workspace` with its `annotator.yaml` read again; the list of documents stays the same."""
    return _workspace(workspace.folder, workspace.documents, ())


def _settings(folder: Path) -> tuple[WorkspaceSettings, tuple[str, ...]]:
    path = folder / WORKSPACE_FILE
    try:
        data = find_bytes(path)
        if data is None:
            return WorkspaceSettings(), ()
        found = parse_workspace(data, name=WORKSPACE_FILE)
        keep_good(folder, data)
        return found, ()
    except SidecarError as error:
        good = find_good(folder)
        told = _("The usual labels are used until this is mended:")
        if good is not None:
            told = _("The labels are used as they were read last, until this is mended:")
        return good or WorkspaceSettings(), (f"{told}\n{error}",)
    except OSError as error:
        told = _("{file} cannot be read ({reason}); the usual labels are used.")
        return WorkspaceSettings(), (told.format(file=shown(path), reason=error.strerror),)
