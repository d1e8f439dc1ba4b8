"""What the session says: one frozen event for each thing that happened. It must not know who listens."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.core.change import Slot
    from annotator.core.span import Span


class What(Enum):
    """Kinds of event."""

    LISTED = auto()  # another folder is open
    OPENED = auto()  # another document, or none, is open
    DECIDED = auto()  # decisions at ``spans`` changed
    MOVED = auto()  # the current sentence or the selection is another one
    COUNTED = auto()  # the counts of the article are known now
    SAVING = auto()  # whether everything is saved changed
    TOLD = auto()  # ``message`` is a passing remark for the person
    WARNED = auto()  # ``message`` is something that the person should not miss


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in the session.

    ``spans`` are the places whose look may differ now, ``slots`` what kind of decision changed there, ``message`` a
    sentence for the person.
    """

    what: What
    spans: tuple[Span, ...] = ()
    slots: frozenset[Slot] = frozenset()
    message: str = ""


T = TypeVar("T")


class Signal(Generic[T]):
    """Calls every listener, in the order in which they came, with what is sent."""

    __slots__ = ("_listeners",)

    def __init__(self) -> None:
        self._listeners: tuple[Callable[[T], None], ...] = ()

    def connect(self, listener: Callable[[T], None]) -> None:
        """Call ``listener`` from now on."""
        self._listeners = (*self._listeners, listener)

    def disconnect(self, listener: Callable[[T], None]) -> None:
        """Do not call ``listener`` any more; nothing happens where it never was connected."""
        self._listeners = tuple(one for one in self._listeners if one != listener)

    def send(self, what: T) -> None:
        """Call every listener with ``what``."""
        for listener in self._listeners:
            listener(what)
