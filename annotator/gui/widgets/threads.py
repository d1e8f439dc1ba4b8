"""Threads and timers: calls into the window's thread, work in another thread, idle and delayed calls."""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class MainThreadInvoker(QObject):
    """Runs calls from other threads in the thread that created it, in order."""

    def invoke(self, call: Callable[[], None]) -> None:
        """Schedule `call` in the thread of this object; may be called from any thread.

        A call that is pending when this object goes is never made, and Qt keeps it alive.
        """
        QTimer.singleShot(0, self, call)  # with 0, Qt posts an event: the calling thread needs no event loop


class Worker(QObject):
    """Runs work in one other thread, in order, and passes each result back."""

    def __init__(self, deliverer: MainThreadInvoker) -> None:
        super().__init__(deliverer)
        self._invoker = deliverer
        # One thread only: results arrive in the order of the requests, and pure Python code gains nothing from more.
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="worker")

    def run(
        self, work: Callable[[], T], then: Callable[[T], None], *, failed: Callable[[], None] | None = None
    ) -> None:
        """Run `work`, which must only use frozen values, and call `then` with its result in the window's thread.

        An exception of `work` is passed to `threading.excepthook`; `failed` is called there instead of `then`.
        """

        def both() -> None:
            try:
                result = work()
            except Exception:  # noqa: BLE001  # the pool would keep it in a future that nobody looks at
                threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), threading.current_thread())))
                if failed is not None:
                    self._invoker.invoke(failed)
                return
            self._invoker.invoke(lambda: then(result))

        self._pool.submit(both)

    def close(self) -> None:
        """Discard work that has not begun and wait for the rest."""
        self._pool.shutdown(wait=True, cancel_futures=True)


class IdleTask(QObject):
    """Calls `portion` repeatedly while the event loop is idle, until it returns true."""

    def __init__(self, portion: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._portion = portion
        self._timer = QTimer(self)
        self._timer.setInterval(0)  # Qt runs it when no other event is pending
        self._timer.timeout.connect(self._on_idle)

    def start(self) -> None:
        """Start, or resume."""
        self._timer.start()

    def stop(self) -> None:
        """Stop, even with work left."""
        self._timer.stop()

    def _on_idle(self) -> None:
        if self._portion():
            self._timer.stop()


class Debouncer(QObject):
    """Calls a function once, some time after the first request; further requests meanwhile change nothing."""

    def __init__(self, call: Callable[[], None], parent: QObject, *, milliseconds: int) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(milliseconds)
        self._timer.timeout.connect(call)

    def request(self) -> None:
        """Request the call."""
        if not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Cancel the call."""
        self._timer.stop()
