"""The text of an article in a Word file, with its annotated sentences marked."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.colour import adjust_contrast, blend
from annotator.core.document import BlockKind
from annotator.review.word.id_record import SIGN_STYLE
from annotator.review.word.markup import character_style, paragraph, run, wrap_in_bookmark
from annotator.review.word.styles import STYLE_OF
from annotator.review.word.texts import TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.review.model.packet import Article, LabelEntry, Packet, Paragraph, ReviewItem
    from annotator.review.word.id_record import SentItem
    from annotator.review.word.texts import FileTexts

NOTE_SIGN = "*"
"""The sign of a sentence that has a note but no label."""

_GREY = "#6b7280"
_VIETNAMESE = frozenset("đĐ\u031b\u0323\u0309")  # with the combining horn, dot below and hook above
_SPACE = "\u202f"  # narrow and no-break, so that a sign stays with its sentence


class LabelStyles:
    """Signs and colours of labels."""

    def __init__(self, labels: tuple[LabelEntry, ...]) -> None:
        self._labels = {label.key: label for label in labels}

    def background(self, labels: tuple[str, ...]) -> str:
        """Return the light background (rrggbb) of a sentence with `labels`; black on it has a contrast of over 10:1."""
        found = self._labels.get(labels[0]) if labels else None
        return blend(found.colour if found else _GREY, "#ffffff", share=0.22).lstrip("#")

    def signs(self, labels: tuple[str, ...]) -> str:
        """Return runs with the signs of `labels`, each in its colour."""
        if not labels:
            return run(NOTE_SIGN + _SPACE, character_style(SIGN_STYLE))
        return run(_SPACE, character_style(SIGN_STYLE)).join(self._sign(key) for key in labels) + run(
            _SPACE, character_style(SIGN_STYLE)
        )

    def letter(self, key: str) -> str:
        """Return a run with the sign of a label for the legend; an empty `key` stands for a note without a label."""
        return run(self._letter(key), f'<w:color w:val="{self._ink(key)}"/>')

    def _sign(self, key: str) -> str:
        return run(self._letter(key), f'{character_style(SIGN_STYLE)}<w:color w:val="{self._ink(key)}"/>')

    def _letter(self, key: str) -> str:
        label = self._labels.get(key)
        return (label.letter if label else key[:1].upper()) or NOTE_SIGN

    def _ink(self, key: str) -> str:
        """Return the colour (rrggbb) of a sign, legible on white and on the label's background."""
        label = self._labels.get(key)
        # 4.5:1 is the least contrast for text (WCAG 2.1, success criterion 1.4.3).
        return adjust_contrast(label.colour if label else _GREY, f"#{self.background((key,))}", least=4.5).lstrip("#")


@dataclass(frozen=True)
class ArticleWriter:
    """A writer of articles; `numbers` yields bookmark ids unique in the file."""

    packet: Packet
    texts: FileTexts
    colours: LabelStyles
    numbers: Iterator[int]

    def write(self, article: Article, sent: tuple[SentItem, ...], *, number: int, comments: range) -> str:
        """Return the article with that number; `comments` are the numbers of its annotations' comments."""
        page = _Page(self, article, sent, number=number, comments=comments)
        body = "".join(page.block(one) for one in article.paragraphs)
        return self._source(article, number) + body + page.unplaced_items()

    def _source(self, article: Article, number: int) -> str:
        """Return the line above an article that identifies it."""
        texts = self.texts
        content = [run(f"{texts.document} {number}: "), self._marked(f"_d{number}", article.file)]
        if article.annotator:
            content += [run(f" · {texts.annotator}: "), self._marked(f"_w{number}", article.annotator)]
        status = texts.statuses.get(article.status, article.status)
        content.append(run(f" · {texts.annotations}: {len(article.items)} · {status}"))
        has_title = any(one.kind is BlockKind.TITLE for one in article.paragraphs)
        return paragraph("Source", *content, properties="" if has_title else '<w:outlineLvl w:val="0"/>')

    def _marked(self, bookmark: str, words: str) -> str:
        return wrap_in_bookmark(bookmark, next(self.numbers), run(words))


