"""Random keys in two windows on one folder, by turns: nothing is lost, and each document has one who writes."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from random_keys import RandomKeys
from shown_states import ShownStates

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver

TURNS = 30


def turn_to(driver: WindowDriver) -> None:
    """Go to a window, as a click into its article does, and let it see what was done in the other one."""
    driver.activate()
    driver.focus_article()
    driver.qtbot.waitUntil(driver.is_article_focused)
    driver.follow_files()


def take_over(driver: WindowDriver) -> None:
    """Wait until a window may write."""
    driver.qtbot.waitUntil(lambda: driver.read_only() == "")


@pytest.mark.parametrize("seed", [1, 2])
def test_the_second_window_reads_and_then_takes_over(
    articles: Path, open_on: Callable[[Path], WindowDriver], seed: int
) -> None:
    """Whatever is pressed in it, it changes nothing before the first is closed, and has all of its work then."""
    random = Random(seed)  # noqa: S311  # the same keys each time, no secret
    path = articles / "ga-hang-hoa-ky-lam.txt"
    first, second = open_on(path), open_on(path)
    turn_to(second)
    assert "open in another window" in second.read_only()
    users = [RandomKeys(one, random, is_travelling=False) for one in (first, second)]
    for number in range(TURNS):
        user = users[number % 2]
        turn_to(user.driver)
        before = first.state()
        user.press_some(12)
        assert user.driver is first or first.state() is before
    turn_to(first)
    done = first.state()
    assert done.annotations
    assert first.save()
    second.qtbot.waitUntil(lambda: second.state() == done)
    steps = first.steps()
    first.close()
    assert not first.is_open()
    take_over(second)
    assert (second.state(), second.steps()) == (done, steps)
    turn_to(second)
    users[1].press_some(40)
    assert second.steps() != steps
    done, steps = second.state(), second.steps()
    second.close()
    third = open_on(path)
    assert (third.state(), third.steps()) == (done, steps)


@pytest.mark.parametrize("seed", [3, 4])
def test_two_windows_walk_through_a_folder(articles: Path, open_on: Callable[[Path], WindowDriver], seed: int) -> None:
    """Each writes in the documents that the other has not open; what the one left the other finds."""
    random = Random(seed)  # noqa: S311  # the same keys each time, no secret
    users = [RandomKeys(open_on(articles), random) for _ in range(2)]
    shown = ShownStates()
    for user in users:
        shown.follow(user.driver)
    for number in range(TURNS):
        turn_to(users[number % 2].driver)
        users[number % 2].press_some(16)
        assert shown.lost == []
    assert len(shown.states) > 1
    for user in users:
        user.driver.close()
        assert not user.driver.is_open()
    last = shown.follow(open_on(articles))
    for row, _name in enumerate(last.documents()):
        last.open_row(row)
        assert last.save()
    assert shown.lost == []
