"""Themes, languages, zoom, panels, and what is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from annotator.app.preferences.settings import Settings
from annotator.core.colour import contrast
from annotator.gui.theme.theme import DARK, LIGHT, TEXT_CONTRAST, Theme, label_look
from annotator.storage.workspace.label_set import load_builtin_labels

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Desk


def test_the_language_is_switched_at_once(desk: Desk) -> None:
    """Menus, panels and labels speak Vietnamese without a restart, and English again."""
    desk.bench.choose(language="vi")
    titles = [action.text().replace("&", "") for action in desk.bench.window.menuBar().actions()]
    assert titles == ["Tệp", "Gán nhãn", "Sửa", "Đi tới", "Xem", "Trợ giúp"]
    assert _action(desk, "tag-1").text() == "Mục tiêu"
    assert _action(desk, "add-1").text() == "Mục tiêu, và ở lại"
    assert _action(desk, "undo").text() == "Hoàn tác"
    desk.qtbot.waitUntil(lambda: "câu 2" in _status(desk))
    desk.bench.choose(language="en")
    assert _action(desk, "undo").text() == "Undo"


def test_the_theme_is_switched_at_once(desk: Desk) -> None:
    """Dark makes the palette dark and the article's paper as well."""
    desk.bench.choose(theme="dark")
    assert QApplication.palette().color(QPalette.ColorRole.Window) == QColor(DARK.panel)
    assert _paper(desk) == DARK.paper
    desk.bench.choose(theme="light")
    assert _paper(desk) == LIGHT.paper


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_on_every_ground(theme: Theme) -> None:
    """Contrast of at least 4.5 for text on paper, panels and every label's ground, WCAG 2.2 AA."""
    pairs = [
        (ink, ground)
        for ink in (theme.ink, theme.muted, theme.accent, theme.good, theme.trouble)
        for ground in (theme.paper, theme.panel, theme.raised)
    ]
    for number, label in enumerate(load_builtin_labels(), start=1):
        look = label_look(theme, label, number=number, language="vi")
        pairs += [(theme.ink, look.ground), (look.ink, look.ground), (look.colour, theme.paper)]
    too_weak = [(one, other) for one, other in pairs if contrast(one, other) < TEXT_CONTRAST]
    assert too_weak == []


def test_looks_come_back_after_a_restart(folder: Path, open_on: Callable[..., Desk]) -> None:
    """Zoom, face and hidden panels are as they were."""
    settings = Settings(language="en", theme="light")
    desk = open_on(folder, settings)
    desk.press("Ctrl+=", "Ctrl+=", "F9")
    desk.bench.choose(face="sans")
    desk.bench.window.close()
    again = open_on(folder, settings)
    assert settings.zoom == pytest.approx(1.21)
    assert settings.face == "sans"
    assert not again.bench.is_panel_shown("documents")
    assert again.bench.is_panel_shown("inspector")


def test_the_status_bar_says_where_and_how_far(desk: Desk) -> None:
    """Saved or not, sentence n of m, the share decided, who."""
    desk.press("1")
    desk.saved()
    desk.qtbot.waitUntil(lambda: _status(desk) == "saved | sentence 3 of 8 | 20 % decided | mai")


def test_the_list_shows_state_and_progress(desk: Desk) -> None:
    """The row of the open document follows each step."""
    desk.press("1")
    model = desk.bench.documents.model
    desk.qtbot.waitUntil(lambda: "20 % decided" in _spoken(model, 0))
    desk.bench.documents.view.grab()
    desk.qtbot.waitUntil(lambda: "new" in _spoken(model, 1))


def _spoken(model: object, row: int) -> str:
    return str(model.data(model.index(row), int(Qt.ItemDataRole.AccessibleTextRole)))  # type: ignore[attr-defined]


def _status(desk: Desk) -> str:
    labels = (desk.bench.status.findChild(QLabel, name) for name in ("saved", "place", "share", "who"))
    return " | ".join(label.text() for label in labels if isinstance(label, QLabel))


def _action(desk: Desk, name: str) -> QAction:
    found = desk.bench.window.findChild(QAction, name)
    assert isinstance(found, QAction)
    return found


def _paper(desk: Desk) -> str:
    """The colour that covers most of the middle of the article."""
    image = desk.bench.article.viewport().grab().toImage()
    row = image.height() - 20
    colours = [image.pixelColor(x, row).name() for x in range(image.width() // 3, 2 * image.width() // 3)]
    return max(set(colours), key=colours.count)


def test_the_current_sentence_stays_in_sight_when_the_window_shrinks(desk: Desk) -> None:
    """A sentence that was seen is seen in a smaller window as well, and its chips are beside it."""
    desk.press("End")
    words = "Mọi người đồng ý."
    assert desk.current() == words
    desk.bench.window.resize(900, 420)
    height = desk.bench.article.viewport().height
    desk.qtbot.waitUntil(lambda: height() < 420)
    assert 0 <= desk.place(words).y() <= height()
