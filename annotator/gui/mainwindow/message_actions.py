"""Actions of messages that run actions of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from annotator.core.i18n import _
from annotator.gui.messages.message import MessageAction

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.gui.mainwindow.context import Context


def make_action(
    context: Context, id_: str, text: str, *, is_possible: Callable[[], bool] | None = None
) -> MessageAction:
    """Return an action with `text` that runs the action `id_` of the window and shows its key."""
    action = context.window.findChild(QAction, id_)
    key = action.shortcut().toString() if isinstance(action, QAction) else ""
    return MessageAction(text, lambda: context.run(id_), key, is_possible)


def make_undo_action(context: Context) -> MessageAction | None:
    """Return the action that undoes the last step, possible until another one is done; None if there is no step."""
    session = context.session
    if not session.history.done:
        return None
    step, path = session.history.done[-1], session.path

    def is_last() -> bool:
        return session.path == path and bool(session.history.done) and session.history.done[-1] is step

    return make_action(context, "undo", _("Undo"), is_possible=is_last)
