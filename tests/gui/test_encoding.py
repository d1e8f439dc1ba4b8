from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from dialogs import Answers, button, named
from oldencodings import encode, readable
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QListWidget, QPlainTextEdit, QToolButton

from annotator.cli.main import run
from annotator.gui.documents.encoding_dialog import choose

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Desk

ARTICLE = """Kế hoạch mới của Hải Vân

Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030. Ba khâu đột phá được chọn. Ông Nam cho rằng việc này khó.
"""


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


def shown(desk: Desk) -> str:
    """What a screen reader reads of the article."""
    from PySide6.QtGui import QAccessible  # noqa: PLC0415  # beside the one function that uses it

    interface = QAccessible.queryAccessibleInterface(desk.bench.article).textInterface()
    text: str = interface.text(0, interface.characterCount())
    return text


def record(desk: Desk) -> dict[str, Any]:
    """What the annotation file says about the document."""
    assert desk.bench.session.save_now()
    found: dict[str, Any] = yaml.safe_load(desk.sidecar.read_text("utf-8"))["document"]
    return found


def offer(desk: Desk) -> QToolButton:
    """The button in the bar of messages."""
    (found,) = [one for one in desk.bench.notice.findChildren(QToolButton) if one.text() == "Choose the encoding…"]
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


def test_an_old_article_shows_right(old: Path, open_on: Callable[[Path], Desk]) -> None:
    """TCVN3 is found by itself; the window shows Vietnamese and says how it read it."""
    desk = open_on(old)
    assert readable(ARTICLE, "tcvn3") == shown(desk)
    assert "a.txt: The file is not UTF-8; it was read as TCVN3 (ABC)." in desk.bench.notice.text
    assert offer(desk).isVisible()


def test_a_wrong_guess_is_corrected_by_keyboard(
    old: Path, open_on: Callable[[Path], Desk], capsys: pytest.CaptureFixture[str]
) -> None:
    """Chosen in the dialog, the encoding is in the file, and holds for the next opening and on the command line."""
    desk = open_on(old)
    Answers(take("VNI Windows")).during(lambda: desk.bench.actions.run("encoding"))
    desk.qtbot.waitUntil(desk.bench.article.hasFocus)
    assert shown(desk) != readable(ARTICLE, "tcvn3")
    desk.press("1")
    garbled = desk.saved()["annotations"][0]["text"]
    assert record(desk)["encoding"] == "vni"
    Answers(take("TCVN3 (ABC)")).during(lambda: desk.bench.actions.run("encoding"))
    assert readable(ARTICLE, "tcvn3") == shown(desk)
    (tagged,) = desk.saved()["annotations"]
    assert tagged["text"] != garbled
    assert tagged["text"] == readable(ARTICLE, "tcvn3")[slice(*tagged["at"])]
    assert tagged["text"].endswith(".")
    assert record(desk)["encoding"] == "tcvn3"
    again = desk.reopen()
    assert readable(ARTICLE, "tcvn3") == shown(again)
    assert again.bench.notice.text == ""
    assert again.labels() == [(tagged["text"], ["target"])]
    assert run(["sentences", str(old / "a.txt")], open_window=lambda _paths: 0) == 0
    said = capsys.readouterr()
    assert tagged["text"] in said.out
    assert said.err == ""
    again.shut()


def test_the_message_leads_there(doubtful: Path, open_on: Callable[[Path], Desk]) -> None:
    """The button beside the warning opens the list; each row shows the first lines as they read in it."""
    desk = open_on(doubtful)
    seen: dict[str, str] = {}

    def look(dialog: QDialog) -> None:
        rows = named(dialog, QListWidget, "Encodings")
        lines = named(dialog, QPlainTextEdit, "The first lines with accents, read in this encoding")
        seen["now"] = rows.currentItem().text()
        for row in range(rows.count()):
            rows.setCurrentRow(row)
            seen[rows.currentItem().text()] = lines.toPlainText()
        take("VISCII")(dialog)

    bar = offer(desk)
    Answers(look).during(lambda: QTest.mouseClick(bar, Qt.MouseButton.LeftButton))
    assert seen["now"] == "TCVN3 (ABC)"
    assert seen["VISCII"] == "Cảng xanh."
    assert seen["TCVN3 (ABC)"] == "Cọng xanh."
    assert shown(desk) == "Cảng xanh.\n"
    assert record(desk)["encoding"] == "viscii"
    assert desk.bench.notice.text == ""


def test_nothing_happens_without_a_choice(old: Path, open_on: Callable[[Path], Desk]) -> None:
    """Escape and Cancel leave everything as it is and write nothing."""
    desk = open_on(old)
    for leave in (
        lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape),
        lambda dialog: QTest.mouseClick(button(dialog, "Cancel"), Qt.MouseButton.LeftButton),
    ):
        Answers(leave).during(lambda: choose(desk.bench))
        desk.qtbot.waitUntil(desk.bench.article.hasFocus)
    assert readable(ARTICLE, "tcvn3") == shown(desk)
    assert not desk.sidecar.exists()


def test_there_is_nothing_to_choose_where_there_is_no_doubt(desk: Desk) -> None:
    """An article in UTF-8 says so in the status bar, and nothing is asked."""
    desk.bench.actions.run("encoding")
    assert desk.bench.status.currentMessage() == "This document is UTF-8 beyond doubt: there is nothing to choose."
    assert not any(one.isVisible() for one in desk.bench.notice.findChildren(QToolButton, "offer"))
