"""Writes the newest state away from the window's thread. It must not know what a state is or where it goes."""

from __future__ import annotations

import sys
import threading
from threading import Condition, Thread
from typing import TYPE_CHECKING, Generic, TypeVar

from annotator.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Saver(Generic[T]):
    """One thread that writes what was submitted last, not more often than every ``delay`` seconds.

    ``write`` runs in that thread; it gives a sentence for the person where it failed, else an empty one. ``on_written``
    is called there as well, with what was written and that sentence. A failed state is tried again with the next
    `submit`, `flush` or after ``retry`` seconds.
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
        self._is_busy = self._is_hasty = self._is_closed = self._has_failed = False
        self._thread = Thread(target=self._run, name="saver", daemon=True)
        self._thread.start()

    def submit(self, state: T) -> None:
        """Have ``state`` written soon; a state still waiting is dropped for it."""
        with self._condition:
            self._waiting = [state]
            self._has_failed = False
            self._condition.notify_all()

    def flush(self, *, seconds: float = 30.0) -> bool:
        """Write what waits at once and wait for it, at most ``seconds``; whether nothing waits any more."""
        with self._condition:
            self._is_hasty = True
            self._condition.notify_all()
            self._condition.wait_for(lambda: not self._is_busy and not (self._waiting and self._is_hasty), seconds)
            self._is_hasty = False
            return not self._waiting and not self._is_busy

    def close(self) -> bool:
        """Flush and end the thread; whether everything was written."""
        is_done = self.flush()
        with self._condition:
            self._is_closed = True
            self._condition.notify_all()
        self._thread.join(5.0)
        return is_done

    def _run(self) -> None:
        while (taken := self._next()) is not None:
            trouble = self._tried(taken[0])
            self._tell(taken[0], trouble)
            with self._condition:
                self._is_busy = False
                if trouble and not self._waiting:
                    self._waiting = taken
                    self._has_failed = True
                    self._is_hasty = False
                self._condition.notify_all()

    def _tried(self, state: T) -> str:
        """Write ``state``; a fault of the program itself is told like any other, and the thread lives on."""
        try:
            return self._write(state)
        except Exception as error:  # noqa: BLE001  # nothing may end saving for good
            sentence = _("The annotations cannot be saved: {reason}. Your work is kept in the journal; report this.")
            return sentence.format(reason=f"{type(error).__name__}: {error}")

    def _tell(self, state: T, trouble: str) -> None:
        """Tell how it went; a fault of the program there is reported as Python reports it, and the thread lives on."""
        try:
            self._on_written(state, trouble)
        except Exception:  # noqa: BLE001  # nothing may end saving for good
            threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), self._thread)))

    def _next(self) -> list[T] | None:
        """Wait for a state that is due; None when closed."""
        with self._condition:
            self._condition.wait_for(lambda: self._waiting or self._is_closed)
            if self._has_failed:
                self._condition.wait_for(lambda: self._is_hurried or not self._has_failed, self._retry)
            else:
                self._condition.wait_for(lambda: self._is_hurried, self._delay)
            if self._is_closed:
                return None
            taken, self._waiting, self._is_busy, self._has_failed = self._waiting, [], True, False
            return taken

    @property
    def _is_hurried(self) -> bool:
        return self._is_hasty or self._is_closed
