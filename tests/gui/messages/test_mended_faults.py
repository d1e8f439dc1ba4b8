"""A strip about a fault goes when the fault is mended; the list of messages keeps it as read."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from dialog_driver import button, in_dialog
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.app.persistence.background_writer import BackgroundWriter
from annotator.storage.paths import ensure_state_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QDialog
    from window_driver import WindowDriver


@contextmanager
def full_disks(*, state: bool, articles: bool, number: int = errno.ENOSPC) -> Iterator[None]:
    """Let the disk of the state folder, that of the articles, or both take nothing, for the reason `number`."""
    refusal = OSError(number, os.strerror(number))
    write, replace = os.write, os.replace
    place = os.path.realpath(ensure_state_folder())

    def write_full(handle: int, data: bytes) -> int:
        if state and os.path.realpath(f"/proc/self/fd/{handle}").startswith(place):
            raise refusal
        return write(handle, data)

    def replace_full(*args: object, **more: object) -> None:
        if articles:
            raise refusal
        replace(*args, **more)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "write", write_full)
        patch.setattr("annotator.storage.atomic.os.replace", replace_full)
        yield


def empty(article: Path) -> None:
    """Leave nothing in the file."""
    article.write_bytes(b"")


def remove(article: Path) -> None:
    """Remove the file."""
    article.unlink()


def make_binary(article: Path) -> None:
    """Write something that is no text."""
    article.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))


def make_folder(article: Path) -> None:
    """Leave a folder in its place."""
    article.unlink()
    article.mkdir()


FAULTS = pytest.mark.parametrize("spoil", [empty, remove, make_binary, make_folder])


def restore(article: Path, data: bytes) -> None:
    """Put the article back."""
    if article.is_dir():
        article.rmdir()
    article.write_bytes(data)


@FAULTS
@pytest.mark.parametrize("change", [b"", "Một câu mới.\n".encode()], ids=["as it was", "changed"])
def test_an_article_that_is_back(driver: WindowDriver, spoil: Callable[[Path], None], change: bytes) -> None:
    """Whatever was wrong with it is not said any more, and does not count as unread."""
    article = driver.folder / "a.txt"
    good = article.read_bytes()
    driver.follow_files()
    spoil(article)
    driver.qtbot.waitUntil(lambda: "The text stays here as it was read last" in driver.notice())
    message = driver.strip()
    restore(article, good + change)
    driver.qtbot.waitUntil(lambda: driver.strip() == "")
    if not change:  # else one toast takes the place of another
        assert "unread" not in driver.bell()
    with driver.recent_messages() as messages:
        assert any(row.startswith(message) for row in messages.rows())


@FAULTS
def test_an_article_that_could_not_be_opened(driver: WindowDriver, spoil: Callable[[Path], None]) -> None:
    """It is shown once it can be read, without the reason why it could not."""
    article = driver.folder / "b.txt"
    good = article.read_bytes()
    driver.follow_files()
    spoil(article)
    driver.open_row(1)
    assert not driver.has_document()
    assert driver.strip() != ""
    driver.follow_files()
    restore(article, good)
    driver.qtbot.waitUntil(driver.has_document)
    assert driver.strip() == ""
    assert "unread" not in driver.bell()


def test_another_fault_of_the_article_takes_the_place_of_the_first(driver: WindowDriver) -> None:
    """Only what is so now is said."""
    article = driver.folder / "a.txt"
    driver.follow_files()
    empty(article)
    driver.qtbot.waitUntil(lambda: "is empty" in driver.notice())
    remove(article)
    driver.qtbot.waitUntil(lambda: "There is no" in driver.notice())
    assert "is empty" not in driver.notice()


def test_a_step_that_is_done_after_all(driver: WindowDriver) -> None:
    """Why one was not done is not said any more once the next one is."""
    with full_disks(state=True, articles=False):
        driver.press("1")
        assert driver.strip().startswith("The step was not done")
        assert driver.steps() == 0
    driver.press("1")
    assert driver.steps() == 1
    assert driver.strip() == ""
    assert "unread" not in driver.bell()


def test_saving_finds_that_there_is_space_again(driver: WindowDriver) -> None:
    """Then nothing is said of the full disk, also where nothing waited to be saved."""
    driver.press("1")
    assert driver.save()
    with full_disks(state=True, articles=False):
        driver.press("2")
        assert driver.strip().startswith("The step was not done")
        driver.press("Ctrl+S")
        assert driver.strip().startswith("The step was not done")
    driver.press("Ctrl+S")
    assert driver.strip() == ""


def test_all_faults_of_full_disks_go_with_the_first_save(driver: WindowDriver) -> None:
    """The newest is shown first: that the last step was not done."""
    with full_disks(state=False, articles=True):
        driver.press("1")
        driver.save()
        driver.qtbot.waitUntil(lambda: "was not saved: the disk is full" in driver.notice())
        with full_disks(state=True, articles=True):
            driver.press("2")
            assert driver.strip().startswith("The step was not done")
    assert driver.save()
    driver.qtbot.waitUntil(driver.is_saved)
    assert driver.strip() == ""
    assert "unread" not in driver.bell()


# What is said when several things fail at once


def leave(driver: WindowDriver, *, answer: str) -> str:
    """Close the window, give `answer` to its question, and return what it said."""
    said = []

    def act(dialog: QDialog) -> None:
        said.append(dialog.accessibleDescription())
        button(dialog, answer).click()

    in_dialog(act)
    driver.close()
    (found,) = said
    return found


@pytest.mark.parametrize("is_state_full", [True, False], ids=["both disks", "the article's disk"])
def test_work_that_is_in_the_journal_is_kept(driver: WindowDriver, *, is_state_full: bool) -> None:
    """All messages say so, the dialog on leaving as well, and it comes back."""
    with full_disks(state=False, articles=True):
        driver.press("1")
        driver.save()
        with full_disks(state=is_state_full, articles=True):
            if is_state_full:
                driver.press("2")
                assert driver.strip().startswith("The step was not done")
            driver.save()
            driver.qtbot.waitUntil(lambda: "your work is kept" in driver.notice())
            said = leave(driver, answer="Quit anyway")
    assert "is lost" not in said
    assert "Your work is kept on this machine" in said
    again = driver.reopen()
    assert [labels for _text, labels in again.labels()] == [["target"]]
    again.close()


def test_a_journal_that_cannot_be_written_is_named(driver: WindowDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step that was done is not said not to be done, where saving it fails with its journal."""
    monkeypatch.setitem(BackgroundWriter.__init__.__kwdefaults__ or {}, "delay", 3600.0)
    driver.open_row(1)
    driver.press("1")
    with full_disks(state=True, articles=False, number=errno.EIO):
        driver.save()
        driver.qtbot.waitUntil(lambda: driver.strip() != "")
        assert "b.txt.annotations.yaml was not saved, as its journal cannot be written." in driver.notice()
        assert "was not done" not in driver.notice()
    assert driver.save()
    driver.qtbot.waitUntil(lambda: driver.strip() == "")


