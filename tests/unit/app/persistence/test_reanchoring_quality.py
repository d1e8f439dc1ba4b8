"""How well annotations find their sentences in texts that were edited, in figures.

Each case edits articles in one way, from fixed seeds; what became of every annotation is known. The share that is at
its sentence is asserted, and that none is at a wrong one; what is at neither is an orphan, which is seen and kept.
"""

from __future__ import annotations

import sys
import unicodedata
from functools import cache
from itertools import pairwise, product
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest
from app_builders import LANGUAGE
from repository import DOCUMENTS, ROOT

from annotator.app.persistence.reanchoring import reanchor
from annotator.app.session.segmented_text import automatic_sentences
from annotator.core.anchoring.normalization import normalize_text
from annotator.core.annotation import CONTEXT, Annotation
from annotator.core.annotation_set import AnnotationSet
from annotator.core.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDERS = (DOCUMENTS, ROOT / "tests" / "golden" / "articles")
DRAWS = 3  # so that one orphan more or less does not decide
LETTERS = "abcdeghiklmnopqrstuvxyđăâêôơư"
STRANGE = (
    "Đội bóng của phường thắng ba trận liền trên sân nhà.",
    "Mùa mưa năm nay đến muộn hơn mọi năm chừng hai tuần.",
    "Chợ phiên họp từ tờ mờ sáng, người bán nhiều hơn người mua.",
    "Bà cụ bán hàng nước đầu ngõ đã ngoài tám mươi tuổi.",
    "Con đường ven hồ được lát lại bằng đá xanh.",
)
ENDS = ".!?”…"


class Line(NamedTuple):
    """A sentence and its number; None where it was not there before."""

    number: int | None
    words: str


Article = list[list[Line]]
"""Paragraphs of sentences."""


@cache
def articles() -> list[Article]:
    """Articles of our own, no sentence twice."""
    texts = [path.read_text("utf-8") for folder in FOLDERS for path in sorted(folder.glob("*.txt"))]
    seen: set[str] = set()
    return [article_of(text, seen) for text in texts]


def article_of(text: str, seen: set[str]) -> Article:
    """A text taken apart, without the sentences that are ``seen`` already."""
    made: Article = []
    count = 0
    for line in text.split("\n"):
        made.append([])
        for sentence in automatic_sentences(line, LANGUAGE):
            words = line[slice(*sentence.span)]
            if words not in seen:
                seen.add(words)
                made[-1].append(Line(count, words))
                count += 1
    return [paragraph for paragraph in made if paragraph]


def written(article: Article) -> tuple[str, dict[int, Span]]:
    """The text of an article and where its old sentences are."""
    text = ""
    spans: dict[int, Span] = {}
    for paragraph in article:
        text += "\n\n" if text else ""
        for nth, line in enumerate(paragraph):
            text += " " if nth else ""
            if line.number is not None:
                spans[line.number] = Span(len(text), len(text) + len(line.words))
            text += line.words
    return text, spans


def annotated(text: str, span: Span, number: int) -> Annotation:
    """An annotation of a sentence."""
    before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
    return Annotation(f"k{number}", span, ("target",), text[slice(*span)], before=before, after=after)


# What editors do


def each(article: Article, change: Callable[[str], str]) -> Article:
    """Every sentence changed."""
    return [[Line(number, change(words)) for number, words in paragraph] for paragraph in article]


def typo(words: str, dice: Random) -> str:
    """One to three letters mistyped, left out, doubled or swapped; one in what is shorter than a line."""
    letters = list(words)
    for _ in range(dice.randint(1, 3) if len(words) > 30 else 1):
        at = dice.randrange(max(1, len(letters) - 2))
        match dice.randrange(4):
            case 0:
                letters[at] = dice.choice(LETTERS)
            case 1:
                del letters[at]
            case 2:
                letters.insert(at, dice.choice(LETTERS))
            case _:
                letters[at : at + 2] = reversed(letters[at : at + 2])
    return "".join(letters).strip()


def reworded(words: str, dice: Random) -> str:
    """A fifth of the words are others; capitals and what stands at their ends stay."""
    found = words.split(" ")
    others = " ".join(STRANGE).lower().replace(".", "").replace(",", "").split()
    for at in dice.sample(range(len(found)), round(len(found) / 5)):
        bare = found[at].rstrip(",;:" + ENDS)
        other = dice.choice(others)
        found[at] = (other.capitalize() if bare[:1].isupper() else other) + found[at][len(bare) :]
    return " ".join(found)


