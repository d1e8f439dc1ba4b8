"""Does long work beside the window's thread and shows how far it is. It must not know what is done.

While it goes on nothing else can be done in the window; what takes less than a moment shows nothing at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QLabel, QProgressBar, QPushButton, QVBoxLayout

from annotator.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from annotator.gui.widgets.threads import Worker

T = TypeVar("T")
R = TypeVar("R")
MOMENT = 350
"""Milliseconds that work goes on unseen."""
_LOOK = 80  # milliseconds between two looks at how far it is


class Walked(NamedTuple, Generic[R]):
    """The results so far, and whether the person let it come to its end."""

    results: list[R]
    is_whole: bool


def walk(
    parent: QWidget,
    items: Sequence[T],
    *,
    each: Callable[[T], R],
    worker: Worker,
    title: str,
    until: Callable[[R], bool] | None = None,
) -> Walked[R]:
    """Do ``each`` for all ``items`` in order, or until a result is the one looked for.

    ``each`` is called in the worker's thread and must only use frozen values; what it raises is raised here.
    """
    results: list[R] = []
    raised: list[Exception] = []
    dialog = _Progress(parent, title, count=len(items))

    def go_on() -> None:
        if len(results) == len(items) or dialog.is_stopped or (until and results and until(results[-1])):
            dialog.end()
        else:
            worker.run(lambda: _tried(each, items[len(results)]), take)

    def take(result: R | _Raised) -> None:
        if isinstance(result, _Raised):
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
    return Walked(results, not dialog.is_stopped)


class StoppedError(Exception):
    """The person does not want the work any more."""


class Pace:
    """How far one piece of work is: counted in the worker's thread, looked at in the window's."""

    def __init__(self) -> None:
        self.done = 0
        self._is_stopped = False

    def step(self) -> None:
        """Count one more thing.

        Raises:
            StoppedError: the person stopped it.
        """
        self.done += 1
        if self._is_stopped:
            raise StoppedError

    def stop(self) -> None:
        """Let the work end at its next step."""
        self._is_stopped = True


def carry(parent: QWidget, work: Callable[[Pace], R], *, count: int, worker: Worker, title: str) -> R | None:
    """Do ``work``, which takes ``count`` steps; its result, or None where the person stopped it.

    ``work`` is called in the worker's thread and must only use frozen values; what it raises is raised here.
    """
    pace = Pace()
    results: list[R | _Raised] = []
    dialog = _Progress(parent, title, count=count)

    def take(result: R | _Raised) -> None:
        results.append(result)
        dialog.end()

    def look() -> None:
        dialog.show_step(min(pace.done, count))
        if dialog.is_stopped:
            pace.stop()

    timer = QTimer(dialog)
    timer.timeout.connect(look)
    timer.start(_LOOK)
    worker.run(lambda: _tried(work, pace), take)
    dialog.wait()
    timer.stop()
    result = results[0]
    if not isinstance(result, _Raised):
        return result
    if isinstance(result.error, StoppedError):
        return None
    raise result.error


class _Raised(NamedTuple):
    error: Exception


def _tried(each: Callable[[T], R], item: T) -> R | _Raised:
    try:
        return each(item)
    except Exception as error:  # noqa: BLE001  # it is raised again where it is waited for
        return _Raised(error)


class _Progress(QDialog):
    """A bar and a way to stop; it goes away when the thing at hand is done, never in the middle of one."""

    ended = Signal()

    def __init__(self, parent: QWidget, title: str, *, count: int) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(420)
        self.is_stopped = False
        self._has_ended = False
        said = QLabel(title, self)
        said.setWordWrap(True)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, count)
        self._bar.setAccessibleName(title)
        stop = QPushButton(_("Stop"), self)
        stop.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(said)
        layout.addWidget(self._bar)
        layout.addWidget(stop, 0, Qt.AlignmentFlag.AlignRight)

    def show_step(self, number: int) -> None:
        """Show that ``number`` things are done."""
        self._bar.setValue(number)

    def end(self) -> None:
        """Wait no longer."""
        self._has_ended = True
        self.ended.emit()

    def wait(self) -> None:
        """Come back when it has ended; only after a moment is anything shown."""
        if not self._has_ended:
            loop = QEventLoop()
            self.ended.connect(loop.quit)
            QTimer.singleShot(MOMENT, loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if not self._has_ended:
            self.ended.connect(self.accept)
            self.exec()
        self.deleteLater()

    def reject(self) -> None:
        self.is_stopped = True
