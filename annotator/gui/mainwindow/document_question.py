"""Questions about the open document: taken back when it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.session.events import Event, EventKind

if TYPE_CHECKING:
    from annotator.gui.mainwindow.context import Context
    from annotator.gui.messages.message import Question


def ask_about_document(context: Context, question: Question) -> None:
    """Ask `question`, and take it back unanswered when another document is opened."""
    changed = context.session.changed

    def on_changed(event: Event) -> None:
        if event.kind is EventKind.DOCUMENT_OPENED:
            changed.disconnect(on_changed)
            context.strips.close(question)

    changed.connect(on_changed)
    context.strips.ask(question)
