"""The table of all annotations, identical sentences and going on through the documents, by real keys and clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTableView,
)

from annotator.app.preferences.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Desk

TITLE = "Kế hoạch mới của Hải Vân"
FIRST = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."
SECOND = "Ba khâu đột phá được chọn."
THIRD = "Ông Nam cho rằng việc này khó."
FOURTH = "Thu ngân sách đạt 12.000 tỷ đồng."
LAST = "Mọi người đồng ý."
TWICE = "Hết năm, thu đạt 9%. Mọi người đồng ý. Mọi  người đồng ý.\n\nMọi người đồng ý.\nAi cũng vui.\n"


def table(desk: Desk) -> QTableView:
    """The table, which must have been asked for before."""
    found = desk.bench.window.panels["table"].findChild(QTableView)
    assert isinstance(found, QTableView)
    return found


def rows(desk: Desk, column: int = 2) -> list[str]:
    """What stands in a column, from top to bottom."""
    model = table(desk).model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def shows(desk: Desk, expected: list[str], column: int = 2) -> None:
    """Wait until a column says what is expected."""
    desk.qtbot.waitUntil(lambda: rows(desk, column) == expected)


def tagged(desk: Desk) -> Desk:
    """The desk with five annotations and the table shown, the focus in it."""
    desk.press("1", "2", "3", "1", "3", "F7")
    shows(desk, [FIRST, SECOND, THIRD, FOURTH, LAST])
    return desk


def click_row(desk: Desk, row: int, *, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Click on the sentence of a row."""
    view = table(desk)
    place = view.visualRect(view.model().index(row, 2)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, held, place)


def button(desk: Desk, text: str) -> QPushButton:
    """The button with that text in the panel."""
    found = desk.bench.window.panels["table"].widget().findChildren(QPushButton)
    return next(one for one in found if one.text() == text)


def choose(menu: QMenu, *texts: str) -> None:
    """Choose an entry of a menu, through its submenus."""
    for text in texts[:-1]:
        action = next(one for one in menu.actions() if one.text() == text)
        menu = action.menu()  # type: ignore[assignment]
    next(one for one in menu.actions() if one.text() == texts[-1]).trigger()


def in_dialog(do: Callable[[QDialog], None]) -> None:
    """Do something in the dialog that the next key or click opens."""

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog) and dialog.isActiveWindow():
            do(dialog)
        else:
            QTimer.singleShot(10, act)

    QTimer.singleShot(10, act)


def is_back(desk: Desk) -> None:
    """Make the window the active one again, as a window manager does when a dialog goes, and wait for it."""
    desk.bench.window.activateWindow()
    desk.qtbot.waitUntil(lambda: desk.bench.window.isActiveWindow() and desk.bench.window.focusWidget() is not None)


def labels_in(path: Path) -> list[tuple[str, list[str]]]:
    """Texts and labels of the annotations in a file."""
    return [(one["text"], one["labels"]) for one in yaml.safe_load(path.read_text("utf-8"))["annotations"]]


# The table


def test_the_table_is_hidden_at_first_and_f7_shows_and_hides_it(desk: Desk) -> None:
    """F7 shows it and goes to it; F7 again hides it and goes back to the article."""
    dock = desk.bench.window.panels["table"]
    assert not dock.isVisible()
    desk.press("1", "F7")
    assert dock.isVisible()
    assert table(desk).hasFocus()
    desk.press("F7")
    assert not dock.isVisible()
    assert desk.bench.article.hasFocus()


def test_it_shows_number_labels_sentence_note_and_time(desk: Desk) -> None:
    """Each annotation is a row: the sentence's number in the article, its labels by name, its words, note and time."""
    desk.press("Shift+1", "Shift+3", "T", "x", "y", "Esc", "F7")
    shows(desk, [FIRST])
    assert [rows(desk, column) for column in range(6)] == [
        ["2"],
        ["Target, Opinion"],
        [FIRST],
        [""],
        ["xy"],
        ["2026-05-13 09:12"],
    ]


def test_it_follows_keys_in_the_article(desk: Desk) -> None:
    """What is tagged, cleared, undone or split while it is shown comes, goes and changes in it."""
    desk.press("1", "F7", "Esc")
    shows(desk, [FIRST])
    desk.press("2")
    shows(desk, [FIRST, SECOND])
    desk.press("Ctrl+Z")
    shows(desk, [FIRST])
    desk.press("K", "Shift+2")
    shows(desk, ["Target, Breakthrough"], column=1)
    desk.press("S", "Right", "Right", "Return")
    desk.qtbot.waitUntil(lambda: len(rows(desk)) == 2)
    assert rows(desk, 0) == ["2", "3"]
    desk.press("0")
    desk.qtbot.waitUntil(lambda: len(rows(desk)) == 1)


