from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from article_pages import (
    ACCENT,
    BOTH,
    DESK,
    INK,
    LOOK,
    MUTED,
    NOTED,
    NOTHING,
    OPINION_BAR,
    OPINION_GROUND,
    PAPER,
    SELECTION,
    TARGET,
    TARGET_BAR,
    TARGET_GROUND,
    TextPage,
    article,
    count,
)
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication

from annotator.core.document import BlockKind
from annotator.core.span import Span
from annotator.gui.theme.look import ArticleStyle

if TYPE_CHECKING:
    from annotator.gui.article.layout.page import SentenceMark
    from annotator.gui.article.view import ArticleView


def picture(view: ArticleView) -> QImage:
    """What is on the screen now."""
    QApplication.processEvents()
    return view.viewport().grab().toImage()


def box(view: ArticleView, span: Span) -> QRect:
    """The box from a stretch's first character to its last, in the viewport."""
    text = QAccessible.queryAccessibleInterface(view).textInterface()
    first, last = text.characterRect(span.start), text.characterRect(span.end - 1)
    return first.united(last).translated(-view.viewport().mapToGlobal(QPoint(0, 0)))


def margin(view: ArticleView, span: Span) -> QRect:
    """The left margin of the paper beside a stretch."""
    beside = box(view, span)
    return QRect(0, beside.top(), box(view, Span(0, 1)).left() - 4, beside.height())


def test_text_on_paper_on_desk(view: ArticleView) -> None:
    """An article is ink on a paper in the middle of the desk."""
    view.set_page(article())
    image = picture(view)
    assert count(image, DESK, within=QRect(0, 0, 20, 600)) == 20 * 600
    assert count(image, PAPER) > 200_000
    assert count(image, INK) > 500


def test_empty_view_says_what_to_do(view: ArticleView) -> None:
    """Without an article the desk shows the words that were set."""
    view.set_article_style(ArticleStyle(backdrop=DESK, ink=ACCENT, muted_ink=TARGET_BAR))
    view.set_empty_text("Chưa có bài", "Mở một thư mục.")
    image = picture(view)
    assert count(image, ACCENT) > 20
    assert count(image, TARGET_BAR) > 20
    assert count(image, PAPER) == 0


def test_article_without_text(view: ArticleView) -> None:
    """An article of blank lines is shown as an empty view."""
    view.set_page(TextPage("\n \n\n"))
    view.show_current(None)
    view.show_current(None, changed=[Span(0, 2)])
    view.set_zoom(2)
    view.restore_scroll_position(5.0)
    assert count(picture(view), PAPER) == 0
    assert view.scroll_position() == 0.0


def test_tagged_sentence(view: ArticleView) -> None:
    """A tagged sentence has its first label's ground, and one bar and letter a label in the margin."""
    page = article()
    tagged = page.all()[1].span
    page.marks[tagged] = BOTH
    view.set_page(page)
    image = picture(view)
    assert count(image, TARGET_GROUND) > 2_000
    assert count(image, OPINION_GROUND, within=box(view, page.blocks[0])) == 0
    beside = margin(view, tagged)
    assert count(image, TARGET_BAR, within=beside) > 20
    assert count(image, OPINION_BAR, within=beside) > 20


def test_ground_follows_the_sentence(view: ArticleView) -> None:
    """The ground lies under the sentence, not under its neighbours on the same lines."""
    page = article()
    first, second = page.all()[0].span, page.all()[1].span
    page.marks[first] = TARGET
    view.set_page(page)
    image = picture(view)
    assert count(image, TARGET_GROUND, within=box(view, Span(first.start, first.start + 10))) > 100
    assert count(image, TARGET_GROUND, within=box(view, Span(second.start + 1, second.start + 10))) == 0


def test_current_sentence_has_an_outline(view: ArticleView) -> None:
    """The outline is around the current sentence, and leaves the one before it."""
    page = article()
    view.set_page(page)
    for sentence in page.all()[:4]:
        view.show_current(sentence)
        image = picture(view)
        around = box(view, page.blocks[sentence.block]).adjusted(-600, -6, 600, 6)
        assert count(image, ACCENT, within=around) == count(image, ACCENT) > 100


