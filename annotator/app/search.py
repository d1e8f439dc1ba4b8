"""Search for sentences in the open document and in a folder."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.persistence.decisions import load_decisions
from annotator.app.session.segmented_text import SegmentedText
from annotator.app.workspace.article_reader import read_article
from annotator.core import edit
from annotator.core.annotation_set import AnnotationSet
from annotator.core.i18n import _
from annotator.search.find import iter_hits, iter_matches, parse_query
from annotator.search.fold import fold
from annotator.storage.documents.reader import DocumentError
from annotator.storage.errors import DataFileError, describe_os_error
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from annotator.app.session.session import Session
    from annotator.app.workspace.sidecar_index import SidecarFile
    from annotator.app.workspace.workspace import Workspace
    from annotator.core.document import Document
    from annotator.core.sentence import Sentence
    from annotator.core.span import Span
    from annotator.segment.language import Language


class SearchHit(NamedTuple):
    """A sentence that contains a match.

    `number` counts the sentences of its document from 1. `labels` are those of all annotators. `start` and `matches`
    are code point offsets in the document.
    """

    file: str
    path: Path
    number: int
    start: int
    kind: str
    labels: tuple[str, ...]
    text: str
    matches: tuple[Span, ...]


def search_folder(
    workspace: Workspace, words: str, *, label: str = "", on_trouble: Callable[[str], None]
) -> Iterator[SearchHit]:
    """Yield the sentences of all documents that match `words`, in document order.

    With a `label`, only sentences that have it. Unreadable files are reported to `on_trouble`.
    """
    for path, sidecars in workspace.find_sidecars(on_trouble=on_trouble):
        try:
            # `sidecars` are at hand already, so the folder is not listed again.
            document = read_article(path, [one.path for one in sidecars])
        except DocumentError as error:
            on_trouble(str(error))
            continue
        spans = find_matches(document.text, words)
        if spans:
            states = _load_states(document, sidecars, workspace.language, on_trouble=on_trouble)
            for hit in _make_hits(document, spans, path, workspace, states=states):
                if not label or label in hit.labels:
                    yield hit


def find_matches(text: str, words: str) -> list[Span]:
    """Return the spans in `text` that match `words`."""
    # `hits` needs the folded text alone; what `iter_matches` needs besides is built only if there is a hit.
    folded, query = fold(text), parse_query(words)
    return list(iter_matches(folded, query)) if next(iter_hits(folded, query), None) is not None else []


def find_sentences(reading: SegmentedText, spans: Iterable[Span]) -> list[Sentence]:
    """Return the sentences that overlap one of `spans`, each once; `spans` and result are in text order."""
    found: list[Sentence] = []
    for span in spans:
        sentence = reading.find_sentence_at(span.start)
        while sentence is not None and sentence.span.start < span.end:
            if sentence.span.is_overlapping(span) and (not found or found[-1].span.start < sentence.span.start):
                found.append(sentence)
            sentence = reading.find_next(sentence.block, sentence.span.start)
    return found


def find_unlabelled(session: Session, sentences: Iterable[Sentence], *, label: str) -> list[Sentence]:
    """Return those of `sentences` that do not have `label`."""
    annotations = session.state.annotations
    return [one for one in sentences if (held := annotations.find(one.span.start)) is None or label not in held.labels]


def tag_sentences(session: Session, sentences: Iterable[Sentence], *, label: str) -> bool:
    """Add `label` to `sentences` of the open document in one undo step; return whether anything changed."""
    spans = [one.span for one in find_unlabelled(session, sentences, label=label)]
    if not spans:
        return False
    return session.apply("tag", edit.toggle_label(session.state, spans, label=label, context=session.writer()))


def _load_states(
    document: Document, sidecars: Iterable[SidecarFile], language: Language, *, on_trouble: Callable[[str], None]
) -> list[AnnotationSet]:
    """Load the decisions of each annotator on the document."""
    states: list[AnnotationSet] = []
    for sidecar in sidecars:
        try:
            states.append(load_decisions(sidecar.path, document, language=language).state)
        except DataFileError as error:
            on_trouble(str(error))
        except OSError as error:
            sentence = _("{file} cannot be read ({reason}). Put a file that can be read in its place, or remove it.")
            on_trouble(sentence.format(file=format_path(sidecar.path), reason=describe_os_error(error)))
    return states


def _make_hits(
    document: Document, spans: Sequence[Span], path: Path, workspace: Workspace, *, states: Sequence[AnnotationSet]
) -> Iterator[SearchHit]:
    """Yield the sentences with `spans`, segmented as the first annotator has them, with the labels of all."""
    reading = SegmentedText(document.text, workspace.language, states[0] if states else AnnotationSet())
    reading.count_more()
    starts = [span.start for span in spans]
    for sentence in find_sentences(reading, spans):
        start, end = sentence.span
        labels = {
            label for state in states for _, one in state.annotations.iter_between(start, end) for label in one.labels
        }
        first, last = bisect_right(starts, start), bisect_right(starts, end - 1)
        if first and spans[first - 1].end > start:  # a match that begins in or before the sentence
            first -= 1
        yield SearchHit(
            file=workspace.display_path(path),
            path=path,
            number=reading.number_of(sentence) or 0,
            start=start,
            kind=sentence.kind.value,
            labels=workspace.labels.sort_keys(frozenset(labels)),
            text=document.text[start:end],
            matches=tuple(spans[first:last]),
        )
