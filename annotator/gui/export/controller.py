"""Export annotations, for reviewers or as data."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from annotator.app.preferences.identity import local_time
from annotator.app.preferences.settings_file import save_user_settings
from annotator.app.review.exporting import ExportScope, extension_of, is_for_review, write_export
from annotator.app.review.files import find_refusal, suggest_file_name
from annotator.app.review.packets import folder_name
from annotator.core.i18n import _, ngettext
from annotator.gui.export.dialog import Offer as Choices
from annotator.gui.export.dialog import ask_export
from annotator.gui.mainwindow.message_bar import Offer
from annotator.gui.widgets.progress import carry
from annotator.review.model.answer import ReviewFileError
from annotator.storage.atomic import SaveError
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from annotator.app.review.exporting import ExportRequest, ExportResult
    from annotator.app.workspace.workspace import Workspace
    from annotator.gui.mainwindow.context import Context
    from annotator.gui.widgets.progress import Pace


def export(context: Context) -> None:
    """Ask what to export, write it in the worker, and offer to open the file."""
    context.commit_edits()
    workspace = context.session.workspace
    if workspace is None or not workspace.documents:
        context.session.notify(_("There is no document here that could be exported."))
        return
    order = ask_export(context.window, _choices(context, workspace), theme=context.theme)
    context.article.setFocus()
    if order is not None:
        _remember(context, order)
        _send(context, order, workspace)


def offers_on(context: Context, path: Path) -> tuple[Offer, ...]:
    """Return offers to open the file at `path` and its folder."""
    return (
        Offer(_("Open"), partial(_open, context, path)),
        Offer(_("Open folder"), partial(_open, context, path.parent)),
    )


def _choices(context: Context, workspace: Workspace) -> Choices:
    settings, day = context.settings, local_time()
    last = Path(settings.export_folder) if settings.export_folder else workspace.folder
    path = context.session.path

    def name(kind: str, scope: ExportScope) -> str:
        folder = path.stem if scope is ExportScope.OPEN and path is not None else folder_name(workspace)
        what = "review" if is_for_review(kind) else "annotations"
        return suggest_file_name(folder, what=what, day=day, ending=extension_of(kind))

    return Choices(
        open=path if workspace.index(path) is not None else None,
        documents=workspace.documents,
        kind=settings.export_kind,
        language=settings.export_language or context.language,
        folder=last if last.is_dir() else workspace.folder,
        name=name,
        shown=workspace.display_path,
        refusal=find_refusal,
    )


def _remember(context: Context, order: ExportRequest) -> None:
    settings = context.settings
    settings.export_kind = order.kind
    settings.export_folder = str(order.path.parent)
    if is_for_review(order.kind):
        settings.export_language = order.language
    trouble = save_user_settings(settings)
    if trouble:
        context.notice.add(trouble)


def _send(context: Context, order: ExportRequest, workspace: Workspace) -> None:
    session = context.session
    is_saved = session.save_now()
    made, by = local_time(), session.author

    def work(pace: Pace) -> ExportResult:
        return write_export(order, workspace, made=made, by=by, on_document=pace.step)

    count = len(order.documents) or len(workspace.documents)
    title = _("Writing {file}").format(file=format_path(order.path.name))
    try:
        sent = carry(context.window, work, count=count, worker=context.worker, title=title)
    except (SaveError, ReviewFileError) as error:
        context.notice.add(str(error))
        return
    if sent is None:
        session.notify(_("Stopped. No file was written."))
        return
    lines = [_told(sent, order)]
    if not is_saved:
        lines.append(_("The last changes of the open document are not saved yet, and so not in the file."))
    if sent.troubles:
        lines += [_("Left out:"), *dict.fromkeys(sent.troubles)]
    context.notice.add_news("\n".join(lines), offers=offers_on(context, order.path))


def _told(sent: ExportResult, order: ExportRequest) -> str:
    name = format_path(order.path.name)
    if not sent.documents:
        return _("{file} is written, but holds nothing: nobody has annotated these documents.").format(file=name)
    documents = ngettext("{count} document", "{count} documents", sent.documents).format(count=sent.documents)
    annotations = ngettext("{count} annotation", "{count} annotations", sent.annotations).format(count=sent.annotations)
    told = _("{file} is written: {annotations} of {documents}.")
    return told.format(file=name, annotations=annotations, documents=documents)


def _open(context: Context, path: Path) -> None:
    """Open a local file or folder with the program that the system has for it."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        context.session.notify(_("The system has no program to open {file}.").format(file=format_path(path)))
