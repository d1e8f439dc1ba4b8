"""Which message is shown in which way, and in which colour."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from annotator.core.colour import contrast_ratio
from annotator.gui.messages.message import MessageAction, MessageKind, Question
from annotator.gui.theme.theme import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Theme

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK, HIGH_LIGHT, HIGH_DARK], ids=lambda theme: theme.name)


@THEMES
def test_the_edge_tells_the_kind(driver: WindowDriver, theme: Theme) -> None:
    """Accent for a question, amber for what to look at, red for a fault alone."""
    driver.choose_look(theme=theme.name)
    found = []
    for kind in (MessageKind.INFO, MessageKind.WARN, MessageKind.TROUBLE):
        driver.ask(Question("A sentence.", kind=kind))
        found.append(driver.strip_colour())
        driver.dismiss_notice()
    assert found == [theme.accent, theme.warn, theme.error]


@THEMES
def test_all_of_it_can_be_read(driver: WindowDriver, theme: Theme) -> None:
    """Each text and icon has the contrast of the theme on its ground."""
    driver.choose_look(theme=theme.name)
    inks = (theme.ink, theme.muted, theme.accent, theme.success, theme.warn, theme.error)
    pairs = [(ink, theme.field) for ink in inks]
    pairs += [(theme.paper, theme.accent), (theme.ink, theme.selection), (theme.muted, theme.selection)]
    pairs += [(theme.warn, theme.warn_ground), (theme.ink, theme.warn_ground)]
    assert [pair for pair in pairs if contrast_ratio(*pair) < theme.min_contrast] == []
    driver.show_toast("Done · with a detail")
    driver.ask(Question("A sentence.", "A detail."))
    for name, words in (("toast", ("toast-text", "toast-detail")), ("strip", ("strip-text", "strip-detail"))):
        for word in words:
            label = driver.overlay(name).findChild(QLabel, word)
            assert isinstance(label, QLabel)
            ink = label.palette().color(label.foregroundRole()).name()
            assert contrast_ratio(ink, theme.field) >= theme.min_contrast


def test_a_lock_of_another_window_is_no_fault(
    driver: WindowDriver, open_on: Callable[[Path], WindowDriver], folder: Path
) -> None:
    """It is amber."""
    driver.press("1")
    second = open_on(folder)
    assert "another window" in second.notice()
    assert second.strip_colour() == LIGHT.warn


def test_a_broken_sidecar_is_a_fault(driver: WindowDriver, open_on: Callable[[Path], WindowDriver]) -> None:
    """It is red, and still in the list of messages when another document was opened."""
    driver.press("1")
    driver.save()
    driver.close()
    driver.sidecar.write_text("format: annotator/1\nannotations: {", "utf-8")
    again = open_on(driver.folder)
    assert again.strip_colour() == LIGHT.error
    message = again.strip()
    again.press("Ctrl+PgDown")
    assert again.strip() == ""
    assert again.bell() == "Recent messages, 1 unread"
    with again.recent_messages() as messages:
        assert messages.rows()[0].startswith(message)


def test_a_fault_of_no_document_waits_for_its_answer(driver: WindowDriver) -> None:
    """Also when another document is opened."""
    driver.ask(Question("The settings cannot be saved.", kind=MessageKind.TROUBLE, is_kept=True))
    driver.ask(Question("This document is done.", kind=MessageKind.INFO))
    driver.press("Ctrl+PgDown")
    assert driver.strip() == "The settings cannot be saved."
    driver.press("Esc")
    assert driver.strip() == ""


def test_what_was_not_saved_can_be_tried_again(driver: WindowDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk: a fault with what can be done; it goes when the work is saved."""

    def fail(*_args: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr("annotator.storage.atomic.os.replace", fail)
        driver.press("1")
        driver.save()
        driver.qtbot.waitUntil(lambda: driver.strip() != "")
        assert driver.strip_colour() == LIGHT.error
        assert [one.accessibleName() for one in driver.offers()] == ["Try again (Enter)", "Save a copy… (C)"]
        driver.press("Return")
        driver.qtbot.waitUntil(lambda: driver.strip() != "")
    driver.press("Return")
    driver.qtbot.waitUntil(driver.is_saved)
    driver.qtbot.waitUntil(lambda: driver.strip() == "")
    assert driver.sidecar.exists()


def test_a_document_that_was_left_unsaved_is_told(driver: WindowDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the next one is open, and the message stands."""

    def fail(*_args: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr("annotator.storage.atomic.os.replace", fail)
        driver.press("1", "Ctrl+PgDown")
        assert "The last document is not saved yet" in driver.notice()
    driver.press("Ctrl+PgUp")
    assert driver.save()


def test_an_article_that_was_changed_asks_to_go_through_it(
    driver: WindowDriver, open_on: Callable[[Path], WindowDriver]
) -> None:
    """Amber, with the panel behind Enter; where all was found again a toast says so."""
    driver.press("1", "2")
    driver.save()
    driver.close()
    article = driver.folder / "a.txt"
    text = article.read_text("utf-8")
    article.write_text(f"Dòng mới.\n\n{text}", "utf-8")
    moved = open_on(driver.folder)
    assert moved.toast().startswith("The article was changed; all labels are in place.")
    assert moved.strip() == ""
    moved.save()
    moved.close()
    article.write_text(text.replace("tăng trưởng 9%", "tăng trưởng 9,5%"), "utf-8")
    changed = open_on(driver.folder)
    assert changed.strip() == "This article was changed after you tagged it."
    assert changed.strip_colour() == LIGHT.warn
    assert changed.toast() == ""
    changed.press("Return")
    assert changed.panel("check").has_focus()


def test_a_window_state_of_before_still_loads(driver: WindowDriver) -> None:
    """Toast, strip and bell are no docks and no bars: nothing of them is in the saved state."""
    driver.show_toast("Done.", action=MessageAction("Undo", lambda: None))
    driver.ask(Question("A fault."))
    with_messages = driver.window.save_layout()
    driver.dismiss_notice()
    assert driver.window.save_layout() == with_messages
