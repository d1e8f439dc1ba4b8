"""Save a copy of the annotations where the user says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from annotator.app.history.restore import save_copy, suggest_copy_name
from annotator.core.i18n import _
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from annotator.core.annotation_set import AnnotationSet
    from annotator.gui.mainwindow.context import Context


def save_copy_now(context: Context) -> None:
    """Save the annotations as they stand now to a file that the user chooses."""
    context.commit_edits()
    save_copy_of(context, context.session.state, when=context.session.writer().now)


def save_copy_of(context: Context, state: AnnotationSet, *, when: str) -> None:
    """Save `state`, which stood at `when` (ISO 8601), to a file that the user chooses."""
    session = context.session
    if session.path is None:
        return
    target = ask_copy_place(context.window, session.path.with_name(suggest_copy_name(session, when=when)))
    if target is None:
        return
    trouble = save_copy(session, target, state=state)
    if trouble:
        context.strips.warn(trouble)
    else:
        context.toasts.show(_("The copy is in {file}.").format(file=format_path(target)))


def ask_copy_place(parent: QWidget, suggested: Path) -> Path | None:
    """Return the file in which the user wants the copy, or None."""
    kinds = _("Annotations") + " (*.yaml)"
    chosen, _kind = QFileDialog.getSaveFileName(parent, _("Save a copy of the annotations"), str(suggested), kinds)
    return Path(chosen) if chosen else None
