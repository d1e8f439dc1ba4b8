"""Reader of a workbook that came back from a reviewer.

Every row in which the reviewer wrote anything becomes an answer or a message, whatever was sorted, moved, deleted or
copied. Copies of a row with equal answers count once; with different answers each is reported and none is taken.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from annotator.core.i18n import _
from annotator.review.excel.answers import (
    LabelNames,
    UnclearAnswerError,
    get_labels_seen,
    has_answer,
    quote_row,
    read_row_addition,
    read_row_answer,
)
from annotator.review.excel.loader import open_workbook
from annotator.review.excel.rows import fold_text
from annotator.review.excel.texts import ADDITIONS, ANNOTATIONS, CODEBOOK, DOCUMENTS, REVIEWER, REVIEWER_KEY
from annotator.review.model.answer import Answer, AnswerProblem, ReturnedFile, ReviewFileError
from annotator.review.model.verdict_terms import VERDICT_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from annotator.core.labels import LabelSet
    from annotator.review.excel.answers import RowAnswer
    from annotator.review.excel.rows import IdentifiedSheet, ReturnedWorkbook, Row


class DocumentNames:
    """The documents of one workbook and their annotators, by every name that they may have there."""

    def __init__(self, books: ReturnedWorkbook) -> None:
        rows = [row.words for sheet in books.find(DOCUMENTS) for row in books.iter_rows(sheet)]
        self._articles = [(words["document"], words.get("owner", "")) for words in rows if words.get("document")]
        self._by_name: dict[str, set[tuple[str, str]]] = {}
        for words in rows:
            for key in ("choice", "document", "title"):
                if words.get("document") and words.get(key):
                    article = (words["document"], words.get("owner", ""))
                    self._by_name.setdefault(fold_text(words[key]), set()).add(article)

    def find_in_row(self, words: Mapping[str, str]) -> tuple[str, str]:
        """Return document and annotator of an annotation's row, by its keys or else by its text; empty if unknown."""
        owner = words["owner"] if "owner" in words else words.get("annotator", "")
        if words.get("file"):
            return words["file"], owner
        found = self.find(words.get("document", "") or words.get("title", ""))
        return (found[0], owner or found[1]) if found is not None else ("", owner)

    def find(self, called: str) -> tuple[str, str] | None:
        """Return document and annotator of the name `called`, or None; an empty name means the only document.

        An unknown name is returned as written, for a caller that knows the folder.
        """
        if not called:
            return self._articles[0] if len(self._articles) == 1 else None
        found = self._by_name.get(fold_text(called), set())
        if len(found) == 1:
            return next(iter(found))
        files = {file for file, _owner in found}
        return (files.pop(), "") if len(files) == 1 else (called, "")


_Key: TypeAlias = tuple[str, str, str]  # an annotation: its document, its annotator, its id

_REVIEWER = frozenset({REVIEWER_KEY, *REVIEWER.values()})
_NEEDED = {ANNOTATIONS: ("id", "text", "verdict", "new", "comment"), ADDITIONS: ("document", "text", "new", "comment")}


def read_xlsx(data: bytes, *, name: str, labels: LabelSet) -> ReturnedFile:
    """Return the answers in the workbook called `name` with the content `data`.

    Raises:
        ReviewFileError: It cannot be read at all, or was not made for reviewers.
    """
    with open_workbook(data, name=name) as books:
        if not books.find(ANNOTATIONS) and not books.find(ADDITIONS):
            template = _(
                "{file} is an Excel workbook, but none that was made for reviewers: it has no sheet of annotations. "
                "Choose the file that the reviewer sent back."
            )
            raise ReviewFileError(template.format(file=name))
        return _WorkbookReader(books, LabelNames(labels, _read_codebook(books))).read()


