"""Build the contents of the bottom panels when they are first shown, so that starting does not wait for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.session.events import Event, EventKind
from annotator.app.session.to_check import has_urgent_items
from annotator.core.change import Layer

if TYPE_CHECKING:
    from annotator.gui.mainwindow.context import Context


def watch_panels(context: Context) -> None:
    """Build the contents of the panels that are shown, now and whenever one becomes visible."""
    for name in ("table", "history", "check", "review"):
        context.window.panels[name].visibilityChanged.connect(lambda *_: _fill_shown(context))
    context.session.changed.connect(lambda event: _on_changed(context, event))
    _fill_shown(context)


def _on_changed(context: Context, event: Event) -> None:
    """Show items to check and pending verdicts when a document is opened with them or a merge brings them in."""
    is_new = event.kind is EventKind.DOCUMENT_OPENED or (
        event.kind is EventKind.DECISIONS_CHANGED and Layer.CONFLICT in event.slots
    )
    if is_new and has_urgent_items(context.session.state):
        from annotator.gui.check.controller import CheckTool

        context.feature(CheckTool).open()
    if (
        event.kind in {EventKind.DOCUMENT_OPENED, EventKind.DECISIONS_CHANGED}
        and len(context.session.state.verdicts) > 0
    ):
        from annotator.gui.review.notifications import ReviewWatch

        context.feature(ReviewWatch).note(event)


def _fill_shown(context: Context) -> None:
    if context.is_panel_shown("table"):
        from annotator.gui.annotations.controller import AnnotationTable

        context.feature(AnnotationTable)
    if context.is_panel_shown("history"):
        from annotator.gui.history.controller import History

        context.feature(History)
    if context.is_panel_shown("check"):
        from annotator.gui.check.controller import CheckTool

        context.feature(CheckTool)
    if context.is_panel_shown("review"):
        from annotator.gui.review.controller import ReviewTool

        context.feature(ReviewTool)
