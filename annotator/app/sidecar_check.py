"""Whether annotation files are sound and still fit their texts. It must not know how that is printed."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.app.documents.open import title_of
from annotator.app.persistence.conflict_copies import copies_notice
from annotator.app.persistence.decisions import load_decisions, sidecar_bytes, with_record
from annotator.app.persistence.locks import in_window_notice, is_in_window
from annotator.app.persistence.safe_overwrite import OverwritingError, overwrite
from annotator.app.session.segmented_text import Reading
from annotator.app.workspace.article_reader import read_article, told_by
from annotator.app.workspace.sidecar_index import find_sidecars, unlisted
from annotator.app.workspace.workspace import find_workspace, workspace_of
from annotator.core.i18n import _
from annotator.storage.atomic import SaveError
from annotator.storage.documents.reader import DocumentError
from annotator.storage.errors import Fault, SidecarError
from annotator.storage.files import find_bytes
from annotator.storage.paths import PathError, shown
from annotator.storage.sidecar.conflict_copies import find_all_copies
from annotator.storage.sidecar.reader import parse_sidecar
from annotator.storage.sidecar.sidecar import find_sidecar_owner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from annotator.app.persistence.decisions import Decisions
    from annotator.app.workspace.workspace import Workspace
    from annotator.core.annotation import Annotation
    from annotator.core.document import Document

_TRIES = 5  # so often a file is read anew that other programs change while it is to be written


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one annotation file.

    ``faults`` make it unreadable; ``notices`` are sentences about decisions that are not where they were; ``is_fixed``
    says that these were written back. ``exact`` annotations are at their places, ``moved`` ones were found at others;
    those whose sentences are ``changed`` are to be confirmed, and of ``conflicts`` one side is to be chosen.
    """

    file: str
    faults: tuple[Fault, ...] = ()
    notices: tuple[str, ...] = ()
    orphans: tuple[Annotation, ...] = ()
    is_fixed: bool = False
    exact: int = 0
    moved: int = 0
    changed: tuple[Annotation, ...] = ()
    conflicts: tuple[Annotation, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether nothing is to be told."""
        return not (self.faults or self.notices or self.is_waiting)

    @property
    def is_settled(self) -> bool:
        """Whether nobody has to do anything about it."""
        return self.is_sound or (self.is_fixed and not self.is_waiting)

    @property
    def is_waiting(self) -> bool:
        """Whether there is something about which only a person can say what is right."""
        return bool(self.orphans or self.changed or self.conflicts)


def check_path(path: Path, *, is_fixing: bool) -> Iterator[Checked]:
    """Check every annotation file at or below ``path``, one by one; a document stands for its annotation files.

    Raises:
        FolderError: there is nothing at ``path``, or it is a folder that cannot be listed.
    """
    owner = find_sidecar_owner(path.name)
    workspace = find_workspace(path)
    troubles: list[str] = []
    for warning in workspace.warnings:
        yield Checked(shown(path), notices=(warning,))
    if workspace.documents != (path,):
        sidecars = _sidecars_below(path, on_trouble=troubles.append)
    elif owner:
        workspace = workspace_of(path.with_name(owner[0]))
        sidecars = iter((path,))
    else:
        found = find_sidecars(workspace.documents, on_trouble=troubles.append)
        sidecars = (one.path for _document, owned in found for one in owned)
    for sidecar in sidecars:
        yield _checked(sidecar, workspace, is_fixing=is_fixing)
    for copy in find_all_copies(path):
        yield _checked_copy(copy)
    for trouble in troubles:
        yield Checked(shown(path), faults=(Fault(0, trouble.rstrip("."), ""),))


def _sidecars_below(folder: Path, *, on_trouble: Callable[[str], None]) -> Iterator[Path]:
    """The annotation files in ``folder`` and below it, also those whose document is gone; hidden folders are not."""

    def skip(error: OSError) -> None:
        on_trouble(unlisted(Path(error.filename or folder), error))

    for root, folders, names in os.walk(folder, onerror=skip):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root, name) for name in sorted((*names, *folders)) if find_sidecar_owner(name))


def _checked_copy(path: Path) -> Checked:
    """What is wrong in the conflict copy at ``path``, and how it is merged."""
    way = _('Open the document in the window and choose "Merge conflict copies" in the File menu.')
    notices = (f"{copies_notice([path])} {way}",)
    try:
        parse_sidecar(find_bytes(path) or b"", name=shown(path))
    except SidecarError as error:
        return Checked(shown(path), faults=error.faults, notices=notices)
    except OSError as error:
        return Checked(shown(path), faults=(_unread(error),), notices=notices)
    return Checked(shown(path), notices=notices)


def _checked(path: Path, workspace: Workspace, *, is_fixing: bool) -> Checked:
    name = shown(path)
    owner = find_sidecar_owner(path.name)
    source = path.with_name(owner[0] if owner else path.name)
    try:
        document = read_article(source, told_by(source, path))
        if is_fixing:
            return _fixed(path, document, workspace)
        return _told(name, load_decisions(path, document, language=workspace.language), workspace)
    except SidecarError as error:
        return Checked(name, faults=error.faults)
    except (DocumentError, SaveError, PathError) as error:
        return Checked(name, faults=(Fault(0, str(error).rstrip("."), ""),))
    except OSError as error:
        return Checked(name, faults=(_unread(error),))


def _unread(error: OSError) -> Fault:
    """That a file cannot be read."""
    cure = _("Get permission to read it.")
    if not isinstance(error, PermissionError):
        cure = _("Put a file that can be read in its place, or remove it.")
    return Fault(0, error.strerror or str(error), cure)


def _fixed(path: Path, document: Document, workspace: Workspace) -> Checked:
    """Write the decisions at their new places, unless a window works on them; what another program writes stays.

    Raises:
        SidecarError: it is not sound.
        SaveError, PathError: it cannot be written, or its old version cannot be kept.
        OSError: it cannot be read.
    """
    for _attempt in range(_TRIES):
        decisions = load_decisions(path, document, language=workspace.language)
        found = _told(shown(path), decisions, workspace)
        if not decisions.is_ahead:
            return found
        if is_in_window(path):
            return replace(found, notices=(*found.notices, in_window_notice()))
        try:
            _fix(decisions, document, workspace)
        except OverwritingError:
            continue
        return replace(found, is_fixed=True)
    what = _("another program goes on changing it, so it was not written")
    return replace(found, faults=(Fault(0, what, _("Wait until that is done, then check again.")),))


def _told(name: str, decisions: Decisions, workspace: Workspace) -> Checked:
    """What is to be told about the decisions in the file of that name."""
    state = decisions.state
    strange = sorted(set(state.label_counts) - {label.key for label in workspace.labels})
    notices = decisions.notices
    if strange:
        told = _("The label set does not have these labels: {labels}. They are kept as they are.")
        notices += (told.format(labels=", ".join(strange)),)
    changed = tuple(one for one in state.annotations.values() if one.was is not None)
    before = {one.id: one for one in decisions.sidecar.decisions.annotations.values()}
    settled = [one for one in state.annotations.values() if one.was is None]
    exact = sum(before.get(one.id) == one for one in settled)
    return Checked(
        name,
        notices=notices,
        orphans=tuple(state.orphans.values()),
        exact=exact,
        moved=len(settled) - exact,
        changed=changed,
        conflicts=tuple(state.rivals.values()),
    )


def _fix(decisions: Decisions, document: Document, workspace: Workspace) -> None:
    """Write the decisions at their new places; the old file is kept."""
    reading = Reading(document.text, workspace.language, decisions.state)
    reading.count_on()
    sidecar = with_record(decisions.sidecar, document, title=title_of(reading), sentences=reading.size)
    data = sidecar_bytes(sidecar, decisions.state, document.text)
    overwrite(decisions.path, data, known=decisions.on_disk or b"")
