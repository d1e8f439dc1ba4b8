"""The presenter: shows what session events report, and turns clicks into commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.app.descriptions.block_kinds import BLOCK_KIND_NAMES
from annotator.app.descriptions.dates import format_time
from annotator.app.documents.progress import DocumentProgress, count_progress
from annotator.app.session import commands
from annotator.app.session.events import Event, EventKind
from annotator.core.annotation import Status
from annotator.core.change import Layer
from annotator.core.i18n import _
from annotator.gui.inspector.panel import Inspected
from annotator.gui.mainwindow.message_bar import Offer
from annotator.gui.widgets.threads import Idle, Soon
from annotator.gui.workbench.reading_positions import PlaceKeeper
from annotator.gui.workbench.session_page import SessionPage
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.core.span import Span
    from annotator.gui.actions.action_set import ActionSet
    from annotator.gui.documents.panel import DocumentPanel
    from annotator.gui.inspector.panel import Inspector
    from annotator.gui.mainwindow.context import Context

_PORTION = 60  # blocks counted at a time: one to two milliseconds, so that a key never waits


class Listener(QObject):
    """Shows session events: in the article at once, in panels and status bar a little later, so that no key waits."""

    def __init__(self, context: Context, *, inspector: Inspector, documents: DocumentPanel, actions: ActionSet) -> None:
        super().__init__(context.window)
        self._context = context
        self._inspector = inspector
        self._documents = documents
        self._actions = actions
        self._later = Soon(self.refresh, self, milliseconds=30)
        self._counting = Idle(lambda: context.session.count_on(_PORTION), self)
        self._trouble = ""
        self._noted: tuple[int, DocumentProgress] | None = None
        self._places = PlaceKeeper(context)

    def start(self) -> None:
        """Start to show the events of the session."""
        self._context.session.changed.connect(self._on_changed)

    def stop(self) -> None:
        """Stop to show events, and drop what was scheduled."""
        self._context.session.changed.disconnect(self._on_changed)
        self._later.stop()
        self._counting.stop()

    def choose_at(self, offset: int, *, keep_selection: bool = False) -> None:
        """Make the sentence at `offset` the current one; keep a selection that contains it if `keep_selection`."""
        session = self._context.session
        sentence = session.reading.find_sentence_at(offset) if session.reading else None
        if not (keep_selection and sentence in session.selection):
            session.go_to(sentence)

    def choose_between(self, first: int, last: int) -> None:
        """Select the sentences from offset `first` to offset `last`."""
        session = self._context.session
        if session.reading is None:
            return
        one, other = session.reading.find_sentence_at(first), session.reading.find_sentence_at(last)
        if one is not None and other is not None:
            session.select(one, other)

    def toggle(self, label: str) -> None:
        """Add or remove a label, or the mark *nothing here* if `label` is empty, and stay on the sentence."""
        session = self._context.session
        if label:
            commands.tag(session, label, is_staying=True)
        else:
            commands.toggle_nothing(session)
        self._context.article.setFocus()

    def keep_note(self, note: str) -> None:
        """Set the note of the sentence for which it was written."""
        session = self._context.session
        if session.document is not None and not session.read_only:
            commands.set_note(session, note)

    def want_overview(self, row: int) -> None:
        """Count the progress of the document at `row` in the worker, and show it."""
        session = self._context.session
        workspace, who = session.workspace, session.author
        path = workspace.documents[row] if workspace else None
        if workspace is None or path is None or path == session.path:
            return

        def show(overview: DocumentProgress) -> None:
            if self._context.session.workspace is workspace and path != self._context.session.path:
                self._documents.model.set_overview(row, overview)

        self._context.worker.run(lambda: count_progress(path, workspace, annotator=who), show)

    def _on_changed(self, event: Event) -> None:
        if event.message:
            self._say(event)
        match event.kind:
            case EventKind.DECISIONS_CHANGED:
                self._show_decisions(event)
            case EventKind.SELECTION_CHANGED:
                self._show_current()
            case EventKind.DOCUMENT_OPENED:
                self._show_document()
            case EventKind.WORKSPACE_OPENED:
                self._show_folder()
            case EventKind.SAVE_STATE_CHANGED:
                self._show_saving()
            case _:
                pass
        self._later.ask()

    def _say(self, event: Event) -> None:
        if event.kind is EventKind.NOTIFIED:
            self._context.status.remark(event.message)
        else:
            self._context.notice.add(event.message, offer=_find_offer(self._context, event.message))

    def _show_saving(self) -> None:
        """Remove the message of a failed save once a later one succeeded, and disable editing if read-only."""
        trouble = self._context.session.trouble
        if trouble != self._trouble:
            self._context.notice.remove(self._trouble)
            self._trouble = trouble
        if self._context.session.read_only:
            self._actions.enable()

    def _show_decisions(self, event: Event) -> None:
        article, reading = self._context.article, self._context.session.reading
        self._context.status.clearMessage()
        if Layer.BLOCK in event.slots and reading is not None:
            article.kinds_changed({reading.block_at(span.start) for span in event.spans})
        self._show_current(event.spans)
        self._note_row()

    def _show_current(self, changed: Sequence[Span] = ()) -> None:
        """Show the current sentence and the selection, and the decisions that changed."""
        session = self._context.session
        several = session.selection if len(session.selection) > 1 else ()
        self._context.article.show_current(session.current, selection=several, changed=changed)

    def _show_folder(self) -> None:
        self._noted = None
        context, workspace = self._context, self._context.session.workspace
        context.notice.dismiss()
        context.relabel()
        if workspace is not None:
            self._documents.set_documents(workspace.folder, workspace.documents)

    def _show_nothing(self) -> None:
        """Explain in the middle of the window why there is no article."""
        title, text = (
            _("Nothing to read yet"),
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
        context.notice.dismiss()
        self._places.leave()
        if session.document is None or session.reading is None:
            self._show_nothing()
        else:
            context.article.set_page(SessionPage(session, session.reading, language=context.language))
            self._show_current()
            self._places.arrive()
            self._counting.start()
        if session.workspace is not None:
            if self._noted is not None:
                self._documents.model.set_overview(*self._noted)  # the progress of the document that was left
            self._noted = None
            self._documents.set_current(session.workspace.index(session.path))
        self._actions.enable()
        self.refresh()

    def retitle(self) -> None:
        """Show all texts in the language of the program."""
        if self._context.session.document is None:
            self._show_nothing()
        self.refresh()

    def refresh(self) -> None:
        """Show the state of the session in panels and status bar."""
        context, session = self._context, self._context.session
        context.window.setWindowTitle(f"{format_path(session.path.name)} – annotator" if session.path else "annotator")
        self._inspector.show_sentence(self._inspected())
        context.status.set_who(session.author)
        text, colour = self._saved()
        context.status.set_saved(text, colour=colour)
        context.status.set_place(self._place())
        context.status.set_share(self._share())
        self._note_row()
        if self._noted is not None:
            self._documents.model.set_overview(*self._noted)

    def _note_row(self) -> None:
        """Record the progress of the open document; the list shows it a little later, at the latest when it is left."""
        session = self._context.session
        row = session.workspace.index(session.path) if session.workspace else None
        if row is None or session.reading is None or not session.reading.is_counted or session.read_only:
            return
        state, reading = session.state, session.reading
        self._noted = (
            row,
            DocumentProgress("", state.status, reading.sentence_count, state.decided_count, reading.undecided_count),
        )

    def _inspected(self) -> Inspected:
        session = self._context.session
        current = session.current
        if current is None:
            return Inspected(_("No sentence is chosen."))
        state = session.state
        can_write = not session.read_only
        if len(session.selection) > 1:
            sets = [frozenset(_labels(state.annotations.find(one.span.start))) for one in session.selection]
            is_nothing = all(one.span.start in state.nothing for one in session.selection)
            heading = _("{sentences} selected").format(sentences=commands.describe_selection(session))
            return Inspected(heading, frozenset.intersection(*sets), is_nothing, can_write=can_write, is_one=False)
        annotation = state.annotations.find(current.span.start)
        details = ""
        if annotation is not None and annotation.made and annotation.labels:
            details = _("Tagged {made}, last changed {changed}.").format(
                made=format_time(annotation.made), changed=format_time(annotation.changed)
            )
        return Inspected(
            f"{self._place()} · {_(BLOCK_KIND_NAMES[current.kind])}",
            frozenset(_labels(annotation)),
            current.span.start in state.nothing,
            annotation.note if annotation else "",
            details,
            can_write,
            fields=annotation.fields if annotation else {},
            about=(str(session.path), current.span.start),
            was=annotation.previous.text if annotation and annotation.previous else "",
        )

    def _saved(self) -> tuple[str, str]:
        session, theme = self._context.session, self._context.theme
        if session.document is None:
            return "", theme.muted
        if session.read_only:
            return _("read only"), theme.trouble
        if session.trouble:
            return _("not saved"), theme.trouble
        return (_("saved"), theme.good) if session.is_saved else (_("saving…"), theme.muted)

    def _place(self) -> str:
        session = self._context.session
        if session.reading is None or session.current is None:
            return ""
        number = session.reading.number_of(session.current)
        if number is None or not session.reading.is_counted:
            return _("counting sentences…")
        return _("sentence {number} of {count}").format(number=number, count=session.reading.sentence_count)

    def _share(self) -> str:
        session = self._context.session
        if session.reading is None or not session.reading.is_counted:
            return ""
        if session.state.status is Status.DONE:
            return _("done")
        decided, left = session.state.decided_count, session.reading.undecided_count
        share = int(100 * decided / (decided + left)) if decided + left else 0
        return _("{share} % decided").format(share=share)


def _find_offer(context: Context, message: str) -> Offer | None:
    """Return the offer to choose another encoding if `message` says that this one is a guess, or None."""
    document = context.session.document
    if document is None or document.is_certain or not document.warning or not message.endswith(document.warning):
        return None
    return Offer(_("Choose the encoding…"), lambda: context.run("encoding"))


def _labels(annotation: object) -> tuple[str, ...]:
    return getattr(annotation, "labels", ())
