"""Find the documents of the folder with open verdicts, beside the window's thread.

They are looked at a few at a time, so that other work of that thread comes in between; what was seen once is only read
again where its file was written since.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.app.review.closed_documents import PendingVerdicts, count_pending

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.app.workspace.workspace import Workspace
    from annotator.gui.mainwindow.context import Context

_PORTION = 48


class WaitingVerdicts(QObject):
    """Open verdicts by document; `changed` follows when more is known."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context.window)
        self._context = context
        self._known: dict[Path, PendingVerdicts] = {}
        self._workspace: Workspace | None = None
        self._at = 0
        self._round = 0
        self.is_all = False
        """True once all documents were looked at."""

    def look(self) -> None:
        """Look at all documents, from the first one on."""
        workspace = self._context.session.workspace
        if workspace is None:
            return
        if self._workspace is None or workspace.folder != self._workspace.folder:
            self._known = {}
        self._workspace, self._at, self.is_all = workspace, 0, False
        self._round += 1
        self._go_on(self._round)

    def stop(self) -> None:
        """Look at no more."""
        self._round += 1

    def others(self) -> list[tuple[Path, int]]:
        """Return the other documents with open verdicts, and how many each has, in the order after the open one.

        After the last one comes the first.
        """
        session, workspace = self._context.session, self._context.session.workspace
        if workspace is None:
            return []
        at = workspace.index(session.path) or 0
        order = (*workspace.documents[at:], *workspace.documents[:at])
        found = ((path, self._known[path].verdicts) for path in order if path in self._known and path != session.path)
        return [(path, count) for path, count in found if count]

    def _go_on(self, number: int) -> None:
        workspace = self._workspace
        if workspace is None or number != self._round:
            return
        portion = workspace.documents[self._at : self._at + _PORTION]
        if not portion:
            self.is_all = True
            self.changed.emit()
            return
        self._at += len(portion)
        known = {path: self._known[path] for path in portion if path in self._known}
        work = partial(count_pending, portion, workspace, annotator=self._context.session.author, known=known)
        self._context.worker.run(work, partial(self._take, number))

    def _take(self, number: int, found: dict[Path, PendingVerdicts]) -> None:
        if number != self._round:
            return
        before = {path: self._known[path].verdicts for path in found if path in self._known}
        is_news = any(before.get(path, 0) != one.verdicts for path, one in found.items())
        self._known.update(found)
        if is_news:
            self.changed.emit()
        self._go_on(number)
