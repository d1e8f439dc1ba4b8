"""Discovery of a document's sidecars on disk, one for each annotator."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.core.i18n import _
from annotator.storage.errors import describe_os_error
from annotator.storage.paths import format_path
from annotator.storage.sidecar.sidecar import find_sidecar_owner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


class SidecarFile(NamedTuple):
    """A sidecar and the annotator in its name, empty if there is none."""

    annotator: str
    path: Path


def find_sidecars(
    documents: Iterable[Path], *, on_trouble: Callable[[str], None] | None = None
) -> Iterator[tuple[Path, tuple[SidecarFile, ...]]]:
    """Yield each of `documents` with its sidecars, sorted by annotator.

    A folder is listed once for consecutive documents. A folder that cannot be listed is reported to `on_trouble`, and
    its documents have no sidecars.
    """
    folder: Path | None = None
    found: dict[str, list[tuple[str, str]]] = {}
    for document in documents:
        if document.parent != folder:
            folder = document.parent
            found = _list_folder(folder, on_trouble)
        owners = sorted(found.get(document.name, ()))
        yield document, tuple(SidecarFile(annotator, folder / name) for annotator, name in owners)


def unlisted_notice(folder: Path, error: OSError) -> str:
    """Return the sentence that the sidecars in `folder` cannot be found."""
    sentence = _("The annotation files in {folder} cannot be found ({reason}). Check the folder, then try again.")
    return sentence.format(folder=format_path(folder), reason=describe_os_error(error))


def _list_folder(folder: Path, on_trouble: Callable[[str], None] | None) -> dict[str, list[tuple[str, str]]]:
    """Map the name of each document in `folder` to the annotators and names of its sidecars."""
    found: dict[str, list[tuple[str, str]]] = {}
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError as error:
        if on_trouble is not None:
            on_trouble(unlisted_notice(folder, error))
        return found
    for name in names:
        owner = find_sidecar_owner(name)
        if owner is not None:
            found.setdefault(owner[0], []).append((owner[1], name))
    return found
