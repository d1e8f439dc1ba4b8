"""Conflicting versions of a sidecar: conflict copies left by sync clients, and git's conflict marks.

They are merged when the user asks for it, and then moved to the backups.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.persistence.decisions import load_decisions, serialize_sidecar, with_record
from annotator.app.persistence.external_merge import ExternalVersion, apply_external_version
from annotator.app.persistence.locks import is_open_in_window, open_in_window_notice
from annotator.app.persistence.notices import conflict_notice, merged_notice
from annotator.app.persistence.reanchoring import reanchor
from annotator.app.persistence.reencoding import reencode
from annotator.app.persistence.safe_overwrite import FileChangedError, overwrite_file, save_backup
from annotator.app.session.events import Cure, EventKind
from annotator.app.session.store import Decisions
from annotator.app.workspace.sidecar_index import StrayReason
from annotator.core.annotation_set import AnnotationSet
from annotator.core.i18n import _, ngettext
from annotator.core.merging.diff import difference
from annotator.core.merging.merge import choose_base, merge
from annotator.storage.atomic import SaveError
from annotator.storage.errors import DataFileError, describe_os_error
from annotator.storage.files import find_file_bytes
from annotator.storage.paths import PathError, format_path
from annotator.storage.sidecar.conflict_markers import find_conflict_versions
from annotator.storage.sidecar.reader import parse_sidecar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from annotator.app.session.session import Session
    from annotator.app.workspace.sidecar_index import StraySidecar
    from annotator.core.document import Document
    from annotator.segment.language import Language
    from annotator.storage.sidecar.sidecar import Sidecar


@dataclass(frozen=True, slots=True)
class ConflictCopies:
    """Conflict copies that could be read, and sentences about those that could not."""

    found: tuple[Decisions, ...] = ()
    troubles: tuple[str, ...] = ()


def copies_notice(copies: Sequence[Path]) -> str:
    """Return the sentence that conflict copies lie beside a sidecar."""
    sentence = ngettext(
        "Another version of these annotations lies beside them: {files}. Merge it: nothing is lost.",
        "Other versions of these annotations lie beside them: {files}. Merge them: nothing is lost.",
        len(copies),
    )
    return sentence.format(files=", ".join(format_path(path.name) for path in copies))


def offer_notice(copies: Sequence[StraySidecar]) -> str:
    """Return the sentence that files may be other versions of the annotations of the open document."""
    if any(one.reason is not StrayReason.RENAMED for one in copies):
        return copies_notice([one.path for one in copies])
    sentence = ngettext(
        "{files} has annotations of this very text: the article may have been renamed. Merge it: nothing is lost.",
        "{files} have annotations of this very text: the article may have been renamed. Merge them: nothing is lost.",
        len(copies),
    )
    return sentence.format(files=", ".join(format_path(one.path.name) for one in copies))


def marks_notice(name: str, *, line: int) -> str:
    """Return the sentence that a sidecar contains git's conflict marks, the first of them in `line`."""
    sentence = _(
        "{file} holds two versions with git's conflict marks between them, the first in line {line}. Merge them here, "
        "or settle it by hand."
    )
    return sentence.format(file=format_path(name), line=line)


def find_conflict_mark(sidecar: Path) -> int:
    """Return the line of the first conflict mark in the sidecar, or 0 if it has none or cannot be read."""
    with suppress(OSError):
        versions = find_conflict_versions(find_file_bytes(sidecar) or b"")
        return versions.line if versions else 0
    return 0


def load_copies(paths: Sequence[Path], document: Document, language: Language) -> ConflictCopies:
    """Read conflict copies of the annotations of `document`. Safe to call from any thread."""
    found: list[Decisions] = []
    troubles: list[str] = []
    for path in paths:
        try:
            decisions = load_decisions(path, document, language=language)
        except DataFileError as error:
            troubles.append(str(error))
        except OSError as error:
            troubles.append(f"{format_path(path.name)}: {describe_os_error(error)}.")
        else:
            if decisions.on_disk is not None:
                found.append(decisions)
    return ConflictCopies(tuple(found), tuple(troubles))


def merge_copies(session: Session, copies: ConflictCopies) -> bool:
    """Merge `copies` into the open document in one undo step.

    Their common ancestor is unknown, so the merge keeps what any of them says; contradictions become conflicts. Return
    whether all copies are merged, saved and moved to the backups.
    """
    if copies.troubles:
        session.warn("\n".join(copies.troubles))
    if not copies.found:
        return False
    state, conflicts = session.state, 0
    for one in copies.found:
        made = merge(AnnotationSet(), state, one.state)
        state, conflicts = made.state, conflicts + made.conflicts
    changes = difference(session.state, state)
    taken = len({change.place for change in changes})
    if changes and not session.apply("merge", changes, is_asking=False):
        return False
    # The copies may only go once what they said is safely in the sidecar.
    if not session.save_now():
        why = _("The other versions stay where they are until the annotations are saved.")
        session.notify(why, kind=EventKind.CAUTIONED)
        return False
    put_away = [archive_copy(one) for one in copies.found]
    troubles = [trouble for trouble in put_away if trouble]
    if troubles:
        session.warn("\n".join(troubles))
    kind, cure = (EventKind.CAUTIONED, Cure.CHECK) if conflicts else (EventKind.REPORTED, None)
    session.notify(_merged_notice(taken if changes else 0, conflicts), kind=kind, cure=cure)
    return not any(put_away)


