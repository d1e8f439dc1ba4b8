from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from article_pages import TARGET, TextPage, article
from PySide6.QtGui import QAccessible

from annotator.core.document import BlockKind

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from annotator.gui.article.view import ArticleView


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The events that a screen reader gets."""
    events: list[Any] = []

    def take(event: Any) -> None:
        kind = event.type()
        if kind == QAccessible.Event.Announcement:
            events.append((kind, event.message()))
        elif kind == QAccessible.Event.TextCaretMoved:
            events.append((kind, event.cursorPosition()))

    monkeypatch.setattr(QAccessible, "updateAccessibility", take)
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    return events


def test_article_is_a_read_only_text(view: ArticleView) -> None:
    """A screen reader meets a read-only text named after the article, with all its characters."""
    page = article()
    page.kinds[1] = BlockKind.TITLE
    view.set_page(page)
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.role() == QAccessible.Role.EditableText
    assert interface.state().readOnly
    assert interface.text(QAccessible.Text.Name) == page.text[page.blocks[1].start : page.blocks[1].end]
    assert interface.textInterface().text(0, 10_000) == page.text
    assert interface.textInterface().characterCount() == len(page.text)


def test_other_interfaces_are_refused_unharmed(view: ArticleView) -> None:
    """A screen reader that asks for what the view is not gets nothing, and nothing crashes."""
    view.set_page(article())
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.valueInterface() is None
    assert interface.attributesInterface() is None
    assert interface.tableCellInterface() is None
    assert interface.selectionInterface() is None
    assert interface.actionInterface() is None
    assert interface.editableTextInterface() is None


def test_cursor_is_at_the_current_sentence(view: ArticleView) -> None:
    """The text's cursor is where the current sentence starts, in UTF-16 positions."""
    page = TextPage("Mừng 😀. Câu hai.\nCâu ba.")
    view.set_page(page)
    view.show_current(page.all()[1])
    text = QAccessible.queryAccessibleInterface(view).textInterface()
    assert text.cursorPosition() == page.all()[1].span.start + 1
    assert text.text(text.cursorPosition(), text.cursorPosition() + 7) == "Câu hai"
    assert text.characterCount() == len(page.text) + 1


def test_places_and_characters(view: ArticleView) -> None:
    """The box of a character is where the character is found again."""
    page = article()
    view.set_page(page)
    text = QAccessible.queryAccessibleInterface(view).textInterface()
    for position in (0, 10, 100, page.blocks[1].start):
        assert text.offsetAtPoint(text.characterRect(position).center()) == position


def test_moving_the_cursor_chooses(view: ArticleView, qtbot: QtBot) -> None:
    """A screen reader that moves the cursor chooses the sentence there."""
    page = article()
    view.set_page(page)
    with qtbot.waitSignal(view.sentence_chosen) as caught:
        QAccessible.queryAccessibleInterface(view).textInterface().setCursorPosition(page.all()[3].span.start)
    assert caught.args[0] == page.all()[3].span.start


def test_current_sentence_is_announced(view: ArticleView, said: list[Any]) -> None:
    """A new current sentence is said with its labels, once."""
    page = TextPage("Câu một. Câu hai.")
    page.marks[page.all()[1].span] = TARGET
    view.set_page(page)
    view.show_current(page.all()[1])
    view.show_current(page.all()[1])
    assert said == [
        (QAccessible.Event.TextCaretMoved, page.all()[1].span.start),
        (QAccessible.Event.Announcement, "Câu hai. target"),
    ]


def test_decision_on_the_current_sentence_is_announced(view: ArticleView, said: list[Any]) -> None:
    """A tag given to the current sentence is said; one given elsewhere is not."""
    page = TextPage("Câu một. Câu hai.")
    view.set_page(page)
    first, second = (sentence.span for sentence in page.all())
    view.show_current(page.all()[0])
    said.clear()
    page.marks = {first: TARGET, second: TARGET}
    view.show_current(page.all()[0], changed=[second])
    assert said == []
    view.show_current(page.all()[0], changed=[first])
    assert said == [(QAccessible.Event.Announcement, "target")]


def test_empty_view_has_its_own_name(view: ArticleView) -> None:
    """Without an article the view keeps the name that the window gave it, and has no text."""
    view.setAccessibleName("Bài")
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.text(QAccessible.Text.Name) == "Bài"
    assert interface.textInterface().characterCount() == 0
