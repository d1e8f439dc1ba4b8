"""Taking in what reviewers sent back, from the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from dialog_driver import Answers, button, named
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QTableView
from review_files import in_file_dialog, make_answers, plain_dialogs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver

GOAL = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."


@pytest.fixture
def tagged(driver: WindowDriver) -> WindowDriver:
    """The window with three tags in the first article and one in the second, the first one open."""
    driver.press("1", "2", "3", "Ctrl+PgDown", "1", "Ctrl+PgUp")
    driver.saved()
    return driver


def reviews(driver: WindowDriver, name: str = "a.txt") -> list[dict[str, Any]]:
    """What stands under ``review`` in the sidecar of an article."""
    assert driver.save()
    found = yaml.safe_load((driver.folder / f"{name}.annotations.yaml").read_text("utf-8"))
    return list(found.get("review", []))


def table(dialog: QDialog, name: str) -> list[list[str]]:
    """What a table of the dialog shows."""
    model = named(dialog, QTableView, name).model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def labels(dialog: QDialog) -> list[str]:
    """What the dialog says beside its tables."""
    return [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]


def take(driver: WindowDriver, *paths: Path, hand: Callable[[QDialog], None]) -> None:
    """Take files in and answer the dialog about them."""
    Answers(hand).during(lambda: driver.take_in(*paths))


def accept(dialog: QDialog) -> None:
    """Press Enter, which takes in."""
    QTest.keyClick(dialog, Qt.Key.Key_Return)


def undo(driver: WindowDriver) -> None:
    """Take the last step back, from the article."""
    driver.focus_article()
    driver.qtbot.waitUntil(driver.is_article_focused)
    driver.press("Ctrl+Z")


def test_what_a_file_says_is_told_and_comes_in_as_open(tagged: WindowDriver, tmp_path: Path) -> None:
    """Counts by kind before anything is changed; Enter takes it in, the panel opens, one undo takes it back."""
    path = make_answers(
        tagged,
        tmp_path / "lan.xlsx",
        {"verdict": "Change", "new": "Opinion", "comment": "no target"},
        {"verdict": "Drop"},
        {"comment": "whose figure is it?"},
        {"verdict": "Agree"},
        added={"document": "a.txt", "text": "Mọi người đồng ý.", "new": "Opinion"},
    )

    def hand(dialog: QDialog) -> None:
        assert reviews(tagged) == []
        assert labels(dialog)[0] == "5 new verdicts"
        assert table(dialog, "What the files say") == [["lan.xlsx", "Lan", "1", "1", "1", "1", "1", "–", "–"]]
        assert button(dialog, "Take in 5 verdicts").isDefault()
        accept(dialog)

    take(tagged, path, hand=hand)
    said = reviews(tagged)
    assert [(one["verdict"], one.get("labels"), one["reviewer"]) for one in said] == [
        ("change", ["opinion"], "Lan"),
        ("drop", None, "Lan"),
        ("change", None, "Lan"),
        ("add", ["opinion"], "Lan"),
    ]
    assert {one.get("outcome", "open") for one in said} == {"open"}
    assert [one["verdict"] for one in reviews(tagged, "b.txt")] == ["agree"]
    assert len(tagged.labels()) == 3
    assert tagged.is_panel_shown("review")
    undo(tagged)
    assert reviews(tagged) == []


def test_cancel_takes_nothing(tagged: WindowDriver, tmp_path: Path) -> None:
    """Escape leaves everything as it was, and goes back to the article."""
    path = make_answers(tagged, tmp_path / "lan.xlsx", {"verdict": "Drop"})
    before = tagged.sidecar.read_bytes()
    take(tagged, path, hand=lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    tagged.qtbot.waitUntil(tagged.is_article_focused)
    tagged.save()
    assert tagged.sidecar.read_bytes() == before
    assert not tagged.is_panel_shown("review")


def test_several_reviewers_at_once(tagged: WindowDriver, tmp_path: Path) -> None:
    """Each has a row; what both say comes in side by side, and is one step."""
    lan = make_answers(tagged, tmp_path / "lan.xlsx", {"verdict": "Drop"}, reviewer="Lan")
    hoa = make_answers(tagged, tmp_path / "hoa.xlsx", {"verdict": "Agree"}, {"verdict": "Drop"}, reviewer="Hoa")

    def hand(dialog: QDialog) -> None:
        assert [row[:5] for row in table(dialog, "What the files say")] == [
            ["lan.xlsx", "Lan", "–", "–", "1"],
            ["hoa.xlsx", "Hoa", "1", "–", "1"],
        ]
        button(dialog, "Take in 3 verdicts").click()

    take(tagged, lan, hoa, hand=hand)
    assert sorted((one["reviewer"], one["source"]) for one in reviews(tagged) if one["text"] == GOAL) == [
        ("Hoa", "hoa.xlsx"),
        ("Lan", "lan.xlsx"),
    ]
    undo(tagged)
    assert reviews(tagged) == []


def test_the_same_file_twice(tagged: WindowDriver, tmp_path: Path) -> None:
    """It is said that all was there already, and there is nothing to take in."""
    path = make_answers(tagged, tmp_path / "lan.xlsx", {"verdict": "Drop"}, {"verdict": "Agree"})
    take(tagged, path, hand=accept)
    assert len(reviews(tagged)) == 2

    def again(dialog: QDialog) -> None:
        assert labels(dialog)[:2] == ["Nothing new: all 2 verdicts were there already.", "Nothing is changed."]
        assert [one.text() for one in dialog.findChildren(QPushButton) if one.isVisible()] == ["Close"]
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    take(tagged, path, path, hand=again)
    assert len(reviews(tagged)) == 2


def test_what_cannot_be_taken_in_is_told_row_by_row(
    tagged: WindowDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With place and sentence, to be copied and saved; what can be taken in is offered all the same."""
    plain_dialogs(monkeypatch)
    path = make_answers(tagged, tmp_path / "lan.xlsx", {"verdict": "Maybe"}, {"verdict": "Drop"})
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"")
    listed = tmp_path / "wrong.csv"

    def hand(dialog: QDialog) -> None:
        rows = table(dialog, "What cannot be taken in")
        assert [row[:2] for row in rows] == [["lan.xlsx", "Annotations, row 3"], ["bad.xlsx", ""]]
        assert "“Maybe” is no verdict." in rows[0][2]
        assert rows[1][2] == "bad.xlsx is empty. Ask for it to be sent again."
        assert "2 places cannot be taken in:" in labels(dialog)
        button(dialog, "Copy").click()
        assert QApplication.clipboard().text().splitlines()[1] == "\t".join(rows[1])
        in_file_dialog(str(listed))
        button(dialog, "Save this list…").click()
        button(dialog, "Take in 1 verdict").click()

    take(tagged, path, bad, hand=hand)
    assert listed.read_text("utf-8-sig").splitlines()[2] == "bad.xlsx,,bad.xlsx is empty. Ask for it to be sent again."
    assert [one["verdict"] for one in reviews(tagged)] == ["drop"]