def test_what_happened_while_it_was_hidden_is_there_when_it_is_shown(desk: Desk) -> None:
    """Hidden, it does nothing; shown again, it has everything."""
    tagged(desk).press("F7")
    desk.press("Home", "0", "Ctrl+PgDown", "1")
    assert rows(desk) == [FIRST, SECOND, THIRD, FOURTH, LAST]
    desk.press("Ctrl+PgUp", "F7")
    assert rows(desk) == [SECOND, THIRD, FOURTH, LAST]


def test_enter_jumps_to_the_sentence(desk: Desk) -> None:
    """Enter makes the row's sentence the current one and gives the focus to the article."""
    tagged(desk)
    click_row(desk, 0)
    desk.press("Down", "Return")
    assert desk.current() == SECOND
    assert desk.bench.article.hasFocus()


def test_a_double_click_jumps_to_the_sentence(desk: Desk) -> None:
    """So does the mouse."""
    view = table(tagged(desk))
    place = view.visualRect(view.model().index(2, 2)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.current() == THIRD
    assert desk.bench.article.hasFocus()


def test_escape_goes_back_to_the_article(desk: Desk) -> None:
    """From the rows and from the filter line."""
    tagged(desk).press("Esc")
    assert desk.bench.article.hasFocus()
    filter_line(desk).setFocus()
    desk.press("Esc")
    assert desk.bench.article.hasFocus()


def filter_line(desk: Desk) -> QLineEdit:
    """Where words are typed."""
    found = desk.bench.window.panels["table"].widget().findChild(QLineEdit)
    assert isinstance(found, QLineEdit)
    return found


def test_the_filter_ignores_accents(desk: Desk) -> None:
    """Words without accents find words with them, in any order; Down goes on to the rows."""
    tagged(desk)
    filter_line(desk).setFocus()
    QTest.keyClicks(filter_line(desk), "dong thu")
    shows(desk, [FOURTH])
    desk.press("Down")
    assert table(desk).hasFocus()
    filter_line(desk).setText("nichts")
    shows(desk, [])
    assert any("No annotation matches" in one.text() for one in seen_labels(desk))


def seen_labels(desk: Desk) -> list[QLabel]:
    """The texts that are seen in the panel."""
    return [one for one in desk.bench.window.panels["table"].widget().findChildren(QLabel) if one.isVisible()]


def test_the_label_filter_shows_those_with_a_label(desk: Desk) -> None:
    """Only these rows stay; what loses the label goes at once."""
    tagged(desk)
    box = desk.bench.window.panels["table"].widget().findChild(QComboBox)
    assert isinstance(box, QComboBox)
    box.setFocus()
    QTest.keyClicks(box, "Op")
    shows(desk, [THIRD, LAST])
    table(desk).setFocus()
    click_row(desk, 0)
    desk.press("3")
    shows(desk, [LAST])


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (0, [FIRST, SECOND, THIRD, FOURTH, LAST]),
        (1, [FIRST, FOURTH, SECOND, THIRD, LAST]),
        (2, [SECOND, LAST, THIRD, FOURTH, FIRST]),
    ],
)
def test_a_click_on_a_heading_sorts(desk: Desk, column: int, expected: list[str]) -> None:
    """A click sorts by the column, accents ignored, a second one the other way round; what comes finds its place."""
    header = table(tagged(desk)).horizontalHeader()
    desk.qtbot.waitUntil(lambda: header.sectionSize(2) > 300)
    place = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
    other = QPoint(header.sectionViewportPosition(4) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=other)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert rows(desk) == expected
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert rows(desk) == expected[::-1]
    desk.press("Esc", "Home", "0")
    shows(desk, [one for one in expected[::-1] if one != FIRST])
    desk.press("Ctrl+Z")
    shows(desk, expected[::-1])


