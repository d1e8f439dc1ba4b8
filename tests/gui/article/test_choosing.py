from __future__ import annotations

from typing import TYPE_CHECKING

from article_pages import ACCENT, SELECTION, TARGET, TextPage, article, count
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QGuiApplication, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.span import Span

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from annotator.gui.article.view import ArticleView

LEFT, NONE, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def spot(view: ArticleView, offset: int) -> QPoint:
    """The middle of a character of plain text, in the viewport."""
    text = QAccessible.queryAccessibleInterface(view).textInterface()
    return view.viewport().mapFromGlobal(text.characterRect(offset).center())


def drag(view: ArticleView, to: QPoint) -> None:
    """Move the mouse to a place with the left button held."""
    position = QPointF(to)
    on_screen = view.viewport().mapToGlobal(to)
    QApplication.sendEvent(
        view.viewport(), QMouseEvent(QEvent.Type.MouseMove, position, QPointF(on_screen), LEFT, LEFT, NONE)
    )


def test_click_chooses_the_sentence(view: ArticleView, qtbot: QtBot) -> None:
    """A click gives a place inside the sentence that was clicked."""
    page = article()
    view.set_page(page)
    for sentence in page.all()[:5]:
        with qtbot.waitSignal(view.sentence_chosen) as caught:
            QTest.mouseClick(view.viewport(), LEFT, pos=spot(view, sentence.span.start + 12))
        assert sentence.span.has_offset(caught.args[0])


def test_click_between_sentences_chooses_one(view: ArticleView, qtbot: QtBot) -> None:
    """A click on the space between two sentences, or beside a short line, gives a place inside one of them."""
    page = TextPage("Câu một. Câu hai.\n\nDòng hai.")
    view.set_page(page)
    for at in (spot(view, page.text.index(" Câu hai")), spot(view, page.text.index(".\n")) + QPoint(200, 0)):
        with qtbot.waitSignal(view.sentence_chosen) as caught:
            QTest.mouseClick(view.viewport(), LEFT, pos=at)
        assert any(sentence.span.has_offset(caught.args[0]) for sentence in page.sentences(0))


def test_click_after_an_emoji(view: ArticleView, qtbot: QtBot) -> None:
    """Places are code points: characters of two UTF-16 units before them do not shift them."""
    page = TextPage("Mừng 😀😀😀 năm mới. Câu hai ở đây.")
    view.set_page(page)
    second = page.all()[1].span
    with qtbot.waitSignal(view.sentence_chosen) as caught:
        QTest.mouseClick(view.viewport(), LEFT, pos=spot(view, second.start + 3 + 2))
    assert caught.args[0] == second.start + 2


def test_desk_is_not_text(view: ArticleView, qtbot: QtBot) -> None:
    """A click beside the paper chooses nothing."""
    view.set_page(article())
    with qtbot.assertNotEmitted(view.sentence_chosen):
        QTest.mouseClick(view.viewport(), LEFT, pos=QPoint(3, 100))


def test_drag_goes_over_sentences(view: ArticleView, qtbot: QtBot) -> None:
    """A drag from one sentence to another gives both places, in order, also when drawn upwards."""
    page = article()
    view.set_page(page)
    first, third = page.all()[0].span, page.all()[2].span
    for start, end in ((first, third), (third, first)):
        QTest.mousePress(view.viewport(), LEFT, pos=spot(view, start.start + 5))
        with qtbot.waitSignal(view.sentences_dragged) as caught:
            drag(view, spot(view, end.start + 5))
        QTest.mouseRelease(view.viewport(), LEFT, pos=spot(view, end.start + 5))
        assert first.has_offset(caught.args[0])
        assert third.has_offset(caught.args[1])


def test_shift_click_stretches(view: ArticleView, qtbot: QtBot) -> None:
    """A click with Shift gives the stretch from the current sentence to the one clicked."""
    page = article()
    view.set_page(page)
    view.show_current(page.all()[1])
    with qtbot.waitSignal(view.sentences_dragged) as caught:
        QTest.mouseClick(view.viewport(), LEFT, SHIFT, spot(view, page.all()[4].span.start + 3))
    assert page.all()[1].span.has_offset(caught.args[0])
    assert page.all()[4].span.has_offset(caught.args[1])


def test_click_does_not_scroll(view: ArticleView) -> None:
    """A sentence clicked near the lower edge stays under the mouse, though keys would bring it further up."""
    page = article(40)
    view.set_page(page)
    view.sentence_chosen.connect(
        lambda offset: view.show_current(next(one for one in page.all() if one.span.has_offset(offset)))
    )
    low = QPoint(spot(view, 0).x() + 60, view.viewport().height() - 45)
    before = view.verticalScrollBar().value()
    QTest.mouseClick(view.viewport(), LEFT, pos=low)
    assert abs(view.verticalScrollBar().value() - before) < 60


def test_context_menu_is_asked_for(view: ArticleView, qtbot: QtBot) -> None:
    """The right button, and the menu key, ask for a menu with the place of the sentence."""
    page = article()
    view.set_page(page)
    view.show_current(page.all()[2])
    at = spot(view, page.all()[1].span.start + 8)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.viewport().mapToGlobal(at))
    with qtbot.waitSignal(view.context_menu_requested) as caught:
        QApplication.sendEvent(view.viewport(), asked)
    assert page.all()[1].span.has_offset(caught.args[0])
    assert caught.args[1] == view.viewport().mapToGlobal(at)
    with qtbot.waitSignal(view.context_menu_requested) as caught:
        QApplication.sendEvent(view, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))
    assert page.all()[2].span.has_offset(caught.args[0])


