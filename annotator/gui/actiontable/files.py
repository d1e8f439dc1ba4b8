"""What can be done with folders and documents. It must not know how it is shown."""

from __future__ import annotations

from annotator.app import commands
from annotator.core.wording import later
from annotator.gui.action import Action, Menu, Need

FILES: tuple[Action, ...] = (
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
)
