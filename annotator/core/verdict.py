"""Verdicts of reviewers on sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.core.annotation import Value
    from annotator.core.span import Span


class VerdictKind(StrEnum):
    """Kind of change that a reviewer asks for."""

    AGREE = "agree"  # it is right as it stands
    CHANGE = "change"  # other labels
    DROP = "drop"  # no label at all
    ADD = "add"  # a label where there was none


class Outcome(StrEnum):
    """The annotator's decision on a verdict."""

    OPEN = "open"
    TAKEN = "taken"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A reviewer's answer on an annotation, or on a sentence that had none.

    Attributes:
        span: The span of the sentence in the document.
        text: Its text when the reviewer saw it.
        annotation: The id of the annotation, empty if there was none.
        labels: The labels that the reviewer wants.
        labels_seen: The labels that the reviewer saw.
        answered_at: Time of the answer, ISO 8601 or empty.
        source: Name of the file that the answer came in.
        outcome: The annotator's decision.
        decided_at: Time of the decision, ISO 8601 or empty.
        decided_by: Name of the user who decided.
        extra: Keys of the sidecar that this version of the program does not know.
    """

    id: str
    kind: VerdictKind
    span: Span
    text: str
    annotation: str = ""
    labels: tuple[str, ...] = ()
    labels_seen: tuple[str, ...] = ()
    comment: str = ""
    reviewer: str = ""
    answered_at: str = ""
    source: str = ""
    outcome: Outcome = Outcome.OPEN
    decided_at: str = ""
    decided_by: str = ""
    extra: Mapping[str, Value] = field(default_factory=dict)

    @property
    def content(self) -> tuple[object, ...]:
        """Content without the decision; verdicts with equal content are duplicates."""
        return (self.kind, self.annotation, self.text, self.labels, self.comment, self.reviewer)
