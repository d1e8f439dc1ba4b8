"""Joins the history with the session: what was done to the document, and the way back.

What happens is read from the journal a little later, so that keys never wait for it; while the panel is hidden nothing
is read.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.descriptions.steps import StepDescriber
from annotator.app.history.restore import compare_states, describe_difference, find_journal, restore
from annotator.app.history.snapshots import SnapshotWalk
from annotator.app.history.timeline import Timeline
from annotator.app.session.events import EventKind
from annotator.core.formatting import describe_time
from annotator.core.i18n import _
from annotator.gui.history.panel import HistoryPanel
from annotator.gui.history.save_copy import save_copy_of
from annotator.gui.mainwindow.message_actions import make_undo_action
from annotator.gui.mainwindow.panel_controller import PanelController
from annotator.gui.widgets.threads import IdleTask
from annotator.search.fold import fold
from annotator.storage.errors import describe_os_error
from annotator.storage.journal.tail import JournalTail

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.app.session.events import Event
    from annotator.core.annotation_set import AnnotationSet
    from annotator.gui.mainwindow.context import Context

_LARGE = 2_000_000  # bytes of a journal, from which on it is read beside the window's thread
_PORTION = 200  # turns of a walk back in one go


class _Read(NamedTuple):
    tail: JournalTail
    timeline: Timeline
    trouble: str


class History(PanelController):
    """The panel `history` of the window."""

    name = "history"
    first_height = 320
    _panel: HistoryPanel

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._panel = HistoryPanel(
            self._teller(),
            context.theme,
            fold=lambda text: fold(text).text,
            now=lambda: context.session.writer().now,
            parent=context.window,
        )
        self._tail: JournalTail | None = None
        self._look: SnapshotWalk | None = None
        self._then: AnnotationSet | None = None
        self._is_stale, self._is_wanted, self._reading = True, False, 0
        self._walk = IdleTask(self._walk_on, self)
        self._panel.chosen.connect(self._tell)
        self._panel.back_wanted.connect(self._go_back)
        self._panel.copy_wanted.connect(self._copy)
        self._install(self._panel)

    def apply_theme(self) -> None:
        """Take the theme, the language and the labels in use."""
        self._panel.apply_theme(self._context.theme, self._teller())
        self._panel.set_advice(self._advice())
        self.refresh()
        self._tell()

    # From the session

    def _note_event(self, event: Event) -> None:
        if event.kind is EventKind.DOCUMENT_OPENED:
            self._forget()

    def _forget(self) -> None:
        """Let go of the journal of a document that is closed."""
        self._is_stale, self._is_wanted = True, False
        self._reading += 1
        self._tail = self._look = self._then = None
        self._walk.stop()
        self._panel.stop()
        self._panel.model.fill(None)

    def refresh(self) -> None:
        """Show what happened since, unless nobody sees it."""
        if not self._panel.isVisible():
            return
        session = self._context.session
        self._panel.set_sentence(session.current.span if session.current is not None else None)
        if self._is_stale:
            self._begin()
        elif self._tail is not None:
            self._read_on(self._tail)

    def _begin(self) -> None:
        """Read the journal of the document that is open."""
        self._is_stale = False
        journal, document = find_journal(self._context.session), self._context.session.document
        self._panel.model.spell(self._teller())
        self._panel.set_advice(self._advice())
        if journal is None or document is None:
            self._tell()
            return
        work = partial(_read, journal, document.identity)
        if not journal.exists() or journal.stat().st_size < _LARGE:
            self._take(work(), reading=self._reading)
        else:
            self._panel.set_advice(_("The history is being read…"))
            self._context.worker.run(work, partial(self._take, reading=self._reading))

    def _take(self, read: _Read, *, reading: int) -> None:
        if reading != self._reading:  # another document was opened meanwhile
            return
        self._tail, self._look = read.tail, SnapshotWalk(read.timeline)
        self._panel.model.fill(read.timeline)
        self._panel.set_advice(read.trouble or self._advice())
        self._read_on(read.tail)
        self._panel.search()
        self._panel.view.choose(read.timeline.current)

    def _read_on(self, tail: JournalTail) -> None:
        """Show what the journal has gained."""
        model, session = self._panel.model, self._context.session
        try:
            entries = tail.read()
        except OSError as error:
            self._panel.set_advice(_unreadable(error))
            return
        if entries is None or model.timeline is None or self._look is None:
            self._forget()
            self._begin()
            return
        was = model.timeline.current
        model.timeline.add(entries)
        model.can_look_back = not session.read_only
        self._look.set_latest(None if session.read_only else session.state)
        if entries:
            is_following = self._panel.view.chosen_place() in {was, None} and not self._panel.view.hasFocus()
            model.grow()
            if is_following:
                self._panel.view.choose(model.timeline.current)
            self._panel.refresh()
            self._tell()

    # Going back

    def _tell(self) -> None:
        """Say what going back to the chosen moment would change, once that is known."""
        self._walk.stop()
        self._then, self._is_wanted = None, False
        place, timeline, look = self._panel.view.chosen_place(), self._panel.model.timeline, self._look
        if place is None or timeline is None or look is None:
            hint = _("Choose an entry: what going back to it would change is said here.")
            self._panel.tell(hint if timeline is not None else "", can_go=False, can_copy=False)
            return
        why = timeline.find_restore_problem(place, can_look_back=self._panel.model.can_look_back)
        if why:
            self._panel.tell(why, can_go=False, can_copy=False)
            return
        moment = timeline.moments[place]
        look.start(moment.turn, stretch=moment.period)
        if not self._walk_on():
            self._panel.tell(_("Rebuilding this state…"), can_go=False, can_copy=False)
            self._walk.start()

    def _walk_on(self) -> bool:
        """Walk a little further back, and return whether the walk is over."""
        look, place, model = self._look, self._panel.view.chosen_place(), self._panel.model
        if look is None or place is None or model.timeline is None:
            return True
        if not look.advance(_PORTION):
            return False
        self._then = look.result
        session = self._context.session
        if self._then is None:
            model.unfound.add(place)
            model.refresh()
            lost = _("The steps after this one do not fit together, so how the annotations stood here is not known.")
            self._panel.tell(lost, can_go=False, can_copy=False)
        elif place == model.timeline.current:
            self._panel.tell(_("This is the current state."), can_go=False, can_copy=True)
        else:
            found = compare_states(session.state, self._then)
            message = session.read_only.splitlines()[0] if session.read_only else describe_difference(found)
            can_go = not session.read_only and self._then != session.state
            self._panel.tell(message, can_go=can_go, can_copy=True)
        if self._is_wanted:
            self._go_back()
        return True

    def _go_back(self) -> None:
        """Restore the annotations as at the chosen moment, as soon as that is known."""
        context, place, timeline = self._context, self._panel.view.chosen_place(), self._panel.model.timeline
        if place is None or timeline is None:
            return
        self._is_wanted = self._then is None and self._look is not None and self._look.is_walking
        if self._then is None:
            return
        context.commit_edits()
        when = describe_time(timeline.moments[place].time, now=context.session.writer().now)
        if place == timeline.current or self._then == context.session.state:
            context.session.notify(_("The labels are already as they were then."))
        elif restore(context.session, self._then):
            template = _("Labels restored to {when}. Undo reverts this.")
            context.toasts.show(template.format(when=when), action=make_undo_action(context))
            self.refresh()

    def _copy(self) -> None:
        place, timeline = self._panel.view.chosen_place(), self._panel.model.timeline
        if place is not None and timeline is not None and self._then is not None:
            save_copy_of(self._context, self._then, when=timeline.moments[place].time)

    def _advice(self) -> str:
        if self._context.session.document is None:
            return _("No document is open. Open one: what was done to it is listed here.")
        return _("Nothing was done to this document yet. Each step will be listed here, and you can go back to any.")

    def _teller(self) -> StepDescriber:
        document = self._context.session.document
        return StepDescriber(
            self._context.session.labels, self._context.language, document.text if document is not None else ""
        )

    def _on_closing(self) -> None:
        super()._on_closing()
        self._walk.stop()
        self._panel.stop()


def _read(journal: Path, text: str) -> _Read:
    """Return what a journal tells so far."""
    tail = JournalTail(journal)
    try:
        return _Read(tail, Timeline(text, tail.read() or ()), "")
    except OSError as error:
        return _Read(tail, Timeline(text), _unreadable(error))


def _unreadable(error: OSError) -> str:
    return _("The history cannot be read: {reason}.").format(reason=describe_os_error(error))
