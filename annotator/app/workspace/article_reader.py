"""Reading of articles in the encoding that their sidecars name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.storage.documents import reader
from annotator.storage.encodings.decode import DECODERS, guess_unrecorded_encoding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from annotator.core.document import Document


def read_article(path: Path, sidecars: Iterable[Path], *, encoding: str = "") -> Document:
    """Read the article at `path`.

    The encoding is `encoding` if given, else the one that the bytes show (a byte order mark, valid UTF-8), else the
    first one that `sidecars` name. `list_sidecars` yields the sidecars of a document.

    Raises:
        DocumentError: If the article cannot be read.
    """
    return reader.read_document(
        path, encoding=encoding, choose_encoding=lambda data, sha256: _find_encoding(sidecars, data, sha256)
    )


def read_article_text(path: Path) -> str:
    """Return only the text of the article at `path`; raise what `read_article` raises."""
    return reader.read_document_text(
        path, choose_encoding=lambda data, sha256: _find_encoding(list_sidecars(path), data, sha256)
    )


def list_sidecars(path: Path, own: Path | None = None) -> Iterator[Path]:
    """Yield the sidecars of the document at `path`, `own` first; list the folder only when the others are needed."""
    from annotator.app.workspace.sidecar_index import find_sidecars  # noqa: PLC0415  # as in `_find_encoding`

    if own is not None:
        yield own
    for _document, sidecars in find_sidecars([path]):
        yield from (one.path for one in sidecars if one.path != own)


def _find_encoding(sidecars: Iterable[Path], data: bytes, sha256: str) -> str:
    """Return the encoding named by the first of `sidecars` that names one, or an empty string."""
    from annotator.storage.sidecar.peek import find_sidecar_head  # noqa: PLC0415  # imports YAML, which most texts do not need

    for sidecar in sidecars:
        head = find_sidecar_head(sidecar)
        if head is None:
            continue
        if head.encoding in DECODERS:
            return head.encoding
        # A sidecar without an encoding was made on the first guess for these bytes.
        if not head.encoding and head.sha256 == sha256:
            return guess_unrecorded_encoding(data)
    return ""
