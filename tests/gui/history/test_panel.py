"""The history of the open document, by real keys and clicks."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
import yaml
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLineEdit,
    QMenu,
    QPushButton,
    QTableView,
)
from review_files import in_file_dialog, try_in_file_dialog
from window_driver import spoken_rows

from annotator.app.preferences.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from window_driver import PanelDriver, WindowDriver

FIRST = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."
SECOND = "Ba khâu đột phá được chọn."
THIRD = "Ông Nam cho rằng việc này khó."
START = "Nothing was decided yet"


@pytest.fixture(autouse=True)
def hanoi() -> Iterator[None]:
    """The clock on the wall is that of Hanoi."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Asia/Ho_Chi_Minh")
        time.tzset()
        yield
    time.tzset()


def panel(driver: WindowDriver) -> PanelDriver:
    """The panel, which must have been asked for before."""
    return driver.panel("history")


def view(driver: WindowDriver) -> QTableView:
    """The list."""
    return panel(driver).find(QTableView)


def rows(driver: WindowDriver, column: int = 2) -> list[str]:
    """What a screen reader finds in a column, from top to bottom."""
    return spoken_rows(view(driver).model(), column)


def shows(driver: WindowDriver, *expected: str, column: int = 2) -> None:
    """Wait until a column says what is expected."""
    driver.qtbot.waitUntil(lambda: rows(driver, column) == list(expected))


def button(driver: WindowDriver, text: str) -> QPushButton:
    """The button with that text in the panel."""
    return next(one for one in panel(driver).find_all(QPushButton) if one.text() == text)


def told(driver: WindowDriver, words: str) -> None:
    """Wait until a line of the panel says ``words``."""
    driver.qtbot.waitUntil(lambda: any(words in text for text in panel(driver).texts()))


@pytest.fixture(autouse=True)
def own_dialogs() -> Iterator[None]:
    """File dialogs are Qt's own, which a test can fill in."""
    native = Qt.ApplicationAttribute.AA_DontUseNativeDialogs
    before = QApplication.testAttribute(native)
    QApplication.setAttribute(native, True)  # noqa: FBT003  # Qt's own signature
    yield
    QApplication.setAttribute(native, before)


def worked(driver: WindowDriver) -> WindowDriver:
    """The window after three tags of which the last was undone and given up; the history is shown and has the focus."""
    driver.press("1", "2", "3", "Ctrl+Z", "Space", "Ctrl+H")
    shows(
        driver,
        f"None of the labels: “{THIRD}” (now)",
        f"Tagged as Opinion: “{THIRD}” (undone)",
        f"Tagged as Breakthrough: “{SECOND}”",
        f"Tagged as Target: “{FIRST}”",
        START,
    )
    return driver


def test_ctrl_h_shows_and_hides_it(driver: WindowDriver) -> None:
    """It is hidden at first; Ctrl+H shows it and goes to it, Ctrl+H again hides it and goes back to the article."""
    assert not driver.is_panel_shown("history")
    driver.press("1", "Ctrl+H")
    assert driver.is_panel_shown("history")
    assert view(driver).hasFocus()
    driver.press("Ctrl+H")
    assert not driver.is_panel_shown("history")
    assert driver.is_article_focused()


def test_it_comes_before_the_table_and_the_table_before_it(driver: WindowDriver) -> None:
    """Both share their place; the key of the one behind brings it to the front, and takes the keys there."""
    driver.press("1", "Ctrl+H", "F7")
    driver.qtbot.waitUntil(lambda: not panel(driver).is_in_front())
    driver.press("Ctrl+H")
    driver.qtbot.waitUntil(panel(driver).is_in_front)
    assert view(driver).hasFocus()
    driver.press("F7")
    driver.qtbot.waitUntil(lambda: not panel(driver).is_in_front())
    driver.press("F7")
    assert not driver.is_panel_shown("table")


def test_before_anything_was_done_it_says_what_will_appear(driver: WindowDriver) -> None:
    """There is only the beginning, which is now."""
    driver.press("Ctrl+H")
    shows(driver, f"{START} (now)")
    told(driver, "This is the current state.")
    assert not button(driver, "Go back to here").isEnabled()


