"""Going through many things beside the window's thread."""

from __future__ import annotations

import time
from threading import Event
from typing import TYPE_CHECKING

import pytest
from dialog_driver import find_child, in_dialog
from patience import PATIENCE
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QProgressBar
from window_driver import show_progress_after

from annotator.gui.dialogs.progress import DIALOG_DELAY_MS, run_each, run_with_progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from window_driver import WindowDriver


def test_all_results_come_in_order(driver: WindowDriver) -> None:
    """What is quick shows nothing and gives everything."""
    done = run_each(driver.window, range(50), each=lambda one: one * one, worker=driver.worker, title="x")
    assert done == ([one * one for one in range(50)], True)


def test_it_ends_at_what_is_looked_for(driver: WindowDriver) -> None:
    """Nothing after the one that is found is looked at."""
    window, worker = driver.window, driver.worker
    done = run_each(window, range(50), each=lambda one: one, worker=worker, title="x", until=lambda one: one == 3)
    assert done == ([0, 1, 2, 3], True)


def test_nothing_to_do_is_done_at_once(driver: WindowDriver) -> None:
    """An empty folder keeps nobody waiting."""
    assert run_each(driver.window, (), each=str, worker=driver.worker, title="x") == ([], True)


class ShownDialogs(QObject):
    """Counts the dialogs that are shown while it watches the application."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += isinstance(watched, QDialog) and event.type() == QEvent.Type.Show
        return False


@pytest.fixture
def shown(qapp: QApplication) -> Iterator[ShownDialogs]:
    """The dialogs that the test shows."""
    made = ShownDialogs()
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


def test_short_work_shows_no_dialog(driver: WindowDriver, shown: ShownDialogs) -> None:
    """What ends before its moment is over flashes nothing on the screen."""
    assert run_with_progress(driver.window, lambda pace: pace.step(), count=1, worker=driver.worker, title="x") is None
    assert run_each(driver.window, range(3), each=str, worker=driver.worker, title="x").is_complete
    assert shown.count == 0


def test_long_work_shows_its_dialog_after_a_moment(
    driver: WindowDriver, shown: ShownDialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not done when the moment is over shows how far it is, no sooner."""
    show_progress_after(DIALOG_DELAY_MS, monkeypatch)
    gate = Event()
    begin = time.monotonic()
    shown_at: list[float] = []

    def see(dialog: QDialog) -> None:
        shown_at.append(time.monotonic())
        assert find_child(dialog, QProgressBar).maximum() == 1
        gate.set()

    in_dialog(see)
    done = run_each(driver.window, (1,), each=lambda _: gate.wait(PATIENCE), worker=driver.worker, title="x")
    assert done == ([True], True)
    assert shown.count == 1
    assert shown_at[0] - begin > 0.9 * DIALOG_DELAY_MS / 1000  # a timer may be a little early


@pytest.mark.usefixtures("progress_at_once")
def test_what_is_slow_shows_how_far_it_is_and_can_be_stopped(driver: WindowDriver) -> None:
    """Escape stops it when the thing at hand is done; the results so far are there."""
    gate = Event()

    def each(one: int) -> int:
        assert one == 0 or gate.wait(PATIENCE)
        return one

    def stop(dialog: QDialog) -> None:
        bar = find_child(dialog, QProgressBar)
        assert (bar.value(), bar.maximum()) == (1, 3)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        gate.set()

    in_dialog(stop)
    done = run_each(driver.window, range(3), each=each, worker=driver.worker, title="Looking")
    assert done == ([0, 1], False)


def test_what_goes_wrong_is_raised(driver: WindowDriver) -> None:
    """A fault beside the window's thread does not keep the window waiting."""

    def each(one: int) -> float:
        return 1 / one

    with pytest.raises(ZeroDivisionError):
        run_each(driver.window, (1, 0, 2), each=each, worker=driver.worker, title="x")
