"""The fault sweep through the real window: each call on a file fails once or for a while, as keys are pressed."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import inside
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from rigs import KILL, Call, Fault, faults_at
from shown_states import ShownStates

from annotator.app.persistence.background_writer import BackgroundWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from window_driver import WindowDriver

    from annotator.core.annotation_set import AnnotationSet

NEVER = 3600.0  # seconds


class Scene(NamedTuple):
    """What is done before a fault, without it, and with it; `thread` is the one that it hits."""

    name: str
    thread: str
    prepare: Callable[[WindowDriver], None]
    act: Callable[[WindowDriver], None]

    def __str__(self) -> str:
        return f"{self.name}, {self.thread}"


def untagged(driver: WindowDriver) -> None:
    """The first sentence is undecided, and all is saved."""
    driver.press("Home", "0", "Home")
    assert driver.save()


def tagged(driver: WindowDriver) -> None:
    """The first sentence is a target, and all is saved."""
    driver.press("Home", "1", "Home")
    assert driver.save()


def unsaved(driver: WindowDriver) -> None:
    """A step is not saved."""
    driver.press("Home", "0", "Home", "Shift+3")


def decided(driver: WindowDriver) -> None:
    """All is decided, and the last step not saved."""
    driver.run("reopen")
    driver.press("Home", "1", *["Space"] * 6, "Home", "Shift+3")


SCENES = (
    Scene("tag", "main", untagged, lambda driver: driver.press("1")),
    Scene("replace", "main", tagged, lambda driver: driver.press("2")),
    Scene("undo", "main", tagged, lambda driver: driver.press("Ctrl+Z")),
    Scene("save", "saver", unsaved, lambda driver: driver.press("Ctrl+S")),
    Scene("finish", "main", decided, lambda driver: driver.press("Ctrl+Return")),
    Scene("finish", "saver", decided, lambda driver: driver.press("Ctrl+Return")),
    Scene("close", "main", unsaved, lambda driver: driver.close()),
    Scene("close", "saver", unsaved, lambda driver: driver.close()),
)


@pytest.fixture(autouse=True)
def saving_on_demand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is saved but when a key asks for it, so that the calls are the same each time."""
    defaults = BackgroundWriter.__init__.__kwdefaults__
    assert defaults is not None
    for name in ("delay", "retry"):
        monkeypatch.setitem(defaults, name, NEVER)


@pytest.fixture(autouse=True)
def no_fault_is_left() -> Iterator[None]:
    """The real functions are put back."""
    yield
    inside.disarm()


@pytest.fixture
def refused_dialogs() -> Iterator[list[str]]:
    """Each dialog is left as by Escape; their titles."""
    found: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog) and dialog.isVisible():
            found.append(dialog.windowTitle())
            dialog.reject()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(5)
    yield found
    timer.stop()


def play(driver: WindowDriver, scene: Scene, fault: Fault | None) -> list[Call]:
    """Play a scene with a fault; return the calls that were counted."""
    threads = {one.name: one.native_id or 0 for one in threading.enumerate()}
    threads["main"] = threading.main_thread().native_id or 0
    more = fault._asdict() if fault is not None else {}
    more.pop("is_followed_by_death", None)
    inside.arm(threads, thread=scene.thread, **more)
    try:
        scene.act(driver)
    finally:
        calls = inside.disarm()
    return [Call(*call) for call in calls]


def is_done_or_told(driver: WindowDriver, before: AnnotationSet, path: Path | None, dialogs: list[str]) -> bool:
    """Return whether the key did what it does and all is saved, or the user sees that it did not."""
    is_done = driver.state() is not before or driver.path() != path or driver.is_saved()
    return is_done or bool(driver.notice() or driver.status() or dialogs)


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_every_call_of_the_window(
    folder: Path,
    open_on: Callable[[Path], WindowDriver],
    refused_dialogs: list[str],
    scene: Scene,
    request: pytest.FixtureRequest,
) -> None:
    """Whatever call fails, the window goes on, shows what it did before or after the key, and all of it is kept."""
    is_every = bool(request.config.getoption("--all-faults", default=False))
    root = folder.parent.parent  # of the articles and the state
    shown = ShownStates()
    driver = shown.follow(open_on(folder))
    scene.prepare(driver)
    calls = play(driver, scene, None)
    assert calls
    faults = [one for one in faults_at(calls, root=root, is_every=is_every) if one.effect != KILL]
    assert faults
    for fault in faults:
        if not driver.is_open():
            driver = shown.follow(open_on(folder))
        driver.dismiss_notice()
        driver.open_row(0)
        driver.focus_article()
        scene.prepare(driver)
        before, path = driver.state(), driver.path()
        driver.dismiss_notice()
        play(driver, scene, fault)
        if driver.is_open():
            driver.qtbot.waitUntil(partial(is_done_or_told, driver, before, path, refused_dialogs))
            assert driver.save() or driver.read_only(), (fault, driver.notice())
            driver.open_row(0)
            assert driver.read_only() == "", fault
        assert shown.lost == [], fault
    if driver.is_open():
        driver.close()
        assert not driver.is_open()
    last = shown.follow(open_on(folder))
    last.open_row(1)
    assert shown.lost == []
