"""Notices about another program's changes to the annotations."""

from __future__ import annotations

from annotator.core.i18n import _, ngettext


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
