"""Lets the person export annotations, for reviewers or as data. It must not know how any kind of file is made."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from annotator.app.preferences.identity import now
from annotator.app.preferences.settings_file import keep_settings
from annotator.app.review.exporting import Scope, ending_of, is_for_review, send
from annotator.app.review.files import find_refusal, outgoing_name
from annotator.app.review.packets import folder_name
from annotator.core.i18n import _, plural
from annotator.gui.export.dialog import Offer as Choices
from annotator.gui.export.dialog import ask_export
from annotator.gui.mainwindow.message_bar import Offer
from annotator.gui.widgets.progress import carry
from annotator.review.model.answer import ReviewFileError
from annotator.storage.atomic import SaveError
from annotator.storage.paths import shown

if TYPE_CHECKING:
    from annotator.app.review.exporting import Order, Sent
    from annotator.app.workspace.workspace import Workspace
    from annotator.gui.mainwindow.context import Context
    from annotator.gui.widgets.progress import Pace


def export(context: Context) -> None:
    """Ask what is to go out, write it beside the window's thread, and offer to open it."""
    context.commit_edits()
    workspace = context.session.workspace
    if workspace is None or not workspace.documents:
        context.session.tell(_("There is no document here that could be exported."))
        return
    order = ask_export(context.window, _choices(context, workspace), theme=context.theme)
    context.article.setFocus()
    if order is not None:
        _remember(context, order)
        _send(context, order, workspace)


def offers_on(context: Context, path: Path) -> tuple[Offer, ...]:
    """Offer to open the file at ``path``, or its folder."""
    return (
        Offer(_("Open"), partial(_open, context, path)),
        Offer(_("Open folder"), partial(_open, context, path.parent)),
    )


def _choices(context: Context, workspace: Workspace) -> Choices:
    settings, day = context.settings, now()
    last = Path(settings.export_folder) if settings.export_folder else workspace.folder
    path = context.session.path

    def name(kind: str, scope: Scope) -> str:
        folder = path.stem if scope is Scope.OPEN and path is not None else folder_name(workspace)
        what = "review" if is_for_review(kind) else "annotations"
        return outgoing_name(folder, what=what, day=day, ending=ending_of(kind))

    return Choices(
        open=path if workspace.index(path) is not None else None,
        documents=workspace.documents,
        kind=settings.export_kind,
        language=settings.export_language or context.language,
        folder=last if last.is_dir() else workspace.folder,
        name=name,
        shown=workspace.shown,
        refusal=find_refusal,
    )


def _remember(context: Context, order: Order) -> None:
    settings = context.settings
    settings.export_kind = order.kind
    settings.export_folder = str(order.path.parent)
    if is_for_review(order.kind):
        settings.export_language = order.language
    trouble = keep_settings(settings)
    if trouble:
        context.notice.add(trouble)


def _send(context: Context, order: Order, workspace: Workspace) -> None:
    session = context.session
    is_saved = session.save_now()
    made, by = now(), session.who

    def work(pace: Pace) -> Sent:
        return send(order, workspace, made=made, by=by, on_document=pace.step)

    count = len(order.documents) or len(workspace.documents)
    title = _("Writing {file}").format(file=shown(order.path.name))
    try:
        sent = carry(context.window, work, count=count, worker=context.worker, title=title)
    except (SaveError, ReviewFileError) as error:
        context.notice.add(str(error))
        return
    if sent is None:
        session.tell(_("Stopped. No file was written."))
        return
    lines = [_told(sent, order)]
    if not is_saved:
        lines.append(_("The last changes of the open document are not saved yet, and so not in the file."))
    if sent.troubles:
        lines += [_("Left out:"), *dict.fromkeys(sent.troubles)]
    context.notice.add_news("\n".join(lines), offers=offers_on(context, order.path))


def _told(sent: Sent, order: Order) -> str:
    name = shown(order.path.name)
    if not sent.documents:
        return _("{file} is written, but holds nothing: nobody has annotated these documents.").format(file=name)
    documents = plural("{count} document", "{count} documents", sent.documents).format(count=sent.documents)
    annotations = plural("{count} annotation", "{count} annotations", sent.annotations).format(count=sent.annotations)
    told = _("{file} is written: {annotations} of {documents}.")
    return told.format(file=name, annotations=annotations, documents=documents)


def _open(context: Context, path: Path) -> None:
    """Open what is on this machine with the program that the system has for it."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        context.session.tell(_("The system has no program to open {file}.").format(file=shown(path)))
