"""Reviewers' verdicts on the documents of a folder that are not open.

Open verdicts are counted without parsing annotations. Decisions are made in a session of their own, so they are in the
document's journal and can be undone there.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.documents.closed_edit import PreparedEdit, edit_closed_sentences
from annotator.app.persistence.decisions import load_decisions
from annotator.app.review.decide import accept_verdicts, is_agreement, select_batch
from annotator.app.review.verdict_groups import group_verdicts
from annotator.app.session.segmented_text import SegmentedText
from annotator.app.workspace.article_reader import list_sidecars, read_article
from annotator.core.i18n import _
from annotator.storage.documents.reader import DocumentError
from annotator.storage.errors import DataFileError, describe_os_error
from annotator.storage.files import find_file_bytes
from annotator.storage.paths import format_path
from annotator.storage.sidecar.peek import count_open_verdicts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path

    from annotator.app.review.verdict_groups import SkipReason, VerdictGroup
    from annotator.app.session.session import Session
    from annotator.app.workspace.workspace import Workspace
    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.span import Span

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
    paths: Iterable[Path], workspace: Workspace, *, annotator: str, known: Mapping[Path, PendingVerdicts]
) -> dict[Path, PendingVerdicts]:
    """Count the open verdicts on `paths` in the sidecars of `annotator`; take unchanged files from `known`."""
    found: dict[Path, PendingVerdicts] = {}
    for path in paths:
        sidecar = workspace.sidecar_path(path, annotator=annotator)
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


def find_agreed(path: Path, *, workspace: Workspace, annotator: str) -> AgreedVerdicts:
    """Find what reviewers agree with in the document at `path`; change no file."""
    sidecar = workspace.sidecar_path(path, annotator=annotator)
    if not _counted(sidecar):
        return AgreedVerdicts(path)
    try:
        document = read_article(path, list_sidecars(path, sidecar))
        state = load_decisions(sidecar, document, language=workspace.language).state
    except (DocumentError, DataFileError) as error:
        return AgreedVerdicts(path, trouble=str(error))
    except OSError as error:
        return AgreedVerdicts(path, trouble=f"{format_path(path.name)}: {describe_os_error(error)}")
    return find_agreed_in(path, state, SegmentedText(document.text, workspace.language, state))


def find_agreed_in(path: Path, state: AnnotationSet, reading: SegmentedText) -> AgreedVerdicts:
    """Find what reviewers agree with in a loaded document."""
    groups = group_verdicts(state, reading)
    found = select_batch(groups, is_agreement)
    reading.count_more()
    agreed: list[AgreedSentence] = []
    for group in groups:
        keys = tuple(one.key for one in group.verdicts if one.key in found.places)
        sentence = reading.find_sentence_at(group.place.start) if group.place is not None else None
        if keys and sentence is not None:
            agreed.append(AgreedSentence(reading.number_of(sentence) or 0, group, keys))
    return AgreedVerdicts(path, tuple(agreed), found.skipped)


def accept_in_closed_document(
    path: Path,
    keys: Collection[int],
    *,
    workspace: Workspace,
    annotator: str,
    now: Callable[[], str],
    new_id: Callable[[], str],
) -> AcceptResult:
    """Accept the agreeing verdicts at `keys` of a document that is not open, in one step that can be undone there."""
    places: dict[int, Span] = {}

    def prepare(session: Session) -> PreparedEdit | str:
        groups = group_verdicts(session.state, session.reading) if session.reading is not None else ()
        places.update((key, at) for key, at in select_batch(groups, is_agreement).places.items() if key in keys)
        if not places:
            return _("Its verdicts were decided meanwhile.")
        return PreparedEdit(next(iter(places.values())), partial(accept_verdicts, session, places))

    done = edit_closed_sentences(path, prepare, workspace=workspace, who=annotator, now=now, new_id=new_id)
    return AcceptResult(path, len(places) if done.is_done else 0, done.trouble)


def _counted(sidecar: Path) -> int:
    try:
        return count_open_verdicts(find_file_bytes(sidecar) or b"")
    except (OSError, ValueError):
        return 0
