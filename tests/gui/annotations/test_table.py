"""The table of all annotations, identical sentences and going on through the documents, by real keys and clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from dialog_driver import find_child, in_dialog
from PySide6.QtCore import QPoint, Qt
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
from annotator.core.formatting import describe_moment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver

TITLE = "Kế hoạch mới của Hải Vân"
FIRST = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."
SECOND = "Ba khâu đột phá được chọn."
THIRD = "Ông Nam cho rằng việc này khó."
FOURTH = "Thu ngân sách đạt 12.000 tỷ đồng."
LAST = "Mọi người đồng ý."
TWICE = "Hết năm, thu đạt 9%. Mọi người đồng ý. Mọi  người đồng ý.\n\nMọi người đồng ý.\nAi cũng vui.\n"


def table(driver: WindowDriver) -> QTableView:
    """The table, which must have been asked for before."""
    return driver.panel("table").find(QTableView)


def rows(driver: WindowDriver, column: int = 2) -> list[str]:
    """What stands in a column, from top to bottom."""
    model = table(driver).model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def shows(driver: WindowDriver, expected: list[str], column: int = 2) -> None:
    """Wait until a column says what is expected."""
    driver.qtbot.waitUntil(lambda: rows(driver, column) == expected)


def tagged(driver: WindowDriver) -> WindowDriver:
    """The window with five annotations and the table shown, the focus in it."""
    driver.press("1", "2", "3", "1", "3", "F7")
    shows(driver, [FIRST, SECOND, THIRD, FOURTH, LAST])
    return driver


def click_row(driver: WindowDriver, row: int, *, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Click on the sentence of a row."""
    view = table(driver)
    place = view.visualRect(view.model().index(row, 2)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, held, place)


def button(driver: WindowDriver, text: str) -> QPushButton:
    """The button with that text in the panel."""
    found = driver.panel("table").find_all(QPushButton)
    return next(one for one in found if one.text() == text)


def choose(menu: QMenu, *texts: str) -> None:
    """Choose an entry of a menu, through its submenus."""
    for text in texts[:-1]:
        action = next(one for one in menu.actions() if one.text() == text)
        menu = action.menu()  # type: ignore[assignment]
    next(one for one in menu.actions() if one.text() == texts[-1]).trigger()


def is_back(driver: WindowDriver) -> None:
    """Make the window the active one again, as a window manager does when a dialog goes, and wait for it."""
    driver.activate()
    driver.qtbot.waitUntil(lambda: driver.is_active() and driver.focus() is not None)


def labels_in(path: Path) -> list[tuple[str, list[str]]]:
    """Texts and labels of the annotations in a file."""
    return [(one["text"], one["labels"]) for one in yaml.safe_load(path.read_text("utf-8"))["annotations"]]


# The table


def test_the_table_is_hidden_at_first_and_f7_shows_and_hides_it(driver: WindowDriver) -> None:
    """F7 shows it and goes to it; F7 again hides it and goes back to the article."""
    assert not driver.is_panel_shown("table")
    driver.press("1", "F7")
    assert driver.is_panel_shown("table")
    assert table(driver).hasFocus()
    driver.press("F7")
    assert not driver.is_panel_shown("table")
    assert driver.is_article_focused()


def test_it_shows_number_labels_sentence_note_and_time(driver: WindowDriver) -> None:
    """Each annotation is a row: the sentence's number in the article, its labels by name, its words, note and time."""
    driver.press("Shift+1", "Shift+3", "T", "x", "y", "Esc", "F7")
    shows(driver, [FIRST])
    assert [rows(driver, column) for column in range(6)] == [
        ["2"],
        ["Target, Opinion"],
        [FIRST],
        [""],
        ["xy"],
        [describe_moment("2026-05-13T09:12:44+07:00", now="2026-05-13T09:12:44+07:00")],
    ]


def test_it_follows_keys_in_the_article(driver: WindowDriver) -> None:
    """What is tagged, cleared, undone or split while it is shown comes, goes and changes in it."""
    driver.press("1", "F7", "Esc")
    shows(driver, [FIRST])
    driver.press("2")
    shows(driver, [FIRST, SECOND])
    driver.press("Ctrl+Z")
    shows(driver, [FIRST])
    driver.press("K", "Shift+2")
    shows(driver, ["Target, Breakthrough"], column=1)
    driver.press("S", "Right", "Right", "Return")
    driver.qtbot.waitUntil(lambda: len(rows(driver)) == 2)
    assert rows(driver, 0) == ["2", "3"]
    driver.press("0")
    driver.qtbot.waitUntil(lambda: len(rows(driver)) == 1)


