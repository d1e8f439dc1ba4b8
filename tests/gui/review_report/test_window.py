"""What reviewers changed, as the window shows it."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from dialog_driver import Answers, button, named
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFrame, QLabel, QPushButton, QTableView, QTabWidget
from review_files import in_file_dialog, make_answers, plain_dialogs

from annotator.core.review.verdict_edits import refuse_verdict

if TYPE_CHECKING:
    from pathlib import Path

    from window_driver import WindowDriver

GOAL = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."
WAYS = "Ba khâu đột phá được chọn."


@pytest.fixture
def judged(driver: WindowDriver, tmp_path: Path) -> WindowDriver:
    """The window after two reviewers judged both articles; the first one is open."""
    driver.press("1", "2", "3", "Ctrl+PgDown", "1", "Ctrl+PgUp")
    lan = make_answers(
        driver,
        tmp_path / "lan.xlsx",
        {"verdict": "Agree"},
        {"verdict": "Change", "new": "Opinion", "comment": "only a view"},
        {"comment": "who is he?"},
        {"verdict": "Drop"},
    )
    hoa = make_answers(
        driver,
        tmp_path / "hoa.xlsx",
        {"verdict": "Agree"},
        reviewer="Hoa",
        added={"document": "a.txt", "text": "Mọi người đồng ý.", "new": "Opinion"},
    )
    accept = Answers(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return))
    accept.during(lambda: driver.take_in(lan, hoa))
    driver.panel("review").hide()
    driver.focus_article()
    return driver


def report(driver: WindowDriver) -> QDialog:
    """The window of the report, as the action shows it."""
    driver.run("review-report")
    (found,) = [one for one in driver.find_all(QDialog) if one.isVisible()]
    driver.qtbot.waitUntil(found.isActiveWindow)
    return found


def rows(window: QDialog, name: str = "Verdicts") -> list[list[str]]:
    """What a table shows."""
    model = named(window, QTableView, name).model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def tiles(window: QDialog) -> list[str]:
    """The numbers over the list."""
    found = [one for one in window.findChildren(QFrame, "tile") if one.isVisibleTo(window)]
    return [" ".join(label.text() for label in one.findChildren(QLabel)) for one in found]


def said(window: QDialog) -> str:
    """All that stands in labels."""
    return "\n".join(one.text() for one in window.findChildren(QLabel) if one.isVisibleTo(window))


def choose(window: QDialog, name: str, text: str) -> None:
    """Choose in a filter."""
    box = named(window, QComboBox, name)
    box.setCurrentIndex(box.findText(text))


def test_it_shows_what_changed(judged: WindowDriver) -> None:
    """Counts, shares by label, and a row for each change: from what to what, why, by whom, and what came of it."""
    window = report(judged)
    assert tiles(window) == ["2 agreed", "1 changed", "1 dropped", "1 added", "1 remarks"]
    assert "6 still open\n0 applied\n0 declined" in said(window)
    assert "2 of 3 agreed; 1 dropped" in said(window)
    assert "0 of 1 agreed; 1 to Opinion" in said(window)
    assert rows(window) == [
        ["a.txt", WAYS, "Breakthrough → Opinion", "only a view", "Lan", "still open"],
        ["a.txt", "Ông Nam cho rằng việc này khó.", "remark", "who is he?", "Lan", "still open"],
        ["a.txt", "Mọi người đồng ý.", "– → Opinion", "", "Hoa", "still open"],
        ["b.txt", "Đây là bài thứ hai.", "Target → no label", "", "Lan", "still open"],
    ]
    assert rows(window, "Documents") == [
        ["a.txt", "2", "1", "–", "1", "1", "5", "–", "–"],
        ["b.txt", "–", "–", "1", "–", "–", "1", "–", "–"],
    ]


def test_filters_narrow_list_and_counts(judged: WindowDriver) -> None:
    """By reviewer, document, kind and label, together; counts are those of what the filters let through."""
    window = report(judged)
    choose(window, "Kind of verdict", "Everything")
    assert len(rows(window)) == 6
    choose(window, "Reviewer", "Hoa")
    assert [row[2] for row in rows(window)] == ["agreed", "– → Opinion"]
    assert tiles(window) == ["1 agreed", "0 changed", "0 dropped", "1 added", "0 remarks"]
    choose(window, "Label", "Opinion")
    assert [row[1] for row in rows(window)] == ["Mọi người đồng ý."]
    choose(window, "Reviewer", "All reviewers")
    choose(window, "Label", "All labels")
    choose(window, "Document", "b.txt")
    assert tiles(window) == ["0 agreed", "0 changed", "1 dropped", "0 added", "0 remarks"]
    choose(window, "Kind of verdict", "Added")
    assert rows(window) == []


def test_a_row_leads_to_its_sentence(judged: WindowDriver) -> None:
    """By Enter and by a double click, in another document too; the article has the keys then."""
    window = report(judged)
    table = named(window, QTableView, "Verdicts")
    assert table.hasFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Up)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert judged.current() == WAYS
    place = table.visualRect(table.model().index(3, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert judged.path() == judged.folder / "b.txt"
    assert judged.current() == "Đây là bài thứ hai."
    judged.qtbot.waitUntil(lambda: judged.focus() is judged.article)


def test_a_document_leads_to_what_was_said_of_it(judged: WindowDriver) -> None:
    """Enter on its row shows its verdicts alone."""
    window = report(judged)
    tabs = window.findChild(QTabWidget)
    assert isinstance(tabs, QTabWidget)
    assert [tabs.tabText(place) for place in range(2)] == ["Verdicts (4)", "Documents (2)"]
    tabs.setCurrentIndex(1)
    table = named(window, QTableView, "Documents")
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert tabs.currentIndex() == 0
    assert [row[0] for row in rows(window)] == ["b.txt"]


def test_what_is_decided_meanwhile_is_shown(judged: WindowDriver) -> None:
    """The report follows the open document."""
    window = report(judged)
    session = judged.session
    key = next(key for key, one in session.state.verdicts.items() if one.text == WAYS)
    assert session.apply("review", refuse_verdict(session.state, key, now="2026-11-26T08:00:00+07:00", by="mai"))
    judged.qtbot.waitUntil(lambda: rows(window)[0][5] == "declined")
    assert "5 still open\n0 applied\n1 declined" in said(window)


def test_escape_goes_back_to_the_article(judged: WindowDriver) -> None:
    """It closes the report."""
    window = report(judged)
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    judged.qtbot.waitUntil(lambda: judged.focus() is judged.article)


@pytest.mark.parametrize("name", ["report.html", "report.csv"])
def test_it_is_saved(judged: WindowDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """As a page or as a table, by the end of the name; a message offers to open it."""
    plain_dialogs(monkeypatch)
    window = report(judged)
    in_file_dialog(str(tmp_path / name))
    button(window, "Save as…").click()
    text = (tmp_path / name).read_text("utf-8-sig")
    if name.endswith("csv"):
        assert [row["verdict"] for row in csv.DictReader(text.splitlines())].count("agreed") == 2
    else:
        assert "Breakthrough" in text
        assert "only a view" in text
    assert f"The report is in {tmp_path / name}." in said(window)
    assert judged.notice() == f"The report on what reviewers changed is in {tmp_path / name}."


def test_it_is_not_saved_over_an_article(judged: WindowDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    """The window says why."""
    plain_dialogs(monkeypatch)
    window = report(judged)
    before = (judged.folder / "a.txt.annotations.yaml").read_bytes()
    in_file_dialog(str(judged.folder / "annotator.yaml.html"))
    button(window, "Save as…").click()
    assert (judged.folder / "annotator.yaml.html").exists()
    assert (judged.folder / "a.txt.annotations.yaml").read_bytes() == before


def test_nobody_said_anything(driver: WindowDriver) -> None:
    """An empty report says how to get one, and has nothing to save."""
    window = report(driver)
    assert "No reviewer has said anything about this folder yet." in said(window)
    assert not button(window, "Save as…").isEnabled()
    assert named(window, QComboBox, "Reviewer") is not None
    assert not [one for one in window.findChildren(QPushButton) if not one.text()]


def test_it_speaks_the_language_of_the_program(judged: WindowDriver) -> None:
    """Also when that changes while it is open; every control has a name."""
    window = report(judged)
    judged.choose_look(theme="dark")
    QApplication.processEvents()
    assert all(one.accessibleName() for one in window.findChildren(QComboBox) if one.isVisible())
    judged.choose_look(language="vi")
    assert rows(window, named_table(window))[0][2] == "Đột phá → Ý kiến"


def named_table(window: QDialog) -> str:
    """What the list of verdicts is called now."""
    tables = window.findChildren(QTableView)
    return next(one.accessibleName() for one in tables if one.isVisible())
