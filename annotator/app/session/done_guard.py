"""The guard of finished documents: the first change of one waits until the user has said what is to become of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from annotator.app.session.events import Event, EventKind
from annotator.core.annotation import Status
from annotator.core.annotation_set import StaleChangeError
from annotator.core.change import Change, Layer
from annotator.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.app.session.session import Session
    from annotator.core.sentence import Sentence


class Answer(Enum):
    """What the user wants of a change in a finished document."""

    CHANGE = auto()  # make it, the document stays done
    REOPEN = auto()  # make it, the document is in progress again
    CANCEL = auto()


@dataclass(frozen=True, slots=True)
class HeldChange:
    """A change that waits for an answer.

    Attributes:
        what: The verb of its step, or `undo` or `redo`.
        changes: What it would change.
        current: The sentence at which it was asked for.
        selection: The sentences that were selected then.
        replay: Makes the change, together with further changes in the same step.
    """

    what: str
    changes: tuple[Change, ...]
    current: Sentence | None
    selection: tuple[Sentence, ...]
    replay: Callable[[tuple[Change, ...]], object]

    @property
    def is_typed(self) -> bool:
        """True if it holds text that the user typed."""
        return self.what in {"note", "fields"}


class DoneGuard:
    """Lets changes pass, or holds the first one of a finished document until `answer_held`.

    A session without a window asks nobody: the guard is off until it is switched on.
    """

    def __init__(self, send: Callable[[Event], None]) -> None:
        self.held: HeldChange | None = None
        self._send = send
        self._is_on = False
        self._is_allowed = False

    def switch_on(self) -> None:
        """Hold changes of finished documents from now on."""
        self._is_on = True

    def allow(self) -> None:
        """Let all changes of this document pass until it is left or finished again."""
        self._is_allowed = True

    def forbid(self) -> None:
        """Hold the next change, as in a document that was just opened or finished."""
        self._is_allowed = False

    def must_ask(self, status: Status) -> bool:
        """Return whether a change of a document with `status` has to wait."""
        return self._is_on and status is Status.DONE and not self._is_allowed

    def hold(self, status: Status, change: HeldChange) -> bool:
        """Hold `change` if it has to wait, and ask the user; return whether it waits.

        While one waits, no other takes its place, except more of the same text.
        """
        if not self.must_ask(status):
            return False
        is_first = self.held is None
        if self.held is None or (change.is_typed and self.held.what == change.what):
            self.held = change
        self._send(Event(EventKind.CONFIRMATION_ASKED if is_first else EventKind.CONFIRMATION_PENDING))
        return True

    def release(self) -> HeldChange | None:
        """Return the change that waits, which waits no longer, or None."""
        held, self.held = self.held, None
        return held


def answer_held(session: Session, answer: Answer) -> None:
    """Make the change that waits as `answer` says, at the sentence at which it was asked for, or drop it."""
    held = session.guard.release()
    if held is None or answer is Answer.CANCEL:
        return
    session.guard.allow()
    if held.current is not None and held.selection:
        first, last = held.selection[0], held.selection[-1]
        session.select(last if held.current == first else first, held.current)
    reopening = (Change(Layer.STATUS, 0, Status.DONE, Status.IN_PROGRESS),)
    try:
        held.replay(reopening if answer is Answer.REOPEN else ())
    except StaleChangeError:
        session.warn(_("The change was not made: another program has changed the annotations since."))
