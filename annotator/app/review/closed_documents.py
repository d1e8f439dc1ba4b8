"""Reviewers' verdicts on the documents of a folder that are not open.

Open verdicts are counted without parsing annotations. Decisions are made in a session of their own, so they are in the
document's journal and can be undone there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.app.documents.open import open_document
from annotator.app.persistence.decisions import load_decisions
from annotator.app.review.decide import accept_verdicts, is_agreement, select_batch
from annotator.app.review.verdict_groups import group_verdicts
from annotator.app.session.events import Event, EventKind
from annotator.app.session.segmented_text import SegmentedText
from annotator.app.session.session import Session
from annotator.app.workspace.article_reader import list_sidecars, read_article
from annotator.core.i18n import _
from annotator.storage.documents.reader import DocumentError
from annotator.storage.errors import DataFileError
from annotator.storage.files import find_file_bytes
from annotator.storage.paths import format_path
from annotator.storage.sidecar.peek import count_open_verdicts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path

    from annotator.app.review.verdict_groups import SkipReason, VerdictGroup
    from annotator.app.workspace.workspace import Workspace
    from annotator.core.annotation_set import AnnotationSet

Stamp = tuple[int, int]


class PendingVerdicts(NamedTuple):
    """The number of open verdicts on a document.

    `stamp` holds the modification time (ns) and size (bytes) of its sidecar, to detect changes.
    """

    stamp: Stamp
    verdicts: int


class AgreedSentence(NamedTuple):
    """A sentence that reviewers agree with: its number in the document (from 1), and the keys of their verdicts."""

    number: int
    group: VerdictGroup
    keys: tuple[int, ...]


class AgreedVerdicts(NamedTuple):
    """The agreed sentences of a document and the verdicts left out; `trouble` is the reason for a failure, or ""."""

    path: Path
    agreed: tuple[AgreedSentence, ...] = ()
    skipped: Mapping[SkipReason, int] = {}
    trouble: str = ""


class AcceptResult(NamedTuple):
    """The number of verdicts accepted on a document; `trouble` says why not all were, or is empty."""

    path: Path
    verdicts: int = 0
    trouble: str = ""


def count_pending(
    paths: Iterable[Path], workspace: Workspace, *, who: str, known: Mapping[Path, PendingVerdicts]
) -> dict[Path, PendingVerdicts]:
    """Count the open verdicts on `paths` in the sidecars of `who`; results for unchanged files come from `known`."""
    found: dict[Path, PendingVerdicts] = {}
    for path in paths:
        sidecar = workspace.sidecar_path(path, annotator=who)
        try:
            about = sidecar.stat()
        except (OSError, ValueError):
            found[path] = PendingVerdicts((0, 0), 0)
            continue
        stamp = about.st_mtime_ns, about.st_size
        before = known.get(path)
        # Most sidecars do not change between two counts, and stat is far cheaper than reading.
        found[path] = (
            before if before is not None and before.stamp == stamp else PendingVerdicts(stamp, _counted(sidecar))
        )
    return found


def find_agreed(path: Path, *, workspace: Workspace, who: str) -> AgreedVerdicts:
    """Find what reviewers agree with in the document at `path`; change no file."""
    sidecar = workspace.sidecar_path(path, annotator=who)
    if not _counted(sidecar):
        return AgreedVerdicts(path)
    try:
        document = read_article(path, list_sidecars(path, sidecar))
        state = load_decisions(sidecar, document, language=workspace.language).state
    except (DocumentError, DataFileError) as error:
        return AgreedVerdicts(path, trouble=str(error))
    except OSError as error:
        return AgreedVerdicts(path, trouble=f"{format_path(path.name)}: {error.strerror}")
    return find_agreed_in(path, state, SegmentedText(document.text, workspace.language, state))


def find_agreed_in(path: Path, state: AnnotationSet, reading: SegmentedText) -> AgreedVerdicts:
    """Find what reviewers agree with in a loaded document."""
    matters = group_verdicts(state, reading)
    found = select_batch(matters, is_agreement)
    reading.count_more()
    agreed: list[AgreedSentence] = []
    for matter in matters:
        keys = tuple(one.key for one in matter.verdicts if one.key in found.places)
        sentence = reading.find_sentence_at(matter.place.start) if matter.place is not None else None
        if keys and sentence is not None:
            agreed.append(AgreedSentence(reading.number_of(sentence) or 0, matter, keys))
    return AgreedVerdicts(path, tuple(agreed), found.skipped)


def accept_in_closed_document(
    path: Path,
    keys: Collection[int],
    *,
    workspace: Workspace,
    who: str,
    now: Callable[[], str],
    new_id: Callable[[], str],
) -> AcceptResult:
    """Accept the agreeing verdicts at `keys` of a document that is not open, in one step that can be undone there."""
    said: list[str] = []

    def hear(event: Event) -> None:
        if event.kind in {EventKind.WARNED, EventKind.SAVE_STATE_CHANGED} and event.message:
            said.append(event.message)

    waiting: list[Callable[[], None]] = []
    session = Session(workspace.labels, who=who, now=now, new_id=new_id)
    session.changed.connect(hear)
    session.use_workspace(workspace)
    if not open_document(session, path, deliver=waiting.append):
        return AcceptResult(path, trouble="\n".join(said))
    matters = group_verdicts(session.state, session.reading) if session.reading is not None else ()
    places = {key: place for key, place in select_batch(matters, is_agreement).places.items() if key in keys}
    if not places:
        changed = session.read_only or _("Its verdicts were decided meanwhile.")
        session.close()
        return AcceptResult(path, trouble="\n".join((changed, *said)))
    if session.reading is not None:
        session.go_to(session.reading.find_sentence_at(next(iter(places.values())).start))
    said.clear()
    is_done = accept_verdicts(session, places)
    is_written = session.close()
    for call in waiting:
        call()
    count = len(places) if is_done else 0
    return AcceptResult(path, count, "" if is_done and is_written else "\n".join(dict.fromkeys(said)))


def _counted(sidecar: Path) -> int:
    try:
        return count_open_verdicts(find_file_bytes(sidecar) or b"")
    except (OSError, ValueError):
        return 0
