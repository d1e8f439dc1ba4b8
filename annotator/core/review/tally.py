"""Statistics of reviewers' verdicts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.core.verdict import Outcome, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.core.verdict import Verdict


@dataclass(slots=True)
class LabelTally:
    """Verdicts on sentences with one label.

    Attributes:
        agreed: Annotations whose label was confirmed.
        dropped: Annotations whose label was rejected without another one.
        added: Sentences that did not have the label, but should have.
        changed: Annotations that should have other labels, by those labels joined with `, `.
    """

    agreed: int = 0
    dropped: int = 0
    added: int = 0
    changed: Counter[str] = field(default_factory=Counter)

    @property
    def reviewed(self) -> int:
        """Number of annotations with the label that were reviewed."""
        return self.agreed + self.dropped + self.changed.total()

    @property
    def agreement(self) -> float | None:
        """Share of the reviewed annotations that reviewers agreed with, from 0 to 1; None if there is none."""
        return self.agreed / self.reviewed if self.reviewed else None


@dataclass(slots=True)
class Tally:
    """Verdicts by label, kind and outcome.

    Attributes:
        remarks: Verdicts that ask for a change without naming a label.
    """

    labels: dict[str, LabelTally] = field(default_factory=dict)
    kinds: Counter[VerdictKind] = field(default_factory=Counter)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    remarks: int = 0

    @property
    def total(self) -> int:
        """Number of verdicts."""
        return self.kinds.total()

    def count(self, verdicts: Iterable[Verdict]) -> None:
        """Add `verdicts` to the statistics."""
        for verdict in verdicts:
            self.kinds[verdict.kind] += 1
            self.outcomes[verdict.outcome] += 1
            self.remarks += verdict.kind is VerdictKind.CHANGE and not verdict.labels
            self._count_labels(verdict)

    def _count_labels(self, verdict: Verdict) -> None:
        stood, wanted = set(verdict.labels_seen), set(verdict.labels)
        if verdict.kind is VerdictKind.CHANGE and not wanted:
            return
        kept = stood & wanted if verdict.kind is VerdictKind.CHANGE else stood
        if verdict.kind in {VerdictKind.AGREE, VerdictKind.CHANGE}:
            for label in kept:
                self._label(label).agreed += 1
        if verdict.kind is VerdictKind.DROP:
            for label in stood:
                self._label(label).dropped += 1
        if verdict.kind is VerdictKind.ADD or (verdict.kind is not VerdictKind.DROP and stood <= wanted):
            for label in wanted - stood:
                self._label(label).added += 1
        if verdict.kind is VerdictKind.CHANGE:
            for label in stood - wanted:
                self._label(label).changed[", ".join(sorted(wanted - stood)) or "-"] += 1

    def _label(self, key: str) -> LabelTally:
        return self.labels.setdefault(key, LabelTally())