def test_without_a_document_it_says_what_to_do(open_on: Callable[[Path], WindowDriver], tmp_path: Path) -> None:
    """The empty panel tells what will be in it."""
    driver = open_on(tmp_path)
    driver.press("Ctrl+H")
    told(driver, "what was done to it is listed here")


def test_steps_are_in_words_with_time_and_who(driver: WindowDriver) -> None:
    """The newest is first; each says when, who and what; the time is that of the clock on the wall."""
    worked(driver)
    assert rows(driver, 0) == ["today, 09:12"] * 5
    assert rows(driver, 1) == ["mai"] * 4 + [""]


def test_moving_through_it_tells_what_would_change(driver: WindowDriver) -> None:
    """Before anything is done, the line under the list says how many sentences going back would change."""
    worked(driver)
    told(driver, "This is the current state.")
    driver.press("Down")
    told(driver, "Going back changes 1 sentence: 1 label restored.")
    driver.press("Down", "Down")
    told(driver, "Going back changes 2 sentences: 1 label removed.")
    assert button(driver, "Go back to here").isEnabled()


def test_enter_goes_back_and_undo_takes_that_back(driver: WindowDriver) -> None:
    """The file is as it was then, in one step; undo brings back what was."""
    worked(driver)
    before = driver.saved()
    driver.press("Down", "Down", "Down", "Return")
    assert driver.labels() == [(FIRST, ["target"])]
    assert driver.saved()["nothing"] == []
    shows(
        driver,
        "Went back to an earlier point, 2 sentences changed (now)",
        f"None of the labels: “{THIRD}”",
        f"Tagged as Opinion: “{THIRD}” (undone)",
        f"Tagged as Breakthrough: “{SECOND}”",
        f"Tagged as Target: “{FIRST}”",
        START,
    )
    told(driver, "Nothing would change")
    assert "Labels restored to today, 09:12" in driver.status()
    driver.press("Ctrl+Z")
    assert before == driver.saved()
    shows(
        driver,
        "Went back to an earlier point, 2 sentences changed (undone)",
        f"None of the labels: “{THIRD}” (now)",
        f"Tagged as Opinion: “{THIRD}” (undone)",
        f"Tagged as Breakthrough: “{SECOND}”",
        f"Tagged as Target: “{FIRST}”",
        START,
    )


def test_a_step_that_was_undone_and_given_up_comes_back(driver: WindowDriver) -> None:
    """What redo cannot reach any more is reached here."""
    worked(driver)
    driver.press("Down", "Return")
    assert driver.labels() == [(FIRST, ["target"]), (SECOND, ["breakthrough"]), (THIRD, ["opinion"])]


def test_going_back_by_mouse_alone(driver: WindowDriver) -> None:
    """A click chooses, the button goes back; a double click does both."""
    worked(driver)
    table = view(driver)

    def at(row: int) -> QPoint:
        return table.visualRect(table.model().index(row, 2)).center()

    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at(3))
    told(driver, "Going back changes 2 sentences")
    QTest.mouseClick(button(driver, "Go back to here"), Qt.MouseButton.LeftButton)
    assert driver.labels() == [(FIRST, ["target"])]
    shows(driver, *rows(driver))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at(5))
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at(5))
    assert driver.saved()["annotations"] == []
    assert driver.saved()["status"] == "new"


def test_the_context_menu_has_both(driver: WindowDriver) -> None:
    """What the buttons do is in the context menu of a row."""
    worked(driver)
    driver.press("Down")
    view(driver).customContextMenuRequested.emit(QPoint(5, 5))
    menu = next(one for one in panel(driver).find_all(QMenu) if one.isVisible())
    assert [one.text() for one in menu.actions()] == ["Go back to here", "Save a copy as it was then…"]
    menu.actions()[0].trigger()
    menu.close()
    assert driver.labels()[-1] == (THIRD, ["opinion"])


