"""Actions on folders and documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from annotator.app.documents.open import reload
from annotator.app.session import commands
from annotator.core.i18n import N_, _
from annotator.gui.actions.action import Action, Choice, Menu, Need
from annotator.gui.mainwindow.dialogs import ask_document, ask_folder
from annotator.gui.messages.message import Topic
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from annotator.gui.mainwindow.context import Context


def _open_folder(context: Context) -> None:
    if (chosen := ask_folder(context.window)) is not None:
        context.open_path(chosen)


def _open_document(context: Context) -> None:
    if (chosen := ask_document(context.window)) is not None:
        context.open_path(chosen)


def _reload(context: Context) -> None:
    """Read the open document, its annotations and the label set again from disk."""
    context.commit_edits()
    reload(context.session, deliver=context.invoker.invoke, run=context.worker.run)


def _save_now(context: Context) -> None:
    """Save at once and confirm it in the status bar."""
    session = context.session
    context.commit_input()
    if not session.is_saved:  # a file removed by another program is written again only on request
        session.schedule_save()
    # What is typed into a finished document waits for an answer: it is not saved yet.
    if session.save_now() and not session.guard.has_typed:
        if session.store is not None and session.store.is_recording:
            context.strips.settle(Topic.STEP)
        context.status.show_remark(_("Saved."))


def _finish(context: Context) -> None:
    """Mark the document as done and open the next one that is not."""
    from annotator.gui.documents import finishing

    finishing.finish(context)


def _list_recent(context: Context) -> list[Choice]:
    """Return the recently opened folders except the one that is open."""
    workspace = context.session.workspace
    now = str(workspace.folder) if workspace else ""

    def choice(place: str) -> Choice:
        return Choice(format_path(place), lambda context: context.open_path(Path(place)))

    return [choice(place) for place in context.settings.recent if place != now]


def _choose_recent(context: Context) -> None:
    from annotator.gui.actions.palette import CommandPalette

    context.feature(CommandPalette).show_choices("open-recent")


def _choose_encoding(context: Context) -> None:
    """Ask for the encoding of the open document and read it again in that encoding."""
    from annotator.app.documents.encoding_choice import choose_encoding, make_samples
    from annotator.gui.documents.encoding_dialog import ask_encoding
    from annotator.storage.documents.reader import DocumentError
    from annotator.storage.encodings.decode import get_encoding_title

    session = context.session
    context.commit_edits()
    document, path = session.document, session.path
    if document is None or path is None:
        return
    if document.is_certain:
        template = _("This document is {encoding} beyond doubt: there is nothing to choose.")
        session.notify(template.format(encoding=get_encoding_title(document.encoding)))
        return
    try:
        samples = make_samples(path)
    except DocumentError as error:
        session.warn(str(error))
        return
    found = ask_encoding(context.window, document.name, samples=samples, current=document.encoding, theme=context.theme)
    context.article.setFocus()
    if found is not None:
        choose_encoding(session, found, deliver=context.invoker.invoke, run=context.worker.run)


def _merge_copies(context: Context) -> None:
    from annotator.gui.documents.external_changes import ExternalChanges

    context.feature(ExternalChanges).merge_copies()


def _list_strays(context: Context) -> list[Choice]:
    """Return what looks like a sidecar, each with the document that it fits."""
    from annotator.gui.documents.stray_sidecars import StraySidecars

    return context.feature(StraySidecars).list_choices()


def _choose_stray(context: Context) -> None:
    from annotator.gui.actions.palette import CommandPalette
    from annotator.gui.documents.stray_sidecars import StraySidecars

    if context.feature(StraySidecars).list_choices():
        context.feature(CommandPalette).show_choices("reattach")
    else:
        context.session.notify(_("Every annotation file here belongs to its article."))


ACTIONS: tuple[Action, ...] = (
    Action("open-folder", N_("Open folder…"), _open_folder, Menu.FILE, 0, ("Ctrl+O",), icon="folder"),
    Action("open-file", N_("Open document…"), _open_document, Menu.FILE, 0, ("Ctrl+Shift+O",)),
    Action(
        "open-recent",
        N_("Open recent"),
        _choose_recent,
        Menu.FILE,
        0,
        choices=_list_recent,
    ),
    Action("reload", N_("Reload document"), _reload, Menu.FILE, 1, ("Ctrl+R",), Need.FOLDER),
    Action("encoding", N_("Text encoding…"), _choose_encoding, Menu.FILE, 1, (), Need.DOCUMENT),
    Action("save", N_("Save now"), _save_now, Menu.FILE, 1, ("Ctrl+S",), Need.DOCUMENT),
    Action("merge-copies", N_("Merge conflict copies"), _merge_copies, Menu.FILE, 1, (), Need.DOCUMENT),
    Action(
        "reattach",
        N_("Reattach annotation files…"),
        _choose_stray,
        Menu.FILE,
        1,
        (),
        Need.FOLDER,
        choices=_list_strays,
    ),
    Action(
        "finish",
        N_("Finish document"),
        _finish,
        Menu.FILE,
        2,
        ("Ctrl+Return", "Ctrl+Enter"),
        Need.WRITABLE,
        icon="finish",
    ),
    Action("reopen", N_("Reopen"), lambda w: commands.reopen(w.session), Menu.FILE, 2, (), Need.WRITABLE),
    Action("quit", N_("Quit"), lambda w: w.window.close(), Menu.FILE, 5, ("Ctrl+Q",)),
)
