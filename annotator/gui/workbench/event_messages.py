"""Where the messages of session events are shown: status line, toast or strip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.session.events import Event, EventKind
from annotator.app.session.to_check import has_urgent_items
from annotator.core.i18n import _
from annotator.gui.messages.message import Choice, MessageKind, Question, Topic

if TYPE_CHECKING:
    from annotator.gui.mainwindow.context import Context


def show_message(context: Context, event: Event) -> None:
    """Show the message of `event`: hints in the status line, what was done in a toast, the rest in a strip."""
    message = event.message
    match event.kind:
        case EventKind.NOTIFIED:
            context.status.show_remark(message)
        case EventKind.REPORTED:
            context.toasts.show(message)
        case EventKind.CAUTIONED:
            context.strips.ask(
                Question.from_message(message, kind=MessageKind.WARN, choices=_find_cures(context, message))
            )
        case EventKind.SAVE_STATE_CHANGED:
            _ask_about_saving(context, message)
        case EventKind.REFUSED:
            context.strips.settle(Topic.STEP)
            context.strips.ask(Question.from_message(message, kind=MessageKind.TROUBLE, topic=Topic.STEP))
        case _:
            is_unreadable = context.session.document is None and context.session.path is not None
            topic = Topic.ARTICLE if is_unreadable else None
            context.strips.ask(Question.from_message(message, kind=MessageKind.TROUBLE, topic=topic))


def _ask_about_saving(context: Context, trouble: str) -> None:
    """Ask what to do about work that is not saved for the reason `trouble`."""

    def try_again() -> None:
        context.run("save")
        if context.session.trouble == trouble and not context.session.save_now():
            _ask_about_saving(context, trouble)  # nothing changed, so that the session says nothing

    choices = (
        Choice(_("Try again"), "Enter", try_again),
        Choice(_("Save a copy…"), "C", lambda: context.run("save-copy")),
    )
    context.strips.ask(Question.from_message(trouble, kind=MessageKind.TROUBLE, choices=choices))


def _find_cures(context: Context, message: str) -> tuple[Choice, ...]:
    """Return what can be done about what `message` says: an encoding that is a guess, sentences to check."""
    document = context.session.document
    if document is not None and not document.is_certain and document.warning and message.endswith(document.warning):
        return (Choice(_("Choose the encoding…"), "Enter", lambda: context.run("encoding")),)
    if message == context.session.read_only or not _has_items(context):
        return ()
    return (
        Choice(_("Go through them"), "Enter", lambda: context.toggle_panel("check")),
        Choice(_("Later"), "Esc", lambda: None),
    )


def _has_items(context: Context) -> bool:
    """Return whether something in the document is to be checked."""
    return has_urgent_items(context.session.state) or len(context.session.state.orphans) > 0
