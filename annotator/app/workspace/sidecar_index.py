"""Which annotation files a document has on disk, one for each annotator. It must not read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.core.i18n import _
from annotator.storage.paths import shown
from annotator.storage.sidecar.sidecar import find_sidecar_owner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


class Owned(NamedTuple):
    """An annotation file and the annotator in its name, empty where there is none."""

    annotator: str
    path: Path


def find_sidecars(
    documents: Iterable[Path], *, on_trouble: Callable[[str], None] | None = None
) -> Iterator[tuple[Path, tuple[Owned, ...]]]:
    """Each of ``documents`` with its annotation files, in the order of the annotators' names.

    A folder is listed once for all documents of it that follow each other. One that cannot be listed, so that nobody
    knows which annotation files there are, is told to ``on_trouble``.
    """
    folder: Path | None = None
    found: dict[str, list[tuple[str, str]]] = {}
    for document in documents:
        if document.parent != folder:
            folder = document.parent
            found = _by_document(folder, on_trouble)
        owners = sorted(found.get(document.name, ()))
        yield document, tuple(Owned(annotator, folder / name) for annotator, name in owners)


def unlisted(folder: Path, error: OSError) -> str:
    """The sentence that says that the annotation files in ``folder`` cannot be found."""
    sentence = _("The annotation files in {folder} cannot be found ({reason}). Check the folder, then try again.")
    return sentence.format(folder=shown(folder), reason=error.strerror)


def _by_document(folder: Path, on_trouble: Callable[[str], None] | None) -> dict[str, list[tuple[str, str]]]:
    """By the name of a document: annotator and file name of each of its annotation files."""
    found: dict[str, list[tuple[str, str]]] = {}
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError as error:
        if on_trouble is not None:
            on_trouble(unlisted(folder, error))
        return found
    for name in names:
        owner = find_sidecar_owner(name)
        if owner is not None:
            found.setdefault(owner[0], []).append((owner[1], name))
    return found
