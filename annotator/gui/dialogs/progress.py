"""Modal progress dialogs for work in the worker thread.

The window takes no input meanwhile. Work that ends within `DIALOG_DELAY_MS` shows no dialog.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QEventLoop, QTimer, Signal
from PySide6.QtWidgets import QProgressBar

from annotator.core.i18n import _
from annotator.gui.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from annotator.gui.widgets.threads import Worker

T = TypeVar("T")
R = TypeVar("R")
DIALOG_DELAY_MS = 350
"""Milliseconds before a dialog is shown."""
_POLL_INTERVAL_MS = 80  # milliseconds between two updates of the bar


class WalkResult(NamedTuple, Generic[R]):
    """Results so far, and whether the work was completed rather than stopped by the user."""

    results: list[R]
    is_complete: bool


def run_each(
    parent: QWidget,
    items: Sequence[T],
    *,
    each: Callable[[T], R],
    worker: Worker,
    title: str,
    until: Callable[[R], bool] | None = None,
) -> WalkResult[R]:
    """Call `each` for all `items` in order until `until` accepts a result or the user stops.

    `each` is called in the worker thread and must only use frozen values; its exceptions are raised here.
    """
    results: list[R] = []
    raised: list[Exception] = []
    dialog = _ProgressDialog(parent, title, count=len(items))

    def go_on() -> None:
        if len(results) == len(items) or dialog.is_stopped or (until and results and until(results[-1])):
            dialog.end()
        else:
            worker.run(lambda: _call_safely(each, items[len(results)]), take)

    def take(result: R | _Failure) -> None:
        if isinstance(result, _Failure):
            raised.append(result.error)
            dialog.end()
            return
        results.append(result)
        dialog.show_step(len(results))
        go_on()

    go_on()
    dialog.wait()
    if raised:
        raise raised[0]
    return WalkResult(results, not dialog.is_stopped)


class StoppedError(Exception):
    """The user stopped the work."""


class StepCounter:
    """Progress of a piece of work: counted in the worker thread, read in the window's."""

    def __init__(self) -> None:
        self.done = 0
        self._is_stopped = False

    def step(self) -> None:
        """Count one more step.

        Raises:
            StoppedError: The user stopped the work.
        """
        self.done += 1
        if self._is_stopped:
            raise StoppedError

    def stop(self) -> None:
        """Make the work end at its next step."""
        self._is_stopped = True


def run_with_progress(
    parent: QWidget, work: Callable[[StepCounter], R], *, count: int, worker: Worker, title: str
) -> R | None:
    """Call `work`, which takes `count` steps, and return its result, or None if the user stopped it.

    `work` is called in the worker thread and must only use frozen values; its exceptions are raised here.
    """
    pace = StepCounter()
    results: list[R | _Failure] = []
    dialog = _ProgressDialog(parent, title, count=count)

    def take(result: R | _Failure) -> None:
        results.append(result)
        dialog.end()

    def look() -> None:
        dialog.show_step(min(pace.done, count))
        if dialog.is_stopped:
            pace.stop()

    timer = QTimer(dialog)
    timer.timeout.connect(look)
    timer.start(_POLL_INTERVAL_MS)
    worker.run(lambda: _call_safely(work, pace), take)
    dialog.wait()
    timer.stop()
    result = results[0]
    if not isinstance(result, _Failure):
        return result
    if isinstance(result.error, StoppedError):
        return None
    raise result.error


class _Failure(NamedTuple):
    error: Exception


def _call_safely(each: Callable[[T], R], item: T) -> R | _Failure:
    try:
        return each(item)
    except Exception as error:  # noqa: BLE001  # raised again in the waiting thread
        return _Failure(error)


class _ProgressDialog(Dialog):
    """A progress bar with a button to stop; it closes between two steps, never within one."""

    ended = Signal()

    def __init__(self, parent: QWidget, title: str, *, count: int) -> None:
        super().__init__(parent, title, size=(420, 0))
        self.is_stopped = False
        self._has_ended = False
        self.add_text(title)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, count)
        self._bar.setAccessibleName(title)
        self.body.addWidget(self._bar)
        self.add_buttons("", cancel=_("Stop"))

    def show_step(self, number: int) -> None:
        """Show that `number` steps are done."""
        self._bar.setValue(number)

    def end(self) -> None:
        """End the wait."""
        self._has_ended = True
        self.ended.emit()

    def wait(self) -> None:
        """Return when the work has ended; show the dialog after `DIALOG_DELAY_MS` milliseconds only."""
        if not self._has_ended:
            loop = QEventLoop()
            self.ended.connect(loop.quit)
            # Without user input: a key pressed now would act on a document that is being worked on.
            QTimer.singleShot(DIALOG_DELAY_MS, loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if not self._has_ended:
            self.ended.connect(self.accept)
            self.exec()
        self.deleteLater()

    def reject(self) -> None:
        self.is_stopped = True
