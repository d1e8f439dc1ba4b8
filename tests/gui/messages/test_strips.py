"""Strips: questions and faults over the top of the article, with keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea

from annotator.gui.messages.key_button import KeyButton
from annotator.gui.messages.message import Choice, MessageKind, Question

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver


@pytest.fixture
def chosen() -> list[str]:
    """What was chosen, in order."""
    return []


def make_question(
    chosen: list[str], text: str = "Change it?", *, kind: MessageKind = MessageKind.INFO, detail: str = ""
) -> Question:
    """Return a question whose answers are noted."""
    return Question(
        text,
        detail,
        kind,
        (
            Choice("Change, stay done", "Enter", lambda: chosen.append(f"{text} change")),
            Choice("Reopen", "R", lambda: chosen.append(f"{text} reopen")),
            Choice("Cancel", "Esc", lambda: chosen.append(f"{text} cancel")),
        ),
    )


@pytest.mark.parametrize("kind", list(MessageKind))
def test_it_moves_no_letter_and_takes_no_focus(driver: WindowDriver, chosen: list[str], kind: MessageKind) -> None:
    """All of the article that it does not cover looks as before."""
    driver.press("End")
    before, size, place = driver.picture(), driver.viewport().size(), driver.scroll_position()
    driver.ask(make_question(chosen, kind=kind, detail="One detail.\nAnother one."))
    assert driver.is_article_focused()
    assert (driver.viewport().size(), driver.scroll_position()) == (size, place)
    assert driver.picture() == before  # the viewport alone, without what lies over it


def test_it_lies_over_the_top_of_the_article(driver: WindowDriver, chosen: list[str]) -> None:
    """As wide as the article, at least 46 pixels high, also after the window has another size."""
    driver.ask(make_question(chosen))
    for width, height in ((1280, 860), (900, 700)):
        driver.resize(width, height)
        strip, area = driver.overlay("strip").geometry(), driver.article.geometry()
        assert strip.topLeft() == area.topLeft()
        assert strip.width() == area.width()
        assert 46 <= strip.height() < 170


def test_the_page_scrolls_once_if_the_current_sentence_would_be_covered(
    open_on: Callable[[Path], WindowDriver], tmp_path: Path, chosen: list[str]
) -> None:
    """By the height of the strip, and not again when the same is asked again or the strip goes."""
    (tmp_path / "long.txt").write_text("\n\n".join(f"Câu số {n} của bài này." for n in range(80)), "utf-8")
    driver = open_on(tmp_path)
    for _number in range(30):
        driver.press("Down")
    bar = driver.article.verticalScrollBar()
    bar.setValue(bar.value() + driver.place(driver.current()).y() - 20)
    before = driver.place(driver.current()).y()
    assert before < 46
    question = make_question(chosen)
    driver.ask(question)
    height = driver.overlay("strip").height()
    assert driver.place(driver.current()).y() - before == height
    driver.ask(question)
    assert driver.place(driver.current()).y() - before == height
    driver.press("Esc")
    assert driver.place(driver.current()).y() - before == height


@pytest.mark.parametrize(
    ("key", "answer"), [("Return", "change"), ("Enter", "change"), ("R", "reopen"), ("Esc", "cancel")]
)
def test_its_keys_answer(driver: WindowDriver, chosen: list[str], key: str, answer: str) -> None:
    """Each once, and the strip goes; both Enter keys are one."""
    before, steps = driver.current(), driver.steps()
    driver.ask(make_question(chosen))
    driver.press(key)
    assert chosen == [f"Change it? {answer}"]
    assert driver.strip() == ""
    assert (driver.current(), driver.steps()) == (before, steps)
    assert driver.is_article_focused()


@pytest.mark.parametrize(
    ("key", "scan", "code", "text"),
    [
        (Qt.Key.Key_R, 0, 0xE7, "r"),  # VK_PACKET
        (Qt.Key.Key_Return, 0, 0xE7, "\r"),
        (Qt.Key.Key_Escape, 0, 0xE7, ""),
    ],
)
@pytest.mark.parametrize("is_strip_focused", [False, True])
def test_what_an_input_tool_sends_answers_nothing(
    driver: WindowDriver, chosen: list[str], key: Qt.Key, *, scan: int, code: int, text: str, is_strip_focused: bool
) -> None:
    """UniKey and others send letters in place of keys."""
    driver.ask(make_question(chosen))
    target = driver.offers()[0] if is_strip_focused else driver.article
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        QApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, scan, code, 0, text))
    assert chosen == []


@pytest.mark.parametrize(
    ("key", "scan", "code"),
    [
        (ord("К"), 27, 0x6CB),  # X11, Russian layout
        (ord("К"), 19, 0x52),  # Windows
        (ord("К"), 1, 15),  # macOS
    ],
)
def test_its_letters_are_found_by_their_place(
    driver: WindowDriver, chosen: list[str], key: int, scan: int, code: int
) -> None:
    """A layout without Latin letters has them at the place of the US keyboard."""
    driver.ask(make_question(chosen))
    pressed = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, scan, code, 0, "к")
    QApplication.sendEvent(driver.article, pressed)
    assert chosen == ["Change it? reopen"]


def test_its_keys_hold_only_while_it_is_shown(driver: WindowDriver, chosen: list[str]) -> None:
    """Afterwards a letter is the article's key again; other keys are so all the time."""
    first = driver.current()
    driver.ask(Question("Go?", choices=(Choice("Go", "N", lambda: chosen.append("go")),)))
    driver.press("2")
    assert driver.steps() == 1
    second = driver.current()
    assert second != first
    driver.press("N")
    assert (chosen, driver.current()) == (["go"], second)
    driver.press("K", "N")
    assert (chosen, driver.current()) == (["go"], second)


