"""What came back from a reviewer, as values. It must not know in which kind of file, nor what stands now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from annotator.core.verdict import VerdictKind


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reviewer said at one place of a file.

    ``place`` is where it stands there, as she would say it (``Annotations, row 12``). ``file`` is the document's path
    below the folder, ``annotator`` whose annotation it is, ``id`` that of the annotation, empty for an addition;
    ``text`` are the words that it is about. ``labels`` are keys where the words are known as a label, else as written:
    those wanted for a change or an addition; ``stood`` are those that she saw. ``said`` is ISO 8601 or empty.
    """

    place: str
    file: str
    annotator: str
    id: str
    text: str
    kind: VerdictKind
    labels: tuple[str, ...] = ()
    stood: tuple[str, ...] = ()
    comment: str = ""
    reviewer: str = ""
    said: str = ""


class Trouble(NamedTuple):
    """A place in a file at which something cannot be understood, and the sentence that says what and what to do."""

    place: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Returned:
    """All that a file says: answers in its order, and what could not be understood. Rows without a verdict are neither.

    ``unanswered`` counts annotations on which nothing was said.
    """

    answers: tuple[Answer, ...]
    troubles: tuple[Trouble, ...] = ()
    unanswered: int = 0


class ReviewFileError(Exception):
    """A file that came back cannot be read at all; its text is the sentence that the person reads."""
