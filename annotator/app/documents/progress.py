"""The progress of the documents in a folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.app.persistence.decisions import load_decisions
from annotator.app.session.segmented_text import Reading
from annotator.app.workspace.article_reader import read_article, told_by
from annotator.app.workspace.sidecar_index import find_sidecars
from annotator.core.annotation import Status
from annotator.core.i18n import _
from annotator.storage.documents.reader import DocumentError
from annotator.storage.errors import SidecarError
from annotator.storage.paths import shown
from annotator.storage.sidecar.sidecar import sidecar_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from annotator.app.workspace.workspace import Workspace
    from annotator.core.document import Document


@dataclass(frozen=True, slots=True)
class Overview:
    """The progress of one annotator on one document; `annotator` is empty if there is one sidecar for all.

    `left` counts the sentences that ask for a decision and have none; `trouble` says why nothing is known, else it is
    empty.
    """

    file: str
    status: Status = Status.NEW
    sentences: int = 0
    decided: int = 0
    left: int = 0
    labels: Mapping[str, int] = field(default_factory=dict)
    trouble: str = ""
    annotator: str = ""

    @property
    def share(self) -> float:
        """The share decided, from 0 to 1, of the sentences that ask for a decision or have one."""
        return self.decided / (self.decided + self.left) if self.decided else 0.0


def overview_of(path: Path, workspace: Workspace, *, annotator: str) -> Overview:
    """Count the progress of `annotator` on the document at `path`."""
    name = workspace.shown(path)
    try:
        document = read_article(path, told_by(path, workspace.sidecar_path(path, annotator=annotator)))
    except DocumentError as error:
        return Overview(name, trouble=str(error))
    return _counted(document, path, workspace, annotator=workspace.owner(annotator))


def overviews_of(workspace: Workspace) -> Iterator[Overview]:
    """Yield the progress on every document in order, for each annotator named in the settings or with a sidecar."""
    troubles: list[str] = []
    trouble = ""
    unlisted: Path | None = None
    for path, sidecars in find_sidecars(workspace.documents, on_trouble=troubles.append):
        # All documents of a folder that cannot be listed share its message.
        if troubles:
            unlisted, trouble = path.parent, troubles.pop()
        if path.parent == unlisted:
            yield Overview(workspace.shown(path), trouble=trouble)
            continue
        owners = dict.fromkeys((*workspace.settings.annotators, *(one.annotator for one in sidecars))) or ("",)
        try:
            document = read_article(path, [one.path for one in sidecars])
        except DocumentError as error:
            yield Overview(workspace.shown(path), trouble=str(error))
            continue
        for annotator in owners:
            yield _counted(document, path, workspace, annotator=annotator)


def _counted(document: Document, path: Path, workspace: Workspace, *, annotator: str) -> Overview:
    name, sidecar = workspace.shown(path), path.with_name(sidecar_name(path.name, annotator=annotator))
    try:
        state = load_decisions(sidecar, document, language=workspace.language).state
    except SidecarError as error:
        return Overview(name, trouble=str(error), annotator=annotator)
    except OSError as error:
        sentence = _("{file} cannot be read ({reason}). Put a file that can be read in its place, or remove it.")
        trouble = sentence.format(file=shown(sidecar.name), reason=error.strerror)
        return Overview(name, trouble=trouble, annotator=annotator)
    reading = Reading(document.text, workspace.language, state)
    reading.count_on()
    return Overview(
        name,
        state.status,
        sentences=reading.size,
        decided=state.decided,
        left=reading.left,
        labels=dict(state.label_counts),
        annotator=annotator,
    )
