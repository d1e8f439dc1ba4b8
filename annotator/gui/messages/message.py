"""Values of messages: kind, action of a toast, question of a strip."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable


_SHORTEST = 20  # characters of a sentence; a full stop before belongs to an abbreviation or a file's name


class MessageKind(Enum):
    """What a message is about; it decides icon and colour."""

    DONE = auto()  # something was done
    INFO = auto()  # something is so, or is asked
    WARN = auto()  # something is to be looked at, but nothing failed
    TROUBLE = auto()  # something failed


class Topic(Enum):
    """What a fault is about that may be mended while its message is shown."""

    ARTICLE = auto()  # the text of the open document cannot be read any more
    STEP = auto()  # a step was not done
    COPY = auto()  # a copy of the annotations was not saved
    SETTINGS = auto()  # the preferences were not saved


class MessageAction(NamedTuple):
    """What can be done about a message; `key` is shown beside `text`, it belongs to an action of the window.

    Where `is_key_same` returns false, the key would do something else by now, and is not shown.
    The list of messages offers the action while `is_possible` returns true. A right click offers `other` as well. Where
    `is_all`, what the message says is not so any more once the action is impossible, and the toast goes.
    """

    text: str
    callback: Callable[[], object]
    key: str = ""
    is_possible: Callable[[], bool] | None = None
    other: MessageAction | None = None
    is_all: bool = False
    is_key_same: Callable[[], bool] | None = None

    @property
    def shown_key(self) -> str:
        """The key while it does what the action does."""
        return self.key if self.is_key_same is None or self.is_key_same() else ""

    @property
    def is_open(self) -> bool:
        """True while the action can be done."""
        return self.is_possible is None or self.is_possible()


class Choice(NamedTuple):
    """An answer to a question, and the key that gives it while the question is shown."""

    text: str
    key: str
    callback: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence that needs an answer; the first of `choices`, at most three, is the usual one.

    A question without a choice for Esc is given one that only closes it. One that `is_kept` is about no document: it
    waits for its answer also when another document is opened. `source` is the message that text and detail are from.
    One with a `topic` is taken back once what it is about is mended.
    """

    text: str
    detail: str = ""
    kind: MessageKind = MessageKind.INFO
    choices: tuple[Choice, ...] = ()
    is_kept: bool = False
    source: str = ""
    topic: Topic | None = None

    @classmethod
    def from_message(
        cls,
        message: str,
        *,
        kind: MessageKind,
        choices: tuple[Choice, ...] = (),
        is_kept: bool = False,
        topic: Topic | None = None,
    ) -> Question:
        """Return a question with the first sentence of `message` as its text and the rest as its detail."""
        text, mark, detail = message.partition("\n")
        end = text.find(". ", _SHORTEST) + 1
        if end:
            text, detail = text[:end], f"{text[end + 1 :]}{mark}{detail}"
        return cls(text, detail, kind, choices, is_kept, message, topic)

    @property
    def message(self) -> str:
        """The message that was asked for, else text and detail in lines of their own."""
        return self.source or "\n".join(part for part in (self.text, self.detail) if part)

    @property
    def all_choices(self) -> tuple[Choice, ...]:
        """The choices, one of which has the key Esc."""
        if any(choice.key == "Esc" for choice in self.choices):
            return self.choices
        return (*self.choices, Choice(_("Close"), "Esc", lambda: None))