def typos(article: Article, dice: Random) -> Article:
    """Each sentence has some."""
    return each(article, lambda words: typo(words, dice))


def some_typos(article: Article, dice: Random) -> Article:
    """A third of the sentences have some."""
    return each(article, lambda words: typo(words, dice) if dice.random() < 1 / 3 else words)


def other_words(article: Article, dice: Random) -> Article:
    """A fifth of the words of the whole article are others."""
    return each(article, lambda words: reworded(words, dice))


def inserted_sentences(article: Article, dice: Random) -> Article:
    """Behind every third sentence comes another one."""
    return [
        [
            line
            for old in paragraph
            for line in (
                [old, Line(None, dice.choice(STRANGE))] if old.words[-1] in ENDS and dice.random() < 0.3 else [old]
            )
        ]
        for paragraph in article
    ]


def deleted_sentences(article: Article, dice: Random) -> Article:
    """Every fifth sentence is gone."""
    left = [[line for line in paragraph if dice.random() > 0.2] for paragraph in article]
    return [paragraph for paragraph in left if paragraph]


def inserted_paragraphs(article: Article, dice: Random) -> Article:
    """Behind every third paragraph comes another one."""
    return [
        paragraph
        for old in article
        for paragraph in ([old, [Line(None, dice.choice(STRANGE))]] if dice.random() < 0.3 else [old])
    ]


def deleted_paragraphs(article: Article, dice: Random) -> Article:
    """Every fourth paragraph is gone."""
    return [paragraph for paragraph in article if dice.random() > 0.25]


def reordered(article: Article, dice: Random) -> Article:
    """The paragraphs are in another order."""
    return dice.sample(article, len(article))


def taken_apart(article: Article, dice: Random) -> Article:
    """NFC became NFD."""
    del dice
    return each(article, lambda words: unicodedata.normalize("NFD", words))


def retyped(article: Article, dice: Random) -> Article:
    """Quotation marks, dashes, dots and spaces have other shapes."""
    del dice
    shapes = str.maketrans({"“": '"', "”": '"', "-": "–", "…": "...", "’": "'"})
    return each(article, lambda words: words.translate(shapes).replace(" ", "\u00a0", 1))


EDITS = [
    (typos, 0.99),
    (some_typos, 0.995),
    (other_words, 0.99),
    (inserted_sentences, 0.995),
    (deleted_sentences, 0.995),
    (inserted_paragraphs, 0.999),
    (deleted_paragraphs, 0.999),
    (reordered, 0.99),
    (taken_apart, 1.0),
    (retyped, 1.0),
]


@pytest.mark.parametrize("share", [1.0, 0.3], ids=["all annotated", "a third annotated"])
@pytest.mark.parametrize(("edit", "least"), EDITS, ids=[edit.__name__ for edit, _least in EDITS])
def test_edited_articles(edit: Callable[[Article, Random], Article], least: float, share: float) -> None:
    """Nearly all annotations are at their sentences, none is at another one, the few others are orphans."""
    right = wrong = left = 0
    for draw, (number, old) in product(range(DRAWS), enumerate(articles())):
        dice = Random(f"{edit.__name__} {number} {share} {draw}")  # noqa: S311  # the same edits each time
        text, spans = written(old)
        state = AnnotationSet.of(annotated(text, span, one) for one, span in spans.items() if dice.random() < share)
        now, places = written(edit(old, dice))
        found = reanchor(state, now, quotes={}, is_same_text=False, language=LANGUAGE).state
        ids = sorted(one.id for one in (*found.annotations.values(), *found.orphans.values()))
        assert sorted(one.id for one in state.annotations.values()) == ids
        for one in found.annotations.values():
            is_right = is_mostly(one.span, places.get(int(one.id[1:])))
            right, wrong = right + is_right, wrong + (not is_right)
        left += sum(int(one.id[1:]) in places for one in found.orphans.values())
    sys.stdout.write(f"{edit.__name__}, {share:.0%} annotated: {right} right, {wrong} wrong, {left} orphans\n")
    assert wrong == 0
    assert right / (right + left) >= least