def test_letters_in_a_field_are_letters(driver: WindowDriver, chosen: list[str]) -> None:
    """Its keys hold in the article and in the strip, never where words are typed or lists are walked through."""
    note = driver.note()
    note.setFocus()
    driver.ask(make_question(chosen))
    QTest.keyClicks(note, "Rr")
    QTest.keyClick(note, Qt.Key.Key_Return)
    assert chosen == []
    assert note.toPlainText() == "Rr\n"
    driver.document_list().setFocus()
    driver.press("Down", "Return")
    assert chosen == []


def test_a_split_that_is_being_chosen_keeps_its_keys(driver: WindowDriver, chosen: list[str]) -> None:
    """Enter splits and Esc leaves; afterwards they answer."""
    driver.run("split")
    driver.ask(make_question(chosen))
    driver.press("Return")
    assert chosen == []
    assert driver.steps() == 1
    driver.press("Return")
    assert chosen == ["Change it? change"]


def test_a_button_is_pressed_by_mouse_and_by_keyboard(driver: WindowDriver, chosen: list[str]) -> None:
    """It is the first stop of Tab; Enter presses the button that has the focus."""
    driver.ask(make_question(chosen))
    QTest.mouseClick(driver.offer("Reopen"), Qt.MouseButton.LeftButton)
    assert driver.is_article_focused()
    driver.ask(make_question(chosen))
    driver.press("Shift+Tab", "Shift+Tab")
    assert driver.focus() is driver.offer("Reopen")
    driver.press("Return")
    driver.ask(make_question(chosen))
    driver.press("Shift+Tab", "R")
    driver.ask(make_question(chosen))
    driver.press("Shift+Tab", "Esc")
    assert chosen == ["Change it? reopen"] * 3 + ["Change it? cancel"]
    assert driver.is_article_focused()


