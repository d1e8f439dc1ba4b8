"""The fields of a label edited in the window: what is said at once, what is in the file, what is asked afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from label_dialog_driver import click, control, folder_file, get_texts, press, with_dialog, write
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QListWidget, QPlainTextEdit, QPushButton

from annotator.app.labels.draft import find_field_fault, format_options, parse_options, with_name
from annotator.app.preferences.settings import Settings
from annotator.core.fields import Field, FieldKind, Option

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from window_driver import WindowDriver

FILE = """\
format: annotator-workspace/1
labels:
- key: risk
  names: {vi: Rủi ro, en: Risk}
  colour: '#0072B2'
  fields:
  - {key: who, kind: person, names: {vi: Ai, fr: Qui}, weight: 3}
  - {key: level, kind: choice, options: [{key: low, names: {vi: Thấp, fr: Bas}, rank: 1}, high]}
  - when
"""


def type_options(dialog: QWidget, *lines: str, row: int | None = None) -> None:
    """Write the options of a field anew, a line each, by the keyboard; with `row`, click the field first."""
    if row is not None:
        choose_field(dialog, row)
    editor = control(dialog, QPlainTextEdit, "Options")
    editor.setFocus()
    press(dialog, "Ctrl+A", "Del")
    for number, line in enumerate(lines):
        if number:
            QTest.keyClick(editor, Qt.Key.Key_Return)
        QTest.keyClicks(editor, line)


def choose_kind(dialog: QWidget, kind: FieldKind) -> None:
    """Choose the kind of a field by the arrows."""
    box = control(dialog, QComboBox, "Kind")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _step in range(list(FieldKind).index(kind)):
        QTest.keyClick(box, Qt.Key.Key_Down)


def choose_field(dialog: QWidget, row: int) -> None:
    """Click a field in the list."""
    fields = control(dialog, QListWidget, "Fields")
    place = fields.visualItemRect(fields.item(row)).center()
    QTest.mouseClick(fields.viewport(), Qt.MouseButton.LeftButton, pos=place)


def rows(dialog: QWidget) -> list[str]:
    """What the list of fields shows."""
    fields = control(dialog, QListWidget, "Fields")
    return [fields.item(row).text() for row in range(fields.count())]


def with_fields(driver: WindowDriver, *acts: Callable[[Any], object], end: str = "Save labels") -> None:
    """Open the labels and the fields of the first; do ``acts`` there, then click ``end`` in the labels."""
    with_dialog(driver, lambda d: click(d, "Fields…"), *acts, lambda d: click(d, end))


def fields_in_file(driver: WindowDriver) -> list[Any]:
    """The fields of the first label in ``annotator.yaml``."""
    labels = folder_file(driver)["labels"]
    first = labels[0] if isinstance(labels, list) else labels["labels"][0]
    found: list[Any] = first.get("fields", [])
    return found


def asked(driver: WindowDriver) -> list[str]:
    """The fields that the inspector asks for, by key, from top to bottom."""
    driver.refresh()
    found = [*driver.panel("inspector").find_all(QComboBox), *driver.panel("inspector").find_all(QLineEdit)]
    shown = [one for one in found if one.objectName().startswith("field-") and one.isVisibleTo(driver.window)]
    return [one.objectName().removeprefix("field-") for one in sorted(shown, key=lambda one: one.y())]


@pytest.fixture
def risk(folder: Path, open_on: Callable[..., WindowDriver]) -> WindowDriver:
    """A window on a folder whose only label has three fields."""
    (folder / "annotator.yaml").write_text(FILE, "utf-8")
    return open_on(folder)


def test_a_field_is_added_by_keys_and_asked_for_at_once(driver: WindowDriver) -> None:
    """Through both dialogs: the file has it, the inspector asks for it, another window asks again."""

    def add(dialog: QWidget) -> None:
        click(dialog, "Add")
        QTest.keyClicks(dialog.focusWidget(), "urgency")  # the new key is selected, so it is typed over
        choose_kind(dialog, FieldKind.CHOICE)
        write(dialog, "Name, English", "Urgency")
        type_options(dialog, "high = cao = high up", "low")
        click(dialog, "Save fields")

    with_fields(driver, add)
    wanted = {
        "key": "urgency",
        "kind": "choice",
        "names": {"en": "Urgency"},
        "options": [{"key": "high", "names": {"vi": "cao", "en": "high up"}}, "low"],
    }
    assert fields_in_file(driver)[-1] == wanted
    driver.press("Shift+1")
    assert asked(driver)[-1] == "urgency"
    again = driver.reopen()
    again.press("0", "Shift+1")
    assert asked(again)[-1] == "urgency"
    again.close()


def test_the_labels_show_the_new_fields_before_they_are_used(risk: WindowDriver) -> None:
    """The row of the labels dialog names them; cancelled there, the file is as it was."""
    heard: list[str] = []

    def add(dialog: QWidget) -> None:
        click(dialog, "Add")
        click(dialog, "Save fields")

    with_fields(risk, add, lambda d: heard.extend(get_texts(d)), end="Cancel")
    assert "Ai, level, when, field-4" in heard
    assert (risk.folder / "annotator.yaml").read_text("utf-8") == FILE


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (lambda d: write(d, "Key in files", ""), "Field 1 has no key."),
        (lambda d: write(d, "Key in files", "when"), "Two fields have the key “when”."),
        (lambda d: choose_kind(d, FieldKind.CHOICE), "There is nothing to choose from in “who”."),
        (lambda d: type_options(d, "= x", row=1), "An option of “level” has no key."),
        (lambda d: type_options(d, "a = x", "X", row=1), "Two options of “level” are called “x”."),
    ],
    ids=["no key", "equal keys", "no options", "option without key", "equal options"],
)
def test_a_fault_is_said_at_once_and_nothing_can_be_kept(
    risk: WindowDriver, fault: Callable[[QWidget], object], words: str
) -> None:
    """The sentence is there while it is typed, the button is off, Enter does nothing, Escape leaves all as it was."""
    heard: list[str] = []
    states: list[bool] = []

    def look(dialog: QWidget) -> None:
        fault(dialog)
        heard.extend(get_texts(dialog))
        control(dialog, QLineEdit, "Key in files").setFocus()
        press(dialog, "Return")
        states.extend((control(dialog, QPushButton, "Save fields").isEnabled(), dialog.isVisible()))
        press(dialog, "Escape")

    with_fields(risk, look, end="Cancel")
    assert any(one.startswith(words) for one in heard)
    assert states == [False, True]
    assert (risk.folder / "annotator.yaml").read_text("utf-8") == FILE


def test_a_mended_fault_can_be_used(risk: WindowDriver) -> None:
    """The sentence goes with the fault; what else a field says in the file is kept under its new key."""

    def mend(dialog: QWidget) -> None:
        write(dialog, "Key in files", "")
        write(dialog, "Key in files", "person")
        press(dialog, "Return")

    with_fields(risk, mend)
    first, *rest = fields_in_file(risk)
    assert first == {"key": "person", "kind": "person", "names": {"vi": "Ai", "fr": "Qui"}, "weight": 3}
    assert [one["key"] for one in rest] == ["level", "when"]


def test_what_the_lines_of_options_do_not_say_is_kept(risk: WindowDriver) -> None:
    """An option that gets another name keeps its name in a third language and what else stands there."""
    texts: list[str] = []

    def rename(dialog: QWidget) -> None:
        choose_field(dialog, 1)
        editor = control(dialog, QPlainTextEdit, "Options")
        texts.append(editor.toPlainText())
        editor.setFocus()
        press(dialog, "Ctrl+Home", "End")
        QTest.keyClicks(editor, " = Low")
        click(dialog, "Save fields")

    with_fields(risk, rename)
    assert texts == ["low = Thấp\nhigh"]
    low = {"key": "low", "names": {"vi": "Thấp", "en": "Low", "fr": "Bas"}, "rank": 1}
    assert fields_in_file(risk)[1]["options"] == [low, "high"]


def test_another_kind_takes_the_options_out_and_back(risk: WindowDriver) -> None:
    """They are away in a text; chosen again before it is used, they are there again."""
    seen: list[bool] = []

    def change(dialog: QWidget) -> None:
        choose_field(dialog, 1)
        choose_kind(dialog, FieldKind.TEXT)
        seen.append(dialog.findChildren(QPlainTextEdit)[0].isVisible())
        choose_kind(dialog, FieldKind.CHOICE)
        seen.append(control(dialog, QPlainTextEdit, "Options").toPlainText() == "low = Thấp\nhigh")
        choose_kind(dialog, FieldKind.TEXT)
        click(dialog, "Save fields")

    with_fields(risk, change)
    assert seen == [False, True]
    assert fields_in_file(risk)[1] == {"key": "level"}


def test_fields_are_put_in_order(risk: WindowDriver) -> None:
    """By Alt and an arrow and by the buttons; the inspector asks in that order."""

    def move_first_down(dialog: QWidget) -> None:
        press(dialog, "Alt+Down")
        click(dialog, "Move down")
        click(dialog, "Save fields")

    def move_last_up(dialog: QWidget) -> None:
        press(dialog, "End", "Alt+Up")
        press(dialog, "Return")

    with_fields(risk, move_first_down)
    assert [one["key"] for one in fields_in_file(risk)] == ["level", "when", "who"]
    risk.press("Shift+1")
    assert asked(risk) == ["level", "when", "who"]
    with_fields(risk, move_last_up)
    assert [one["key"] for one in fields_in_file(risk)] == ["level", "who", "when"]


def test_a_removed_field_leaves_what_was_filled_in(risk: WindowDriver) -> None:
    """It is said so; the file of the article keeps the value, and the inspector shows it to be read."""
    risk.press("Shift+1")
    risk.refresh()
    editor = risk.panel("inspector").find(QLineEdit, "field-who")
    editor.setFocus()
    QTest.keyClicks(editor, "Ông Nam")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    filled = risk.saved()["annotations"][0]["fields"]
    heard: list[str] = []

    def remove(dialog: QWidget) -> None:
        heard.extend(get_texts(dialog))
        press(dialog, "Del")
        heard.extend(rows(dialog))
        click(dialog, "Save fields")

    with_fields(risk, remove)
    assert any(one.startswith("Nothing that is filled in gets lost") for one in heard)
    assert heard[-2:] == ["level", "when"]
    assert [one["key"] for one in fields_in_file(risk)] == ["level", "when"]
    assert risk.saved()["annotations"][0]["fields"] == filled
    assert asked(risk) == ["level", "when"]
    others = risk.panel("inspector").find(QLabel, "others")
    assert others.isVisibleTo(risk.window)
    assert "who: Ông Nam" in others.text()


def test_all_fields_can_go(risk: WindowDriver) -> None:
    """The form is off then, and the label has no fields in the file."""
    states: list[bool] = []

    def clear(dialog: QWidget) -> None:
        for _field in range(3):
            click(dialog, "Remove")
        states.append(control(dialog, QLineEdit, "Key in files").isEnabled())
        click(dialog, "Save fields")

    with_fields(risk, clear)
    assert states == [False]
    assert fields_in_file(risk) == []


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_control_has_a_name_and_the_tab_key_gets_there(
    folder: Path, open_on: Callable[..., WindowDriver], language: str
) -> None:
    """A screen reader has something to say wherever the focus can be, and the keyboard gets everywhere."""
    (folder / "annotator.yaml").write_text(FILE, "utf-8")
    driver = open_on(folder, Settings(language=language, theme="dark"))
    lacking: list[str] = []
    missed: set[QWidget] = set()

    def look(dialog: QWidget) -> None:
        press(dialog, "Down")
        controls = {
            one
            for kind in (QAbstractButton, QComboBox, QLineEdit, QListWidget, QPlainTextEdit)
            for one in dialog.findChildren(kind)
            if one.isVisible() and one.isEnabled()
        }
        for one in controls:
            text = one.text() if isinstance(one, QAbstractButton) else ""
            if not (one.accessibleName() or text):
                lacking.append(type(one).__name__)
        missed.update(controls)
        for _step in range(30):
            focus = dialog.focusWidget()
            if focus is not None:
                missed.discard(focus)
                QTest.keyClick(focus, Qt.Key.Key_Tab)
        press(dialog, "Escape")

    with_dialog(
        driver,
        lambda d: next(one for one in d.findChildren(QPushButton) if one.text().endswith("…")).click(),
        look,
        lambda d: press(d, "Escape"),
    )
    assert lacking == []
    assert missed == set()


def test_options_are_read_as_they_are_written() -> None:
    """With names in one language, in both, for all, and with a sign of equality in the key."""
    known = (
        Option("a"),
        Option("b", {"vi": "Bê"}),
        Option("c", {"en": "See"}, {"rank": 1}),
        Option("d", {"": "Dê"}),
        Option("e=f", {"fr": "E"}),
    )
    assert format_options(known) == "a\nb = Bê\nc = = See\nd = Dê = Dê\ne=f"
    assert parse_options(format_options(known), known) == known
    assert parse_options("c = Xê\n\n d ", known) == (Option("c", {"vi": "Xê"}, {"rank": 1}), Option("d"))


def test_a_name_for_every_language_becomes_one_for_each() -> None:
    """Changing one of them leaves the other as it was; an empty one is none."""
    assert with_name({"": "X", "fr": "Y"}, "en", "Z") == {"vi": "X", "en": "Z", "fr": "Y"}
    assert with_name({"vi": "X"}, "vi", " ") == {}


def test_a_unit_needs_no_options() -> None:
    """Other units can be typed anyway; a choice has to have something to choose."""
    assert find_field_fault([Field("a", FieldKind.UNIT)]) is None
    assert find_field_fault([Field("a", FieldKind.CHOICE)]) is not None
