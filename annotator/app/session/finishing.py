"""Finishing of the open document, and changes of one that is finished."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.app.session.done_guard import Answer, HeldChange, HeldKind
from annotator.core.annotation import Status
from annotator.core.annotation_set import StaleChangeError
from annotator.core.change import Change, Layer
from annotator.core.i18n import _

if TYPE_CHECKING:
    from annotator.app.session.session import Session
    from annotator.core.change import Step
    from annotator.core.sentence import Sentence
    from annotator.core.span import Span

_MUCH = 3  # finishing asks first if more than one in so many sentences is undecided


class Remainder(NamedTuple):
    """The sentences that finishing would decide.

    Attributes:
        undecided: Their spans, in order.
        total: The number of all sentences at which *next* stops.
    """

    undecided: tuple[Span, ...]
    total: int

    @property
    def is_much(self) -> bool:
        """True if more than a third of the sentences is undecided."""
        return len(self.undecided) * _MUCH > self.total


def find_remainder(session: Session) -> Remainder:
    """Return the undecided ones of the sentences at which *next* stops."""
    if session.reading is None:
        return Remainder((), 0)
    stops = [one for one in session.reading.all_sentences() if _is_stop(session, one)]
    return Remainder(tuple(one.span for one in stops if not session.state.is_decided(one.span)), len(stops))


def go_to_first_undecided(session: Session) -> None:
    """Go to the first sentence that finishing would decide."""
    remainder = find_remainder(session)
    if remainder.undecided and session.reading is not None:
        session.go_to(session.reading.find_sentence_at(remainder.undecided[0].start))


def answer_held(session: Session, answer: Answer) -> None:
    """Make the change that waits as `answer` says, at the sentence at which it was asked for, or drop it."""
    waiting = session.guard.release()
    if not waiting or answer is Answer.CANCEL:
        return
    session.guard.allow()
    here = session.current, session.selection
    more = (Change(Layer.STATUS, 0, Status.DONE, Status.IN_PROGRESS),) if answer is Answer.REOPEN else ()
    for held in waiting:
        _select(session, held.current, held.selection)
        try:
            held.replay(more)
        except StaleChangeError:
            session.warn(_("The change was not made: another program has changed the annotations since."))
        more = ()
    if all(held.is_typed for held in waiting):  # the user may be elsewhere by now
        _select(session, *here)


def has_just_finished(session: Session, step: Step) -> bool:
    """Return whether `step`, the last one in this window, finished the document."""
    has_finished = any(change.layer is Layer.STATUS and change.after is Status.DONE for change in step.changes)
    return has_finished and session.path is not None and session.trail.last == session.path


def holds_history(session: Session, kind: HeldKind, step: Step) -> bool:
    """Hold an undo or redo, which does `step`, if the document is finished; return whether it has to wait."""

    def replay(more: tuple[Change, ...]) -> None:
        (session.undo if kind is HeldKind.UNDO else session.redo)()
        if more and session.state.status is Status.DONE:
            session.apply("reopen", more)

    if session.store is None or session.read_only:
        return False
    held = HeldChange(kind, step.changes, session.current, session.selection, replay)
    return session.guard.hold(session.state.status, held)


def _select(session: Session, current: Sentence | None, selection: tuple[Sentence, ...]) -> None:
    if current is not None and selection and (current, selection) != (session.current, session.selection):
        first, last = selection[0], selection[-1]
        session.select(last if current == first else first, current)


def _is_stop(session: Session, sentence: Sentence) -> bool:
    return sentence.kind.is_decidable or not session.is_skipping_headings
