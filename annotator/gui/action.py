"""What an entry of the action table is. It must not know which entries there are.

Texts are English here and translated when they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.i18n import _, later

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.gui.workbench import Workbench


class Need(Enum):
    """What must be there for an action to make sense."""

    NOTHING = auto()
    FOLDER = auto()
    DOCUMENT = auto()
    WRITABLE = auto()


class Menu(Enum):
    """The menus, in their order, by their English names."""

    FILE = later("&File")
    TAG = later("&Tag")
    EDIT = later("&Edit")
    GO = later("&Go")
    VIEW = later("&View")
    HELP = later("&Help")


class Choice(NamedTuple):
    """One of several things among which an action lets the person choose; ``text`` is shown as it is."""

    text: str
    does: Callable[[Workbench], object]


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
    does: Callable[[Workbench], object]
    menu: Menu
    group: int = 0
    keys: tuple[str, ...] = ()
    needs: Need = Need.NOTHING
    in_article: bool = False
    icon: str = ""
    is_on: Callable[[Workbench], bool] | None = None
    label: str = ""
    submenu: str = ""
    choices: Callable[[Workbench], Sequence[Choice]] | None = None

    @property
    def title(self) -> str:
        """The text in the language of the program, with the name of the label that it is about."""
        return _(self.text).replace("{label}", self.label.replace("&", "&&"))

    @property
    def full_title(self) -> str:
        """The title as it is understood outside its submenu."""
        return f"{_(self.submenu).rstrip('…')} {self.title}" if self.submenu else self.title
