"""Reading an article in the encoding that its annotation files tell. It must not know what else they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.storage.documents import reader
from annotator.storage.encodings.decode import DECODERS, first_guess

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from annotator.core.document import Document


def read_article(path: Path, sidecars: Iterable[Path], *, encoding: str = "") -> Document:
    """The article at ``path``; where its bytes do not tell the encoding, in the first one that ``sidecars`` tell.

    ``encoding`` is taken before all that; `told_by` gives the sidecars there are.

    Raises:
        DocumentError: it cannot be read.
    """
    return reader.read_document(path, encoding=encoding, ask=lambda data, sha256: _told(sidecars, data, sha256))


def read_article_text(path: Path) -> str:
    """The text alone of the article at ``path``; it raises what `read_article` raises."""
    return reader.read_text(path, ask=lambda data, sha256: _told(told_by(path), data, sha256))


def told_by(path: Path, own: Path | None = None) -> Iterator[Path]:
    """The sidecars of the document at ``path``, ``own`` before all others; the folder is listed only for these."""
    from annotator.app.workspace.sidecar_index import find_sidecars  # noqa: PLC0415  # as below

    if own is not None:
        yield own
    for _document, sidecars in find_sidecars([path]):
        yield from (one.path for one in sidecars if one.path != own)


def _told(sidecars: Iterable[Path], data: bytes, sha256: str) -> str:
    """The encoding that the first of ``sidecars`` tells that tells one; empty where none does."""
    from annotator.storage.sidecar.peek import find_head  # noqa: PLC0415  # YAML, for which no first picture need wait

    for sidecar in sidecars:
        head = find_head(sidecar)
        if head is None:
            continue
        if head.encoding in DECODERS:
            return head.encoding
        if not head.encoding and head.sha256 == sha256:
            return first_guess(data)
    return ""
