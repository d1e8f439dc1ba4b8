"""The system ends the window: the terminal is closed, the user logs out, Ctrl+C is pressed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from patience import PATIENCE
from repository import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from window_driver import WindowDriver

# The real program; once its window is built, it tags, types into a field or a note, and tells so.
PROGRAM = """
import sys
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from annotator.__main__ import main
from annotator.gui.workbench import startup

keys, where, folder = sys.argv[1:]
build = startup.build_workbench

def build_and_type(application, window, settings, paths):
    bench = build(application, window, settings, paths)
    QTimer.singleShot(0, bench, lambda: act(bench))
    return bench

def act(bench):
    if where == "note":
        QTest.keyClick(bench.article, "t")
    else:
        QTest.keyClick(bench.article, Qt.Key.Key_1, Qt.KeyboardModifier.ShiftModifier)
        bench.refresh()
        bench.run("fields")
    QTest.keyClicks(QApplication.focusWidget(), keys)
    if where == "dialog":
        QTimer.singleShot(0, bench, lambda: bench.run("preferences"))
        QTimer.singleShot(0, bench, tell_dialog)
    else:
        print("ready", flush=True)

def tell_dialog():
    if QApplication.activeModalWidget() is None:
        QTimer.singleShot(10, tell_dialog)
    else:
        print("ready", flush=True)

startup.build_workbench = build_and_type
sys.argv = ["annotator", folder]
sys.exit(main())
"""


def end_by(number: int, folder: Path, *, where: str) -> int:
    """Start the program on `folder`, type “GRDP” and send the signal; return the exit status."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    words = [sys.executable, "-c", PROGRAM, "GRDP", where, str(folder)]
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"ready\n"
        running.send_signal(number)
        try:
            told = running.communicate(timeout=PATIENCE)[1].decode()
        finally:
            running.kill()
    assert "Traceback" not in told, told
    return running.returncode


def annotation(folder: Path) -> dict[str, Any]:
    """The first annotation in the file."""
    found = yaml.safe_load((folder / "a.txt.annotations.yaml").read_text("utf-8"))
    return dict(found["annotations"][0])


@pytest.mark.parametrize(("name", "status"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_ends_the_window_in_order(folder: Path, own_folders: Path, name: str, status: int) -> None:
    """What is being typed is in the file, the place is remembered, and the exit status tells of the signal."""
    assert end_by(getattr(signal, name), folder, where="field") == status
    assert annotation(folder)["fields"] == {"indicator": "GRDP"}
    (settings,) = own_folders.rglob("settings.json")
    assert str(folder / "a.txt") in json.loads(settings.read_text("utf-8"))["places"]


@pytest.mark.parametrize("where", ["note", "dialog"])
def test_also_from_a_note_and_under_a_dialog(folder: Path, where: str) -> None:
    """A dialog that is open is cancelled."""
    assert end_by(signal.SIGTERM, folder, where=where) == 143
    assert annotation(folder).get("note", annotation(folder).get("fields")) in ["GRDP", {"indicator": "GRDP"}]


def test_a_signal_that_is_ignored_stays_so(folder: Path) -> None:
    """Behind nohup the window outlives its terminal."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    words = ["nohup", sys.executable, "-c", PROGRAM, "GRDP", "note", str(folder)]
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"ready\n"
        running.send_signal(signal.SIGHUP)
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=PATIENCE)
    assert running.returncode == 143, "it ended with 129 or -1 if it was not ignored"


def test_the_end_of_the_session_saves_what_is_being_typed(driver: WindowDriver) -> None:
    """When the session manager asks, everything is written, and the window stays as it is."""
    driver.press("1", "K", "T", "x", "y")
    assert driver.save_typed()
    assert yaml.safe_load(driver.sidecar.read_text("utf-8"))["annotations"][0]["note"] == "xy"
    assert driver.note().hasFocus()
