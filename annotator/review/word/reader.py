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
from annotator.review.model.answer import Answer, AnswerProblem, ReturnedFile, ReviewFileError
from annotator.review.model.office_archive import check_archive
from annotator.review.word.positions import ItemKey, PlaceIndex, Subject
from annotator.review.word.replies import CommentContent, find_verdict, separate_answer
from annotator.review.word.returned_comments import WordComment, read_parts
from annotator.review.word.scan import TextRange
from annotator.review.word.texts import TEXTS
from annotator.review.word.tracked_changes import PLACEHOLDER_NAMES, find_edits, shorten

if TYPE_CHECKING:
    from annotator.core.labels import LabelSet
    from annotator.review.model.verdict_terms import ParsedVerdict
    from annotator.review.word.returned_comments import WordFile

MOST_UNPACKED = 256 << 20
"""The limit for the unpacked size of all parts, in bytes."""

_REVIEWER = re.compile(rf"^(?:{'|'.join(text.reviewer for text in TEXTS.values())})\n([^\n]*)\n", re.MULTILINE)


def read_docx(data: bytes, *, name: str, labels: LabelSet) -> ReturnedFile:
    """Read a reviewer's answers from the Word file called `name`.

    Raises:
        ReviewFileError: If the file is damaged, unsafe, or was not made by this program.
    """
    check_archive(data, name=name, needed="word/document.xml", max_bytes=MOST_UNPACKED)
    file = read_parts(data, name=name)
    places = PlaceIndex(file, labels)
    if not places.articles:
        template = _(
            "{file} was not made by annotator. Choose the file that was sent out, with the reviewer's comments."
        )
        raise ReviewFileError(template.format(file=name))
    return _Reader(file, places, labels).read()


