"""Values of messages: kind, action of a toast, question of a strip."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable


class MessageKind(Enum):
    """What a message is about; it decides icon and colour."""

    DONE = auto()  # something was done
    INFO = auto()  # something is so, or is asked
    WARN = auto()  # something is to be looked at, but nothing failed
    TROUBLE = auto()  # something failed


class MessageAction(NamedTuple):
    """What can be done about a message; `key` is shown beside `text`, it belongs to an action of the window.

    The list of messages offers the action while `is_possible` returns true. A right click offers `other` as well.
    """

    text: str
    callback: Callable[[], object]
    key: str = ""
    is_possible: Callable[[], bool] | None = None
    other: MessageAction | None = None


class Choice(NamedTuple):
    """An answer to a question, and the key that gives it while the question is shown."""

    text: str
    key: str
    callback: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence that needs an answer; the first of `choices`, at most three, is the usual one.

    A question without a choice for Esc is given one that only closes it. One that `is_kept` is about no document: it
    waits for its answer also when another document is opened.
    """

    text: str
    detail: str = ""
    kind: MessageKind = MessageKind.INFO
    choices: tuple[Choice, ...] = ()
    is_kept: bool = False

    @classmethod
    def from_message(
        cls, message: str, *, kind: MessageKind, choices: tuple[Choice, ...] = (), is_kept: bool = False
    ) -> Question:
        """Return a question whose sentence is the first line of `message`, with the other lines as its detail."""
        text, _mark, detail = message.partition("\n")
        return cls(text, detail, kind, choices, is_kept)

    @property
    def message(self) -> str:
        """Sentence and detail, each in lines of their own."""
        return "\n".join(part for part in (self.text, self.detail) if part)

    @property
    def all_choices(self) -> tuple[Choice, ...]:
        """The choices, one of which has the key Esc."""
        if any(choice.key == "Esc" for choice in self.choices):
            return self.choices
        return (*self.choices, Choice(_("Close"), "Esc", lambda: None))
