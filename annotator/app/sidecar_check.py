"""Checks of sidecars: are they valid, and do their annotations still fit the text?"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.app.documents.open import title_of
from annotator.app.documents.reattach import reattach
from annotator.app.persistence.conflict_copies import copies_notice
from annotator.app.persistence.decisions import ForeignSidecarError, load_decisions, serialize_sidecar, with_record
from annotator.app.persistence.locks import is_open_in_window, open_in_window_notice
from annotator.app.persistence.notices import known_notice
from annotator.app.persistence.put_back import count_known, is_beyond_repair, kept_notice, put_back
from annotator.app.persistence.safe_overwrite import FileChangedError, overwrite_file
from annotator.app.session.segmented_text import SegmentedText
from annotator.app.workspace.article_reader import list_sidecars, read_article
from annotator.app.workspace.sidecar_index import StrayReason, find_owner, unlisted_notice
from annotator.app.workspace.strays import find_strays, stray_notice
from annotator.app.workspace.workspace import load_document_workspace, load_workspace
from annotator.core.i18n import _
from annotator.storage.atomic import SaveError
from annotator.storage.documents.reader import DocumentError
from annotator.storage.errors import DataFileError, Fault, describe_os_error
from annotator.storage.files import find_file_bytes
from annotator.storage.paths import PathError, format_path, is_exports_folder
from annotator.storage.sidecar.hand_written import split_labels
from annotator.storage.sidecar.pairing import find_owner_by_name
from annotator.storage.sidecar.peek import find_labels_by_line
from annotator.storage.sidecar.reader import parse_sidecar
from annotator.storage.sidecar.sidecar import find_sidecar_owner
from annotator.storage.yaml_io.similar import find_similar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from annotator.app.session.store import Decisions
    from annotator.app.workspace.sidecar_index import StraySidecar
    from annotator.app.workspace.workspace import Workspace
    from annotator.core.annotation import Annotation
    from annotator.core.document import Document
    from annotator.segment.language import Language

_MAX_LINES = 5  # lines with the same unknown label that are named
_TRIES = 5  # attempts to write a file that other programs keep changing


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of checking one sidecar.

    Attributes:
        faults: Errors that make the file unreadable.
        notices: Sentences for the user about annotations that are not where they were.
        orphans: Annotations whose sentence was not found.
        is_fixed: True if the new places were written back.
        exact: Number of annotations found at their places.
        moved: Number of annotations found at other places.
        changed: Annotations whose sentences changed, to be confirmed by a user.
        conflicts: Annotations of a conflicting version, of which a user has to choose one side.
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
    def is_clean(self) -> bool:
        """True if there is nothing to report."""
        return not (self.faults or self.notices or self.is_undecided)

    @property
    def is_settled(self) -> bool:
        """True if nobody has to act on the result."""
        return self.is_clean or (self.is_fixed and not self.is_undecided)

    @property
    def is_undecided(self) -> bool:
        """True if something is left that only a user can decide."""
        return bool(self.orphans or self.changed or self.conflicts)


def check_path(path: Path, *, is_fixing: bool) -> Iterator[CheckResult]:
    """Check every sidecar at or below `path`, one at a time; for a document, check its sidecars.

    Raises:
        FolderError: If there is nothing at `path`, or it is a folder that cannot be listed.
    """
    owner = _find_document(path)
    workspace = load_workspace(path)
    troubles: list[str] = []
    for warning in workspace.warnings:
        yield CheckResult(format_path(path), notices=(warning,))
    # `load_workspace` wraps a single file as its only document, be it a document or a sidecar.
    strays: dict[Path, StraySidecar] = {}
    if workspace.documents != (path,):
        strays = {one.path: one for one in find_strays(workspace)}
        sidecars = _walk_sidecars(path, on_trouble=troubles.append)
    elif owner is not None:
        workspace = load_document_workspace(owner)
        sidecars = iter((path,))
    else:
        strays = {one.path: one for one in find_strays(workspace)}
        found = workspace.find_sidecars(on_trouble=troubles.append)
        sidecars = (one.path for _document, owned in found for one in owned)
    for sidecar in sidecars:
        if sidecar not in strays:
            yield _check_sidecar(sidecar, workspace, is_fixing=is_fixing)
    for stray in strays.values():
        yield _check_stray(stray, workspace, is_fixing=is_fixing and _is_only_one(stray, strays.values()))
    # Collected while `sidecars` was consumed, so it can only be reported here.
    for trouble in troubles:
        yield CheckResult(format_path(path), faults=(Fault(0, trouble.rstrip("."), ""),))


def _walk_sidecars(folder: Path, *, on_trouble: Callable[[str], None]) -> Iterator[Path]:
    """Yield the sidecars in `folder` and below, even if their document is missing.

    Hidden folders and the folder for exports are skipped.
    """

    def skip(error: OSError) -> None:
        on_trouble(unlisted_notice(Path(error.filename or folder), error))

    for root, folders, names in os.walk(folder, onerror=skip):
        # In place: `os.walk` reads this list again to descend.
        is_top = root == str(folder)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not (is_top and is_exports_folder(name))
        )
        yield from (
            Path(root, name)
            for name in sorted((*names, *folders))
            if find_owner_by_name(name) and not name.startswith("._")
        )


def _find_document(sidecar: Path) -> Path | None:
    """Return the document of `sidecar`, which may be missing, or None if that is no sidecar by its name."""
    found = find_owner(sidecar)
    if found is not None:
        return found[0]
    owner = find_sidecar_owner(sidecar.name)
    return sidecar.with_name(owner[0]) if owner is not None else None


def _is_only_one(stray: StraySidecar, strays: Iterable[StraySidecar]) -> bool:
    """Return whether no other stray wants to become the same sidecar."""
    return stray.target is not None and [one.target for one in strays].count(stray.target) == 1


def _check_stray(stray: StraySidecar, workspace: Workspace, *, is_fixing: bool) -> CheckResult:
    """Check a file that is paired with no document; give it its name if it can be only one."""
    path = stray.path
    if stray.reason is StrayReason.LOST and find_sidecar_owner(path.name):
        found = _check_sidecar(path, workspace, is_fixing=False)
        return replace(found, notices=(stray_notice(stray), *found.notices))
    notices: tuple[str, ...] = (stray_notice(stray),)
    if stray.reason is StrayReason.VERSION:
        way = _("Open the document in the window and choose “Merge conflict copies” in the File menu.")
        notices = (f"{copies_notice([path])} {way}",)
    elif is_fixing and stray.reason is not StrayReason.LOST:
        trouble = reattach(stray, workspace, now="")
        if not trouble and stray.target is not None:
            sentence = _("It is called {name} now and belongs to {document} again.")
            names = {"name": format_path(stray.target.name), "document": format_path((stray.document or path).name)}
            return CheckResult(format_path(path), notices=(sentence.format(**names),), is_fixed=True)
        notices += (trouble,)
    try:
        parse_sidecar(find_file_bytes(path) or b"", name=format_path(path))
    except DataFileError as error:
        return CheckResult(format_path(path), faults=error.faults, notices=notices)
    except OSError as error:
        return CheckResult(format_path(path), faults=(_unreadable_fault(error),), notices=notices)
    return CheckResult(format_path(path), notices=notices)


def _check_sidecar(path: Path, workspace: Workspace, *, is_fixing: bool) -> CheckResult:
    name = format_path(path)
    source = _find_document(path) or path
    try:
        document = read_article(source, list_sidecars(source, path))
    except DocumentError as error:
        return CheckResult(name, faults=(Fault(0, str(error).rstrip("."), ""),))
    try:
        if is_fixing:
            return _fix_sidecar(path, document, workspace)
        return _make_result(name, load_decisions(path, document, language=workspace.language), workspace)
    except ForeignSidecarError as error:
        return CheckResult(name, faults=error.faults)
    except DataFileError as error:
        faults = error.faults
    except (SaveError, PathError) as error:
        return CheckResult(name, faults=(Fault(0, str(error).rstrip("."), ""),))
    except OSError as error:
        faults = (_unreadable_fault(error),)
    found = CheckResult(name, faults=faults)
    return _put_back(found, path, document, source=source, language=workspace.language, is_fixing=is_fixing)


def _put_back(
    found: CheckResult, path: Path, document: Document, *, source: Path, language: Language, is_fixing: bool
) -> CheckResult:
    """Put the last state back at `path` if nothing is left there that a user could mend; else tell that it is known."""
    owner = find_sidecar_owner(path.name)
    annotator = owner[1] if owner else ""
    count = count_known(path, document, source=source, annotator=annotator, language=language)
    if count is None:
        return found
    if not is_fixing or not is_beyond_repair(path):
        way = _("Open the document in the window and choose “Put it back”.")
        if is_beyond_repair(path):
            way = _("Open the document in the window and choose “Put it back”, or check again with --fix.")
        return replace(found, notices=(f"{known_notice(count)} {way}",))
    if is_open_in_window(path):
        return replace(found, notices=(open_in_window_notice(),))
    done = put_back(path, document, source=source, annotator=annotator, language=language)
    if done.trouble:
        return replace(found, notices=(done.trouble,))
    return replace(found, notices=(kept_notice(done),), is_fixed=True)


def _unreadable_fault(error: OSError) -> Fault:
    """Return the fault for a file that cannot be read."""
    cure = _("Get permission to read it.")
    if not isinstance(error, PermissionError):
        cure = _("Put a file that can be read in its place, or remove it.")
    return Fault(0, describe_os_error(error), cure)


def _fix_sidecar(path: Path, document: Document, workspace: Workspace) -> CheckResult:
    """Write the annotations at their new places, unless a window has them open.

    If another program changes the file meanwhile, it is read again, up to `_TRIES` times.

    Raises:
        DataFileError: If the sidecar is invalid.
        SaveError, PathError: If it cannot be written or backed up.
        OSError: If it cannot be read.
    """
    for _attempt in range(_TRIES):
        decisions = load_decisions(path, document, language=workspace.language)
        found = _make_result(format_path(path), decisions, workspace)
        if not decisions.is_ahead:
            return found
        if is_open_in_window(path):
            return replace(found, notices=(*found.notices, open_in_window_notice()))
        try:
            _write_fixed(decisions, document, workspace)
        except FileChangedError:
            continue
        return replace(found, is_fixed=True)
    what = _("another program goes on changing it, so it was not written")
    return replace(found, faults=(Fault(0, what, _("Wait until that is done, then check again.")),))


def _make_result(name: str, decisions: Decisions, workspace: Workspace) -> CheckResult:
    """Return the result for `decisions`, which were read from the file called `name`."""
    state = decisions.state
    strange = sorted(set(state.label_counts) - {label.key for label in workspace.labels})
    notices = (*decisions.anchoring_notices, *(remark.format_place() for remark in decisions.sidecar.remarks))
    notices += tuple(_strange_notices(strange, decisions.on_disk or b"", workspace))
    changed = tuple(one for one in state.annotations.values() if one.previous is not None)
    # Exact means identical in every respect, words and context included, not only at the same place.
    before = {one.id: one for one in decisions.sidecar.decisions.annotations.values()}
    settled = [one for one in state.annotations.values() if one.previous is None]
    exact = sum(before.get(one.id) == one for one in settled)
    return CheckResult(
        name,
        notices=notices,
        orphans=tuple(state.orphans.values()),
        exact=exact,
        moved=len(settled) - exact,
        changed=changed,
        conflicts=tuple(state.conflicts.values()),
    )


def _strange_notices(strange: Sequence[str], data: bytes, workspace: Workspace) -> Iterator[str]:
    """Yield what to tell of labels that the label set does not have: where they stand, and what they probably mean."""
    names = {name: label.key for label in workspace.labels for name in (label.key, *label.names.values())}
    meant = {key: _find_meant(key, names) for key in strange}
    lines: dict[tuple[str, ...], list[int]] = {}
    for line, labels in find_labels_by_line(data) if any(meant.values()) else ():
        if any(meant.get(label) for label in labels):
            lines.setdefault(labels, []).append(line)
    for labels, places in lines.items():
        found = {label: meant[label] for label in labels if meant.get(label)}
        right = dict.fromkeys(key for label in labels for key in found.get(label) or (label,))
        template = _("line {line}: there is no label {label}. Write [{labels}].")
        if all(len(keys) == 1 for keys in found.values()):
            template = _("line {line}: there is no label {label}. Did you mean {meant}? Write [{labels}].")
        yield template.format(
            line=", ".join(map(str, places[:_MAX_LINES])) + (", …" if len(places) > _MAX_LINES else ""),
            label=", ".join(found),
            meant=", ".join(key for keys in found.values() for key in keys),
            labels=", ".join(right),
        )
    left = [key for key in strange if not meant[key]]
    if left:
        template = _("The label set does not have these labels: {labels}. They are kept as they are.")
        yield template.format(labels=", ".join(left))


def _find_meant(label: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the labels that `label` probably means; `names` are the keys by all names of the label set."""
    several = split_labels(label)
    parts = several if len(several) > 1 else label.split()
    if len(parts) > 1 and all(part in names for part in parts):
        return tuple(names[part] for part in parts)
    similar = find_similar(label, names)
    return (names[similar],) if similar else ()


def _write_fixed(decisions: Decisions, document: Document, workspace: Workspace) -> None:
    """Write the decisions at their new places and back up the old file."""
    reading = SegmentedText(document.text, workspace.language, decisions.state)
    reading.count_more()
    sidecar = with_record(decisions.sidecar, document, title=title_of(reading), sentences=reading.sentence_count)
    data = serialize_sidecar(sidecar, decisions.state, document.text)
    overwrite_file(decisions.path, data, known=decisions.on_disk or b"")
