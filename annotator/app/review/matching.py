"""Matching of reviewers' answers to the annotations that they are about.

An answer is matched by its document and the annotation's id, else by its words if they occur only once. An answer
without a match is reported with its place in the file; it is never attached to a mere candidate.

A sidecar is written by one annotator only. In a folder with named annotators, answers about another annotator's work
are reported and left to that annotator.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.persistence.closed_documents import DocumentSidecar
from annotator.app.persistence.decisions import load_decisions
from annotator.app.review.document_matching import DocumentLookup, find_sidecar_file
from annotator.app.review.locating import VerdictLocator
from annotator.app.session.segmented_text import SegmentedText, normalize_words
from annotator.app.workspace.article_reader import list_sidecars, read_article
from annotator.core.formatting import format_count
from annotator.core.i18n import _, ngettext
from annotator.core.verdict import Verdict, VerdictKind
from annotator.review.model.answer import AnswerProblem
from annotator.storage.documents.reader import DocumentError
from annotator.storage.errors import DataFileError, describe_os_error
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from annotator.app.workspace.sidecar_index import SidecarFile
    from annotator.app.workspace.workspace import Workspace
    from annotator.core.annotation import Annotation
    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.span import Span
    from annotator.review.model.answer import Answer


class Batch(NamedTuple):
    """The verdicts of one file on one annotator's work on one document, applied as one step.

    `repeated` holds the ids of those that were already known when they were matched.
    """

    place: DocumentSidecar
    verdicts: tuple[Verdict, ...]
    repeated: frozenset[str] = frozenset()


@dataclass(frozen=True)
class MatchResult:
    """The result of a match: batches in document order, and a report for each place without a match."""

    batches: tuple[Batch, ...]
    troubles: tuple[AnswerProblem, ...]


def match_answers(
    answers: Iterable[Answer],
    workspace: Workspace,
    *,
    source: str,
    new_id: Callable[[], str],
    annotator: str = "",
) -> MatchResult:
    """Match `answers` with the annotations that they are about.

    Args:
        answers: The answers of one file.
        workspace: The folder whose documents they are about.
        source: The name of the file.
        new_id: Returns an id for a new verdict.
        annotator: The annotator who imports them. Where annotators are named, answers about others' work are reported
            and left out; an empty name imports all.
    """
    by_file: dict[tuple[str, str], list[Answer]] = {}
    for answer in answers:
        # One group per document and annotator, so that each document is read once.
        by_file.setdefault((answer.file, answer.annotator), []).append(answer)
    documents = DocumentLookup(workspace)
    batches: list[Batch] = []
    troubles: list[AnswerProblem] = []
    for (file, owner), said in by_file.items():
        found = documents.find(file)
        if found is None:
            troubles += _missing_document(said, file)
            continue
        owned = find_sidecar_file(found.path, owner, workspace=workspace, who=annotator)
        if not isinstance(owned, str) and workspace.settings.annotators and annotator and owned.annotator != annotator:
            owned = _other_annotator_notice(owned.annotator, file, len(said))
        if isinstance(owned, str):
            troubles.append(AnswerProblem(_describe_places(said), owned))
            continue
        matcher = _Matcher(found.path, owned, workspace, source=source, new_id=new_id)
        batch = matcher.match(said, is_sure=found.is_exact)
        batches += [batch] if batch is not None else []
        troubles += matcher.troubles
    order = {path: number for number, path in enumerate(workspace.documents)}
    batches.sort(key=lambda batch: (order.get(batch.place.source, 0), batch.place.sidecar_file.annotator))
    return MatchResult(tuple(batches), tuple(troubles))


def merge_batches(batches: Iterable[Batch]) -> tuple[Batch, ...]:
    """Join the batches of several files on the same document, so that one step applies them."""
    found: dict[DocumentSidecar, Batch] = {}
    for batch in batches:
        old = found.get(batch.place)
        if old is not None:
            batch = Batch(batch.place, (*old.verdicts, *batch.verdicts), old.repeated | batch.repeated)  # noqa: PLW2901
        found[batch.place] = batch
    return tuple(found.values())


def locate_verdict(verdict: Verdict, state: AnnotationSet, reading: SegmentedText) -> Span | None:
    """Return the sentence that `verdict` is about in the current text, or None if it is gone."""
    return VerdictLocator(state, reading).locate(verdict)


@dataclass
class _Matcher:
    """A match of answers on one document of one annotator."""

    path: Path
    owned: SidecarFile
    workspace: Workspace
    source: str
    new_id: Callable[[], str]
    troubles: list[AnswerProblem] = field(default_factory=list)
    known: _KnownVerdicts = field(default_factory=lambda: _KnownVerdicts(()))

    def match(self, answers: Sequence[Answer], *, is_sure: bool) -> Batch | None:
        """Return the verdicts that match; add the others to `troubles`.

        If the document was found by its name alone (`is_sure` is false), it must have one of the annotations.
        """
        try:
            document = read_article(self.path, list_sidecars(self.path, self.owned.path))
            state = load_decisions(self.owned.path, document, language=self.workspace.language).state
        except (DocumentError, DataFileError) as error:
            self.troubles += [AnswerProblem(answer.place, str(error)) for answer in answers]
            return None
        except OSError as error:
            message = _("{file} cannot be read: {reason}.").format(
                file=format_path(self.owned.path), reason=describe_os_error(error)
            )
            self.troubles += [AnswerProblem(answer.place, message) for answer in answers]
            return None
        places = VerdictLocator(state, SegmentedText(document.text, self.workspace.language, state))
        self.known = _KnownVerdicts(state.verdicts.values())
        if not is_sure and not any(answer.id and places.find_annotation(answer.id) for answer in answers):
            self.troubles += _missing_document(answers, answers[0].file)
            return None
        made = [verdict for answer in answers if (verdict := self._verdict(answer, places, document.text)) is not None]
        repeated = frozenset(one.id for one in state.verdicts.values()).intersection(one.id for one in made)
        return Batch(DocumentSidecar(self.path, self.owned), tuple(made), repeated) if made else None

    def _verdict(self, answer: Answer, places: VerdictLocator, text: str) -> Verdict | None:
        """Turn `answer` into a verdict, or return the known one that it repeats, even if its annotation is gone."""
        # Looked up first by the words in the file: a repeated answer is recognized even if its annotation is gone.
        before = self.known.find(answer, answer.text)
        if before is not None:
            return before
        annotation, span = self._find(answer, places)
        if span is None:
            return None
        words = text[span.start : span.end]
        before = self.known.find(answer, words)
        if before is not None:
            return before
        return Verdict(
            id=self.new_id(),
            kind=answer.kind,
            span=span,
            text=words,
            annotation=annotation.id if annotation is not None else "",
            labels=answer.labels,
            labels_seen=answer.labels_seen or (annotation.labels if annotation is not None else ()),
            comment=answer.comment,
            reviewer=answer.reviewer,
            answered_at=answer.time,
            source=self.source,
        )

    def _find(self, answer: Answer, places: VerdictLocator) -> tuple[Annotation | None, Span | None]:
        """Find the annotation and the sentence that `answer` is about; report an answer that is about none."""
        if answer.id:
            known = places.find_annotation(answer.id)
            if known is not None:
                return known, known.span
            if places.is_orphan(answer.id):
                message = _("The sentence of this annotation is gone from the text: “{text}”. Put it back first (F8).")
                return self._report(answer, message)
        alike = places.find_annotations(answer.text)
        if len(alike) == 1:
            return alike[0], alike[0].span
        if answer.id and answer.kind is not VerdictKind.ADD:
            message = _("There is no annotation “{id}” any more, and none on the words “{text}”.")
            if alike:
                message = _("There is no annotation “{id}” any more, and several on the words “{text}”.")
            return self._report(answer, message)
        spans = places.find_sentences(answer.text)
        if len(spans) == 1:
            return places.annotation_at(spans[0]), spans[0]
        message = _("“{text}” is not in the document, so nothing can be added there.")
        if spans:
            message = _("“{text}” stands in {count} sentences of the document. Give the whole sentence.")
        return self._report(answer, message, count=len(spans))

    def _report(self, answer: Answer, told: str, *, count: int = 0) -> tuple[None, None]:
        sentence = told.format(id=_shorten(answer.id), text=_shorten(answer.text), count=count)
        self.troubles.append(AnswerProblem(answer.place, sentence))
        return None, None


class _KnownVerdicts:
    """The known verdicts, by the content of an answer: about an annotation by its id, about a sentence by its words."""

    def __init__(self, verdicts: Iterable[Verdict]) -> None:
        self._found: dict[tuple[object, ...], Verdict] = {}
        for one in verdicts:
            said = (one.kind, one.labels, one.comment, one.reviewer)
            self._found[(*said, "", normalize_words(one.text))] = one
            if one.annotation:
                self._found[(*said, one.annotation, "")] = one

    def find(self, answer: Answer, words: str) -> Verdict | None:
        """Return the verdict that `answer`, which is about `words`, repeats, or None."""
        said = (answer.kind, answer.labels, answer.comment, answer.reviewer)
        return self._found.get((*said, answer.id, "") if answer.id else (*said, "", normalize_words(words)))


def _missing_document(answers: Iterable[Answer], file: str) -> list[AnswerProblem]:
    template = _("There is no document {file} in this folder. Open the folder that the file was made from.")
    return [AnswerProblem(one.place, template.format(file=format_path(file) or "?")) for one in answers]


def _other_annotator_notice(annotator: str, file: str, count: int) -> str:
    if not annotator:
        template = ngettext(
            "{count} answer is about the annotations of {file} that have no annotator's name. Nobody works on these "
            "since annotators are named in annotator.yaml.",
            "{count} answers are about the annotations of {file} that have no annotator's name. Nobody works on these "
            "since annotators are named in annotator.yaml.",
            count,
        )
    else:
        template = ngettext(
            "{count} answer is about {annotator}'s annotations of {file}. Each person's file is written by that person "
            "alone: {annotator} has to take this file in.",
            "{count} answers are about {annotator}'s annotations of {file}. Each person's file is written by that "
            "person alone: {annotator} has to take this file in.",
            count,
        )
    return template.format(count=count, annotator=format_path(annotator), file=format_path(file))


def _describe_places(answers: Sequence[Answer]) -> str:
    """Describe briefly where `answers` are in their file."""
    first = answers[0].place
    return (
        first
        if len(answers) == 1
        else _("{first} and {count} more").format(first=first, count=format_count(len(answers) - 1))
    )


def _shorten(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 80 else one_line[:79] + "…"