def test_what_happened_while_it_was_hidden_is_there_when_it_is_shown(driver: WindowDriver) -> None:
    """Hidden, it does nothing; shown again, it has everything."""
    tagged(driver).press("F7")
    driver.press("Home", "0", "Ctrl+PgDown", "1")
    assert rows(driver) == [FIRST, SECOND, THIRD, FOURTH, LAST]
    driver.press("Ctrl+PgUp", "F7")
    assert rows(driver) == [SECOND, THIRD, FOURTH, LAST]


def test_enter_jumps_to_the_sentence(driver: WindowDriver) -> None:
    """Enter makes the row's sentence the current one and gives the focus to the article."""
    tagged(driver)
    click_row(driver, 0)
    driver.press("Down", "Return")
    assert driver.current() == SECOND
    assert driver.is_article_focused()


def test_a_double_click_jumps_to_the_sentence(driver: WindowDriver) -> None:
    """So does the mouse."""
    view = table(tagged(driver))
    place = view.visualRect(view.model().index(2, 2)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert driver.current() == THIRD
    assert driver.is_article_focused()


def test_escape_goes_back_to_the_article(driver: WindowDriver) -> None:
    """From the rows and from the filter line."""
    tagged(driver).press("Esc")
    assert driver.is_article_focused()
    filter_line(driver).setFocus()
    driver.press("Esc")
    assert driver.is_article_focused()


def filter_line(driver: WindowDriver) -> QLineEdit:
    """Where words are typed."""
    return driver.panel("table").find(QLineEdit)


def test_the_filter_ignores_accents(driver: WindowDriver) -> None:
    """Words without accents find words with them, in any order; Down goes on to the rows."""
    tagged(driver)
    filter_line(driver).setFocus()
    QTest.keyClicks(filter_line(driver), "dong thu")
    shows(driver, [FOURTH])
    driver.press("Down")
    assert table(driver).hasFocus()
    filter_line(driver).setText("nichts")
    shows(driver, [])
    assert any("No annotation matches" in text for text in seen_texts(driver))


def seen_texts(driver: WindowDriver) -> list[str]:
    """The texts that are seen in the panel."""
    return driver.panel("table").texts()


def test_the_label_filter_shows_those_with_a_label(driver: WindowDriver) -> None:
    """Only these rows stay; what loses the label goes at once."""
    tagged(driver)
    box = driver.panel("table").find(QComboBox)
    box.setFocus()
    QTest.keyClicks(box, "Op")
    shows(driver, [THIRD, LAST])
    table(driver).setFocus()
    click_row(driver, 0)
    driver.press("3")
    shows(driver, [LAST])


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (0, [FIRST, SECOND, THIRD, FOURTH, LAST]),
        (1, [FIRST, FOURTH, SECOND, THIRD, LAST]),
        (2, [SECOND, LAST, THIRD, FOURTH, FIRST]),
    ],
)
def test_a_click_on_a_heading_sorts(driver: WindowDriver, column: int, expected: list[str]) -> None:
    """A click sorts by the column, accents ignored, a second one the other way round; what comes finds its place."""
    header = table(tagged(driver)).horizontalHeader()
    driver.qtbot.waitUntil(lambda: header.sectionSize(2) > 300)
    place = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
    other = QPoint(header.sectionViewportPosition(4) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=other)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert rows(driver) == expected
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert rows(driver) == expected[::-1]
    driver.press("Esc", "Home", "0")
    shows(driver, [one for one in expected[::-1] if one != FIRST])
    driver.press("Ctrl+Z")
    shows(driver, expected[::-1])


