"""What an entry of the action table is. It must not know which entries there are.

Texts are English here and translated when they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple, Protocol

from annotator.core.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from annotator.core.labels import LabelSet
    from annotator.gui.mainwindow.context import Context


class Need(Enum):
    """What must be there for an action to make sense."""

    NOTHING = auto()
    FOLDER = auto()
    DOCUMENT = auto()
    WRITABLE = auto()


class Menu(Enum):
    """The menus, in their order, by their English names."""

    FILE = N_("&File")
    TAG = N_("&Tag")
    EDIT = N_("&Edit")
    GO = N_("&Go")
    VIEW = N_("&View")
    HELP = N_("&Help")


class Choice(NamedTuple):
    """One of several things among which an action lets the person choose; ``text`` is shown as it is."""

    text: str
    does: Callable[[Context], object]


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done.

    ``keys`` are in Qt's portable writing, the first is the one shown; with ``in_article`` they are only taken while the
    article has the focus, so that they can be letters. ``is_on`` makes it checkable. A ``group`` is set off by a line.
    ``choices`` makes it a menu of its own, and gives what is in it now.
    A ``submenu`` is the beginning of a sentence that ``text`` ends, such as "This block is a…", "title".
    """

    id: str
    text: str
    does: Callable[[Context], object]
    menu: Menu
    group: int = 0
    keys: tuple[str, ...] = ()
    needs: Need = Need.NOTHING
    in_article: bool = False
    icon: str = ""
    is_on: Callable[[Context], bool] | None = None
    label: str = ""
    submenu: str = ""
    choices: Callable[[Context], Sequence[Choice]] | None = None

    @property
    def title(self) -> str:
        """The text in the language of the program, with the name of the label that it is about."""
        return _(self.text).replace("{label}", self.label.replace("&", "&&"))

    @property
    def full_title(self) -> str:
        """The title as it is understood outside its submenu."""
        return f"{_(self.submenu).rstrip('…')} {self.title}" if self.submenu else self.title


class LabelActions(Protocol):
    """Makes the actions of the labels in use."""

    def __call__(self, labels: LabelSet, *, language: str) -> Iterable[Action]:
        """Return an action for each way to give a label, with the names of labels in `language`."""


class ActionTable(NamedTuple):
    """Everything that can be done, in order; bars and menus name actions by id, with "" for a separator."""

    actions: tuple[Action, ...]
    label_actions: LabelActions
    tool_bar: tuple[str, ...]
    context_menu: tuple[str, ...]
