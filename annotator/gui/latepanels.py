"""Fills the panels at the bottom when they are first seen. It must not know how they are filled.

Starting does not wait for what is hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.session.events import Event, What
from annotator.app.session.to_check import is_pressing
from annotator.core.change import Slot

if TYPE_CHECKING:
    from annotator.gui.workbench import Workbench


def watch_panels(bench: Workbench) -> None:
    """Fill those that are shown, now and whenever one is."""
    for name in ("table", "history", "check", "review"):
        bench.window.panels[name].visibilityChanged.connect(lambda *_: _fill_shown(bench))
    bench.session.changed.connect(lambda event: _on_changed(bench, event))
    _fill_shown(bench)


def _on_changed(bench: Workbench, event: Event) -> None:
    """Show what waits for an answer when a document is opened with it, or another version brings it in."""
    is_new = event.what is What.OPENED or (event.what is What.DECIDED and Slot.RIVAL in event.slots)
    if is_new and is_pressing(bench.session.state):
        from annotator.gui.checktool import CheckTool  # noqa: PLC0415  # made when there is something to check

        bench.tool(CheckTool).open()
    if event.what in {What.OPENED, What.DECIDED} and len(bench.session.state.verdicts) > 0:
        from annotator.gui.reviewwatch import ReviewWatch  # noqa: PLC0415  # made when reviewers said something

        bench.tool(ReviewWatch).note(event)


def _fill_shown(bench: Workbench) -> None:
    if bench.is_panel_shown("table"):
        from annotator.gui.annotationtable import AnnotationTable  # noqa: PLC0415  # made when it is first seen

        bench.tool(AnnotationTable)
    if bench.is_panel_shown("history"):
        from annotator.gui.history import History  # noqa: PLC0415  # as above

        bench.tool(History)
    if bench.is_panel_shown("check"):
        from annotator.gui.checktool import CheckTool  # noqa: PLC0415  # as above

        bench.tool(CheckTool)
    if bench.is_panel_shown("review"):
        from annotator.gui.reviewtool import ReviewTool  # noqa: PLC0415  # as above

        bench.tool(ReviewTool)
