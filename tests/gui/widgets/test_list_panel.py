"""What the panels that are mostly a list have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

from annotator.gui.widgets.list_panel import ListPanel

if TYPE_CHECKING:
    from window_driver import WindowDriver

PANELS = [("F7", "table"), ("F8", "check"), ("F5", "review"), ("Ctrl+H", "history")]
each_panel = pytest.mark.parametrize(("key", "name"), PANELS, ids=[name for _, name in PANELS])


@each_panel
def test_escape_in_the_list_leaves_the_panel_and_lets_it_stand(driver: WindowDriver, key: str, name: str) -> None:
    """The article has the focus again, and the list stays in sight."""
    panel = driver.panel(name)
    driver.press(key)
    driver.qtbot.waitUntil(panel.is_in_front)
    QTest.keyClick(panel.find(QAbstractItemView), Qt.Key.Key_Escape)
    assert driver.is_article_focused()
    assert panel.is_shown()


@pytest.mark.parametrize(("key", "name"), PANELS[:3], ids=[name for _, name in PANELS[:3]])
def test_an_empty_list_says_why(driver: WindowDriver, key: str, name: str) -> None:
    """A sentence stands in the place of a list without rows; a history always has its beginning."""
    panel = driver.panel(name)
    driver.press(key)
    driver.qtbot.waitUntil(panel.is_in_front)
    assert panel.rows() == []
    assert any(len(text.split()) > 3 for text in panel.texts())
    assert not panel.find(QAbstractItemView).isVisible()


@each_panel
def test_the_panel_and_its_list_have_names(driver: WindowDriver, key: str, name: str) -> None:
    """A screen reader says which panel it is in."""
    panel = driver.panel(name)
    driver.press(key)
    driver.qtbot.waitUntil(panel.is_in_front)
    assert panel.find(ListPanel).accessibleName()
    assert panel.find(QAbstractItemView).accessibleName()


@pytest.mark.parametrize(("key", "name"), [("F7", "table"), ("Ctrl+H", "history")], ids=["table", "history"])
def test_down_leads_from_the_filter_to_the_list(driver: WindowDriver, key: str, name: str) -> None:
    """Down, and Enter as well, go from the words to the rows; Escape leaves from there too."""
    panel = driver.panel(name)
    driver.press("1", key)
    driver.qtbot.waitUntil(lambda: len(panel.rows()) > 0)
    words, rows = panel.find(QLineEdit), panel.find(QAbstractItemView)
    for down in ("Down", "Return"):
        words.setFocus()
        driver.press(down)
        assert rows.hasFocus()
    words.setFocus()
    driver.press("Esc")
    assert driver.is_article_focused()
