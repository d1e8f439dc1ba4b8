"""Detection of edits that a reviewer made in the text of a Word file instead of commenting on it.

Such an edit is never a verdict, and a review never changes a document; but each edit is reported.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.i18n import _
from annotator.review.model.answer import Trouble
from annotator.review.word.markup import shown
from annotator.review.word.scan import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.review.word.id_record import SentArticle
    from annotator.review.word.positions import Places, Sentence

NOBODY = frozenset({"", "author", "unknown author", "unknown", "tác giả", "tác giả không rõ", "không rõ tác giả"})
"""Placeholders that programs write in place of a name, in lower case."""

_MOST_SOUGHT = 200_000_000
"""The number of characters searched at most for sentences whose bookmarks are lost."""


def find_edits(places: Places) -> list[Trouble]:
    """Report each change of the articles' words, in text order."""
    by_article: dict[int, list[Sentence]] = {}
    for sentence in places.sentences:
        by_article.setdefault(sentence.article, []).append(sentence)
    troubles: list[Trouble] = []
    parts = dict(places.bounds())
    seeker = _Seeker()
    for number, article in places.articles.items():
        sentences = sorted(by_article.get(number, ()), key=lambda one: one.place)
        part = parts.get(number) or _part_of(places, sentences)
        if part is None and article.sentences:
            told = _("This article is not in the file any more. If it is to be dropped, do so by hand.")
            troubles.append(Trouble(shown(article.file), told))
        elif part is not None and not article.sentences and not sentences:
            troubles += _tracked(places, article, part=part)
        elif part is not None:
            compared = _compared(places, article, sentences, part=part)
            troubles += [*compared.troubles, *_around(article, compared, seeker)]
    return troubles


def short(words: str) -> str:
    """Return `words` in one line of at most 60 characters."""
    line = " ".join(words.split())
    return line if len(line) <= 60 else line[:59] + "…"


def _part_of(places: Places, sentences: list[Sentence]) -> Stretch | None:
    """Return the stretch of an article whose first line is missing, judged by its sentences."""
    if not sentences:
        return None
    end = places.scan.letters.find("\n", sentences[-1].place.end)
    return Stretch(sentences[0].place.start, max(end, sentences[-1].place.end))


def _tracked(places: Places, article: SentArticle, *, part: Stretch) -> Iterator[Trouble]:
    """Report tracked changes: all that can be detected if the sentences as sent are unknown."""
    at = part.start
    while at < part.end:
        end = places.scan.letters.find("\n", at, part.end)
        line = Stretch(at, end if end >= 0 else part.end)
        old, new = places.scan.sent(line), places.scan.seen(line)
        if _same(old) != _same(new):
            yield _told(article, old, new, who=places.scan.changed_by(line))
        at = line.end + 1


class _Compared(NamedTuple):
    """The comparison of an article with what was sent.

    `beside` are the words outside its sentences, `there` the numbers of the sentences whose bookmarks still exist.
    """

    troubles: list[Trouble]
    beside: list[str]
    there: frozenset[int]


def _compared(places: Places, article: SentArticle, sentences: list[Sentence], *, part: Stretch) -> _Compared:
    """Find the sentences whose words changed.

    A sentence is taken to extend to the next one or to the end of its paragraph, because LibreOffice shifts the ends of
    bookmarks by one character.
    """
    scan = places.scan
    troubles: list[Trouble] = []
    beside: list[str] = []
    at = part.start
    starts = [*(one.place.start for one in sentences[1:]), max(part.end, at)]
    for one, following in zip(sentences, starts, strict=False):
        beside += scan.seen(Stretch(at, max(at, one.place.start))).split("\n")
        line_end = scan.letters.find("\n", one.place.end)
        at = max(one.place.end, min(following, line_end if line_end >= 0 else following))
        whole = Stretch(one.place.start, at)
        old = _same(places.words_of(one) if article.sentences else scan.sent(whole))
        new = _same(scan.seen(whole))
        # Words added after the sentence do not change it; they are reported as words outside of it.
        if new.startswith(old):
            beside.append(new[len(old) :].strip())
        else:
            troubles.append(_told(article, old, new, who=scan.changed_by(one.place)))
    beside += scan.seen(Stretch(at, max(at, part.end))).split("\n")
    return _Compared(
        troubles, [_same(line) for line in beside if line.strip()], frozenset(one.number for one in sentences)
    )


def _around(article: SentArticle, compared: _Compared, seeker: _Seeker) -> Iterator[Trouble]:
    """Report words outside the sentences, and sentences that have neither a bookmark nor a place among those words."""
    lost = [_same(words) for number, words in enumerate(article.sentences) if number not in compared.there]
    found, rest = seeker.sought(lost, "\n".join(compared.beside))
    for words in (one for one in lost if one and one not in found):
        yield _told(article, words, "", who="")
    for line in rest.split("\n"):
        if line.strip():
            yield _told(article, "", line, who="")


def _gaps(part: Stretch, taken: list[Stretch]) -> Iterator[Stretch]:
    at = part.start
    for one in taken:
        if one.start > at and one.start <= part.end:
            yield Stretch(at, one.start)
        at = max(at, one.end)
    if at < part.end:
        yield Stretch(at, part.end)


class _Seeker:
    """A search for sentences in words that stops when it becomes too expensive."""

    def __init__(self) -> None:
        self._left = _MOST_SOUGHT

    def sought(self, sentences: list[str], words: str) -> tuple[set[str], str]:
        """Return those of `sentences` that occur in `words`, and the words without them."""
        found: set[str] = set()
        places: list[Stretch] = []
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
                places.append(Stretch(start, at))
        rest = "".join(words[gap.start : gap.end] for gap in _gaps(Stretch(0, len(words)), sorted(places)))
        return found, rest


def _told(article: SentArticle, old: str, new: str, *, who: str) -> Trouble:
    place = _("{file}, “{words}”").format(file=shown(article.file), words=short(old or new))
    if not old:
        told = _("The reviewer wrote “{new}” into the text. No review changes a document; do by hand what it asks for.")
    elif not _same(new):
        told = _(
            "The reviewer took the sentence “{old}” out of the text, which is no verdict on it. Ask whether its label "
            "is to be dropped, or the document to be changed."
        )
    else:
        told = _(
            "The reviewer changed the words “{old}” to “{new}”. No review changes a document; do by hand what is right."
        )
    if who.casefold() not in NOBODY:
        place = _("{place}, by {who}").format(place=place, who=who)
    return Trouble(place, told.format(old=shown(old), new=" ".join(new.split())))


def _same(words: str) -> str:
    return " ".join(unicodedata.normalize("NFC", shown(words)).split())
