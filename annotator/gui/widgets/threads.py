"""The one place that knows threads: calls carried into the window's thread, work done beside it and when it is idle.

It must not know what is called.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Deliverer(QObject):
    """Carries calls from other threads into the one that made it, in order."""

    def deliver(self, call: Callable[[], None]) -> None:
        """Have ``call`` made soon in the thread of this object; may be called from any thread."""
        QTimer.singleShot(0, self, call)  # with 0, Qt posts an event: the calling thread needs no event loop


class Worker(QObject):
    """Does work in one thread beside the window's, in order, and brings each result back."""

    def __init__(self, deliverer: Deliverer) -> None:
        super().__init__(deliverer)
        self._deliverer = deliverer
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="worker")

    def run(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Do ``work``, which must only use frozen values, and call ``then`` with its result in the window's thread."""

        def both() -> None:
            result = work()
            self._deliverer.deliver(lambda: then(result))

        self._pool.submit(both)

    def close(self) -> None:
        """Drop what has not begun and wait for what has."""
        self._pool.shutdown(wait=True, cancel_futures=True)


class Idle(QObject):
    """Calls a function in small portions while nothing else is to be done, until it says that it is done."""

    def __init__(self, portion: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._portion = portion
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_idle)

    def start(self) -> None:
        """Begin, or go on."""
        self._timer.start()

    def stop(self) -> None:
        """Leave the rest undone."""
        self._timer.stop()

    def _on_idle(self) -> None:
        if self._portion():
            self._timer.stop()


class Soon(QObject):
    """Calls a function once, a little after it was asked for, however often it was asked for meanwhile."""

    def __init__(self, call: Callable[[], None], parent: QObject, *, milliseconds: int) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(milliseconds)
        self._timer.timeout.connect(call)

    def ask(self) -> None:
        """Have the function called soon."""
        if not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Do not call it after all."""
        self._timer.stop()
