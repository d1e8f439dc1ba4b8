"""Preview of reviewers' files before they are imported."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.persistence.closed_documents import Place, work_elsewhere
from annotator.app.review.files import read_review_file
from annotator.app.review.matching import Batch, Matched, brought_together, match_answers
from annotator.app.review.report import Sort, sort_of
from annotator.core.change import Step
from annotator.core.i18n import _
from annotator.core.review.verdict_edits import log_verdicts
from annotator.formats.csv_format import harmless
from annotator.review.model.answer import ReviewFileError
from annotator.storage.paths import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from annotator.app.persistence.decisions import Decisions
    from annotator.app.persistence.document_store import Keeper
    from annotator.app.review.matching import Batch
    from annotator.app.session.session import Session
    from annotator.app.workspace.workspace import Workspace
    from annotator.core.annotation_set import AnnotationSet


@dataclass(frozen=True)
class Brought:
    """One file: the matches of its answers, or in `trouble` the reason why it cannot be read."""

    path: Path
    matched: Matched = field(default_factory=lambda: Matched((), ()))
    unanswered: int = 0
    trouble: str = ""


class Untaken(NamedTuple):
    """An answer that cannot be imported: the file, the place in it (empty for the whole file), and the reason."""

    file: str
    place: str
    sentence: str


class Row(NamedTuple):
    """The verdicts of one reviewer in one file: `sorts` counts the new ones by class, `repeated` those known before.

    `unanswered` is given in the first row of a file.
    """

    file: str
    reviewer: str
    sorts: Counter[Sort]
    repeated: int = 0
    unanswered: int = 0


@dataclass(frozen=True)
class Arrival:
    """The preview of all files: what can be imported, as one step per document, and what cannot."""

    rows: tuple[Row, ...]
    batches: tuple[Batch, ...]
    untaken: tuple[Untaken, ...]

    @property
    def new(self) -> int:
        """The number of new verdicts."""
        return sum(row.sorts.total() for row in self.rows)

    @property
    def repeated(self) -> int:
        """The number of verdicts that were known before or occur twice."""
        return sum(row.repeated for row in self.rows)


def read_answers(path: Path, workspace: Workspace, *, who: str, new_id: Callable[[], str]) -> Brought:
    """Read the file at `path` for `who` without importing anything. Safe to call from any thread."""
    try:
        returned = read_review_file(path, workspace.labels)
    except ReviewFileError as error:
        return Brought(path, trouble=str(error))
    matched = match_answers(returned.answers, workspace, source=shown(path.name), new_id=new_id, who=who)
    matched = Matched(matched.batches, (*returned.troubles, *matched.troubles))
    return Brought(path, matched, returned.unanswered)


def arrival_of(files: Iterable[Brought]) -> Arrival:
    """Combine `files` into a preview; equal verdicts count once."""
    rows: list[Row] = []
    untaken: list[Untaken] = []
    batches: list[Batch] = []
    seen: set[object] = set()
    for one in files:
        name = shown(one.path.name)
        if one.trouble:
            untaken.append(Untaken(name, "", one.trouble))
            continue
        rows += _rows(name, one, seen)
        untaken += [Untaken(name, *trouble) for trouble in one.matched.troubles]
        batches += one.matched.batches
    new = [batch for batch in brought_together(batches) if len(batch.repeated) < len(batch.verdicts)]
    return Arrival(tuple(rows), tuple(new), tuple(untaken))


def untaken_table(untaken: Sequence[Untaken]) -> bytes:
    """Format what cannot be imported as a CSV table, for whoever can correct it."""
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow([_("File"), _("Place"), _("What is wrong")])
    table.writerows([harmless(cell) for cell in one] for one in untaken)
    return text.getvalue().encode("utf-8-sig", "backslashreplace")


def _rows(name: str, one: Brought, seen: set[object]) -> list[Row]:
    sorts: dict[str, Counter[Sort]] = {}
    repeated: Counter[str] = Counter()
    for batch in one.matched.batches:
        for verdict in batch.verdicts:
            # Compared by content: the ids are new in each file.
            key = (batch.place, verdict.words)
            counts = sorts.setdefault(verdict.reviewer, Counter())
            if verdict.id in batch.repeated or key in seen:
                repeated[verdict.reviewer] += 1
            else:
                counts[sort_of(verdict)] += 1
            seen.add(key)
    if not sorts:
        return [Row(name, "", Counter(), 0, one.unanswered)]
    rows = [Row(name, reviewer, counts, repeated[reviewer]) for reviewer, counts in sorts.items()]
    return [rows[0]._replace(unanswered=one.unanswered), *rows[1:]]


WHAT = "review in"
"""The name of the undo step."""


class Logged(NamedTuple):
    """The result of an import at a place: the number of new and of repeated verdicts, and the reason for a failure."""

    place: Place
    added: int = 0
    repeated: int = 0
    trouble: str = ""


def log_batches(batches: Sequence[Batch], session: Session) -> list[Logged]:
    """Import all batches, those on the open document into the session."""
    return [
        log_here(batch, session)
        if is_here(batch, session)
        else log_elsewhere(batch, who=session.who, now=session.writer().now)
        for batch in batches
    ]


def is_here(batch: Batch, session: Session) -> bool:
    """Return whether the batch is about the sidecar that the session works on."""
    if session.document is None or session.workspace is None or session.path != batch.place.source:
        return False
    return session.workspace.owner(session.who) == batch.place.owned.annotator


def log_here(batch: Batch, session: Session) -> Logged:
    """Import verdicts on the open document."""
    changes = log_verdicts(session.state, batch.verdicts)
    if changes and not session.do(WHAT, changes):
        return Logged(batch.place, trouble=session.read_only or _("This document can only be read."))
    return Logged(batch.place, len(changes), len(batch.verdicts) - len(changes))


def log_elsewhere(batch: Batch, *, who: str, now: str) -> Logged:
    """Import verdicts on a document that is not open, at the time `now` (ISO 8601). Safe to call from any thread."""
    counted = 0

    def act(decisions: Decisions, keeper: Keeper) -> AnnotationSet | str:
        nonlocal counted
        changes = log_verdicts(decisions.state, batch.verdicts)
        counted = len(changes)
        if not changes:
            return decisions.state
        step = Step(WHAT, changes, batch.verdicts[0].span, when=now, who=who)
        return keeper.done(step) or decisions.state.applied(changes)

    trouble = work_elsewhere(batch.place, act, now=now)
    if trouble:
        return Logged(batch.place, trouble=trouble)
    return Logged(batch.place, counted, len(batch.verdicts) - counted)
