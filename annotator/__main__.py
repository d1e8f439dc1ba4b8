"""Entry point: open the window, or run the command line if a verb is given."""

from __future__ import annotations

import os
import signal

if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else it is ignored, as behind nohup
    # First of all, as Ctrl+C may come while modules are imported. 128 + SIGINT is what shells expect.
    signal.signal(signal.SIGINT, lambda _number, _frame: os._exit(130))

# The rest is imported after that.
import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli.names import VERBS
from annotator.cli.streams import end_window_when_interrupted, leave_when_interrupted, open_missing_streams

if TYPE_CHECKING:
    from collections.abc import Sequence

# Imports are delayed: verbs must not import Qt, and the window must not wait for the modules of the verbs.


def main() -> int:
    """Run the program and return the exit status."""
    words = sys.argv[1:]
    leave_when_interrupted()
    open_missing_streams()
    gc.disable()  # loading modules leaves no garbage; the window and the verbs enable it again
    # os.path.exists, because Path.exists raises OSError for a name that is too long.
    if not words or (len(words) == 1 and words[0] not in VERBS and os.path.exists(words[0])):  # noqa: PTH110
        return _open_window([Path(word) for word in words])
    from annotator.cli.main import run  # noqa: PLC0415

    status = run(words, open_window=_open_window)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done; Python would die of it while it ends
    return status


def _open_window(paths: Sequence[Path]) -> int:
    if sys.platform.startswith("linux") and not _has_screen():
        return _print_error(None)
    try:
        from annotator.gui.main import run_window  # noqa: PLC0415
    except ImportError as error:
        return _print_error(error)
    end_window_when_interrupted()
    return run_window(paths)


def _has_screen() -> bool:
    """Return whether there is probably a screen to open a window on; only checks that cost no time."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if os.environ.get("WAYLAND_DISPLAY") or platform.partition(":")[0] not in {"", "xcb"}:
        return True
    # A display of this machine has a socket file; a connection to the server would cost time at each start.
    number = os.environ.get("DISPLAY", "").partition(":")[2].partition(".")[0]
    is_here = os.environ.get("DISPLAY", "").startswith((":", "unix:"))
    socket = f"/tmp/.X11-unix/X{number}"  # noqa: S108  # where X servers of this machine listen
    return bool(number) and (not is_here or os.path.exists(socket))  # noqa: PTH110


def _print_error(error: ImportError | None) -> int:
    """Print why no window can be opened and how to solve it; return the exit status."""
    from annotator.app.diagnostics.libraries import find_missing_libraries, missing_notice, no_display_notice  # noqa: PLC0415
    from annotator.app.preferences.translation import set_language  # noqa: PLC0415

    set_language("")
    missing = find_missing_libraries() if error is not None else []
    told = (
        missing_notice(missing)
        if missing
        else f"{error}. `annotator doctor`"
        if error is not None
        else no_display_notice()
    )
    sys.stderr.write(f"annotator: {told}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