@dataclass
class _WorkbookReader:
    """One workbook being read."""

    books: ReturnedWorkbook
    labels: LabelNames
    answers: list[Answer] = field(default_factory=list)
    troubles: list[AnswerProblem] = field(default_factory=list)
    seen: set[_Key] = field(default_factory=set)  # all annotations
    answered: set[_Key] = field(default_factory=set)  # those with an answer, understood or not

    def __post_init__(self) -> None:
        self._documents = DocumentNames(self.books)
        self._reviewer = self.books.find_right_of(_REVIEWER) or self.books.saved_by

    def read(self) -> ReturnedFile:
        """Read all sheets and return the result."""
        additions = self.books.find(ADDITIONS)
        if not self.books.find(ANNOTATIONS):
            message = _("There is no sheet of annotations any more; only the additions are read.")
            self.troubles.append(AnswerProblem(additions[0].name, message))
        for sheet in self.books.find(ANNOTATIONS):
            self._report_missing(sheet)
            for row in self.books.iter_rows(sheet):
                self._read(row, self._read_annotation)
        self._merge_repeated()
        for sheet in additions:
            self._report_missing(sheet)
            for row in self.books.iter_rows(sheet):
                self._read(row, self._read_addition)
        return ReturnedFile(tuple(self.answers), tuple(self.troubles), len(self.seen - self.answered))

    def _read(self, row: Row, understand: Callable[[Row], Answer | None]) -> None:
        """Add the answer in a row, or a message on why there is none."""
        self.troubles += [AnswerProblem(row.place, stray) for stray in row.strays]
        try:
            answer = understand(row)
        except UnclearAnswerError as unclear:
            self.troubles.append(AnswerProblem(row.place, str(unclear)))
            return
        if answer is not None:
            self.answers.append(answer)

    def _read_annotation(self, row: Row) -> Answer | None:
        words = row.words
        file, owner = self._documents.find_in_row(words)
        has_one = bool(words.get("id") or words.get("text"))
        key = (file, owner, words.get("id") or row.place)
        if has_one:
            self.seen.add(key)
        if not row.faults and not has_answer(words, self.labels):
            return None
        self.answered.add(key)
        self._refuse_faults(row)
        if not has_one:
            raise UnclearAnswerError(
                _("There is no annotation in this row any more. {all}").format(all=quote_row(words))
            )
        said = read_row_answer(words, self.labels)
        return self._make_answer(row, (file, owner), said, stood=get_labels_seen(words, self.labels))

    def _read_addition(self, row: Row) -> Answer | None:
        words = row.words
        if not row.faults and not any(words.get(key) for key in _NEEDED[ADDITIONS]):
            return None
        self._refuse_faults(row)
        said = read_row_addition(words, self.labels)
        article = self._documents.find(words.get("document", ""))
        if article is None:
            raise UnclearAnswerError(_("No document is chosen beside it. {all}").format(all=quote_row(words)))
        return self._make_answer(row, article, said)

    def _make_answer(
        self, row: Row, article: tuple[str, str], said: RowAnswer, *, stood: tuple[str, ...] = ()
    ) -> Answer:
        return Answer(
            place=row.place,
            file=article[0],
            annotator=article[1],
            id=row.words.get("id", ""),
            text=row.words.get("text", ""),
            kind=said.kind,
            labels=said.labels,
            labels_seen=stood,
            comment=said.comment,
            reviewer=self._reviewer,
            time=self.books.saved,
        )

    def _refuse_faults(self, row: Row) -> None:
        if row.faults:
            raise UnclearAnswerError(" ".join((*row.faults, quote_row(row.words))))

    def _report_missing(self, sheet: IdentifiedSheet) -> None:
        for key in _NEEDED[sheet.plan.key]:
            column = sheet.plan.find(key)
            if column is None or key in sheet.columns:
                continue
            template = _("The column “{column}” is gone from this sheet, and with it whatever stood there.")
            if not column.is_answer:
                template = _("The column “{column}” is gone from this sheet; its rows are found by what else they say.")
            self.troubles.append(AnswerProblem(sheet.name, template.format(column=" / ".join(column.names.values()))))

    def _merge_repeated(self) -> None:
        """Keep one of several answers on one annotation if they are equal, otherwise none, with messages."""
        by_annotation: dict[_Key, list[Answer]] = {}
        for answer in self.answers:
            if answer.id:
                by_annotation.setdefault((answer.file, answer.annotator, answer.id), []).append(answer)
        gone: set[str] = set()
        for several in by_annotation.values():
            if len({replace(answer, place="", text="") for answer in several}) == 1:
                gone.update(answer.place for answer in several[1:])
                continue
            gone.update(answer.place for answer in several)
            places = "; ".join(answer.place for answer in several)
            template = _("This annotation is answered differently in several rows ({places}), so none is taken. {all}")
            self.troubles += [
                AnswerProblem(answer.place, template.format(places=places, all=self._quote_answer(answer)))
                for answer in several
            ]
        self.answers = [answer for answer in self.answers if answer.place not in gone]

    def _quote_answer(self, answer: Answer) -> str:
        words = (
            VERDICT_NAMES["vi"][answer.kind],
            VERDICT_NAMES["en"][answer.kind],
            ", ".join(answer.labels),
            answer.comment,
        )
        return "[" + " | ".join(filter(None, words)) + "]"


def _read_codebook(books: ReturnedWorkbook) -> dict[str, str]:
    """Return the keys of the labels by the names that they had when the workbook was exported."""
    rows = (row.words for sheet in books.find(CODEBOOK) for row in books.iter_rows(sheet))
    return {words["label"]: words["key"] for words in rows if words.get("label") and words.get("key")}
