"""What happens when the program itself fails: a dialog instead of a window that silently does not answer."""

from __future__ import annotations

import faulthandler
import sys
import threading
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from annotator.app.diagnostics.crash_file import open_crash_file, take_crash
from annotator.app.diagnostics.failure_report import Failure, describe_crash, describe_error, describe_message
from annotator.core.i18n import _
from annotator.gui.mainwindow.failure_dialog import FailureDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import TextIO

    from PySide6.QtCore import QMessageLogContext
    from PySide6.QtWidgets import QWidget

_MOST_SHOWN = 20  # different faults in one report; a program that fails everywhere need not list it all


class FailureReporter(QObject):
    """Catches exceptions that nothing else catches, in any thread, and critical messages of Qt.

    They are printed as before. A fault that was shown is not shown again, since it may come with each paint of the
    window. The report has all that came so far, also while the dialog is shown.
    """

    def __init__(self, window: QWidget, *, restart: Callable[[], object]) -> None:
        super().__init__(window)
        self._window = window
        self._restart = restart
        self._failures: dict[str, Failure] = {}  # by place
        self._is_shown = False
        self._lock = threading.Lock()
        self._crash_file: TextIO | None = None
        self._previous: tuple[Any, Any, Any] | None = None

    def install(self) -> None:
        """Report faults from now on, and one that ended the program the last time."""
        crash = take_crash()
        if not faulthandler.is_enabled():
            self._crash_file = open_crash_file()
            if self._crash_file is not None:
                faulthandler.enable(self._crash_file)
        self._previous = (sys.excepthook, threading.excepthook, qInstallMessageHandler(self._on_message))
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        if crash:
            self._add(describe_crash(crash), text=_("The program failed the last time it ran. No work is lost."))

    def uninstall(self) -> None:
        """Leave faults to whoever had them before."""
        if self._previous is not None:
            sys.excepthook, threading.excepthook, handler = self._previous
            qInstallMessageHandler(handler)
            self._previous = None
        if self._crash_file is not None:
            faulthandler.disable()
            self._crash_file.close()
            self._crash_file = None

    # Hooks; they run in any thread, at any moment, and raise nothing

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None, thread: str = ""
    ) -> None:
        previous = self._previous[0] if self._previous is not None else sys.__excepthook__
        previous(kind, error, trace)
        if issubclass(kind, Exception):
            self._add(describe_error(error.with_traceback(trace), thread=thread))

    def _on_thread_exception(self, failed: threading.ExceptHookArgs) -> None:
        previous = self._previous[1] if self._previous is not None else threading.__excepthook__
        previous(failed)
        if failed.exc_value is not None and issubclass(failed.exc_type, Exception):
            name = failed.thread.name if failed.thread is not None else "unknown"
            self._add(describe_error(failed.exc_value, thread=name))

    def _on_message(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        handler = self._previous[2] if self._previous is not None else None
        if handler is not None:
            handler(kind, context, message)
        elif sys.stderr is not None:  # it is None in a Windows program without a console
            sys.stderr.write(f"{message}\n")
        if kind is QtMsgType.QtFatalMsg:  # Qt ends the process after this: the next start tells of it
            if self._crash_file is not None:
                self._crash_file.write(f"qFatal: {message}\n")
                self._crash_file.flush()
        elif kind is QtMsgType.QtCriticalMsg:
            self._add(describe_message(message))

    # The dialog

    def _add(self, failure: Failure, *, text: str = "") -> None:
        with self._lock:
            is_known = failure.place in self._failures or len(self._failures) == _MOST_SHOWN
            if is_known or not shiboken6.isValid(self):  # Qt may have deleted the window before Python ends
                return
            self._failures[failure.place] = failure
            is_shown, self._is_shown = self._is_shown, True
        if not is_shown:  # not at once: a modal dialog within a paint event would make it worse
            QTimer.singleShot(0, self, lambda: self._show(text or _("The program failed. No work is lost.")))

    def _show(self, text: str) -> None:
        parent = QApplication.activeModalWidget() or self._window
        try:
            dialog = FailureDialog(parent, text, get_report=self._get_report)
            wants_restart = dialog.ask(lambda: dialog.wants_restart)
        finally:
            with self._lock:
                self._is_shown = False
        if wants_restart:
            self._restart()

    def _get_report(self) -> str:
        with self._lock:
            return "\n".join(failure.report for failure in self._failures.values())
