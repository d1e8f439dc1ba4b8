"""Deciding what reviewers said, by real keys and clicks."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from dialog_driver import in_dialog
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QTextEdit,
)

from annotator.core.review.verdict_edits import add_verdicts
from annotator.core.verdict import Verdict, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver

GOAL = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."
WAYS = "Ba khâu đột phá được chọn."
VIEW = "Ông Nam cho rằng việc này khó."
INCOME = "Thu ngân sách đạt 12.000 tỷ đồng."
ALL = "Mọi người đồng ý."
SHORT = "Bài này ngắn."
_ids = count(1)


def say(driver: WindowDriver, words: str, kind: str, *labels: str, who: str = "Lan", comment: str = "") -> None:
    """Let a verdict on the open document come in."""
    session = driver.session
    assert session.document is not None
    assert session.reading is not None
    sentence = session.reading.find_sentence_at(session.document.text.index(words))
    assert sentence is not None
    annotation = session.state.annotations.find(sentence.span.start)
    verdict = Verdict(
        id=f"v{next(_ids)}",
        kind=VerdictKind(kind),
        span=sentence.span,
        text=words,
        annotation=annotation.id if annotation else "",
        labels=labels,
        labels_seen=annotation.labels if annotation else (),
        comment=comment,
        reviewer=who,
        answered_at="2026-05-12T10:00:00+07:00",
        source=f"{who.lower()}.xlsx",
    )
    assert session.apply("review in", add_verdicts(session.state, [verdict]))


@pytest.fixture
def reviewed(driver: WindowDriver) -> WindowDriver:
    """Two documents with verdicts of every kind by two reviewers; the first is opened again."""
    driver.press("1", "2", "3", "1")  # goal, ways, view, income
    say(driver, GOAL, "agree")
    say(driver, GOAL, "agree", who="Hoa")
    say(driver, WAYS, "change", "target", comment="Đây là mục tiêu.")
    say(driver, WAYS, "agree", who="Hoa")
    say(driver, VIEW, "drop")
    say(driver, INCOME, "change", who="Hoa", comment="Xem lại.")
    say(driver, ALL, "add", "opinion", who="Hoa")
    driver.press("Ctrl+PgDown")
    driver.click(SHORT)
    driver.press("1")
    say(driver, SHORT, "agree")
    driver.press("Ctrl+PgUp")
    driver.click("Kế hoạch")
    return driver


def view(driver: WindowDriver) -> QListView:
    """The list."""
    return driver.panel("review").find(QListView)


def spoken(driver: WindowDriver) -> list[str]:
    """The rows of verdicts as a screen reader says them."""
    model = view(driver).model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(one.data(role)) for one in rows if one.flags() & Qt.ItemFlag.ItemIsSelectable]


def chosen(driver: WindowDriver) -> str:
    """The current row, likewise, up to what stands."""
    return str(view(driver).currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)).split(". It stands")[0]


def seen(driver: WindowDriver, kind: type[QLabel | QPushButton] = QLabel) -> list[str]:
    """The texts of labels or buttons that are seen in the panel."""
    return [one.text() for one in driver.panel("review").find_all(kind) if one.isVisible()]


def button(driver: WindowDriver, text: str, *, where: str = "review") -> QPushButton:
    """The button with that text that is seen in a panel, the first one."""
    panel = driver.panel(where)

    def found() -> list[QPushButton]:
        """They have their places once the panel was laid out."""
        return [one for one in panel.buttons(text) if not one.visibleRegion().isEmpty()]

    driver.qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


def wait_for_others(driver: WindowDriver) -> None:
    """Wait until the other documents were looked through."""
    driver.qtbot.waitUntil(lambda: "1 other document" in seen(driver, QPushButton))


def of_file(driver: WindowDriver, key: str, name: str = "a.txt") -> list[dict[str, Any]]:
    """What the sidecar has under a key."""
    assert driver.save()
    found = yaml.safe_load((driver.folder / f"{name}.annotations.yaml").read_text("utf-8"))
    result: list[dict[str, Any]] = found.get(key, [])
    return result


def outcomes(driver: WindowDriver, name: str = "a.txt") -> list[tuple[str, str, str]]:
    """Who said what and what came of it, as the file says."""
    return [(one["reviewer"], one["verdict"], one["outcome"]) for one in of_file(driver, "review", name)]


def take_together(driver: WindowDriver, words: str) -> None:
    """Choose an entry of the menu of what can be taken together."""
    QTest.mouseClick(button(driver, "Apply several…"), Qt.MouseButton.LeftButton)
    driver.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(one for one in menu.actions() if one.text().startswith(words))
    menu.setActiveAction(action)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def test_it_is_opened_by_f5_and_says_what_it_is_for(driver: WindowDriver) -> None:
    """F5 shows it with a sentence where nobody said anything; F5 again or Escape lead back to the article."""
    assert not driver.is_panel_shown("review")
    driver.press("F5")
    assert driver.is_panel_shown("review")
    assert any("Reviewers have said nothing" in text for text in seen(driver))
    driver.press("Esc")
    assert driver.is_article_focused()
    driver.press("F5", "F5")
    assert not driver.is_panel_shown("review")
    assert driver.is_article_focused()


def test_a_document_with_verdicts_says_so_once(reviewed: WindowDriver) -> None:
    """A message with a button leads to the panel, and goes when it is seen; the same document does not say it again."""
    again = reviewed.reopen()
    assert "7 wait for your decision" in again.notice()
    QTest.mouseClick(again.offer("Review (F5)"), Qt.MouseButton.LeftButton)
    assert view(again).hasFocus()
    assert again.notice() == ""
    again.press("F5", "Ctrl+PgDown")
    assert "1 waits for your decision" in again.notice()
    again.press("Ctrl+PgUp")
    assert again.notice() == ""
    again.close_at_once()


def test_verdicts_stand_by_sentence_with_their_reviewers(reviewed: WindowDriver) -> None:
    """In order of place, those on one sentence together, with what stands, who wants what, and where they differ."""
    reviewed.press("F5")
    assert [line.split(". It stands")[0] for line in spoken(reviewed)] == [
        "Hoa agrees, open",
        "Lan agrees, open",
        "Hoa agrees, open, reviewers differ",
        "Lan proposes Target, open, “Đây là mục tiêu.”, reviewers differ",
        "Lan proposes no label, open",
        "Hoa wants it changed, open, “Xem lại.”",
        "Hoa wants Opinion added, open",
    ]
    assert spoken(reviewed)[3].endswith(f"It stands: Breakthrough. “{WAYS}”")
    assert "7 open of 7" in seen(reviewed)
    assert reviewed.panel("review").title() == "Review (7)"


def test_each_is_decided_by_keys(reviewed: WindowDriver) -> None:
    """Enter and T take, Delete and R refuse; the next open one follows, and the article with it; the file says it."""
    reviewed.press("F5", "Return")
    assert (chosen(reviewed), reviewed.current()) == ("Lan agrees, open", GOAL)
    reviewed.press("T")
    assert (chosen(reviewed), reviewed.current()) == ("Hoa agrees, open, reviewers differ", WAYS)
    reviewed.press("Del", "Return", "R")
    assert chosen(reviewed) == "Hoa wants it changed, open, “Xem lại.”"
    reviewed.press("2", "Return")  # done by hand: another label is added, then it is noted
    reviewed.press("Return")
    assert outcomes(reviewed) == [
        ("Lan", "agree", "taken"),
        ("Hoa", "agree", "taken"),
        ("Lan", "change", "taken"),
        ("Hoa", "agree", "refused"),
        ("Lan", "drop", "refused"),
        ("Hoa", "change", "taken"),
        ("Hoa", "add", "taken"),
    ]
    assert {(one["by"], str(one["decided"])[:10]) for one in of_file(reviewed, "review")} == {("mai", "2026-05-13")}
    assert [(one["text"], one["labels"], one["origin"]) for one in of_file(reviewed, "annotations")] == [
        (GOAL, ["target"], "person"),
        (WAYS, ["target"], "review"),
        (VIEW, ["opinion"], "person"),
        (INCOME, ["target", "breakthrough"], "person"),
        (ALL, ["opinion"], "review"),
    ]


def test_undo_brings_all_back(reviewed: WindowDriver) -> None:
    """Each decision is one undo, pressed in the panel; label and verdict come back together."""
    before = reviewed.state()
    reviewed.press("F5", "Down", "Down", "Down", "Return")
    assert reviewed.labels()[1] == (WAYS, ["target"])
    reviewed.press("Ctrl+Z")
    assert reviewed.state() == before
    reviewed.qtbot.waitUntil(lambda: "7 open of 7" in seen(reviewed))


def test_the_buttons_decide_as_well(reviewed: WindowDriver) -> None:
    """Take, Refuse and Later by the mouse; what is decided is seen without the filter, and can be opened again."""
    reviewed.press("F5")
    QTest.mouseClick(button(reviewed, "Later"), Qt.MouseButton.LeftButton)
    assert chosen(reviewed) == "Lan agrees, open"
    QTest.mouseClick(button(reviewed, "Apply"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(button(reviewed, "Decline"), Qt.MouseButton.LeftButton)
    assert outcomes(reviewed)[:4] == [
        ("Lan", "agree", "taken"),
        ("Hoa", "agree", "open"),
        ("Lan", "change", "open"),
        ("Hoa", "agree", "refused"),
    ]
    place = view(reviewed).visualRect(view(reviewed).model().index(2, 0)).center()
    QTest.mouseClick(view(reviewed).viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen(reviewed).startswith("Lan agrees, applied by mai, today, ")
    QTest.mouseClick(button(reviewed, "Open again"), Qt.MouseButton.LeftButton)
    assert outcomes(reviewed)[0] == ("Lan", "agree", "open")
    assert "open again" in reviewed.status()
    reviewed.press("Ctrl+Z")
    assert outcomes(reviewed)[0] == ("Lan", "agree", "taken")


def test_what_is_decided_is_hidden_until_it_is_wanted(reviewed: WindowDriver) -> None:
    """A sentence leaves the list when all about it is decided; without the filter it says who decided and when."""
    reviewed.press("F5", "Return", "Return")
    assert len(spoken(reviewed)) == 5
    box = reviewed.panel("review").find(QCheckBox)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    assert spoken(reviewed)[0].startswith("Hoa agrees, applied by mai, today, ")


def test_agreed_ones_are_taken_with_one_key(reviewed: WindowDriver) -> None:
    """A takes what can be taken, tells what reviewers differ on, and one undo takes it back."""
    before = reviewed.state()
    reviewed.press("F5", "M")
    told = reviewed.status()
    assert told == "2 verdicts were taken. Left for you to decide: 1 on which reviewers differ."
    assert [one[2] for one in outcomes(reviewed)[:4]] == ["taken", "taken", "open", "open"]
    assert chosen(reviewed) == "Hoa agrees, open, reviewers differ"
    reviewed.press("Ctrl+Z")
    assert reviewed.state() == before


def test_all_of_one_reviewer_are_taken_from_the_menu(reviewed: WindowDriver) -> None:
    """What contradicts another reviewer, or names no label, stays."""
    reviewed.press("F5")
    take_together(reviewed, "All by Hoa (4)")
    assert [one for one in outcomes(reviewed) if one[2] == "taken"] == [
        ("Hoa", "agree", "taken"),
        ("Hoa", "add", "taken"),
    ]
    assert (ALL, ["opinion"]) in reviewed.labels()
    assert "1 that names no label" in reviewed.status()


def test_agreed_ones_of_all_documents(reviewed: WindowDriver) -> None:
    """They are shown first; taken, they are in both files, and each document has its own undo."""
    reviewed.press("F5")
    wait_for_others(reviewed)
    rows: list[str] = []

    def consent(dialog: QDialog) -> None:
        """Press the button of the dialog."""
        listed = dialog.findChild(QListView)
        assert isinstance(listed, QListView)
        rows.extend(str(listed.model().index(row, 0).data()) for row in range(listed.model().rowCount()))
        next(one for one in dialog.findChildren(QPushButton) if one.text() == "Apply").click()

    in_dialog(consent)
    take_together(reviewed, "All that agree, in all documents…")
    reviewed.qtbot.waitUntil(lambda: "3 verdicts were taken" in reviewed.status())
    assert rows == [
        f"a.txt, sentence 2: Hoa, Lan – Target: {GOAL}",
        f"b.txt, sentence 2: Lan – Target: {SHORT}",
    ]
    assert [one[2] for one in outcomes(reviewed)[:2]] == ["taken", "taken"]
    assert outcomes(reviewed, "b.txt") == [("Lan", "agree", "taken")]
    reviewed.activate()  # the screenless system does not give it back after a menu
    reviewed.qtbot.waitUntil(reviewed.is_active)
    reviewed.press("Ctrl+PgDown", "Ctrl+Z")
    assert outcomes(reviewed, "b.txt") == [("Lan", "agree", "open")]


def test_at_the_end_the_next_document_follows(reviewed: WindowDriver) -> None:
    """With the last verdict decided, the next document with open ones is opened, told, and the list keeps the keys."""
    reviewed.press("F5")
    wait_for_others(reviewed)
    reviewed.press(*["R"] * 7)
    assert reviewed.path() == reviewed.folder / "b.txt"
    assert "This is b.txt." in reviewed.status()
    assert (chosen(reviewed), reviewed.current()) == ("Lan agrees, open", SHORT)
    assert view(reviewed).hasFocus()
    reviewed.press("Return")
    reviewed.qtbot.waitUntil(lambda: any("is decided" in text for text in seen(reviewed)))
    assert {one[2] for one in outcomes(reviewed)} == {"refused"}
    assert outcomes(reviewed, "b.txt") == [("Lan", "agree", "taken")]


def test_later_goes_on_and_comes_back(reviewed: WindowDriver) -> None:
    """What is put off is passed over; when nothing else is left, N leads to the next document."""
    reviewed.press("F5", "L")
    assert chosen(reviewed) == "Lan agrees, open"
    wait_for_others(reviewed)
    QTest.mouseClick(button(reviewed, "1 other document"), Qt.MouseButton.LeftButton)
    assert reviewed.path() == reviewed.folder / "b.txt"
    reviewed.press("Return")
    assert outcomes(reviewed, "b.txt") == [("Lan", "agree", "taken")]
    reviewed.qtbot.waitUntil(lambda: reviewed.path() == reviewed.folder / "a.txt")
    assert outcomes(reviewed)[0] == ("Lan", "agree", "open")


def test_old_stands_beside_new_where_the_text_changed(
    reviewed: WindowDriver, open_on: Callable[[Path], WindowDriver]
) -> None:
    """The words that differ are marked, not by colour alone; it is not taken together with others."""
    reviewed.saved()
    reviewed.close_at_once()
    path = reviewed.folder / "a.txt"
    path.write_text(path.read_text("utf-8").replace("9%", "10%"), "utf-8")
    again = open_on(reviewed.folder)
    again.click("Kế hoạch")
    again.press("F5")
    texts = [one for one in again.panel("review").find_all(QTextEdit) if one.isVisible()]
    assert [one.toPlainText() for one in texts] == [GOAL, GOAL.replace("9%", "10%")]
    assert "line-through" in texts[0].toHtml()
    assert "underline" in texts[1].toHtml()
    assert "When reviewing, Hoa saw" in seen(again)
    again.press("M")
    assert "2 whose sentences or labels changed since" in again.status()


def test_what_is_gone_says_so(reviewed: WindowDriver) -> None:
    """A verdict without its sentence cannot be taken, but refused; the reason stands beside it."""
    reviewed.press("Ctrl+Z")  # the article has it no more once its sentence is cut in two
    say(reviewed, ALL, "add", "opinion", who="Nam")
    reviewed.click(ALL)
    reviewed.press("S", "Right", "Return", "F5")
    gone = next(line for line in spoken(reviewed) if line.startswith("Nam"))
    assert "its sentence is gone" in gone
    for _nth in range(6):
        reviewed.press("Down")
    assert chosen(reviewed).startswith(("Nam", "Hoa wants Opinion added"))
    assert not button(reviewed, "Apply").isEnabled()
    reviewed.press("Return")
    assert "can only be refused" in reviewed.status()
    reviewed.press("R")
    assert "refused" in {one[2] for one in outcomes(reviewed)}


def test_the_inspector_decides_on_the_current_sentence(reviewed: WindowDriver) -> None:
    """It shows who wants what, with chips and the comment; its buttons decide, and the article has the keys again."""
    reviewed.click(WAYS)
    panel = reviewed.panel("inspector")
    reviewed.qtbot.waitUntil(lambda: "Review: reviewers differ" in panel.texts())
    assert panel.chips() == ["Hoa agrees", "Lan proposes Target"]
    assert "“Đây là mục tiêu.”" in panel.texts()
    takes = panel.buttons("Apply")
    assert [one.accessibleDescription() for one in takes] == ["Hoa agrees", "Lan proposes Target"]
    QTest.mouseClick(takes[1], Qt.MouseButton.LeftButton)
    assert reviewed.labels()[1] == (WAYS, ["target"])
    assert reviewed.is_article_focused()
    done = "✓ Lan proposes Target – applied by mai, today, "
    reviewed.qtbot.waitUntil(lambda: any(text.startswith(done) for text in panel.texts()))
    reviewed.click("Kế hoạch")
    reviewed.qtbot.waitUntil(lambda: not panel.chips())


def test_a_screen_reader_hears_what_reviewers_want(reviewed: WindowDriver) -> None:
    """The sentence is announced with it, and once decided with that."""
    interface = reviewed.accessible_article()
    reviewed.click(WAYS)
    assert interface.text(QAccessible.Text.Description) == (
        f"{WAYS} Breakthrough, review: Hoa agrees; Lan proposes Target"
    )
    reviewed.press("F5", "R", "R")
    assert interface.text(QAccessible.Text.Description).startswith(VIEW)
    reviewed.click(WAYS)
    assert interface.text(QAccessible.Text.Description) == f"{WAYS} Breakthrough, review: decided"


def test_the_article_has_a_mark_in_the_margin(reviewed: WindowDriver) -> None:
    """A sentence of which something was said has a mark that is filled while that waits; undone, there is none."""
    accent = QColor(reviewed.theme.accent)

    def painted() -> int:
        """How many dots of the margin beside the sentence have the accent's colour."""
        reviewed.click("Kế hoạch")
        picture = reviewed.picture()
        column, middle = reviewed.place("Thu ngân").x() - 12, reviewed.place(ALL).y()
        dots = ((x, y) for x in range(column - 70, column) for y in range(middle - 12, middle + 12))
        return sum(picture.pixelColor(x, y) == accent for x, y in dots)

    waiting = painted()
    reviewed.click(ALL)
    reviewed.press("F5", "R", "Esc")
    decided = painted()
    assert 0 < decided < waiting  # the other sentence on that line still has its own
    reviewed.press("Ctrl+Z")
    assert painted() == waiting
    reviewed.press("Ctrl+Z")  # it never came in
    assert painted() < waiting


