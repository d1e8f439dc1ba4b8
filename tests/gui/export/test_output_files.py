"""Files that the window writes where the user says: nothing precious is replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from dialog_driver import Answers, button, named
from precious_files import PRECIOUS, make_precious_folder, take_snapshot
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListWidget
from review_files import make_answers, plain_dialogs, try_in_file_dialog

from annotator.gui.review import import_answers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver

KINDS = ("Excel", "Word", "Web page", "PDF", "CSV", "JSON Lines")
# Qt's dialog goes into a folder instead of naming it.
IN_FILE_DIALOG = [what for what in PRECIOUS if "folder" not in what or "linked" in what or what.startswith("an ")]


@pytest.fixture
def precious(tmp_path: Path, open_on: Callable[[Path], WindowDriver]) -> WindowDriver:
    """The window on the folder."""
    (tmp_path / "top").mkdir()
    driver = open_on(make_precious_folder(tmp_path / "top"))
    driver.save()
    return driver


@pytest.mark.parametrize("kind", KINDS)
def test_exports(precious: WindowDriver, kind: str) -> None:
    """The dialog says why, in one sentence, and stays."""
    top = precious.folder.parent
    before = take_snapshot(top)

    def hand(dialog: QDialog) -> None:
        kinds = named(dialog, QListWidget, "Kind of file")
        kinds.setCurrentItem(kinds.findItems(kind, Qt.MatchFlag.MatchExactly)[0])
        for what, name in PRECIOUS.items():
            named(dialog, QLineEdit, "Save to").setText(str(precious.folder / name))
            button(dialog, "Export").click()
            assert dialog.isVisible(), what
            (sentence,) = [one.text() for one in dialog.findChildren(QLabel) if one.isVisible() and one.wordWrap()]
            assert sentence, what
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    Answers(hand).during(lambda: precious.press("Ctrl+E"))
    assert take_snapshot(top) == before


def check(precious: WindowDriver, ask: Callable[[], object], *, besides: str = "") -> None:
    """A file dialog takes no precious name: after each comes a box with one sentence, and the dialog again."""
    top = precious.folder.parent
    before = take_snapshot(top)
    names = [str(precious.folder / PRECIOUS[what]) for what in IN_FILE_DIALOG if what != besides]
    told = try_in_file_dialog(*names)
    ask()
    assert len(told) == len(names)
    assert all(told)
    assert take_snapshot(top) == before


def test_copies(precious: WindowDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the annotations as they are now; a copy may have the name of a sidecar where its document is not."""
    plain_dialogs(monkeypatch)
    check(precious, lambda: precious.press("Ctrl+Shift+S"), besides="a sidecar that is not there yet")


def test_reports(precious: WindowDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On what reviewers changed; the name gets the ending of the chosen kind, where it has none of a report."""
    plain_dialogs(monkeypatch)
    answers = make_answers(precious, tmp_path / "r.xlsx", {"verdict": "Drop"})
    accept = Answers(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return))
    accept.during(lambda: precious.take_in(answers))
    precious.run("review-report")
    (window,) = [one for one in precious.find_all(QDialog) if one.isVisible()]
    precious.qtbot.waitUntil(window.isActiveWindow)
    before = take_snapshot(precious.folder.parent)
    names = ["link.csv", "hard.csv", "sidecar-link.csv", "labels-hard.csv", "out.csv", "dangling.csv", "ra/new.csv"]
    (precious.folder / "a.html").symlink_to("một.txt")
    told = try_in_file_dialog(*(str(precious.folder / name) for name in (*names, "a")))
    button(window, "Save as…").click()
    (precious.folder / "a.html").unlink()
    assert len(told) == len(names) + 1
    assert take_snapshot(precious.folder.parent) == before


def test_lists_of_what_cannot_be_taken_in(precious: WindowDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the dialog that takes in answers."""
    plain_dialogs(monkeypatch)
    workspace = precious.session.workspace
    assert workspace is not None

    def save() -> None:
        import_answers._save_list(precious.window, untaken=(), workspace=workspace, chosen_folder="")

    check(precious, save)


def test_a_file_in_exports_is_replaced_only_by_a_whole_one(driver: WindowDriver) -> None:
    """After a yes; where not everything could be read, the older one is kept, and the message says so and why."""
    driver.press("1")

    def hand(dialog: QDialog) -> None:
        named(dialog, QLineEdit, "Save to").setText("mine.xlsx")
        button(dialog, "Export").click()

    def ask(answer: Callable[[QDialog], None]) -> None:
        Answers(answer).during(lambda: driver.press("Ctrl+E"))
        driver.qtbot.waitUntil(driver.is_article_focused)

    ask(hand)
    path = driver.folder / "exports" / "mine.xlsx"
    first = path.stat().st_ino

    def again(dialog: QDialog) -> None:
        named(dialog, QLineEdit, "Save to").setText("mine.xlsx")
        driver.answer("Replace it")
        button(dialog, "Export").click()

    ask(again)
    second = path.stat().st_ino
    assert second != first
    (driver.folder / "b.txt.annotations.yaml").write_bytes(b"")
    ask(again)
    assert path.stat().st_ino == second
    assert "exports/mine.xlsx is kept as it was, as not everything could be read." in driver.notice()
    assert "Left out:\nb.txt.annotations.yaml: the file is empty." in driver.notice()


def test_what_lies_in_exports_is_not_among_the_documents(open_on: Callable[[Path], WindowDriver], folder: Path) -> None:
    """Articles there are told, not listed."""
    (folder / "exports").mkdir()
    (folder / "exports" / "c.txt").write_text("Một câu.\n", "utf-8")
    driver = open_on(folder)
    workspace = driver.session.workspace
    assert workspace is not None
    assert [path.name for path in workspace.documents] == ["a.txt", "b.txt"]
    assert "1 article in" in driver.notice()
