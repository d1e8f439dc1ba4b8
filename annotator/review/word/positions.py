"""Lookup of the annotation or sentence at a place in a Word file.

Bookmarks around the words identify them; if a program dropped these, our comments take their place.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from annotator.review.word.id_record import (
    ANNEX_MARK,
    FILE_MARK,
    ITEM_MARK,
    MARK,
    SENTENCE_MARK,
    SentArticle,
    SentItem,
    is_id,
)
from annotator.review.word.replies import guess_sent_labels, guess_sent_lines
from annotator.review.word.scan import TextRange
from annotator.review.word.texts import TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.core.labels import LabelSet
    from annotator.review.word.returned_comments import WordFile
    from annotator.review.word.scan import ScannedText


SOURCE_LINE = re.compile(
    rf"^(?:{'|'.join(text.document for text in TEXTS.values())}) (?P<number>\d{{1,7}}): (?P<file>[^\n]{{1,1000}}?)"
    rf"(?: · (?:{'|'.join(text.annotator for text in TEXTS.values())}): (?P<annotator>[^\n]{{1,200}}?))?"
    rf" · (?:{'|'.join(text.annotations for text in TEXTS.values())}): \d+ · [^\n]*$",
    re.MULTILINE,
)
"""The line above an article."""

ANNEX_HEAD = re.compile(
    "|".join(
        rf"^{re.escape(text.annex.partition('{')[0])}[^\n]+\n{re.escape(text.number)}\n{re.escape(text.sentence)}\n"
        for text in TEXTS.values()
    ),
    re.MULTILINE,
)
"""The heading of a table in the annex, with the beginning of its first row."""


def restore_articles(file: WordFile, labels: LabelSet) -> tuple[SentArticle, ...]:
    """Reconstruct the articles from bookmarks, marks and the lines above them; their sentences remain unknown."""
    names: dict[int, tuple[str, str]] = {
        int(found["number"]): (found["file"], found["annotator"] or "")
        for found in SOURCE_LINE.finditer(file.scan.text)
    }
    for name, place in file.scan.bookmarks.items():
        if found := FILE_MARK.fullmatch(name):
            number, words = int(found[2]), file.scan.current_text(place).strip()
            path, annotator = names.get(number, ("", ""))
            names[number] = (words or path, annotator) if found[1] == "d" else (path, words)
    items = _items(file, labels)
    for number in items:
        # Annotations whose document is unknown are still reported, with no name.
        names.setdefault(number, ("", ""))
    return tuple(
        SentArticle(number, path, annotator, "", (), tuple(items.get(number, {}).values()))
        for number, (path, annotator) in sorted(names.items())
    )


def _items(file: WordFile, labels: LabelSet) -> dict[int, dict[str, SentItem]]:
    """Reconstruct the annotations, by article number and token."""
    items: dict[int, dict[str, SentItem]] = {}
    for remark in file.comments.values():
        for number, token in MARK.findall(remark.words)[-1:]:
            lines = guess_sent_lines(remark.words, labels)
            stood = guess_sent_labels(lines, labels)
            place = file.scan.bookmarks.get(
                f"a{int(number)}_{token}", file.scan.comments.get(remark.key, TextRange(0, 0))
            )
            item = SentItem(token if is_id(token) else "", token, stood, file.scan.original_text(place).strip(), lines)
            items.setdefault(int(number), {}).setdefault(token, item)
    for name, place in file.scan.bookmarks.items():
        found = ITEM_MARK.fullmatch(name)
        if found and name.startswith("a"):
            token = found[2]
            item = SentItem(token if is_id(token) else "", token, (), file.scan.original_text(place).strip(), ())
            items.setdefault(int(found[1]), {}).setdefault(token, item)
    return items


_Found = TypeVar("_Found")


class ItemKey(NamedTuple):
    """The content of a mark: the number of an article and an annotation's token."""

    article: int
    token: str


class FileSentence(NamedTuple):
    """A sentence in the file: the number of its article, its own number there, and its place."""

    article: int
    number: int
    place: TextRange


@dataclass(frozen=True)
class Subject:
    """The subject of a stretch: annotations, sentences without one, and the number of its article (0 for none)."""

    items: tuple[ItemKey, ...]
    sentences: tuple[FileSentence, ...]
    article: int