class _PlacedItem(NamedTuple):
    """An annotation with its bookmark and the number of its comment."""

    item: ReviewItem
    bookmark: str
    comment: int


class _Page:
    """The state of writing one article."""

    def __init__(
        self, writer: ArticleWriter, article: Article, sent: tuple[SentItem, ...], *, number: int, comments: range
    ) -> None:
        self._writer = writer
        self._text = article.text
        self._number = number
        self._marked = [
            _PlacedItem(item, f"a{number}_{one.token}", comment)
            for item, one, comment in zip(article.items, sent, comments, strict=True)
        ]
        self._starts = [one.item.span.start for one in self._marked]
        self._open: dict[str, int] = {}
        self._sentence = 0
        language = TEXTS["vi" if is_vietnamese(article.text) else "en"].tag
        # A language tag on the text lets the spelling checker use the right dictionary.
        self._language = f'<w:lang w:val="{language}"/>' if language != writer.texts.tag else ""

    def block(self, block: Paragraph) -> str:
        """Return a paragraph, split into runs where sentences and annotations begin and end."""
        # One annotation may begin before the block and reach into it.
        first = max(bisect_right(self._starts, block.span.start) - 1, 0)
        marked = self._marked[first : bisect_left(self._starts, block.span.end)]
        sentences = [(f"_s{self._number}_{self._sentence + at}", span) for at, span in enumerate(block.sentences)]
        self._sentence += len(sentences)
        edges = {edge for _name, span in sentences for edge in span} | {
            edge for one in marked for edge in one.item.span
        }
        inner = {edge for edge in edges if block.span.start < edge < block.span.end}
        content: list[str] = []
        for start, end in pairwise(sorted({block.span.start, block.span.end} | inner)):
            # Annotations open before sentences and close after them: the ranges nest.
            content += [self._open_range(one) for one in marked if one.item.span.start == start]
            content += [self._bookmark(name) for name, span in sentences if span.start == start]
            content.append(self._run(start, end, marked))
            content += [self._bookmark_end(name) for name, span in sentences if span.end == end]
            content += [self._close_range(one) for one in marked if one.item.span.end == end]
        return paragraph(STYLE_OF[block.kind], *content)

    def unplaced_items(self) -> str:
        """Return the annotations that lie in no paragraph of the article, so that none is left out."""
        rest = [one for one in self._marked if one.bookmark not in self._open]
        return "".join(
            paragraph("Boilerplate", self._open_range(one), run(one.item.text), self._close_range(one)) for one in rest
        )

    def _open_range(self, one: _PlacedItem) -> str:
        signs = self._writer.colours.signs(one.item.labels)
        return f'{signs}{self._bookmark(one.bookmark)}<w:commentRangeStart w:id="{one.comment}"/>'

    def _close_range(self, one: _PlacedItem) -> str:
        if one.bookmark not in self._open:
            return ""
        reference = (
            f'<w:r><w:rPr>{character_style("CommentReference")}</w:rPr><w:commentReference w:id="{one.comment}"/></w:r>'
        )
        return f'<w:commentRangeEnd w:id="{one.comment}"/>{reference}{self._bookmark_end(one.bookmark)}'

    def _bookmark(self, name: str) -> str:
        self._open[name] = next(self._writer.numbers)
        return f'<w:bookmarkStart w:id="{self._open[name]}" w:name="{name}"/>'

    def _bookmark_end(self, name: str) -> str:
        return f'<w:bookmarkEnd w:id="{self._open[name]}"/>'

    def _run(self, start: int, end: int, marked: list[_PlacedItem]) -> str:
        over = next((one.item for one in marked if one.item.span.start <= start and end <= one.item.span.end), None)
        if over is None:
            return run(self._text[start:end], self._language)
        ground = self._writer.colours.background(over.labels)
        return run(self._text[start:end], f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>{self._language}')


def is_vietnamese(text: str) -> bool:
    """Return whether `text` is Vietnamese, judged by the letters of its beginning."""
    # NFD separates marks from vowels. More than 2 % of the code points must be typical of Vietnamese.
    letters = unicodedata.normalize("NFD", text[:5000])
    return sum(letter in _VIETNAMESE for letter in letters) * 50 > len(letters)
