"""What the session says: one frozen event for each thing that happened. It must not know who listens."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
