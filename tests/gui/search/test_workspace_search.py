"""Finding words in all documents of the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QPushButton, QWidget
from window_driver import spoken_rows

from annotator.gui.theme.theme import LIGHT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver

ROWS = [
    ("Thu ngân sách đạt 12.000 tỷ đồng.", "a.txt, sentence 7"),
    ("Mọi người đồng ý.", "a.txt, sentence 8"),
    ("Mây đong đưa.", "c.txt, sentence 1"),
]


def field(driver: WindowDriver) -> QLineEdit:
    """The line to type in."""
    return driver.find(QLineEdit, "folder-find-field")


def view(driver: WindowDriver) -> QListView:
    """The list."""
    found = driver.find(QWidget, "folder-find").findChild(QListView)
    assert found is not None
    return found


def count(driver: WindowDriver) -> str:
    """What the panel says about how much was found."""
    return driver.find(QLabel, "folder-find-count").text()


def rows(driver: WindowDriver) -> list[str]:
    """What a screen reader reads of each row."""
    return spoken_rows(view(driver).model())


def find(driver: WindowDriver, words: str, expected: str) -> None:
    """Look for words everywhere until so much is found."""
    driver.press("Ctrl+Shift+F")
    driver.qtbot.waitUntil(field(driver).hasFocus)
    QTest.keyClicks(field(driver), words)
    driver.qtbot.waitUntil(lambda: count(driver) == expected)


def test_every_document_is_searched(folder: Path, driver: WindowDriver) -> None:
    """Sentences are listed with their documents, their numbers and labels."""
    (folder / "c.txt").write_text("Mây đong đưa.\n", "utf-8")
    driver.open_path(folder)
    driver.press("End", "3")
    driver.saved()
    find(driver, "dong", "3 sentences")
    text, place = ROWS[1]
    assert rows(driver) == [" ".join(ROWS[0]), f"{text} {place} · Opinion", " ".join(ROWS[2])]
    view(driver).grab()


def test_enter_opens_the_document_at_the_sentence(driver: WindowDriver) -> None:
    """The article has the focus, the sentence is the current one, the words are marked; F3 goes on from there."""
    find(driver, "bai", "2 sentences")
    driver.press("Down", "Return")
    assert driver.path() == driver.folder / "b.txt"
    assert driver.current() == "Bài này ngắn."
    driver.qtbot.waitUntil(driver.is_article_focused)
    image = driver.picture()
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    assert {LIGHT.match, LIGHT.match_current} <= colours
    driver.press("F3")
    assert driver.current() == "Đây là bài thứ hai."


def test_a_click_does_the_same(driver: WindowDriver) -> None:
    """With the mouse alone."""
    find(driver, "bai", "2 sentences")
    listed = view(driver)
    place = listed.visualRect(listed.model().index(0, 0)).center()
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert driver.current() == "Đây là bài thứ hai."


def test_escape_closes_it(driver: WindowDriver) -> None:
    """From the line and from the list; the article has the focus again."""
    find(driver, "xyzzy", "not found")
    driver.press("Esc")
    assert not field(driver).isVisible()
    assert driver.is_article_focused()
    driver.press("Ctrl+Shift+F")
    assert field(driver).selectedText() == "xyzzy"
    view(driver).setFocus()
    driver.press("Esc")
    assert not field(driver).isVisible()


def test_a_search_can_be_stopped(tmp_path: Path, open_on: Callable[..., WindowDriver]) -> None:
    """What was found until then stays; nothing comes after it."""
    for number in range(400):
        (tmp_path / f"{number:03}.txt").write_text("Kinh tế số.\n" * 200, "utf-8")
    driver = open_on(tmp_path)
    driver.press("Ctrl+Shift+F")
    QTest.keyClicks(field(driver), "xyzzy")
    stop = driver.find(QWidget, "folder-find").findChild(QPushButton)
    assert stop is not None
    driver.qtbot.waitUntil(stop.isVisible)
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    assert not stop.isVisible()
    assert count(driver) == "not found"


def test_more_than_can_be_looked_through_is_said(tmp_path: Path, open_on: Callable[..., WindowDriver]) -> None:
    """The list ends at two thousand sentences."""
    for number in range(30):
        (tmp_path / f"{number:03}.txt").write_text("Kinh tế số.\n" * 100, "utf-8")
    driver = open_on(tmp_path)
    find(driver, "kinh te", "the first 2,000 sentences")
    assert len(rows(driver)) == 2000


def test_documents_that_cannot_be_read_are_told(folder: Path, driver: WindowDriver) -> None:
    """In the bar over the article; the rest is searched."""
    (folder / "empty.txt").write_bytes(b"")
    driver.open_path(folder)
    find(driver, "bai", "2 sentences")
    assert "empty.txt is empty" in driver.notice()
