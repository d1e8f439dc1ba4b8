"""Files of a workspace that look like sidecars and belong to no document by their name: told, offered, not counted."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.app.workspace.sidecar_index import StrayReason, StraySidecar, find_sha256, pair_in_folder
from annotator.core.i18n import _
from annotator.storage.paths import format_path, is_exports_folder
from annotator.storage.sidecar.peek import peek_sidecar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from annotator.app.workspace.workspace import Workspace
    from annotator.storage.sidecar.pairing import Pairing, Stray


def find_strays(workspace: Workspace, *, only: Collection[Path] = ()) -> tuple[StraySidecar, ...]:
    """Return the strays of a workspace, those of one folder after the other; with `only`, those that fit these."""
    documents = {*workspace.documents}
    pairings = {
        folder: pair_in_folder(folder, names, annotators=workspace.settings.annotators)
        for folder, names in _iter_names(workspace)
    }
    strays = [(folder, stray) for folder, made in pairings.items() for stray in made.strays]
    if not strays:
        return ()
    found = [_place(folder / stray.name, stray, documents, pairings) for folder, stray in strays]
    if not workspace.is_folder:  # others in the folder of a document that was opened by itself are not its concern
        found = [one for one in found if one.document in documents]
    return tuple(one for one in found if not only or one.document in only)


def stray_notice(stray: StraySidecar) -> str:
    """Return the sentence that tells why a file is not counted, and what to do."""
    names = {
        "file": format_path(stray.path.name),
        "document": format_path(stray.document.name) if stray.document is not None else "",
    }
    match stray.reason:
        case StrayReason.VERSION:
            sentence = _(
                "{file} is another version of the annotations of {document}. It is not counted. Merge it: nothing is "
                "lost."
            )
        case StrayReason.UNNAMED:
            sentence = _(
                "{file} looks like the annotations of {document}, which has none, but its name is another. It is not "
                "counted. Reattach it in the window, or with `annotator check --fix`."
            )
        case StrayReason.RENAMED:
            sentence = _(
                "{file} has the annotations of the text that is called {document} now. It is not counted. Reattach it "
                "in the window, or with `annotator check --fix`."
            )
        case _:
            sentence = _(
                "{file} is an annotation file without its article. The article may have been renamed, moved or removed."
            )
    return sentence.format(**names)


def _iter_names(workspace: Workspace) -> Iterator[tuple[Path, list[str]]]:
    """Yield each folder of the workspace with the names in it.

    Hidden folders, the folder for exports and what cannot be listed are skipped.
    """
    if not workspace.is_folder:
        for folder in dict.fromkeys(path.parent for path in workspace.documents):
            try:
                yield folder, sorted(os.listdir(folder))  # noqa: PTH208  # names, not paths: ten times as fast
            except OSError:
                continue
        return
    for root, folders, names in os.walk(workspace.folder):
        is_top = root == str(workspace.folder)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not (is_top and is_exports_folder(name))
        )
        yield Path(root), names


def _place(path: Path, stray: Stray, documents: Collection[Path], pairings: dict[Path, Pairing]) -> StraySidecar:
    """Return what is known of `stray`, by its text if its name does not tell its document."""
    beside = path.with_name(stray.document) if stray.document else None
    if beside is not None and stray.is_copy:
        reason = StrayReason.VERSION if _has_sidecar(beside, stray.annotator, pairings) else StrayReason.UNNAMED
        return StraySidecar(path, beside, stray.annotator, reason)
    peeked = peek_sidecar(path)
    if peeked is not None and peeked.sha256:
        same = _find_text(documents, peeked.sha256, near=path.parent)
        free = [one for one in same if not _has_sidecar(one, stray.annotator, pairings)]
        if len(free) == 1:
            return StraySidecar(path, free[0], stray.annotator, StrayReason.RENAMED)
        if len(same) == 1:
            return StraySidecar(path, same[0], stray.annotator, StrayReason.VERSION)
    if beside is not None and beside in documents:
        reason = StrayReason.VERSION if _has_sidecar(beside, stray.annotator, pairings) else StrayReason.UNNAMED
        return StraySidecar(path, beside, stray.annotator, reason)
    return StraySidecar(path, None, stray.annotator, StrayReason.LOST)


def _has_sidecar(document: Path, annotator: str, pairings: dict[Path, Pairing]) -> bool:
    made = pairings.get(document.parent)
    return made is not None and annotator in made.sidecars.get(document.name, {})


def _find_text(documents: Iterable[Path], sha256: str, *, near: Path) -> list[Path]:
    """Return the documents with that sha256, those of the folder `near` alone if there are any."""
    same = [one for one in documents if find_sha256(one) == sha256]
    beside = [one for one in same if one.parent == near]
    return sorted(beside or same)
