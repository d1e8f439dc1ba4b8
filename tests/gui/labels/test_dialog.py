"""The labels of a folder edited in the window: what is seen at once, what is in the files, what comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from label_dialog_driver import OPEN, choose, click, control, folder_file, get_texts, press, with_dialog, write
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from annotator.app.preferences.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver


def names_shown(driver: WindowDriver) -> list[str]:
    """The labels in the inspector, from top to bottom."""
    found = [one for one in driver.panel("inspector").find_all(QPushButton) if one.objectName().startswith("label-")]
    return [one.text() for one in sorted(found, key=lambda one: one.y())]


def keys_in_file(driver: WindowDriver) -> list[str]:
    """The keys of the labels in ``annotator.yaml``."""
    return [label["key"] for label in folder_file(driver)["labels"]["labels"]]


def labels_of(driver: WindowDriver, name: str) -> list[list[str]]:
    """The labels of the annotations in an article's file."""
    assert driver.save()
    found = yaml.safe_load((driver.folder / f"{name}.annotations.yaml").read_text("utf-8"))
    return [one["labels"] for one in found["annotations"]]


def tag_both(driver: WindowDriver) -> None:
    """Tag the first sentence of both articles as a target; the first article is open afterwards."""
    driver.press("1", "Ctrl+PgDown", "1", "Ctrl+PgUp")


def rename_key(dialog: QWidget) -> None:
    """Rename the key of the first label, and use it."""
    write(dialog, "Key in files", "goal")
    press(dialog, "Return")


def test_a_new_name_is_seen_at_once_and_after_reopening(driver: WindowDriver) -> None:
    """Inspector and menu have the name, the file has it, and another window shows it again."""

    def rename(dialog: QWidget) -> None:
        write(dialog, "Name, English", "Goal")
        press(dialog, "Return")

    with_dialog(driver, rename)
    assert names_shown(driver)[0] == "1   Goal"
    action = driver.find(QAction, "tag-1")
    assert action.text() == "Goal"
    assert folder_file(driver)["labels"]["labels"][0]["names"] == {"vi": "Mục tiêu", "en": "Goal"}
    assert driver.is_article_focused()
    again = driver.reopen()
    assert names_shown(again)[0] == "1   Goal"
    again.close()


def test_the_order_gives_the_keys(driver: WindowDriver) -> None:
    """Alt and an arrow move a label in the list; the digits follow."""
    with_dialog(driver, lambda d: press(d, "Alt+Down", "Return"))
    assert keys_in_file(driver) == ["breakthrough", "target", "opinion"]
    driver.press("1")
    assert labels_of(driver, "a.txt") == [["breakthrough"]]


def test_a_renamed_key_is_renamed_in_all_documents_and_undone_as_one(driver: WindowDriver, qtbot: Any) -> None:
    """Ctrl+Z in the open document takes the new key back in the other one and in the folder's file; Ctrl+Y again."""
    tag_both(driver)
    with_dialog(driver, rename_key)
    assert (labels_of(driver, "a.txt"), labels_of(driver, "b.txt")) == ([["goal"]], [["goal"]])
    driver.press("Ctrl+Z")
    qtbot.waitUntil(lambda: labels_of(driver, "b.txt") == [["target"]])
    assert labels_of(driver, "a.txt") == [["target"]]
    assert not (driver.folder / "annotator.yaml").exists()
    assert "target" in driver.label_keys()
    driver.press("Ctrl+Y")
    qtbot.waitUntil(lambda: labels_of(driver, "b.txt") == [["goal"]])
    assert keys_in_file(driver)[0] == "goal"


def test_the_last_change_can_be_taken_back_from_the_dialog(driver: WindowDriver) -> None:
    """Where the open document has no such annotation there is nothing to undo in it, but a button."""
    tag_both(driver)
    driver.press("Up", "0")
    with_dialog(driver, rename_key)
    assert labels_of(driver, "b.txt") == [["goal"]]
    assert driver.toast().endswith("“Take back the last change” in Labels… reverts it.")
    with_dialog(driver, lambda d: click(d, "Take back the last change"))
    assert labels_of(driver, "b.txt") == [["target"]]
    with_dialog(driver, lambda d: click(d, "Do the last change again"))
    assert labels_of(driver, "b.txt") == [["goal"]]


