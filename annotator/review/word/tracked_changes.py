"""Detection of edits that a reviewer made in the text of a Word file instead of commenting on it.

Such an edit is never a verdict, and a review never changes a document; but each edit is reported.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.i18n import _
from annotator.review.model.answer import AnswerProblem
from annotator.review.word.markup import xml_safe
from annotator.review.word.scan import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.review.word.id_record import SentArticle
    from annotator.review.word.positions import FileSentence, PlaceIndex

PLACEHOLDER_NAMES = frozenset(
    {"", "author", "unknown author", "unknown", "tác giả", "tác giả không rõ", "không rõ tác giả"}
)
"""Placeholders that programs write in place of a name, in lower case."""

_MOST_SEARCHED = 200_000_000
"""The number of characters searched at most for sentences whose bookmarks are lost."""


def find_edits(places: PlaceIndex) -> list[AnswerProblem]:
    """Report each change of the articles' words, in text order."""
    by_article: dict[int, list[FileSentence]] = {}
    for sentence in places.sentences:
        by_article.setdefault(sentence.article, []).append(sentence)
    troubles: list[AnswerProblem] = []
    parts = dict(places.article_ranges())
    seeker = _BoundedSearch()
    for number, article in places.articles.items():
        sentences = sorted(by_article.get(number, ()), key=lambda one: one.place)
        part = parts.get(number) or _part_of(places, sentences)
        if part is None and article.sentences:
            message = _("This article is not in the file any more. If it is to be dropped, do so by hand.")
            troubles.append(AnswerProblem(xml_safe(article.file), message))
        elif part is not None and not article.sentences and not sentences:
            troubles += _tracked_edits(places, article, part=part)
        elif part is not None:
            compared = _compare(places, article, sentences, part=part)
            troubles += [*compared.troubles, *_edits_around(article, compared, seeker)]
    return troubles


def shorten(words: str) -> str:
    """Return `words` in one line of at most 60 characters."""
    line = " ".join(words.split())
    return line if len(line) <= 60 else line[:59] + "…"


def _part_of(places: PlaceIndex, sentences: list[FileSentence]) -> TextRange | None:
    """Return the stretch of an article whose first line is missing, judged by its sentences."""
    if not sentences:
        return None
    end = places.scan.text.find("\n", sentences[-1].place.end)
    return TextRange(sentences[0].place.start, max(end, sentences[-1].place.end))


def _tracked_edits(places: PlaceIndex, article: SentArticle, *, part: TextRange) -> Iterator[AnswerProblem]:
    """Report tracked changes: all that can be detected if the sentences as sent are unknown."""
    at = part.start
    while at < part.end:
        end = places.scan.text.find("\n", at, part.end)
        line = TextRange(at, end if end >= 0 else part.end)
        old, new = places.scan.original_text(line), places.scan.current_text(line)
        if _normalize(old) != _normalize(new):
            yield _make_trouble(article, old, new, who=places.scan.find_change_author(line))
        at = line.end + 1


class _Comparison(NamedTuple):
    """The comparison of an article with what was sent.

    `surrounding` are the words outside its sentences, `found_numbers` the numbers of the sentences whose bookmarks
    still exist.
    """

    troubles: list[AnswerProblem]
    surrounding: list[str]
    found_numbers: frozenset[int]


def _compare(
    places: PlaceIndex, article: SentArticle, sentences: list[FileSentence], *, part: TextRange
) -> _Comparison:
    """Find the sentences whose words changed.

    A sentence is taken to extend to the next one or to the end of its paragraph, because LibreOffice shifts the ends of
    bookmarks by one character.
    """
    scan = places.scan
    troubles: list[AnswerProblem] = []
    beside: list[str] = []
    at = part.start
    starts = [*(one.place.start for one in sentences[1:]), max(part.end, at)]
    for one, following in zip(sentences, starts, strict=False):
        beside += scan.current_text(TextRange(at, max(at, one.place.start))).split("\n")
        line_end = scan.text.find("\n", one.place.end)
        at = max(one.place.end, min(following, line_end if line_end >= 0 else following))
        whole = TextRange(one.place.start, at)
        old = _normalize(places.words_of(one) if article.sentences else scan.original_text(whole))
        new = _normalize(scan.current_text(whole))
        # Words added after the sentence do not change it; they are reported as words outside of it.
        if new.startswith(old):
            beside.append(new[len(old) :].strip())
        else:
            troubles.append(_make_trouble(article, old, new, who=scan.find_change_author(one.place)))
    beside += scan.current_text(TextRange(at, max(at, part.end))).split("\n")
    return _Comparison(
        troubles, [_normalize(line) for line in beside if line.strip()], frozenset(one.number for one in sentences)
    )


def _edits_around(article: SentArticle, compared: _Comparison, seeker: _BoundedSearch) -> Iterator[AnswerProblem]:
    """Report words outside the sentences, and sentences that have neither a bookmark nor a place among those words."""
    lost = [_normalize(words) for number, words in enumerate(article.sentences) if number not in compared.found_numbers]
    found, rest = seeker.search(lost, "\n".join(compared.surrounding))
    for words in (one for one in lost if one and one not in found):
        yield _make_trouble(article, words, "", who="")
    for line in rest.split("\n"):
        if line.strip():
            yield _make_trouble(article, "", line, who="")


def _gaps(part: TextRange, taken: list[TextRange]) -> Iterator[TextRange]:
    at = part.start
    for one in taken:
        if one.start > at and one.start <= part.end:
            yield TextRange(at, one.start)
        at = max(at, one.end)
    if at < part.end:
        yield TextRange(at, part.end)


class _BoundedSearch:
    """A search for sentences in words that stops when it becomes too expensive."""

    def __init__(self) -> None:
        self._left = _MOST_SEARCHED

    def search(self, sentences: list[str], words: str) -> tuple[set[str], str]:
        """Return those of `sentences` that occur in `words`, and the words without them."""
        found: set[str] = set()
        places: list[TextRange] = []
        at = 0
        for sentence in sentences:
            start = words.find(sentence, at) if sentence and self._left > 0 else -1
            # Sentences mostly come in order, so a search from the start is the exception.
            if start < 0 < at and self._left > 0:
                start = words.find(sentence)
            self._left -= (start - at if start >= at else len(words)) + 1
            if start >= 0:
                found.add(sentence)
                at = start + len(sentence)
                places.append(TextRange(start, at))
        rest = "".join(words[gap.start : gap.end] for gap in _gaps(TextRange(0, len(words)), sorted(places)))
        return found, rest


def _make_trouble(article: SentArticle, old: str, new: str, *, who: str) -> AnswerProblem:
    place = _("{file}, “{words}”").format(file=xml_safe(article.file), words=shorten(old or new))
    if not old:
        template = _(
            "The reviewer wrote “{new}” into the text. No review changes a document; do by hand what it asks for."
        )
    elif not _normalize(new):
        template = _(
            "The reviewer took the sentence “{old}” out of the text, which is no verdict on it. Ask whether its label "
            "is to be dropped, or the document to be changed."
        )
    else:
        template = _(
            "The reviewer changed the words “{old}” to “{new}”. No review changes a document; do by hand what is right."
        )
    if who.casefold() not in PLACEHOLDER_NAMES:
        place = _("{place}, by {who}").format(place=place, who=who)
    return AnswerProblem(place, template.format(old=xml_safe(old), new=" ".join(new.split())))


def _normalize(words: str) -> str:
    return " ".join(unicodedata.normalize("NFC", xml_safe(words)).split())
