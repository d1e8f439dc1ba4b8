"""Actions of the table of annotations."""

from __future__ import annotations

from annotator.core.i18n import N_
from annotator.gui.actions.action import Action, panel_action

ACTIONS: tuple[Action, ...] = (panel_action("table", N_("Annotations"), "F7"),)
