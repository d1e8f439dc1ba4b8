"""Where the filling in of fields begins. It must not know the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.i18n import _

if TYPE_CHECKING:
    from annotator.gui.workbench import Workbench


def fill_in(bench: Workbench) -> None:
    """Let the fields of the current sentence be filled in, or say that it has none."""
    bench.listener.refresh()
    if not bench.inspector.has_fields:
        bench.status.remark(_("No label of this sentence has fields: tag the sentence first."))
        return
    bench.window.panels["inspector"].show()
    bench.inspector.edit_fields()
