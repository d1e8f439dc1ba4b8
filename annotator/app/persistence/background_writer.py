"""A background thread that writes the latest state."""

from __future__ import annotations

import sys
import threading
from threading import Condition, Thread
from typing import TYPE_CHECKING, Generic, TypeVar

from annotator.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class BackgroundWriter(Generic[T]):
    """A thread that writes the state submitted last, at most once every `delay` seconds.

    `write` runs in that thread and returns an empty string, or the sentence that says why it failed; `on_written` is
    then called there with the state and that string. A failed write is retried on the next `submit` or `flush`, or
    after `retry` seconds.
    """

    def __init__(
        self,
        write: Callable[[T], str],
        *,
        on_written: Callable[[T, str], None],
        delay: float = 0.2,
        retry: float = 5.0,
    ) -> None:
        """Start the thread."""
        self._write = write
        self._on_written = on_written
        self._delay = delay
        self._retry = retry
        self._condition = Condition()
        self._waiting: list[T] = []
        self._is_busy = self._is_flushing = self._is_closed = self._has_failed = False
        self._thread = Thread(target=self._run, name="saver", daemon=True)
        self._thread.start()

    def submit(self, state: T) -> None:
        """Schedule `state` to be written, in place of one that is still waiting."""
        with self._condition:
            self._waiting = [state]
            self._has_failed = False
            self._condition.notify_all()

    def flush(self, *, seconds: float = 30.0) -> bool:
        """Write the waiting state now and wait for it, up to `seconds`; return whether nothing is left to write."""
        with self._condition:
            self._is_flushing = True
            self._condition.notify_all()
            self._condition.wait_for(lambda: not self._is_busy and not (self._waiting and self._is_flushing), seconds)
            self._is_flushing = False
            return not self._waiting and not self._is_busy

    def close(self) -> bool:
        """Flush and end the thread; return whether everything is written."""
        is_done = self.flush()
        with self._condition:
            self._is_closed = True
            self._condition.notify_all()
        # Bounded, as a write may hang on a dead network share; the thread is a daemon.
        self._thread.join(5.0)
        return is_done

    def _run(self) -> None:
        while (taken := self._next()) is not None:
            trouble = self._try_write(taken[0])
            self._report(taken[0], trouble)
            with self._condition:
                self._is_busy = False
                if trouble and not self._waiting:
                    # Nothing newer came meanwhile, so the failed state is the one to retry.
                    self._waiting = taken
                    self._has_failed = True
                    self._is_flushing = False
                self._condition.notify_all()

    def _try_write(self, state: T) -> str:
        """Write `state`; report a bug like any other failure, so that the thread survives it."""
        try:
            return self._write(state)
        except Exception as error:  # noqa: BLE001  # nothing may end saving for good
            sentence = _("The annotations cannot be saved: {reason}. Your work is kept in the journal; report this.")
            return sentence.format(reason=f"{type(error).__name__}: {error}")

    def _report(self, state: T, trouble: str) -> None:
        """Report the result; pass a bug in the callback to `threading.excepthook`, so that the thread survives it."""
        try:
            self._on_written(state, trouble)
        except Exception:  # noqa: BLE001  # nothing may end saving for good
            threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), self._thread)))

    def _next(self) -> list[T] | None:
        """Wait for a state that is due; return None when closed."""
        with self._condition:
            self._condition.wait_for(lambda: self._waiting or self._is_closed)
            if self._has_failed:
                self._condition.wait_for(lambda: self._is_due_now or not self._has_failed, self._retry)
            else:
                # Wait even if a state is there: keys pressed in quick succession become one write.
                self._condition.wait_for(lambda: self._is_due_now, self._delay)
            if self._is_closed:
                return None
            taken, self._waiting, self._is_busy, self._has_failed = self._waiting, [], True, False
            return taken

    @property
    def _is_due_now(self) -> bool:
        return self._is_flushing or self._is_closed
