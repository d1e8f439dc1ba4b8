from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from dialog_driver import Answers, button, named
from legacy_encodings import encode, readable
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QListWidget, QPlainTextEdit

from annotator.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver

ARTICLE = """Kế hoạch mới của Hải Vân

Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030. Ba khâu đột phá được chọn. Ông Nam cho rằng việc này khó.
"""
OFFER = "Choose the encoding…"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with an article as it was written in the nineties."""
    folder = tmp_path / "old"
    folder.mkdir()
    (folder / "a.txt").write_bytes(encode(ARTICLE, "tcvn3"))
    return folder


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    """A folder with an article so short that the guess is wrong: as TCVN3 it is Vietnamese as well."""
    folder = tmp_path / "doubtful"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"C\xe4ng xanh.\n")
    return folder


def shown(driver: WindowDriver) -> str:
    """What a screen reader reads of the article."""
    interface = driver.accessible_text()
    return interface.text(0, interface.characterCount())


def record(driver: WindowDriver) -> dict[str, Any]:
    """What the annotation file says about the document."""
    assert driver.save()
    found: dict[str, Any] = yaml.safe_load(driver.sidecar.read_text("utf-8"))["document"]
    return found


def take(title: str) -> Callable[[QDialog], None]:
    """Go down in the list to that encoding, with keys alone, and take it with Enter."""

    def hand(dialog: QDialog) -> None:
        rows = named(dialog, QListWidget, "Encodings")
        assert rows.hasFocus()
        QTest.keyClick(rows, Qt.Key.Key_Home)
        while rows.currentItem().text() != title:
            before = rows.currentRow()
            QTest.keyClick(rows, Qt.Key.Key_Down)
            assert rows.currentRow() == before + 1
        QTest.keyClick(rows, Qt.Key.Key_Return)

    return hand


def test_an_old_article_shows_right(old: Path, open_on: Callable[[Path], WindowDriver]) -> None:
    """TCVN3 is found by itself; the window shows Vietnamese and says how it read it."""
    driver = open_on(old)
    assert readable(ARTICLE, "tcvn3") == shown(driver)
    assert "a.txt: The file is not UTF-8; it was read as TCVN3 (ABC)." in driver.notice()
    assert driver.offer(OFFER).isVisible()


def test_a_wrong_guess_is_corrected_by_keyboard(
    old: Path, open_on: Callable[[Path], WindowDriver], capsys: pytest.CaptureFixture[str]
) -> None:
    """Chosen in the dialog, the encoding is in the file, and holds for the next opening and on the command line."""
    driver = open_on(old)
    Answers(take("VNI Windows")).during(lambda: driver.run("encoding"))
    driver.qtbot.waitUntil(driver.is_article_focused)
    assert shown(driver) != readable(ARTICLE, "tcvn3")
    driver.press("1")
    garbled = driver.saved()["annotations"][0]["text"]
    assert record(driver)["encoding"] == "vni"
    Answers(take("TCVN3 (ABC)")).during(lambda: driver.run("encoding"))
    assert readable(ARTICLE, "tcvn3") == shown(driver)
    (tagged,) = driver.saved()["annotations"]
    assert tagged["text"] != garbled
    assert tagged["text"] == readable(ARTICLE, "tcvn3")[slice(*tagged["at"])]
    assert tagged["text"].endswith(".")
    assert record(driver)["encoding"] == "tcvn3"
    again = driver.reopen()
    assert readable(ARTICLE, "tcvn3") == shown(again)
    assert again.notice() == ""
    assert again.labels() == [(tagged["text"], ["target"])]
    assert run(["sentences", str(old / "a.txt")], open_window=lambda _paths: 0) == 0
    said = capsys.readouterr()
    assert tagged["text"] in said.out
    assert said.err == ""
    again.close_at_once()


def test_the_message_leads_there(doubtful: Path, open_on: Callable[[Path], WindowDriver]) -> None:
    """The button beside the warning opens the list; each row shows the first lines as they read in it."""
    driver = open_on(doubtful)
    seen: dict[str, str] = {}

    def look(dialog: QDialog) -> None:
        rows = named(dialog, QListWidget, "Encodings")
        lines = named(dialog, QPlainTextEdit, "The first lines with accents, read in this encoding")
        seen["now"] = rows.currentItem().text()
        for row in range(rows.count()):
            rows.setCurrentRow(row)
            seen[rows.currentItem().text()] = lines.toPlainText()
        take("VISCII")(dialog)

    bar = driver.offer(OFFER)
    Answers(look).during(lambda: QTest.mouseClick(bar, Qt.MouseButton.LeftButton))
    assert seen["now"] == "TCVN3 (ABC)"
    assert seen["VISCII"] == "Cảng xanh."
    assert seen["TCVN3 (ABC)"] == "Cọng xanh."
    assert shown(driver) == "Cảng xanh.\n"
    assert record(driver)["encoding"] == "viscii"
    assert driver.notice() == "The document is read as VISCII."


def test_nothing_happens_without_a_choice(old: Path, open_on: Callable[[Path], WindowDriver]) -> None:
    """Escape and Cancel leave everything as it is and write nothing."""
    driver = open_on(old)
    for leave in (
        lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape),
        lambda dialog: QTest.mouseClick(button(dialog, "Cancel"), Qt.MouseButton.LeftButton),
    ):
        Answers(leave).during(lambda: driver.run("encoding"))
        driver.qtbot.waitUntil(driver.is_article_focused)
    assert readable(ARTICLE, "tcvn3") == shown(driver)
    assert not driver.sidecar.exists()


def test_there_is_nothing_to_choose_where_there_is_no_doubt(driver: WindowDriver) -> None:
    """An article in UTF-8 says so in the status bar, and nothing is asked."""
    driver.run("encoding")
    assert driver.status() == "This document is UTF-8 beyond doubt: there is nothing to choose."
    assert driver.offers() == []
