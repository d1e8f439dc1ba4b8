"""Keys in the window, what they leave on the screen and on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from conftest import Desk

FIRST = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."
SECOND = "Ba khâu đột phá được chọn."
THIRD = "Ông Nam cho rằng việc này khó."
FOURTH = "Thu ngân sách đạt 12.000 tỷ đồng."
LAST = "Mọi người đồng ý."


def test_the_first_sentence_to_decide_is_the_current_one(desk: Desk) -> None:
    """Opening an article passes over its title."""
    assert desk.current() == FIRST


def test_a_digit_tags_and_goes_on(desk: Desk) -> None:
    """1 tags the sentence with the first label; the next sentence is the current one; the file says so."""
    desk.press("1")
    assert desk.current() == SECOND
    assert desk.labels() == [(FIRST, ["target"])]


def test_a_digit_on_its_own_label_removes_it_and_stays(desk: Desk) -> None:
    """On a sentence that has the label, its digit takes it away and the sentence stays the current one."""
    desk.press("1", "K", "1")
    assert desk.current() == FIRST
    assert desk.labels() == []


def test_shift_and_a_digit_add_labels_and_stay(desk: Desk) -> None:
    """Several labels on one sentence, in the order of the label set."""
    desk.press("Shift+3", "Shift+1")
    assert desk.current() == FIRST
    assert desk.labels() == [(FIRST, ["target", "opinion"])]


def test_space_says_nothing_here_and_goes_on(desk: Desk) -> None:
    """Space marks the sentence; captions are passed over on the way."""
    desk.press("Space", "Space", "Space")
    assert desk.current() == FOURTH
    assert len(desk.saved()["nothing"]) == 3


@pytest.mark.parametrize("key", ["0", "Del"])
def test_zero_and_delete_clear(desk: Desk, key: str) -> None:
    """Labels and decision go, the sentence stays."""
    desk.press("2", "K", key)
    assert desk.current() == FIRST
    assert desk.labels() == []


@pytest.mark.parametrize(("there", "back"), [("J", "K"), ("Down", "Up")])
def test_next_and_previous(desk: Desk, there: str, back: str) -> None:
    """J and Down go on, K and Up go back, past captions."""
    desk.press(there, there, there)
    assert desk.current() == FOURTH
    desk.press(back)
    assert desk.current() == THIRD


def test_headings_are_reached_with_alt(desk: Desk) -> None:
    """Alt with the arrow stops at every sentence, also at the title."""
    desk.press("Alt+Up")
    assert desk.current() == "Kế hoạch mới của Hải Vân"


def test_n_and_p_find_the_undecided_ones(desk: Desk) -> None:
    """N goes to the next sentence without a decision, P back, both around the ends."""
    desk.press("1", "2", "3", "N")
    assert desk.current() == LAST
    desk.press("P")
    assert desk.current() == FOURTH
    desk.press("Space", "Space", "N")
    assert "Every sentence" in desk.bench.status.currentMessage()


def test_a_stretched_selection_is_tagged_as_a_whole(desk: Desk) -> None:
    """Shift+Down selects more sentences; a tag goes to each of them."""
    desk.press("Shift+Down", "Shift+Down", "2")
    assert desk.labels() == [(FIRST, ["breakthrough"]), (SECOND, ["breakthrough"]), (THIRD, ["breakthrough"])]
    assert desk.current() == FOURTH


def test_a_split_by_the_word_cursor(desk: Desk) -> None:
    """S, arrows and Enter cut the sentence before a word; both halves keep the label; undo takes it back."""
    desk.press("1", "K", "S", "Right", "Right", "Return")
    assert [found for _, found in desk.labels()] == [["target"], ["target"]]
    assert " ".join(text for text, _ in desk.labels()) == FIRST
    desk.press("Ctrl+Z")
    assert desk.labels() == [(FIRST, ["target"])]


def test_escape_leaves_the_split(desk: Desk) -> None:
    """Escape in the middle of a split changes nothing."""
    desk.press("1", "K", "S", "Right", "Esc", "Shift+2")
    assert desk.labels() == [(FIRST, ["target", "breakthrough"])]


def test_m_joins_with_the_next_sentence(desk: Desk) -> None:
    """The joined sentence has the labels of both."""
    desk.press("1", "2", "K", "K", "M")
    assert desk.labels() == [(f"{FIRST} {SECOND}", ["target", "breakthrough"])]


def test_undo_and_redo_survive_a_restart(desk: Desk) -> None:
    """Steps of yesterday are undone and done again today."""
    desk.press("1", "2")
    again = desk.reopen()
    again.press("Ctrl+Z")
    assert again.labels() == [(FIRST, ["target"])]
    again.press("Ctrl+Shift+Z")
    assert again.labels() == [(FIRST, ["target"]), (SECOND, ["breakthrough"])]
    again.bench.window.close()


def test_a_note_is_written_and_kept(desk: Desk) -> None:
    """T goes to the note, letters are letters there, Escape goes back to the article."""
    desk.press("1", "K", "T")
    assert desk.bench.inspector.note.hasFocus()
    desk.press("1", "j", "s", "Esc")
    assert desk.bench.article.hasFocus()
    assert desk.saved()["annotations"][0]["note"] == "1js"


@pytest.mark.parametrize("leave", ["Ctrl+PgDown", "Ctrl+Return", "Ctrl+Q"])
def test_a_note_is_kept_however_it_is_left(desk: Desk, leave: str) -> None:
    """Going to another document, Ctrl+Enter and closing the window keep the note on its own sentence."""
    desk.press("1", "K", "T", "x", "y", leave)
    desk.bench.window.close()
    again = desk.reopen()
    found = again.saved()
    assert [(one["text"], one["note"]) for one in found["annotations"]] == [(FIRST, "xy")]
    assert found["status"] == "in progress"
    assert not (desk.folder / "b.txt.annotations.yaml").exists()
    again.bench.window.close()


def test_the_input_method_is_off_in_the_article_and_on_in_the_note(desk: Desk) -> None:
    """Telex takes no letters from the reader, and the note takes Vietnamese."""
    assert not desk.bench.article.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert desk.bench.inspector.note.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_finish_decides_the_rest_and_opens_the_next_document(desk: Desk) -> None:
    """Ctrl+Enter: what is undecided is nothing, the document is done, the next one is open."""
    first = desk.bench.session.path
    desk.press("1", "Ctrl+Return")
    assert first is not None
    assert desk.bench.session.path == first.with_name("b.txt")
    found = desk.saved()
    assert found["status"] == "done"
    assert len(found["nothing"]) == found["document"]["sentences"] - 1


def test_ctrl_page_keys_go_through_the_documents(desk: Desk) -> None:
    """Ctrl+PageDown and Ctrl+PageUp open the neighbours and say so at the ends."""
    desk.press("Ctrl+PgDown")
    assert desk.current() == "Đây là bài thứ hai."
    desk.press("Ctrl+PgUp")
    assert desk.current() == FIRST
    desk.press("Ctrl+PgUp")
    assert desk.bench.status.currentMessage() == "This is the first document of the folder."


def test_ctrl_s_says_that_it_is_saved(desk: Desk) -> None:
    """Save now writes at once."""
    desk.press("1", "Ctrl+S")
    assert desk.bench.status.currentMessage() == "Saved."
    assert desk.sidecar.exists()


def test_copy_gives_the_words_of_the_article(desk: Desk, qapp: object) -> None:
    """Ctrl+C copies the current sentence as it stands in the file."""
    desk.press("Ctrl+C")
    assert qapp.clipboard().text() == FIRST  # type: ignore[attr-defined]


def test_a_note_is_kept_while_it_is_still_being_written(desk: Desk) -> None:
    """After a short pause what was written so far is in the journal and the file, though the note has the focus."""
    desk.press("1", "K", "T", "x", "y")
    desk.qtbot.waitUntil(lambda: desk.saved()["annotations"][0].get("note") == "xy", timeout=10_000)
    assert desk.bench.inspector.note.hasFocus()


def test_a_note_is_one_sentence_s_also_where_several_are_selected(desk: Desk) -> None:
    """T on a selection goes to the note of the current sentence; nothing is lost by looking at it."""
    desk.press("T", "x", "Esc", "Down", "Shift+Up", "T", "Esc")
    assert [(one["text"], one["note"]) for one in desk.saved()["annotations"]] == [(FIRST, "x")]


def test_escape_drops_a_selection(desk: Desk) -> None:
    """After Escape a digit goes to the current sentence alone."""
    desk.press("Shift+Down", "Esc", "Shift+2")
    assert desk.labels() == [(SECOND, ["breakthrough"])]


def test_the_list_knows_how_far_a_document_was_when_it_was_left(desk: Desk) -> None:
    """Deciding and leaving at once shows in the row of the document that was left, and the next one says saved."""
    desk.press("1", "Ctrl+PgDown")
    model = desk.bench.documents.model
    spoken = str(model.data(model.index(0), int(Qt.ItemDataRole.AccessibleTextRole)))
    assert "20 % decided" in spoken
    assert desk.bench.session.is_saved
