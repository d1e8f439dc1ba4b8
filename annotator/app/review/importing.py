"""Preview of reviewers' files before they are imported."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.persistence.closed_documents import DocumentSidecar, edit_closed_document
from annotator.app.review.files import read_review_file
from annotator.app.review.matching import Batch, MatchResult, match_answers, merge_batches
from annotator.app.review.report import VerdictClass, classify_verdict
from annotator.core.change import Step
from annotator.core.i18n import _, pgettext
from annotator.core.review.verdict_edits import add_verdicts
from annotator.formats.csv_format import escape_formula
from annotator.review.model.answer import ReviewFileError
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from annotator.app.persistence.document_store import DocumentStore
    from annotator.app.review.matching import Batch
    from annotator.app.session.session import Session
    from annotator.app.session.store import Decisions
    from annotator.app.workspace.workspace import Workspace
    from annotator.core.annotation_set import AnnotationSet


@dataclass(frozen=True)
class AnswerFile:
    """One file: the matches of its answers, or in `trouble` the reason why it cannot be read."""

    path: Path
    matched: MatchResult = field(default_factory=lambda: MatchResult((), ()))
    unanswered: int = 0
    trouble: str = ""


class RejectedAnswer(NamedTuple):
    """An answer that cannot be imported: the file, the place in it (empty for the whole file), and the reason."""

    file: str
    place: str
    sentence: str


class PreviewRow(NamedTuple):
    """The verdicts of one reviewer in one file: `classes` counts the new ones by class, `repeated` those known before.

    `unanswered` is given in the first row of a file.
    """

    file: str
    reviewer: str
    classes: Counter[VerdictClass]
    repeated: int = 0
    unanswered: int = 0


@dataclass(frozen=True)
class ImportPreview:
    """The preview of all files: what can be imported, as one step per document, and what cannot."""

    rows: tuple[PreviewRow, ...]
    batches: tuple[Batch, ...]
    rejected: tuple[RejectedAnswer, ...]

    @property
    def new(self) -> int:
        """The number of new verdicts."""
        return sum(row.classes.total() for row in self.rows)

    @property
    def repeated(self) -> int:
        """The number of verdicts that were known before or occur twice."""
        return sum(row.repeated for row in self.rows)


def read_answers(path: Path, workspace: Workspace, *, who: str, new_id: Callable[[], str]) -> AnswerFile:
    """Read the file at `path` for `who` without importing anything. Safe to call from any thread."""
    try:
        returned = read_review_file(path, workspace.labels)
    except ReviewFileError as error:
        return AnswerFile(path, trouble=str(error))
    matched = match_answers(returned.answers, workspace, source=format_path(path.name), new_id=new_id, annotator=who)
    matched = MatchResult(matched.batches, (*returned.troubles, *matched.troubles))
    return AnswerFile(path, matched, returned.unanswered)


def make_preview(files: Iterable[AnswerFile]) -> ImportPreview:
    """Combine `files` into a preview; equal verdicts count once."""
    rows: list[PreviewRow] = []
    untaken: list[RejectedAnswer] = []
    batches: list[Batch] = []
    seen: set[object] = set()
    for one in files:
        name = format_path(one.path.name)
        if one.trouble:
            untaken.append(RejectedAnswer(name, "", one.trouble))
            continue
        rows += _rows(name, one, seen)
        untaken += [RejectedAnswer(name, *trouble) for trouble in one.matched.troubles]
        batches += one.matched.batches
    new = [batch for batch in merge_batches(batches) if len(batch.repeated) < len(batch.verdicts)]
    return ImportPreview(tuple(rows), tuple(new), tuple(untaken))


def format_rejected(untaken: Sequence[RejectedAnswer]) -> bytes:
    """Format what cannot be imported as a CSV table, for whoever can correct it."""
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow([_("File"), pgettext("in a file", "Place"), _("What is wrong")])
    table.writerows([escape_formula(cell) for cell in one] for one in untaken)
    return text.getvalue().encode("utf-8-sig", "backslashreplace")


def _rows(name: str, one: AnswerFile, seen: set[object]) -> list[PreviewRow]:
    sorts: dict[str, Counter[VerdictClass]] = {}
    repeated: Counter[str] = Counter()
    for batch in one.matched.batches:
        for verdict in batch.verdicts:
            # Compared by content: the ids are new in each file.
            key = (batch.place, verdict.content)
            counts = sorts.setdefault(verdict.reviewer, Counter())
            if verdict.id in batch.repeated or key in seen:
                repeated[verdict.reviewer] += 1
            else:
                counts[classify_verdict(verdict)] += 1
            seen.add(key)
    if not sorts:
        return [PreviewRow(name, "", Counter(), 0, one.unanswered)]
    rows = [PreviewRow(name, reviewer, counts, repeated[reviewer]) for reviewer, counts in sorts.items()]
    return [rows[0]._replace(unanswered=one.unanswered), *rows[1:]]


IMPORT_STEP = "review in"
"""The name of the undo step."""


class ImportResult(NamedTuple):
    """The result of an import at a place: the number of new and of repeated verdicts, and the reason for a failure."""

    place: DocumentSidecar
    added: int = 0
    repeated: int = 0
    trouble: str = ""


def is_batch_open(batch: Batch, session: Session) -> bool:
    """Return whether the batch is about the sidecar that the session works on."""
    if session.document is None or session.workspace is None or session.path != batch.place.source:
        return False
    return session.workspace.sidecar_owner(session.author) == batch.place.sidecar_file.annotator


def import_into_session(batch: Batch, session: Session) -> ImportResult:
    """Import verdicts on the open document."""
    changes = add_verdicts(session.state, batch.verdicts)
    if changes and not session.apply(IMPORT_STEP, changes, is_asking=False):
        return ImportResult(batch.place, trouble=session.read_only or _("This document can only be read."))
    return ImportResult(batch.place, len(changes), len(batch.verdicts) - len(changes))


def import_into_closed_document(batch: Batch, *, who: str, now: str) -> ImportResult:
    """Import verdicts on a document that is not open, at the time `now` (ISO 8601). Safe to call from any thread."""
    counted = 0

    def act(decisions: Decisions, store: DocumentStore) -> AnnotationSet | str:
        nonlocal counted
        changes = add_verdicts(decisions.state, batch.verdicts)
        counted = len(changes)
        if not changes:
            return decisions.state
        step = Step(IMPORT_STEP, changes, batch.verdicts[0].span, time=now, author=who)
        return store.record_step(step) or decisions.state.apply(changes)

    trouble = edit_closed_document(batch.place, act, now=now)
    if trouble:
        return ImportResult(batch.place, trouble=trouble)
    return ImportResult(batch.place, counted, len(batch.verdicts) - counted)
