from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import pytest
from article_pages import LOOK, OPINION, TARGET, TARGET_GROUND, TextPage, article, count
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from annotator.core.span import Span
from annotator.gui.article.view import ArticleView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

CTRL = Qt.KeyboardModifier.ControlModifier


def top(view: ArticleView, offset: int) -> int:
    """The top of a character in the viewport; far below zero where it is not shown."""
    text = QAccessible.queryAccessibleInterface(view).textInterface()
    place = text.characterRect(offset)
    return -99_999 if place.isEmpty() else view.viewport().mapFromGlobal(place.topLeft()).y()


def turn(view: ArticleView, notches: int, *, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Turn the wheel, upwards where the number is above zero."""
    middle = QPointF(view.viewport().rect().center())
    event = QWheelEvent(
        middle,
        QPointF(view.viewport().mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003  # Qt's own signature
    )
    QApplication.sendEvent(view.viewport(), event)
    QApplication.processEvents()


def on_screen(view: ArticleView) -> QImage:
    """The picture of the view that stands on the screen, made of all that was painted bit by bit."""
    whole = view.screen().grabWindow(view.winId()).toImage().convertToFormat(QImage.Format.Format_RGB32)
    return whole.copy(view.viewport().geometry())


def anew(view: ArticleView) -> QImage:
    """The picture of the view painted at once."""
    return view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_keys_keep_the_sentence_in_sight(view: ArticleView) -> None:
    """Going down and up through an article, the current sentence is always seen with text above and below it."""
    page = article(40)
    view.set_page(page)
    sentences = page.all()
    for sentence in (*sentences, *reversed(sentences)):
        view.show_current(sentence)
        place = top(view, sentence.span.start)
        assert 0 < place < view.viewport().height() * 0.9


def test_no_jump_while_comfortable(view: ArticleView) -> None:
    """Another current sentence in the middle of the window does not move the text."""
    page = article(40)
    view.set_page(page)
    view.show_current(page.all()[30])
    before = view.verticalScrollBar().value()
    view.show_current(page.all()[31])
    view.show_current(page.all()[30])
    assert before == view.verticalScrollBar().value()


def test_far_sentence_is_brought_up(view: ArticleView) -> None:
    """A sentence far away comes into the window's upper half."""
    page = article(400)
    view.set_page(page)
    view.show_current(page.all()[900])
    assert 0 < top(view, page.all()[900].span.start) < view.viewport().height() / 2


def test_end_and_start(view: ArticleView) -> None:
    """Ctrl+End shows the last line with room below it, Ctrl+Home the first."""
    page = article(300)
    view.set_page(page)
    QTest.keyClick(view, Qt.Key.Key_End, CTRL)
    assert 0 < top(view, len(page.text) - 1) < view.viewport().height()
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()
    QTest.keyClick(view, Qt.Key.Key_Home, CTRL)
    assert 0 < top(view, 0) < 150
    assert view.verticalScrollBar().value() == 0


def test_scroll_bar_reaches_both_ends(view: ArticleView) -> None:
    """The bar at its ends shows the very ends, though heights in between were only guessed."""
    page = article(300)
    view.set_page(page)
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert 0 < top(view, len(page.text) - 1) < view.viewport().height()
    bar.setValue(0)
    assert 0 < top(view, 0) < 150


def test_paging_goes_on_where_it_was(view: ArticleView) -> None:
    """A page down and a page up come back to the same place; the last lines seen are still seen after a page."""
    view.set_page(article(300))
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    place = view.scroll_position()
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.scroll_position() > place
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert place == view.scroll_position()


def test_wheel_moves_what_is_seen_by_as_much(view: ArticleView) -> None:
    """Up and down over paragraphs that were never laid out, the text moves by exactly what the wheel says."""
    page = article(300)
    view.set_page(page)
    view.restore_scroll_position(float(page.blocks[150].start))
    mark = page.blocks[151].start
    before = top(view, mark)
    turn(view, 1)
    step = top(view, mark) - before
    assert step > 0
    turn(view, 1)
    assert 2 * step == top(view, mark) - before
    turn(view, -2)
    assert before == top(view, mark)


def test_what_was_moved_looks_as_if_painted_anew(view: ArticleView) -> None:
    """After keys and wheel, the screen shows pixel for pixel what a full repaint shows."""
    page = article(60)
    page.marks = {sentence.span: TARGET for sentence in page.all()[::2]}
    view.set_page(page)
    for nth in range(12):
        sentence = page.all()[nth * 2]
        page.marks[sentence.span] = OPINION
        view.show_current(page.all()[nth * 2 + 1], selection=page.all()[nth : nth + 2], changed=[sentence.span])
        QApplication.processEvents()
        assert on_screen(view) == anew(view)
    for notches in (-3, 1, -5, 2):
        turn(view, notches)
        assert on_screen(view) == anew(view)


def test_ctrl_wheel_zooms(view: ArticleView, qtbot: QtBot) -> None:
    """Ctrl and the wheel zoom, say so, and keep the current sentence where it is."""
    page = article(60)
    view.set_page(page)
    view.show_current(page.all()[60])
    before = top(view, page.all()[60].span.start)
    with qtbot.waitSignal(view.zoom_changed) as caught:
        turn(view, 1, modifiers=CTRL)
    assert caught.args[0] == view.zoom > 1
    assert abs(top(view, page.all()[60].span.start) - before) <= 6


def test_place_comes_back(view: ArticleView) -> None:
    """A place taken in the middle of a paragraph brings the same line to the same height, after another article too."""
    page = article(200)
    view.set_page(page)
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place = view.scroll_position()
    line = int(place)
    before = top(view, line)
    view.set_page(article(3))
    view.set_page(page)
    view.restore_scroll_position(place)
    assert abs(top(view, line) - before) <= 1


def test_narrow_and_wide_again_keeps_the_place(view: ArticleView) -> None:
    """Making the window narrow and wide again any number of times shows the same line at the top."""
    page = article(200)
    view.set_page(page)
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 3)
    place = view.scroll_position()
    for width in (500, 700, 420, 900):
        view.resize(width, 600)
        QApplication.processEvents()
    assert int(place) == int(view.scroll_position())


