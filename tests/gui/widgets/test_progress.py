"""Going through many things beside the window's thread."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest
from dialog_driver import find_child, in_dialog
from patience import PATIENCE
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QProgressBar

from annotator.gui.widgets.progress import run_each

if TYPE_CHECKING:
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
