"""Statistics of reviewers' verdicts, per document and for a folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.workspace.sidecar_index import find_sidecars
from annotator.core.i18n import _
from annotator.core.review.tally import Tally
from annotator.core.verdict import VerdictKind
from annotator.storage.errors import SidecarError
from annotator.storage.paths import shown
from annotator.storage.sidecar.reader import parse_sidecar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from annotator.app.workspace.sidecar_index import Owned
    from annotator.app.workspace.workspace import Workspace
    from annotator.core.verdict import Verdict


class Sort(StrEnum):
    """Classes of verdicts in a report: the kinds of verdict, except that a change without a label is a remark."""

    AGREED = "agreed"
    CHANGED = "changed"
    DROPPED = "dropped"
    ADDED = "added"
    REMARK = "remark"


_SORTS = {VerdictKind.AGREE: Sort.AGREED, VerdictKind.DROP: Sort.DROPPED, VerdictKind.ADD: Sort.ADDED}


@dataclass(frozen=True, slots=True)
class Reviewed:
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


class Said(NamedTuple):
    """A verdict and the document that it is about."""

    about: Reviewed
    verdict: Verdict

    @property
    def sort(self) -> Sort:
        """The class of the verdict."""
        return sort_of(self.verdict)

    @property
    def is_plain(self) -> bool:
        """True if the verdict only agrees, without a comment."""
        return self.sort is Sort.AGREED and not self.verdict.comment


class Live(NamedTuple):
    """The verdicts on the open document, which may be ahead of its sidecar; `annotator` is its owner."""

    path: Path
    annotator: str
    verdicts: tuple[Verdict, ...]


class Sieve(NamedTuple):
    """A filter for verdicts; None admits all. `is_plain` admits those that only agree.

    `document` is the title of a `Reviewed`; `label` matches both the label that the reviewer saw and the one wanted.
    """

    reviewer: str | None = None
    document: str | None = None
    sort: Sort | None = None
    label: str | None = None
    is_plain: bool = True

    def holds(self, said: Said) -> bool:
        """Return whether the filter admits `said`."""
        verdict = said.verdict
        return (
            (self.reviewer is None or self.reviewer == verdict.reviewer)
            and (self.document is None or self.document == said.about.title)
            and (self.sort is None or self.sort is said.sort)
            and (self.label is None or self.label in verdict.stood or self.label in verdict.labels)
            and (self.is_plain or not said.is_plain)
        )


def sort_of(verdict: Verdict) -> Sort:
    """Classify `verdict`."""
    # Only CHANGE is not in `_SORTS`.
    return _SORTS.get(verdict.kind) or (Sort.CHANGED if verdict.labels else Sort.REMARK)


def reviewed_in(
    workspace: Workspace,
    *,
    on_trouble: Callable[[str], None],
    on_document: Callable[[], None] = lambda: None,
    live: Live | None = None,
) -> Iterator[Reviewed]:
    """Yield each document with verdicts, in order; report unreadable files to `on_trouble`.

    `on_document` is called after each document. `live` replaces what the open document's sidecar holds.
    """
    for path, sidecars in find_sidecars(workspace.documents, on_trouble=on_trouble):
        for sidecar in sidecars:
            if live is not None and (path, sidecar.annotator) == live[:2]:
                verdicts: Iterable[Verdict] = live.verdicts
            else:
                verdicts = _verdicts_in(sidecar, on_trouble)
            reviewed = reviewed_of(path, sidecar.annotator, verdicts, workspace)
            if reviewed.verdicts:
                yield reviewed
        on_document()


def reviewed_of(path: Path, annotator: str, verdicts: Iterable[Verdict], workspace: Workspace) -> Reviewed:
    """Return the verdicts on the work of `annotator` on a document, in text order."""
    ordered = tuple(sorted(verdicts, key=lambda one: (one.span, one.said, one.id)))
    tally = Tally()
    tally.count(ordered)
    return Reviewed(path, workspace.shown(path), annotator, ordered, tally)


def said_in(reviewed: Iterable[Reviewed]) -> list[Said]:
    """Return all verdicts, in order."""
    return [Said(one, verdict) for one in reviewed for verdict in one.verdicts]


def tally_of(reviewed: Iterable[Reviewed]) -> Tally:
    """Count the verdicts on all documents."""
    return tally_said(said_in(reviewed))


def tally_said(said: Iterable[Said]) -> Tally:
    """Count the verdicts in `said`."""
    tally = Tally()
    tally.count(one.verdict for one in said)
    return tally


def sort_counts(tally: Tally) -> dict[Sort, int]:
    """Return the number of verdicts in each class."""
    kinds = tally.kinds
    return {
        Sort.AGREED: kinds[VerdictKind.AGREE],
        Sort.CHANGED: kinds[VerdictKind.CHANGE] - tally.remarks,
        Sort.DROPPED: kinds[VerdictKind.DROP],
        Sort.ADDED: kinds[VerdictKind.ADD],
        Sort.REMARK: tally.remarks,
    }


def _verdicts_in(sidecar: Owned, on_trouble: Callable[[str], None]) -> tuple[Verdict, ...]:
    try:
        held = parse_sidecar(sidecar.path.read_bytes(), name=shown(sidecar.path.name))
    except SidecarError as error:
        on_trouble(str(error))
    except OSError as error:
        sentence = _("{file} cannot be read ({reason}), so what was said about it is missing here.")
        on_trouble(sentence.format(file=shown(sidecar.path), reason=error.strerror))
    else:
        return tuple(held.decisions.verdicts.values())
    return ()
