"""Reader of Word files returned by reviewers.

A reviewer answers with a reply to a comment, in the comment itself, with a new comment on any words, or by resolving
one of our comments, which means agreement. An answer that does not begin with a verdict is a remark, to be dealt with
by hand.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from annotator.core.i18n import _
from annotator.core.verdict import VerdictKind
from annotator.review.model.answer import Answer, Returned, ReviewFileError, Trouble
from annotator.review.model.office_archive import check_archive
from annotator.review.word.positions import Key, Places, Touched
from annotator.review.word.replies import Said, said_beside, spoken_of
from annotator.review.word.returned_comments import Remark, read_parts
from annotator.review.word.scan import Stretch
from annotator.review.word.texts import TEXTS
from annotator.review.word.tracked_changes import NOBODY, find_edits, short

if TYPE_CHECKING:
    from annotator.core.labels import LabelSet
    from annotator.review.model.verdict_terms import Spoken
    from annotator.review.word.returned_comments import WordFile

MOST_UNPACKED = 256 << 20
"""The limit for the unpacked size of all parts, in bytes."""

_REVIEWER = re.compile(rf"^(?:{'|'.join(text.reviewer for text in TEXTS.values())})\n([^\n]*)\n", re.MULTILINE)


def read_docx(data: bytes, *, name: str, labels: LabelSet) -> Returned:
    """Read a reviewer's answers from the Word file called `name`.

    Raises:
        ReviewFileError: If the file is damaged, unsafe, or was not made by this program.
    """
    check_archive(data, name=name, needed="word/document.xml", most_bytes=MOST_UNPACKED)
    file = read_parts(data, name=name)
    places = Places(file, labels)
    if not places.articles:
        told = _("{file} was not made by annotator. Choose the file that was sent out, with the reviewer's comments.")
        raise ReviewFileError(told.format(file=name))
    return _Reader(file, places, labels).read()


class _Reader:
    """A pass over the comments of a file."""

    def __init__(self, file: WordFile, places: Places, labels: LabelSet) -> None:
        self._file = file
        self._places = places
        self._labels = labels
        self._authors = {one.author for one in places.articles.values()} - {""}
        self._reviewer = self._named()
        self._answers: list[Answer] = []
        self._troubles: list[Trouble] = []
        self._spoken: set[Key] = set()

    def read(self) -> Returned:
        """Return all answers."""
        places = self._file.scan.comments
        last = Stretch(len(self._file.scan.letters), len(self._file.scan.letters))
        ordered = sorted(self._file.remarks.values(), key=lambda one: places.get(self._root(one).key, last))
        numbered = list(enumerate(ordered, 1))
        for number, remark in numbered:
            self._take(remark, number)
        for number, remark in numbered:
            self._take_done(remark, number)
        self._tell_deleted()
        # The same answer twice, by a reply and in the comment itself, counts once: the first one.
        distinct = {replace(answer, place="", said=""): answer for answer in reversed(self._answers)}
        answers = [answer for answer in self._answers if distinct[replace(answer, place="", said="")] is answer]
        unanswered = len(self._places.items.keys() - self._spoken)
        return Returned(tuple(answers), (*self._troubles, *find_edits(self._places)), unanswered)

    def _take(self, remark: Remark, number: int) -> None:
        """Read one comment."""
        touched = self._touched(remark)
        lines = self._places.items[touched.items[0]].lines if touched.items else ()
        said = said_beside(remark.words, lines, self._labels)
        is_ours = self._places.find_marked(remark.words) is not None
        place = self._place(remark, number, touched)
        if not said.words and not said.labels:
            if is_ours and said.gone and not remark.parent and len(said.gone) < len(lines):
                told = _("The lines “{lines}” of this comment were taken out, with nothing in their place. Ask why.")
                self._troubles.append(Trouble(place, told.format(lines=" / ".join(said.gone))))
            elif not is_ours:
                told = _("This comment says nothing in words. Ask the reviewer what is meant.")
                self._troubles.append(Trouble(place, told))
            return
        self._spoken.update(touched.items)
        spoken = spoken_of(said, self._labels)
        if spoken is not None and spoken.unknown:
            told = _(
                "{who} writes “{words}”, but “{unknown}” is no label here. Ask which label is meant, or add it to the "
                "set of labels."
            )
            who = self._who(remark) or "?"
            words = " / ".join(said.words.splitlines())
            self._troubles.append(Trouble(place, told.format(who=who, words=words, unknown=spoken.unknown)))
            return
        self._answer(remark, said, spoken, touched=touched, place=place)

    def _answer(self, remark: Remark, said: Said, spoken: Spoken | None, *, touched: Touched, place: str) -> None:
        """Add an answer for each thing that the comment is about."""
        kind, wanted, comment = _meant(said, spoken)
        base = Answer(place, "", "", "", "", kind, wanted, (), comment, self._who(remark), self._when(remark))
        for key in touched.items:
            self._answers.append(self._on_item(base, key))
        if touched.items and kind is not VerdictKind.ADD:
            return
        free = _on_no_label(base, " / ".join(said.words.splitlines()))
        sentences = touched.sentences if free.kind is VerdictKind.ADD else touched.sentences[:1]
        for sentence in sentences:
            self._answers.append(self._within(replace(free, text=self._places.words_of(sentence)), sentence.article))
        if touched.items or sentences:
            return
        words = self._file.scan.sent(self._file.scan.comments.get(remark.key, Stretch(0, 0))).strip()
        if touched.article and words:
            self._answers.append(self._within(replace(free, text=words), touched.article))
            return
        told = _("{who} writes “{words}”, at no sentence of an article. Read it and do by hand what it asks for.")
        told = told.format(who=self._who(remark) or "?", words=" / ".join(said.words.splitlines()))
        self._troubles.append(Trouble(place, told))

    def _take_done(self, remark: Remark, number: int) -> None:
        """Read a resolved comment of ours without any reply as agreement."""
        key = self._places.find_marked(remark.words)
        if not remark.is_done or remark.parent or key is None or key in self._spoken:
            return
        self._spoken.add(key)
        place = self._place(remark, number, Touched((key,), (), key.article))
        base = Answer(place, "", "", "", "", VerdictKind.AGREE, reviewer=self._reviewer)
        self._answers.append(self._on_item(base, key))

    def _tell_deleted(self) -> None:
        """Report comments of ours that were deleted; a deletion is no verdict."""
        marked = {self._places.find_marked(remark.words) for remark in self._file.remarks.values()}
        gone = [key for key in self._places.items if key not in marked and key not in self._spoken]
        # A program that drops all comments deserves one message, not one for each.
        if gone and len(gone) == len(self._places.items) and len(gone) > 1:
            told = _(
                "None of the {count} comments is in the file any more. Ask for the file to be saved as .docx again."
            )
            self._troubles.append(Trouble(_("The whole file"), told.format(count=len(gone))))
            return
        for key in gone:
            item = self._places.items[key]
            place = _("{file}, “{words}”").format(file=self._places.articles[key.article].file, words=short(item.text))
            told = _(
                "The comment on this sentence was deleted, which is no verdict on it. Ask whether it is agreed to."
            )
            self._troubles.append(Trouble(place, told))

    def _touched(self, remark: Remark) -> Touched:
        """Return what a comment is about: by its thread, else by the mark in it, else by its place."""
        root = self._root(remark)
        marked = self._places.find_marked(root.words)
        if marked is not None and (root is not remark or root.author in self._authors or not self._authors):
            return Touched((marked,), (), marked.article)
        place = self._file.scan.comments.get(root.key)
        found = self._places.touched(place) if place is not None else Touched((), (), 0)
        if marked is not None and not found.items:
            return Touched((marked,), (), marked.article)
        return found

    def _root(self, remark: Remark) -> Remark:
        """Return the comment that starts the thread of `remark`."""
        # A damaged file may have replies in a circle.
        seen = {remark.key}
        while remark.parent and remark.parent not in seen and remark.parent in self._file.remarks:
            seen.add(remark.parent)
            remark = self._file.remarks[remark.parent]
        return remark

    def _on_item(self, answer: Answer, key: Key) -> Answer:
        item = self._places.items[key]
        return self._within(replace(answer, id=item.id, text=item.text, stood=item.labels), key.article)

    def _within(self, answer: Answer, number: int) -> Answer:
        article = self._places.articles.get(number)
        return replace(answer, file=article.file, annotator=article.annotator) if article is not None else answer

    def _place(self, remark: Remark, number: int, touched: Touched) -> str:
        part = self._file.scan.comments.get(self._root(remark).key, Stretch(0, 0))
        words = self._file.scan.seen(part).strip()
        if touched.items and not words:
            words = self._places.items[touched.items[0]].text
        told = _("comment {number} by {who} on “{words}”") if words else _("comment {number} by {who}")
        return told.format(number=number, who=self._who(remark) or "?", words=short(words))

    def _is_edited(self, remark: Remark) -> bool:
        return remark.author in self._authors and self._places.find_marked(remark.words) is not None

    def _who(self, remark: Remark) -> str:
        """Return the reviewer: the comment's author, or for an edited comment of ours the name on the first page."""
        if remark.editor.casefold() not in NOBODY:
            return remark.editor
        author = remark.author if remark.author.casefold() not in NOBODY else ""
        return self._reviewer if self._is_edited(remark) or not author else author

    def _when(self, remark: Remark) -> str:
        """Return the date of a comment, or "" for an edited comment of ours, whose date is that of the export."""
        try:
            datetime.fromisoformat(remark.date)
        except ValueError:
            return ""
        return "" if self._is_edited(remark) else remark.date

    def _named(self) -> str:
        """Return the reviewer's name: from the first page, else the only comment author, else who saved the file."""
        # Only the first page is searched.
        found = _REVIEWER.search(self._file.scan.letters[:20_000])
        if found and found[1].strip():
            return found[1].strip()
        authors = {
            one.author for one in self._file.remarks.values() if one.author.casefold() not in NOBODY
        } - self._authors
        # With several authors nobody can tell who resolved a comment.
        if len(authors) == 1:
            return authors.pop()
        return self._file.saved_by if self._file.saved_by not in self._authors else ""


def _meant(said: Said, spoken: Spoken | None) -> tuple[VerdictKind, tuple[str, ...], str]:
    """Return verdict, labels and comment; a wish for labels that names none becomes a remark."""
    if spoken is None:
        return VerdictKind.CHANGE, (), said.words
    if spoken.kind in {VerdictKind.CHANGE, VerdictKind.ADD} and not spoken.labels:
        return VerdictKind.CHANGE, (), said.words
    return spoken.kind, spoken.labels, spoken.comment


def _on_no_label(answer: Answer, words: str) -> Answer:
    """Turn `answer` into one on a sentence without an annotation: an addition if it names labels, else a remark."""
    if answer.labels:
        return replace(answer, kind=VerdictKind.ADD)
    return replace(answer, kind=VerdictKind.CHANGE, comment=words)
