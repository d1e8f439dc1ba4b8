"""What reviewers said about a folder's annotations, per document and over all. It must not know how that is shown."""

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
    """What a verdict comes to in a report: its kind, but for a change that names no label, which is a remark."""

    AGREED = "agreed"
    CHANGED = "changed"
    DROPPED = "dropped"
    ADDED = "added"
    REMARK = "remark"


_SORTS = {VerdictKind.AGREE: Sort.AGREED, VerdictKind.DROP: Sort.DROPPED, VerdictKind.ADD: Sort.ADDED}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A document of an annotator about which something was said."""

    path: Path
    file: str
    annotator: str
    verdicts: tuple[Verdict, ...]
    tally: Tally = field(default_factory=Tally)

    @property
    def title(self) -> str:
        """The document's path below the folder, with the annotator's name where there is one."""
        return f"{self.file} ({self.annotator})" if self.annotator else self.file


class Said(NamedTuple):
    """One verdict and the document that it is about."""

    about: Reviewed
    verdict: Verdict

    @property
    def sort(self) -> Sort:
        """What it comes to."""
        return sort_of(self.verdict)

    @property
    def is_plain(self) -> bool:
        """Whether it only agrees, without a word."""
        return self.sort is Sort.AGREED and not self.verdict.comment


class Live(NamedTuple):
    """The verdicts on what is open in the window, which may be ahead of its file; ``annotator`` is whose they are."""

    path: Path
    annotator: str
    verdicts: tuple[Verdict, ...]


class Sieve(NamedTuple):
    """What is let through; None lets through all. ``is_plain`` is whether those that only agree are, too.

    ``document`` is the title of a `Reviewed`; a label counts where it stood and where it is wanted.
    """

    reviewer: str | None = None
    document: str | None = None
    sort: Sort | None = None
    label: str | None = None
    is_plain: bool = True

    def holds(self, said: Said) -> bool:
        """Whether ``said`` is let through."""
        verdict = said.verdict
        return (
            (self.reviewer is None or self.reviewer == verdict.reviewer)
            and (self.document is None or self.document == said.about.title)
            and (self.sort is None or self.sort is said.sort)
            and (self.label is None or self.label in verdict.stood or self.label in verdict.labels)
            and (self.is_plain or not said.is_plain)
        )


def sort_of(verdict: Verdict) -> Sort:
    """What ``verdict`` comes to."""
    return _SORTS.get(verdict.kind) or (Sort.CHANGED if verdict.labels else Sort.REMARK)


def reviewed_in(
    workspace: Workspace,
    *,
    on_trouble: Callable[[str], None],
    on_document: Callable[[], None] = lambda: None,
    live: Live | None = None,
) -> Iterator[Reviewed]:
    """Each document about which reviewers said something, in order; what cannot be read is told to ``on_trouble``.

    ``on_document`` is called when a document is through.
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
    """What was said about the work of ``annotator`` on a document, in order of place."""
    ordered = tuple(sorted(verdicts, key=lambda one: (one.span, one.said, one.id)))
    tally = Tally()
    tally.count(ordered)
    return Reviewed(path, workspace.shown(path), annotator, ordered, tally)


def said_in(reviewed: Iterable[Reviewed]) -> list[Said]:
    """All that was said, in order."""
    return [Said(one, verdict) for one in reviewed for verdict in one.verdicts]


def tally_of(reviewed: Iterable[Reviewed]) -> Tally:
    """The counts over all documents."""
    return tally_said(said_in(reviewed))


def tally_said(said: Iterable[Said]) -> Tally:
    """The counts of ``said``."""
    tally = Tally()
    tally.count(one.verdict for one in said)
    return tally


def sort_counts(tally: Tally) -> dict[Sort, int]:
    """How many came to what."""
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
