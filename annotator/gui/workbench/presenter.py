"""The presenter: shows what session events report, and turns clicks into commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from annotator.app.descriptions.block_kinds import BLOCK_KIND_NAMES
from annotator.app.documents.progress import DocumentProgress, count_progress
from annotator.app.session import commands
from annotator.app.session.events import Event, EventKind
from annotator.core import edit
from annotator.core.annotation import Status
from annotator.core.change import Layer
from annotator.core.formatting import describe_time, format_count, format_percent, show_hidden
from annotator.core.i18n import _
from annotator.gui.inspector.panel import InspectorState
from annotator.gui.messages.message import Topic
from annotator.gui.widgets.text_label import make_window_title
from annotator.gui.widgets.threads import Debouncer, IdleTask
from annotator.gui.workbench.event_messages import show_message
from annotator.gui.workbench.reading_positions import ReadingPositions
from annotator.gui.workbench.session_page import SessionPage
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from annotator.core.document import Document
    from annotator.core.span import Span
    from annotator.gui.actions.action_set import ActionSet
    from annotator.gui.documents.panel import DocumentPanel
    from annotator.gui.inspector.panel import Inspector
    from annotator.gui.mainwindow.context import Context

_BLOCKS_PER_BATCH = 60  # blocks counted at a time: one to two milliseconds, so that a key never waits


class RefusedNote(NamedTuple):
    """A note that could not be recorded: it stays in the editor of its sentence until it can."""

    document: Document
    span: Span
    text: str


class Presenter(QObject):
    """Shows session events: in the article at once, in panels and status bar a little later, so that no key waits."""

    def __init__(self, context: Context, *, inspector: Inspector, documents: DocumentPanel, actions: ActionSet) -> None:
        super().__init__(context.window)
        self._context = context
        self._inspector = inspector
        self._documents = documents
        self._actions = actions
        self._refresh_later = Debouncer(self.refresh, self, milliseconds=30)
        self._counting = IdleTask(lambda: context.session.count_on(_BLOCKS_PER_BATCH), self)
        self._trouble = ""
        self._refused_note: RefusedNote | None = None
        self._is_refused = False  # a step, since this was set
        self._open_progress: tuple[Path, DocumentProgress] | None = None
        self._positions = ReadingPositions(context)

    def start(self) -> None:
        """Start to show the events of the session."""
        self._context.session.changed.connect(self._on_changed)

    def stop(self) -> None:
        """Stop to show events, and drop what was scheduled."""
        self._context.session.changed.disconnect(self._on_changed)
        self._refresh_later.stop()
        self._counting.stop()

    def select_at(self, offset: int, *, keep_selection: bool = False) -> None:
        """Make the sentence at `offset` the current one; keep a selection that contains it if `keep_selection`."""
        session = self._context.session
        sentence = session.reading.find_sentence_at(offset) if session.reading else None
        if not (keep_selection and sentence in session.selection):
            session.go_to(sentence)

    def select_between(self, first: int, last: int) -> None:
        """Select the sentences from offset `first` to offset `last`."""
        session = self._context.session
        if session.reading is None:
            return
        one, other = session.reading.find_sentence_at(first), session.reading.find_sentence_at(last)
        if one is not None and other is not None:
            session.select(one, other)

    def choose_label(self, label: str) -> None:
        """Do what the key of a label does, or Space if `label` is empty; with Shift held, add or remove it and stay."""
        session = self._context.session
        is_staying = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        if label:
            commands.tag(session, label, is_staying=is_staying)
        else:
            has_label = any(_get_labels(session.state.annotations.find(one.span.start)) for one in session.selection)
            (commands.toggle_nothing if is_staying else commands.mark_nothing)(session)
            if has_label:
                session.notify(_("A sentence with a label is left as it is. Key 0 clears it."))
        self._context.article.setFocus()

    def set_note(self, note: str) -> None:
        """Set the note of the sentence for which it was written."""
        session = self._context.session
        if session.document is None or session.current is None or session.read_only:
            return
        written = RefusedNote(session.document, session.current.span, note)
        self._refused_note, self._is_refused = None, False
        commands.set_note(session, note)
        if self._is_refused:
            self._refused_note = written

    def retry_note(self) -> None:
        """Set the note again that could not be recorded, if there is one."""
        session, refused = self._context.session, self._refused_note
        self._refused_note, self._is_refused = None, False
        if refused is None or session.document is not refused.document:
            return
        changes = edit.set_note(session.state, refused.span, note=refused.text, context=session.writer())
        session.apply("note", changes)
        if self._is_refused:
            self._refused_note = refused

    def request_progress(self, path: Path) -> None:
        """Count the progress of the document at `path` in the worker, and show it."""
        session = self._context.session
        workspace, who = session.workspace, session.author
        if workspace is None or path == session.path:
            return

        def show(overview: DocumentProgress) -> None:
            if path != self._context.session.path:
                self._documents.model.set_progress(path, overview)

        self._context.worker.run(lambda: count_progress(path, workspace, annotator=who), show)

    def _on_changed(self, event: Event) -> None:
        self._is_refused |= event.kind is EventKind.REFUSED
        if event.message and event.kind is not EventKind.DECISIONS_CHANGED:  # of those tell `Reports`
            show_message(self._context, event)
        match event.kind:
            case EventKind.DECISIONS_CHANGED:
                self._show_decisions(event)
            case EventKind.SELECTION_CHANGED:
                self._show_current()
            case EventKind.DOCUMENT_OPENED:
                self._show_document()
            case EventKind.WORKSPACE_OPENED:
                self._show_workspace()
            case EventKind.SAVE_STATE_CHANGED:
                self._show_save_state()
            case EventKind.CONFIRMATION_ASKED | EventKind.CONFIRMATION_PENDING:
                return  # nothing has changed: what was typed stays where it is
            case _:
                pass
        self._refresh_later.request()

    def _show_save_state(self) -> None:
        """Remove the messages of failures once a later save succeeded, and disable editing if read-only."""
        session = self._context.session
        trouble = session.trouble
        if trouble != self._trouble:
            self._context.strips.close(self._trouble)
            self._trouble = trouble
        if session.is_saved and session.store is not None and session.store.is_recording:
            self._context.strips.settle(Topic.STEP)
        if session.read_only:
            self._actions.update_enabled()

    def _show_decisions(self, event: Event) -> None:
        article, reading = self._context.article, self._context.session.reading
        self._context.status.clearMessage()
        self._actions.update_history()
        self._context.toasts.update_action()
        self._context.strips.settle(Topic.STEP)
        if self._refused_note is not None:
            QTimer.singleShot(0, self, self.retry_note)
        if Layer.BLOCK in event.slots and reading is not None:
            article.refresh_kinds({reading.block_at(span.start) for span in event.spans})
        self._show_current(event.spans)
        self._update_open_progress()

    def _show_current(self, changed: Sequence[Span] = ()) -> None:
        """Show the current sentence and the selection, and the decisions that changed."""
        session = self._context.session
        several = session.selection if len(session.selection) > 1 else ()
        self._context.article.show_current(session.current, selection=several, changed=changed)

    def _show_workspace(self) -> None:
        self._open_progress = None
        context, workspace = self._context, self._context.session.workspace
        context.strips.leave_document()
        context.refresh_labels()
        if workspace is not None:
            self._documents.set_documents(workspace.folder, workspace.documents)
            self._documents.strays.show_strays(workspace.strays)

    def _show_empty_state(self) -> None:
        """Explain in the middle of the window why there is no article."""
        title, text = (
            _("No document open"),
            _(
                "Open a folder of articles with Ctrl+O, or drag one onto this window. "
                "Each article's tags are kept in a file beside it."
            ),
        )
        if self._context.session.path is not None:
            title, text = _("This document cannot be shown"), _("Why is said above. Choose another one in the list.")
        self._context.article.set_empty_text(title, text)
        self._context.article.set_page(None)

    def _show_document(self) -> None:
        context, session = self._context, self._context.session
        context.strips.leave_document()
        self._positions.remember()
        if session.document is None or session.reading is None:
            self._show_empty_state()
        else:
            context.article.set_page(SessionPage(session, session.reading, language=context.language))
            self._show_current()
            self._positions.restore()
            self._counting.start()
        if session.workspace is not None:
            if self._open_progress is not None:
                self._documents.model.set_progress(*self._open_progress)  # the progress of the document that was left
            self._open_progress = None
            self._documents.set_open_row(session.workspace.index(session.path))
        self._actions.update_enabled()
        context.toasts.update_action()
        self.refresh()

    def retranslate(self) -> None:
        """Show all texts in the language of the program."""
        if self._context.session.document is None:
            self._show_empty_state()
        self.refresh()

    def refresh(self) -> None:
        """Show the state of the session in panels and status bar."""
        context, session = self._context, self._context.session
        title = f"{format_path(session.path.name)} – annotator" if session.path else "annotator"
        context.window.setWindowTitle(make_window_title(title))
        self._inspector.show_sentence(self._describe_current())
        context.status.set_author(show_hidden(session.author))
        text, colour = self._describe_save_state()
        context.status.set_saved(text, colour=colour)
        context.status.set_place(self._describe_position())
        context.status.set_progress(self._describe_progress())
        self._update_open_progress()
        if self._open_progress is not None:
            self._documents.model.set_progress(*self._open_progress)

    def _update_open_progress(self) -> None:
        """Record the progress of the open document; the list shows it a little later, at the latest when it is left."""
        session = self._context.session
        path, reading = session.path, session.reading
        if path is None or reading is None or not reading.is_counted or session.read_only:
            return
        state = session.state
        self._open_progress = (
            path,
            DocumentProgress("", state.status, reading.sentence_count, state.decided_count, reading.undecided_count),
        )

    def _describe_current(self) -> InspectorState:
        session = self._context.session
        current = session.current
        if current is None:
            return InspectorState(_("No sentence is chosen."))
        state = session.state
        can_write = not session.read_only
        if len(session.selection) > 1:
            sets = [frozenset(_get_labels(state.annotations.find(one.span.start))) for one in session.selection]
            is_nothing = all(one.span.start in state.nothing for one in session.selection)
            heading = _("{sentences} selected").format(sentences=commands.describe_selection(session))
            return InspectorState(
                heading, frozenset.intersection(*sets), is_nothing, can_write=can_write, is_single=False
            )
        annotation = state.annotations.find(current.span.start)
        note, details = session.guard.find_note(current), ""
        if note is None:
            note = annotation.note if annotation else ""
        refused = self._refused_note
        if refused is not None and (refused.document, refused.span) == (session.document, current.span):
            note = refused.text
        if annotation is not None and annotation.made and annotation.labels:
            now = session.writer().now
            details = _("Tagged {made}, last changed {changed}.").format(
                made=describe_time(annotation.made, now=now), changed=describe_time(annotation.changed, now=now)
            )
        return InspectorState(
            f"{self._describe_position()} · {_(BLOCK_KIND_NAMES[current.kind])}",
            frozenset(_get_labels(annotation)),
            current.span.start in state.nothing,
            note,
            details,
            can_write,
            fields=annotation.fields if annotation else {},
            sentence_id=(str(session.path), current.span.start),
            previous=annotation.previous.text if annotation and annotation.previous else "",
        )

    def _describe_save_state(self) -> tuple[str, str]:
        session, theme = self._context.session, self._context.theme
        if session.document is None:
            return "", theme.muted
        if session.read_only:
            return _("read only"), theme.error
        if session.trouble:
            return _("not saved"), theme.error
        return (_("saved"), theme.success) if session.is_saved else (_("saving…"), theme.muted)

    def _describe_position(self) -> str:
        session = self._context.session
        if session.reading is None or session.current is None:
            return ""
        number = session.reading.number_of(session.current)
        if number is None or not session.reading.is_counted:
            return _("counting sentences…")
        count = format_count(session.reading.sentence_count)
        return _("sentence {number} of {count}").format(number=format_count(number), count=count)

    def _describe_progress(self) -> str:
        session = self._context.session
        if session.reading is None or not session.reading.is_counted:
            return ""
        if session.state.status is Status.DONE:
            return _("done")
        decided, left = session.state.decided_count, session.reading.undecided_count
        share = format_percent(decided / (decided + left) if decided + left else 0)
        return _("{share} decided").format(share=share)


def _get_labels(annotation: object) -> tuple[str, ...]:
    return getattr(annotation, "labels", ())