def merge_conflict_marks(path: Path, document: Document, *, language: Language) -> str:
    """Merge the versions between git's conflict marks in the sidecar at `path`; return the reason for a failure, or "".

    For a sidecar that no window has open. The file is backed up first.
    """
    if is_open_in_window(path):
        return f"{format_path(path.name)}: {open_in_window_notice()}"
    try:
        marked = _merge_versions(path, document, language)
        if marked is None:
            return _no_marks_notice(path)
        found = marked.both
        data = serialize_sidecar(found.sidecar, found.state, document.text)
        overwrite_file(path, data, known=found.on_disk or b"")
    except (DataFileError, SaveError, PathError, FileChangedError) as error:
        return str(error)
    except OSError as error:
        return f"{format_path(path.name)}: {describe_os_error(error)}."
    return ""


def merge_conflict_marks_into(session: Session, *, language: Language) -> bool:
    """Merge the versions between git's conflict marks into the open document in one undo step, and save it.

    The file is backed up first. Failures are reported to the user; return whether everything is merged and saved.
    """
    store, document = session.store, session.document
    if store is None or document is None:
        return False
    try:
        marked = _merge_versions(store.path, document, language)
        if marked is None:
            session.notify(_no_marks_notice(store.path))
            return False
        save_backup(store.path, marked.both.on_disk or b"")
    except (DataFileError, SaveError, PathError) as error:
        session.warn(str(error))
        return False
    except OSError as error:
        session.warn(f"{format_path(store.path.name)}: {describe_os_error(error)}.")
        return False
    known = store.disk_state.known_states
    grounds = [(choose_base(known, side), side) for side in marked.sides]
    # One of the sides is our own last save; the base is the state nearest to it.
    disk_state, _side = min(grounds, key=lambda pair: len(difference(*pair)))
    made = merge(disk_state, session.state, marked.both.state)
    return (
        apply_external_version(session, store, ExternalVersion(session.state, marked.both, made)) and session.save_now()
    )


class _MergedVersions(NamedTuple):
    """The result `both` of merging the two `sides` of a conflict."""

    both: Decisions
    sides: tuple[AnnotationSet, AnnotationSet]


def _merge_versions(path: Path, document: Document, language: Language) -> _MergedVersions | None:
    """Merge both versions in the sidecar at `path`; return None if it has no conflict marks any more.

    If git did not leave the common ancestor (it does so only with `merge.conflictStyle` diff3 or zdiff3), keep what
    either side says.
    """
    data = find_file_bytes(path) or b""
    versions = find_conflict_versions(data)
    if versions is None:
        return None
    name = format_path(path.name)

    def state_of(sidecar: Sidecar) -> AnnotationSet:
        now, is_same = reencode(sidecar, document, path=path)
        text, quotes = document.text, now.quotes
        return reanchor(now.decisions, text, quotes=quotes, is_same_text=is_same, language=language).state

    ours, theirs = (parse_sidecar(one, name=name) for one in (versions.ours, versions.theirs))
    base = parse_sidecar(versions.base, name=name) if versions.base is not None else None
    sides = state_of(ours), state_of(theirs)
    made = merge(state_of(base) if base else AnnotationSet(), *sides)
    # Keys that this version does not know survive from both sides; ours win.
    whole = with_record(ours, document, title=ours.document.title, sentences=ours.document.sentences)
    whole = replace(whole, extra={**theirs.extra, **ours.extra})
    both = Decisions(path, whole, data, made.state, is_ahead=True, disk_state=made.state, language=language)
    return _MergedVersions(both, sides)


def _no_marks_notice(path: Path) -> str:
    return _("{file} has no conflict marks any more.").format(file=format_path(path.name))


def archive_copy(copy: Decisions) -> str:
    """Move a copy to the backups unless it changed since it was read; return the reason if that failed, else ""."""
    path = copy.path
    try:
        data = find_file_bytes(path)
        if data is None:
            return ""
        # The sync client may have written a newer version of it meanwhile.
        if data != copy.on_disk:
            return _("{file} was changed meanwhile and stays: merge it again.").format(file=format_path(path.name))
        save_backup(path, data)
        path.unlink()
    except (SaveError, PathError) as error:
        return str(error)
    except OSError as error:
        sentence = _("{file} is merged, but cannot be removed ({reason}): remove it yourself.")
        return sentence.format(file=format_path(path.name), reason=describe_os_error(error))
    return ""


def _merged_notice(taken: int, conflicts: int) -> str:
    message = merged_notice(taken) if taken else _("The other versions say nothing that was not here already.")
    more = _("They are kept among the backups.")
    return " ".join([message, more, *([conflict_notice(conflicts)] if conflicts else [])])