def test_it_follows_keys_in_the_article(driver: WindowDriver) -> None:
    """Steps come as they are done, undone and done again, while the keys stay in the article."""
    driver.press("1", "Ctrl+H", "Esc")
    assert driver.is_article_focused()
    driver.press("2")
    shows(driver, f"Tagged as Breakthrough: “{SECOND}” (now)", f"Tagged as Target: “{FIRST}”", START)
    driver.press("Ctrl+Z")
    shows(driver, f"Tagged as Breakthrough: “{SECOND}” (undone)", f"Tagged as Target: “{FIRST}” (now)", START)
    driver.press("Ctrl+Y")
    shows(driver, f"Tagged as Breakthrough: “{SECOND}” (now)", f"Tagged as Target: “{FIRST}”", START)


def test_notes_fields_splits_joins_and_kinds_are_told(driver: WindowDriver) -> None:
    """Each kind of step has words of its own."""
    driver.press(
        *("Shift+1", "T", "x", "y", "Esc", "M", "Ctrl+Z", "S", "Right", "Return", "0"),
        *("Ctrl+Return", "Return", "Ctrl+PgUp"),
    )
    driver.press("Ctrl+H")
    driver.qtbot.waitUntil(lambda: len(rows(driver)) == 7)
    words = [row.split(":")[0] for row in rows(driver)]
    assert words == [
        "Document finished, 5 undecided sentences marked as nothing (now)",
        "Cleared of Target",
        "Sentence split",
        "Sentences joined",
        "Note “xy”",
        "Tagged as Target",
        START,
    ]


def test_the_filter_needs_no_accents(driver: WindowDriver) -> None:
    """Words of what was done, to what and by whom; the count says how many of all are listed."""
    worked(driver)
    words = panel(driver).find(QLineEdit)
    words.setFocus()
    QTest.keyClicks(words, "dot pha")
    shows(driver, f"Tagged as Breakthrough: “{SECOND}”")
    told(driver, "1 of 5 entries")
    assert driver.saved()["nothing"] != []
    driver.press("Down", "Return")
    assert driver.saved()["nothing"] == []
    words.setText("xyz")
    told(driver, "Nothing matches")
    words.clear()
    driver.qtbot.waitUntil(lambda: len(rows(driver)) == 6)


def test_only_this_sentence(driver: WindowDriver) -> None:
    """The box leaves what was done to the current sentence; it follows when another one is current."""
    worked(driver)
    driver.press("Esc")
    driver.click(THIRD)
    box = panel(driver).find(QCheckBox)
    box.click()
    shows(driver, f"None of the labels: “{THIRD}” (now)", f"Tagged as Opinion: “{THIRD}” (undone)")
    driver.click(FIRST)
    shows(driver, f"Tagged as Target: “{FIRST}”")


def test_the_history_is_there_after_a_restart(driver: WindowDriver) -> None:
    """Undone steps and times as well; the panel comes back where it was."""
    worked(driver)
    driver.save()
    again = driver.reopen()
    again.press("Ctrl+H")
    again.qtbot.waitUntil(lambda: len(rows(again)) == 5)
    assert rows(again)[1] == f"Tagged as Opinion: “{THIRD}” (undone)"
    again.press("Down", "Down", "Down", "Return")
    assert again.labels() == [(FIRST, ["target"])]
    again.close_at_once()


def test_a_panel_that_was_shown_is_shown_at_the_next_start(
    driver: WindowDriver, open_on: Callable[..., WindowDriver]
) -> None:
    """It is filled without being asked for."""
    driver.press("1", "Ctrl+H")
    settings = driver.settings
    driver.close()
    again = open_on(driver.folder, Settings(language="en", theme="light", panels=settings.panels))
    assert again.is_panel_shown("history")
    shows(again, f"Tagged as Target: “{FIRST}” (now)", START)


def test_a_copy_as_it_was_then(driver: WindowDriver) -> None:
    """The button writes the file of that moment where the person says, and no other file changes."""
    worked(driver)
    now = driver.saved()
    driver.press("Down", "Down", "Down")
    told(driver, "Going back changes 2 sentences")
    in_file_dialog(str(driver.folder / "then.yaml"))
    button(driver, "Save a copy as it was then…").click()
    copy = yaml.safe_load((driver.folder / "then.yaml").read_text("utf-8"))
    assert [(one["text"], one["labels"]) for one in copy["annotations"]] == [(FIRST, ["target"])]
    assert copy["document"] == now["document"]
    assert now == driver.saved()
    assert "then.yaml" in driver.status()


