"""Letting what is not tagged stand back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QApplication

from annotator.app.preferences.settings import Settings
from annotator.core.colour import contrast_ratio
from annotator.gui.theme.theme import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Theme, make_article_style

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QPoint
    from window_driver import WindowDriver

FIRST, THIRD, LATER = "Tỉnh Hải Vân", "Ông Nam", "Thu ngân sách"


def test_what_is_not_tagged_stands_back(driver: WindowDriver) -> None:
    """With the key, all text is pale but for the tagged and the current sentences; with it again, nothing is."""
    driver.press("1")
    full = _darkest(driver, LATER)
    driver.press("Ctrl+Shift+A")
    assert _darkest(driver, LATER) > full + 40
    assert _darkest(driver, THIRD) > full + 40
    assert abs(_darkest(driver, FIRST) - full) < 20
    assert abs(_darkest(driver, "Ba khâu") - full) < 20
    driver.press("Ctrl+Shift+A")
    assert abs(_darkest(driver, LATER) - full) < 5


def test_the_current_sentence_comes_forward(driver: WindowDriver) -> None:
    """Going on makes the next sentence full and lets the one that was left stand back."""
    driver.press("Ctrl+Shift+A", "J", "J")
    full = _darkest(driver, THIRD)
    pale = _darkest(driver, FIRST)
    assert pale > full + 40
    driver.press("Home")
    assert abs(_darkest(driver, FIRST) - full) < 20
    assert _darkest(driver, THIRD) > full + 40


def test_a_tag_brings_a_sentence_forward(driver: WindowDriver) -> None:
    """A sentence stays full once it has a label, and fades when the label goes."""
    driver.press("Ctrl+Shift+A", "1", "J")
    full = _darkest(driver, FIRST)
    driver.press("Ctrl+Z", "J", "J")
    assert _darkest(driver, FIRST) > full + 40


def test_nothing_is_moved(driver: WindowDriver) -> None:
    """Every letter stays where it was."""
    before = [driver.place(words) for words in (FIRST, THIRD, LATER)]
    driver.press("Ctrl+Shift+A")
    assert [driver.place(words) for words in (FIRST, THIRD, LATER)] == before


def test_it_is_remembered(folder: Path, open_on: Callable[..., WindowDriver]) -> None:
    """The next window fades as well, and its menu says so."""
    settings = Settings(language="en", theme="light")
    first = open_on(folder, settings)
    full = _darkest(first, LATER)
    first.press("Ctrl+Shift+A")
    first.close()
    again = open_on(folder, settings)
    again.update_actions()
    action = again.find(QAction, "fade")
    assert action.isChecked()
    assert _darkest(again, LATER) > full + 40


@pytest.mark.parametrize("theme", [LIGHT, DARK, HIGH_LIGHT, HIGH_DARK], ids=lambda theme: theme.name)
def test_what_stands_back_can_be_read(theme: Theme) -> None:
    """The pale ink is much weaker than the ink, and has the contrast that the theme asks for all the same."""
    look = make_article_style(theme, (), face="serif", language="en")
    assert contrast_ratio(look.faded_ink, look.paper) >= theme.min_contrast
    assert contrast_ratio(look.faded_ink, look.paper) < 0.55 * contrast_ratio(look.ink, look.paper)


def _darkest(driver: WindowDriver, words: str) -> int:
    """How dark the darkest point of ``words`` is, from 0 (black)."""
    QApplication.processEvents()
    image = driver.picture()
    text = driver.accessible_text()
    start = driver.text().index(words)
    shades = [255]
    for offset in range(start, start + len(words)):
        rect = text.characterRect(offset)
        corner: QPoint = driver.viewport().mapFromGlobal(rect.topLeft())
        shades += [
            QColor(image.pixel(x, y)).lightness()
            for x in range(corner.x() + 1, corner.x() + rect.width() - 1)
            for y in range(corner.y() + 6, corner.y() + rect.height() - 8)
        ]
    return min(shades)
