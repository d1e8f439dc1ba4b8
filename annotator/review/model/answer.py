"""The answers in a file from a reviewer, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from annotator.core.verdict import VerdictKind


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a reviewer, at one place of a file.

    `place` is where in the file, in the reviewer's terms (`Annotations, row 12`). `file` is the document's path
    relative to the folder, `annotator` the owner of the annotation, `id` that of the annotation, empty for an addition;
    `text` the words it is about. `labels` are those wanted for a change or an addition, as keys where known and as
    written otherwise; `labels_seen` those that the reviewer saw. `time` is ISO 8601 or empty.
    """

    place: str
    file: str
    annotator: str
    id: str
    text: str
    kind: VerdictKind
    labels: tuple[str, ...] = ()
    labels_seen: tuple[str, ...] = ()
    comment: str = ""
    reviewer: str = ""
    time: str = ""


class AnswerProblem(NamedTuple):
    """A place in a file that cannot be understood, and a sentence on what is wrong there and what to do."""

    place: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """The content of a file that came back: answers in its order, and what could not be understood.

    `unanswered` counts annotations without a verdict or remark; they are in neither list.
    """

    answers: tuple[Answer, ...]
    troubles: tuple[AnswerProblem, ...] = ()
    unanswered: int = 0


class ReviewFileError(Exception):
    """A file that came back cannot be read at all; the message is the sentence that the user reads."""
