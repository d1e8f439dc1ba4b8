"""Joins the table of annotations with the session.

What changes is gathered while the table is shown; while it is hidden nothing is done, and it reads everything anew when
it is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.session import bulk_commands
from annotator.app.session.events import Event, EventKind
from annotator.core.change import Layer
from annotator.gui.annotations.note_dialog import ask_note
from annotator.gui.annotations.panel import AnnotationPanel, RowAction
from annotator.gui.annotations.rows import Spelling
from annotator.gui.mainwindow.panel_controller import PanelController
from annotator.gui.theme.theme import make_label_style
from annotator.gui.widgets.threads import Debouncer
from annotator.search.fold import fold

if TYPE_CHECKING:
    from annotator.core.span import Span
    from annotator.gui.mainwindow.context import Context

_MOVED = 300  # milliseconds after which the panels have come to rest
_RECUT = frozenset({Layer.SPLIT, Layer.JOIN})


class AnnotationTable(PanelController):
    """The panel `table` of the window."""

    name = "table"
    _panel: AnnotationPanel

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._panel = AnnotationPanel(self._spelling(), context.theme, number=self._number, parent=context.window)
        self._spans: list[Span] = []
        self._is_stale = True
        self._is_recut = False
        self._reveal_soon = Debouncer(self._reveal, self, milliseconds=_MOVED)
        self._panel.wanted.connect(self._do)
        self._panel.view.jumped.connect(self._jump)
        self._install(self._panel)

    def apply_theme(self) -> None:
        """Take the theme, the language and the labels in use."""
        context = self._context
        looks = [
            make_label_style(context.theme, label, number=number, language=context.language)
            for number, label in enumerate(context.session.labels, start=1)
        ]
        self._panel.set_labels(looks, context.theme, self._spelling())
        self.refresh()

    def toggle(self) -> None:
        """Show the table and go to it, or hide it, the current sentence staying in sight."""
        self._reveal_soon.request()
        super().toggle()

    def _reveal(self) -> None:
        """Scroll to the current sentence, which the table may have covered."""
        session = self._context.session
        several = session.selection if len(session.selection) > 1 else ()
        self._context.article.show_current(session.current, selection=several)

    # From the session

    def _note_event(self, event: Event) -> None:
        match event.kind:
            case EventKind.DOCUMENT_OPENED | EventKind.WORKSPACE_OPENED:
                self._is_stale = True
                self._spans.clear()
            case EventKind.DECISIONS_CHANGED if not self._is_stale:
                self._spans += event.spans
                self._is_recut |= bool(event.slots & _RECUT)
            case EventKind.COUNTED:
                self._is_recut = True
            case _:
                pass
        if not self._panel.isVisible():
            self._is_stale = True
            self._spans.clear()

    def refresh(self) -> None:
        """Show what happened since, unless nobody sees it."""
        if not self._panel.isVisible():
            return
        session, model = self._context.session, self._panel.model
        if self._is_stale:
            model.current = None
            model.fill(session.state.annotations)
        elif self._spans:
            model.update(session.state.annotations, self._spans)
        self._is_stale = False
        self._spans.clear()
        current = session.current.span.start if session.current is not None else None
        if current != model.current:
            model.set_current(current)
        if self._is_recut:
            self._is_recut = False
            self._panel.view.viewport().update()
        self._panel.set_state(has_document=session.document is not None, can_write=not session.read_only)

    # From the user

    def _jump(self, place: int) -> None:
        session = self._context.session
        if session.reading is not None:
            session.go_to(session.reading.find_sentence_at(place))
        self._context.article.setFocus()

    def _do(self, wanted: RowAction, label: str) -> None:
        """Do something with all rows that are chosen, as one step."""
        session, places = self._context.session, self._panel.view.chosen()
        if not places:
            return
        match wanted:
            case RowAction.ADD:
                bulk_commands.add_label(session, places, label=label)
            case RowAction.TAKE:
                bulk_commands.remove_label(session, places, label=label)
            case RowAction.TOGGLE:
                bulk_commands.toggle_label(session, places, label=label)
            case RowAction.CLEAR:
                bulk_commands.clear(session, places)
            case RowAction.NOTE:
                note = ask_note(
                    self._context.window, bulk_commands.find_common_note(session, places), count=len(places)
                )
                if note is not None:
                    bulk_commands.set_note(session, places, note=note)

    def _number(self, place: int) -> int | None:
        reading = self._context.session.reading
        sentence = reading.find_sentence_at(place) if reading is not None else None
        return reading.number_of(sentence) if reading is not None and sentence is not None else None

    def _spelling(self) -> Spelling:
        session = self._context.session

        def now() -> str:
            return session.writer().now

        return Spelling(session.labels, self._context.language, lambda text: fold(text).text, now)

    def _on_closing(self) -> None:
        super()._on_closing()
        self._reveal_soon.stop()
