"""The open document and the operations on it.

Others read the attributes of a session and call its methods; only the session sets its attributes. Every change goes
through `Session.apply`: the step is recorded first, then the state is replaced, then one event is sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.session.done_guard import DoneGuard, HeldChange, HeldKind
from annotator.app.session.events import Cure, Event, EventKind, Signal
from annotator.app.session.segmented_text import spans_of
from annotator.app.session.trail import Trail
from annotator.core.annotation import Annotation, Status
from annotator.core.annotation_set import AnnotationSet, StaleChangeError
from annotator.core.change import Change, Layer, Step
from annotator.core.edit import EditContext
from annotator.core.history import History
from annotator.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from annotator.app.session.segmented_text import SegmentedText
    from annotator.app.session.store import LostWork, Store
    from annotator.app.workspace.workspace import Workspace
    from annotator.core.annotation import Value
    from annotator.core.document import Document
    from annotator.core.labels import LabelSet
    from annotator.core.sentence import Sentence
    from annotator.core.span import Span


class Session:
    """One user's work on one document at a time. One of the program's three mutable objects."""

    def __init__(self, labels: LabelSet, *, author: str, now: Callable[[], str], new_id: Callable[[], str]) -> None:
        """Start without a document; `now` returns ISO 8601, `new_id` ids of six characters."""
        self.changed: Signal[Event] = Signal()
        self.guard = DoneGuard(self.changed.send)
        self.trail = Trail()
        self.labels = labels
        self.author = author
        self.workspace: Workspace | None = None
        self.path: Path | None = None
        self.document: Document | None = None
        self.reading: SegmentedText | None = None
        self.store: Store | None = None  # None if the document is read-only
        self.state = AnnotationSet()
        self.history = History()
        self.current: Sentence | None = None
        self.selection: tuple[Sentence, ...] = ()
        self.is_saved = True
        self.read_only = ""
        self.trouble = ""  # why the last save failed, as a sentence for the user
        self.lost: LostWork | None = None  # what the last state has and the sidecar has not
        self.is_skipping_headings = True  # navigation skips headings and captions
        self._now = now
        self._new_id = new_id
        self._ids: set[str] = set()

    # Settings

    def set_author(self, author: str) -> None:
        """Record the steps from now on as those of `author`."""
        self.author = author

    def set_skipping_headings(self, *, is_skipping: bool) -> None:
        """Let navigation skip headings and captions, or stop at them."""
        self.is_skipping_headings = is_skipping

    # Documents

    def use_workspace(self, workspace: Workspace) -> None:
        """Work in `workspace` with its labels."""
        self.workspace, self.labels = workspace, workspace.labels
        self.changed.send(Event(EventKind.WORKSPACE_OPENED))

    def update_workspace(self, workspace: Workspace) -> None:
        """Replace the open workspace by a newer version of it; send an event only if it has other strays."""
        before, self.workspace, self.labels = self.workspace, workspace, workspace.labels
        if before is not None and before.strays != workspace.strays:
            self.changed.send(Event(EventKind.STRAYS_FOUND))

    def open(
        self,
        document: Document,
        reading: SegmentedText,
        *,
        state: AnnotationSet,
        history: History,
        store: Store | None,
        path: Path | None = None,
    ) -> None:
        """Work on `document`, read-only without `store`. The previous document must be closed."""
        self.document, self.reading, self.state, self.history = document, reading, state, history
        self.store, self.path = store, path
        self.guard.forbid()
        # With those in the history: redo may bring an id back.
        self._ids = state.ids() | history.ids()
        self.read_only, self.trouble, self.lost, self.is_saved = "", "", None, True
        # Start where the work is: at the first undecided sentence, else not on a heading, which the next key would tag.
        first = reading.find_undecided(0, -1) or reading.find_first(is_skipping_headings=self.is_skipping_headings)
        self.current = first
        self.selection = (first,) if first else ()
        self.changed.send(Event(EventKind.DOCUMENT_OPENED))

    def report_unreadable(self, path: Path, *, why: str) -> None:
        """Show that the document at `path` cannot be read; `why` is a sentence for the user."""
        # Kept although nothing is open, so that reloading and moving on start from it.
        self.path = path
        self.changed.send(Event(EventKind.DOCUMENT_OPENED))
        self.warn(why)

    def set_read_only(self, why: str) -> None:
        """Make the document read-only; `why` is a sentence for the user."""
        self.read_only = why
        self.changed.send(Event(EventKind.SAVE_STATE_CHANGED))

    def close(self) -> bool:
        """Close the document; return whether everything is written."""
        self.guard.settle()
        is_written = self.store.close() if self.store else True
        self.store = self.path = self.document = self.reading = self.current = None
        self.state, self.history, self.selection, self.read_only = AnnotationSet(), History(), (), ""
        self.is_saved, self.lost = True, None
        self.changed.send(Event(EventKind.DOCUMENT_OPENED))
        return is_written

    def save_now(self) -> bool:
        """Write pending states now; return whether everything is written."""
        return self.store.flush() if self.store else True

    def schedule_save(self) -> None:
        """Write the current state in the background."""
        if self.store is not None:
            self._submit(self.store)
            self.changed.send(Event(EventKind.SAVE_STATE_CHANGED))

    def record_save(self, document: Document, state: AnnotationSet, *, trouble: str) -> None:
        """Note that `state` of `document` was written, or the reason in `trouble` why it was not."""
        if document is not self.document:
            # The same document opened again has taken the failed work over from the journal.
            if trouble and not (self.document and self.document.name == document.name):
                self.warn(trouble)
            return
        is_saved = not trouble and state is self.state
        if is_saved != self.is_saved or trouble != self.trouble:
            self.is_saved, self.trouble = is_saved, trouble
            self.changed.send(Event(EventKind.SAVE_STATE_CHANGED, message=trouble))

    # Steps

    def writer(self) -> EditContext:
        """Return what edits need to make annotations: text, labels, time and ids."""
        text = self.document.text if self.document else ""
        return EditContext(text, self.labels, self._now(), self._make_id, self._find_fields)

    def apply(
        self,
        what: str,
        changes: Iterable[Change],
        *,
        find_next: Callable[[], Sentence | None] | None = None,
        report: Callable[[Step], str] | None = None,
        is_asking: bool = True,
    ) -> bool:
        """Apply `changes` as one undo step at the current sentence; return whether anything changed.

        A change of a finished document may have to wait for the user's answer (`guard.held`); nothing is changed then.

        Args:
            what: The verb of the step.
            changes: The changes, none if nothing is to be done.
            find_next: Called after the change, returns the sentence to go to, or None to stay.
            report: Returns what the step took away, as a sentence for the user, or "". Step, move and report are sent
                as one event.
            is_asking: Whether the change of a finished document needs an answer.
        """
        made = tuple(changes)
        if not made or self.current is None:
            return False
        if self.store is None or self.read_only:
            refuse_change(self)
            return False
        if is_asking:

            def replay(more: tuple[Change, ...]) -> bool:
                return self.apply(what, (*made, *more), find_next=find_next, report=report)

            kind = HeldKind.of_verb(what)
            if self.guard.hold(self.state.status, HeldChange(kind, made, self.current, self.selection, replay)):
                return False
        if self.state.status is Status.NEW and not any(change.layer is Layer.STATUS for change in made):
            # The first edit begins the work, in the same step, so that its undo takes that back as well.
            made = (*made, Change(Layer.STATUS, 0, Status.NEW, Status.IN_PROGRESS))
        step = Step(what, made, self.current.span, time=self._now(), author=self.author)
        state = self.state.apply(made)
        # Write-ahead: what the journal does not have must not be seen, or a crash would take it back.
        if not self._is_kept(self.store.record_step(step)):
            return False
        self.history.push(step)
        self.trail.add(self.path)
        if state.status is Status.DONE and self.state.status is not Status.DONE:
            self.guard.forbid()
        self._publish(state, step, find_next=find_next, message=report(step) if report is not None else "")
        return True

    def undo(self) -> bool:
        """Undo the last step; return whether there was one."""
        if self.store is None or not self.history.done:
            return False
        step = self.history.done[-1].inverse()
        self._travel(step, self.store.record_undo, follow=self.history.undo, note=self.trail.remove)
        return True

    def redo(self) -> bool:
        """Redo the last undone step; return whether there was one."""
        if self.store is None or not self.history.undone:
            return False
        step = self.history.undone[-1]
        self._travel(step, self.store.record_redo, follow=self.history.redo, note=self.trail.add)
        return True

    def notify(self, message: str, *, kind: EventKind = EventKind.NOTIFIED, cure: Cure | None = None) -> None:
        """Send a message: by default a hint, or what was done or has to be looked at, as `kind` says."""
        self.changed.send(Event(kind, message=message, cure=cure))

    def warn(self, message: str, *, lost: LostWork | None = None) -> None:
        """Tell what failed; `lost` is what can be put back after it."""
        self.lost = lost or self.lost
        self.notify(message, kind=EventKind.WARNED)

    # Places

    def go_to(self, sentence: Sentence | None) -> bool:
        """Select only `sentence` and make it current; return whether there is one."""
        return sentence is not None and self.select(sentence, sentence)

    def select(self, first: Sentence, last: Sentence) -> bool:
        """Select the sentences from `first` to `last`, and make `last` current; return whether a document is open."""
        if self.reading is None:
            return False
        before = spans_of(self.selection)
        self.current = last
        self.selection = self.reading.sentences_between(first, last) if first != last else (last,)
        spans = before + spans_of(self.selection)
        self.changed.send(Event(EventKind.SELECTION_CHANGED, spans=spans, is_moved=True))
        return True

    def count_on(self, blocks: int) -> bool:
        """Count up to `blocks` further blocks of a long article; return whether all are counted."""
        if self.reading is None or self.reading.is_counted:
            return True
        if not self.reading.count_more(blocks):
            return False
        self.changed.send(Event(EventKind.COUNTED))
        return True

    def _make_id(self) -> str:
        """Return an id that is unique in the document: its file could not tell two annotations with one id apart."""
        made = self._new_id()
        while made in self._ids:
            made = self._new_id()
        self._ids.add(made)
        return made

    def _find_fields(self, span: Span, label: str) -> Mapping[str, Value]:
        """Return the fields that the sentence at `span` had when it lost `label` last."""
        if self.document is None:
            return {}
        return self.history.find_fields(span.start, label=label, text=self.document.text[span.start : span.end])

    def _is_kept(self, trouble: str) -> bool:
        if trouble:
            self.notify(trouble, kind=EventKind.REFUSED)
        return not trouble

    def _travel(
        self, step: Step, keep: Callable[..., str], *, follow: Callable[[], object], note: Callable[[Path | None], None]
    ) -> None:
        """Apply `step` from the history once `keep` has recorded it; history and trail `follow` and `note` it."""
        if self.read_only:
            self.notify(self.read_only, kind=EventKind.CAUTIONED)
            return
        try:
            state = self.state.apply(step.changes)
        except StaleChangeError:
            why = _("This step cannot be turned back: what it did was changed by another program since.")
            self.notify(why, kind=EventKind.CAUTIONED)
            return
        if not self._is_kept(keep(when=self._now(), who=self.author)):
            return
        follow()
        note(self.path)
        reading = self.reading
        self._publish(state, step, find_next=lambda: reading.find_sentence_at(step.place.start) if reading else None)

    def _publish(
        self, state: AnnotationSet, step: Step, *, find_next: Callable[[], Sentence | None] | None, message: str = ""
    ) -> None:
        """Take over the `state` after `step`, go to the next sentence, save, and send one event."""
        self.state = state
        self._ids.update(change.after.id for change in step.changes if isinstance(change.after, Annotation))
        if self.reading is not None:
            self.reading.update_state(state, step.changes)
            self._reselect()
        # After the change, which may have split or joined sentences.
        target = find_next() if find_next is not None else None
        if target is not None:
            self.current, self.selection = target, (target,)
        if self.store is not None:
            self._submit(self.store)
        places = tuple(
            dict.fromkeys(change.affected_span for change in step.changes if change.layer is not Layer.STATUS)
        )
        slots = frozenset(change.layer for change in step.changes)
        about = step if message else None
        kind = EventKind.DECISIONS_CHANGED
        self.changed.send(Event(kind, places, slots, message, is_moved=target is not None, step=about))

    def _submit(self, store: Store) -> None:
        """Hand the state to `store`, to be written in the background."""
        self.is_saved = False
        store.save(self.state, sentences=self.reading.sentence_count if self.reading and self.reading.is_counted else 0)

    def _reselect(self) -> None:
        """Restore the selection on the sentences that exist after some were split or joined."""
        if self.reading is None or self.current is None:
            return
        self.current = self.reading.find_sentence_at(self.current.span.start)
        found = (self.reading.find_sentence_at(one.span.start) for one in self.selection)
        self.selection = tuple(dict.fromkeys(one for one in found if one)) or ((self.current,) if self.current else ())


def refuse_change(session: Session) -> None:
    """Tell that nothing was changed, as the document can only be read, and why."""
    session.notify(session.read_only or _("This document can only be read."), kind=EventKind.CAUTIONED)
    session.notify(_("Nothing was changed: this document can only be read here. The message above says why."))
