"""The history of the open document, by real keys and clicks."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
import yaml
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QTableView,
)

from annotator.app.preferences.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Desk
    from PySide6.QtWidgets import QWidget

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


def panel(desk: Desk) -> QWidget:
    """The panel, which must have been asked for before."""
    return desk.bench.window.panels["history"].widget()


def view(desk: Desk) -> QTableView:
    """The list."""
    found = panel(desk).findChild(QTableView)
    assert isinstance(found, QTableView)
    return found


def rows(desk: Desk, column: int = 2) -> list[str]:
    """What a screen reader finds in a column, from top to bottom."""
    model = view(desk).model()
    return [str(model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())]


def shows(desk: Desk, *expected: str, column: int = 2) -> None:
    """Wait until a column says what is expected."""
    desk.qtbot.waitUntil(lambda: rows(desk, column) == list(expected))


def button(desk: Desk, text: str) -> QPushButton:
    """The button with that text in the panel."""
    return next(one for one in panel(desk).findChildren(QPushButton) if one.text() == text)


def told(desk: Desk, words: str) -> None:
    """Wait until a line of the panel says ``words``."""
    labels = panel(desk).findChildren(QLabel)
    desk.qtbot.waitUntil(lambda: any(words in one.text() for one in labels if one.isVisible()))


def in_file_dialog(name: str) -> None:
    """Give the file dialog that the next key or click opens ``name``, and accept it."""

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(10, act)
            return
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(line, QLineEdit)
        line.setText(name)
        dialog.accept()

    QTimer.singleShot(10, act)


@pytest.fixture(autouse=True)
def own_dialogs() -> Iterator[None]:
    """File dialogs are Qt's own, which a test can fill in."""
    native = Qt.ApplicationAttribute.AA_DontUseNativeDialogs
    before = QApplication.testAttribute(native)
    QApplication.setAttribute(native, True)  # noqa: FBT003  # Qt's own signature
    yield
    QApplication.setAttribute(native, before)


def worked(desk: Desk) -> Desk:
    """The desk after three tags of which the last was undone and given up; the history is shown and has the focus."""
    desk.press("1", "2", "3", "Ctrl+Z", "Space", "Ctrl+H")
    shows(
        desk,
        f"Nothing here: “{THIRD}” (now)",
        f"Tagged as Opinion: “{THIRD}” (undone)",
        f"Tagged as Breakthrough: “{SECOND}”",
        f"Tagged as Target: “{FIRST}”",
        START,
    )
    return desk


def test_ctrl_h_shows_and_hides_it(desk: Desk) -> None:
    """It is hidden at first; Ctrl+H shows it and goes to it, Ctrl+H again hides it and goes back to the article."""
    dock = desk.bench.window.panels["history"]
    assert not dock.isVisible()
    desk.press("1", "Ctrl+H")
    assert dock.isVisible()
    assert view(desk).hasFocus()
    desk.press("Ctrl+H")
    assert not dock.isVisible()
    assert desk.bench.article.hasFocus()


def test_it_comes_before_the_table_and_the_table_before_it(desk: Desk) -> None:
    """Both share their place; the key of the one behind brings it to the front, and takes the keys there."""
    desk.press("1", "Ctrl+H", "F7")
    desk.qtbot.waitUntil(lambda: panel(desk).visibleRegion().isEmpty())
    desk.press("Ctrl+H")
    desk.qtbot.waitUntil(lambda: not panel(desk).visibleRegion().isEmpty())
    assert view(desk).hasFocus()
    desk.press("F7")
    desk.qtbot.waitUntil(lambda: panel(desk).visibleRegion().isEmpty())
    desk.press("F7")
    assert not desk.bench.window.panels["table"].isVisible()


def test_before_anything_was_done_it_says_what_will_appear(desk: Desk) -> None:
    """There is only the beginning, which is now."""
    desk.press("Ctrl+H")
    shows(desk, f"{START} (now)")
    told(desk, "This is how the annotations stand now.")
    assert not button(desk, "Go back to here").isEnabled()