def test_others_wait_in_a_queue(driver: WindowDriver, chosen: list[str]) -> None:
    """Which is counted; what the user is asked comes before what can wait; the same is not asked twice."""
    for text in ("A fault.", "Another fault.", "A fault."):
        driver.ask(make_question(chosen, text, kind=MessageKind.TROUBLE))
    assert (driver.strip(), _count(driver)) == ("A fault.", "1 of 2")
    driver.ask(make_question(chosen, "Really?"))
    assert (driver.strip(), _count(driver)) == ("Really?", "1 of 3")
    driver.press("R")
    assert (driver.strip(), _count(driver)) == ("A fault.", "2 of 3")
    driver.press("R")
    assert (driver.strip(), _count(driver)) == ("Another fault.", "3 of 3")
    driver.press("R")
    assert driver.strip() == ""
    assert chosen == ["Really? reopen", "A fault. reopen", "Another fault. reopen"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (("warn 1", "trouble 1", "trouble 2", "info 1"), ("info 1", "trouble 2", "trouble 1", "warn 1")),
        (("trouble 1", "warn 1", "warn 2", "trouble 2"), ("trouble 2", "trouble 1", "warn 1", "warn 2")),
        (("info 1", "info 2", "trouble 1"), ("info 1", "info 2", "trouble 1")),
        (("trouble 1", "trouble 2", "trouble 1"), ("trouble 1", "trouble 2")),
        (("warn 1", "warn 2", "warn 1"), ("warn 1", "warn 2")),
    ],
)
def test_the_most_serious_and_newest_is_shown(
    driver: WindowDriver, chosen: list[str], order: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    """What the user does is asked first, then come faults, the newest first, then warnings as they came."""
    for text in order:
        driver.ask(make_question(chosen, text, kind=MessageKind[text.split()[0].upper()]))
    shown = []
    while driver.strip():
        shown.append(driver.strip())
        driver.press("Esc")
    assert shown == list(expected)


def test_an_answer_may_ask_again(driver: WindowDriver, chosen: list[str]) -> None:
    """The next question stands when the first is answered."""
    driver.ask(Question("One?", choices=(Choice("Yes", "Y", lambda: driver.ask(make_question(chosen, "Two?"))),)))
    driver.press("Y")
    assert driver.strip() == "Two?"
    driver.press("Return")
    assert (chosen, driver.strip()) == (["Two? change"], "")


def test_each_can_be_closed(driver: WindowDriver) -> None:
    """One without a choice for Esc has a button that only closes it."""
    driver.ask(Question("A fault.", kind=MessageKind.TROUBLE))
    assert driver.overlay("strip").isVisible()
    driver.press("Esc")
    assert driver.strip() == ""
    driver.qtbot.waitUntil(lambda: not driver.overlay("strip").isVisible())


def test_many_lines_are_reached_by_scrolling(driver: WindowDriver) -> None:
    """A message of 200 lines leaves most of the article free; the keyboard reaches the rest of it."""
    lines = "\n".join(f"document-{number}.txt cannot be read." for number in range(200))
    driver.ask(Question("Not everything could be read:", lines, MessageKind.TROUBLE))
    assert driver.overlay("strip").height() < driver.article.height() // 3
    driver.press("Shift+Tab")
    assert driver.focus().accessibleName() == "Details"


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 700), (900, 640)])
@pytest.mark.parametrize("count", [1, 2, 5, 8])
def test_up_to_eight_lines_are_shown_whole(driver: WindowDriver, *, count: int, width: int, height: int) -> None:
    """Nothing is to be scrolled where there is room; the strip takes 40 % of the article's height at most."""
    driver.resize(width, height)
    lines = "\n".join(f"a.txt.annotations.yaml, line {number}: no key." for number in range(count))
    driver.ask(Question("The annotations cannot be read, so nothing is written.", lines, MessageKind.TROUBLE))
    strip = driver.overlay("strip")
    scroll = strip.findChild(QScrollArea)
    assert isinstance(scroll, QScrollArea)
    if (count, width) != (8, 900):  # the buttons are below the lines there
        driver.qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() == 0)
    assert strip.height() <= 0.4 * driver.article.height()


