"""The guard of finished documents: the first change of one waits until the user has said what is to become of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from annotator.app.session.events import Event, EventKind
from annotator.core.annotation import Annotation, Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.core.change import Change
    from annotator.core.sentence import Sentence


class Answer(Enum):
    """What the user wants of a change in a finished document."""

    CHANGE = auto()  # make it, the document stays done
    REOPEN = auto()  # make it, the document is in progress again
    CANCEL = auto()


class HeldKind(Enum):
    """What a change that waits would do; those that are made by steps have the verbs of these."""

    TAG = "tag"
    CLEAR = "clear"
    NOTHING = "nothing"
    NOTE = "note"
    FIELDS = "fields"
    UNDO = "undo"
    REDO = "redo"
    OTHER = ""

    @classmethod
    def of_verb(cls, verb: str) -> HeldKind:
        """Return the kind of a step with this verb."""
        return next((kind for kind in cls if kind.value == verb), cls.OTHER)


@dataclass(frozen=True, slots=True)
class HeldChange:
    """A change that waits for an answer.

    Attributes:
        kind: What it would do.
        changes: What it would change.
        current: The sentence at which it was asked for.
        selection: The sentences that were selected then.
        replay: Makes the change, together with further changes in the same step.
    """

    kind: HeldKind
    changes: tuple[Change, ...]
    current: Sentence | None
    selection: tuple[Sentence, ...]
    replay: Callable[[tuple[Change, ...]], object]

    @property
    def is_typed(self) -> bool:
        """True if it holds text that the user typed."""
        return self.kind in {HeldKind.NOTE, HeldKind.FIELDS}


class DoneGuard:
    """Lets changes pass, or holds the first one of a finished document until the user has answered.

    A session without a window asks nobody: the guard is off until it is switched on.
    """

    def __init__(self, send: Callable[[Event], None]) -> None:
        self._send = send
        self._waiting: tuple[HeldChange, ...] = ()
        self._is_on = False
        self._is_allowed = False

    @property
    def held(self) -> HeldChange | None:
        """The change that waits for an answer, or None."""
        return self._waiting[0] if self._waiting else None

    @property
    def has_typed(self) -> bool:
        """True if text that the user typed waits."""
        return any(change.is_typed for change in self._waiting)

    def find_note(self, sentence: Sentence) -> str | None:
        """Return the note on `sentence` that waits, or None."""
        for held in reversed(self._waiting):
            if held.kind is HeldKind.NOTE and held.current == sentence:
                made = [change.after for change in held.changes]
                return "".join(one.note for one in made if isinstance(one, Annotation)) if made else None
        return None

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
        """Hold `change` if it has to wait, and ask the user; return whether it was not made.

        While one waits, a second key press is not taken. Text that was typed waits behind it, and a note takes the
        place of its own beginning.
        """
        if not self.must_ask(status):
            return False
        is_first = not self._waiting
        if is_first or change.is_typed:
            last = self._waiting[-1] if self._waiting else None
            is_longer = (
                last is not None and last.kind is change.kind is HeldKind.NOTE and last.current == change.current
            )
            self._waiting = (*(self._waiting[:-1] if is_longer else self._waiting), change)
        if is_first:
            self._send(Event(EventKind.CONFIRMATION_ASKED))
        elif not change.is_typed:
            self._send(Event(EventKind.CONFIRMATION_PENDING))
        return True

    def settle(self) -> None:
        """Make the changes that wait and hold what was typed, which is never lost; drop others."""
        typed = [change for change in self.release() if change.is_typed]
        if typed:
            self.allow()
        for change in typed:
            change.replay(())

    def release(self) -> tuple[HeldChange, ...]:
        """Return the changes that wait; they wait no longer."""
        waiting, self._waiting = self._waiting, ()
        return waiting
