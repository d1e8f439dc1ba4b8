"""A folder of documents with its settings."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.app.workspace.settings_cache import cache_settings, find_cached_settings
from annotator.app.workspace.sidecar_index import find_sidecar, find_sidecars
from annotator.core.i18n import _
from annotator.segment.language import load_languages
from annotator.storage.documents.folder import list_documents
from annotator.storage.errors import DataFileError, describe_os_error
from annotator.storage.files import find_file_bytes
from annotator.storage.paths import format_path
from annotator.storage.sidecar.pairing import fold_form
from annotator.storage.workspace.reader import WORKSPACE_FILE, WorkspaceSettings, parse_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from annotator.app.workspace.sidecar_index import SidecarFile, StraySidecar
    from annotator.core.labels import LabelSet
    from annotator.segment.language import Language

DEFAULT_LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Workspace:
    """The documents of a folder, in order, and the settings in its `annotator.yaml`.

    `folder` is where that file is or would be. `warnings` are sentences for the user about what could not be read. If
    `annotator.yaml` is broken, they say so, and the last valid or the default settings are used. `is_folder` is False
    if the documents were named one by one: it does not list what else its folder has. `are_settings_read` is false if
    that file, `is_listing_complete` if a sub-folder could not be read. `strays` are files that look like sidecars and
    are not paired, once they were looked for.
    """

    folder: Path
    documents: tuple[Path, ...]
    settings: WorkspaceSettings
    language: Language
    warnings: tuple[str, ...] = ()
    is_folder: bool = False
    are_settings_read: bool = True
    is_listing_complete: bool = True
    strays: tuple[StraySidecar, ...] = ()

    @property
    def labels(self) -> LabelSet:
        """The label set in use."""
        return self.settings.labels

    @property
    def is_complete(self) -> bool:
        """True if all that belongs to the folder could be read."""
        return self.are_settings_read and self.is_listing_complete

    def sidecar_path(self, document: Path, *, annotator: str) -> Path:
        """Return the path of the sidecar of `annotator` for `document`."""
        return self.sidecar_path_of_owner(document, owner=self.sidecar_owner(annotator))

    def sidecar_path_of_owner(self, document: Path, *, owner: str) -> Path:
        """Return the path of the sidecar of `owner` for `document`; an empty owner means the shared one.

        That is the file that is paired with the document, or where it would be.
        """
        return find_sidecar(document, owner=owner, annotators=self.settings.annotators)

    def find_sidecars(
        self, documents: Iterable[Path] | None = None, *, on_trouble: Callable[[str], None] | None = None
    ) -> Iterator[tuple[Path, tuple[SidecarFile, ...]]]:
        """Yield each of `documents`, or every one, with its sidecars; see `sidecar_index.find_sidecars`."""
        wanted = self.documents if documents is None else documents
        return find_sidecars(wanted, annotators=self.settings.annotators, on_trouble=on_trouble)

    def sidecar_owner(self, annotator: str) -> str:
        """Return whose sidecars `annotator` works on: the annotator's own if annotators are named, else "" (shared)."""
        if not self.settings.annotators:
            return ""
        folded = fold_form(annotator)
        return next((one for one in self.settings.annotators if fold_form(one) == folded), annotator)

    def display_path(self, document: Path) -> str:
        """Return the path of `document` below the folder, fit for display."""
        return format_path(document.relative_to(self.folder) if document.is_relative_to(self.folder) else document)

    def index(self, document: Path | None) -> int | None:
        """Return the index of `document` among the documents, or None."""
        return self._places.get(document) if document is not None else None

    @cached_property
    def _places(self) -> dict[Path, int]:
        return {path: place for place, path in enumerate(self.documents)}


def load_workspace(path: Path, *others: Path) -> Workspace:
    """Open the workspace of a folder (`load_folder_workspace`) or document (`load_document_workspace`), with `others`.

    The settings of several places are those of the first one.

    Raises:
        FolderError: If there is nothing at one of the paths, or it is a folder that cannot be listed.
    """
    if others:
        found = [load_workspace(one) for one in (path, *others)]
        documents = tuple(dict.fromkeys(document for one in found for document in one.documents))
        warnings = tuple(dict.fromkeys(warning for one in found for warning in one.warnings))
        # `commonpath` refuses a mix of relative and absolute paths.
        folder = Path(os.path.commonpath([one.folder.absolute() for one in found]))
        is_complete = all(one.is_complete for one in found)
        joined = replace(found[0], folder=folder, documents=documents, warnings=warnings)
        return replace(joined, is_folder=False, is_listing_complete=is_complete)
    try:
        is_file = path.is_file()
    except OSError:  # no permission for a parent folder, or the name is too long
        is_file = False
    return load_document_workspace(path) if is_file else load_folder_workspace(path)


def load_folder_workspace(folder: Path) -> Workspace:
    """Open the workspace of the documents in `folder` and below it.

    Raises:
        FolderError: If the folder is missing, not a folder, or cannot be listed.
    """
    listing = list_documents(folder)
    made = _make_workspace(folder, listing.documents, listing.warnings)
    return replace(made, is_folder=True, is_listing_complete=listing.is_complete)


def load_document_workspace(document: Path) -> Workspace:
    """Return the workspace of a single document, with the settings of its folder."""
    return _make_workspace(document.parent, (document,), ())


def _make_workspace(folder: Path, documents: tuple[Path, ...], warnings: tuple[str, ...]) -> Workspace:
    settings, trouble = _load_settings(folder)
    are_read = not trouble
    try:
        language = load_languages(*(settings.languages or DEFAULT_LANGUAGES), extra=settings.abbreviations)
    except ValueError as error:
        trouble = (*trouble, str(error))
        # An unknown language in the settings must not keep the folder from opening.
        language = load_languages(extra=settings.abbreviations)
    language = replace(language, is_quote_kept_whole=settings.keeps_quotes_whole)
    return Workspace(folder, documents, settings, language, (*warnings, *trouble), are_settings_read=are_read)


def reload_settings(workspace: Workspace) -> Workspace:
    """Return `workspace` with its `annotator.yaml` read again; the list of documents stays the same."""
    made = _make_workspace(workspace.folder, workspace.documents, ())
    return replace(made, is_folder=workspace.is_folder, is_listing_complete=workspace.is_listing_complete)


def _load_settings(folder: Path) -> tuple[WorkspaceSettings, tuple[str, ...]]:
    path = folder / WORKSPACE_FILE
    try:
        data = find_file_bytes(path)
        if data is None:
            return WorkspaceSettings(), ()
        found = parse_workspace(data, name=WORKSPACE_FILE)
        cache_settings(folder, data)
        return found, ()
    except DataFileError as error:
        good = find_cached_settings(folder)
        template = _("The built-in labels are used until this is fixed:")
        if good is not None:
            template = _("The last valid label set stays in use until this is fixed:")
        return good or WorkspaceSettings(), (f"{template}\n{error}",)
    except OSError as error:
        template = _("{file} cannot be read ({reason}); the usual labels are used.")
        return WorkspaceSettings(), (template.format(file=format_path(path), reason=describe_os_error(error)),)
