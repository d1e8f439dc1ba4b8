"""Which sentences say something: in the open document, and in all of a folder. It must not know how they are shown."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.persistence.decisions import load_decisions
from annotator.app.session.segmented_text import Reading
from annotator.app.workspace.article_reader import read_article
from annotator.app.workspace.sidecar_index import find_sidecars
from annotator.core import edit
from annotator.core.annotation_set import AnnotationSet
from annotator.core.i18n import _
from annotator.search.find import find_in, hits, query_of
from annotator.search.fold import fold
from annotator.storage.documents.reader import DocumentError
from annotator.storage.errors import SidecarError
from annotator.storage.paths import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from annotator.app.session.session import Session
    from annotator.app.workspace.sidecar_index import Owned
    from annotator.app.workspace.workspace import Workspace
    from annotator.core.document import Document
    from annotator.core.sentence import Sentence
    from annotator.core.span import Span
    from annotator.segment.language import Language


class Hit(NamedTuple):
    """A sentence in which the words stand at ``matches``; ``number`` is which one of its document it is, from 1.

    ``labels`` are those that anybody gave it. ``start`` and the matches are code points of the whole document.
    """

    file: str
    path: Path
    number: int
    start: int
    kind: str
    labels: tuple[str, ...]
    text: str
    matches: tuple[Span, ...]


def find_in_folder(
    workspace: Workspace, words: str, *, label: str = "", on_trouble: Callable[[str], None]
) -> Iterator[Hit]:
    """The sentences of all documents in which ``words`` stand, document by document, in order.

    With a ``label``, only those that have it. What cannot be read is told to ``on_trouble``.
    """
    for path, sidecars in find_sidecars(workspace.documents, on_trouble=on_trouble):
        try:
            document = read_article(path, [one.path for one in sidecars])
        except DocumentError as error:
            on_trouble(str(error))
            continue
        spans = matches_in(document.text, words)
        if spans:
            states = _states(document, sidecars, workspace.language, on_trouble=on_trouble)
            for hit in _hits(document, spans, path, workspace, states=states):
                if not label or label in hit.labels:
                    yield hit


def matches_in(text: str, words: str) -> list[Span]:
    """Where ``words`` stand in ``text``; nothing is made ready for a text in which they do not."""
    folded, query = fold(text), query_of(words)
    return list(find_in(folded, query)) if next(hits(folded, query), None) is not None else []


def sentences_with(reading: Reading, spans: Iterable[Span]) -> list[Sentence]:
    """The sentences that share text with one of ``spans``, which are in order; each once, in order."""
    found: list[Sentence] = []
    for span in spans:
        sentence = reading.sentence_at(span.start)
        while sentence is not None and sentence.span.start < span.end:
            if sentence.span.is_touching(span) and (not found or found[-1].span.start < sentence.span.start):
                found.append(sentence)
            sentence = reading.next(sentence.block, sentence.span.start)
    return found


def lacking(session: Session, sentences: Iterable[Sentence], *, label: str) -> list[Sentence]:
    """Those of ``sentences`` that do not have ``label``."""
    annotations = session.state.annotations
    return [one for one in sentences if (held := annotations.find(one.span.start)) is None or label not in held.labels]


def tag_each(session: Session, sentences: Iterable[Sentence], *, label: str) -> bool:
    """Give each of ``sentences`` of the open document ``label``, in one step; whether anything changed."""
    spans = [one.span for one in lacking(session, sentences, label=label)]
    if not spans:
        return False
    return session.do("tag", edit.toggle_label(session.state, spans, label=label, writer=session.writer()))


def _states(
    document: Document, sidecars: Iterable[Owned], language: Language, *, on_trouble: Callable[[str], None]
) -> list[AnnotationSet]:
    """What each annotator decided about the document."""
    states: list[AnnotationSet] = []
    for sidecar in sidecars:
        try:
            states.append(load_decisions(sidecar.path, document, language=language).state)
        except SidecarError as error:
            on_trouble(str(error))
        except OSError as error:
            sentence = _("{file} cannot be read ({reason}). Put a file that can be read in its place, or remove it.")
            on_trouble(sentence.format(file=shown(sidecar.path), reason=error.strerror))
    return states


def _hits(
    document: Document, spans: Sequence[Span], path: Path, workspace: Workspace, *, states: Sequence[AnnotationSet]
) -> Iterator[Hit]:
    """The sentences with ``spans``, cut as the first annotator has them, with the labels that any of them gave."""
    reading = Reading(document.text, workspace.language, states[0] if states else AnnotationSet())
    reading.count_on()
    starts = [span.start for span in spans]
    for sentence in sentences_with(reading, spans):
        start, end = sentence.span
        labels = {label for state in states for _, one in state.annotations.between(start, end) for label in one.labels}
        first, last = bisect_right(starts, start), bisect_right(starts, end - 1)
        if first and spans[first - 1].end > start:  # one that begins before the sentence or with it
            first -= 1
        yield Hit(
            file=workspace.shown(path),
            path=path,
            number=reading.number(sentence) or 0,
            start=start,
            kind=sentence.kind.value,
            labels=workspace.labels.ordered(frozenset(labels)),
            text=document.text[start:end],
            matches=tuple(spans[first:last]),
        )
