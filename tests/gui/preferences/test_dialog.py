"""The dialog of preferences, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialog_driver import Answers, box, button, focus_widget, named
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLineEdit, QSpinBox, QTreeWidget, QWidget

from annotator.app.preferences.settings import Settings, load_settings
from annotator.app.preferences.settings_file import settings_path
from annotator.gui.theme.theme import DARK

if TYPE_CHECKING:
    from collections.abc import Callable

    from window_driver import WindowDriver


def ask(driver: WindowDriver, *hands: Callable[[QDialog], None]) -> None:
    """Call the dialog by its key and answer it; the article has the focus afterwards."""
    Answers(*hands).during(lambda: driver.press("Ctrl+,"))
    driver.qtbot.waitUntil(driver.is_article_focused)


def pick(dialog: QDialog, name: str, value: str) -> None:
    """Choose a value in a list."""
    choice = named(dialog, QComboBox, name)
    choice.setCurrentIndex(choice.findData(value))


def test_looks_change_at_once_and_are_kept(driver: WindowDriver) -> None:
    """Language, colours, face and size hold as soon as the dialog is closed, and stand in the file."""

    def hand(dialog: QDialog) -> None:
        pick(dialog, "Language", "vi")
        pick(dialog, "Colours", "dark")
        pick(dialog, "Article font", "sans")
        named(dialog, QSpinBox, "Size of the text").setValue(130)
        button(dialog, "OK").click()

    ask(driver, hand)
    assert (driver.language, driver.theme, driver.zoom()) == ("vi", DARK, 1.3)
    assert driver.menu_bar().actions()[0].text().replace("&", "") == "Tệp"
    kept = load_settings(settings_path())
    assert (kept.language, kept.theme, kept.face, kept.zoom) == ("vi", "dark", "sans", 1.3)


def test_headings_can_count_like_all_others(driver: WindowDriver) -> None:
    """Where going on does not pass over captions, the next key stops at them."""

    def hand(dialog: QDialog) -> None:
        skips = box(dialog, "Skip headings, captions and the like when going to the next sentence")
        assert skips.isChecked()
        skips.click()
        button(dialog, "OK").click()

    ask(driver, hand)
    driver.press("J", "J", "J")
    assert driver.current() == "Cầu cảng lúc bình minh."
    driver.press("Home")
    assert driver.current() == "Kế hoạch mới của Hải Vân"
    assert not load_settings(settings_path()).skips


def test_fading_is_a_setting(driver: WindowDriver) -> None:
    """It is kept."""

    def hand(dialog: QDialog) -> None:
        box(dialog, "Dim untagged sentences").click()
        button(dialog, "OK").click()

    ask(driver, hand)
    assert load_settings(settings_path()).fade


def test_another_name_holds_from_the_next_document_on(driver: WindowDriver) -> None:
    """What is written in this document still has the old name, what is written in the next one the new name."""

    def hand(dialog: QDialog) -> None:
        named(dialog, QLineEdit, "Your name").setText("lan")
        button(dialog, "OK").click()

    ask(driver, hand)
    driver.press("1")
    assert driver.saved()["annotator"] == "mai"
    driver.press("Ctrl+PgDown", "1")
    assert driver.save()
    assert "annotator: lan" in (driver.folder / "b.txt.annotations.yaml").read_text("utf-8")


def test_cancel_leaves_all_as_it_was(driver: WindowDriver) -> None:
    """Escape closes the dialog, nothing is changed or written."""

    def hand(dialog: QDialog) -> None:
        pick(dialog, "Colours", "dark")
        QTest.keySequence(dialog, "Esc")

    before = driver.theme
    ask(driver, hand)
    assert driver.theme == before
    assert load_settings(settings_path()) == Settings()


def test_keys_are_changed_from_here(driver: WindowDriver) -> None:
    """The button leads to the keys; what is changed there holds when both dialogs are agreed to."""

    def keys(dialog: QDialog) -> None:
        tree = named(dialog, QTreeWidget, "Keyboard shortcuts")
        tree.setFocus()
        item = tree.currentItem()
        assert item is not None
        assert item.text(0) == "Open folder…"
        for key in ("Return", "F4"):
            QTest.keySequence(focus_widget(), key)
        button(dialog, "OK").click()

    answers: Answers

    def hand(dialog: QDialog) -> None:
        answers.expect()
        button(dialog, "Change keys…").click()
        button(dialog, "OK").click()

    answers = Answers(hand, keys)
    answers.during(lambda: driver.press("Ctrl+,"))
    assert load_settings(settings_path()).keys == {"open-folder": ["F4"]}


def test_every_control_has_a_name(driver: WindowDriver) -> None:
    """A screen reader can say what each control is for."""
    nameless: list[QWidget] = []

    def hand(dialog: QDialog) -> None:
        for kind in (QComboBox, QSpinBox):
            nameless.extend(one for one in dialog.findChildren(kind) if not one.accessibleName())
        nameless.extend(one for one in dialog.findChildren(QCheckBox) if not one.text())

    ask(driver, hand)
    assert nameless == []
