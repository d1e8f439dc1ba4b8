"""The progress of the documents in a folder."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.app.persistence.decisions import load_decisions
from annotator.app.session.segmented_text import SegmentedText
from annotator.app.workspace.article_reader import list_sidecars, read_article
from annotator.core.annotation import Status
from annotator.core.i18n import _
from annotator.storage.documents.reader import DocumentError
from annotator.storage.errors import DataFileError, describe_os_error
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from annotator.app.workspace.workspace import Workspace
    from annotator.core.document import Document


@dataclass(frozen=True, slots=True)
class DocumentProgress:
    """The progress of one annotator on one document; `annotator` is empty if there is one sidecar for all.

    `file` is the document's path fit for display, `path` is as it is; both are below the folder of the workspace.
    `undecided` counts the sentences that ask for a decision and have none; `trouble` says why nothing is known, else
    it is empty.
    """

    file: str
    status: Status = Status.NEW
    sentences: int = 0
    decided: int = 0
    undecided: int = 0
    labels: Mapping[str, int] = field(default_factory=dict)
    trouble: str = ""
    annotator: str = ""
    path: Path = Path()

    @property
    def share(self) -> float:
        """The share decided, from 0 to 1, of the sentences that ask for a decision or have one."""
        return self.decided / (self.decided + self.undecided) if self.decided else 0.0


def count_progress(path: Path, workspace: Workspace, *, annotator: str) -> DocumentProgress:
    """Count the progress of `annotator` on the document at `path`."""
    name = workspace.display_path(path)
    try:
        document = read_article(path, list_sidecars(path, workspace.sidecar_path(path, annotator=annotator)))
    except DocumentError as error:
        return DocumentProgress(name, trouble=str(error), path=_find_shown_path(path, workspace))
    return _count_loaded(document, path, workspace, annotator=workspace.sidecar_owner(annotator))


def iter_progress(workspace: Workspace) -> Iterator[DocumentProgress]:
    """Yield the progress on every document in order, for each annotator named in the settings or with a sidecar."""
    troubles: list[str] = []
    trouble = ""
    unlisted: Path | None = None
    for path, sidecars in workspace.find_sidecars(on_trouble=troubles.append):
        # All documents of a folder that cannot be listed share its message.
        if troubles:
            unlisted, trouble = path.parent, troubles.pop()
        shown = _find_shown_path(path, workspace)
        if path.parent == unlisted:
            yield DocumentProgress(workspace.display_path(path), trouble=trouble, path=shown)
            continue
        owners = dict.fromkeys((*workspace.settings.annotators, *(one.annotator for one in sidecars))) or ("",)
        try:
            document = read_article(path, [one.path for one in sidecars])
        except DocumentError as error:
            yield DocumentProgress(workspace.display_path(path), trouble=str(error), path=shown)
            continue
        for annotator in owners:
            yield _count_loaded(document, path, workspace, annotator=annotator)


def _find_shown_path(path: Path, workspace: Workspace) -> Path:
    """Return `path` below the folder of the workspace, or as it is where it lies elsewhere."""
    return path.relative_to(workspace.folder) if path.is_relative_to(workspace.folder) else path


def _count_loaded(document: Document, path: Path, workspace: Workspace, *, annotator: str) -> DocumentProgress:
    sidecar = workspace.sidecar_path_of_owner(path, owner=annotator)
    found = DocumentProgress(workspace.display_path(path), annotator=annotator, path=_find_shown_path(path, workspace))
    try:
        state = load_decisions(sidecar, document, language=workspace.language).state
    except DataFileError as error:
        return replace(found, trouble=str(error))
    except OSError as error:
        sentence = _("{file} cannot be read ({reason}). Put a file that can be read in its place, or remove it.")
        trouble = sentence.format(file=format_path(sidecar.name), reason=describe_os_error(error))
        return replace(found, trouble=trouble)
    reading = SegmentedText(document.text, workspace.language, state)
    reading.count_more()
    return replace(
        found,
        status=state.status,
        sentences=reading.sentence_count,
        decided=state.decided_count,
        undecided=reading.undecided_count,
        labels=dict(state.label_counts),
    )
