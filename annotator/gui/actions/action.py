"""Types of the action table.

Texts are English here and translated when they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple, Protocol

from annotator.core.i18n import N_, _
from annotator.gui.widgets.text_label import escape_ampersands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from annotator.core.labels import LabelSet
    from annotator.gui.mainwindow.context import Context


class Need(Enum):
    """Precondition of an action."""

    NOTHING = auto()
    FOLDER = auto()
    DOCUMENT = auto()
    WRITABLE = auto()
    UNDOABLE = auto()
    REDOABLE = auto()


class Menu(Enum):
    """The menus in order, with their English names."""

    FILE = N_("&File")
    TAG = N_("&Tag")
    EDIT = N_("&Edit")
    GO = N_("&Go")
    VIEW = N_("&View")
    HELP = N_("&Help")


class Choice(NamedTuple):
    """One of several things that an action offers; `text` is shown as it is."""

    text: str
    callback: Callable[[Context], object]


@dataclass(frozen=True, slots=True)
class Action:
    """A command of the program.

    `keys` are in Qt's portable text format, the first one is shown; with `in_article` they act only while the article
    has the focus, so that they can be letters. `is_on` makes the action checkable. Groups are separated by lines.
    `choices` makes it a submenu and returns its present content. `submenu` begins a sentence that `text` ends, such as
    "Kind of block", "title".
    """

    id: str
    text: str
    callback: Callable[[Context], object]
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
        """The translated text, with the name of the label that it is about."""
        return _(self.text).replace("{label}", escape_ampersands(self.label))

    @property
    def full_title(self) -> str:
        """The title as it is understood outside its submenu."""
        return f"{_(self.submenu).rstrip('…')} {self.title}" if self.submenu else self.title


def panel_action(name: str, text: str, key: str) -> Action:
    """Return the action that shows and hides the list panel `name`."""
    return Action(
        f"panel-{name}",
        text,
        lambda context: context.toggle_panel(name),
        Menu.VIEW,
        4,
        (key,),
        is_on=lambda context: context.is_panel_shown(name),
    )


class LabelActions(Protocol):
    """Factory of the actions of the labels in use."""

    def __call__(self, labels: LabelSet, *, language: str) -> Iterable[Action]:
        """Return an action for each way to give a label, with the names of labels in `language`."""


class ActionTable(NamedTuple):
    """All actions in order; bars and menus name them by id, with "" for a separator."""

    actions: tuple[Action, ...]
    make_label_actions: LabelActions
    tool_bar: tuple[str, ...]
    context_menu: tuple[str, ...]
