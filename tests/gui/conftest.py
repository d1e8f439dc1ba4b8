"""The real window on articles in a folder of the test's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from window_driver import WindowDriver, open_window

from annotator.app.preferences.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from annotator.app.preferences.settings import Settings

ARTICLE = """Kế hoạch mới của Hải Vân

Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030. Ba khâu đột phá được chọn. Ông Nam cho rằng việc này khó.

Cầu cảng lúc bình minh.
Ảnh: Lê Minh

Thu ngân sách đạt 12.000 tỷ đồng. Mọi người đồng ý.
"""
SECOND = "Đây là bài thứ hai.\n\nBài này ngắn.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two articles."""
    place = tmp_path / "articles"
    place.mkdir()
    (place / "a.txt").write_text(ARTICLE, "utf-8")
    (place / "b.txt").write_text(SECOND, "utf-8")
    return place


@pytest.fixture
def driver(folder: Path, qtbot: QtBot) -> Iterator[WindowDriver]:
    """The window on that folder, the first article open, the article with the focus."""
    made = open_window(folder, qtbot)
    yield made
    made.shut()


@pytest.fixture
def open_on(qtbot: QtBot) -> Iterator[Callable[[Path], WindowDriver]]:
    """Opens a window on any place; all are closed after the test."""
    made: list[WindowDriver] = []

    def open_(place: Path, settings: Settings | None = None) -> WindowDriver:
        made.append(open_window(place, qtbot, settings))
        return made[-1]

    yield open_
    for one in made:
        one.shut()
