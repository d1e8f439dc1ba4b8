"""The palette of all that can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLineEdit, QListView

from annotator.app.preferences.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Desk


def box(desk: Desk) -> QFrame:
    """The palette itself."""
    found = desk.bench.window.findChild(QFrame, "palette")
    assert isinstance(found, QFrame)
    return found


def rows(desk: Desk) -> list[str]:
    """What a screen reader says of the rows."""
    model = box(desk).findChild(QListView).model()
    role = int(Qt.ItemDataRole.AccessibleTextRole)
    return [str(model.data(model.index(row, 0), role)) for row in range(model.rowCount())]


def type_in(desk: Desk, text: str) -> None:
    """Type into the line that has the focus."""
    line = desk.bench.window.focusWidget()
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, text)


def test_it_lists_what_can_be_done_now(desk: Desk) -> None:
    """Each action has its menu and its key; what makes no sense now is not there."""
    desk.press("Ctrl+K")
    assert "Next sentence, Go, ↓" in rows(desk)
    assert "Target, Tag, 1" in rows(desk)
    assert box(desk).isVisible()
    assert box(desk).geometry().center().x() == pytest.approx(desk.bench.window.width() / 2, abs=2)


def test_letters_find_and_enter_does(desk: Desk) -> None:
    """A few letters find the action, Enter does it, and the article has the focus again."""
    desk.press("Ctrl+K")
    type_in(desk, "nothing")
    assert rows(desk)[0] == "Nothing here, Tag, Space"
    desk.press("Return")
    assert desk.bench.article.hasFocus()
    assert not box(desk).isVisible()
    assert len(desk.saved()["nothing"]) == 1


def test_accents_need_not_be_typed(desk: Desk) -> None:
    """In Vietnamese, letters without accents find what has them."""
    desk.bench.choose(language="vi")
    desk.press("Ctrl+K")
    type_in(desk, "hoan tac")
    assert rows(desk)[0].startswith("Hoàn tác")


def test_arrows_choose_and_the_mouse_does(desk: Desk) -> None:
    """Down and Up go through the list and round its ends; a click does what a row says."""
    desk.press("Ctrl+K")
    type_in(desk, "sentence")
    view = box(desk).findChild(QListView)
    desk.press("Down", "Down", "Up", "Up", "Up")
    assert view.currentIndex().row() == len(rows(desk)) - 1
    row = next(at for at, text in enumerate(rows(desk)) if text.startswith("Last sentence"))
    place = view.visualRect(view.model().index(row, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.current() == "Mọi người đồng ý."
    assert desk.bench.article.hasFocus()


@pytest.mark.parametrize("key", ["Esc", "Ctrl+K"])
def test_it_is_left_without_a_trace(desk: Desk, key: str) -> None:
    """Escape, or its key once more, leaves it; nothing is done."""
    desk.press("Ctrl+K", "Down", key)
    assert not box(desk).isVisible()
    assert desk.bench.article.hasFocus()
    assert not desk.sidecar.exists()


def test_a_click_beside_it_leaves_it(desk: Desk) -> None:
    """Who clicks into the article wants the article."""
    desk.press("Ctrl+K")
    QTest.mouseClick(desk.bench.article.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 600))
    assert not box(desk).isVisible()


def test_what_was_used_last_comes_first(desk: Desk) -> None:
    """Without a letter typed, the list begins with what was chosen last, also after a restart."""
    desk.press("Ctrl+K")
    type_in(desk, "last sentence")
    desk.press("Return", "Ctrl+K")
    assert rows(desk)[0].startswith("Last sentence")
    assert desk.bench.settings.used == ["last"]


def test_documents_are_found_by_name(desk: Desk) -> None:
    """A part of a name and Enter open that document."""
    desk.press("Ctrl+K")
    type_in(desk, "b.t")
    assert rows(desk) == ["b.txt, Document"]
    desk.press("Return")
    assert desk.current() == "Đây là bài thứ hai."


def test_nothing_that_fits(desk: Desk) -> None:
    """It says so, and Enter does nothing."""
    desk.press("Ctrl+K")
    type_in(desk, "qqqq")
    assert rows(desk) == []
    desk.press("Return")
    assert box(desk).isVisible()


def test_recent_folders_are_found(folder: Path, tmp_path: Path, open_on: Callable[..., Desk]) -> None:
    """A folder opened before can be opened from the palette."""
    other = tmp_path / "others"
    other.mkdir()
    (other / "c.txt").write_text("Bài ở thư mục kia.\n", "utf-8")
    desk = open_on(folder, Settings(language="en", theme="light", recent=[str(other)]))
    desk.press("Ctrl+K")
    type_in(desk, "others")
    assert rows(desk) == [f"{other}, Open recent"]
    desk.press("Return")
    assert desk.current() == "Bài ở thư mục kia."
