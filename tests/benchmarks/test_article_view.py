"""The article view against a plain text box with the same text, in processor time of the same run."""

from __future__ import annotations

import time
from bisect import bisect_right
from typing import TYPE_CHECKING

import pytest
from floors import compare
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from annotator.core.document import BlockKind
from annotator.core.sentence import Sentence
from annotator.core.span import Span
from annotator.gui.article.layout.page import SentenceMark
from annotator.gui.article.view import ArticleView
from annotator.gui.theme.look import ArticleStyle, LabelStyle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pytest_benchmark.fixture import BenchmarkFixture
    from pytestqt.qtbot import QtBot

_SENTENCES = (
    "Đến năm 2030, tỷ trọng kinh tế số trong tổng sản phẩm của tỉnh đạt trên 30 phần trăm.",
    "Tỉnh đổi mới cơ chế, chính sách theo hướng đơn giản, thuận lợi cho doanh nghiệp và người dân.",
    "Đại diện các sở, ngành cho rằng báo cáo cần đánh giá sát tình hình thực tế của địa phương, nhất là đầu tư công.",
    "Kim ngạch xuất khẩu hàng địa phương tăng bình quân 10 - 11% mỗi năm.",
    "Đây là con số có thể đạt được.",
)
_LABELS = {
    "target": LabelStyle("target", "Mục tiêu", "M", 1, "#1d6fb8", "#d9eafb", "#0f3f6b"),
    "opinion": LabelStyle("opinion", "Ý kiến", "Y", 2, "#0f766e", "#d3f1ea", "#0b4a45"),
}
_TAGGED = SentenceMark(labels=("target",))
_OTHER = SentenceMark(labels=("opinion", "target"))
_NONE = SentenceMark()
_SIZE = (1000, 800)
_MANY = 100_000


class LongPage:
    """An article of ``count`` sentences, three to five a line, three of ten tagged."""

    def __init__(self, count: int) -> None:
        self.blocks: list[Span] = []
        self._firsts: list[int] = []
        self.spans: list[Span] = []
        self.owners: list[int] = []
        self.marks: dict[Span, SentenceMark] = {}
        lines: list[str] = []
        at = 0
        while len(self.spans) < count:
            start = at
            self._firsts.append(len(self.spans))
            words = []
            for nth in range(min(3 + len(lines) % 3, count - len(self.spans))):
                sentence = _SENTENCES[(len(self.spans) + nth) % len(_SENTENCES)]
                words.append(sentence)
                self.spans.append(Span(at, at + len(sentence)))
                self.owners.append(len(lines))
                at += len(sentence) + 1
            lines.append(" ".join(words))
            self.blocks.append(Span(start, at - 1))
        self.text = "\n".join(lines)
        self._firsts.append(len(self.spans))
        self._starts = [block.start for block in self.blocks]
        self.marks = {span: _TAGGED for nth, span in enumerate(self.spans) if nth % 10 in {1, 4, 8}}

    def kind(self, block: int) -> BlockKind:
        """A paragraph, all of them."""
        del block
        return BlockKind.PARAGRAPH

    def sentence(self, nth: int) -> Sentence:
        """The sentence of that number."""
        return Sentence(self.spans[nth], BlockKind.PARAGRAPH, self.owners[nth])

    def sentences(self, block: int) -> Sequence[Sentence]:
        """The sentences of a line."""
        return [self.sentence(nth) for nth in range(self._firsts[block], self._firsts[block + 1])]

    def mark(self, sentence: Sentence) -> SentenceMark:
        """The mark set for it."""
        return self.marks.get(sentence.span, _NONE)

    def block_at(self, offset: int) -> int:
        """The line at ``offset``."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def describe_decision(self, sentence: Sentence) -> str:
        """The labels."""
        return ", ".join(self.mark(sentence).labels)


@pytest.fixture(scope="module")
def page() -> LongPage:
    """The long article, made once."""
    return LongPage(_MANY)


@pytest.fixture
def view(qtbot: QtBot) -> ArticleView:
    """An empty article view on the screen."""
    view = ArticleView()
    qtbot.addWidget(view)
    view.set_article_style(ArticleStyle(labels=_LABELS))
    _show(view)
    return view


@pytest.fixture
def box(qtbot: QtBot) -> QPlainTextEdit:
    """An empty plain text box on the screen, in the same face."""
    box = QPlainTextEdit()
    qtbot.addWidget(box)
    font = box.font()
    font.setFamilies(list(ArticleStyle().fonts))
    font.setPointSizeF(ArticleStyle().point_size)
    box.setFont(font)
    _show(box)
    return box


def test_opening(view: ArticleView, box: QPlainTextEdit, page: LongPage, benchmark: BenchmarkFixture) -> None:
    """100,000 sentences are on the screen no later than in a plain text box."""

    def ours() -> float:
        view.set_page(None)
        return _cost(lambda: view.set_page(page))

    def floor() -> float:
        box.setPlainText("")
        return _cost(lambda: box.setPlainText(page.text))

    compare(benchmark, "article view: open 100,000 sentences", ours=ours, floor=floor, most=1.0, rounds=9)


def test_resizing(view: ArticleView, box: QPlainTextEdit, page: LongPage, benchmark: BenchmarkFixture) -> None:
    """A window with 100,000 sentences takes another width no later than one with a plain text box."""
    view.set_page(page)
    box.setPlainText(page.text)
    _settle()
    widths = [900, 640, 1000, 560, 700, 480, 1000]

    def of(widget: QWidget) -> Callable[[], float]:
        turn = iter(widths * 100)
        return lambda: _cost(lambda: widget.resize(next(turn), _SIZE[1]))

    compare(
        benchmark,
        "article view: resize 100,000 sentences",
        ours=of(view),
        floor=of(box),
        most=1.0,
        rounds=len(widths) * 2,
    )


@pytest.mark.parametrize("move", ["wheel", "page", "end"])
def test_scrolling(
    view: ArticleView, box: QPlainTextEdit, page: LongPage, benchmark: BenchmarkFixture, move: str
) -> None:
    """Scrolling, paging and jumping to the end cost at most half as much again as in a plain text box."""
    view.set_page(page)
    box.setPlainText(page.text)
    _settle()

    def of(widget: ArticleView | QPlainTextEdit) -> Callable[[], float]:
        bar = widget.verticalScrollBar()
        # A text box counts in lines, the view in pixels: both go down by three lines, or by a window.
        step = 3 * bar.singleStep() if move == "wheel" else bar.pageStep()

        def go() -> float:
            if move != "end":
                return _cost(lambda: bar.setValue(bar.value() + step))
            bar.setValue(bar.minimum())
            _settle()
            return _cost(lambda: bar.setValue(bar.maximum()))

        return go

    compare(
        benchmark,
        f"article view: scroll 100,000 sentences by {move}",
        ours=of(view),
        floor=of(box),
        most=1.5,
        rounds=20 if move == "end" else 200,
    )


def _show(widget: QWidget) -> None:
    widget.resize(*_SIZE)
    widget.show()
    _settle()


def _settle() -> None:
    QApplication.sendPostedEvents()
    QApplication.processEvents()


def _cost(act: Callable[[], object]) -> float:
    """The processor time in seconds that ``act`` takes until it is painted."""
    start = time.process_time()
    act()
    QApplication.sendPostedEvents(None, int(QEvent.Type.None_))
    QApplication.processEvents()
    return time.process_time() - start
