"""The one table of what can be done: menus, shortcuts, tool bar, context menu and cheat-sheet are made from it.

It must not know how they look. Texts are English here and translated when they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from annotator.app import commands
from annotator.core.wording import _, later

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from annotator.core.labels import LabelSet
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


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done.

    ``keys`` are in Qt's portable writing, the first is the one shown; with ``in_article`` they are only taken while the
    article has the focus, so that they can be letters. ``is_on`` makes it checkable. A ``group`` is set off by a line.
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

    @property
    def title(self) -> str:
        """The text in the language of the program, with the name of the label that it is about."""
        return _(self.text).replace("{label}", self.label.replace("&", "&&"))


def _tag(label: str, *, stay: bool) -> Callable[[Workbench], object]:
    return lambda bench: commands.tag(bench.session, label, stay=stay)


def label_actions(labels: LabelSet, *, language: str) -> Iterator[Action]:
    """The actions of the labels: the digit tags and goes on, with Shift it stays."""
    for stay, prefix, text in ((False, "", "{label}"), (True, "Shift+", later("{label}, and stay"))):
        for number, label in enumerate(list(labels)[:9], start=1):
            yield Action(
                id=f"{'add' if stay else 'tag'}-{number}",
                text=text,
                does=_tag(label.key, stay=stay),
                menu=Menu.TAG,
                group=int(stay),
                keys=(f"{prefix}{number}",),
                needs=Need.WRITABLE,
                in_article=True,
                label=label.name(language),
            )


def _face(face: str) -> tuple[Callable[[Workbench], object], Callable[[Workbench], bool]]:
    return (lambda bench: bench.choose(face=face)), (lambda bench: bench.settings.face == face)


def _theme(theme: str) -> tuple[Callable[[Workbench], object], Callable[[Workbench], bool]]:
    return (lambda bench: bench.choose(theme=theme)), (lambda bench: bench.settings.theme == theme)


def _language(language: str) -> tuple[Callable[[Workbench], object], Callable[[Workbench], bool]]:
    return (lambda bench: bench.choose(language=language)), (lambda bench: bench.language == language)


def _choice(
    id_: str, text: str, how: tuple[Callable[[Workbench], object], Callable[[Workbench], bool]], *, group: int
) -> Action:
    return Action(id_, text, how[0], Menu.VIEW, group, is_on=how[1])


ACTIONS: tuple[Action, ...] = (
    Action("open-folder", later("Open folder…"), lambda w: w.ask_folder(), Menu.FILE, 0, ("Ctrl+O",), icon="folder"),
    Action("open-file", later("Open document…"), lambda w: w.ask_document(), Menu.FILE, 0, ("Ctrl+Shift+O",)),
    Action("save", later("Save now"), lambda w: w.save_now(), Menu.FILE, 1, ("Ctrl+S",), Need.DOCUMENT),
    Action(
        "finish",
        later("Finish this document"),
        lambda w: w.finish(),
        Menu.FILE,
        2,
        ("Ctrl+Return", "Ctrl+Enter"),
        Need.WRITABLE,
        icon="finish",
    ),
    Action(
        "reopen", later("Not finished after all"), lambda w: commands.reopen(w.session), Menu.FILE, 2, (), Need.WRITABLE
    ),
    Action("quit", later("Quit"), lambda w: w.window.close(), Menu.FILE, 3, ("Ctrl+Q",)),
    Action(
        "nothing",
        later("Nothing here"),
        lambda w: commands.mark_nothing(w.session),
        Menu.TAG,
        2,
        ("Space",),
        Need.WRITABLE,
        in_article=True,
    ),
    Action(
        "clear",
        later("Clear labels and decision"),
        lambda w: commands.clear(w.session),
        Menu.TAG,
        2,
        ("0", "Del"),
        Need.WRITABLE,
        in_article=True,
    ),
    Action(
        "undo", later("Undo"), lambda w: commands.undo(w.session), Menu.EDIT, 0, ("Ctrl+Z",), Need.WRITABLE, icon="undo"
    ),
    Action(
        "redo",
        later("Redo"),
        lambda w: commands.redo(w.session),
        Menu.EDIT,
        0,
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        Need.WRITABLE,
        icon="redo",
    ),
    Action(
        "copy",
        later("Copy the sentence"),
        lambda w: w.article.copy(),
        Menu.EDIT,
        1,
        ("Ctrl+C",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "split",
        later("Split the sentence"),
        lambda w: w.begin_split(),
        Menu.EDIT,
        2,
        ("S",),
        Need.WRITABLE,
        in_article=True,
        icon="split",
    ),
    Action(
        "join",
        later("Join with the next sentence"),
        lambda w: commands.join(w.session),
        Menu.EDIT,
        2,
        ("M",),
        Need.WRITABLE,
        in_article=True,
        icon="join",
    ),
    Action(
        "note",
        later("Write a note"),
        lambda w: w.edit_note(),
        Menu.EDIT,
        3,
        ("T",),
        Need.WRITABLE,
        in_article=True,
        icon="note",
    ),
    Action(
        "next",
        later("Next sentence"),
        lambda w: commands.step(w.session, 1),
        Menu.GO,
        0,
        ("Down", "J"),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "previous",
        later("Previous sentence"),
        lambda w: commands.step(w.session, -1),
        Menu.GO,
        0,
        ("Up", "K"),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "next-open",
        later("Next undecided sentence"),
        lambda w: commands.go_open(w.session, 1),
        Menu.GO,
        1,
        ("N",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "previous-open",
        later("Previous undecided sentence"),
        lambda w: commands.go_open(w.session, -1),
        Menu.GO,
        1,
        ("P",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "next-any",
        later("Next sentence, headings too"),
        lambda w: commands.step(w.session, 1, any_kind=True),
        Menu.GO,
        2,
        ("Alt+Down",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "previous-any",
        later("Previous sentence, headings too"),
        lambda w: commands.step(w.session, -1, any_kind=True),
        Menu.GO,
        2,
        ("Alt+Up",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "stretch-down",
        later("Select one sentence more"),
        lambda w: commands.stretch(w.session, 1),
        Menu.GO,
        3,
        ("Shift+Down",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "stretch-up",
        later("Select one sentence more upwards"),
        lambda w: commands.stretch(w.session, -1),
        Menu.GO,
        3,
        ("Shift+Up",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "first",
        later("First sentence"),
        lambda w: commands.go_end(w.session, -1),
        Menu.GO,
        4,
        ("Home",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "last",
        later("Last sentence"),
        lambda w: commands.go_end(w.session, 1),
        Menu.GO,
        4,
        ("End",),
        Need.DOCUMENT,
        in_article=True,
    ),
    Action(
        "next-document",
        later("Next document"),
        lambda w: w.open_neighbour(1),
        Menu.GO,
        5,
        ("Ctrl+PgDown",),
        Need.FOLDER,
        icon="down",
    ),
    Action(
        "previous-document",
        later("Previous document"),
        lambda w: w.open_neighbour(-1),
        Menu.GO,
        5,
        ("Ctrl+PgUp",),
        Need.FOLDER,
        icon="up",
    ),
    Action("zoom-in", later("Larger text"), lambda w: w.zoom(1.1), Menu.VIEW, 0, ("Ctrl++", "Ctrl+=")),
    Action("zoom-out", later("Smaller text"), lambda w: w.zoom(1 / 1.1), Menu.VIEW, 0, ("Ctrl+-",)),
    Action("zoom-usual", later("Usual text size"), lambda w: w.zoom(0), Menu.VIEW, 0, ("Ctrl+0",)),
    _choice("serif", later("Serif face"), _face("serif"), group=1),
    _choice("sans", later("Sans-serif face"), _face("sans"), group=1),
    _choice("theme-system", later("Colours of the system"), _theme(""), group=2),
    _choice("theme-light", later("Light"), _theme("light"), group=2),
    _choice("theme-dark", later("Dark"), _theme("dark"), group=2),
    _choice("language-vi", "Tiếng Việt", _language("vi"), group=3),
    _choice("language-en", "English", _language("en"), group=3),
    Action(
        "panel-documents",
        later("Documents"),
        lambda w: w.toggle_panel("documents"),
        Menu.VIEW,
        4,
        ("F9",),
        is_on=lambda w: w.is_panel_shown("documents"),
    ),
    Action(
        "panel-inspector",
        later("Sentence"),
        lambda w: w.toggle_panel("inspector"),
        Menu.VIEW,
        4,
        ("F10",),
        is_on=lambda w: w.is_panel_shown("inspector"),
    ),
    Action(
        "go-article",
        later("Go to the article"),
        lambda w: w.article.setFocus(),
        Menu.VIEW,
        5,
        ("Ctrl+L",),
        Need.DOCUMENT,
    ),
    Action(
        "full-screen",
        later("Full screen"),
        lambda w: w.toggle_full_screen(),
        Menu.VIEW,
        5,
        ("F11",),
        is_on=lambda w: w.window.isFullScreen(),
    ),
    Action("keys", later("Keys"), lambda w: w.show_keys(), Menu.HELP, 0, ("F1",), icon="keys"),
    Action("about", later("About annotator"), lambda w: w.show_about(), Menu.HELP, 1),
)

TOOL_BAR: tuple[str, ...] = (
    "open-folder",
    "",
    "previous-document",
    "next-document",
    "",
    "undo",
    "redo",
    "",
    "split",
    "join",
    "note",
    "",
    "finish",
    "",
    "keys",
)
CONTEXT_MENU: tuple[str, ...] = ("nothing", "clear", "", "note", "split", "join", "", "copy")
