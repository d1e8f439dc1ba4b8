"""A virtual display with the real program on it, for tests that press real keys."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from patience import PATIENCE
from programs import require_program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

_PAUSE = 0.05


@dataclass(frozen=True)
class Screen:
    """An X server without a monitor."""

    display: str

    @contextmanager
    def program(self, *arguments: Path | str, environment: dict[str, str] | None = None) -> Iterator[Program]:
        """Start the program on this display; it is ended with the block."""
        _skip_tour()
        settings = {**os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb", **(environment or {})}
        command = [sys.executable, "-m", "annotator", *map(str, arguments)]
        with subprocess.Popen(command, env=settings, stderr=subprocess.PIPE, text=True) as process:
            program = Program(self, process)
            try:
                program.wait_for_window()
                yield program
            finally:
                process.kill()
                process.wait()

    def xdotool(self, *arguments: str) -> str:
        """Run xdotool on this display and return its output."""
        done = subprocess.run(
            ["xdotool", *arguments],
            env={**os.environ, "DISPLAY": self.display},
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        return done.stdout.strip()


@dataclass
class Program:
    """The running program."""

    screen: Screen
    process: subprocess.Popen[str]
    window: str = ""

    def wait_for_window(self) -> None:
        """Wait for the window and activate it."""

        def found() -> bool:
            assert self.process.poll() is None, self.process.stderr.read() if self.process.stderr else ""
            self.window = self.screen.xdotool("search", "--onlyvisible", "--pid", str(self.process.pid)).split("\n")[-1]
            return bool(self.window)

        until(found, "the window did not show")
        self.screen.xdotool("windowsize", "--sync", self.window, "1280", "800")
        self.screen.xdotool("windowfocus", "--sync", self.window)

    def activate(self) -> None:
        """Activate this window if there are several."""
        self.screen.xdotool("windowfocus", "--sync", self.window)

    def press(self, *keys: str) -> None:
        """Press `keys`, as xdotool names them, one after the other."""
        self.screen.xdotool("key", "--delay", "40", *keys)

    def kill(self) -> None:
        """Kill the program at once, as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def quit(self) -> int:
        """Close the window as a user does and return the exit status."""
        self.press("ctrl+q")
        return self.process.wait(PATIENCE)


@contextmanager
def screen() -> Iterator[Screen]:
    """Start an X server, if Xvfb and xdotool are installed."""
    require_program("Xvfb", package="xvfb")
    require_program("xdotool", package="xdotool")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        try:
            yield Screen(f":{number}")
        finally:
            server.terminate()
            server.wait()


def _skip_tour() -> None:
    """Write settings in which the tour has been shown, unless the program was started before."""
    settings = Path(os.environ["ANNOTATOR_CONFIG_DIR"]) / "settings.json"
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text('{"toured": true}')


def until(happens: Callable[[], bool], otherwise: str) -> None:
    """Wait for a condition in another process, which can only be polled."""
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end, otherwise
        time.sleep(_PAUSE)


def decisions(sidecar: Path) -> dict[str, Any]:
    """Return the decisions in the sidecar, or nothing if there is none yet."""
    if not sidecar.exists():
        return {"annotations": [], "nothing": []}
    found: dict[str, Any] = yaml.safe_load(sidecar.read_text("utf-8"))
    return found


def labels(sidecar: Path) -> list[tuple[list[int], list[str]]]:
    """Return spans and labels of all annotations in the sidecar."""
    return [(one["at"], one["labels"]) for one in decisions(sidecar)["annotations"]]