def test_without_a_document_it_says_what_to_do(open_on: Callable[[Path], Desk], tmp_path: Path) -> None:
    """The empty panel tells what will be in it."""
    desk = open_on(tmp_path)
    desk.press("Ctrl+H")
    told(desk, "what was done to it is listed here")


def test_steps_are_in_words_with_time_and_who(desk: Desk) -> None:
    """The newest is first; each says when, who and what; the time is that of the clock on the wall."""
    worked(desk)
    assert rows(desk, 0) == ["today 09:12"] * 5
    assert rows(desk, 1) == ["mai"] * 4 + [""]


def test_moving_through_it_tells_what_would_change(desk: Desk) -> None:
    """Before anything is done, the line under the list says how many sentences going back would change."""
    worked(desk)
    told(desk, "This is how the annotations stand now.")
    desk.press("Down")
    told(desk, "Going back changes 1 sentence: 1 comes back.")
    desk.press("Down", "Down")
    told(desk, "Going back changes 2 sentences: 1 tag goes.")
    assert button(desk, "Go back to here").isEnabled()


def test_enter_goes_back_and_undo_takes_that_back(desk: Desk) -> None:
    """The file is as it was then, in one step; undo brings back what was."""
    worked(desk)
    before = desk.saved()
    desk.press("Down", "Down", "Down", "Return")
    assert desk.labels() == [(FIRST, ["target"])]
    assert desk.saved()["nothing"] == []
    shows(
        desk,
        "Went back to an earlier point, 2 sentences changed (now)",
        f"Nothing here: “{THIRD}”",
        f"Tagged as Opinion: “{THIRD}” (undone)",
        f"Tagged as Breakthrough: “{SECOND}”",
        f"Tagged as Target: “{FIRST}”",
        START,
    )
    told(desk, "Nothing would change")
    assert "stood today 09:12" in desk.bench.status.currentMessage()
    desk.press("Ctrl+Z")
    assert before == desk.saved()
    shows(
        desk,
        "Went back to an earlier point, 2 sentences changed (undone)",
        f"Nothing here: “{THIRD}” (now)",
        f"Tagged as Opinion: “{THIRD}” (undone)",
        f"Tagged as Breakthrough: “{SECOND}”",
        f"Tagged as Target: “{FIRST}”",
        START,
    )


def test_a_step_that_was_undone_and_given_up_comes_back(desk: Desk) -> None:
    """What redo cannot reach any more is reached here."""
    worked(desk)
    desk.press("Down", "Return")
    assert desk.labels() == [(FIRST, ["target"]), (SECOND, ["breakthrough"]), (THIRD, ["opinion"])]


def test_going_back_by_mouse_alone(desk: Desk) -> None:
    """A click chooses, the button goes back; a double click does both."""
    worked(desk)
    table = view(desk)

    def at(row: int) -> QPoint:
        return table.visualRect(table.model().index(row, 2)).center()

    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at(3))
    told(desk, "Going back changes 2 sentences")
    QTest.mouseClick(button(desk, "Go back to here"), Qt.MouseButton.LeftButton)
    assert desk.labels() == [(FIRST, ["target"])]
    shows(desk, *rows(desk))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at(5))
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at(5))
    assert desk.saved()["annotations"] == []
    assert desk.saved()["status"] == "new"


def test_the_context_menu_has_both(desk: Desk) -> None:
    """What the buttons do is in the context menu of a row."""
    worked(desk)
    desk.press("Down")
    view(desk).customContextMenuRequested.emit(QPoint(5, 5))
    menu = next(one for one in panel(desk).findChildren(QMenu) if one.isVisible())
    assert [one.text() for one in menu.actions()] == ["Go back to here", "Save a copy as it was then…"]
    menu.actions()[0].trigger()
    menu.close()
    assert desk.labels()[-1] == (THIRD, ["opinion"])


def test_it_follows_keys_in_the_article(desk: Desk) -> None:
    """Steps come as they are done, undone and done again, while the keys stay in the article."""
    desk.press("1", "Ctrl+H", "Esc")
    assert desk.bench.article.hasFocus()
    desk.press("2")
    shows(desk, f"Tagged as Breakthrough: “{SECOND}” (now)", f"Tagged as Target: “{FIRST}”", START)
    desk.press("Ctrl+Z")
    shows(desk, f"Tagged as Breakthrough: “{SECOND}” (undone)", f"Tagged as Target: “{FIRST}” (now)", START)
    desk.press("Ctrl+Y")
    shows(desk, f"Tagged as Breakthrough: “{SECOND}” (now)", f"Tagged as Target: “{FIRST}”", START)