@pytest.mark.parametrize(
    "text",
    [
        "một câu dài " * 80_000,
        "x" * 300_000,
        "e\u0301" * 20_000,
        "\n".join(f"Dòng {nth}." for nth in range(100_000)),
        "שלום עולם. مرحبا بالعالم. Xin chào.",
        "a\x00b\x07c\td\x1b[31m\x7f\x85e\u2028f\u202eg\ufffch\ud800i",
        "👨‍👩‍👧‍👦🇻🇳" * 3_000,
        "\u0301\u0301\u0301",
    ],
    ids=["long-line", "long-word", "combining", "many-lines", "rtl", "controls", "emoji", "marks"],
)
def test_hostile_text(view: ArticleView, qtbot: QtBot, text: str) -> None:
    """Whatever the text, it opens, shows its end, and gives places that are in it."""
    page = TextPage(text)
    view.set_page(page)
    last = page.sentences(len(page.blocks) - 1)[-1]
    page.marks[last.span] = TARGET
    QApplication.processEvents()
    QTest.keyClick(view, Qt.Key.Key_End, CTRL)
    view.show_current(last)
    assert count(view.viewport().grab().toImage(), TARGET_GROUND) > 10
    with qtbot.waitSignal(view.sentence_chosen) as caught:
        middle = view.viewport().rect().center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert Span(0, len(text)).has_offset(caught.args[0])


def test_ground_of_mixed_scripts_is_under_its_own_words(view: ArticleView) -> None:
    """In a line of two directions, only the words of the tagged sentence have its ground."""
    page = TextPage("Xin chào các bạn. שלום עולם טוב. Tạm biệt.")
    hebrew = page.all()[1].span
    page.marks[hebrew] = TARGET
    view.set_page(page)
    QApplication.processEvents()
    image = view.viewport().grab().toImage()
    text = QAccessible.queryAccessibleInterface(view).textInterface()
    shift = -view.viewport().mapToGlobal(QPoint(0, 0))
    word = text.characterRect(hebrew.start + 1).translated(shift)
    latin = text.characterRect(3).translated(shift)
    assert count(image, TARGET_GROUND, within=QRect(word)) > 20
    assert count(image, TARGET_GROUND, within=QRect(latin)) == 0


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_view_can_go_at_any_time(qtbot: QtBot) -> None:
    """A view destroyed in use, with a screen reader attached, leaves nothing behind."""
    gone: list[weakref.ref[ArticleView]] = []
    for _ in range(20):
        window = QMainWindow()
        view = ArticleView(window)
        window.setCentralWidget(view)
        view.set_article_style(LOOK)
        page = article()
        view.set_page(page)
        window.show()
        qtbot.waitExposed(window)
        assert QAccessible.queryAccessibleInterface(view).textInterface().characterCount() == len(page.text)
        view.show_current(page.all()[0])
        view.begin_split()
        gone.append(weakref.ref(view))
        window.close()
        window.deleteLater()
        del window, view
        QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
    gc.collect()
    assert [view() for view in gone] == [None] * 20
