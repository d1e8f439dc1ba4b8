"""Notices about another program's changes to the annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.i18n import _, ngettext
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from pathlib import Path


def merged_notice(count: int) -> str:
    """Return the sentence that `count` decisions were merged."""
    if not count:
        return _("Changes by another program were taken over.")
    sentence = ngettext(
        "{count} decision by another program was taken over.",
        "{count} decisions by another program were taken over.",
        count,
    )
    return sentence.format(count=count)


def reverted_notice() -> str:
    """Return the sentence that an earlier state of the sidecar was put back."""
    return _(
        "Another program put an earlier state of the annotations back. Your work since then stands and is saved again; "
        "the history leads back to any earlier state."
    )


def conflict_notice(count: int) -> str:
    """Return the sentence that two versions conflict at `count` places, and where to resolve them."""
    sentence = ngettext(
        "{count} conflict: what stands and what the other version says are side by side under “To check” (F8).",
        "{count} conflicts: what stands and what the other version says are side by side under “To check” (F8).",
        count,
    )
    return sentence.format(count=count)


def removed_notice(file: str, backup: str) -> str:
    """Return the sentence that the sidecar `file` was removed; `backup` is the path of its copy."""
    sentence = _(
        "{file} was removed by another program. Your work is kept here and in {backup}; your next step, or saving now "
        "(Ctrl+S), writes the file again."
    )
    return sentence.format(file=file, backup=backup)


def unread_notice(reason: str) -> str:
    """Return the sentence that another program's version cannot be read."""
    message = _(
        "Another program changed the annotations, and they cannot be read now. Nothing is overwritten: your work is "
        "kept, and both are brought together as soon as the file is sound."
    )
    return f"{message}\n{reason}"


def moved_notice(old: Path) -> str:
    """Return the sentence that the document was at `old` before, and that its history came along."""
    sentence = _("This document was at {place} before: its history came along, with what was not saved yet.")
    return sentence.format(place=format_path(old))


def waiting_notice(count: int) -> str:
    """Return the sentence that steps found only in the journal are kept, although they cannot be shown."""
    if not count:
        return ""
    sentence = ngettext(
        "{count} step that is not in the file yet is kept and comes back when the file is sound.",
        "{count} steps that are not in the file yet are kept and come back when the file is sound.",
        count,
    )
    return sentence.format(count=count)


def restored_notice(count: int) -> str:
    """Return the sentence that `count` steps which only the journal had were brought back."""
    sentence = ngettext(
        "{count} unsaved step was recovered from the journal.",
        "{count} unsaved steps were recovered from the journal.",
        count,
    )
    return sentence.format(count=count)


def last_state_notice(count: int, *, time: str) -> str:
    """Return the sentence that the last state is shown, with `count` decisions; `time` is that of the last step."""
    sentence = ngettext(
        "What you see is the last state, with {count} decision, {time}. Put it back: what is in its place now is kept "
        "among the backups.",
        "What you see is the last state, with {count} decisions, {time}. Put it back: what is in its place now is kept "
        "among the backups.",
        count,
    )
    return sentence.format(count=count, time=time)


def known_notice(count: int) -> str:
    """Return the sentence that the last state of a damaged sidecar is known, with `count` decisions."""
    sentence = ngettext(
        "The last state of these annotations, with {count} decision, is known on this computer.",
        "The last state of these annotations, with {count} decisions, is known on this computer.",
        count,
    )
    return sentence.format(count=count)


def emptied_notice() -> str:
    """Return the sentence that the journal of a document that was worked on is empty."""
    return _(
        "The journal of this document was emptied by something else: its history is gone and begins anew. The "
        "annotations are in their file as they were."
    )


def gone_notice(count: int) -> str:
    """Return the sentence that the sidecar was removed, and that `count` decisions were brought back."""
    sentence = ngettext(
        "The file of these annotations was removed: {count} decision that it held is back and will be written again.",
        "The file of these annotations was removed: {count} decisions that it held are back and will be written again.",
        count,
    )
    return sentence.format(count=count)


def lost_notice(count: int) -> str:
    """Return the sentence that another program's version lacks `count` decisions."""
    sentence = ngettext(
        "Another program changed these annotations while they were closed: {count} decision that was here is missing.",
        "Another program changed these annotations while they were closed: {count} decisions that were here are "
        "missing.",
        count,
    )
    return sentence.format(count=count)


def foreign_problem(file: str) -> str:
    """Return what is wrong with a sidecar that is about the document `file`."""
    return _("these are annotations of another document ({file})").format(file=file)


def is_unread_notice(message: str) -> bool:
    """Return whether `message` was made by `unread_notice`."""
    return bool(message) and message.startswith(unread_notice("").rstrip())
