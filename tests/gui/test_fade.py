"""Letting what is not tagged stand back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAccessible, QAction, QColor
from PySide6.QtWidgets import QApplication

from annotator.app.preferences.settings import Settings
from annotator.core.colour import contrast
from annotator.gui.theme.theme import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Theme, look_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Desk
    from PySide6.QtCore import QPoint

FIRST, THIRD, LATER = "Tỉnh Hải Vân", "Ông Nam", "Thu ngân sách"


def test_what_is_not_tagged_stands_back(desk: Desk) -> None:
    """With the key, all text is pale but for the tagged and the current sentences; with it again, nothing is."""
    desk.press("1")
    full = _darkest(desk, LATER)
    desk.press("Ctrl+Shift+A")
    assert _darkest(desk, LATER) > full + 40
    assert _darkest(desk, THIRD) > full + 40
    assert abs(_darkest(desk, FIRST) - full) < 20
    assert abs(_darkest(desk, "Ba khâu") - full) < 20
    desk.press("Ctrl+Shift+A")
    assert abs(_darkest(desk, LATER) - full) < 5


def test_the_current_sentence_comes_forward(desk: Desk) -> None:
    """Going on makes the next sentence full and lets the one that was left stand back."""
    desk.press("Ctrl+Shift+A", "J", "J")
    full = _darkest(desk, THIRD)
    pale = _darkest(desk, FIRST)
    assert pale > full + 40
    desk.press("Home")
    assert abs(_darkest(desk, FIRST) - full) < 20
    assert _darkest(desk, THIRD) > full + 40


def test_a_tag_brings_a_sentence_forward(desk: Desk) -> None:
    """A sentence stays full once it has a label, and fades when the label goes."""
    desk.press("Ctrl+Shift+A", "1", "J")
    full = _darkest(desk, FIRST)
    desk.press("Ctrl+Z", "J", "J")
    assert _darkest(desk, FIRST) > full + 40


def test_nothing_is_moved(desk: Desk) -> None:
    """Every letter stays where it was."""
    before = [desk.place(words) for words in (FIRST, THIRD, LATER)]
    desk.press("Ctrl+Shift+A")
    assert [desk.place(words) for words in (FIRST, THIRD, LATER)] == before


def test_it_is_remembered(folder: Path, open_on: Callable[..., Desk]) -> None:
    """The next window fades as well, and its menu says so."""
    settings = Settings(language="en", theme="light")
    first = open_on(folder, settings)
    full = _darkest(first, LATER)
    first.press("Ctrl+Shift+A")
    first.bench.window.close()
    again = open_on(folder, settings)
    again.bench.actions.enable()
    action = again.bench.window.findChild(QAction, "fade")
    assert isinstance(action, QAction)
    assert action.isChecked()
    assert _darkest(again, LATER) > full + 40


@pytest.mark.parametrize("theme", [LIGHT, DARK, HIGH_LIGHT, HIGH_DARK], ids=lambda theme: theme.name)
def test_what_stands_back_can_be_read(theme: Theme) -> None:
    """The pale ink is much weaker than the ink, and has the contrast that the theme asks for all the same."""
    look = look_of(theme, (), face="serif", language="en")
    assert contrast(look.faded_ink, look.paper) >= theme.least
    assert contrast(look.faded_ink, look.paper) < 0.55 * contrast(look.ink, look.paper)


def _darkest(desk: Desk, words: str) -> int:
    """How dark the darkest point of ``words`` is, from 0 (black)."""
    QApplication.processEvents()
    image = desk.bench.article.viewport().grab().toImage()
    session = desk.bench.session
    assert session.document is not None
    text = QAccessible.queryAccessibleInterface(desk.bench.article).textInterface()
    start = session.document.text.index(words)
    shades = [255]
    for offset in range(start, start + len(words)):
        rect = text.characterRect(offset)
        corner: QPoint = desk.bench.article.viewport().mapFromGlobal(rect.topLeft())
        shades += [
            QColor(image.pixel(x, y)).lightness()
            for x in range(corner.x() + 1, corner.x() + rect.width() - 1)
            for y in range(corner.y() + 6, corner.y() + rect.height() - 8)
        ]
    return min(shades)
