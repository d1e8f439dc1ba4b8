"""Fields in the inspector: filled in by keys and by the mouse, and what they leave in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QWidget

from annotator.app.preferences.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver

FIRST = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."
SECOND = "Ba khâu đột phá được chọn."
SIDECAR = f"""\
format: annotator/1
document: {{file: a.txt}}
labels: policy
status: in progress
annotations:
- id: k3f9x2
  labels: [target]
  at: [26, 80]
  text: {FIRST}
  fields: {{source: trang 4, value: [9, 10.5], comparator: roughly, by: 2025-05-12}}
nothing: []
"""

T = TypeVar("T", bound=QWidget)


def seen(driver: WindowDriver, name: str, kind: type[T]) -> T | None:
    """The widget called so that can be seen now."""
    driver.refresh()
    found = driver.panel("inspector").find_all(kind, name)
    return next((one for one in found if one.isVisibleTo(driver.window)), None)


def line(driver: WindowDriver, key: str) -> QLineEdit:
    """Where a field is typed."""
    found = seen(driver, f"field-{key}", QLineEdit)
    assert found is not None
    return found


def choice(driver: WindowDriver, key: str) -> QComboBox:
    """Where a field is chosen."""
    found = seen(driver, f"field-{key}", QComboBox)
    assert found is not None
    return found


def marks(driver: WindowDriver) -> list[str]:
    """The marks beside fields that can be seen."""
    driver.refresh()
    found = driver.panel("inspector").find_all(QLabel, "mark")
    return [one.text() for one in found if one.isVisibleTo(driver.window)]


def focus(driver: WindowDriver) -> str:
    """The name of what has the focus."""
    found = driver.focus()
    return found.objectName() if found else ""


def type_in(driver: WindowDriver, text: str) -> None:
    """Type into what has the focus."""
    QTest.keyClicks(driver.focus(), text)


def fields(driver: WindowDriver) -> dict[str, Any]:
    """The fields of the first annotation in the file."""
    return dict(driver.saved()["annotations"][0].get("fields", {}))


@pytest.fixture
def tagged(driver: WindowDriver) -> WindowDriver:
    """A window whose current sentence is tagged as a target."""
    driver.press("Shift+1")
    return driver


def test_fields_are_filled_in_by_keys_alone(tagged: WindowDriver) -> None:
    """F goes to the first field, Tab goes on, Enter goes back to the article; the file has it all, in order."""
    tagged.press("F")
    assert focus(tagged) == "field-indicator"
    type_in(tagged, "GRDP")
    tagged.press("Tab", "Down", "Down", "Tab")
    assert focus(tagged) == "field-value"
    type_in(tagged, "10 - 11")
    tagged.press("Tab")
    type_in(tagged, "tr.")
    tagged.press("Tab")
    type_in(tagged, "12.5.2025")
    tagged.press("Return")
    assert tagged.is_article_focused()
    expected = [("indicator", "GRDP"), ("comparator", ">"), ("value", [10, 11]), ("unit", "tr."), ("by", "2025-05-12")]
    assert expected == list(fields(tagged).items())
    assert "fields: {indicator: GRDP, comparator: '>', value: [10, 11], unit: tr., by: '2025-05-12'}" in (
        tagged.sidecar.read_text("utf-8")
    )
    tagged.press("J")
    assert tagged.current() == SECOND


def test_tab_goes_through_the_fields_to_the_note(tagged: WindowDriver) -> None:
    """The order is that on the screen, and back with Shift."""
    tagged.press("F")
    names = []
    for _ in range(6):
        names.append(focus(tagged))
        tagged.press("Tab")
    assert names == [f"field-{key}" for key in ("indicator", "comparator", "value", "unit", "by", "body")]
    assert tagged.note().hasFocus()
    tagged.press("Shift+Tab")
    assert focus(tagged) == "field-body"


def test_a_number_is_shown_as_it_was_understood(tagged: WindowDriver) -> None:
    """Vietnamese and English writing mean the same; the field then shows it in the language of the window."""
    tagged.press("F", "Tab", "Tab")
    type_in(tagged, "1.250.000")
    tagged.press("Tab")
    assert line(tagged, "value").text() == "1,250,000"
    assert fields(tagged) == {"value": 1250000}


def test_what_is_no_figure_stays_as_text_with_a_mark(tagged: WindowDriver) -> None:
    """It is stored as typed, Enter goes back to the article, and the mark goes when a figure comes."""
    tagged.press("F", "Tab", "Tab")
    type_in(tagged, "unknown")
    tagged.press("Return")
    assert tagged.is_article_focused()
    assert fields(tagged) == {"value": "unknown"}
    assert line(tagged, "value").text() == "unknown"
    assert marks(tagged) == ["text"]
    assert "as it was typed" in line(tagged, "value").accessibleDescription()
    tagged.press("F", "Tab", "Tab", "Ctrl+A")
    type_in(tagged, "7")
    tagged.press("Return")
    assert marks(tagged) == []
    assert fields(tagged) == {"value": 7}


def test_a_figure_brings_its_comparator_and_its_unit_along_in_one_step(tagged: WindowDriver) -> None:
    """They go to their own fields where these are empty, and one undo takes all three back."""
    tagged.press("F", "Tab", "Tab")
    type_in(tagged, "> 75%")
    tagged.press("Return")
    assert fields(tagged) == {"comparator": ">", "value": 75, "unit": "%"}
    assert choice(tagged, "comparator").currentText() == "> more than"
    assert choice(tagged, "unit").currentText() == "%"
    assert line(tagged, "value").text() == "75"
    assert marks(tagged) == []
    tagged.press("Ctrl+Z")
    assert fields(tagged) == {}


def test_what_is_typed_in_a_field_is_stored_when_it_is_left_by_escape(tagged: WindowDriver) -> None:
    """Another sentence does not show it; back at the first one it is there."""
    tagged.press("F", "Tab", "Tab")
    type_in(tagged, "abc")
    tagged.press("Esc")
    assert tagged.is_article_focused()
    tagged.press("J", "Shift+1")
    assert line(tagged, "value").text() == ""
    assert marks(tagged) == []
    tagged.press("K")
    assert line(tagged, "value").text() == "abc"
    assert marks(tagged) == ["text"]


def test_one_undo_takes_one_field_back(tagged: WindowDriver) -> None:
    """Each field left is one step; redo brings it back; the form shows what holds."""
    tagged.press("F")
    type_in(tagged, "GRDP")
    tagged.press("Tab", "Tab")
    type_in(tagged, "30")
    tagged.press("Esc", "Ctrl+Z")
    assert fields(tagged) == {"indicator": "GRDP"}
    assert line(tagged, "value").text() == ""
    tagged.press("Ctrl+Z")
    assert fields(tagged) == {}
    tagged.press("Ctrl+Y", "Ctrl+Y")
    assert fields(tagged) == {"indicator": "GRDP", "value": 30}
    assert line(tagged, "value").text() == "30"


def test_an_emptied_field_is_removed(tagged: WindowDriver) -> None:
    """No empty value stays in the file."""
    tagged.press("F")
    type_in(tagged, "GRDP")
    tagged.press("Return", "F", "Ctrl+A", "Backspace", "Return")
    assert "fields" not in tagged.saved()["annotations"][0]


def test_leaving_fields_as_they_are_changes_nothing(tagged: WindowDriver) -> None:
    """Going through the form makes no steps."""
    steps = tagged.steps()
    tagged.press("F", *["Tab"] * 6, "Esc")
    assert steps == tagged.steps()


def test_the_form_is_shown_only_for_labels_that_have_fields(driver: WindowDriver) -> None:
    """An untagged sentence has none, each label its own, two labels both; several sentences have none."""
    assert seen(driver, "field-indicator", QLineEdit) is None
    driver.press("Shift+3")
    assert seen(driver, "field-speaker", QLineEdit) is not None
    assert seen(driver, "field-indicator", QLineEdit) is None
    driver.press("Shift+1")
    assert seen(driver, "field-speaker", QLineEdit) is not None
    assert seen(driver, "field-indicator", QLineEdit) is not None
    driver.press("Shift+Down", "Shift+1", "Shift+Up", "Shift+Down")
    assert seen(driver, "field-indicator", QLineEdit) is None
    driver.press("J")
    assert seen(driver, "field-indicator", QLineEdit) is None


def test_f_says_that_there_is_nothing_to_fill_in(driver: WindowDriver) -> None:
    """The article keeps the focus."""
    driver.press("F")
    assert driver.is_article_focused()
    assert driver.status() == "No label of this sentence has fields: tag the sentence first."


def test_f_opens_the_hidden_inspector(tagged: WindowDriver) -> None:
    """The panel comes back with the focus in the first field."""
    tagged.press("F10")
    assert not tagged.is_panel_shown("inspector")
    tagged.press("F")
    assert tagged.is_panel_shown("inspector")
    assert focus(tagged) == "field-indicator"


@pytest.mark.parametrize("leave", ["Ctrl+PgDown", "Ctrl+Q", "Ctrl+Return", "click"])
def test_a_field_is_kept_however_it_is_left(tagged: WindowDriver, leave: str) -> None:
    """Another document, the end of the program, Ctrl+Enter and a click on another sentence keep what is being typed."""
    tagged.press("F")
    type_in(tagged, "GRDP")
    if leave == "click":
        tagged.click(SECOND)
    else:
        tagged.press(leave)
    tagged.close()
    again = tagged.reopen()
    found = again.saved()
    assert [(one["text"], one["fields"]) for one in found["annotations"]] == [(FIRST, {"indicator": "GRDP"})]
    assert found["status"] == "in progress"
    again.close()


@pytest.mark.parametrize(("key", "typed", "saved"), [("value", "9,5", 9.5), ("unit", "t/ha", "t/ha")])
def test_ctrl_s_saves_what_is_being_typed(tagged: WindowDriver, key: str, typed: str, saved: object) -> None:
    """What is typed is in the file when the program says so; the field keeps the focus, and typing goes on."""
    part = line(tagged, key) if key == "value" else choice(tagged, key)
    part.setFocus()
    type_in(tagged, typed)
    tagged.press("Ctrl+S")
    assert tagged.status() == "Saved."
    assert fields(tagged) == {key: saved}
    assert part.hasFocus()
    assert focus(tagged) == f"field-{key}"
    QTest.keyClicks(tagged.focus(), "1")
    tagged.press("Esc")
    assert fields(tagged) == {key: 9.51 if key == "value" else "t/ha1"}


def test_typing_goes_on_after_ctrl_s(tagged: WindowDriver) -> None:
    """The wording stays under the cursor; what the beginning gave to other fields gives way to the whole."""
    part = line(tagged, "value")
    part.setFocus()
    type_in(tagged, "hon 20")
    part.setText("trên 20 t")
    tagged.press("Ctrl+S")
    assert fields(tagged) == {"comparator": ">", "value": 20, "unit": "t"}
    tagged.refresh()
    assert part.text() == "trên 20 t"
    part.setText("trên 20 triệu đồng")
    tagged.press("Ctrl+S")
    assert fields(tagged) == {"comparator": ">", "value": 20, "unit": "triệu đồng"}
    tagged.refresh()
    part.setText("20")
    tagged.press("Ctrl+S", "Esc")
    assert fields(tagged) == {"value": 20}
    assert part.text() == "20"


def test_the_wording_is_the_usual_one_when_the_field_is_left(tagged: WindowDriver) -> None:
    """Also where nothing was typed after Ctrl+S; what is typed then is read by itself."""
    part = line(tagged, "value")
    part.setFocus()
    part.setText("75%")
    tagged.press("Ctrl+S", "Esc")
    assert part.text() == "75"
    tagged.refresh()
    part.setFocus()
    part.setText("80")
    tagged.press("Esc")
    assert fields(tagged) == {"value": 80, "unit": "%"}


def test_ctrl_s_in_a_finished_document_says_saved_after_the_answer(tagged: WindowDriver) -> None:
    """What is typed there waits for the question, and nothing is said to be saved before."""
    tagged.press("Ctrl+Return", "Enter")
    tagged.open_row(0)
    before = tagged.saved()
    tagged.press("F")
    type_in(tagged, "GRDP")
    tagged.press("Ctrl+S")
    assert tagged.strip()
    assert tagged.status() != "Saved."
    assert tagged.saved() == before


def test_closing_the_window_keeps_what_is_being_typed(tagged: WindowDriver) -> None:
    """As leaving the field would."""
    tagged.press("F")
    type_in(tagged, "GRDP")
    tagged.close()
    again = tagged.reopen()
    assert fields(again) == {"indicator": "GRDP"}
    again.close()


def test_the_mouse_alone_fills_in_a_choice(tagged: WindowDriver) -> None:
    """A click opens the list, a click chooses, a click on the article keeps it; the wheel changes nothing."""
    box = choice(tagged, "comparator")
    tagged.reveal(box)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    tagged.qtbot.waitUntil(box.view().isVisible)
    place = box.view().visualRect(box.model().index(box.findText("≥ at least"), 0)).center()
    QTest.mouseMove(box.view().viewport(), place)
    QTest.mouseClick(box.view().viewport(), Qt.MouseButton.LeftButton, pos=place)
    tagged.qtbot.waitUntil(lambda: not box.view().isVisible())
    assert box.currentText() == "≥ at least"
    tagged.click(FIRST)
    assert fields(tagged) == {"comparator": ">="}
    wheel = QWheelEvent(
        QPoint(5, 5),
        box.mapToGlobal(QPoint(5, 5)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003
    )
    QApplication.sendEvent(box, wheel)
    assert box.currentText() == "≥ at least"


def test_a_usual_unit_is_kept_by_its_key(tagged: WindowDriver) -> None:
    """The list speaks the language of the window, the file does not."""
    tagged.press("F", "Tab", "Tab", "Tab")
    type_in(tagged, "billion vnd")
    tagged.press("Tab")
    assert choice(tagged, "unit").currentText() == "billion VND"
    assert fields(tagged) == {"unit": "tỷ đồng"}


def test_what_stands_in_the_file_is_shown_and_kept(folder: Path, open_on: Callable[..., WindowDriver]) -> None:
    """A field that no label asks for is shown by its key, an unknown choice as it is; all is kept."""
    (folder / "a.txt.annotations.yaml").write_text(SIDECAR, "utf-8")
    driver = open_on(folder)
    driver.press("K")
    assert driver.current() == FIRST
    assert line(driver, "value").text() == "9 – 10.5"
    assert line(driver, "by").text() == "12 May 2025"
    assert choice(driver, "comparator").currentText() == "roughly"
    others = seen(driver, "others", QLabel)
    assert others is not None
    assert others.text() == "Fields that no label here asks for\nsource: trang 4"
    driver.press("F")
    type_in(driver, "GRDP")
    driver.press("Tab", "Tab", "Tab", "Esc")
    assert fields(driver) == {
        "indicator": "GRDP",
        "comparator": "roughly",
        "value": [9, 10.5],
        "by": "2025-05-12",
        "source": "trang 4",
    }


def test_the_form_speaks_the_language_that_is_chosen(tagged: WindowDriver) -> None:
    """Names and values change at once; what was being typed is kept first."""
    tagged.press("F", "Tab", "Tab")
    type_in(tagged, "18.3")
    tagged.choose_look(language="vi")
    assert line(tagged, "value").text() == "18,3"
    assert line(tagged, "value").accessibleName() == "Giá trị"
    assert fields(tagged) == {"value": 18.3}
    tagged.choose_look(language="en")


def test_the_input_method_is_on_in_the_fields(tagged: WindowDriver) -> None:
    """Vietnamese can be typed where words are typed."""
    tagged.press("F")
    for field in (line(tagged, "indicator"), choice(tagged, "unit")):
        assert field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_every_field_has_a_name_for_a_screen_reader(tagged: WindowDriver) -> None:
    """The names are those on the screen."""
    names = [
        QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        for widget in (line(tagged, "indicator"), choice(tagged, "comparator"), choice(tagged, "unit"))
    ]
    assert names == ["Indicator", "Comparator", "Unit"]


def test_a_document_that_is_read_only_shows_its_fields(folder: Path, open_on: Callable[..., WindowDriver]) -> None:
    """They cannot be changed."""
    (folder / "a.txt.annotations.yaml").write_text(SIDECAR, "utf-8")
    driver = open_on(folder, Settings(language="en", theme="dark"))
    driver.press("K")
    driver.forbid("This document can only be read.")
    assert line(driver, "value").isReadOnly()
    assert not choice(driver, "comparator").isEnabled()
    assert line(driver, "value").text() == "9 – 10.5"
