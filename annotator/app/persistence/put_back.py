"""Putting the last state back in place of a sidecar that another program damaged or replaced.

What was in its place is kept among the backups of the state folder.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import stat
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.persistence.decisions import (
    check_is_of_document,
    fingerprint,
    load_decisions,
    serialize_sidecar,
    with_record,
)
from annotator.app.persistence.last_state import find_last_state
from annotator.app.persistence.safe_overwrite import FileChangedError, ensure_backups_folder, save_backup
from annotator.core.annotation import Annotation
from annotator.core.annotation_set import AnnotationSet, StaleChangeError
from annotator.core.change import Layer
from annotator.core.i18n import _
from annotator.core.merging.diff import difference
from annotator.storage.atomic import SaveError, save_bytes
from annotator.storage.errors import DataFileError, describe_os_error
from annotator.storage.files import find_file_bytes
from annotator.storage.journal.journal import (
    JournalError,
    SaveStarted,
    SidecarPlaced,
    journal_path,
    load_entries,
    open_journal,
)
from annotator.storage.paths import PathError, ensure_state_folder, format_path
from annotator.storage.sidecar.conflict_markers import find_conflict_versions
from annotator.storage.sidecar.sidecar import FORMAT, VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.app.session.session import Session
    from annotator.core.document import Document
    from annotator.segment.language import Language


_VERSION = re.compile(rb"^format: *[\"']?" + FORMAT.encode() + rb"/(\d{1,9})", re.MULTILINE)


class PutBack(NamedTuple):
    """The result: `trouble` says why nothing was put back, else `kept` is where the damaged file is, if there was one.

    Both are empty if the sidecar is sound by now.
    """

    trouble: str = ""
    kept: Path | None = None


def put_back(
    path: Path, document: Document, *, source: Path, annotator: str, language: Language | None = None
) -> PutBack:
    """Put the last state back at `path`, the sidecar of a document that no window has open for editing.

    Args:
        path: The sidecar.
        document: The document, as read.
        source: The document's own path.
        annotator: The owner of the sidecar, empty if there is one for all.
        language: The rules by which a changed text is segmented, or None for the default ones.
    """
    try:
        journal = open_journal(source, annotator=annotator, state_folder=ensure_state_folder())
    except (JournalError, PathError) as error:
        return PutBack(str(error))
    with journal:
        last = find_last_state(journal.entries, document, path=path, journal=journal.path, language=language)
        if is_sound(path, document, known=last.state if last else AnnotationSet()):
            return PutBack()
        if last is None:
            return PutBack(_("Nothing is known of these annotations on this computer, so nothing can be put back."))
        old = last.sidecar.document
        sidecar = with_record(last.sidecar, document, title=old.title, sentences=old.sentences)
        data = serialize_sidecar(sidecar, last.state, document.text)
        try:
            # As in `DocumentStore`: announced before the file is replaced, confirmed after it.
            journal.append(SaveStarted(fingerprint(data), journal.last_number))
            aside = set_aside(path)
            save_bytes(path, data, guard=partial(_check_unchanged, path, aside.left))
            journal.append(SidecarPlaced(fingerprint(data)))
        except (JournalError, SaveError, PathError, FileChangedError) as error:
            return PutBack(str(error))
        except OSError as error:
            return PutBack(_aside_error(path, error))
        return PutBack(kept=aside.kept)


def restore_lost(session: Session) -> PutBack:
    """Bring back in one undo step what `Session.lost` has and the open document has not.

    What another program decided where nothing was decided before stays.
    """
    if session.lost is None:
        return PutBack()
    changes = difference(session.state, session.lost.state)
    ids = session.lost.state.ids()
    missing = [
        change
        for change in changes
        if (change.after is not None and change.layer is not Layer.STATUS)
        or (isinstance(change.before, Annotation) and change.before.id in ids)  # as an orphan, or elsewhere
    ]
    try:
        made = session.state.apply(missing)
        is_fitting = not any(made.has_overlap(change.place) for change in missing)
    except StaleChangeError:
        is_fitting = False
    wanted = missing if is_fitting else changes
    # What is missing was decided already: bringing it back is no change of a finished document.
    if wanted and not session.apply("restore", wanted, is_asking=False):
        return PutBack(session.read_only or _("The annotations could not be brought back."))
    return PutBack("" if session.save_now() else session.trouble)


def put_back_open(session: Session) -> PutBack:
    """Put what the session shows back in place of the damaged sidecar of its open document, and save it."""
    store, document = session.store, session.document
    if store is None or document is None:
        return PutBack(session.read_only or _("This document can only be read."))
    try:
        if is_sound(store.path, document, known=store.disk_state.state):
            return PutBack()
        aside = set_aside(store.path)
    except (SaveError, PathError) as error:
        return PutBack(str(error))
    except OSError as error:
        return PutBack(_aside_error(store.path, error))
    store.accept_replacement(fingerprint(aside.left))
    session.schedule_save()
    return PutBack("" if session.save_now() else session.trouble, aside.kept)


def can_be_put_back(path: Path) -> bool:
    """Return whether what is at `path` may be replaced: not what a later version wrote, or git may still merge."""
    try:
        data = find_file_bytes(path) or b""
    except OSError as error:
        return error.errno != errno.ENAMETOOLONG
    version = _VERSION.search(data)
    return find_conflict_versions(data) is None and not (version and int(version[1]) > VERSION)


def is_sound(path: Path, document: Document, *, known: AnnotationSet) -> bool:
    """Return whether the sidecar at `path` can be read, and is about `document`, of which these decisions are known."""
    try:
        found = load_decisions(path, document)
        check_is_of_document(found.sidecar, document, known, name=path.name)
    except (DataFileError, OSError):
        return False
    return found.on_disk is not None


def count_known(
    path: Path, document: Document, *, source: Path, annotator: str, language: Language | None = None
) -> int | None:
    """Return how many decisions the last state has that may be put back at `path`, or None if none is known."""
    try:
        journal = journal_path(source, annotator=annotator, state_folder=ensure_state_folder())
        entries = load_entries(journal)
    except (JournalError, PathError):
        return None
    if not can_be_put_back(path):
        return None
    last = find_last_state(entries, document, path=path, journal=journal, language=language)
    return None if last is None else last.decisions


def is_beyond_repair(path: Path) -> bool:
    """Return whether there is nothing at `path` that a person wrote and could mend: no text of a sidecar, or no end."""
    try:
        data = find_file_bytes(path)
    except PermissionError:
        return False
    except OSError:
        return True
    if data is None or b"\0" in data or not _VERSION.search(data):
        return True
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return True
    # Our own files end with a line end, and with both lists before it.
    return not data.endswith(b"\n") or not (_has_key(data, b"annotations") and _has_key(data, b"nothing"))


def _has_key(data: bytes, key: bytes) -> bool:
    return re.search(rb"^" + key + rb" *:", data, re.MULTILINE) is not None


class _Aside(NamedTuple):
    """Where a damaged file is kept, if there was one, and the bytes `left` in its place, None if it was moved."""

    kept: Path | None
    left: bytes | None


def set_aside(path: Path) -> _Aside:
    """Keep what is at `path` among the backups: a copy of a file; anything else is moved there.

    Raises:
        SaveError, PathError: It cannot be kept.
        OSError: It can be neither copied nor moved.
    """
    folder = ensure_backups_folder(path)
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return _Aside(None, None)
    if stat.S_ISREG(mode):
        try:
            data = find_file_bytes(path)
        except PermissionError:
            # Its owner may allow it to be read; anybody else is told.
            path.chmod(stat.S_IMODE(mode) | stat.S_IRUSR | stat.S_IWUSR)
            data = find_file_bytes(path)
        if data is not None:
            return _Aside(save_backup(path, data), data)
    kept = _free_name(folder, path)
    try:
        path.rename(kept)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _move_across(path, kept, mode)
    return _Aside(kept, None)


def _move_across(path: Path, kept: Path, mode: int) -> None:
    """Move what is at `path` to another file system."""
    if stat.S_ISLNK(mode):
        kept.symlink_to(path.readlink())
        path.unlink()
    elif stat.S_ISDIR(mode):
        shutil.copytree(path, kept, symlinks=True)
        shutil.rmtree(path)
    elif stat.S_ISREG(mode):
        shutil.copyfile(path, kept)
        path.unlink()
    else:  # a pipe, socket or device holds nothing
        path.unlink()


def _free_name(folder: Path, path: Path) -> Path:
    name = format_path(path.name).encode()[-150:].decode("utf-8", "ignore")
    return next(kept for number in range(1, 1 << 20) if not os.path.lexists(kept := folder / f"moved-{number}-{name}"))


def _check_unchanged(path: Path, left: bytes | None) -> None:
    """Raise `FileChangedError` unless `left` still is at `path`."""
    found: bytes | None = b""
    with contextlib.suppress(OSError):
        found = find_file_bytes(path)
    if found != left:
        template = _("{file} was changed by another program meanwhile and is not overwritten. Do this again.")
        raise FileChangedError(template.format(file=format_path(path.name)))


def _aside_error(path: Path, error: OSError) -> str:
    sentence = _("{file} cannot be kept aside ({reason}), so nothing was put back. Rename or remove it yourself.")
    return sentence.format(file=format_path(path.name), reason=describe_os_error(error))


def kept_notice(done: PutBack) -> str:
    """Return the sentence that the last state was put back, and where the damaged file is now."""
    if done.kept is None:
        return _("The annotations are back in their file.")
    sentence = _("The annotations are back in their file. What was in its place is kept in {file}.")
    return sentence.format(file=format_path(done.kept))