def test_chips_are_clicked(view: ArticleView) -> None:
    """Each chip gives its label, the last one *nothing here*."""
    page = article()
    view.resize(1400, 600)
    view.set_page(page)
    view.show_current(page.all()[0])
    QApplication.processEvents()
    chips = next(
        child for x in range(700, 1400, 10) if (child := view.viewport().childAt(x, spot(view, 0).y())) is not None
    )
    clicked: list[str] = []
    view.label_clicked.connect(clicked.append)
    for nth in range(3):
        QTest.mouseClick(chips, LEFT, pos=QPoint(12, round((nth + 0.5) * chips.height() / 3)))
    assert clicked == ["target", "opinion", ""]


def test_copy(view: ArticleView) -> None:
    """The current sentence, or the selected ones with the line end between them, go to the clipboard as they stand."""
    page = TextPage("Một\u00a0câu 😀. Câu hai.\n\nCâu ba.")
    view.set_page(page)
    view.show_current(page.all()[0])
    view.copy()
    assert QGuiApplication.clipboard().text() == "Một\u00a0câu 😀."
    view.show_current(page.all()[2], selection=page.all()[1:])
    assert view.selected_text() == "Câu hai.\n\nCâu ba."


def test_split_by_keys(view: ArticleView, qtbot: QtBot) -> None:
    """Arrows, Home and End choose the word, Enter splits before it; shortcuts of the window do not take these keys."""
    page = TextPage("Một hai ba bốn năm. Câu sau.")
    view.set_page(page)
    view.show_current(page.all()[0])
    taken = QShortcut(QKeySequence(Qt.Key.Key_Return), view)
    with qtbot.assertNotEmitted(taken.activated):
        for keys, word in (
            ([Qt.Key.Key_Home], "hai"),
            ([Qt.Key.Key_Home, Qt.Key.Key_Right], "ba"),
            ([Qt.Key.Key_End], "năm"),
            ([Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Left], "bốn"),
        ):
            view.begin_split()
            for key in keys:
                QTest.keyClick(view, key)
            with qtbot.waitSignal(view.split_chosen) as caught:
                QTest.keyClick(view, Qt.Key.Key_Return)
            assert caught.args[0] == page.text.index(word)


def test_split_is_left(view: ArticleView, qtbot: QtBot) -> None:
    """Escape, and another current sentence, leave the word cursor."""
    page = article()
    view.set_page(page)
    view.show_current(page.all()[0])
    view.begin_split()
    with qtbot.waitSignal(view.split_cancelled):
        QTest.keyClick(view, Qt.Key.Key_Escape)
    view.begin_split()
    with qtbot.waitSignal(view.split_cancelled):
        view.show_current(page.all()[1])
    with qtbot.assertNotEmitted(view.split_chosen):
        QTest.keyClick(view, Qt.Key.Key_Return)


def test_split_by_mouse(view: ArticleView, qtbot: QtBot) -> None:
    """While a split is chosen, a click on a word splits before it."""
    page = article()
    view.set_page(page)
    view.show_current(page.all()[0])
    view.begin_split()
    word = page.text.index("kinh")
    with qtbot.assertNotEmitted(view.sentence_chosen), qtbot.waitSignal(view.split_chosen) as caught:
        QTest.mouseClick(view.viewport(), LEFT, pos=spot(view, word + 1))
    assert caught.args[0] == word


def test_split_is_seen(view: ArticleView) -> None:
    """While a split is chosen, the word cursor is on the screen and the second half has another ground."""
    page = article()
    view.set_page(page)
    view.show_current(page.all()[0])
    QApplication.processEvents()
    before = count(view.viewport().grab().toImage(), ACCENT)
    view.begin_split()
    image = view.viewport().grab().toImage()
    assert count(image, ACCENT) > before + 30
    assert count(image, SELECTION) > 500
    QTest.keyClick(view, Qt.Key.Key_Escape)
    image = view.viewport().grab().toImage()
    assert count(image, ACCENT) == before
    assert count(image, SELECTION) == 0


def test_one_word_cannot_be_split(view: ArticleView, qtbot: QtBot) -> None:
    """A sentence of one word is left at once."""
    page = TextPage("Tốt!")
    view.set_page(page)
    view.show_current(page.all()[0])
    with qtbot.waitSignal(view.split_cancelled):
        view.begin_split()


def test_input_method_is_off(view: ArticleView) -> None:
    """Telex and VNI get no keys of the article."""
    assert not view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_keys_are_left_to_the_window(view: ArticleView, qtbot: QtBot) -> None:
    """Letters, digits and arrows reach the window's shortcuts and do not scroll by themselves."""
    view.set_page(article(40))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_J, Qt.Key.Key_1, Qt.Key.Key_Space):
        shortcut = QShortcut(QKeySequence(key), view)
        with qtbot.waitSignal(shortcut.activated):
            QTest.keyClick(view, key)
    assert view.verticalScrollBar().value() == 0


def test_recut_sentences_are_seen(view: ArticleView, qtbot: QtBot) -> None:
    """After a split, a click chooses the new sentence."""
    page = TextPage("Một hai ba bốn năm.")
    view.set_page(page)
    page.cuts.add(page.text.index("bốn"))
    page.marks[page.all()[1].span] = TARGET
    view.show_current(None, changed=[Span(0, len(page.text))])
    with qtbot.waitSignal(view.sentence_chosen) as caught:
        QTest.mouseClick(view.viewport(), LEFT, pos=spot(view, page.text.index("năm")))
    assert page.all()[1].span.has_offset(caught.args[0])
