"""The standard streams, also where the caller has closed them or nobody reads them, and Ctrl+C."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

EXIT_INTERRUPTED = 130  # 128 + SIGINT, as shells expect


def open_missing_streams() -> None:
    """Stand in for the standard streams that the caller has closed.

    Else the next file that is opened would get the number of one, and what is meant for the terminal be written to it.
    What is written to a closed standard output is an error; messages go nowhere.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest free number, which is this one
    if sys.stdin is None:
        sys.stdin = _open_nowhere("r")
    if sys.stderr is None:
        sys.stderr = _open_nowhere("w")
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(_ClosedOutput()), encoding="utf-8")


def write_message(text: str) -> None:
    """Write `text` to standard error, or nowhere if that cannot be written to."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except (OSError, ValueError):
        discard(sys.stderr)


def discard(stream: TextIO) -> None:
    """Send what is left in the buffer of `stream` nowhere, so that the exit does not fail on it once more."""
    # https://docs.python.org/3/library/signal.html#note-on-sigpipe
    raw = getattr(getattr(stream, "buffer", None), "raw", None)
    if isinstance(raw, _ClosedOutput):
        raw.is_muted = True
        return
    with suppress(OSError, ValueError):  # ValueError: a stream without a file below it
        number = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)


def leave_when_interrupted() -> None:
    """End the program at once on Ctrl+C, without a traceback; what a verb writes is not under way yet."""
    if callable(signal.getsignal(signal.SIGINT)):  # else it is ignored, as behind nohup
        signal.signal(signal.SIGINT, _leave)


def call_interruptible(work: Callable[[], int]) -> int:
    """Return what `work` returns, or 130 if Ctrl+C ended it, after it removed what it had half written."""
    before = signal.getsignal(signal.SIGINT)
    if before not in {signal.default_int_handler, _leave}:
        return work()
    is_interrupted = False

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        nonlocal is_interrupted
        is_interrupted = True
        signal.signal(signal.SIGINT, _leave)  # once more is at once
        raise KeyboardInterrupt

    def end(unraisable: sys.UnraisableHookArgs) -> None:
        if is_interrupted:  # it came while an object was removed, which swallows it
            os._exit(EXIT_INTERRUPTED)
        sys.__unraisablehook__(unraisable)

    hook = sys.unraisablehook
    try:
        sys.unraisablehook = end
        signal.signal(signal.SIGINT, interrupt)
        return work()
    except BaseException:  # modules that are half loaded make other errors of it
        if not is_interrupted:
            raise
        return EXIT_INTERRUPTED
    finally:
        signal.signal(signal.SIGINT, before)
        sys.unraisablehook = hook


def end_window_when_interrupted() -> None:
    """End the program on Ctrl+C in its terminal until the window is built, which then ends in order."""
    if signal.getsignal(signal.SIGINT) is not _leave:
        return
    import _thread  # noqa: PLC0415  # a verb has no need of it

    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)

    def wait() -> None:
        while signal.SIGINT not in os.read(reader, 64):
            pass
        os._exit(EXIT_INTERRUPTED)

    _thread.start_new_thread(wait, ())


def _leave(_number: int, _frame: FrameType | None) -> None:
    os._exit(EXIT_INTERRUPTED)


def _open_nowhere(mode: str) -> TextIO:
    return io.TextIOWrapper(open(os.devnull, f"{mode}b"), encoding="utf-8")  # noqa: PTH123  # for good


class _ClosedOutput(io.RawIOBase):
    """What stands for a standard output that is closed: writing to it fails, as it would."""

    is_muted = False

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        if not self.is_muted:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        return len(data)  # type: ignore[arg-type]  # any buffer of bytes
