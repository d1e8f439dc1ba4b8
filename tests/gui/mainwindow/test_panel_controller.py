"""The keys that show and hide the panels at the bottom of the window: all of them do the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

if TYPE_CHECKING:
    from window_driver import WindowDriver

PANELS = [("F7", "table"), ("F8", "check"), ("F5", "review"), ("Ctrl+H", "history")]
each_panel = pytest.mark.parametrize(("key", "name"), PANELS, ids=[name for _, name in PANELS])


@each_panel
def test_a_hidden_panel_is_shown_and_focused_and_hidden_again(driver: WindowDriver, key: str, name: str) -> None:
    """The key shows the panel and goes to it; pressed in it, the key hides it and goes back to the article."""
    panel = driver.panel(name)
    assert not panel.is_shown()
    driver.press(key)
    driver.qtbot.waitUntil(panel.is_in_front)
    assert panel.has_focus()
    driver.press(key)
    assert not panel.is_shown()
    assert driver.is_article_focused()


@each_panel
def test_a_panel_without_the_focus_gets_it(driver: WindowDriver, key: str, name: str) -> None:
    """Escape goes back to the article and leaves the panel; the key goes to it again and hides nothing."""
    panel = driver.panel(name)
    driver.press("1", key, "Esc")
    driver.qtbot.waitUntil(panel.is_in_front)
    assert driver.is_article_focused()
    driver.press(key)
    assert panel.is_shown()
    assert panel.has_focus()
    driver.press(key)
    assert not panel.is_shown()
    assert driver.is_article_focused()


@each_panel
def test_a_panel_behind_another_comes_to_the_front(driver: WindowDriver, key: str, name: str) -> None:
    """The key brings the panel before the one that covers it, and goes to it."""
    panel, other = driver.panel(name), next(one for one in PANELS if one[1] != name)
    driver.press("1", key, other[0])
    driver.qtbot.waitUntil(lambda: not panel.is_in_front())
    assert driver.panel(other[1]).has_focus()
    driver.press(key)
    driver.qtbot.waitUntil(panel.is_in_front)
    assert panel.has_focus()
    driver.press(key)
    assert not panel.is_shown()
    assert driver.is_article_focused()


@each_panel
def test_the_key_hides_the_panel_from_whatever_has_the_focus_in_it(driver: WindowDriver, key: str, name: str) -> None:
    """A button of the panel is as good a place as its list."""
    panel = driver.panel(name)
    driver.press("1", key)
    driver.qtbot.waitUntil(panel.is_in_front)
    buttons = [one for one in panel.find_all(QPushButton) if one.isVisible() and one.isEnabled()]
    for button in buttons[:1]:
        button.setFocus()
        assert button.hasFocus()
    driver.press(key)
    assert not panel.is_shown()
    assert driver.is_article_focused()
