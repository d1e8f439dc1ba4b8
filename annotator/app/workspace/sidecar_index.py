"""Discovery of the sidecars of documents on disk, by the one rule of `storage.sidecar.pairing`."""

from __future__ import annotations

import os
import time
from bisect import bisect_left
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.i18n import _
from annotator.storage.documents.reader import DocumentError, compute_sha256, read_document_bytes
from annotator.storage.errors import describe_os_error
from annotator.storage.paths import format_path
from annotator.storage.sidecar.pairing import Facts, fold_form, pair_files
from annotator.storage.sidecar.sidecar import find_sidecar_owner, sidecar_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from annotator.storage.sidecar.pairing import Pairing
    from annotator.storage.sidecar.peek import SidecarPeek

_MOST_FOLDERS = 64  # whose names are kept
# A folder that is changed twice within a tick of its clock keeps its time; names listed so soon are not kept.
_SETTLED = 100_000_000  # nanoseconds
_MOST_SHA256S = 20_000
_END = "\U0010ffff"


class SidecarFile(NamedTuple):
    """A sidecar and its annotator, empty if there is one for all."""

    annotator: str
    path: Path


class StrayReason(Enum):
    """Why a file is not paired."""

    VERSION = auto()  # its document has a sidecar already
    UNNAMED = auto()  # its document has none, but its name is not that of a sidecar
    RENAMED = auto()  # its text is that of a document with another name
    LOST = auto()  # nothing fits


class StraySidecar(NamedTuple):
    """A file that looks like a sidecar and is not paired.

    Attributes:
        path: The file.
        document: The document that it fits, or None.
        annotator: Whose sidecar of that it would be, empty if there is one for all.
        reason: Why it is not paired.
    """

    path: Path
    document: Path | None
    annotator: str
    reason: StrayReason

    @property
    def target(self) -> Path | None:
        """The path that it would have as the sidecar of its document, or None if nothing fits."""
        if self.document is None:
            return None
        return self.document.with_name(sidecar_name(self.document.name, annotator=self.annotator))


class _FolderNames(NamedTuple):
    """The names in a folder in the order of their folded forms; `time` is when the folder was changed last (ns)."""

    time: int
    folded: list[str]
    names: list[str]


_kept_names: dict[Path, _FolderNames] = {}
_kept_sha256s: dict[Path, tuple[tuple[int, int, int], str]] = {}


def find_sidecars(
    documents: Iterable[Path],
    *,
    annotators: Collection[str] = (),
    on_trouble: Callable[[str], None] | None = None,
) -> Iterator[tuple[Path, tuple[SidecarFile, ...]]]:
    """Yield each of `documents` with its sidecars, sorted by annotator.

    A folder is listed once for consecutive documents. A folder that cannot be listed is reported to `on_trouble`, and
    its documents have no sidecars. `annotators` are those of the folder's settings.
    """
    folder: Path | None = None
    names: _FolderNames | None = None
    for document in documents:
        if document.parent != folder:
            folder, names = document.parent, None
            try:
                names = _list_names(folder)
            except OSError as error:
                if on_trouble is not None:
                    on_trouble(unlisted_notice(folder, error))
        if names is None:
            yield document, ()
            continue
        made = pair_in_folder(folder, _names_like(names, document.name), annotators=annotators)
        owners = sorted(made.sidecars.get(document.name, {}).items())
        yield document, tuple(SidecarFile(annotator, folder / name) for annotator, name in owners)


def find_sidecar(document: Path, *, owner: str, annotators: Collection[str] = ()) -> Path:
    """Return the path of the sidecar of `owner` for `document`, as it is paired, or where it would be."""
    exact = document.with_name(sidecar_name(document.name, annotator=owner))
    try:
        if os.path.lexists(exact):
            return exact
        names = _list_names(document.parent)
    except (OSError, ValueError):
        return exact
    made = pair_in_folder(document.parent, _names_like(names, document.name), annotators=annotators)
    found = made.sidecars.get(document.name, {}).get(owner)
    return exact if found is None else document.with_name(found)


def find_owner(sidecar: Path, *, annotators: Collection[str] = ()) -> tuple[Path, str] | None:
    """Return the document and the annotator of `sidecar`, or None if it is not paired with a document."""
    try:
        names = _list_names(sidecar.parent)
    except (OSError, ValueError):
        return None
    owner = find_sidecar_owner(sidecar.name)
    likely = _names_like(names, owner[0]) if owner is not None and owner[0] in names.names else names.names
    made = pair_in_folder(sidecar.parent, likely, annotators=annotators)
    for document, slots in made.sidecars.items():
        for annotator, name in slots.items():
            if name == sidecar.name:
                return sidecar.with_name(document), annotator
    return None


def pair_in_folder(folder: Path, names: Iterable[str], *, annotators: Collection[str] = ()) -> Pairing:
    """Pair the files `names` in `folder`."""

    def peek(name: str) -> SidecarPeek | None:
        from annotator.storage.sidecar.peek import peek_sidecar  # noqa: PLC0415  # imports YAML, mostly not needed

        return peek_sidecar(folder / name)

    return pair_files(names, Facts(peek, lambda name: find_sha256(folder / name), annotators))


def find_sha256(document: Path) -> str:
    """Return the sha256 of the bytes of `document`, or "" if it cannot be read; kept until the file is changed."""
    try:
        state = document.stat()
        stamp = (state.st_mtime_ns, state.st_size, state.st_ino)
        kept = _kept_sha256s.get(document)
        if kept is not None and kept[0] == stamp:
            return kept[1]
        sha256 = compute_sha256(read_document_bytes(document))
    except (OSError, DocumentError):
        return ""
    if len(_kept_sha256s) > _MOST_SHA256S:
        _kept_sha256s.clear()
    if time.time_ns() - state.st_mtime_ns > _SETTLED:
        _kept_sha256s[document] = stamp, sha256
    return sha256


def unlisted_notice(folder: Path, error: OSError) -> str:
    """Return the sentence that the sidecars in `folder` cannot be found."""
    sentence = _("The annotation files in {folder} cannot be found ({reason}). Check the folder, then try again.")
    return sentence.format(folder=format_path(folder), reason=describe_os_error(error))


def _list_names(folder: Path) -> _FolderNames:
    """Return the names in `folder`; list it only if it was changed.

    Raises:
        OSError: It cannot be listed.
    """
    changed = folder.stat().st_mtime_ns
    kept = _kept_names.get(folder)
    if kept is not None and kept.time == changed:
        return kept
    pairs = sorted((fold_form(one.name), one.name) for one in folder.iterdir())
    found = _FolderNames(changed, [folded for folded, _name in pairs], [name for _folded, name in pairs])
    while len(_kept_names) >= _MOST_FOLDERS:
        _kept_names.pop(next(iter(_kept_names)), None)
    _kept_names.pop(folder, None)
    if time.time_ns() - changed > _SETTLED:
        _kept_names[folder] = found
    return found


def _names_like(names: _FolderNames, document: str) -> list[str]:
    """Return the names that begin as that of `document` in any form and case."""
    folded = fold_form(document)
    return names.names[bisect_left(names.folded, folded) : bisect_left(names.folded, folded + _END)]