def test_work_that_is_nowhere_is_not_called_kept(driver: WindowDriver) -> None:
    """Without journal and without room for the sidecar each message says that it would be lost."""
    with full_disks(state=False, articles=True):
        driver.press("1")
        for journal in (ensure_state_folder() / "journals").glob("*.jsonl"):
            journal.unlink()
        driver.save()
        driver.qtbot.waitUntil(lambda: "only in this window" in driver.notice())
        assert "kept" not in driver.notice()
        said = leave(driver, answer="Stay")
        assert "kept" not in said
        assert "What you did last is lost when you leave." in said
        assert driver.is_open()
    assert driver.save()
    driver.qtbot.waitUntil(lambda: driver.strip() == "")
    assert [labels for _text, labels in driver.labels()] == [["target"]]


def test_a_note_that_cannot_be_kept_is_told_before_the_window_closes(driver: WindowDriver) -> None:
    """It was being written when the window is closed while the disk of the journal is full."""
    driver.press("1")
    assert driver.save()
    driver.note().setFocus()
    QTest.keyClicks(driver.note(), "Hoi lai")
    with full_disks(state=True, articles=False):
        said = leave(driver, answer="Stay")
        assert said.startswith("The step was not done: the disk")
        assert "What you did last is lost when you leave." in said
        assert "kept" not in said
        assert driver.is_open()
        driver.refresh()
        assert driver.note().toPlainText() == "Hoi lai"
    driver.activate()
    driver.qtbot.waitUntil(driver.is_active)
    driver.focus_article()
    driver.press("Ctrl+S")
    assert driver.strip() == ""
    assert [one.get("note") for one in driver.saved()["annotations"]] == [None, "Hoi lai"]


def test_a_note_that_could_not_be_kept_comes_with_the_next_step(driver: WindowDriver) -> None:
    """It stays with its sentence meanwhile, and is no part of another one."""
    driver.press("1", "2")
    assert driver.save()
    driver.press("Home", "J")
    noted = driver.current()
    with full_disks(state=True, articles=False):
        driver.note().setFocus()
        QTest.keyClicks(driver.note(), "Hoi lai")
        driver.focus_article()
        assert driver.strip().startswith("The step was not done")
        driver.press("J")
        driver.refresh()
        assert driver.note().toPlainText() == ""
        driver.press("K")
        driver.refresh()
        assert driver.note().toPlainText() == "Hoi lai"
        driver.press("J")
    driver.press("3")
    driver.qtbot.waitUntil(lambda: "Hoi lai" in [one.note for one in driver.state().annotations.values()])
    (found,) = [one for one in driver.state().annotations.values() if one.note]
    assert found.text == noted
    assert driver.strip() == ""


def test_a_note_that_could_not_be_kept_may_be_taken_back(driver: WindowDriver) -> None:
    """What was emptied again is not written later."""
    driver.press("1")
    with full_disks(state=True, articles=False):
        driver.note().setFocus()
        QTest.keyClicks(driver.note(), "Hoi")
        driver.focus_article()
        driver.note().setFocus()
        driver.note().selectAll()
        QTest.keyClick(driver.note(), Qt.Key.Key_Backspace)
        driver.focus_article()
    driver.press("J", "2")
    assert driver.save()
    assert all("note" not in one for one in driver.saved()["annotations"])