def test_the_history_tells_what_was_decided(reviewed: WindowDriver) -> None:
    """Verdicts that came in, and each decision, by name."""
    reviewed.press("F5", "Down", "Down", "Down", "Return", "R", "Ctrl+H")
    model = reviewed.panel("history").find(QAbstractItemView).model()
    reviewed.qtbot.waitUntil(lambda: model.rowCount() > 10)
    rows = [str(model.index(row, 1).data()) for row in range(model.rowCount())]
    told = "\n".join(rows + [str(model.index(row, 2).data()) for row in range(model.rowCount())])
    assert f"Applied Lan's change to Target: “{WAYS}”" in told
    assert "Declined Lan's proposal to remove the label" in told
    assert "Verdicts by Hoa came in: 1" in told


def test_the_panel_follows_the_article(reviewed: WindowDriver) -> None:
    """A click on a sentence in the article chooses what was said of it."""
    reviewed.press("F5", "Esc")
    reviewed.click(VIEW)
    assert chosen(reviewed) == "Lan proposes no label, open"


def test_it_speaks_vietnamese_and_dark_at_once(reviewed: WindowDriver) -> None:
    """Language and colours change while it is open; nothing is lost."""
    reviewed.press("F5", "Down")
    reviewed.choose_look(language="vi", theme="dark")
    assert "Mục tiêu" in spoken(reviewed)[0]
    reviewed.choose_look(language="en")
    assert chosen(reviewed) == "Lan agrees, open"
