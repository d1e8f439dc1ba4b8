"""The real window on articles in a folder of the test's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from annotator.app.preferences.settings import Settings
from annotator.app.session.session import Session
from annotator.gui.mainwindow.window import Window
from annotator.gui.workbench.workbench import Workbench
from annotator.storage.workspace.label_set import load_builtin_labels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

ARTICLE = """Kế hoạch mới của Hải Vân

Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030. Ba khâu đột phá được chọn. Ông Nam cho rằng việc này khó.

Cầu cảng lúc bình minh.
Ảnh: Lê Minh

Thu ngân sách đạt 12.000 tỷ đồng. Mọi người đồng ý.
"""
SECOND = "Đây là bài thứ hai.\n\nBài này ngắn.\n"


class Clock:
    """Times and ids that a test can foretell."""

    def __init__(self) -> None:
        self._ids = 0

    def now(self) -> str:
        """Always the same moment."""
        return "2026-05-13T09:12:44+07:00"

    def new_id(self) -> str:
        """``id0001`` and so on."""
        self._ids += 1
        return f"id{self._ids:04}"


@dataclass
class Desk:
    """A workbench on a folder, with hands to press its keys and eyes to read its files."""

    bench: Workbench
    folder: Path
    qtbot: QtBot

    @property
    def sidecar(self) -> Path:
        """The file beside the first article."""
        return self.folder / "a.txt.annotations.yaml"

    def press(self, *keys: str) -> None:
        """Press keys, as Qt writes them, in the widget that has the focus."""
        for key in keys:
            QTest.keySequence(self.bench.window.focusWidget() or self.bench.window, key)

    def saved(self) -> dict[str, Any]:
        """What the file says when all that waits is written."""
        assert self.bench.session.save_now()
        found: dict[str, Any] = yaml.safe_load(self.sidecar.read_text("utf-8"))
        return found

    def labels(self) -> list[tuple[str, list[str]]]:
        """Texts and labels of all annotations in the file."""
        return [(one["text"], one["labels"]) for one in self.saved()["annotations"]]

    def current(self) -> str:
        """The text of the current sentence."""
        session = self.bench.session
        assert session.document is not None
        assert session.current is not None
        return session.document.text[slice(*session.current.span)]

    def place(self, words: str) -> QPoint:
        """Where the first letter of ``words`` is on the article's viewport, as a screen reader is told."""
        session = self.bench.session
        assert session.document is not None
        interface = QAccessible.queryAccessibleInterface(self.bench.article).textInterface()
        rect: QRect = interface.characterRect(session.document.text.index(words))
        return self.bench.article.viewport().mapFromGlobal(rect.center())

    def click(self, words: str, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        """Click on the first letter of ``words``."""
        QTest.mouseClick(self.bench.article.viewport(), button, pos=self.place(words))

    def answer(self, button: str) -> None:
        """Press ``button`` in the question that the next action will bring up."""

        def press() -> None:
            box = QApplication.activeModalWidget()
            assert isinstance(box, QMessageBox)
            next(one for one in box.buttons() if one.text().replace("&", "") == button).click()

        QTimer.singleShot(0, press)

    def shut(self) -> None:
        """Close the window without being asked anything."""
        _let_go(self.bench.window)
        self.bench.window.close()

    def reopen(self) -> Desk:
        """Close this window and open another one on the same folder."""
        self.bench.window.close()
        return _desk(self.folder, self.qtbot)


def _let_go(window: Window) -> None:
    window.may_close = lambda: True


def _desk(folder: Path, qtbot: QtBot, settings: Settings | None = None) -> Desk:
    clock = Clock()
    session = Session(load_builtin_labels(), who="mai", now=clock.now, new_id=clock.new_id)
    window = Window()
    qtbot.addWidget(window, before_close_func=_let_go)
    window.resize(1280, 860)  # the screenless screen is smaller than any that people have
    bench = Workbench(window, session, settings or Settings(language="en", theme="light"))
    bench.open_place(folder)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.article.setFocus()
    qtbot.waitUntil(window.article.hasFocus)
    return Desk(bench, folder, qtbot)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two articles."""
    place = tmp_path / "articles"
    place.mkdir()
    (place / "a.txt").write_text(ARTICLE, "utf-8")
    (place / "b.txt").write_text(SECOND, "utf-8")
    return place


@pytest.fixture
def desk(folder: Path, qtbot: QtBot) -> Iterator[Desk]:
    """The window on that folder, the first article open, the article with the focus."""
    made = _desk(folder, qtbot)
    yield made
    made.shut()


@pytest.fixture
def open_on(qtbot: QtBot) -> Iterator[Callable[[Path], Desk]]:
    """Opens a window on any place; all are closed after the test."""
    made: list[Desk] = []

    def open_(place: Path, settings: Settings | None = None) -> Desk:
        made.append(_desk(place, qtbot, settings))
        return made[-1]

    yield open_
    for one in made:
        one.shut()
