"""The place that a user names for a file: what stands there, and whether it may be written."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.app.outputs.protection import (
    Protection,
    find_other_name,
    find_protection,
    has_answers,
    is_programs_own,
)
from annotator.core.i18n import _
from annotator.storage.errors import describe_os_error
from annotator.storage.paths import format_path
from annotator.storage.place import Place

if TYPE_CHECKING:
    from annotator.app.workspace.workspace import Workspace


class OutputRefusedError(Exception):
    """Nothing may be written at the place; the message is the sentence that the user reads."""


@dataclass(frozen=True, slots=True)
class OutputTarget:
    """A place for a file, as it was when it was inspected.

    Attributes:
        path: The path as the user named it.
        name: The path as it is shown.
        refusal: The sentence that says why nothing may be written there, whatever the user says, or "".
        place: Where the file is written, or None if `refusal` says why not.
    """

    path: Path
    name: str
    refusal: str = ""
    place: Place | None = None

    @property
    def is_taken(self) -> bool:
        """True if a file is there that may be replaced if the user says so."""
        return self.place is not None and self.place.old is not None


def inspect_output(path: Path, workspace: Workspace, *, is_copy: bool = False) -> OutputTarget:
    """Look at `path`, at which the user wants a file that is made from `workspace`.

    Args:
        path: The path as named, relative to the current folder.
        workspace: What the file is made from; its articles, sidecars and settings are protected wherever they are.
        is_copy: True for a copy of a sidecar, which may have the name of one in a folder without its document.
    """
    name = _format_name(path, workspace)
    try:
        return _inspect(path, workspace, name=name, is_copy=is_copy)
    except OutputRefusedError as error:
        return OutputTarget(path, name, str(error))
    except (OSError, ValueError) as error:  # the latter if the path holds a NUL
        reason = describe_os_error(error) if isinstance(error, OSError) else str(error)
        sentence = _("{file} cannot be written ({reason}). Choose another place.")
        return OutputTarget(path, name, sentence.format(file=name, reason=reason))


def check_output(target: OutputTarget, *, replaces: bool) -> None:
    """Check that the file may be written; `replaces` is true if the user wants an older file replaced.

    Raises:
        OutputRefusedError: It may not.
    """
    if target.refusal:
        raise OutputRefusedError(target.refusal)
    if target.is_taken and not replaces:
        sentence = _("{file} is there already and is kept. Choose another name, or add --force to replace it.")
        raise OutputRefusedError(sentence.format(file=target.name))


def _inspect(path: Path, workspace: Workspace, *, name: str, is_copy: bool) -> OutputTarget:
    if path.name in {"", ".", ".."} or path.is_dir():
        sentence = _("{file} is a folder. Give the name of a file in it.")
        raise OutputRefusedError(sentence.format(file=name))
    _refuse_protected_name(path, name, is_copy=is_copy)
    if not path.parent.is_dir():
        sentence = _("There is no folder {folder}. Choose one that is there.")
        raise OutputRefusedError(sentence.format(folder=format_path(path.parent)))
    folder = Path(os.path.realpath(path.parent))
    _refuse_leaving(path, folder, workspace, name=name)
    real = folder / path.name
    if real.is_symlink():
        real = _follow(real, workspace, name=name)
        _refuse_protected_name(real, name)
    if is_programs_own(real):
        sentence = _("{file} lies in a folder of this program. Choose another folder.")
        raise OutputRefusedError(sentence.format(file=name))
    place = Place.look(real)
    if place.old is not None:
        _refuse_precious(real, workspace, name=name, is_copy=is_copy)
    return OutputTarget(path, name, place=place)


def _refuse_protected_name(path: Path, name: str, *, is_copy: bool = False) -> None:
    """Refuse a name that is reserved, whether there is a file of that name or not."""
    kind = find_protection(path.name)
    if kind is Protection.SIDECAR:
        if is_copy and not os.path.lexists(path) and not _is_beside_document(path):
            return
        sentence = _("{file} has the name of a file of annotations. Choose another name: nothing is written over them.")
    elif kind is Protection.SETTINGS:
        sentence = _("{file} holds the labels of its folder. Choose another name: it is not written over.")
    elif kind is Protection.ARTICLE:
        sentence = _("{file} has the name of an article. Choose another name: articles are never written to.")
    else:
        return
    raise OutputRefusedError(sentence.format(file=name))


def _is_beside_document(path: Path) -> bool:
    """Return whether the sidecar at `path` would be loaded for a document in its folder."""
    beginning = path.name.casefold().rpartition(".annotations")[0]
    try:
        return any(entry.name.casefold() == beginning for entry in path.parent.iterdir())
    except OSError:
        return True


def _refuse_leaving(path: Path, folder: Path, workspace: Workspace, *, name: str) -> None:
    """Refuse a place that is named inside the opened folder, but by a link lies outside."""
    opened = _normalize(workspace.folder)
    if _normalize(path).is_relative_to(opened) and not folder.is_relative_to(os.path.realpath(opened)):
        sentence = _("{file} leads out of the opened folder, to {target}. Choose another folder.")
        raise OutputRefusedError(sentence.format(file=name, target=format_path(folder)))


def _normalize(path: Path) -> Path:
    """Return the absolute path as it is written, with links, but without dots."""
    return Path(os.path.normpath(path.absolute()))


def _follow(link: Path, workspace: Workspace, *, name: str) -> Path:
    """Return the file that `link` points to, which must be there and in the same folder tree."""
    names = {"file": name, "target": format_path(os.path.realpath(link))}
    try:
        real = Path(os.path.realpath(link, strict=True))
    except OSError as error:
        sentence = _("{file} is a link to {target}, where there is no file. Remove the link or choose another name.")
        raise OutputRefusedError(sentence.format(**names)) from error
    opened = Path(os.path.realpath(workspace.folder))
    root = opened if link.is_relative_to(opened) else link.parent
    if not real.is_relative_to(root):
        sentence = _("{file} is a link out of its folder, to {target}. Choose another name, or name that file itself.")
        raise OutputRefusedError(sentence.format(**names))
    return real


def _refuse_precious(real: Path, workspace: Workspace, *, name: str, is_copy: bool) -> None:
    """Refuse to replace the existing file at `real` if it is protected under another name or holds answers."""
    if not stat.S_ISREG(real.stat().st_mode):
        sentence = _("{file} is not an ordinary file. Choose another name.")
        raise OutputRefusedError(sentence.format(file=name))
    _refuse_protected_name(real, name, is_copy=is_copy)
    folders = [real.parent, workspace.folder, *(document.parent for document in workspace.documents)]
    other = find_other_name(real, documents=workspace.documents, folders=folders)
    if other is not None:
        sentence = _("{file} is another name of {other}, which is never written over. Choose another name.")
        raise OutputRefusedError(sentence.format(file=name, other=workspace.display_path(other)))
    try:
        is_answered = has_answers(real, workspace.labels)
    except OSError as error:
        sentence = _("{file} cannot be read ({reason}), so it is kept. Choose another name.")
        raise OutputRefusedError(sentence.format(file=name, reason=describe_os_error(error))) from error
    if is_answered:
        sentence = _("{file} holds answers of a reviewer and is kept. Choose another name, or move that file first.")
        raise OutputRefusedError(sentence.format(file=name))


def _format_name(path: Path, workspace: Workspace) -> str:
    """Return the path as named, below the opened folder relative to it."""
    # `display_path` would leave nothing of the folder itself.
    return format_path(path) if path == workspace.folder else workspace.display_path(path)
