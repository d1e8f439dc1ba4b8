"""What a reviewer said about one sentence, and what came of it. It must not know in which file it was said."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.core.annotation import Value
    from annotator.core.span import Span


class VerdictKind(StrEnum):
    """What a reviewer wants."""

    AGREE = "agree"  # it is right as it stands
    CHANGE = "change"  # other labels
    DROP = "drop"  # no label at all
    ADD = "add"  # a label where there was none


class Outcome(StrEnum):
    """What the annotator made of it."""

    OPEN = "open"
    TAKEN = "taken"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A reviewer's word on one annotation, or on a sentence that had none.

    ``span`` and ``text`` are the words that it is about, as they stood in the document; ``annotation`` is the id of
    the annotation, empty where there was none. ``labels`` are those that the reviewer wants, ``stood`` those that were
    there when she saw it. ``said`` and ``decided`` are ISO 8601 or empty, ``source`` is the name of the file
    that it came in, ``by`` who decided. ``extra`` holds keys that this version does not know.
    """

    id: str
    kind: VerdictKind
    span: Span
    text: str
    annotation: str = ""
    labels: tuple[str, ...] = ()
    stood: tuple[str, ...] = ()
    comment: str = ""
    reviewer: str = ""
    said: str = ""
    source: str = ""
    outcome: Outcome = Outcome.OPEN
    decided: str = ""
    by: str = ""
    extra: Mapping[str, Value] = field(default_factory=dict)

    @property
    def words(self) -> tuple[object, ...]:
        """What was said, whatever came of it: the same twice is one verdict."""
        return (self.kind, self.annotation, self.text, self.labels, self.comment, self.reviewer)
