"""One annotation: the labels, note and fields of a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias, Union

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.core.span import Span

# Value of a field or of an unknown key: the types of YAML's core schema.
Value: TypeAlias = Union[bool, int, float, str, "list[Value]", "dict[str, Value]", None]

CONTEXT = 32
"""Number of characters before and after a sentence that are stored with it, to find it again."""


class Origin(StrEnum):
    """Source of an annotation."""

    PERSON = "person"
    SUGGESTION = "suggestion"
    IMPORT = "import"
    REVIEW = "review"


class Status(StrEnum):
    """Progress of the work on a document."""

    NEW = "new"
    IN_PROGRESS = "in progress"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class PreviousVersion:
    """Previous version of the sentence of an annotation that was found by similarity and is not confirmed yet.

    `likeness` is the similarity of the two versions, from 0 to 1.
    """

    text: str
    likeness: float
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """Labels, note and fields of a span of text.

    An annotation without labels only carries a note and does not count as a decision.

    Attributes:
        text: The text at `span` when the annotation was last written.
        before: Up to `CONTEXT` characters before the span.
        after: Up to `CONTEXT` characters after the span.
        made: Time of creation, ISO 8601 with an offset.
        changed: Time of the last change, ISO 8601 with an offset.
        previous: The old version of the sentence, until the user confirms that the changed one is the same sentence.
        extra: Keys of the sidecar that this version of the program does not know; they are written back.
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
    previous: PreviousVersion | None = None
    extra: Mapping[str, Value] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """True if the annotation carries no information and can be dropped."""
        return not (self.labels or self.note or self.fields or self.extra)
