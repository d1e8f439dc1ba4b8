"""Errors of journals, in the sentences that the user reads."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from annotator.core.i18n import _
from annotator.storage.errors import describe_os_error
from annotator.storage.journal.codec import JournalEntry, LostRecords, WorkOpened
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

DISK_FULL_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_PERMISSION_ERRORS = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class JournalError(Exception):
    """The journal cannot be read or written; the message is the sentence that the user reads."""


class JournalBusyError(JournalError):
    """Another window works on the same document as the same annotator."""


class JournalFullError(JournalError):
    """The journal cannot be written, as its disk is full."""


class JournalVersionError(JournalError):
    """The journal was written by a later version of the program."""


class JournalGoneError(JournalError):
    """The journal was removed while it was open, and its content is lost."""


def describe_damage(entries: Sequence[JournalEntry], *, tail: bytes, kept: Path | None) -> str:
    """Return the sentence that says which records are lost; `tail` was moved to the file `kept`."""
    if kept is not None and (b"\n" in tail or not entries):
        sentence = _(
            "The journal of this document was damaged from some point on. What could not be read is kept in {file}; "
            "the history before it is there."
        )
        if not entries:
            sentence = _(
                "The journal of this document was damaged or is no journal. It is kept in {file}, and a new history "
                "begins."
            )
        return sentence.format(file=format_path(kept))
    for entry in reversed(entries):
        if isinstance(entry.record, WorkOpened):
            break
        if isinstance(entry.record, LostRecords):
            return _("Part of this document's journal is damaged: the history has a gap there.")
    return ""


def open_error_message(error: OSError, path: Path) -> str:
    """Return the sentence that says why the journal at `path` cannot be opened."""
    names = {
        "file": format_path(path),
        "folder": format_path(path.parent),
        "reason": describe_os_error(error),
    }
    if error.errno in DISK_FULL_ERRORS:
        return _("The journal {file} cannot be opened: the disk is full. Free some space.").format(**names)
    if error.errno in _PERMISSION_ERRORS:
        return _("The journal {file} cannot be opened: you may not write in {folder}. Get permission to.").format(
            **names
        )
    return _("The journal {file} cannot be opened: {reason}. Check the folder {folder}.").format(**names)


def append_error_message(error: OSError, path: Path) -> str:
    """Return the sentence that says why nothing could be appended to the journal at `path`."""
    names = {
        "file": format_path(path),
        "folder": format_path(path.parent),
        "reason": describe_os_error(error),
    }
    if error.errno in DISK_FULL_ERRORS:
        return _("The step was not done: the disk with {folder} is full. Free some space and do it again.").format(
            **names
        )
    if error.errno == errno.ENOENT:
        return _("The step was not done: the journal {file} was removed. Close the document and open it again.").format(
            **names
        )
    return _(
        "The step was not done: the journal {file} cannot be written ({reason}). Check the disk and do it again."
    ).format(**names)
