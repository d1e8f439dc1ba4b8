"""One annotation. It must not know of other annotations, nor of files."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias, Union

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.core.span import Span

# What may stand in a field, or under a key that this version does not know: the values of YAML's core schema.
Value: TypeAlias = Union[bool, int, float, str, "list[Value]", "dict[str, Value]", None]

CONTEXT = 32
"""How many characters before and after a sentence are kept with it, to find it again."""


class Origin(StrEnum):
    """Where an annotation came from."""

    PERSON = "person"
    SUGGESTION = "suggestion"
    IMPORT = "import"
    REVIEW = "review"


class Status(StrEnum):
    """How far the work on a document has come."""

    NEW = "new"
    IN_PROGRESS = "in progress"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Was:
    """What an annotation was made on, where its sentence was found again by likeness and nobody confirmed it yet.

    ``likeness`` is a share from 0 to 1.
    """

    text: str
    likeness: float
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """The labels on a stretch of text, with its note and fields.

    ``text`` is what stood at ``span`` when it was made, ``before`` and ``after`` up to `CONTEXT` characters around it.
    ``made`` and ``changed`` are ISO 8601 with an offset. ``extra`` holds keys that this version does not know.
    An annotation without labels carries a note only and is no decision. ``was`` is there while a person has yet to say
    whether the changed sentence at ``span`` is the one that was meant.
    """

    id: str
    span: Span
    labels: tuple[str, ...]
    text: str
    before: str = ""
    after: str = ""
    fields: Mapping[str, Value] = field(default_factory=dict)
    note: str = ""
    origin: str = Origin.PERSON
    made: str = ""
    changed: str = ""
    was: Was | None = None
    extra: Mapping[str, Value] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Whether nothing would be lost without it."""
        return not (self.labels or self.note or self.fields or self.extra)