def test_the_dialog_says_how_many_annotations_a_new_key_changes(driver: WindowDriver) -> None:
    """The count stands beside the key, before anything is done."""
    tag_both(driver)
    heard: list[str] = []

    def look(dialog: QWidget) -> None:
        write(dialog, "Key in files", "goal")
        heard.extend(get_texts(dialog))
        press(dialog, "Escape")

    with_dialog(driver, look)
    assert "Renamed from target: 2 annotations in 2 documents." in heard
    assert labels_of(driver, "b.txt") == [["target"]]
    assert not (driver.folder / "annotator.yaml").exists()


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("Key in files", "", "has no key"),
        ("Key in files", "opinion", "Two labels have the key “opinion”"),
        ("Colour, # and six digits", "#12", "cannot be read"),
        ("Letter, English", "ABC", "too long"),
        ("Letter, English", "O", "the same letter"),
    ],
)
def test_a_fault_is_said_at_once_and_nothing_can_be_kept(
    driver: WindowDriver, name: str, text: str, words: str
) -> None:
    """The sentence is there while it is typed, the button is off; Escape leaves everything as it was."""
    heard: list[str] = []

    def look(dialog: QWidget) -> None:
        write(dialog, name, text)
        heard.extend(get_texts(dialog))
        assert not control(dialog, QPushButton, "Save labels").isEnabled()
        press(dialog, "Return")
        assert dialog.isVisible()
        press(dialog, "Escape")

    with_dialog(driver, look)
    assert any(words in one for one in heard)
    assert names_shown(driver)[0] == "1   Target"
    assert not (driver.folder / "annotator.yaml").exists()
    assert driver.is_article_focused()


def test_a_used_label_is_taken_out_with_a_question(driver: WindowDriver) -> None:
    """How many annotations it has is said; left alone, they keep the key, and nothing is lost."""
    tag_both(driver)
    heard: list[str] = []

    def agree(dialog: QWidget) -> None:
        heard.extend(get_texts(dialog))
        press(dialog, "Return")

    with_dialog(driver, lambda d: press(d, "Del"), agree, lambda d: press(d, "Return"))
    assert "“Target” is used: 2 annotations in 2 documents. No annotation is lost." in heard
    assert keys_in_file(driver) == ["breakthrough", "opinion"]
    assert (labels_of(driver, "a.txt"), labels_of(driver, "b.txt")) == ([["target"]], [["target"]])


def test_its_annotations_can_go_to_another_label(driver: WindowDriver) -> None:
    """Chosen in the question, the other label takes them over in every document."""
    tag_both(driver)

    def merge(dialog: QWidget) -> None:
        control(dialog, QComboBox, "What becomes of them?").setFocus()
        press(dialog, "Down", "Down", "Return")

    with_dialog(driver, lambda d: click(d, "Remove"), merge, lambda d: click(d, "Save labels"))
    assert (labels_of(driver, "a.txt"), labels_of(driver, "b.txt")) == ([["opinion"]], [["opinion"]])


def test_a_label_that_is_kept_after_all(driver: WindowDriver) -> None:
    """Escape in the question keeps the label in the list."""
    tag_both(driver)
    rows: list[int] = []

    def look(dialog: QWidget) -> None:
        rows.append(control(dialog, QListWidget, "Labels").count())
        press(dialog, "Escape")

    with_dialog(driver, lambda d: press(d, "Del"), lambda d: press(d, "Escape"), look)
    assert rows == [3]


def test_a_label_out_of_the_list_is_taken_in_again(driver: WindowDriver) -> None:
    """Keys that annotations have without a label are offered; taken in, they have a colour and a name."""
    tag_both(driver)
    with_dialog(driver, lambda d: press(d, "Del"), lambda d: press(d, "Return"), lambda d: press(d, "Return"))

    def take_in(dialog: QWidget) -> None:
        click(dialog, "Labels not in the list")
        (menu,) = dialog.findChildren(QMenu)
        assert menu.actions()[0].text() == "Take in “target” (2 annotations in 2 documents)"
        press(menu, "Down", "Return")

    with_dialog(driver, take_in, lambda d: click(d, "Save labels"))
    assert keys_in_file(driver) == ["breakthrough", "opinion", "target"]
    assert labels_of(driver, "a.txt") == [["target"]]


def test_a_label_is_added_by_mouse_alone(driver: WindowDriver) -> None:
    """Add, a swatch, and the button that keeps it; the new label has its own letter and key."""

    def add(dialog: QWidget) -> None:
        for name in ("Add", "olive", "Save labels"):
            click(dialog, name)

    with_dialog(driver, add)
    added = folder_file(driver)["labels"]["labels"][3]
    assert added == {"key": "label-4", "letter": "A", "colour": "#999933"}
    assert names_shown(driver)[3] == "4   label-4"
    driver.press("4")
    assert labels_of(driver, "a.txt") == [["label-4"]]