def is_mostly(span: Span, place: Span | None) -> bool:
    """Whether two stretches share more than half of what they reach over; a typo may have moved a sentence's end."""
    if place is None:
        return False
    shared = min(span.end, place.end) - max(span.start, place.start)
    return 2 * shared >= max(span.end, place.end) - min(span.start, place.start)


def test_line_ends_make_no_difference() -> None:
    """A text whose paragraphs are wrapped in lines, or whose line ends are doubled, has the same words."""
    for old in articles():
        text, spans = written(old)
        state = AnnotationSet.of(annotated(text, span, one) for one, span in spans.items())
        for now in (text.replace("\n\n", "\n"), text.replace("\n\n", "\n\n\n"), text.replace(", ", ",\n")):
            found = reanchor(state, now, quotes={}, is_same_text=False, language=LANGUAGE)
            assert (found.changed, found.orphaned) == (0, 0)
            words = [
                [normalize_text(one.text) for one in one_of.annotations.values()] for one_of in (found.state, state)
            ]
            assert words[0] == words[1]


def test_articles_written_anew() -> None:
    """Where another article stands in the file, every annotation is an orphan."""
    for old, other in pairwise(articles()):
        text, spans = written(old)
        now = written(other)[0]
        state = AnnotationSet.of(
            annotated(text, one, nth) for nth, one in spans.items() if text[slice(*one)] not in now
        )
        found = reanchor(state, now, quotes={}, is_same_text=False, language=LANGUAGE)
        assert (list(found.state.annotations.values()), found.orphaned) == ([], len(state.annotations))


NEAR = [
    ("Đến năm 2025, tỷ trọng kinh tế số đạt 30% GRDP.", "Đến năm 2030, tỷ trọng kinh tế số đạt 50% GRDP."),
    ("Huyện Bắc Sơn có 12 xã đạt chuẩn nông thôn mới.", "Huyện Nam Sơn có 15 xã đạt chuẩn nông thôn mới."),
    ("By 2025, 30 percent of firms are to be online.", "By 2030, 50 percent of firms are to be online."),
    ("Mọi đại biểu đều đồng ý với kế hoạch này.", "Mọi đại biểu đều đồng ý với kế hoạch này."),
    ("Ảnh: Lê Minh", "Ảnh: Lê Minh"),
]


@pytest.mark.parametrize("pair", NEAR, ids=["figures", "names", "English", "the same", "short and the same"])
@pytest.mark.parametrize("distance", [0, 1, 3])
@pytest.mark.parametrize("chosen", [0, 1])
@pytest.mark.parametrize("marked", [1, 2], ids=["one annotated", "both annotated"])
def test_sentences_that_are_nearly_the_same(pair: tuple[str, str], distance: int, chosen: int, marked: int) -> None:
    """Whatever becomes of one of two, its annotation is never at the other: both stay, one goes, one is mistyped.

    Of two that are the same and follow each other, nobody can tell which one was taken out.
    """
    filler = [Line(10 + nth, words) for nth, words in enumerate(STRANGE)]
    one, other = Line(0, pair[0]), Line(1, pair[1])
    old: Article = [[filler[0]], [one], *([line] for line in filler[1 : 1 + distance]), [other], [filler[4]]]
    text, spans = written(old)
    numbers = [chosen] if marked == 1 else [0, 1]
    state = AnnotationSet.of(annotated(text, spans[number], number) for number in numbers)
    dice = Random(f"{pair} {distance} {chosen}")  # noqa: S311  # as above
    gone = [paragraph for paragraph in old if paragraph[0].number != chosen]
    mistyped = [
        [Line(line.number, typo(line.words, dice)) if line.number == chosen else line for line in paragraph]
        for paragraph in old
    ]
    later = [[Line(None, "Một đoạn mới đứng đầu bài.")], *old]
    fewer = [] if distance == 0 and pair[0] == pair[1] else [gone, [*later[:1], *gone]]
    for now in (mistyped, later, *fewer):
        words, places = written(now)
        found = reanchor(state, words, quotes={}, is_same_text=False, language=LANGUAGE).state
        at = {int(annotation.id[1:]): annotation.span for annotation in found.annotations.values()}
        assert {number: places.get(number) for number in at} == at
        assert {int(orphan.id[1:]) for orphan in found.orphans.values()} == set(numbers) - set(at)
        assert len(at) == len(numbers) or now is not later
