"""Work on documents that are not open: journal and sidecar are kept as for one that is.

It must not know what is done, nor the session.
"""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.persistence.decisions import with_record
from annotator.app.persistence.document_store import Keeper
from annotator.app.persistence.external_merge import bring_together_elsewhere
from annotator.app.persistence.loading import open_decisions
from annotator.app.workspace.article_reader import read_article, told_by
from annotator.app.workspace.sidecar_index import find_sidecars
from annotator.core.i18n import _
from annotator.storage.documents.reader import DocumentError
from annotator.storage.files import find_bytes
from annotator.storage.paths import shown
from annotator.storage.sidecar.reader import parse_sidecar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.app.persistence.decisions import Decisions
    from annotator.app.workspace.sidecar_index import Owned
    from annotator.app.workspace.workspace import Workspace
    from annotator.core.annotation_set import AnnotationSet
    from annotator.storage.sidecar.sidecar import Sidecar

    Act = Callable[[Decisions, Keeper], AnnotationSet | str]


class Place(NamedTuple):
    """A document and one of its sidecars."""

    source: Path
    owned: Owned


def places_in(workspace: Workspace) -> tuple[Place, ...]:
    """Every sidecar, of whichever annotator, of every document of the folder."""
    return tuple(Place(source, owned) for source, found in find_sidecars(workspace.documents) for owned in found)


def load_sidecar(owned: Owned) -> Sidecar:
    """The sidecar as it stands on disk.

    Raises:
        SidecarError: it is not sound.
        OSError: it cannot be read.
    """
    data = find_bytes(owned.path)
    if data is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(owned.path))
    return parse_sidecar(data, name=shown(owned.path.name))


def work_elsewhere(place: Place, act: Act, *, now: str) -> str:
    """Do ``act`` on what is decided at ``place``; the sentence why that failed, else an empty one.

    ``act`` tells the keeper its steps and gives the state after them, or a sentence why there is none. Where the
    sidecar cannot be written, the steps are in the journal and come back when the document is opened.
    """
    source, owned = place
    try:
        document = read_article(source, told_by(source, owned.path))
    except DocumentError as error:
        return str(error)
    decisions = open_decisions(owned.path, document, source=source, annotator=owned.annotator, now=now)
    if decisions.journal is None:
        return decisions.read_only or _("This document can only be read.")
    told: list[str] = []
    old = decisions.sidecar.document
    keeper = Keeper(
        document,
        decisions,
        base=with_record(decisions.sidecar, document, title=old.title, sentences=old.sentences),
        journal=decisions.journal,
        on_written=lambda _state, trouble: told.append(trouble),
    )
    try:
        done = act(decisions, keeper)
        if not isinstance(done, str):
            keeper.save(done, sentences=0)
            if not keeper.flush():  # another program may have changed it since it was read
                told.append(bring_together_elsewhere(keeper, done, when=now))
    finally:
        is_written = keeper.close()
    if isinstance(done, str):
        return done
    if is_written:
        return ""
    waiting = _("{file} is not saved yet; its work comes back when it is opened.").format(file=shown(owned.path.name))
    return next((trouble for trouble in reversed(told) if trouble), waiting)
