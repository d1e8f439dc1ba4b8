"""Identical sentences in a document and in the other documents of its folder.

Sentences are compared in NFC with runs of white space as one space; case matters.
"""

from __future__ import annotations

import unicodedata
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.documents.closed_edit import PreparedEdit, edit_closed_sentences
from annotator.app.persistence.decisions import load_decisions
from annotator.app.session.segmented_text import SegmentedText, normalize_words
from annotator.app.workspace.article_reader import list_sidecars, read_article
from annotator.core.bulk_edit import decide, find_decision
from annotator.core.i18n import _
from annotator.storage.documents.reader import DocumentError
from annotator.storage.errors import DataFileError, describe_os_error
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from annotator.app.session.session import Session
    from annotator.app.workspace.workspace import Workspace
    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.bulk_edit import Decision
    from annotator.core.span import Span


class IdenticalSentence(NamedTuple):
    """A sentence with the same words: its number in the document (from 1), its span, and its current decision."""

    number: int
    span: Span
    text: str
    decision: Decision | None


class ClosedDocumentMatches(NamedTuple):
    """The identical sentences in a document that is not open.

    `sha256` is that of the document's bytes, in hexadecimal; `trouble` says why no sentences are known, else it is
    empty.
    """

    path: Path
    sha256: str = ""
    sentences: tuple[IdenticalSentence, ...] = ()
    trouble: str = ""


class TaggingRequest(NamedTuple):
    """A request of `who` to apply `decision` to all sentences with `words`, which `normalize_words` returned."""

    words: str
    decision: Decision
    workspace: Workspace
    who: str


class TaggingResult(NamedTuple):
    """The number of sentences decided in a document; `trouble` says why there are none, else it is empty."""

    path: Path
    sentences: int = 0
    trouble: str = ""


def find_identical(
    reading: SegmentedText, state: AnnotationSet, *, words: str, decision: Decision
) -> tuple[IdenticalSentence, ...]:
    """Return, in order, the sentences with `words` whose decision is not `decision`."""
    if not words:
        return ()
    first = words.split(" ", 1)[0]  # a sentence starts in the block of its first word
    text, found = reading.text, []
    for block, place in enumerate(reading.blocks):
        if first not in unicodedata.normalize("NFC", text[place.start : place.end]):
            continue
        for sentence in reading.sentences_starting(block):
            span = sentence.span
            if normalize_words(text[span.start : span.end]) == words and find_decision(state, span) != decision:
                found.append(sentence)
    if found:
        reading.count_more()
    return tuple(
        IdenticalSentence(reading.number_of(one) or 0, one.span, text[slice(*one.span)], find_decision(state, one.span))
        for one in found
    )


def find_identical_in(path: Path, request: TaggingRequest) -> ClosedDocumentMatches:
    """Find the identical sentences in the document at `path`; change no file."""
    try:
        sidecar = request.workspace.sidecar_path(path, annotator=request.who)
        document = read_article(path, list_sidecars(path, sidecar))
        # Cheap, and false for most documents, which need not be segmented then.
        if request.words not in normalize_words(document.text):
            return ClosedDocumentMatches(path)
        state = load_decisions(sidecar, document, language=request.workspace.language).state
    except (DocumentError, DataFileError) as error:
        return ClosedDocumentMatches(path, trouble=str(error))
    except OSError as error:
        return ClosedDocumentMatches(path, trouble=f"{format_path(path.name)}: {describe_os_error(error)}")
    reading = SegmentedText(document.text, request.workspace.language, state)
    matches = find_identical(reading, state, words=request.words, decision=request.decision)
    return ClosedDocumentMatches(path, document.sha256, matches)


def decide_in_session(session: Session, spans: Iterable[Span], *, decision: Decision) -> bool:
    """Apply `decision` to `spans` of the open document in one undo step; return whether anything changed."""
    return session.apply("tag", decide(session.state, spans, decision=decision, writer=session.writer()))


def decide_closed_document(
    found: ClosedDocumentMatches,
    spans: Sequence[Span],
    *,
    request: TaggingRequest,
    now: Callable[[], str],
    new_id: Callable[[], str],
) -> TaggingResult:
    """Apply a decision to the sentences at `spans` of a document that is not open, in one step with its own undo."""
    fitting: list[Span] = []

    def prepare(session: Session) -> PreparedEdit | str:
        # `spans` hold for the bytes that were searched, so nothing is done to a document that changed since.
        if session.document is not None and session.document.sha256 == found.sha256:
            fitting.extend(span for span in spans if _has_words(session, span, request.words))
        if not fitting:
            return _("The document was changed meanwhile. Look for the sentences again.")
        return PreparedEdit(fitting[0], partial(decide_in_session, session, fitting, decision=request.decision))

    done = edit_closed_sentences(
        found.path, prepare, workspace=request.workspace, who=request.who, now=now, new_id=new_id
    )
    return TaggingResult(found.path, len(fitting) if done.is_done else 0, done.trouble)


def _has_words(session: Session, span: Span, words: str) -> bool:
    """Return whether `span` still is a sentence with `words`."""
    sentence = session.reading.find_sentence_at(span.start) if session.reading else None
    if sentence is None or session.document is None or sentence.span != span:
        return False
    return normalize_words(session.document.text[slice(*span)]) == words