def test_sorting_by_keyboard(driver: WindowDriver) -> None:
    """The menu of the rows sorts as well."""
    view = table(tagged(driver))
    QTest.keyClick(view, Qt.Key.Key_Menu)
    view.customContextMenuRequested.emit(QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    choose(menu, "Sort by", "Labels")
    menu.close()
    shows(driver, [FIRST, FOURTH, SECOND, THIRD, LAST])


def test_a_digit_changes_all_chosen_rows_in_one_step(driver: WindowDriver) -> None:
    """Several rows get a label by its digit; one undo takes it from all; they stay chosen."""
    tagged(driver)
    click_row(driver, 1)
    driver.press("Shift+Down", "1")
    expected = [(SECOND, ["target", "breakthrough"]), (THIRD, ["target", "opinion"])]
    assert driver.labels()[1:3] == expected
    driver.qtbot.waitUntil(lambda: rows(driver, 1)[1] == "Target, Breakthrough")
    assert {index.row() for index in table(driver).selectedIndexes()} == {1, 2}
    driver.press("1")
    assert driver.labels()[1:3] == [(SECOND, ["breakthrough"]), (THIRD, ["opinion"])]
    driver.press("Ctrl+Z")
    assert driver.labels()[1:3] == expected
    driver.press("Ctrl+Z")
    assert driver.labels()[1:3] == [(SECOND, ["breakthrough"]), (THIRD, ["opinion"])]


def test_the_buttons_add_and_remove_a_label(driver: WindowDriver) -> None:
    """By mouse alone: rows are chosen with Ctrl, a label is given to those that lack it, another taken away."""
    tagged(driver)
    click_row(driver, 0)
    click_row(driver, 4, held=Qt.KeyboardModifier.ControlModifier)
    choose(button(driver, "Add label").menu(), "Opinion")
    assert driver.labels()[0] == (FIRST, ["target", "opinion"])
    assert driver.labels()[4] == (LAST, ["opinion"])
    choose(button(driver, "Remove label").menu(), "Target")
    assert driver.labels()[0] == (FIRST, ["opinion"])
    driver.press("Ctrl+Z")
    assert driver.labels()[0] == (FIRST, ["target", "opinion"])


def test_delete_clears_all_chosen_rows(driver: WindowDriver) -> None:
    """Rows without labels and notes go; one undo brings all back."""
    tagged(driver).press("Ctrl+A", "Del")
    shows(driver, [])
    assert driver.labels() == []
    assert any("Nothing is tagged" in text for text in seen_texts(driver))
    driver.press("Ctrl+Z")
    shows(driver, [FIRST, SECOND, THIRD, FOURTH, LAST])


def test_a_note_is_written_on_all_chosen_rows(driver: WindowDriver) -> None:
    """T asks for one note for all; letters are letters in it; one undo takes it from all."""
    tagged(driver)
    click_row(driver, 0)

    def write(dialog: QDialog) -> None:
        edit = find_child(dialog, QPlainTextEdit)
        QTest.keyClicks(edit, "t1 chung")
        QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    in_dialog(write)
    driver.press("Shift+Down", "T")
    found = driver.saved()["annotations"]
    assert [one.get("note", "") for one in found] == ["t1 chung", "t1 chung", "", "", ""]
    is_back(driver)
    assert table(driver).hasFocus()
    driver.press("Ctrl+Z")
    assert [one.get("note", "") for one in driver.saved()["annotations"]] == [""] * 5


def test_a_note_that_is_not_written_changes_nothing(driver: WindowDriver) -> None:
    """Escape in the dialog leaves the notes as they are."""
    tagged(driver)
    click_row(driver, 0)
    in_dialog(QDialog.reject)
    driver.press("T")
    assert [one.get("note", "") for one in driver.saved()["annotations"]] == [""] * 5


def test_an_empty_table_says_what_to_do(driver: WindowDriver) -> None:
    """Before anything is tagged it says how to."""
    driver.press("F7")
    assert any("press the number of a label" in text for text in seen_texts(driver))


def test_it_comes_back_as_it_was(driver: WindowDriver, open_on: Callable[..., WindowDriver]) -> None:
    """A table that was shown when the window was closed is shown, and filled, in the next window."""
    tagged(driver)
    settings = driver.settings
    driver.close()
    kept = Settings(language="en", theme="light", window=settings.window, panels=settings.panels)
    again = open_on(driver.folder, kept)
    assert again.is_panel_shown("table")
    shows(again, [FIRST, SECOND, THIRD, FOURTH, LAST])


def test_it_speaks_the_language_at_once(driver: WindowDriver) -> None:
    """Headings and labels follow a change of language."""
    tagged(driver).choose_look(language="vi")
    assert table(driver).model().headerData(1, Qt.Orientation.Horizontal) == "Nhãn"
    assert rows(driver, 1)[0] == "Mục tiêu"
    driver.choose_look(language="en")


def test_every_control_has_a_name(driver: WindowDriver) -> None:
    """A screen reader can say what each of them is."""
    panel = tagged(driver).panel("table")
    for kind in (QLineEdit, QComboBox, QTableView):
        assert panel.find(kind).accessibleName()
    assert all(one.text() for one in panel.find_all(QPushButton))


# Identical sentences


@pytest.fixture
def alike(folder: Path) -> Path:
    """The folder with sentences that are the same in three documents."""
    (folder / "b.txt").write_text(TWICE, "utf-8")
    (folder / "c.txt").write_text("Không có gì khác. Mọi người\xa0đồng ý.\n", "utf-8")
    return folder


def offered(dialog: QDialog) -> list[str]:
    """The rows of the preview."""
    box = find_child(dialog, QListWidget)
    assert isinstance(box, QListWidget)
    return [box.item(row).text() for row in range(box.count())]


def test_identical_sentences_of_the_document_are_tagged_in_one_step(
    alike: Path, open_on: Callable[[Path], WindowDriver]
) -> None:
    """Ctrl+D shows the others first, with document and number; one undo takes all back."""
    driver = open_on(alike / "b.txt")
    seen: list[str] = []

    def agree(dialog: QDialog) -> None:
        seen.extend(offered(dialog))
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    driver.press("J", "Shift+3")
    in_dialog(agree)
    driver.press("Ctrl+D")
    assert seen == ["b.txt, sentence 3: Mọi người đồng ý.", "b.txt, sentence 4: Mọi người đồng ý."]
    driver.save()
    sidecar = alike / "b.txt.annotations.yaml"
    assert [labels for _, labels in labels_in(sidecar)] == [["opinion"]] * 3
    is_back(driver)
    assert driver.is_article_focused()
    driver.press("Ctrl+Z")
    driver.save()
    assert len(labels_in(sidecar)) == 1


def test_a_sentence_without_a_decision_must_be_tagged_first(driver: WindowDriver) -> None:
    """Ctrl+D on an undecided sentence says so, and opens nothing."""
    driver.press("Ctrl+D")
    assert driver.status().startswith("Tag this sentence first")


def test_identical_sentences_of_all_documents_are_tagged(alike: Path, open_on: Callable[[Path], WindowDriver]) -> None:
    """Ctrl+Shift+D writes the chosen ones of other documents at once; there they can be undone."""
    driver = open_on(alike)
    seen: list[str] = []

    def agree(dialog: QDialog) -> None:
        seen.extend(offered(dialog))
        assert any("changed at once" in one.text() for one in dialog.findChildren(QLabel))
        box = find_child(dialog, QListWidget)
        box.setCurrentRow(0)
        QTest.keyClick(box, Qt.Key.Key_Space)
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    driver.press("End", "Shift+2")
    in_dialog(agree)
    driver.press("Ctrl+Shift+D")
    assert [one.split(":")[0] for one in seen] == [
        "b.txt, sentence 2",
        "b.txt, sentence 3",
        "b.txt, sentence 4",
        "c.txt, sentence 2",
    ]
    assert driver.status() == "3 sentences were tagged. 2 other documents were changed."
    assert [labels for _, labels in labels_in(alike / "b.txt.annotations.yaml")] == [["breakthrough"]] * 2
    assert labels_in(alike / "c.txt.annotations.yaml") == [("Mọi người\xa0đồng ý.", ["breakthrough"])]
    is_back(driver)
    driver.press("Ctrl+PgDown", "Ctrl+Z")
    driver.save()
    assert labels_in(alike / "b.txt.annotations.yaml") == []


# Next undecided across documents


def test_shift_n_goes_on_to_the_next_document(driver: WindowDriver) -> None:
    """While the document has another undecided sentence it is next; then the first one of the next document is."""
    driver.press("1", "1", "1", "Shift+N")
    assert driver.current() == LAST
    driver.press("Shift+N")
    assert driver.current() == FOURTH
    driver.press("1", "1", "Shift+N")
    assert driver.current() == "Đây là bài thứ hai."
    assert driver.is_article_focused()


def test_shift_n_passes_over_what_is_done_and_goes_around(
    folder: Path, open_on: Callable[[Path], WindowDriver]
) -> None:
    """From the last document on to the first; a finished one is passed over; at last it says that all is decided."""
    (folder / "c.txt").write_text("Câu cuối cùng.\n", "utf-8")
    driver = open_on(folder)
    driver.press("Ctrl+PgDown", "Space", "Space", "Ctrl+Return", "1", "Shift+N")
    assert driver.current() == FIRST
    driver.press("Ctrl+Return", "Return", "Shift+N")
    assert driver.status() == "Every sentence of every document is decided."
