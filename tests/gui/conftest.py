"""The real window on articles in a folder of the test's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from dialog_driver import DialogWatch
from patience import PATIENCE
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot
from window_driver import WindowDriver, disable_timeouts, open_window, show_progress_at_once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget

    from annotator.app.preferences.settings import Settings

ARTICLE = """Kế hoạch mới của Hải Vân

Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030. Ba khâu đột phá được chọn. Ông Nam cho rằng việc này khó.

Cầu cảng lúc bình minh.
Ảnh: Lê Minh

Thu ngân sách đạt 12.000 tỷ đồng. Mọi người đồng ý.
"""
SECOND = "Đây là bài thứ hai.\n\nBài này ngắn.\n"

_PATIENCE = int(1000 * PATIENCE)  # milliseconds


class PatientBot(QtBot):
    """The bot of pytest-qt, which gives up after five seconds, with the patience of all tests."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = _PATIENCE) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = _PATIENCE, **more: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitExposed(self, widget: QWidget, *, timeout: int = _PATIENCE) -> Any:
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:  # noqa: ARG001  # there has to be one
    """A bot that waits for a state as long as a busy machine needs."""
    return PatientBot(request)


@pytest.fixture(autouse=True, scope="session")
def own_qt_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where file dialogs were last is kept for this run alone, not among the settings of whoever runs it."""
    folder = str(tmp_path_factory.mktemp("qt"))
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, folder)


@pytest.fixture(autouse=True)
def nothing_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is on the screen does not depend on how fast the machine is."""
    disable_timeouts(monkeypatch)


@pytest.fixture
def progress_at_once(nothing_by_the_clock: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001  # after it
    """How far some work is is shown from its beginning."""
    show_progress_at_once(monkeypatch)


@pytest.fixture(autouse=True)
def no_watch_is_left() -> Iterator[None]:
    """What waits for a dialog in one test answers none of another."""
    yield
    assert DialogWatch.end_all() == 0, "a dialog did not come that was waited for"


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
    made.close_at_once()


@pytest.fixture
def open_on(qtbot: QtBot) -> Iterator[Callable[[Path], WindowDriver]]:
    """Opens a window on any place; all are closed after the test."""
    made: list[WindowDriver] = []

    def open_(place: Path, settings: Settings | None = None) -> WindowDriver:
        made.append(open_window(place, qtbot, settings))
        return made[-1]

    yield open_
    for one in made:
        one.close_at_once()