class _Reader:
    """A pass over the comments of a file."""

    def __init__(self, file: WordFile, places: PlaceIndex, labels: LabelSet) -> None:
        self._file = file
        self._places = places
        self._labels = labels
        self._authors = {one.author for one in places.articles.values()} - {""}
        self._reviewer = self._find_reviewer()
        self._answers: list[Answer] = []
        self._troubles: list[AnswerProblem] = []
        self._answered: set[ItemKey] = set()

    def read(self) -> ReturnedFile:
        """Return all answers."""
        places = self._file.scan.comments
        last = TextRange(len(self._file.scan.text), len(self._file.scan.text))
        ordered = sorted(self._file.comments.values(), key=lambda one: places.get(self._root(one).key, last))
        numbered = list(enumerate(ordered, 1))
        for number, remark in numbered:
            self._read_comment(remark, number)
        for number, remark in numbered:
            self._read_resolved(remark, number)
        self._report_deleted()
        # The same answer twice, by a reply and in the comment itself, counts once: the first one.
        distinct = {replace(answer, place="", time=""): answer for answer in reversed(self._answers)}
        answers = [answer for answer in self._answers if distinct[replace(answer, place="", time="")] is answer]
        unanswered = len(self._places.items.keys() - self._answered)
        return ReturnedFile(tuple(answers), (*self._troubles, *find_edits(self._places)), unanswered)

    def _read_comment(self, remark: WordComment, number: int) -> None:
        """Read one comment."""
        touched = self._find_subject(remark)
        lines = self._places.items[touched.items[0]].lines if touched.items else ()
        said = separate_answer(remark.words, lines, self._labels)
        is_ours = self._places.find_marked(remark.words) is not None
        place = self._place(remark, number, touched)
        if not said.words and not said.labels:
            if is_ours and said.gone and not remark.parent and len(said.gone) < len(lines):
                template = _(
                    "The lines “{lines}” of this comment were taken out, with nothing in their place. Ask why."
                )
                self._troubles.append(AnswerProblem(place, template.format(lines=" / ".join(said.gone))))
            elif not is_ours:
                template = _("This comment says nothing in words. Ask the reviewer what is meant.")
                self._troubles.append(AnswerProblem(place, template))
            return
        self._answered.update(touched.items)
        spoken = find_verdict(said, self._labels)
        if spoken is not None and spoken.unknown:
            template = _(
                "{who} writes “{words}”, but “{unknown}” is no label here. Ask which label is meant, or add it to the "
                "set of labels."
            )
            who = self._reviewer_of(remark) or "?"
            words = " / ".join(said.words.splitlines())
            self._troubles.append(AnswerProblem(place, template.format(who=who, words=words, unknown=spoken.unknown)))
            return
        self._add_answers(remark, said, spoken, touched=touched, place=place)

    def _add_answers(
        self, remark: WordComment, said: CommentContent, spoken: ParsedVerdict | None, *, touched: Subject, place: str
    ) -> None:
        """Add an answer for each thing that the comment is about."""
        kind, wanted, comment = _interpret(said, spoken)
        base = Answer(
            place, "", "", "", "", kind, wanted, (), comment, self._reviewer_of(remark), self._date_of(remark)
        )
        for key in touched.items:
            self._answers.append(self._on_item(base, key))
        if touched.items and kind is not VerdictKind.ADD:
            return
        free = _on_unannotated(base, " / ".join(said.words.splitlines()))
        sentences = touched.sentences if free.kind is VerdictKind.ADD else touched.sentences[:1]
        for sentence in sentences:
            self._answers.append(self._within(replace(free, text=self._places.words_of(sentence)), sentence.article))
        if touched.items or sentences:
            return
        words = self._file.scan.original_text(self._file.scan.comments.get(remark.key, TextRange(0, 0))).strip()
        if touched.article and words:
            self._answers.append(self._within(replace(free, text=words), touched.article))
            return
        template = _("{who} writes “{words}”, at no sentence of an article. Read it and do by hand what it asks for.")
        template = template.format(who=self._reviewer_of(remark) or "?", words=" / ".join(said.words.splitlines()))
        self._troubles.append(AnswerProblem(place, template))

    def _read_resolved(self, remark: WordComment, number: int) -> None:
        """Read a resolved comment of ours without any reply as agreement."""
        key = self._places.find_marked(remark.words)
        if not remark.is_done or remark.parent or key is None or key in self._answered:
            return
        self._answered.add(key)
        place = self._place(remark, number, Subject((key,), (), key.article))
        base = Answer(place, "", "", "", "", VerdictKind.AGREE, reviewer=self._reviewer)
        self._answers.append(self._on_item(base, key))

    def _report_deleted(self) -> None:
        """Report comments of ours that were deleted; a deletion is no verdict."""
        marked = {self._places.find_marked(remark.words) for remark in self._file.comments.values()}
        gone = [key for key in self._places.items if key not in marked and key not in self._answered]
        # A program that drops all comments deserves one message, not one for each.
        if gone and len(gone) == len(self._places.items) and len(gone) > 1:
            template = _(
                "None of the {count} comments is in the file any more. Ask for the file to be saved as .docx again."
            )
            self._troubles.append(AnswerProblem(_("The whole file"), template.format(count=len(gone))))
            return
        for key in gone:
            item = self._places.items[key]
            place = _("{file}, “{words}”").format(
                file=self._places.articles[key.article].file, words=shorten(item.text)
            )
            template = _(
                "The comment on this sentence was deleted, which is no verdict on it. Ask whether it is agreed to."
            )
            self._troubles.append(AnswerProblem(place, template))

    def _find_subject(self, remark: WordComment) -> Subject:
        """Return what a comment is about: by its thread, else by the mark in it, else by its place."""
        root = self._root(remark)
        marked = self._places.find_marked(root.words)
        if marked is not None and (root is not remark or root.author in self._authors or not self._authors):
            return Subject((marked,), (), marked.article)
        place = self._file.scan.comments.get(root.key)
        found = self._places.find_subject(place) if place is not None else Subject((), (), 0)
        if marked is not None and not found.items:
            return Subject((marked,), (), marked.article)
        return found

    def _root(self, remark: WordComment) -> WordComment:
        """Return the comment that starts the thread of `remark`."""
        # A damaged file may have replies in a circle.
        seen = {remark.key}
        while remark.parent and remark.parent not in seen and remark.parent in self._file.comments:
            seen.add(remark.parent)
            remark = self._file.comments[remark.parent]
        return remark

    def _on_item(self, answer: Answer, key: ItemKey) -> Answer:
        item = self._places.items[key]
        return self._within(replace(answer, id=item.id, text=item.text, labels_seen=item.labels), key.article)

    def _within(self, answer: Answer, number: int) -> Answer:
        article = self._places.articles.get(number)
        return replace(answer, file=article.file, annotator=article.annotator) if article is not None else answer

    def _place(self, remark: WordComment, number: int, touched: Subject) -> str:
        part = self._file.scan.comments.get(self._root(remark).key, TextRange(0, 0))
        words = self._file.scan.current_text(part).strip()
        if touched.items and not words:
            words = self._places.items[touched.items[0]].text
        template = _("comment {number} by {who} on “{words}”") if words else _("comment {number} by {who}")
        return template.format(number=number, who=self._reviewer_of(remark) or "?", words=shorten(words))

    def _is_edited(self, remark: WordComment) -> bool:
        return remark.author in self._authors and self._places.find_marked(remark.words) is not None

    def _reviewer_of(self, remark: WordComment) -> str:
        """Return the reviewer: the comment's author, or for an edited comment of ours the name on the first page."""
        if remark.editor.casefold() not in PLACEHOLDER_NAMES:
            return remark.editor
        author = remark.author if remark.author.casefold() not in PLACEHOLDER_NAMES else ""
        return self._reviewer if self._is_edited(remark) or not author else author

    def _date_of(self, remark: WordComment) -> str:
        """Return the date of a comment, or "" for an edited comment of ours, whose date is that of the export."""
        try:
            datetime.fromisoformat(remark.date)
        except ValueError:
            return ""
        return "" if self._is_edited(remark) else remark.date

    def _find_reviewer(self) -> str:
        """Return the reviewer's name: from the first page, else the only comment author, else who saved the file."""
        # Only the first page is searched.
        found = _REVIEWER.search(self._file.scan.text[:20_000])
        if found and found[1].strip():
            return found[1].strip()
        authors = {
            one.author for one in self._file.comments.values() if one.author.casefold() not in PLACEHOLDER_NAMES
        } - self._authors
        # With several authors nobody can tell who resolved a comment.
        if len(authors) == 1:
            return authors.pop()
        return self._file.saved_by if self._file.saved_by not in self._authors else ""


def _interpret(said: CommentContent, spoken: ParsedVerdict | None) -> tuple[VerdictKind, tuple[str, ...], str]:
    """Return verdict, labels and comment; a wish for labels that names none becomes a remark."""
    if spoken is None:
        return VerdictKind.CHANGE, (), said.words
    if spoken.kind in {VerdictKind.CHANGE, VerdictKind.ADD} and not spoken.labels:
        return VerdictKind.CHANGE, (), said.words
    return spoken.kind, spoken.labels, spoken.comment


def _on_unannotated(answer: Answer, words: str) -> Answer:
    """Turn `answer` into one on a sentence without an annotation: an addition if it names labels, else a remark."""
    if answer.labels:
        return replace(answer, kind=VerdictKind.ADD)
    return replace(answer, kind=VerdictKind.CHANGE, comment=words)