def test_selection_has_its_ground(view: ArticleView) -> None:
    """Selected sentences have the selection's ground, until they are not selected."""
    page = article()
    view.set_page(page)
    view.show_current(page.all()[1], selection=page.all()[:2])
    assert count(picture(view), SELECTION) > 4_000
    view.show_current(page.all()[1])
    assert count(picture(view), SELECTION) == 0


@pytest.mark.parametrize("mark", [NOTHING, NOTED], ids=["nothing", "note"])
def test_small_marks_in_the_margin(view: ArticleView, mark: SentenceMark) -> None:
    """*Nothing here* and a note each have a small mark in the margin, and no ground."""
    page = article()
    sentence = page.all()[3].span
    view.set_page(page)
    before = picture(view)
    page.marks[sentence] = mark
    view.show_current(None, changed=[sentence])
    after = picture(view)
    assert count(before, MUTED, within=margin(view, sentence)) == 0
    assert count(after, MUTED, within=margin(view, sentence)) > 3
    assert count(after, TARGET_GROUND) == 0


def test_what_was_decided_is_shown(view: ArticleView) -> None:
    """A tag is on the screen once its sentence is said to have changed, and gone after the next change."""
    page = article()
    sentence = page.all()[4].span
    view.set_page(page)
    assert count(picture(view), TARGET_GROUND) == 0
    page.marks[sentence] = TARGET
    view.show_current(None, changed=[sentence])
    assert count(picture(view), TARGET_GROUND) > 2_000
    del page.marks[sentence]
    view.show_current(None, changed=[sentence])
    assert count(picture(view), TARGET_GROUND) == 0


def test_kinds_look_like_what_they_are(view: ArticleView) -> None:
    """A title is larger than a paragraph, a byline stands at the right but under the title, a caption is smaller."""
    page = TextPage("\n\n".join(["Một dòng chữ"] * 8))
    page.kinds = {0: BlockKind.TITLE, 2: BlockKind.BYLINE, 3: BlockKind.CAPTION, 7: BlockKind.BYLINE}
    view.set_page(page)
    picture(view)
    title, paragraph, early, caption = (box(view, block) for block in page.blocks[:4])
    byline = box(view, page.blocks[7])
    assert title.width() > 1.5 * paragraph.width()
    assert caption.width() < 0.95 * paragraph.width()
    assert byline.left() > title.right()
    assert abs(early.left() - paragraph.left()) <= 1


def test_changed_kind_is_set_anew(view: ArticleView) -> None:
    """A line corrected to a title is set as one, and what follows moves down."""
    page = article()
    view.set_page(page)
    picture(view)
    before = box(view, page.blocks[1]).top()
    page.kinds[0] = BlockKind.TITLE
    view.refresh_kinds([0])
    picture(view)
    assert box(view, page.blocks[1]).top() > before + 50


def test_list_items_hang(view: ArticleView) -> None:
    """The second line of a list item begins under its text, not under its bullet."""
    page = TextPage("- " + "phát triển kinh tế cửa khẩu " * 8, kinds={0: BlockKind.ITEM})
    view.set_page(page)
    picture(view)
    text = QAccessible.queryAccessibleInterface(view).textInterface()
    places = [text.characterRect(offset) for offset in range(120)]
    bullet, words = places[0], places[2]
    second = next(place for place in places[2:] if place.top() > bullet.top())
    assert abs(second.left() - words.left()) <= 1
    assert words.left() > bullet.left()


def test_chips_stand_beside_the_text(view: ArticleView) -> None:
    """In a wide and in a narrow window the chips never cover the column of text."""
    page = article()
    view.set_page(page)
    for width in (1400, 900, 620, 480):
        view.resize(width, 600)
        view.show_current(page.all()[0])
        image = picture(view)
        column = [box(view, Span(offset, offset + 1)) for offset in range(200)]
        right = max(place.right() for place in column)
        found = [x for x in range(right, image.width()) if view.viewport().childAt(x, column[0].center().y())]
        assert found, width
        assert min(found) > right


def test_another_look_at_once(view: ArticleView) -> None:
    """Dark or light is painted as soon as it is set, at the same place."""
    view.set_page(article(30))
    view.show_current(view.scene.page.sentences(12)[0] if view.scene else None)
    place = view.scroll_position()
    view.set_article_style(ArticleStyle(paper="#101010", ink="#f0f0f0", labels=LOOK.labels))
    assert count(picture(view), "#101010") > 100_000
    assert place == view.scroll_position()
