"""Translation of a sidecar's offsets when the document is read in another encoding.

The bytes are the same, so each offset is translated exactly, by the byte at which its character begins.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.anchoring.anchor import quote_at
from annotator.core.annotation import CONTEXT
from annotator.core.annotation_set import AnnotationSet
from annotator.core.change import BlockMark
from annotator.core.collections.sorted_map import SortedMap
from annotator.core.span import Span
from annotator.storage.documents.reader import DocumentError, compute_sha256, read_document_bytes
from annotator.storage.encodings.byte_offsets import OffsetMap
from annotator.storage.encodings.decode import DECODERS, decode, guess_unrecorded_encoding
from annotator.storage.sidecar.sidecar import find_sidecar_owner

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.core.annotation import Annotation
    from annotator.core.document import Document
    from annotator.storage.sidecar.sidecar import Sidecar


class Reencoded(NamedTuple):
    """A sidecar with the offsets of the current text; `is_same` says whether it was made on that very text."""

    sidecar: Sidecar
    is_same: bool


def with_state(sidecar: Sidecar, state: AnnotationSet, *, identity: str) -> Sidecar:
    """Return `sidecar` with `state`, which was made on the text with that `Document.identity`."""
    sha256, _space, encoding = identity.partition(" ")
    return replace(sidecar, decisions=state, document=replace(sidecar.document, sha256=sha256, encoding=encoding))


def reencode(sidecar: Sidecar, document: Document, *, path: Path) -> Reencoded:
    """Translate the offsets of `sidecar`, which lies at `path`, to `document` as it is decoded now.

    If it was made on the same bytes in another encoding, offsets are translated and quotes read anew; otherwise it is
    returned unchanged. Orphans, which have no place, stay as they are.
    """
    record = sidecar.document
    # Nothing to translate: the bytes show the encoding themselves, or are not those that were annotated.
    if document.is_certain or record.sha256 != document.sha256:
        return Reencoded(sidecar, record.sha256 == document.sha256)
    if record.encoding == document.encoding:
        return Reencoded(sidecar, is_same=True)
    data = _find_bytes(path, document)
    # As in `articles`: no encoding means the first guess.
    old = record.encoding or (guess_unrecorded_encoding(data) if data is not None else "")
    if data is None or old not in DECODERS or old == document.encoding:
        return Reencoded(sidecar, old == document.encoding)
    places = OffsetMap(data, old=old, new=document.encoding)
    state = _translate(sidecar.decisions, places, before=decode(data, encoding=old).text, now=document.text)
    marks = (*state.nothing, *state.splits, *state.joins, *state.blocks)
    quotes = {place: quote_at(document.text, place) for place in marks}
    record = replace(record, encoding=document.encoding, characters=len(document.text))
    return Reencoded(replace(sidecar, document=record, decisions=state, quotes=quotes), is_same=True)


def _find_bytes(path: Path, document: Document) -> bytes | None:
    # By the name that the document was read under, which that of the sidecar may write in another way.
    names = [document.name, *(found[:1] if (found := find_sidecar_owner(path.name)) else ())]
    there = next((path.with_name(name) for name in names if path.with_name(name).exists()), None)
    if there is None:
        return None
    try:
        data = read_document_bytes(there)
    except DocumentError:
        return None
    return data if compute_sha256(data) == document.sha256 else None


def _translate(state: AnnotationSet, places: OffsetMap, *, before: str, now: str) -> AnnotationSet:
    def span(start: int, end: int) -> Span:
        first = places.map_start(start)
        return Span(first, max(first, places.map_end(end)))

    def moved(one: Annotation) -> Annotation:
        return _move(one, span(*one.span), now if before[one.span.start : one.span.end] == one.text else "")

    made = AnnotationSet.of(
        map(moved, state.annotations.values()),
        nothing=(span(*one) for one in state.nothing.items()),
        splits=(places.map_start(place) for place in state.splits),
        joins=(span(*one) for one in state.joins.items()),
        blocks=(
            (new.start, BlockMark(new.end, mark.kind))
            for start, mark in state.blocks.items()
            for new in [span(start, mark.end)]
        ),
    )
    conflicts = SortedMap((key, moved(one)) for key, one in state.conflicts.items())
    verdicts = SortedMap((key, replace(one, span=span(*one.span))) for key, one in state.verdicts.items())
    return replace(made, status=state.status, orphans=state.orphans, conflicts=conflicts, verdicts=verdicts)


def _move(annotation: Annotation, span: Span, text: str) -> Annotation:
    """Move `annotation` to `span` of `text`; an empty `text` keeps its words, which did not match before either."""
    if not text:
        return replace(annotation, span=span)
    return replace(
        annotation,
        span=span,
        text=text[span.start : span.end],
        before=text[max(0, span.start - CONTEXT) : span.start],
        after=text[span.end : span.end + CONTEXT],
    )
