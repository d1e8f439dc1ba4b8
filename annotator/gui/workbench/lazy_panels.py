"""Build the contents of the bottom panels when they are first shown, so that starting does not wait for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.session.events import Event, EventKind
from annotator.app.session.to_check import has_urgent_items
from annotator.core.change import Layer

if TYPE_CHECKING:
    from annotator.gui.mainwindow.context import Context
    from annotator.gui.mainwindow.panel_controller import PanelController

_COLOUR_NAMES = ("table", "history", "check", "review")


def install_lazy_panels(context: Context) -> None:
    """Build the contents of the panels that are shown, now and whenever one becomes visible."""
    for name in _COLOUR_NAMES:
        context.window.panels[name].visibilityChanged.connect(lambda *_: _build_shown(context))
    context.session.changed.connect(lambda event: _on_changed(context, event))
    _build_shown(context)


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


def _build_shown(context: Context) -> None:
    for name in _COLOUR_NAMES:
        if context.is_panel_shown(name):
            context.feature(controller_of(name))


def controller_of(name: str) -> type[PanelController]:
    """Return the class that controls the list panel `name`, loaded now if nobody asked for it before."""
    match name:
        case "table":
            from annotator.gui.annotations.controller import AnnotationTable

            return AnnotationTable
        case "history":
            from annotator.gui.history.controller import History

            return History
        case "check":
            from annotator.gui.check.controller import CheckTool

            return CheckTool
        case "review":
            from annotator.gui.review.controller import ReviewTool

            return ReviewTool
        case _:
            raise KeyError(name)
