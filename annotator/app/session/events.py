"""Events of a session: one frozen value for each change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.core.change import Layer, Step
    from annotator.core.span import Span


class Cure(Enum):
    """What can be done about what a message says."""

    CHECK = auto()  # go through what is to be checked
    ENCODING = auto()  # choose the encoding of the document


class EventKind(Enum):
    """Kinds of event."""

    WORKSPACE_OPENED = auto()  # another folder was opened
    DOCUMENT_OPENED = auto()  # another document was opened, or the last one closed
    DECISIONS_CHANGED = auto()  # decisions at `spans` changed, and are to be saved
    SELECTION_CHANGED = auto()  # the current sentence or the selection changed
    COUNTED = auto()  # the counts of the article are complete
    SAVE_STATE_CHANGED = auto()  # the document was saved, has unsaved work, or became read-only
    STRAYS_FOUND = auto()  # files that look like sidecars and are not paired
    NOTIFIED = auto()  # `message` is a hint: why a key did nothing
    REPORTED = auto()  # `message` says what was done
    CAUTIONED = auto()  # `message` is something to look at; nothing failed
    WARNED = auto()  # `message` says what failed
    REFUSED = auto()  # `message` says why a step could not be recorded, and was not done
    CONFIRMATION_ASKED = auto()  # a change of a finished document waits for an answer
    CONFIRMATION_PENDING = auto()  # another change was asked for while one waits, and is dropped


MESSAGE_KINDS = frozenset(
    {EventKind.NOTIFIED, EventKind.REPORTED, EventKind.CAUTIONED, EventKind.WARNED, EventKind.REFUSED}
)
"""Kinds of event that only say something and change nothing."""


@dataclass(frozen=True, slots=True)
class Event:
    """A change in the session.

    `spans` are the places whose appearance may differ now, `slots` the kinds of decision that changed there, `message`
    is a sentence for the user, with details in further lines. `is_moved` tells that another sentence was made the
    current one, which is also part of a step that moves on. `step` is the step that `message` is about, if the user is
    offered to undo it. `cure` is what can be done about what `message` says.
    """

    kind: EventKind
    spans: tuple[Span, ...] = ()
    slots: frozenset[Layer] = frozenset()
    message: str = ""
    is_moved: bool = False
    step: Step | None = None
    cure: Cure | None = None


T = TypeVar("T")


class Signal(Generic[T]):
    """A list of listeners, called in the order in which they were connected."""

    __slots__ = ("_listeners",)

    def __init__(self) -> None:
        self._listeners: tuple[Callable[[T], None], ...] = ()

    def connect(self, listener: Callable[[T], None]) -> None:
        """Call `listener` from now on."""
        # A new tuple: `send` goes on with the old one if a listener connects or disconnects meanwhile.
        self._listeners = (*self._listeners, listener)

    def disconnect(self, listener: Callable[[T], None]) -> None:
        """Stop calling `listener`; do nothing if it is not connected."""
        self._listeners = tuple(one for one in self._listeners if one != listener)

    def send(self, what: T) -> None:
        """Call every listener with `what`."""
        for listener in self._listeners:
            listener(what)