def test_a_document_that_is_gone(tagged: WindowDriver, tmp_path: Path) -> None:
    """What was said of it is told, and not offered."""
    path = make_answers(tagged, tmp_path / "lan.xlsx", {"verdict": "Drop"}, {}, {}, {"verdict": "Drop"})
    (tagged.folder / "b.txt").unlink()
    tagged.open_path(tagged.folder)

    def hand(dialog: QDialog) -> None:
        assert labels(dialog)[0] == "1 new verdict"
        (row,) = table(dialog, "What cannot be taken in")
        assert row[2] == "There is no document b.txt in this folder. Open the folder that the file was made from."
        accept(dialog)

    take(tagged, path, hand=hand)
    assert len(reviews(tagged)) == 1


def test_files_are_chosen_in_a_dialog(tagged: WindowDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The action in the menu asks for one or several."""
    plain_dialogs(monkeypatch)
    lan = make_answers(tagged, tmp_path / "lan.xlsx", {"verdict": "Drop"}, reviewer="Lan")
    hoa = make_answers(tagged, tmp_path / "hoa.xlsx", {"verdict": "Agree"}, reviewer="Hoa")

    def choose() -> None:
        in_file_dialog(str(lan), str(hoa))
        answers.expect()
        tagged.run("review-in")

    answers = Answers(accept)
    choose()
    assert sorted(one["reviewer"] for one in reviews(tagged)) == ["Hoa", "Lan"]


def drop(driver: WindowDriver, path: Path) -> None:
    """Drag a file over the window and let it go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(driver.window, QDragEnterEvent(QPoint(5, 5), action, data, buttons, keys))
    QApplication.sendEvent(driver.window, QDropEvent(QPointF(5, 5), action, data, buttons, keys))


def test_a_file_can_be_dropped_on_the_window(tagged: WindowDriver, tmp_path: Path) -> None:
    """The dialog comes up as if it had been chosen; what is no answer is opened as before."""
    path = make_answers(tagged, tmp_path / "lan.xlsx", {"verdict": "Drop"})
    answers = Answers(accept)
    answers.expect()
    drop(tagged, path)
    tagged.qtbot.waitUntil(lambda: len(tagged.state().verdicts) > 0)
    drop(tagged, tagged.folder / "b.txt")
    assert tagged.path() == tagged.folder / "b.txt"


def test_somebody_else_has_the_document(tagged: WindowDriver, tmp_path: Path) -> None:
    """Where one document cannot be written to, the others take theirs in, and it is told which one did not."""
    path = make_answers(tagged, tmp_path / "lan.xlsx", {"verdict": "Drop"}, {}, {}, {"verdict": "Drop"})

    def hand(dialog: QDialog) -> None:
        (tagged.folder / "b.txt.annotations.yaml").write_text("format: [", "utf-8")
        accept(dialog)

    take(tagged, path, hand=hand)
    assert len(reviews(tagged)) == 1
    text = tagged.notice()
    assert text.startswith("Not every verdict could be taken in. Take the file in again later:\nb.txt: ")
