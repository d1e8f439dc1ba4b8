"""Export annotations, for reviewers or as data."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from annotator.app.outputs.folder import folder_to_remember, suggested_folder
from annotator.app.outputs.target import OutputRefusedError, inspect_output
from annotator.app.preferences.identity import local_time
from annotator.app.preferences.settings_file import save_user_settings
from annotator.app.review.exporting import ExportScope, extension_of, is_for_review, write_export
from annotator.app.review.files import suggest_file_name
from annotator.app.review.packets import folder_name
from annotator.core.formatting import format_count
from annotator.core.i18n import _, ngettext, pgettext
from annotator.gui.dialogs.progress import run_with_progress
from annotator.gui.export.dialog import ExportOptions, ask_export
from annotator.gui.messages.message import Choice, MessageAction, MessageKind, Question
from annotator.review.model.answer import ReviewFileError
from annotator.storage.atomic import SaveError
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from annotator.app.review.exporting import ExportRequest, ExportResult
    from annotator.app.workspace.workspace import Workspace
    from annotator.gui.dialogs.progress import StepCounter
    from annotator.gui.mainwindow.context import Context


def export(context: Context) -> None:
    """Ask what to export, write it in the worker, and offer to open the file."""
    context.commit_input()
    workspace = context.session.workspace
    if workspace is None or not workspace.documents:
        context.session.notify(_("There is no document here that could be exported."))
        return
    with suggested_folder(workspace, chosen=context.settings.export_folder) as folder:
        order = ask_export(context.window, _make_options(context, workspace, folder), theme=context.theme)
        context.article.setFocus()
        if order is not None:
            _save_choices(context, order, workspace)
            _write(context, order, workspace)


def make_open_action(context: Context, path: Path) -> MessageAction:
    """Return the action that opens the file at `path`, or its folder by a right click."""
    other = MessageAction(_("Open folder"), partial(_open_path, context, path.parent))
    return MessageAction(
        pgettext("a file that was written", "Open"),
        partial(_open_path, context, path),
        is_possible=path.exists,
        other=other,
    )


def _make_options(context: Context, workspace: Workspace, folder: Path) -> ExportOptions:
    settings, day = context.settings, local_time()
    path = context.session.path

    def name(kind: str, scope: ExportScope) -> str:
        origin = path.stem if scope is ExportScope.OPEN and path is not None else folder_name(workspace)
        what = "review" if is_for_review(kind) else "annotations"
        return suggest_file_name(origin, what=what, day=day, ending=extension_of(kind))

    return ExportOptions(
        open_document=path if workspace.index(path) is not None else None,
        documents=workspace.documents,
        kind=settings.export_kind,
        language=settings.export_language or context.language,
        folder=folder,
        suggest_name=name,
        display_path=workspace.display_path,
        inspect=partial(inspect_output, workspace=workspace),
    )


def _save_choices(context: Context, request: ExportRequest, workspace: Workspace) -> None:
    settings = context.settings
    settings.export_kind = request.kind
    settings.export_folder = folder_to_remember(request.target.path, workspace)
    if is_for_review(request.kind):
        settings.export_language = request.language
    trouble = save_user_settings(settings)
    if trouble:
        context.strips.warn(trouble)


def _write(context: Context, request: ExportRequest, workspace: Workspace) -> None:
    session = context.session
    is_saved = session.save_now()
    made, by = local_time(), session.author
    troubles: list[str] = []

    def work(pace: StepCounter) -> ExportResult:
        return write_export(request, workspace, made=made, by=by, on_document=pace.step, on_trouble=troubles.append)

    count = len(request.documents) or len(workspace.documents)
    title = _("Writing {file}…").format(file=format_path(request.target.path.name))
    try:
        sent = run_with_progress(context.window, work, count=count, worker=context.worker, title=title)
    except (OutputRefusedError, SaveError, ReviewFileError) as error:
        context.strips.warn("\n".join((str(error), *_left_out(troubles))))
        return
    if sent is None:
        session.notify(_("Stopped. No file was written."))
        return
    lines = []
    if not is_saved:
        lines.append(_("The last changes of the open document are not saved yet, and so not in the file."))
    lines += _left_out(troubles)
    said, action = _describe_result(sent, request), make_open_action(context, request.target.path)
    if not lines:
        context.toasts.show(said, action=action)
        return
    # What is missing in the file must not go by itself.
    choice = Choice(action.text, "V", action.callback)
    context.strips.ask(Question(said, "\n".join(lines), MessageKind.WARN, (choice,), is_kept=True))


def _left_out(troubles: Sequence[str]) -> list[str]:
    """Return lines on what could not be read, none if there is nothing."""
    return [_("Left out:"), *dict.fromkeys(troubles)] if troubles else []


def _describe_result(result: ExportResult, request: ExportRequest) -> str:
    name = format_path(request.target.path.name)
    if not result.documents:
        return _("{file} is written, but holds nothing: nobody has annotated these documents.").format(file=name)
    documents = ngettext("{count} document", "{count} documents", result.documents).format(
        count=format_count(result.documents)
    )
    annotations = ngettext("{count} annotation", "{count} annotations", result.annotations).format(
        count=format_count(result.annotations)
    )
    template = _("{file} is written: {annotations} of {documents}.")
    return template.format(file=name, annotations=annotations, documents=documents)


def _open_path(context: Context, path: Path) -> None:
    """Open a local file or folder with the program that the system has for it."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        context.strips.warn(_("The system has no program to open {file}.").format(file=format_path(path)))
