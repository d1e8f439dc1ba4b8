"""Where help is to be had. It must not know what it says."""

from __future__ import annotations

from annotator.core.wording import later
from annotator.gui.action import Action, Menu

HELPING: tuple[Action, ...] = (
    Action("keys", later("Keys"), lambda w: w.show_keys(), Menu.HELP, 0, ("F1",), icon="keys"),
    Action("about", later("About annotator"), lambda w: w.show_about(), Menu.HELP, 1),
)