def test_sorting_by_keyboard(desk: Desk) -> None:
    """The menu of the rows sorts as well."""
    view = table(tagged(desk))
    QTest.keyClick(view, Qt.Key.Key_Menu)
    view.customContextMenuRequested.emit(QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    choose(menu, "Sort by", "Labels")
    menu.close()
    shows(desk, [FIRST, FOURTH, SECOND, THIRD, LAST])


def test_a_digit_changes_all_chosen_rows_in_one_step(desk: Desk) -> None:
    """Several rows get a label by its digit; one undo takes it from all; they stay chosen."""
    tagged(desk)
    click_row(desk, 1)
    desk.press("Shift+Down", "1")
    expected = [(SECOND, ["target", "breakthrough"]), (THIRD, ["target", "opinion"])]
    assert desk.labels()[1:3] == expected
    desk.qtbot.waitUntil(lambda: rows(desk, 1)[1] == "Target, Breakthrough")
    assert {index.row() for index in table(desk).selectedIndexes()} == {1, 2}
    desk.press("1")
    assert desk.labels()[1:3] == [(SECOND, ["breakthrough"]), (THIRD, ["opinion"])]
    desk.press("Ctrl+Z")
    assert desk.labels()[1:3] == expected
    desk.press("Ctrl+Z")
    assert desk.labels()[1:3] == [(SECOND, ["breakthrough"]), (THIRD, ["opinion"])]


def test_the_buttons_add_and_remove_a_label(desk: Desk) -> None:
    """By mouse alone: rows are chosen with Ctrl, a label is given to those that lack it, another taken away."""
    tagged(desk)
    click_row(desk, 0)
    click_row(desk, 4, held=Qt.KeyboardModifier.ControlModifier)
    choose(button(desk, "Add label").menu(), "Opinion")
    assert desk.labels()[0] == (FIRST, ["target", "opinion"])
    assert desk.labels()[4] == (LAST, ["opinion"])
    choose(button(desk, "Remove label").menu(), "Target")
    assert desk.labels()[0] == (FIRST, ["opinion"])
    desk.press("Ctrl+Z")
    assert desk.labels()[0] == (FIRST, ["target", "opinion"])


def test_delete_clears_all_chosen_rows(desk: Desk) -> None:
    """Rows without labels and notes go; one undo brings all back."""
    tagged(desk).press("Ctrl+A", "Del")
    shows(desk, [])
    assert desk.labels() == []
    assert any("Nothing is tagged" in one.text() for one in seen_labels(desk))
    desk.press("Ctrl+Z")
    shows(desk, [FIRST, SECOND, THIRD, FOURTH, LAST])


def test_a_note_is_written_on_all_chosen_rows(desk: Desk) -> None:
    """T asks for one note for all; letters are letters in it; one undo takes it from all."""
    tagged(desk)
    click_row(desk, 0)

    def write(dialog: QDialog) -> None:
        edit = dialog.findChild(QPlainTextEdit)
        QTest.keyClicks(edit, "t1 chung")
        QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    in_dialog(write)
    desk.press("Shift+Down", "T")
    found = desk.saved()["annotations"]
    assert [one.get("note", "") for one in found] == ["t1 chung", "t1 chung", "", "", ""]
    is_back(desk)
    assert table(desk).hasFocus()
    desk.press("Ctrl+Z")
    assert [one.get("note", "") for one in desk.saved()["annotations"]] == [""] * 5


def test_a_note_that_is_not_written_changes_nothing(desk: Desk) -> None:
    """Escape in the dialog leaves the notes as they are."""
    tagged(desk)
    click_row(desk, 0)
    in_dialog(QDialog.reject)
    desk.press("T")
    assert [one.get("note", "") for one in desk.saved()["annotations"]] == [""] * 5


def test_an_empty_table_says_what_to_do(desk: Desk) -> None:
    """Before anything is tagged it says how to."""
    desk.press("F7")
    assert any("press the number of a label" in one.text() for one in seen_labels(desk))


def test_it_comes_back_as_it_was(desk: Desk, open_on: Callable[..., Desk]) -> None:
    """A table that was shown when the window was closed is shown, and filled, in the next window."""
    tagged(desk)
    settings = desk.bench.settings
    desk.bench.window.close()
    kept = Settings(language="en", theme="light", window=settings.window, panels=settings.panels)
    again = open_on(desk.folder, kept)
    assert again.bench.window.panels["table"].isVisible()
    shows(again, [FIRST, SECOND, THIRD, FOURTH, LAST])


def test_it_speaks_the_language_at_once(desk: Desk) -> None:
    """Headings and labels follow a change of language."""
    tagged(desk).bench.choose(language="vi")
    assert table(desk).model().headerData(1, Qt.Orientation.Horizontal) == "Nhãn"
    assert rows(desk, 1)[0] == "Mục tiêu"
    desk.bench.choose(language="en")


def test_every_control_has_a_name(desk: Desk) -> None:
    """A screen reader can say what each of them is."""
    panel = tagged(desk).bench.window.panels["table"].widget()
    for kind in (QLineEdit, QComboBox, QTableView):
        assert panel.findChild(kind).accessibleName()
    assert all(one.text() for one in panel.findChildren(QPushButton))


# Identical sentences


@pytest.fixture
def alike(folder: Path) -> Path:
    """The folder with sentences that are the same in three documents."""
    (folder / "b.txt").write_text(TWICE, "utf-8")
    (folder / "c.txt").write_text("Không có gì khác. Mọi người\xa0đồng ý.\n", "utf-8")
    return folder


def offered(dialog: QDialog) -> list[str]:
    """The rows of the preview."""
    box = dialog.findChild(QListWidget)
    assert isinstance(box, QListWidget)
    return [box.item(row).text() for row in range(box.count())]


def test_identical_sentences_of_the_document_are_tagged_in_one_step(
    alike: Path, open_on: Callable[[Path], Desk]
) -> None:
    """Ctrl+D shows the others first, with document and number; one undo takes all back."""
    desk = open_on(alike / "b.txt")
    seen: list[str] = []

    def agree(dialog: QDialog) -> None:
        seen.extend(offered(dialog))
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    desk.press("J", "Shift+3")
    in_dialog(agree)
    desk.press("Ctrl+D")
    assert seen == ["b.txt, sentence 3: Mọi người đồng ý.", "b.txt, sentence 4: Mọi người đồng ý."]
    desk.bench.session.save_now()
    sidecar = alike / "b.txt.annotations.yaml"
    assert [labels for _, labels in labels_in(sidecar)] == [["opinion"]] * 3
    is_back(desk)
    assert desk.bench.article.hasFocus()
    desk.press("Ctrl+Z")
    desk.bench.session.save_now()
    assert len(labels_in(sidecar)) == 1


def test_a_sentence_without_a_decision_must_be_tagged_first(desk: Desk) -> None:
    """Ctrl+D on an undecided sentence says so, and opens nothing."""
    desk.press("Ctrl+D")
    assert desk.bench.status.currentMessage().startswith("Tag this sentence first")


def test_identical_sentences_of_all_documents_are_tagged(alike: Path, open_on: Callable[[Path], Desk]) -> None:
    """Ctrl+Shift+D writes the chosen ones of other documents at once; there they can be undone."""
    desk = open_on(alike)
    seen: list[str] = []

    def agree(dialog: QDialog) -> None:
        seen.extend(offered(dialog))
        assert any("changed at once" in one.text() for one in dialog.findChildren(QLabel))
        box = dialog.findChild(QListWidget)
        box.setCurrentRow(0)
        QTest.keyClick(box, Qt.Key.Key_Space)
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    desk.press("End", "Shift+2")
    in_dialog(agree)
    desk.press("Ctrl+Shift+D")
    assert [one.split(":")[0] for one in seen] == [
        "b.txt, sentence 2",
        "b.txt, sentence 3",
        "b.txt, sentence 4",
        "c.txt, sentence 2",
    ]
    assert desk.bench.status.currentMessage() == "3 sentences were tagged. 2 other documents were changed."
    assert [labels for _, labels in labels_in(alike / "b.txt.annotations.yaml")] == [["breakthrough"]] * 2
    assert labels_in(alike / "c.txt.annotations.yaml") == [("Mọi người\xa0đồng ý.", ["breakthrough"])]
    is_back(desk)
    desk.press("Ctrl+PgDown", "Ctrl+Z")
    desk.bench.session.save_now()
    assert labels_in(alike / "b.txt.annotations.yaml") == []


# Next undecided across documents


def test_shift_n_goes_on_to_the_next_document(desk: Desk) -> None:
    """While the document has another undecided sentence it is next; then the first one of the next document is."""
    desk.press("1", "1", "1", "Shift+N")
    assert desk.current() == LAST
    desk.press("Shift+N")
    assert desk.current() == FOURTH
    desk.press("1", "1", "Shift+N")
    assert desk.current() == "Đây là bài thứ hai."
    assert desk.bench.article.hasFocus()


def test_shift_n_passes_over_what_is_done_and_goes_around(folder: Path, open_on: Callable[[Path], Desk]) -> None:
    """From the last document on to the first; a finished one is passed over; at last it says that all is decided."""
    (folder / "c.txt").write_text("Câu cuối cùng.\n", "utf-8")
    desk = open_on(folder)
    desk.press("Ctrl+PgDown", "Ctrl+Return", "1", "Shift+N")
    assert desk.current() == FIRST
    desk.press("Ctrl+Return", "Shift+N")
    assert desk.bench.status.currentMessage() == "Every sentence of every document is decided."
