"""Where the messages of session events are shown: status line, toast or strip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.session.events import Cure, Event, EventKind
from annotator.core.i18n import _
from annotator.gui.messages.message import Choice, MessageKind, Question, Topic
from annotator.gui.workbench.lazy_panels import controller_of

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
                Question.from_message(message, kind=MessageKind.WARN, choices=_make_choices(context, event.cure))
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


def _make_choices(context: Context, cure: Cure | None) -> tuple[Choice, ...]:
    """Return the choices that offer `cure`."""
    match cure:
        case Cure.ENCODING:
            return (Choice(_("Choose the encoding…"), "Enter", lambda: context.run("encoding")),)
        case Cure.CHECK:
            return (
                Choice(_("Go through them"), "Enter", lambda: context.feature(controller_of("check")).enter()),
                Choice(_("Later"), "Esc", lambda: None),
            )
        case _:
            return ()
