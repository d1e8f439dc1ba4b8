"""Take in what reviewers say in files that came back.

Files are read and matched beside the window's thread; nothing is changed before the user has seen what they say.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from annotator.app.outputs.folder import suggested_folder
from annotator.app.outputs.target import OutputRefusedError, inspect_output
from annotator.app.outputs.writer import write_output
from annotator.app.preferences.identity import local_time, new_id
from annotator.app.review.importing import (
    ImportResult,
    format_rejected,
    import_into_closed_document,
    import_into_session,
    is_batch_open,
    make_preview,
    read_answers,
)
from annotator.core.formatting import format_count
from annotator.core.i18n import _, ngettext
from annotator.gui.dialogs.progress import run_each
from annotator.gui.mainwindow.message_dialog import show_message
from annotator.gui.mainwindow.output_dialog import OutputQuestion, ask_output
from annotator.gui.messages.message import MessageAction
from annotator.gui.review.controller import ReviewTool
from annotator.gui.review.import_dialog import ask_take_in
from annotator.storage.atomic import SaveError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from annotator.app.review.importing import ImportPreview, RejectedAnswer
    from annotator.app.review.matching import Batch
    from annotator.app.workspace.workspace import Workspace
    from annotator.gui.mainwindow.context import Context

_ENDINGS = (".xlsx", ".docx", ".json", ".html", ".htm")  # of what reviewers send back, or send back by mistake


def is_answer_file(path: Path) -> bool:
    """Return whether the name at `path` is that of a file that a reviewer may have sent back."""
    return path.suffix.lower() in _ENDINGS and path.is_file()


def take_in(context: Context, paths: Sequence[Path] = ()) -> None:
    """Read the files at `paths`, or those that the user chooses, tell what they say, and take it in if wanted."""
    session = context.session
    context.commit_edits()
    workspace = session.workspace
    if workspace is None or not workspace.documents:
        session.notify(_("Open the folder first that the reviewer's file was made from."))
        return
    found = tuple(dict.fromkeys(paths or ask_answer_files(context.window, workspace.folder)))
    if not found:
        context.article.setFocus()
        return
    session.save_now()
    who = session.author
    brought = run_each(
        context.window,
        found,
        each=partial(read_answers, workspace=workspace, who=who, new_id=new_id),
        worker=context.worker,
        title=_("Reading what reviewers sent back…"),
    )
    arrival = make_preview(brought.results)
    chosen_folder = context.settings.export_folder
    save = partial(_save_list, untaken=arrival.rejected, workspace=workspace, chosen_folder=chosen_folder)
    is_wanted = brought.is_complete and ask_take_in(context.window, arrival, save=save, theme=context.theme)
    context.article.setFocus()
    # By the folder: strays that are found meanwhile make the workspace another object.
    if is_wanted and session.workspace is not None and session.workspace.folder == workspace.folder:
        _log(context, arrival, workspace)


def ask_answer_files(parent: QWidget, folder: Path) -> tuple[Path, ...]:
    """Return the files that the user chooses; none if the dialog is cancelled."""
    kinds = _("Files from reviewers") + " (*.xlsx *.docx *.json);;" + _("All files") + " (*)"
    title = _("Take in a reviewer's file")
    chosen, _kind = QFileDialog.getOpenFileNames(parent, title, str(folder), kinds)
    return tuple(Path(one) for one in chosen)


def _log(context: Context, arrival: ImportPreview, workspace: Workspace) -> None:
    session, who = context.session, context.session.author
    here = [batch for batch in arrival.batches if is_batch_open(batch, session)]
    logged = [import_into_session(batch, session) for batch in here]

    def log(batch: Batch) -> ImportResult:
        return import_into_closed_document(batch, who=who, now=local_time())

    others = [batch for batch in arrival.batches if batch not in here]
    walked = run_each(context.window, others, each=log, worker=context.worker, title=_("Taking verdicts in…"))
    logged += walked.results
    lines = [f"{workspace.display_path(one.place.source)}: {one.trouble}" for one in logged if one.trouble]
    if lines:
        context.strips.warn(
            "\n".join((_("Not every verdict could be taken in. Take the file in again later:"), *lines))
        )
    for one in walked.results:
        context.refresh_progress(one.place.source)
    count, documents = sum(one.added for one in logged), sum(1 for one in logged if one.added)
    if count:
        show = MessageAction(_("Show"), lambda: context.feature(ReviewTool).enter())
        context.toasts.show(_told(count, documents), action=show)
        context.feature(ReviewTool).enter()


def _told(count: int, documents: int) -> str:
    message = ngettext("{count} verdict came in", "{count} verdicts came in", count).format(count=format_count(count))
    where = ngettext("on {count} document", "on {count} documents", documents).format(count=format_count(documents))
    return f"{message} {where}."


def _save_list(parent: QWidget, *, untaken: Sequence[RejectedAnswer], workspace: Workspace, chosen_folder: str) -> None:
    """Save what cannot be taken in as a table where the user says."""
    title = _("Save this list")
    with suggested_folder(workspace, chosen=chosen_folder) as folder:
        inspect = partial(inspect_output, workspace=workspace)
        question = OutputQuestion(title, folder / _("not-taken-in.csv"), _("Table") + " (*.csv)", inspect)
        target = ask_output(parent, question)
        if target is None:
            return
        data = format_rejected(untaken)
        try:
            write_output(target, lambda out: out.write(data), replaces=True)
        except (OutputRefusedError, SaveError) as error:
            show_message(parent, title, text=str(error))
