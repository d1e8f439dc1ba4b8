"""Reviewers' verdicts on the documents of a folder that are not open.

Open verdicts are counted without parsing annotations. Decisions are made in a session of their own, so they are in the
document's journal and can be undone there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.app.documents.open import open_document
from annotator.app.persistence.decisions import load_decisions
from annotator.app.review.decide import is_agreed, sweep, take_all
from annotator.app.review.verdict_groups import matters_of
from annotator.app.session.events import Event, What
from annotator.app.session.segmented_text import Reading
from annotator.app.session.session import Session
from annotator.app.workspace.article_reader import read_article, told_by
from annotator.core.i18n import _
from annotator.storage.documents.reader import DocumentError
from annotator.storage.errors import SidecarError
from annotator.storage.files import find_bytes
from annotator.storage.paths import shown
from annotator.storage.sidecar.peek import count_open

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path

    from annotator.app.review.verdict_groups import Matter, Why
    from annotator.app.workspace.workspace import Workspace
    from annotator.core.annotation_set import AnnotationSet

Stamp = tuple[int, int]


class Waiting(NamedTuple):
    """The number of open verdicts on a document.

    `stamp` holds the modification time (ns) and size (bytes) of its sidecar, to detect changes.
    """

    stamp: Stamp
    verdicts: int


class Agreed(NamedTuple):
    """A sentence that reviewers agree with: its number in the document (from 1), and the keys of their verdicts."""

    number: int
    matter: Matter
    keys: tuple[int, ...]


class Found(NamedTuple):
    """The agreed sentences of a document and the verdicts left out; `trouble` is the reason for a failure, or ""."""

    path: Path
    agreed: tuple[Agreed, ...] = ()
    left: Mapping[Why, int] = {}
    trouble: str = ""


class Done(NamedTuple):
    """The number of verdicts accepted on a document; `trouble` says why not all were, or is empty."""

    path: Path
    verdicts: int = 0
    trouble: str = ""


def count_waiting(
    paths: Iterable[Path], workspace: Workspace, *, who: str, known: Mapping[Path, Waiting]
) -> dict[Path, Waiting]:
    """Count the open verdicts on `paths` in the sidecars of `who`; results for unchanged files come from `known`."""
    found: dict[Path, Waiting] = {}
    for path in paths:
        sidecar = workspace.sidecar_path(path, annotator=who)
        try:
            about = sidecar.stat()
        except (OSError, ValueError):
            found[path] = Waiting((0, 0), 0)
            continue
        stamp = about.st_mtime_ns, about.st_size
        before = known.get(path)
        # Most sidecars do not change between two counts, and stat is far cheaper than reading.
        found[path] = before if before is not None and before.stamp == stamp else Waiting(stamp, _counted(sidecar))
    return found


def find_agreed(path: Path, *, workspace: Workspace, who: str) -> Found:
    """Find what reviewers agree with in the document at `path`; change no file."""
    sidecar = workspace.sidecar_path(path, annotator=who)
    if not _counted(sidecar):
        return Found(path)
    try:
        document = read_article(path, told_by(path, sidecar))
        state = load_decisions(sidecar, document, language=workspace.language).state
    except (DocumentError, SidecarError) as error:
        return Found(path, trouble=str(error))
    except OSError as error:
        return Found(path, trouble=f"{shown(path.name)}: {error.strerror}")
    return agreed_in(path, state, Reading(document.text, workspace.language, state))


def agreed_in(path: Path, state: AnnotationSet, reading: Reading) -> Found:
    """Find what reviewers agree with in a loaded document."""
    matters = matters_of(state, reading)
    found = sweep(matters, is_agreed)
    reading.count_on()
    agreed: list[Agreed] = []
    for matter in matters:
        keys = tuple(one.key for one in matter.said if one.key in found.places)
        sentence = reading.sentence_at(matter.place.start) if matter.place is not None else None
        if keys and sentence is not None:
            agreed.append(Agreed(reading.number(sentence) or 0, matter, keys))
    return Found(path, tuple(agreed), found.left)


def take_elsewhere(
    path: Path,
    keys: Collection[int],
    *,
    workspace: Workspace,
    who: str,
    now: Callable[[], str],
    new_id: Callable[[], str],
) -> Done:
    """Accept the agreeing verdicts at `keys` of a document that is not open, in one step that can be undone there."""
    said: list[str] = []

    def hear(event: Event) -> None:
        if event.what in {What.WARNED, What.SAVING} and event.message:
            said.append(event.message)

    waiting: list[Callable[[], None]] = []
    session = Session(workspace.labels, who=who, now=now, new_id=new_id)
    session.changed.connect(hear)
    session.workspace = workspace
    if not open_document(session, path, deliver=waiting.append):
        return Done(path, trouble="\n".join(said))
    matters = matters_of(session.state, session.reading) if session.reading is not None else ()
    places = {key: place for key, place in sweep(matters, is_agreed).places.items() if key in keys}
    if not places:
        changed = session.read_only or _("Its verdicts were decided meanwhile.")
        session.close()
        return Done(path, trouble="\n".join((changed, *said)))
    if session.reading is not None:
        session.go(session.reading.sentence_at(next(iter(places.values())).start))
    said.clear()
    is_done = take_all(session, places)
    is_written = session.close()
    for call in waiting:
        call()
    count = len(places) if is_done else 0
    return Done(path, count, "" if is_done and is_written else "\n".join(dict.fromkeys(said)))


def _counted(sidecar: Path) -> int:
    try:
        return count_open(find_bytes(sidecar) or b"")
    except (OSError, ValueError):
        return 0
