"""End of the window on request of the system: a signal, as when its terminal is closed, or the end of the session."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier

if TYPE_CHECKING:
    from types import FrameType

    from PySide6.QtWidgets import QApplication

    from annotator.gui.workbench.workbench import Workbench

# Not all systems have all of them.
_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class OrderlyEnd(QObject):
    """Ends the window in order when the system asks for it: what is being typed is kept, nothing is asked.

    A signal that is ignored, as behind nohup, stays so.
    """

    def __init__(self, application: QApplication, workbench: Workbench) -> None:
        """Follow the signals and the session of `application`, which must be in the main thread."""
        super().__init__(workbench)
        self._application = application
        self._workbench = workbench
        # Handlers of Python wait for the next bytecode, and Qt's loop runs none: so the number is written to a socket.
        self._reader, self._writer = socket.socketpair()
        self._reader.settimeout(0)
        self._writer.settimeout(0)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signalled)
        for number in _SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, _do_nothing)
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        application.commitDataRequest.connect(lambda _manager: workbench.save_typed())

    def _on_signalled(self) -> None:
        numbers = [number for number in self._reader.recv(64) if number in _SIGNALS]
        if not numbers:
            return
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # once more is at once; a terminal sends SIGHUP more than once
        self._application.setQuitOnLastWindowClosed(False)  # else it would end with status 0
        try:
            self._workbench.close_at_once()
        finally:
            self._application.exit(128 + numbers[0])  # what shells expect


def _do_nothing(_number: int, _frame: FrameType | None) -> None:
    """Take the signal, so that it does not end the process."""
