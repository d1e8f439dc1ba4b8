"""Exporting from the window: for reviewers and as data."""

from __future__ import annotations

import csv
import json
import time
from typing import TYPE_CHECKING

import pytest
from dialog_driver import Answers, button, named
from openpyxl import load_workbook
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QRadioButton,
)
from review_files import in_file_dialog, plain_dialogs

from annotator.app.preferences.settings import load_settings
from annotator.app.preferences.settings_file import settings_path
from annotator.app.review import exporting
from annotator.gui.export import controller
from annotator.gui.mainwindow.message_dialog import MessageDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver

GOAL = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."


def ask(driver: WindowDriver, *hands: Callable[[QDialog], None]) -> None:
    """Call the dialog by its key and answer it; the article has the focus afterwards."""
    Answers(*hands).during(lambda: driver.press("Ctrl+E"))
    driver.qtbot.waitUntil(driver.is_article_focused)


def key(dialog: QDialog, *keys: Qt.Key) -> None:
    """Press keys where the focus is."""
    for one in keys:
        QTest.keyClick(dialog.focusWidget(), one)


def radio(dialog: QDialog, text: str) -> QRadioButton:
    """The choice that a screen reader calls so."""
    return named(dialog, QRadioButton, text)


def path_line(dialog: QDialog) -> QLineEdit:
    """The line that says where to."""
    return named(dialog, QLineEdit, "Save to")


def rows(path: Path) -> list[str]:
    """The sentences in a workbook for reviewers."""
    book = load_workbook(path)
    sheet = book.worksheets[1]
    place = next(at for at, cell in enumerate(sheet[1], start=1) if str(cell.value).endswith(".text"))
    return [str(sheet.cell(row, place).value) for row in range(3, sheet.max_row + 1) if sheet.cell(row, place).value]


def test_enter_is_enough(driver: WindowDriver) -> None:
    """Ctrl+E, Enter: the folder as a workbook in `exports`, with the newest tag, called after folder and day."""
    driver.press("1")
    ask(driver, lambda dialog: key(dialog, Qt.Key.Key_Return))
    (made,) = (driver.folder / "exports").glob("*.xlsx")
    assert made.name.startswith("articles-review-2")
    assert rows(made) == [GOAL]
    assert driver.notice() == f"{made.name} is written: 1 annotation of 1 document."


def test_by_keys_alone(driver: WindowDriver) -> None:
    """Arrows choose the kind, Tab goes on to what, language and place; each says what it is."""
    driver.press("1")

    def hand(dialog: QDialog) -> None:
        key(dialog, Qt.Key.Key_Down, Qt.Key.Key_Down)
        key(dialog, Qt.Key.Key_Tab)
        assert isinstance(dialog.focusWidget(), QRadioButton)
        key(dialog, Qt.Key.Key_Up)
        assert radio(dialog, "This document: a.txt").isChecked()
        key(dialog, Qt.Key.Key_Tab)
        key(dialog, Qt.Key.Key_Up)
        assert named(dialog, QComboBox, "Reviewer's language").currentData() == "vi"
        key(dialog, Qt.Key.Key_Tab)
        assert dialog.focusWidget() is path_line(dialog)
        assert path_line(dialog).text().endswith(".html")
        QTest.keySequence(path_line(dialog), "Ctrl+A")
        QTest.keyClicks(path_line(dialog), "for-lan.html")
        key(dialog, Qt.Key.Key_Return)

    ask(driver, hand)
    page = (driver.folder / "exports" / "for-lan.html").read_text("utf-8")
    assert '<html lang="vi">' in page
    assert GOAL in page


