"""Menu bar and tool bar are filled anew with each folder, label set, theme and language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QAction

if TYPE_CHECKING:
    from collections.abc import Callable

    from window_driver import WindowDriver


def count_objects(driver: WindowDriver) -> int:
    """Return how many objects menu bar and tool bar hold once all that was deleted is gone."""
    QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
    bars = (driver.menu_bar(), driver.window.tool_bar)
    return sum(len(bar.findChildren(QObject)) for bar in bars)


@pytest.mark.parametrize(
    "refill",
    [
        lambda driver: driver.open_path(driver.folder),
        lambda driver: driver.choose_look(theme="dark"),
        lambda driver: driver.choose_look(language="vi"),
    ],
    ids=["folder", "theme", "language"],
)
def test_what_the_bars_showed_before_is_deleted(driver: WindowDriver, refill: Callable[[WindowDriver], None]) -> None:
    """However often they are filled, they hold what they show and no menu or separator of before."""
    refill(driver)
    before, titles = count_objects(driver), [one.text() for one in driver.menu_bar().actions()]
    for _ in range(3):
        refill(driver)
    assert count_objects(driver) == before
    assert [one.text() for one in driver.menu_bar().actions()] == titles


def test_an_action_survives_the_menu_that_it_was_in(driver: WindowDriver) -> None:
    """Its menu is deleted, the action works on, in the new menu and by its key."""
    driver.open_path(driver.folder)
    count_objects(driver)
    driver.press("1")
    assert driver.state().annotations
    driver.find(QAction, "undo").trigger()
    assert not driver.state().annotations