class PlaceIndex:
    """The places in a file. `articles` are by number, `items` by key, `sentences` in file order."""

    def __init__(self, file: WordFile, labels: LabelSet) -> None:
        self.scan = file.scan
        articles = file.articles or restore_articles(file, labels)
        self.articles: dict[int, SentArticle] = {one.number: one for one in articles}
        self.items: dict[ItemKey, SentItem] = {
            ItemKey(article.number, item.token): item for article in self.articles.values() for item in article.items
        }
        self.sentences = [
            FileSentence(int(found[1]), int(found[2]), place)
            for name, place in file.scan.bookmarks.items()
            if (found := SENTENCE_MARK.fullmatch(name))
        ]
        self._starts = _article_starts(file.scan)
        self.annex = _annex_start(file.scan, after=self._starts[-1][0] if self._starts else 0)
        self._items = _RangeIndex(_item_places(file, self.items))
        self._sentences = _RangeIndex([(one.place, one) for one in self.sentences])

    def find_marked(self, words: str) -> ItemKey | None:
        """Return the annotation of the last mark in `words`, or None."""
        keys = [ItemKey(int(number), token) for number, token in MARK.findall(words)]
        return next((key for key in reversed(keys) if key in self.items), None)

    def find_subject(self, part: TextRange) -> Subject:
        """Return what `part` is about."""
        items = tuple(dict.fromkeys(self._items.find_touching(part, self.scan)))
        free = (
            one
            for one in self._sentences.find_touching(part, self.scan)
            if not self._items.find_touching(one.place, self.scan)
        )
        return Subject(items, tuple(free), self.article_at(part.start))

    def words_of(self, sentence: FileSentence) -> str:
        """Return a sentence as it was sent."""
        article = self.articles.get(sentence.article)
        if article is not None and sentence.number < len(article.sentences):
            return article.sentences[sentence.number]
        return self.scan.original_text(sentence.place)

    def article_at(self, position: int) -> int:
        """Return the number of the article at `position`, or 0."""
        at = bisect_right(self._starts, position, key=lambda one: one[0]) - 1
        return self._starts[at][1] if at >= 0 and position < self.annex else 0

    def article_ranges(self) -> list[tuple[int, TextRange]]:
        """Return each article's number and stretch, without the line above it."""
        stops = [*(start for start, _number in self._starts[1:]), self.annex]
        parts: list[tuple[int, TextRange]] = []
        for (start, number), stop in zip(self._starts, stops, strict=False):
            first = self.scan.text.find("\n", start) + 1
            parts.append((number, TextRange(first, max(first, stop))))
        return parts


class _RangeIndex(Generic[_Found]):
    """An index of stretches and what each is about."""

    def __init__(self, found: Iterable[tuple[TextRange, _Found]]) -> None:
        self._found = sorted(found, key=lambda one: one[0])
        self._starts = [part.start for part, _what in self._found]
        self._ends: list[int] = []
        # Running maxima: stretches may overlap, and bisect needs a sorted list.
        for part, _what in self._found:
            self._ends.append(max(part.end, self._ends[-1] if self._ends else 0))

    def find_touching(self, part: TextRange, text: ScannedText) -> list[_Found]:
        """Return what shares words with `part`; if `part` has no words, what contains it, ends or begins at it."""
        near = self._found[bisect_left(self._ends, part.start) : bisect_right(self._starts, part.end)]
        if part.start < part.end and text.has_words(part):
            shared = [(TextRange(max(one.start, part.start), min(one.end, part.end)), what) for one, what in near]
            return [what for one, what in shared if one.start < one.end and text.has_words(one)]
        behind = [what for one, what in near if one.start < part.start <= one.end]
        return behind[:1] or [what for one, what in near if one.start <= part.end and part.start <= one.end][:1]


def _item_places(file: WordFile, items: dict[ItemKey, SentItem]) -> list[tuple[TextRange, ItemKey]]:
    """Return the stretches of the annotations: by bookmarks, those in the annex included, else by our comments."""
    places: list[tuple[TextRange, ItemKey]] = []
    for name, place in file.scan.bookmarks.items():
        found = ITEM_MARK.fullmatch(name)
        key = ItemKey(int(found[1]), found[2]) if found else None
        if key in items:
            places.append((place, key))
    known = {key for _place, key in places}
    for remark in file.comments.values():
        # The mark is the last line of a comment that was sent.
        for number, token in MARK.findall(remark.words)[-1:]:
            key = ItemKey(int(number), token)
            if key in items and key not in known and remark.key in file.scan.comments and not remark.parent:
                known.add(key)
                places.append((file.scan.comments[remark.key], key))
    return places


def _annex_start(scan: ScannedText, *, after: int) -> int:
    """Return the end of the articles: the start of the annex, else the end of the text."""
    mark = scan.bookmarks.get(ANNEX_MARK)
    if mark is not None:
        return scan.text.rfind("\n", 0, mark.start) + 1
    found = ANNEX_HEAD.search(scan.text, after)
    return found.start() if found else len(scan.text)


def _article_starts(scan: ScannedText) -> list[tuple[int, int]]:
    """Return the start and number of each article, in order; it starts with the line that identifies it."""
    starts: dict[int, int] = {}
    for name, place in scan.bookmarks.items():
        found = FILE_MARK.fullmatch(name)
        if found and found[1] == "d":
            starts[int(found[2])] = scan.text.rfind("\n", 0, place.start) + 1
    if not starts:
        starts = {int(found["number"]): found.start() for found in SOURCE_LINE.finditer(scan.text)}
    return sorted((start, number) for number, start in starts.items())
