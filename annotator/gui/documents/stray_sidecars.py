"""Looks for files of the folder that look like sidecars and belong to no document, and reattaches them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from annotator.app.documents.current_place import capture_place, restore_place
from annotator.app.documents.open import open_document
from annotator.app.documents.reattach import reattach
from annotator.app.session.events import Event, EventKind
from annotator.app.workspace.sidecar_index import StrayReason
from annotator.app.workspace.strays import find_strays, stray_notice
from annotator.core.i18n import _
from annotator.gui.actions.action import Choice
from annotator.gui.mainwindow.context import Context, Feature
from annotator.gui.widgets.threads import Worker
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from annotator.app.workspace.sidecar_index import StraySidecar
    from annotator.app.workspace.workspace import Workspace


class StraySidecars(Feature):
    """Keeps the strays of the workspace up to date, which the document list and *To check* show."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._worker = Worker(context.invoker)  # of its own: it may hash many documents
        self._is_looking = self._is_asked = self._is_closed = False
        context.session.changed.connect(self._on_changed)
        context.window.closing.connect(self._on_closing)
        self.look()

    def look(self) -> None:
        """Look for strays in the worker."""
        workspace = self._context.session.workspace
        if workspace is None or self._is_closed:
            return
        self._is_asked = self._is_looking
        if not self._is_looking:
            self._is_looking = True
            work = partial(find_strays, workspace)
            self._worker.run(work, partial(self._on_found, workspace), failed=self._on_failed)

    def list_choices(self) -> list[Choice]:
        """Return a choice for each stray, and one for all that are without a doubt."""
        workspace = self._context.session.workspace
        if workspace is None:
            return []
        choices = [Choice(_describe(one, workspace), partial(self._choose, one)) for one in workspace.strays]
        sure = [one for one in workspace.strays if one.document is not None]
        if len(sure) > 1:
            choices.insert(0, Choice(_("All that fit a document"), lambda _context: self._reattach(sure)))
        return choices

    def _choose(self, stray: StraySidecar, _context: Context) -> None:
        if stray.document is None:
            self._context.session.warn(stray_notice(stray))
        else:
            self._reattach([stray])

    def _reattach(self, strays: list[StraySidecar]) -> None:
        """Reattach `strays` in the worker; the open document is closed meanwhile, so that nothing is written twice."""
        context, session = self._context, self._context.session
        workspace, path = session.workspace, session.path
        if workspace is None:
            return
        is_open = any(one.document == path for one in strays)
        context.commit_edits()
        if is_open and not session.save_now():
            session.warn(_("The annotations are not saved yet. Reattach the file when they are."))
            return
        place, now = capture_place(session), session.writer().now
        if is_open:
            session.close()
        left = tuple(one for one in workspace.strays if one not in strays)  # so that none is chosen twice
        session.update_workspace(replace(workspace, strays=left))

        def show(troubles: list[str]) -> None:
            if self._is_closed:
                return
            now_open = session.workspace
            is_same = now_open is not None and now_open.folder == workspace.folder
            if is_open and path is not None and session.path is None and is_same:  # else another one was opened
                open_document(session, path, deliver=context.invoker.invoke, run=context.worker.run)
                restore_place(session, place)
            context.refresh_documents()
            for trouble in filter(None, troubles):
                session.warn(trouble)
            if not any(troubles):
                session.notify(_("The annotations are back at their article."), kind=EventKind.REPORTED)
            self.look()

        self._worker.run(lambda: [reattach(one, workspace, now=now) for one in strays], show)

    def _on_changed(self, event: Event) -> None:
        if event.kind is EventKind.WORKSPACE_OPENED:
            self.look()

    def _on_found(self, workspace: Workspace, strays: tuple[StraySidecar, ...]) -> None:
        self._is_looking = False
        context, session = self._context, self._context.session
        now = session.workspace
        if now is not None and now.folder == workspace.folder and now.strays != strays:
            session.update_workspace(replace(now, strays=strays))
            context.refresh_documents()
        if self._is_asked or (now is not None and now.folder != workspace.folder):
            self.look()

    def _on_failed(self) -> None:
        self._is_looking = False
        if self._is_asked:
            self.look()

    def _on_closing(self) -> None:
        self._context.session.changed.disconnect(self._on_changed)
        self._is_closed = True
        self._worker.close()


def _describe(stray: StraySidecar, workspace: Workspace) -> str:
    file = workspace.display_path(stray.path)
    if stray.document is None:
        return _("{file}: no article fits").format(file=file)
    names = {"file": file, "document": format_path(stray.document.name)}
    if stray.reason is StrayReason.VERSION:
        return _("{file}: merge into {document}").format(**names)
    return _("{file}: reattach to {document}").format(**names)
