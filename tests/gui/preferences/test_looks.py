"""Themes, languages, zoom, panels, and what is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAction, QColor, QPalette
from PySide6.QtWidgets import QApplication

from annotator.app.preferences.settings import Settings
from annotator.core.colour import contrast_ratio
from annotator.gui.theme.theme import DARK, LIGHT, TEXT_CONTRAST, Theme, make_label_style
from annotator.storage.workspace.label_set import load_builtin_labels

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver


def test_the_language_is_switched_at_once(driver: WindowDriver) -> None:
    """Menus, panels and labels speak Vietnamese without a restart, and English again."""
    driver.choose_look(language="vi")
    titles = [action.text().replace("&", "") for action in driver.menu_bar().actions()]
    assert titles == ["Tệp", "Gán nhãn", "Sửa", "Đi tới", "Xem", "Trợ giúp"]
    assert _action(driver, "tag-1").text() == "Mục tiêu"
    assert _action(driver, "add-1").text() == "Thêm Mục tiêu, ở lại câu này"
    assert _action(driver, "undo").text() == "Hoàn tác"
    driver.qtbot.waitUntil(lambda: "Câu 2" in _status(driver))
    driver.choose_look(language="en")
    assert _action(driver, "undo").text() == "Undo"


def test_the_theme_is_switched_at_once(driver: WindowDriver) -> None:
    """Dark makes the palette dark and the article's paper as well."""
    driver.choose_look(theme="dark")
    assert QApplication.palette().color(QPalette.ColorRole.Window) == QColor(DARK.panel)
    assert _paper(driver) == DARK.paper
    driver.choose_look(theme="light")
    assert _paper(driver) == LIGHT.paper


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_on_every_ground(theme: Theme) -> None:
    """Contrast of at least 4.5 for text on paper, panels and every label's ground, WCAG 2.2 AA."""
    pairs = [
        (ink, ground)
        for ink in (theme.ink, theme.muted, theme.accent, theme.success, theme.error)
        for ground in (theme.paper, theme.panel, theme.field)
    ]
    for number, label in enumerate(load_builtin_labels(), start=1):
        look = make_label_style(theme, label, number=number, language="vi")
        pairs += [(theme.ink, look.background), (look.ink, look.background), (look.colour, theme.paper)]
    too_weak = [(one, other) for one, other in pairs if contrast_ratio(one, other) < TEXT_CONTRAST]
    assert too_weak == []


def test_looks_come_back_after_a_restart(folder: Path, open_on: Callable[..., WindowDriver]) -> None:
    """Zoom, face and hidden panels are as they were."""
    settings = Settings(language="en", theme="light")
    driver = open_on(folder, settings)
    driver.press("Ctrl+=", "Ctrl+=", "F9")
    driver.choose_look(face="sans")
    driver.close()
    again = open_on(folder, settings)
    assert settings.zoom == pytest.approx(1.21)
    assert settings.face == "sans"
    assert not again.is_panel_shown("documents")
    assert again.is_panel_shown("inspector")


def test_the_status_bar_says_where_and_how_far(driver: WindowDriver) -> None:
    """Saved or not, sentence n of m, the share decided, who."""
    driver.press("1")
    driver.saved()
    driver.qtbot.waitUntil(lambda: _status(driver) == "saved | sentence 3 of 8 | 20% decided | mai")


def test_the_list_shows_state_and_progress(driver: WindowDriver) -> None:
    """The row of the open document follows each step."""
    driver.press("1")
    driver.qtbot.waitUntil(lambda: "20% decided" in driver.spoken_documents()[0])
    driver.document_list().grab()
    driver.qtbot.waitUntil(lambda: "new" in driver.spoken_documents()[1])


def _status(driver: WindowDriver) -> str:
    return " | ".join(driver.status_parts("saved", "place", "share", "who"))


def _action(driver: WindowDriver, name: str) -> QAction:
    return driver.find(QAction, name)


def _paper(driver: WindowDriver) -> str:
    """The colour that covers most of the middle of the article."""
    image = driver.picture()
    row = image.height() - 20
    colours = [image.pixelColor(x, row).name() for x in range(image.width() // 3, 2 * image.width() // 3)]
    return max(set(colours), key=colours.count)


def test_the_current_sentence_stays_in_sight_when_the_window_shrinks(driver: WindowDriver) -> None:
    """A sentence that was seen is seen in a smaller window as well, and its chips are beside it."""
    driver.press("End")
    words = "Mọi người đồng ý."
    assert driver.current() == words
    driver.resize(900, 420)
    height = driver.viewport().height
    driver.qtbot.waitUntil(lambda: height() < 420)
    assert 0 <= driver.place(words).y() <= height()
