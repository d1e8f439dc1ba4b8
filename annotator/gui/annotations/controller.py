"""Joins the table of annotations with the session. It must not know how rows are shown.

What the session says is gathered and shown a little later, so that keys in the article never wait for the table; while
the table is hidden nothing is done, and it reads everything anew when it is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.session import bulk_commands
from annotator.app.session.events import Event, EventKind
from annotator.core.change import Layer
from annotator.gui.annotations.note_dialog import ask_note
from annotator.gui.annotations.panel import AnnotationPanel, Deed
from annotator.gui.annotations.rows import Spelling
from annotator.gui.mainwindow.context import Context, Feature
from annotator.gui.theme.theme import label_look
from annotator.gui.widgets.threads import Soon
from annotator.search.fold import fold

if TYPE_CHECKING:
    from annotator.core.span import Span

_LATER = 40  # milliseconds after which what happened is shown
_MOVED = 300  # milliseconds after which the panels have come to rest
_RECUT = frozenset({Layer.SPLIT, Layer.JOIN})


class AnnotationTable(Feature):
    """The panel ``table`` of the window."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._dock = context.window.panels["table"]
        self._panel = AnnotationPanel(self._spelling(), context.theme, number=self._number, parent=context.window)
        self._spans: list[Span] = []
        self._is_stale = True
        self._is_recut = False
        self._soon = Soon(self._catch_up, self, milliseconds=_LATER)
        self._reveal_soon = Soon(self._reveal, self, milliseconds=_MOVED)
        self._panel.shown.connect(self._catch_up)
        self._panel.wanted.connect(self._do)
        self._panel.view.jumped.connect(self._jump)
        self._panel.view.left.connect(context.article.setFocus)
        context.session.changed.connect(self._on_changed)
        context.window.closing.connect(self._on_closing)
        self._dock.setWidget(self._panel)

    def dress(self) -> None:
        """Take the theme, the language and the labels in use."""
        context = self._context
        looks = [
            label_look(context.theme, label, number=number, language=context.language)
            for number, label in enumerate(context.session.labels, start=1)
        ]
        self._panel.set_labels(looks, context.theme, self._spelling())
        self._catch_up()

    def toggle(self) -> None:
        """Show the table and go to it, or hide it and go back to the article."""
        self._reveal_soon.ask()
        if self._dock.isHidden() or self._panel.visibleRegion().isEmpty():  # behind another panel
            self._dock.show()
            self._dock.raise_()
            self._catch_up()
            self._panel.take_focus()
        else:
            self._dock.hide()
            self._context.article.setFocus()

    def _reveal(self) -> None:
        """Have the current sentence in sight, which the table may have covered."""
        session = self._context.session
        several = session.selection if len(session.selection) > 1 else ()
        self._context.article.show_current(session.current, selection=several)

    # From the session

    def _on_changed(self, event: Event) -> None:
        match event.kind:
            case EventKind.DOCUMENT_OPENED | EventKind.WORKSPACE_OPENED:
                self._is_stale = True
                self._spans.clear()
            case EventKind.DECISIONS_CHANGED if not self._is_stale:
                self._spans += event.spans
                self._is_recut |= bool(event.slots & _RECUT)
            case EventKind.COUNTED:
                self._is_recut = True
            case EventKind.NOTIFIED | EventKind.WARNED:
                return
            case _:
                pass
        if self._panel.isVisible():
            self._soon.ask()
        else:
            self._is_stale = True
            self._spans.clear()

    def _catch_up(self) -> None:
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

    # From the person

    def _jump(self, place: int) -> None:
        session = self._context.session
        if session.reading is not None:
            session.go_to(session.reading.find_sentence_at(place))
        self._context.article.setFocus()

    def _do(self, deed: Deed, label: str) -> None:
        """Do something with all rows that are chosen, as one step."""
        session, places = self._context.session, self._panel.view.chosen()
        if not places:
            return
        match deed:
            case Deed.ADD:
                bulk_commands.add_label(session, places, label=label)
            case Deed.TAKE:
                bulk_commands.remove_label(session, places, label=label)
            case Deed.TOGGLE:
                bulk_commands.toggle_label(session, places, label=label)
            case Deed.CLEAR:
                bulk_commands.clear(session, places)
            case Deed.NOTE:
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
        return Spelling(self._context.session.labels, self._context.language, lambda text: fold(text).text)

    def _on_closing(self) -> None:
        self._context.session.changed.disconnect(self._on_changed)
        self._soon.stop()
        self._reveal_soon.stop()
