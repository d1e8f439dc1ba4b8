"""Save a copy of the annotations where the user says."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.app.history.restore import save_copy, suggest_copy_name
from annotator.app.outputs.folder import suggested_folder
from annotator.app.outputs.target import inspect_output
from annotator.app.workspace.workspace import load_document_workspace
from annotator.core.i18n import _
from annotator.gui.mainwindow.output_dialog import OutputQuestion, ask_output
from annotator.gui.messages.message import Topic
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from annotator.core.annotation_set import AnnotationSet
    from annotator.gui.mainwindow.context import Context


def save_copy_now(context: Context) -> None:
    """Save the annotations as they stand now to a file that the user chooses."""
    context.commit_input()
    save_copy_of(context, context.session.state, when=context.session.writer().now)


def save_copy_of(context: Context, state: AnnotationSet, *, when: str) -> None:
    """Save `state`, which stood at `when` (ISO 8601), to a file that the user chooses."""
    session = context.session
    if session.path is None:
        return
    workspace = session.workspace or load_document_workspace(session.path)
    with suggested_folder(workspace, chosen=context.settings.export_folder) as folder:
        question = OutputQuestion(
            _("Save a copy of the annotations"),
            folder / suggest_copy_name(session, when=when),
            _("Annotations") + " (*.yaml)",
            partial(inspect_output, workspace=workspace, is_copy=True),
        )
        target = ask_output(context.window, question)
        if target is None:
            return
        trouble = save_copy(session, target, state=state)
    if trouble:
        context.strips.warn(trouble, topic=Topic.COPY)
    else:
        context.strips.settle(Topic.COPY)
        context.toasts.show(_("The copy is in {file}.").format(file=format_path(target.path)))
