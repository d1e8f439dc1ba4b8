"""Keys in the window, what they leave on the screen and on the disk."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.gui.article import view
from annotator.gui.article.label_bar import LabelBar
from annotator.gui.article.painting.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver

FIRST = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."
SECOND = "Ba khâu đột phá được chọn."
THIRD = "Ông Nam cho rằng việc này khó."
FOURTH = "Thu ngân sách đạt 12.000 tỷ đồng."
LAST = "Mọi người đồng ý."


def test_the_first_sentence_to_decide_is_the_current_one(driver: WindowDriver) -> None:
    """Opening an article passes over its title."""
    assert driver.current() == FIRST


def test_an_article_without_undecided_sentences_begins_where_next_would_stop(driver: WindowDriver) -> None:
    """Without a remembered place the title is passed over there too, so that a digit does not tag it."""
    driver.press("1", "1", "1", "1", "1")
    before = driver.labels()
    again = driver.reopen()
    assert again.current() == FIRST
    again.press("1")
    assert again.labels() == before
    again.close()


def test_an_article_of_headings_alone_begins_at_the_first(
    open_on: Callable[[Path], WindowDriver], folder: Path
) -> None:
    """Where `next` stops nowhere, the title is the current sentence as ever."""
    (folder / "a.txt").write_text("Kế hoạch mới của Hải Vân\n", "utf-8")
    assert open_on(folder).current() == "Kế hoạch mới của Hải Vân"


def test_a_digit_tags_and_goes_on(driver: WindowDriver) -> None:
    """1 tags the sentence with the first label; the next sentence is the current one; the file says so."""
    driver.press("1")
    assert driver.current() == SECOND
    assert driver.labels() == [(FIRST, ["target"])]


def test_a_digit_on_its_own_label_only_goes_on(driver: WindowDriver) -> None:
    """On a sentence that has the label, its digit leaves it and goes on."""
    driver.press("1", "K", "1")
    assert driver.current() == SECOND
    assert driver.labels() == [(FIRST, ["target"])]


def test_shift_and_a_digit_add_labels_and_stay(driver: WindowDriver) -> None:
    """Several labels on one sentence, in the order of the label set."""
    driver.press("Shift+3", "Shift+1")
    assert driver.current() == FIRST
    assert driver.labels() == [(FIRST, ["target", "opinion"])]


def test_space_says_nothing_here_and_goes_on(driver: WindowDriver) -> None:
    """Space marks the sentence; captions are passed over on the way."""
    driver.press("Space", "Space", "Space")
    assert driver.current() == FOURTH
    assert len(driver.saved()["nothing"]) == 3


@pytest.mark.parametrize("key", ["0", "Del"])
def test_zero_and_delete_clear(driver: WindowDriver, key: str) -> None:
    """Labels and decision go, the sentence stays."""
    driver.press("2", "K", key)
    assert driver.current() == FIRST
    assert driver.labels() == []


@pytest.mark.parametrize(("there", "back"), [("J", "K"), ("Down", "Up")])
def test_next_and_previous(driver: WindowDriver, there: str, back: str) -> None:
    """J and Down go on, K and Up go back, past captions."""
    driver.press(there, there, there)
    assert driver.current() == FOURTH
    driver.press(back)
    assert driver.current() == THIRD


def test_headings_are_reached_with_alt(driver: WindowDriver) -> None:
    """Alt with the arrow stops at every sentence, also at the title."""
    driver.press("Alt+Up")
    assert driver.current() == "Kế hoạch mới của Hải Vân"


def test_n_and_p_find_the_undecided_ones(driver: WindowDriver) -> None:
    """N goes to the next sentence without a decision, P back, both around the ends."""
    driver.press("1", "2", "3", "N")
    assert driver.current() == LAST
    driver.press("P")
    assert driver.current() == FOURTH
    driver.press("Space", "Space", "N")
    assert "Every sentence" in driver.status()


def test_a_stretched_selection_is_tagged_as_a_whole(driver: WindowDriver) -> None:
    """Shift+Down selects more sentences; a tag goes to each of them."""
    driver.press("Shift+Down", "Shift+Down", "2")
    assert driver.labels() == [(FIRST, ["breakthrough"]), (SECOND, ["breakthrough"]), (THIRD, ["breakthrough"])]
    assert driver.current() == FOURTH


def test_a_split_by_the_word_cursor(driver: WindowDriver) -> None:
    """S, arrows and Enter cut the sentence before a word; both halves keep the label; undo takes it back."""
    driver.press("1", "K", "S", "Right", "Right", "Return")
    assert [found for _, found in driver.labels()] == [["target"], ["target"]]
    assert " ".join(text for text, _ in driver.labels()) == FIRST
    driver.press("Ctrl+Z")
    assert driver.labels() == [(FIRST, ["target"])]


def test_escape_leaves_the_split(driver: WindowDriver) -> None:
    """Escape in the middle of a split changes nothing."""
    driver.press("1", "K", "S", "Right", "Esc", "Shift+2")
    assert driver.labels() == [(FIRST, ["target", "breakthrough"])]


def test_m_joins_with_the_next_sentence(driver: WindowDriver) -> None:
    """The joined sentence has the labels of both."""
    driver.press("1", "2", "K", "K", "M")
    assert driver.labels() == [(f"{FIRST} {SECOND}", ["target", "breakthrough"])]


def test_undo_and_redo_survive_a_restart(driver: WindowDriver) -> None:
    """Steps of yesterday are undone and done again today."""
    driver.press("1", "2")
    again = driver.reopen()
    again.press("Ctrl+Z")
    assert again.labels() == [(FIRST, ["target"])]
    again.press("Ctrl+Shift+Z")
    assert again.labels() == [(FIRST, ["target"]), (SECOND, ["breakthrough"])]
    again.close()


def test_a_note_is_written_and_kept(driver: WindowDriver) -> None:
    """T goes to the note, letters are letters there, Escape goes back to the article."""
    driver.press("1", "K", "T")
    assert driver.note().hasFocus()
    driver.press("1", "j", "s", "Esc")
    assert driver.is_article_focused()
    assert driver.saved()["annotations"][0]["note"] == "1js"


def test_a_note_that_is_there_is_continued_at_its_end(driver: WindowDriver) -> None:
    """T puts the cursor after what was written, also after it was shown anew and when the note has several lines."""
    driver.press("1", "K", "T", "x", "Return", "y", "Esc", "J", "K", "T", "z", "Esc", "T", "w", "Esc")
    assert driver.saved()["annotations"][0]["note"] == "x\nyzw"


@pytest.mark.parametrize("leave", ["Ctrl+PgDown", "Ctrl+Return", "Ctrl+Q"])
def test_a_note_is_kept_however_it_is_left(driver: WindowDriver, leave: str) -> None:
    """Going to another document, Ctrl+Enter and closing the window keep the note on its own sentence."""
    driver.press("1", "K", "T", "x", "y", leave)
    driver.close()
    again = driver.reopen()
    found = again.saved()
    assert [(one["text"], one["note"]) for one in found["annotations"]] == [(FIRST, "xy")]
    assert found["status"] == "in progress"
    assert not (driver.folder / "b.txt.annotations.yaml").exists()
    again.close()


def test_the_input_method_is_off_in_the_article_and_on_in_the_note(driver: WindowDriver) -> None:
    """Telex takes no letters from the reader, and the note takes Vietnamese."""
    assert not driver.article.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert driver.note().testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_ctrl_page_keys_go_through_the_documents(driver: WindowDriver) -> None:
    """Ctrl+PageDown and Ctrl+PageUp open the neighbours and say so at the ends."""
    driver.press("Ctrl+PgDown")
    assert driver.current() == "Đây là bài thứ hai."
    driver.press("Ctrl+PgUp")
    assert driver.current() == FIRST
    driver.press("Ctrl+PgUp")
    assert driver.status() == "This is the first document of the folder."


def test_ctrl_s_says_that_it_is_saved(driver: WindowDriver) -> None:
    """Save now writes at once."""
    driver.press("1", "Ctrl+S")
    assert driver.status() == "Saved."
    assert driver.sidecar.exists()


def test_copy_gives_the_words_of_the_article(driver: WindowDriver, qapp: object) -> None:
    """Ctrl+C copies the current sentence as it stands in the file."""
    driver.press("Ctrl+C")
    assert qapp.clipboard().text() == FIRST  # type: ignore[attr-defined]


def test_a_note_is_kept_while_it_is_still_being_written(driver: WindowDriver) -> None:
    """After a short pause what was written so far is in the journal and the file, though the note has the focus."""
    driver.press("1", "K", "T", "x", "y")
    driver.qtbot.waitUntil(lambda: driver.saved()["annotations"][0].get("note") == "xy")
    assert driver.note().hasFocus()


def test_a_note_is_one_sentence_s_also_where_several_are_selected(driver: WindowDriver) -> None:
    """T on a selection goes to the note of the current sentence; nothing is lost by looking at it."""
    driver.press("T", "x", "Esc", "Down", "Shift+Up", "T", "Esc")
    assert [(one["text"], one["note"]) for one in driver.saved()["annotations"]] == [(FIRST, "x")]


def test_escape_drops_a_selection(driver: WindowDriver) -> None:
    """After Escape a digit goes to the current sentence alone."""
    driver.press("Shift+Down", "Esc", "Shift+2")
    assert driver.labels() == [(SECOND, ["breakthrough"])]


def test_the_list_knows_how_far_a_document_was_when_it_was_left(driver: WindowDriver) -> None:
    """Deciding and leaving at once shows in the row of the document that was left, and the next one says saved."""
    driver.press("1", "Ctrl+PgDown")
    assert "20% decided" in driver.spoken_documents()[0]
    assert driver.is_saved()


@pytest.mark.parametrize("key", ["1", "Space"])
def test_a_key_is_shown_at_one_stroke(
    open_on: Callable[[Path], WindowDriver], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    """A step that moves on places the label bar once, brings the next sentence into sight once, and paints once."""
    path = tmp_path / "long.txt"
    path.write_text("Tin\n\n" + "\n\n".join(f"Câu {number} dài vài chữ." for number in range(40)) + "\n", "utf-8")
    driver = open_on(path)
    done: Counter[str] = Counter()

    def count(place: object, name: str) -> None:
        real: Callable[..., object] = getattr(place, name)

        def counted(*args: object, **kwargs: object) -> object:
            done[name] += 1
            return real(*args, **kwargs)

        monkeypatch.setattr(place, name, counted)

    for place, name in ((LabelBar, "set_active"), (view, "distance_to_reveal"), (Scene, "paint")):
        count(place, name)
    QApplication.processEvents()
    tops = [driver.scroll_position()]
    for _ in range(20):
        done.clear()
        before = driver.current()
        driver.press(key)
        QApplication.processEvents()
        assert driver.current() != before
        assert done == {"set_active": 1, "distance_to_reveal": 1, "paint": 1}
        tops.append(driver.scroll_position())
    assert {one == other for one, other in pairwise(tops)} == {False, True}  # with scrolling and without


@pytest.mark.parametrize("key", ["2", "Shift+2", "Space", "0", "Del", "S", "M", "F"])
def test_a_key_in_a_document_that_is_read_only_is_answered(driver: WindowDriver, key: str) -> None:
    """The status line says that nothing was changed, and the reason stands above the article."""
    driver.press("1", "Home")
    driver.forbid("The folder is locked.")
    driver.dismiss_notice()
    driver.press(key)
    assert driver.status() == ("Nothing was changed: this document can only be read here. The message above says why.")
    assert driver.strip() == "The folder is locked."
    assert driver.labels() == [(FIRST, ["target"])]


@pytest.mark.parametrize("key", ["J", "Down", "N", "PgDown"])
def test_moving_in_a_document_that_is_read_only_says_nothing(driver: WindowDriver, key: str) -> None:
    """Nothing is to be changed by these keys."""
    driver.forbid("The folder is locked.")
    driver.dismiss_notice()
    driver.press("Home", key)
    assert driver.notice() == ""
    assert "Nothing was changed" not in driver.status()
