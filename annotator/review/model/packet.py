"""What goes out to a reviewer, as values. It must not know in which kind of file it goes, nor where it was kept.

Articles come one at a time, so that a file of a hundred thousand rows needs no more memory than one of ten.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.core.document import BlockKind
    from annotator.core.span import Span


class LabelEntry(NamedTuple):
    """A label in the reviewer's language: ``name``, ``sign`` (a letter), ``hint``; ``colour`` is #rrggbb."""

    key: str
    name: str
    sign: str
    hint: str
    colour: str


@dataclass(frozen=True, slots=True)
class Item:
    """One annotation with labels, or a note on a sentence without any.

    ``before`` and ``after`` are the sentences beside it in the article, empty at its ends. ``fields`` are as they are
    read by a person: the field's name and its value, in the order in which the labels ask for them.
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
    """A block of the article: its kind and its sentences, in order; these are code points of the article's text."""

    kind: BlockKind
    span: Span
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A document with what one annotator decided about it.

    ``file`` is its path below the folder, with slashes; ``annotator`` is empty where there is one sidecar for all.
    ``status`` is new, in progress or done; ``items`` are in order of place.
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
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Packet:
    """What all articles of one file for reviewers share.

    ``folder`` is the name of the folder, ``made`` ISO 8601, ``language`` the reviewer's (``vi`` or ``en``), ``by`` who
    sends it, or empty.
    """

    folder: str
    made: str
    language: str
    labels: tuple[LabelEntry, ...]
    by: str = ""

    def label_name(self, key: str) -> str:
        """What the label is called; its key where the set does not have it."""
        return next((label.name for label in self.labels if label.key == key), key)

    def label_names(self, keys: tuple[str, ...]) -> str:
        """The names of labels, with commas between them."""
        return ", ".join(map(self.label_name, keys))