def test_a_copy_of_now_at_any_time(driver: WindowDriver) -> None:
    """Ctrl+Shift+S, also from the menu, also when saving fails."""
    driver.press("1")
    driver.saved()
    saved = driver.sidecar.read_bytes()
    in_file_dialog(str(driver.folder / "now.yaml"))
    driver.press("Ctrl+Shift+S")
    assert saved == (driver.folder / "now.yaml").read_bytes()


def test_a_copy_over_a_file_in_use_is_refused(driver: WindowDriver) -> None:
    """A box says why and the dialog comes again; nothing was written."""
    driver.press("1")
    driver.saved()
    told = try_in_file_dialog(str(driver.folder / "b.txt.annotations.yaml"))
    driver.press("Ctrl+Shift+S")
    (sentence,) = told
    assert sentence.startswith("b.txt.annotations.yaml has the name of a file of annotations.")
    assert not (driver.folder / "b.txt.annotations.yaml").exists()


def test_another_window_may_look_but_not_go_back(driver: WindowDriver, open_on: Callable[..., WindowDriver]) -> None:
    """The second window on a document lists the history; it says that it may only read, and can save a copy."""
    driver.press("1", "2")
    driver.saved()
    other = open_on(driver.folder)
    other.press("Ctrl+H")
    shows(other, f"Tagged as Breakthrough: “{SECOND}” (now)", f"Tagged as Target: “{FIRST}”", START)
    other.press("Down")
    told(other, "open in another window")
    assert not button(other, "Go back to here").isEnabled()
    assert button(other, "Save a copy as it was then…").isEnabled()


def test_steps_on_another_text_are_only_listed(driver: WindowDriver, open_on: Callable[..., WindowDriver]) -> None:
    """They are there to read, with the reason why one cannot go back to them."""
    driver.press("1")
    driver.saved()
    driver.close()
    article = driver.folder / "a.txt"
    article.write_text(article.read_text("utf-8").replace("9%", "8%"), "utf-8")
    again = open_on(driver.folder)
    again.press("2", "Ctrl+H")
    again.qtbot.waitUntil(lambda: len(rows(again)) == 4)
    assert rows(again)[2:] == [f"Tagged as Target: “{FIRST}” (only to read)", f"{START} (only to read)"]
    again.press("Down", "Down")
    told(again, "another version of the text")
    assert not button(again, "Go back to here").isEnabled()
    again.press("Return")
    assert again.steps() == 1


def test_it_is_another_documents_when_that_is_opened(driver: WindowDriver) -> None:
    """The list is always that of the document that is open."""
    worked(driver)
    driver.press("Ctrl+PgDown")
    shows(driver, f"{START} (now)")
    driver.press("Ctrl+PgUp")
    driver.qtbot.waitUntil(lambda: len(rows(driver)) == 5)


def test_a_long_history_is_shown_in_portions(driver: WindowDriver) -> None:
    """To the beginning of a thousand steps; the way back takes several portions, and Enter waits for it."""
    for number in range(500):
        driver.go_to(30)
        driver.press("Shift+1" if number % 2 else "Shift+2")
    before = driver.labels()
    driver.press("Ctrl+H")
    driver.qtbot.waitUntil(lambda: len(rows(driver)) == 501)
    driver.press("End", "Return")
    driver.qtbot.waitUntil(lambda: driver.saved()["annotations"] == [])
    driver.press("Ctrl+Z")
    assert before == driver.labels()


def test_everything_in_it_has_a_name(driver: WindowDriver) -> None:
    """What takes the focus says what it is to a screen reader."""
    worked(driver)
    for widget in (view(driver), *panel(driver).find_all(QPushButton), *panel(driver).find_all(QLineEdit)):
        if widget.isVisible():
            assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_it_speaks_vietnamese(driver: WindowDriver) -> None:
    """Words go over with the language, without a restart."""
    worked(driver)
    driver.choose_look(language="vi")
    assert "Mục tiêu" in rows(driver)[3]
    driver.choose_look(language="en")
    assert rows(driver)[3] == f"Tagged as Target: “{FIRST}”"
