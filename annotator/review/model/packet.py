"""The content of a file for reviewers, as values.

Articles come one at a time, so that a file of 100,000 rows needs no more memory than one of ten.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.core.document import BlockKind
    from annotator.core.span import Span


class LabelEntry(NamedTuple):
    """A label in the reviewer's language: `name`, `letter` (a letter), `hint`; `colour` is #rrggbb."""

    key: str
    name: str
    letter: str
    hint: str
    colour: str


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One annotation with labels, or a note on a sentence without any.

    `number` is that of the sentence, from 1, or 0. `before` and `after` are the neighbouring sentences in the article,
    empty at its ends. `fields` maps displayed names to displayed values, in the order of the label's fields. `changed`
    is ISO 8601 or empty.
    """

    id: str
    span: Span
    number: int
    labels: tuple[str, ...]
    text: str
    before: str = ""
    after: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    changed: str = ""


class Paragraph(NamedTuple):
    """A block of the article: its kind, and its sentences in order; spans are code points of the article's text."""

    kind: BlockKind
    span: Span
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A document with the decisions of one annotator.

    `file` is its path relative to the folder, with slashes; `annotator` is empty if all share one sidecar. `status` is
    new, in progress or done; `items` are ordered by span.
    """

    file: str
    title: str
    text: str
    sha256: str
    annotator: str
    status: str
    sentences: int
    decided: int
    paragraphs: tuple[Paragraph, ...]
    items: tuple[ReviewItem, ...]


@dataclass(frozen=True, slots=True)
class Packet:
    """Data shared by all articles of one file for reviewers.

    `folder` is the name of the folder, `made` the time in ISO 8601, `language` the reviewer's (`vi` or `en`), `by` the
    sender or empty.
    """

    folder: str
    made: str
    language: str
    labels: tuple[LabelEntry, ...]
    by: str = ""

    def label_name(self, key: str) -> str:
        """Return the name of the label `key`, or the key if the set does not have it."""
        return next((label.name for label in self.labels if label.key == key), key)

    def label_names(self, keys: tuple[str, ...]) -> str:
        """Return the names of labels, joined by commas."""
        return ", ".join(map(self.label_name, keys))