def test_another_question_is_read_from_its_beginning(driver: WindowDriver, chosen: list[str]) -> None:
    """However far the one before was scrolled."""
    lines = "\n".join(f"document-{number}.txt cannot be read." for number in range(50))
    driver.ask(make_question(chosen, "Other things.", kind=MessageKind.WARN, detail=f"And\n{lines}"))
    driver.ask(make_question(chosen, "Not all could be read.", kind=MessageKind.TROUBLE, detail=lines))
    scroll = driver.overlay("strip").findChild(QScrollArea)
    assert isinstance(scroll, QScrollArea)
    driver.qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() > 0)
    scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum())
    driver.press("Esc")
    assert driver.strip() == "Other things."
    assert scroll.verticalScrollBar().value() == 0


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 700), (760, 560)])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_no_word_is_cut_off(driver: WindowDriver, chosen: list[str], *, language: str, width: int, height: int) -> None:
    """Sentence and buttons have the room that they need, in a narrow window below one another."""
    driver.choose_look(language=language)
    driver.resize(width, height)
    detail = "2 sentences differ, 1 is gone. " * 3
    driver.ask(make_question(chosen, "This article was changed after you tagged it.", detail=detail))
    strip = driver.overlay("strip")
    for name in ("strip-text", "strip-detail"):
        label = strip.findChild(QLabel, name)
        assert isinstance(label, QLabel)
        wanted = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        assert label.height() >= wanted
        assert label.wordWrap() or label.width() >= label.sizeHint().width()
    for button in driver.offers():
        assert strip.rect().contains(button.geometry())
        assert button.width() >= button.sizeHint().width()


def test_a_word_without_end_is_broken(driver: WindowDriver) -> None:
    """A path of 150 letters pushes no button out of the window."""
    driver.resize(900, 700)
    driver.ask(Question(f"/{'x' * 150}.yaml cannot be read.", f"/{'y' * 150}", MessageKind.TROUBLE))
    strip = driver.overlay("strip")
    close = next(one for one in strip.findChildren(KeyButton) if one.isVisible())
    assert strip.rect().contains(close.geometry())
    assert strip.height() < driver.article.height() // 2


def test_the_first_sentence_of_a_message_stands_out() -> None:
    """The rest is its detail; neither an abbreviation nor a number ends a sentence, and no letter is lost."""
    for message, text, detail in (
        ("a.txt was not saved: the disk is full. Free some.", "a.txt was not saved: the disk is full.", "Free some."),
        ("TP. HCM.txt cannot be read.", "TP. HCM.txt cannot be read.", ""),
        ("Left out:\nb.txt\nc.txt", "Left out:", "b.txt\nc.txt"),
        ("It cannot be read: 1.5 of 3. Mend it.\nb.txt", "It cannot be read: 1.5 of 3.", "Mend it.\nb.txt"),
    ):
        question = Question.from_message(message, kind=MessageKind.WARN)
        assert (question.text, question.detail, question.message) == (text, detail, message)


def test_what_it_says_is_no_markup(driver: WindowDriver) -> None:
    """Names of files and labels are shown as they are."""
    driver.ask(
        Question("<b>bold</b> <img src=x>", "<i>more</i>", choices=(Choice("<u>a</u> && b", "B", lambda: None),))
    )
    labels = driver.overlay("strip").findChildren(QLabel)
    assert {one.textFormat() for one in labels if one.text()} == {Qt.TextFormat.PlainText}


def test_it_is_said_at_once(driver: WindowDriver, chosen: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen reader breaks off for it, and says its keys."""
    said: list[tuple[str, QAccessible.AnnouncementPoliteness]] = []

    def hear(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            said.append((event.message(), event.politeness()))

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    driver.ask(make_question(chosen, detail="It is done."))
    message = "Change it?\nIt is done. Keys: Change, stay done (Enter), Reopen (R), Cancel (Esc)"
    assert said == [(message, QAccessible.AnnouncementPoliteness.Assertive)]


def _count(driver: WindowDriver) -> str:
    label = driver.overlay("strip").findChild(QLabel, "strip-count")
    assert isinstance(label, QLabel)
    return label.text() if label.isVisible() else ""