def test_by_mouse_alone(driver: WindowDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Clicks on a kind, on documents, on a place and on the button."""
    plain_dialogs(monkeypatch)
    driver.press("1", "Ctrl+PgDown", "2")

    def hand(dialog: QDialog) -> None:
        kinds = named(dialog, QListWidget, "Kind of file")
        item = kinds.findItems("CSV", Qt.MatchFlag.MatchExactly)[0]
        QTest.mouseClick(kinds.viewport(), Qt.MouseButton.LeftButton, pos=kinds.visualItemRect(item).center())
        assert not named(dialog, QComboBox, "Reviewer's language").isEnabled()
        radio(dialog, "The documents chosen here:").click()
        documents = named(dialog, QListWidget, "Documents")
        assert [documents.item(row).checkState() for row in range(2)] == [
            Qt.CheckState.Unchecked,
            Qt.CheckState.Checked,
        ]
        in_file_dialog(str(tmp_path / "data.csv"))
        button(dialog, "Choose…").click()
        button(dialog, "Export").click()

    ask(driver, hand)
    table = list(csv.DictReader((tmp_path / "data.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["document"], row["labels"]) for row in table] == [("b.txt", "breakthrough")]


def test_escape_leaves_everything(driver: WindowDriver) -> None:
    """Nothing is written, no folder is left, nothing is remembered."""
    before = sorted(path.name for path in driver.folder.iterdir())
    ask(driver, lambda dialog: key(dialog, Qt.Key.Key_Down, Qt.Key.Key_Escape))
    assert sorted(path.name for path in driver.folder.iterdir()) == before
    assert driver.settings.export_kind == "xlsx"


def test_only_what_is_done(driver: WindowDriver) -> None:
    """A document that is not finished stays at home."""
    driver.press("1", "Ctrl+Return", "Return", "2")

    def hand(dialog: QDialog) -> None:
        radio(dialog, "The documents marked as done").click()
        path_line(dialog).setText("done.xlsx")
        button(dialog, "Export").click()

    ask(driver, hand)
    assert rows(driver.folder / "exports" / "done.xlsx") == [GOAL]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a.txt", "a.txt has the name of an article. Choose another name: articles are never written to."),
        (
            "a.txt.annotations.yaml",
            (
                "a.txt.annotations.yaml has the name of a file of annotations. Choose another name: nothing is "
                "written over them."
            ),
        ),
        (
            "annotator.yaml",
            "annotator.yaml holds the labels of its folder. Choose another name: it is not written over.",
        ),
        ("", "Say where the file is to be saved."),
    ],
)
def test_nothing_precious_is_written_over(driver: WindowDriver, name: str, sentence: str) -> None:
    """The dialog says why and stays; the article is as it was."""
    driver.press("1")
    before = (driver.folder / "a.txt").read_bytes(), driver.saved()

    def hand(dialog: QDialog) -> None:
        path_line(dialog).setText(str(driver.folder / name) if name else "")
        button(dialog, "Export").click()
        assert dialog.isVisible()
        assert sentence in [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]
        key(dialog, Qt.Key.Key_Escape)

    ask(driver, hand)
    assert ((driver.folder / "a.txt").read_bytes(), driver.saved()) == before


@pytest.mark.parametrize(("answer", "is_replaced"), [("Choose another name", False), ("Replace it", True)])
def test_a_file_that_is_there_is_asked_about(driver: WindowDriver, answer: str, *, is_replaced: bool) -> None:
    """It is replaced only where the person says so; else the dialog stays."""
    driver.press("1")
    path = driver.folder / "mine.jsonl"
    path.write_text("mine", "utf-8")

    def hand(dialog: QDialog) -> None:
        named(dialog, QListWidget, "Kind of file").setCurrentRow(7)
        path_line(dialog).setText(str(path))
        driver.answer(answer)
        button(dialog, "Export").click()
        if not is_replaced:
            assert dialog.isVisible()
            key(dialog, Qt.Key.Key_Escape)

    ask(driver, hand)
    if is_replaced:
        assert [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()] == [GOAL]
    else:
        assert path.read_text("utf-8") == "mine"


def test_the_name_follows_the_kind_until_it_is_changed(driver: WindowDriver) -> None:
    """A name that the person wrote keeps its words and gets the right ending."""

    def hand(dialog: QDialog) -> None:
        kinds, line = named(dialog, QListWidget, "Kind of file"), path_line(dialog)
        assert "articles-review-" in line.text()
        kinds.setCurrentRow(2)
        assert line.text().endswith(".docx")
        radio(dialog, "This document: a.txt").click()
        assert f"{driver.folder}/exports/a-review-" in line.text()
        kinds.setCurrentRow(6)
        assert f"{driver.folder}/exports/a-annotations-" in line.text()
        line.setText("mine.csv")
        kinds.setCurrentRow(4)
        assert line.text().endswith("mine.pdf")
        key(dialog, Qt.Key.Key_Escape)

    ask(driver, hand)


def test_the_last_choice_is_offered_again(driver: WindowDriver, tmp_path: Path) -> None:
    """Kind, language and folder, also after a restart."""
    driver.press("1")

    def first(dialog: QDialog) -> None:
        named(dialog, QListWidget, "Kind of file").setCurrentRow(3)
        named(dialog, QComboBox, "Reviewer's language").setCurrentIndex(0)
        path_line(dialog).setText(str(tmp_path / "r.html"))
        button(dialog, "Export").click()

    ask(driver, first)
    kept = load_settings(settings_path())
    assert (kept.export_kind, kept.export_language, kept.export_folder) == ("html", "vi", str(tmp_path))

    def second(dialog: QDialog) -> None:
        assert named(dialog, QListWidget, "Kind of file").currentItem().text() == "Web page"
        assert named(dialog, QComboBox, "Reviewer's language").currentData() == "vi"
        assert path_line(dialog).text().startswith(f"{tmp_path}/articles-review-")
        key(dialog, Qt.Key.Key_Escape)

    ask(driver, second)


class Opener(QObject):
    """The system's program for files, which only notes what it is asked to open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        """Note a file."""
        self.opened.append(url.toLocalFile())


def test_what_was_written_can_be_opened(driver: WindowDriver) -> None:
    """The message opens the file, by a right click its folder; afterwards the list of messages does."""
    driver.press("1")
    ask(driver, lambda dialog: key(dialog, Qt.Key.Key_Return))
    (made,) = (driver.folder / "exports").glob("*.xlsx")
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "open")  # type: ignore[arg-type]  # the stub says bytes, which are refused
    assert [one.label for one in driver.offers()] == ["Open"]
    assert driver.choose_in_offer_menu("Open", entry="Open folder") == ["Open", "Open folder"]
    assert driver.offers() == []
    with driver.recent_messages() as messages:
        messages.run("Open")
    QDesktopServices.unsetUrlHandler("file")
    assert opener.opened == [str(made.parent), str(made)]
    made.unlink()
    with driver.recent_messages() as messages:
        assert messages.actions() == []


