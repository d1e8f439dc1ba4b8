"""Verdicts of reviewers on the documents of a folder that are not open. It must not know how they are shown.

How many are open is counted without reading annotations; what is decided is done as if a person had opened the
document, so that it is in its journal and can be undone there.
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
    """How many verdicts on a document are open; ``stamp`` is by what to see that its sidecar was written since."""

    stamp: Stamp
    verdicts: int


class Agreed(NamedTuple):
    """A sentence with which reviewers agree: which one of its document it is, from 1, and their verdicts by key."""

    number: int
    matter: Matter
    keys: tuple[int, ...]


class Found(NamedTuple):
    """What is agreed in a document and what is left to decide; ``trouble`` says why nothing is known, else empty."""

    path: Path
    agreed: tuple[Agreed, ...] = ()
    left: Mapping[Why, int] = {}
    trouble: str = ""


class Done(NamedTuple):
    """How many verdicts on a document were taken; ``trouble`` is the sentence that says why not all, else empty."""

    path: Path
    verdicts: int = 0
    trouble: str = ""


def count_waiting(
    paths: Iterable[Path], workspace: Workspace, *, who: str, known: Mapping[Path, Waiting]
) -> dict[Path, Waiting]:
    """How many verdicts wait on each of ``paths`` in the sidecar that ``who`` works on; ``known`` is not read again."""
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
        found[path] = before if before is not None and before.stamp == stamp else Waiting(stamp, _counted(sidecar))
    return found


def find_agreed(path: Path, *, workspace: Workspace, who: str) -> Found:
    """What reviewers agree with in the document at ``path``; nothing is touched."""
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
    """What reviewers agree with in a document that was read."""
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
    """Take the verdicts at ``keys`` with which their reviewers agree, in one step that can be undone there."""
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