def test_what_the_dialog_does_not_show_is_kept(driver: WindowDriver) -> None:
    """Fields, names in other languages and unknown keys of a label stay as they were; so does the rest of the file."""
    text = """\
# ours
format: annotator-workspace/1
labels:
- key: risk
  names: {vi: Rủi ro, fr: Risque}
  colour: '#0072B2'
  fields:
  - {key: who, kind: person}
  weight: 3
abbreviations: [HĐND.] # local
"""
    (driver.folder / "annotator.yaml").write_text(text, "utf-8")
    again = driver.reopen()

    def edit(dialog: QWidget) -> None:
        hint = control(dialog, QPlainTextEdit, "Definition, English")
        hint.setFocus()
        QTest.keyClicks(hint, "What may go wrong.")
        click(dialog, "Save labels")

    with_dialog(again, edit)
    found = folder_file(again)["labels"][0]
    assert found["names"] == {"vi": "Rủi ro", "fr": "Risque"}
    assert found["fields"] == [{"key": "who", "kind": "person"}]
    assert (found["weight"], found["hints"]) == (3, {"en": "What may go wrong."})
    written = (again.folder / "annotator.yaml").read_text("utf-8")
    assert written.startswith("# ours\n")
    assert written.endswith("abbreviations: [HĐND.] # local\n")
    again.close()


@pytest.mark.parametrize(
    "text",
    [
        "format: annotator-workspace/1\nlabels:\n- {key: a}\n- {key: a}\n",
        "format: annotator-workspace/1\nlabels:\n- {key: a, colour: blue}\n",
        "labels: [",
    ],
    ids=["equal keys", "colour", "broken"],
)
def test_a_broken_file_is_told_and_never_overwritten(
    folder: Path, open_on: Callable[[Path], WindowDriver], text: str
) -> None:
    """It is said when the folder is opened, and again when the labels are to be edited; no dialog opens."""
    (folder / "annotator.yaml").write_text(text, "utf-8")
    driver = open_on(folder)
    assert "annotator.yaml" in driver.notice()
    driver.press(OPEN)
    assert "it is not overwritten. Mend it" in driver.notice()
    assert QApplication.activeModalWidget() is None
    assert (folder / "annotator.yaml").read_text("utf-8") == text
    assert names_shown(driver) == ["1   Target", "2   Breakthrough", "3   Opinion"]


def test_without_a_folder_it_says_to_open_one(folder: Path, open_on: Callable[[Path], WindowDriver]) -> None:
    """A document opened by itself has no labels of its own."""
    driver = open_on(folder / "a.txt")
    driver.press(OPEN)
    assert "Open the folder of the articles first" in driver.notice()
    assert QApplication.activeModalWidget() is None


def test_files_that_could_not_be_changed_are_named(driver: WindowDriver) -> None:
    """The rest is changed; the notice says which file was not, and why."""
    tag_both(driver)
    broken = driver.folder / "b.txt.annotations.yaml"
    assert driver.save()
    broken.write_text("{ not: [yaml", "utf-8")
    with_dialog(driver, rename_key)
    assert "b.txt.annotations.yaml, line" in driver.notice()
    assert labels_of(driver, "a.txt") == [["goal"]]
    assert broken.read_text("utf-8") == "{ not: [yaml"


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_control_has_a_name(folder: Path, open_on: Callable[..., WindowDriver], language: str) -> None:
    """A screen reader has something to say wherever the focus can be."""
    driver = open_on(folder, Settings(language=language, theme="dark"))
    lacking: list[str] = []

    def look(dialog: QWidget) -> None:
        controls = [one for one in dialog.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        for one in controls:
            text = one.text() if isinstance(one, QAbstractButton) else ""
            if one.isVisible() and not (one.accessibleName() or text):
                lacking.append(type(one).__name__)
        press(dialog, "Escape")

    with_dialog(driver, look)
    assert lacking == []


def test_all_of_it_can_be_reached_with_the_tab_key(driver: WindowDriver) -> None:
    """From the list through buttons and form to the buttons below, and each label's form by the arrows."""
    seen: list[str] = []
    keys: list[str] = []

    def walk(dialog: QWidget) -> None:
        for _number in range(40):
            focus = dialog.focusWidget()
            if focus is not None:
                text = focus.text() if isinstance(focus, QAbstractButton) else ""
                seen.append(focus.accessibleName() or text)
            QTest.keyClick(focus or dialog, Qt.Key.Key_Tab)
        control(dialog, QListWidget, "Labels").setFocus()
        press(dialog, "Down")
        keys.append(control(dialog, QLineEdit, "Key in files").text())
        press(dialog, "Escape")

    with_dialog(driver, walk)
    wanted = {
        "Labels",
        "Add",
        "Remove",
        "Move down",
        "Key in files",
        "Name, English",
        "Definition, Tiếng Việt",
        "blue",
        "Cancel",
    }
    assert wanted - set(seen) == set()
    assert seen.index("Labels") < seen.index("Add") < seen.index("Key in files") < seen.index("Cancel")
    assert keys == ["breakthrough"]


def test_choosing_a_label_shows_it(driver: WindowDriver) -> None:
    """A click in the list fills the form."""
    keys: list[str] = []

    def look(dialog: QWidget) -> None:
        choose(dialog, 2)
        keys.append(control(dialog, QLineEdit, "Key in files").text())
        press(dialog, "Escape")

    with_dialog(driver, look)
    assert keys == ["opinion"]
