"""What can be done with folders and documents. It must not know how it is shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from annotator.app.session import commands
from annotator.core.i18n import later
from annotator.gui.action import Action, Choice, Menu, Need
from annotator.storage.paths import shown

if TYPE_CHECKING:
    from annotator.gui.workbench import Workbench


def _recent(bench: Workbench) -> list[Choice]:
    """The folders opened last, without the one that is open."""
    workspace = bench.session.workspace
    now = str(workspace.folder) if workspace else ""

    def choice(place: str) -> Choice:
        return Choice(shown(place), lambda bench: bench.open_place(Path(place)))

    return [choice(place) for place in bench.settings.recent if place != now]


def _choose_recent(bench: Workbench) -> None:
    from annotator.gui.palette import Palette  # noqa: PLC0415  # starting does not wait for what is called by a key

    bench.tool(Palette).show_choices("open-recent")


def _prefer(bench: Workbench) -> None:
    from annotator.gui.preferring import Preferring  # noqa: PLC0415  # as above

    bench.tool(Preferring).ask()


def _edit_keys(bench: Workbench) -> None:
    from annotator.gui.preferring import Preferring  # noqa: PLC0415  # as above

    bench.tool(Preferring).ask_keys()


def _choose_encoding(bench: Workbench) -> None:
    from annotator.gui.encodingtool import choose  # noqa: PLC0415  # as above

    choose(bench)


def _save_copy(bench: Workbench) -> None:
    from annotator.gui.copysaving import save_copy_now  # noqa: PLC0415  # as above

    save_copy_now(bench)


def _merge_copies(bench: Workbench) -> None:
    from annotator.gui.follower import Follower  # noqa: PLC0415  # as above

    bench.tool(Follower).merge_copies()


def _export(bench: Workbench) -> None:
    from annotator.gui.reviewout import export  # noqa: PLC0415  # as above

    export(bench)


def _take_in(bench: Workbench) -> None:
    from annotator.gui.reviewin import take_in  # noqa: PLC0415  # as above

    take_in(bench)


def _report_review(bench: Workbench) -> None:
    from annotator.gui.reviewreport import ReviewReport  # noqa: PLC0415  # as above

    bench.tool(ReviewReport).show()


FILES: tuple[Action, ...] = (
    Action("open-folder", later("Open folder…"), lambda w: w.ask_folder(), Menu.FILE, 0, ("Ctrl+O",), icon="folder"),
    Action("open-file", later("Open document…"), lambda w: w.ask_document(), Menu.FILE, 0, ("Ctrl+Shift+O",)),
    Action(
        "open-recent",
        later("Open recent"),
        _choose_recent,
        Menu.FILE,
        0,
        choices=_recent,
    ),
    Action("reload", later("Read the document anew"), lambda w: w.reload(), Menu.FILE, 1, ("Ctrl+R",), Need.FOLDER),
    Action("encoding", later("Encoding of this document…"), _choose_encoding, Menu.FILE, 1, (), Need.DOCUMENT),
    Action("save", later("Save now"), lambda w: w.save_now(), Menu.FILE, 1, ("Ctrl+S",), Need.DOCUMENT),
    Action(
        "save-copy",
        later("Save a copy of the annotations…"),
        _save_copy,
        Menu.FILE,
        1,
        ("Ctrl+Shift+S",),
        Need.DOCUMENT,
    ),
    Action("merge-copies", later("Merge conflict copies"), _merge_copies, Menu.FILE, 1, (), Need.DOCUMENT),
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
        "reopen", later("Mark as not finished"), lambda w: commands.reopen(w.session), Menu.FILE, 2, (), Need.WRITABLE
    ),
    Action("export", later("Export…"), _export, Menu.FILE, 3, ("Ctrl+E",), Need.FOLDER),
    Action("review-in", later("Take in a reviewer's file…"), _take_in, Menu.FILE, 3, (), Need.FOLDER),
    Action("review-report", later("What reviewers changed…"), _report_review, Menu.FILE, 3, (), Need.FOLDER),
    Action("preferences", later("Preferences…"), _prefer, Menu.FILE, 4, ("Ctrl+,",)),
    Action("edit-keys", later("Change keys…"), _edit_keys, Menu.FILE, 4),
    Action("quit", later("Quit"), lambda w: w.window.close(), Menu.FILE, 5, ("Ctrl+Q",)),
)
