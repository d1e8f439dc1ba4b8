"""Find in all documents of the workspace, searched in a worker in batches that can be stopped."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt

from annotator.app.search import search_folder
from annotator.app.session.events import Event, EventKind
from annotator.core.formatting import format_count
from annotator.core.i18n import _, ngettext
from annotator.gui.mainwindow.context import Context, Feature
from annotator.gui.mainwindow.dock_panel import DockPanel
from annotator.gui.search.find_bar import FindBar
from annotator.gui.search.workspace_panel import WorkspaceSearchPanel
from annotator.gui.widgets.threads import Debouncer

if TYPE_CHECKING:
    from annotator.app.search import SearchHit
    from annotator.app.workspace.workspace import Workspace

_TYPING_DELAY = 250  # milliseconds without a key until the search starts
_DOCUMENTS_PER_BATCH = (
    50  # documents per batch; between batches the search can be stopped and the worker does other work
)
_MAX_HITS = 2_000  # sentences; a longer list is useless, more words narrow it


class _Batch(NamedTuple):
    hits: list[SearchHit]
    troubles: list[str]


class WorkspaceSearch(Feature):
    """The feature with the panel of results; a search runs until it is complete, stopped, or replaced by another."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._dock = DockPanel("found", context.window)
        self._panel = WorkspaceSearchPanel(context.theme, context.window)
        self._dock.setWidget(self._panel)
        context.window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self._dock)
        if "table" in context.window.panels:
            context.window.tabifyDockWidget(context.window.panels["table"], self._dock)
        context.window.resizeDocks([self._dock], [260], Qt.Orientation.Vertical)
        self._dock.hide()
        self._start_later = Debouncer(self._start_search, self, milliseconds=_TYPING_DELAY)
        self._search_number = 0  # the number of the running search; results of earlier ones are dropped
        self._is_waiting = self._is_searching = self._is_truncated = False
        self._workspace: Workspace | None = None
        self._panel.typed.connect(self._on_typed)
        self._panel.chosen.connect(self._open_hit)
        self._panel.stopped.connect(self._stop)
        self._panel.left.connect(self.close)
        self._dock.visibilityChanged.connect(self._on_visible)
        context.session.changed.connect(self._on_changed)
        context.window.closing.connect(self._on_closing)

    def open(self) -> None:
        """Show the panel with the selected text, or else the last search, ready to be replaced."""
        words = self._context.feature(FindBar).words or self._panel.field.text()
        is_new = words != self._panel.field.text() or self._workspace is not self._context.session.workspace
        self._dock.show()
        self._panel.edit(words)
        if is_new:
            self._start_search()

    def close(self) -> None:
        """Hide the panel and give the article the focus."""
        self._dock.hide()
        self._context.article.setFocus()

    def apply_theme(self) -> None:
        """Use the theme, the language and the labels in use."""
        context = self._context
        self._dock.set_title(_("Found in all documents"))
        self._panel.apply_theme(
            context.theme, labels={one.key: one.name(context.language) for one in context.session.labels}
        )
        self._show_count()

    def _on_typed(self) -> None:
        self._is_waiting = True
        self._stop()
        self._start_later.stop()
        self._start_later.request()

    def _start_search(self) -> None:
        """Start to search for what is typed."""
        self._is_waiting = False
        self._stop()
        self._start_later.stop()
        self._panel.model.clear()
        self._workspace = self._context.session.workspace
        self._is_searching = bool(self._panel.field.text().strip()) and self._workspace is not None
        self._is_truncated = False
        if self._is_searching:
            self._search_on(0)
        self._show_count()

    def _search_on(self, first: int) -> None:
        """Search the next batch of documents, starting at the one numbered `first`."""
        workspace, number = self._workspace, self._search_number
        if workspace is None or first >= len(workspace.documents):
            self._is_searching = False
            return
        part = replace(workspace, documents=workspace.documents[first : first + _DOCUMENTS_PER_BATCH])
        words = self._panel.field.text()

        def take(portion: _Batch) -> None:
            if number == self._search_number:
                self._add_results(portion)
                if self._is_searching:
                    self._search_on(first + _DOCUMENTS_PER_BATCH)
                self._show_count()

        def stop() -> None:
            if number == self._search_number:
                self._stop()

        self._context.worker.run(partial(_search_documents, part, words), take, failed=stop)

    def _add_results(self, portion: _Batch) -> None:
        room = _MAX_HITS - self._panel.model.rowCount()
        self._panel.add(portion.hits[:room])
        if len(portion.hits) > room:
            self._is_truncated, self._is_searching = True, False
        if portion.troubles:
            message = "\n".join((_("These documents could not be looked through:"), *portion.troubles))
            self._context.strips.warn(message)

    def _stop(self) -> None:
        self._search_number += 1
        self._is_searching = False
        self._show_count()

    def _open_hit(self, row: int) -> None:
        """Open the document of the result at `row` and show the match in it."""
        context, hit = self._context, self._panel.model.hits[row]
        workspace, session = context.session.workspace, context.session
        index = workspace.index(hit.path) if workspace else None
        if index is None:
            return
        if hit.path != session.path:
            context.open_row(index)
        if session.reading is None:
            return
        place = hit.matches[0].start if hit.matches else hit.start
        session.go_to(session.reading.find_sentence_at(max(hit.start, place)))
        context.feature(FindBar).show_match(self._panel.field.text(), at=place)
        context.article.setFocus()

    def _show_count(self) -> None:
        count = self._panel.model.rowCount()
        text = ngettext("{count} sentence", "{count} sentences", count).format(count=format_count(count))
        if self._is_searching:
            text = _("searching…") + (f" {text}" if count else "")
        elif self._is_truncated:
            text = _("the first {count} sentences").format(count=format_count(count))
        elif not count:
            text = _("not found") if self._panel.field.text().strip() and not self._is_waiting else ""
        self._panel.set_count(text, is_searching=self._is_searching)

    def _on_visible(self, is_visible: bool) -> None:  # noqa: FBT001  # Qt's own signal
        if not is_visible:
            self._stop()

    def _on_changed(self, event: Event) -> None:
        if event.kind is EventKind.WORKSPACE_OPENED:
            self._stop()
            self._panel.model.clear()
            self._workspace = None
            self._show_count()

    def _on_closing(self) -> None:
        self._search_number += 1
        self._start_later.stop()
        self._dock.visibilityChanged.disconnect(self._on_visible)
        self._context.session.changed.disconnect(self._on_changed)


def _search_documents(workspace: Workspace, words: str) -> _Batch:
    troubles: list[str] = []
    hits = list(search_folder(workspace, words, on_trouble=troubles.append))
    return _Batch(hits, troubles)