def test_notes_fields_splits_joins_and_kinds_are_told(desk: Desk) -> None:
    """Each kind of step has words of its own."""
    desk.press("Shift+1", "T", "x", "y", "Esc", "M", "Ctrl+Z", "S", "Right", "Return", "0", "Ctrl+Return", "Ctrl+PgUp")
    desk.press("Ctrl+H")
    desk.qtbot.waitUntil(lambda: len(rows(desk)) == 7)
    words = [row.split(":")[0] for row in rows(desk)]
    assert words == [
        "Document finished, 8 undecided sentences marked as nothing (now)",
        "Cleared of Target",
        "Sentence split",
        "Sentences joined",
        "Note “xy”",
        "Tagged as Target",
        START,
    ]


def test_the_filter_needs_no_accents(desk: Desk) -> None:
    """Words of what was done, to what and by whom; the count says how many of all are listed."""
    worked(desk)
    words = panel(desk).findChild(QLineEdit)
    assert isinstance(words, QLineEdit)
    words.setFocus()
    QTest.keyClicks(words, "dot pha")
    shows(desk, f"Tagged as Breakthrough: “{SECOND}”")
    told(desk, "1 of 5 entries")
    assert desk.saved()["nothing"] != []
    desk.press("Down", "Return")
    assert desk.saved()["nothing"] == []
    words.setText("xyz")
    told(desk, "Nothing matches")
    words.clear()
    desk.qtbot.waitUntil(lambda: len(rows(desk)) == 6)


def test_only_this_sentence(desk: Desk) -> None:
    """The box leaves what was done to the current sentence; it follows when another one is current."""
    worked(desk)
    desk.press("Esc")
    desk.click(THIRD)
    box = panel(desk).findChild(QCheckBox)
    assert isinstance(box, QCheckBox)
    box.click()
    shows(desk, f"Nothing here: “{THIRD}” (now)", f"Tagged as Opinion: “{THIRD}” (undone)")
    desk.click(FIRST)
    shows(desk, f"Tagged as Target: “{FIRST}”")


def test_the_history_is_there_after_a_restart(desk: Desk) -> None:
    """Undone steps and times as well; the panel comes back where it was."""
    worked(desk)
    desk.bench.session.save_now()
    again = desk.reopen()
    again.press("Ctrl+H")
    again.qtbot.waitUntil(lambda: len(rows(again)) == 5)
    assert rows(again)[1] == f"Tagged as Opinion: “{THIRD}” (undone)"
    again.press("Down", "Down", "Down", "Return")
    assert again.labels() == [(FIRST, ["target"])]
    again.shut()


def test_a_panel_that_was_shown_is_shown_at_the_next_start(desk: Desk, open_on: Callable[..., Desk]) -> None:
    """It is filled without being asked for."""
    desk.press("1", "Ctrl+H")
    settings = desk.bench.settings
    desk.bench.window.close()
    again = open_on(desk.folder, Settings(language="en", theme="light", panels=settings.panels))
    assert again.bench.window.panels["history"].isVisible()
    shows(again, f"Tagged as Target: “{FIRST}” (now)", START)


def test_a_copy_as_it_was_then(desk: Desk) -> None:
    """The button writes the file of that moment where the person says, and no other file changes."""
    worked(desk)
    now = desk.saved()
    desk.press("Down", "Down", "Down")
    told(desk, "Going back changes 2 sentences")
    in_file_dialog(str(desk.folder / "then.yaml"))
    button(desk, "Save a copy as it was then…").click()
    copy = yaml.safe_load((desk.folder / "then.yaml").read_text("utf-8"))
    assert [(one["text"], one["labels"]) for one in copy["annotations"]] == [(FIRST, ["target"])]
    assert copy["document"] == now["document"]
    assert now == desk.saved()
    assert "then.yaml" in desk.bench.status.currentMessage()