def test_what_could_not_be_read_is_told(driver: WindowDriver) -> None:
    """The rest is in the file; what is not, and why, stands in the message."""
    driver.press("1")
    driver.saved()
    (driver.folder / "b.txt.annotations.yaml").write_text("format: annotator/1\nannotations: {", "utf-8")
    ask(driver, lambda dialog: key(dialog, Qt.Key.Key_Return))
    text = driver.notice()
    assert "1 annotation of 1 document.\nLeft out:\nb.txt.annotations.yaml" in text
    (made,) = (driver.folder / "exports").glob("*.xlsx")
    assert rows(made) == [GOAL]


def test_a_disk_that_takes_nothing_is_told(driver: WindowDriver) -> None:
    """Where the file cannot be made there is a sentence, and no button to open it."""
    driver.press("1")

    def hand(dialog: QDialog) -> None:
        path_line(dialog).setText("/proc/r.xlsx")
        button(dialog, "Export").click()

    ask(driver, hand)
    assert "r.xlsx was not saved" in driver.notice()
    assert driver.offers() == []


def test_nobody_has_annotated_anything(driver: WindowDriver) -> None:
    """The message says so."""
    ask(driver, lambda dialog: key(dialog, Qt.Key.Key_Return))
    assert "holds nothing: nobody has annotated these documents" in driver.notice()


@pytest.mark.usefixtures("progress_at_once")
def test_a_long_export_can_be_stopped(driver: WindowDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    """It shows how far it is; Stop ends it, and no file is there."""
    driver.press("1")
    real = exporting.write_export

    def slow(*words: object, on_document: Callable[[], None], **more: object) -> object:
        def step() -> None:
            while True:
                time.sleep(0.001)
                on_document()

        return real(*words, on_document=step, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(controller, "write_export", slow)

    def stop(dialog: QDialog) -> None:
        bar = dialog.findChild(QProgressBar)
        assert isinstance(bar, QProgressBar)
        driver.qtbot.waitUntil(lambda: bar.value() > 0)
        button(dialog, "Stop").click()
        driver.qtbot.waitUntil(lambda: not dialog.isVisible())

    def begin(dialog: QDialog) -> None:
        key(dialog, Qt.Key.Key_Return)
        answers.expect()

    answers = Answers(begin, stop)
    answers.during(lambda: driver.press("Ctrl+E"))
    assert not (driver.folder / "exports").exists()
    assert "Stopped. No file was written." in driver.status()


def test_the_dialog_in_a_small_window(driver: WindowDriver) -> None:
    """Nothing is cut off at 1000 by 700."""

    def hand(dialog: QDialog) -> None:
        radio(dialog, "The documents chosen here:").click()
        QApplication.processEvents()
        assert dialog.width() <= 1000
        assert dialog.height() <= 700
        shown: list[QLabel | QRadioButton] = [*dialog.findChildren(QLabel), *dialog.findChildren(QRadioButton)]
        for one in shown:
            if one.isVisible() and not (isinstance(one, QLabel) and one.wordWrap()):
                assert one.width() >= one.sizeHint().width(), one.text()
        assert not isinstance(dialog, MessageDialog)
        key(dialog, Qt.Key.Key_Escape)

    ask(driver, hand)
