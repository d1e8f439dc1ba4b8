"""Finding words in all documents of the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QPushButton, QWidget

from annotator.gui.theme.theme import LIGHT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Desk

ROWS = [
    ("Thu ngân sách đạt 12.000 tỷ đồng.", "a.txt, sentence 7"),
    ("Mọi người đồng ý.", "a.txt, sentence 8"),
    ("Mây đong đưa.", "c.txt, sentence 1"),
]


def child(desk: Desk, kind: type[QWidget], name: str = "") -> QWidget:
    """A part of the panel."""
    panel = desk.bench.window.findChild(QWidget, "folder-find")
    assert isinstance(panel, QWidget)
    found = panel.findChild(kind, name) if name else panel.findChild(kind)
    assert isinstance(found, QWidget)
    return found


def field(desk: Desk) -> QLineEdit:
    """The line to type in."""
    found = child(desk, QLineEdit, "folder-find-field")
    assert isinstance(found, QLineEdit)
    return found


def view(desk: Desk) -> QListView:
    """The list."""
    found = child(desk, QListView)
    assert isinstance(found, QListView)
    return found


def count(desk: Desk) -> str:
    """What the panel says about how much was found."""
    found = child(desk, QLabel, "folder-find-count")
    assert isinstance(found, QLabel)
    return found.text()


def rows(desk: Desk) -> list[str]:
    """What a screen reader reads of each row."""
    model = view(desk).model()
    return [
        str(model.data(model.index(row, 0, QModelIndex()), Qt.ItemDataRole.AccessibleTextRole))
        for row in range(model.rowCount())
    ]


def find(desk: Desk, words: str, expected: str) -> None:
    """Look for words everywhere until so much is found."""
    desk.press("Ctrl+Shift+F")
    desk.qtbot.waitUntil(field(desk).hasFocus)
    QTest.keyClicks(field(desk), words)
    desk.qtbot.waitUntil(lambda: count(desk) == expected)


def test_every_document_is_searched(folder: Path, desk: Desk) -> None:
    """Sentences are listed with their documents, their numbers and labels."""
    (folder / "c.txt").write_text("Mây đong đưa.\n", "utf-8")
    desk.bench.open_place(folder)
    desk.press("End", "3")
    desk.saved()
    find(desk, "dong", "3 sentences")
    text, place = ROWS[1]
    assert rows(desk) == [" ".join(ROWS[0]), f"{text} {place} · Opinion", " ".join(ROWS[2])]
    view(desk).grab()


def test_enter_opens_the_document_at_the_sentence(desk: Desk) -> None:
    """The article has the focus, the sentence is the current one, the words are marked; F3 goes on from there."""
    find(desk, "bai", "2 sentences")
    desk.press("Down", "Return")
    assert desk.bench.session.path == desk.folder / "b.txt"
    assert desk.current() == "Bài này ngắn."
    desk.qtbot.waitUntil(desk.bench.article.hasFocus)
    image = desk.bench.article.viewport().grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    assert {LIGHT.match, LIGHT.match_current} <= colours
    desk.press("F3")
    assert desk.current() == "Đây là bài thứ hai."


def test_a_click_does_the_same(desk: Desk) -> None:
    """With the mouse alone."""
    find(desk, "bai", "2 sentences")
    listed = view(desk)
    place = listed.visualRect(listed.model().index(0, 0)).center()
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.current() == "Đây là bài thứ hai."


def test_escape_closes_it(desk: Desk) -> None:
    """From the line and from the list; the article has the focus again."""
    find(desk, "xyzzy", "not found")
    desk.press("Esc")
    assert not field(desk).isVisible()
    assert desk.bench.article.hasFocus()
    desk.press("Ctrl+Shift+F")
    assert field(desk).selectedText() == "xyzzy"
    view(desk).setFocus()
    desk.press("Esc")
    assert not field(desk).isVisible()


def test_a_search_can_be_stopped(tmp_path: Path, open_on: Callable[..., Desk]) -> None:
    """What was found until then stays; nothing comes after it."""
    for number in range(400):
        (tmp_path / f"{number:03}.txt").write_text("Kinh tế số.\n" * 200, "utf-8")
    desk = open_on(tmp_path)
    desk.press("Ctrl+Shift+F")
    QTest.keyClicks(field(desk), "xyzzy")
    stop = child(desk, QPushButton)
    desk.qtbot.waitUntil(stop.isVisible)
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    assert not stop.isVisible()
    assert count(desk) == "not found"


def test_more_than_can_be_looked_through_is_said(tmp_path: Path, open_on: Callable[..., Desk]) -> None:
    """The list ends at two thousand sentences."""
    for number in range(30):
        (tmp_path / f"{number:03}.txt").write_text("Kinh tế số.\n" * 100, "utf-8")
    desk = open_on(tmp_path)
    find(desk, "kinh te", "the first 2000 sentences")
    assert len(rows(desk)) == 2000


def test_documents_that_cannot_be_read_are_told(folder: Path, desk: Desk) -> None:
    """In the bar over the article; the rest is searched."""
    (folder / "empty.txt").write_bytes(b"")
    desk.bench.open_place(folder)
    find(desk, "bai", "2 sentences")
    assert "empty.txt is empty" in desk.bench.notice.text
