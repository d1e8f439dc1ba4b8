"""Statistics of reviewers' verdicts, per document and for a folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.i18n import _
from annotator.core.review.tally import Tally
from annotator.core.verdict import VerdictKind
from annotator.storage.errors import DataFileError, describe_os_error
from annotator.storage.paths import format_path
from annotator.storage.sidecar.reader import parse_sidecar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from annotator.app.workspace.sidecar_index import SidecarFile
    from annotator.app.workspace.workspace import Workspace
    from annotator.core.verdict import Verdict


class VerdictClass(StrEnum):
    """Classes of verdicts in a report: the kinds of verdict, except that a change without a label is a remark."""

    AGREED = "agreed"
    CHANGED = "changed"
    DROPPED = "dropped"
    ADDED = "added"
    REMARK = "remark"


_CLASSES = {
    VerdictKind.AGREE: VerdictClass.AGREED,
    VerdictKind.DROP: VerdictClass.DROPPED,
    VerdictKind.ADD: VerdictClass.ADDED,
}


@dataclass(frozen=True, slots=True)
class ReviewedDocument:
    """One annotator's work on a document, with the verdicts on it."""

    path: Path
    file: str
    annotator: str
    verdicts: tuple[Verdict, ...]
    tally: Tally = field(default_factory=Tally)

    @property
    def title(self) -> str:
        """The document's path below the folder, followed by the annotator's name if there is one."""
        return f"{self.file} ({self.annotator})" if self.annotator else self.file


class ReportedVerdict(NamedTuple):
    """A verdict and the document that it is about."""

    document: ReviewedDocument
    verdict: Verdict

    @property
    def verdict_class(self) -> VerdictClass:
        """The class of the verdict."""
        return classify_verdict(self.verdict)

    @property
    def is_bare_agreement(self) -> bool:
        """True if the verdict only agrees, without a comment."""
        return self.verdict_class is VerdictClass.AGREED and not self.verdict.comment


class OpenVerdicts(NamedTuple):
    """The verdicts on the open document, which may be ahead of its sidecar; `annotator` is its owner."""

    path: Path
    annotator: str
    verdicts: tuple[Verdict, ...]


class VerdictFilter(NamedTuple):
    """A filter for verdicts; None admits all. `is_bare_agreement` admits those that only agree.

    `document` is the title of a `ReviewedDocument`; `label` matches both the label that the reviewer saw and the one
    wanted.
    """

    reviewer: str | None = None
    document: str | None = None
    sort: VerdictClass | None = None
    label: str | None = None
    is_plain: bool = True

    def admits(self, said: ReportedVerdict) -> bool:
        """Return whether the filter admits `said`."""
        verdict = said.verdict
        return (
            (self.reviewer is None or self.reviewer == verdict.reviewer)
            and (self.document is None or self.document == said.document.title)
            and (self.sort is None or self.sort is said.verdict_class)
            and (self.label is None or self.label in verdict.labels_seen or self.label in verdict.labels)
            and (self.is_plain or not said.is_bare_agreement)
        )


def classify_verdict(verdict: Verdict) -> VerdictClass:
    """Classify `verdict`."""
    # Only CHANGE is not in `_CLASSES`.
    return _CLASSES.get(verdict.kind) or (VerdictClass.CHANGED if verdict.labels else VerdictClass.REMARK)


def iter_reviewed(
    workspace: Workspace,
    *,
    on_trouble: Callable[[str], None],
    on_document: Callable[[], None] = lambda: None,
    live: OpenVerdicts | None = None,
) -> Iterator[ReviewedDocument]:
    """Yield each document with verdicts, in order; report unreadable files to `on_trouble`.

    `on_document` is called after each document. `live` replaces what the open document's sidecar holds.
    """
    for path, sidecars in workspace.find_sidecars(on_trouble=on_trouble):
        for sidecar in sidecars:
            if live is not None and (path, sidecar.annotator) == live[:2]:
                verdicts: Iterable[Verdict] = live.verdicts
            else:
                verdicts = _load_verdicts(sidecar, on_trouble)
            reviewed = make_reviewed(path, sidecar.annotator, verdicts, workspace)
            if reviewed.verdicts:
                yield reviewed
        on_document()


def make_reviewed(path: Path, annotator: str, verdicts: Iterable[Verdict], workspace: Workspace) -> ReviewedDocument:
    """Return the verdicts on the work of `annotator` on a document, in text order."""
    ordered = tuple(sorted(verdicts, key=lambda one: (one.span, one.answered_at, one.id)))
    tally = Tally()
    tally.count(ordered)
    return ReviewedDocument(path, workspace.display_path(path), annotator, ordered, tally)


def list_verdicts(reviewed: Iterable[ReviewedDocument]) -> list[ReportedVerdict]:
    """Return all verdicts, in order."""
    return [ReportedVerdict(one, verdict) for one in reviewed for verdict in one.verdicts]


def tally_documents(reviewed: Iterable[ReviewedDocument]) -> Tally:
    """Count the verdicts on all documents."""
    return tally_verdicts(list_verdicts(reviewed))


def tally_verdicts(said: Iterable[ReportedVerdict]) -> Tally:
    """Count the verdicts in `said`."""
    tally = Tally()
    tally.count(one.verdict for one in said)
    return tally


def count_classes(tally: Tally) -> dict[VerdictClass, int]:
    """Return the number of verdicts in each class."""
    kinds = tally.kinds
    return {
        VerdictClass.AGREED: kinds[VerdictKind.AGREE],
        VerdictClass.CHANGED: kinds[VerdictKind.CHANGE] - tally.remarks,
        VerdictClass.DROPPED: kinds[VerdictKind.DROP],
        VerdictClass.ADDED: kinds[VerdictKind.ADD],
        VerdictClass.REMARK: tally.remarks,
    }


def _load_verdicts(sidecar: SidecarFile, on_trouble: Callable[[str], None]) -> tuple[Verdict, ...]:
    try:
        held = parse_sidecar(sidecar.path.read_bytes(), name=format_path(sidecar.path.name))
    except DataFileError as error:
        on_trouble(str(error))
    except OSError as error:
        sentence = _("{file} cannot be read ({reason}), so what was said about it is missing here.")
        on_trouble(sentence.format(file=format_path(sidecar.path), reason=describe_os_error(error)))
    else:
        return tuple(held.decisions.verdicts.values())
    return ()
