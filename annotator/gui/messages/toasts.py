"""Toasts: say that something happened, over the foot of the central area, and go by themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication

from annotator.core.i18n import _
from annotator.gui.messages.message import MessageAction, MessageKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

    from annotator.gui.messages.log import MessageLog
    from annotator.gui.messages.toast_card import ToastCard
    from annotator.gui.theme.theme import Theme

SHOWN_MS = 6_000
"""Milliseconds for which a toast is shown."""
SHOWN_WITH_ACTION_MS = 10_000
"""The same with an action."""


@dataclass(frozen=True, slots=True)
class _Toast:
    """A message on the screen, shown `count` times in a row."""

    text: str
    kind: MessageKind
    action: MessageAction | None
    entry: int  # number in the log
    count: int = 1
    shown: str = ""


class Toasts(QObject):
    """Shows one toast at a time: a new one replaces it, the same one counts up."""

    def __init__(self, area: QWidget, log: MessageLog, parent: QObject) -> None:
        super().__init__(parent)
        self._area = area
        self._log = log
        self._theme: Theme | None = None
        self._card: ToastCard | None = None  # made when there is something to say
        self._toast: _Toast | None = None
        self._tasks: tuple[ProgressToast, ...] = ()
        self._rest = 0  # milliseconds left when the clock was stopped
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)

    @property
    def text(self) -> str:
        """The text that is shown, empty if there is no toast."""
        if self._toast is not None:
            return self._toast.shown
        return self._tasks[-1].text if self._tasks else ""

    @property
    def action(self) -> MessageAction | None:
        """The action that is shown, or None."""
        if self._toast is not None:
            return self._toast.action
        return self._tasks[-1].action if self._tasks else None

    def show(
        self,
        text: str,
        *,
        kind: MessageKind = MessageKind.DONE,
        action: MessageAction | None = None,
        repeated: Callable[[int], str] | None = None,
    ) -> None:
        """Show `text` for some seconds; what stands after " · " is shown as a detail.

        Args:
            text: A sentence that something happened.
            kind: Decides the icon.
            action: What can be done about it.
            repeated: Returns the text that is shown when the same message comes for the nth time in a row.
        """
        last = self._toast
        if last is not None and (last.text, last.kind) == (text, kind):
            count = last.count + 1
            shown = repeated(count) if repeated is not None else f"{text} (×{count})"
            self._toast = _Toast(text, kind, action, last.entry, count, shown)
            self._log.update_text(last.entry, shown)
        else:
            self._end(is_read=False)
            self._toast = _Toast(text, kind, action, self._log.add(text, kind=kind, action=action), shown=text)
        self._update_card()
        self._start_clock(SHOWN_MS if action is None else SHOWN_WITH_ACTION_MS)

    def start_progress(self, text: str, *, stop: Callable[[], object]) -> ProgressToast:
        """Show `text` until the task is done, below messages that come meanwhile, with a button that calls `stop`."""
        task = ProgressToast(self, text, MessageAction(_("Stop"), stop))
        self._tasks = (*self._tasks, task)
        if self._toast is None:
            self._update_card()
        return task

    def close(self) -> None:
        """Remove the toast, which was read."""
        self._end(is_read=True)
        self._update_card()

    def dismiss(self, text: str) -> None:
        """Remove the toast if it says `text`, which is not so any more."""
        if self._toast is not None and self._toast.text == text:
            self.close()

    def update_action(self) -> None:
        """Show the action and its key as far as they can be used still; close the toast if that was all it said."""
        toast = self._toast
        if toast is None or toast.action is None:
            return
        if not toast.action.is_open and toast.action.is_all:
            self.close()
            return
        if not toast.action.is_open:
            self._toast = replace(toast, action=None)
        if not toast.action.is_open or (self._card is not None and self._card.key != toast.action.shown_key):
            self._update_card()

    def drop_texts(self) -> None:
        """Remove the toast, which is in another language than the program now; the list of messages has it."""
        self._end(is_read=False)
        self._update_card()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        if self._card is not None:
            self._card.set_theme(theme)

    def update_task(self, task: ProgressToast) -> None:
        """Show the new text of `task`."""
        if self._toast is None and task in self._tasks[-1:]:
            self._update_card()

    def end_task(self, task: ProgressToast) -> None:
        """Remove `task`, which is done."""
        self._tasks = tuple(one for one in self._tasks if one is not task)
        self._update_card()

    def _update_card(self) -> None:
        """Show the toast, or else the newest task, or nothing."""
        text, action = self.text, self.action
        if not text:
            if self._card is not None:
                self._card.leave()
            return
        card = self._get_card()
        kind = self._toast.kind if self._toast is not None else MessageKind.INFO
        is_new = card.isHidden() or card.text != text
        card.show_message(text, kind=kind, action=action)
        card.appear()
        if is_new and self._toast is not None:
            spoken = text if action is None else f"{text} {_('F6 goes to: {action}').format(action=action.text)}"
            card.announce(spoken, QAccessible.AnnouncementPoliteness.Polite)

    def _get_card(self) -> ToastCard:
        if self._card is None:
            from annotator.gui.messages.toast_card import ToastCard  # noqa: PLC0415  # starting does not wait for it

            self._card = ToastCard(self._area)
            self._card.chosen.connect(self._on_chosen)
            self._card.menu_requested.connect(self._on_menu_requested)
            self._card.left.connect(self.close)
            self._card.held.connect(self._update_clock)
            app = QGuiApplication.instance()
            if isinstance(app, QApplication):
                app.focusChanged.connect(self._update_clock)
            if self._theme is not None:
                self._card.set_theme(self._theme)
        return self._card

    def _end(self, *, is_read: bool) -> None:
        if self._toast is not None and not is_read:
            self._log.mark_unread(self._toast.entry)
        self._toast = None
        self._timer.stop()
        self._rest = 0

    def _start_clock(self, milliseconds: int) -> None:
        self._timer.stop()
        self._rest = milliseconds
        self._update_clock()

    def _update_clock(self) -> None:
        """Stop the clock while pointer or focus is on the toast or the window is inactive; else let it run."""
        card = self._card
        if self._toast is None or card is None:
            return
        is_held = card.is_pointed or card.has_focus or not card.isActiveWindow()
        if is_held and self._timer.isActive():
            self._rest = self._timer.remainingTime()
            self._timer.stop()
        elif not is_held and not self._timer.isActive():
            self._timer.start(max(self._rest, 0))

    def _on_timeout(self) -> None:
        self._end(is_read=False)
        self._update_card()

    def _on_chosen(self) -> None:
        if self.action is not None:
            self._run(self.action)

    def _on_menu_requested(self, place: QPoint) -> None:
        from annotator.gui.messages.action_menu import popup_action_menu  # noqa: PLC0415  # as above

        if self.action is not None:
            popup_action_menu(self._area, self.action, place, run=self._run)

    def _run(self, action: MessageAction) -> None:
        if self._toast is not None:
            self.close()
        if action.is_open:
            action.callback()


class ProgressToast:
    """A toast for work that goes on."""

    def __init__(self, toasts: Toasts, text: str, action: MessageAction) -> None:
        self._toasts = toasts
        self._text = text
        self._action = action

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text

    @property
    def action(self) -> MessageAction:
        """The action that stops the work."""
        return self._action

    def update(self, text: str) -> None:
        """Show how far the work is."""
        self._text = text
        self._toasts.update_task(self)

    def end(self) -> None:
        """Remove the toast: the work is done or stopped."""
        self._toasts.end_task(self)