def test_a_copy_of_now_at_any_time(desk: Desk) -> None:
    """Ctrl+Shift+S, also from the menu, also when saving fails."""
    desk.press("1")
    desk.saved()
    saved = desk.sidecar.read_bytes()
    in_file_dialog(str(desk.folder / "now.yaml"))
    desk.press("Ctrl+Shift+S")
    assert saved == (desk.folder / "now.yaml").read_bytes()


def test_a_copy_over_a_file_in_use_is_refused(desk: Desk) -> None:
    """The message over the article says why, and nothing was written."""
    desk.press("1")
    desk.saved()
    in_file_dialog(str(desk.folder / "b.txt.annotations.yaml"))
    desk.press("Ctrl+Shift+S")
    assert "would be taken for the annotations of b.txt" in desk.bench.notice.text
    assert not (desk.folder / "b.txt.annotations.yaml").exists()


def test_another_window_may_look_but_not_go_back(desk: Desk, open_on: Callable[..., Desk]) -> None:
    """The second window on a document lists the history; it says that it may only read, and can save a copy."""
    desk.press("1", "2")
    desk.saved()
    other = open_on(desk.folder)
    other.press("Ctrl+H")
    shows(other, f"Tagged as Breakthrough: “{SECOND}” (now)", f"Tagged as Target: “{FIRST}”", START)
    other.press("Down")
    told(other, "open in another window")
    assert not button(other, "Go back to here").isEnabled()
    assert button(other, "Save a copy as it was then…").isEnabled()


def test_steps_on_another_text_are_only_listed(desk: Desk, open_on: Callable[..., Desk]) -> None:
    """They are there to read, with the reason why one cannot go back to them."""
    desk.press("1")
    desk.saved()
    desk.bench.window.close()
    article = desk.folder / "a.txt"
    article.write_text(article.read_text("utf-8").replace("9%", "8%"), "utf-8")
    again = open_on(desk.folder)
    again.press("2", "Ctrl+H")
    again.qtbot.waitUntil(lambda: len(rows(again)) == 4)
    assert rows(again)[2:] == [f"Tagged as Target: “{FIRST}” (only to read)", f"{START} (only to read)"]
    again.press("Down", "Down")
    told(again, "another version of the text")
    assert not button(again, "Go back to here").isEnabled()
    again.press("Return")
    assert len(again.bench.session.history.done) == 1


def test_it_is_another_documents_when_that_is_opened(desk: Desk) -> None:
    """The list is always that of the document that is open."""
    worked(desk)
    desk.press("Ctrl+PgDown")
    shows(desk, f"{START} (now)")
    desk.press("Ctrl+PgUp")
    desk.qtbot.waitUntil(lambda: len(rows(desk)) == 5)


def test_a_long_history_is_shown_in_portions(desk: Desk) -> None:
    """To the beginning of a thousand steps; the way back takes several portions, and Enter waits for it."""
    for number in range(500):
        desk.bench.session.go(desk.bench.session.reading.sentence_at(30))  # type: ignore[union-attr]
        desk.press("Shift+1" if number % 2 else "Shift+2")
    before = desk.labels()
    desk.press("Ctrl+H")
    desk.qtbot.waitUntil(lambda: len(rows(desk)) == 501)
    desk.press("End", "Return")
    desk.qtbot.waitUntil(lambda: desk.saved()["annotations"] == [])
    desk.press("Ctrl+Z")
    assert before == desk.labels()


def test_everything_in_it_has_a_name(desk: Desk) -> None:
    """What takes the focus says what it is to a screen reader."""
    worked(desk)
    for widget in (view(desk), *panel(desk).findChildren(QPushButton), *panel(desk).findChildren(QLineEdit)):
        if widget.isVisible():
            assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_it_speaks_vietnamese(desk: Desk) -> None:
    """Words go over with the language, without a restart."""
    worked(desk)
    desk.bench.choose(language="vi")
    assert "Mục tiêu" in rows(desk)[3]
    desk.bench.choose(language="en")
    assert rows(desk)[3] == f"Tagged as Target: “{FIRST}”"
