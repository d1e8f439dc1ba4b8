"""What reviewers changed, counted. It must not know documents."""

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
    """What was said about sentences that had one label; ``added`` counts those that a reviewer wanted to have it.

    ``changed`` counts by the labels wanted instead, joined by a comma.
    """

    agreed: int = 0
    dropped: int = 0
    added: int = 0
    changed: Counter[str] = field(default_factory=Counter)

    @property
    def judged(self) -> int:
        """How many annotations with the label were judged."""
        return self.agreed + self.dropped + self.changed.total()

    @property
    def share(self) -> float | None:
        """The share of those judged that reviewers agreed with, from 0 to 1; None where none was judged."""
        return self.agreed / self.judged if self.judged else None


@dataclass(slots=True)
class Tally:
    """What was said, by label and by what came of it; ``remarks`` ask for a change without naming a label."""

    labels: dict[str, LabelTally] = field(default_factory=dict)
    kinds: Counter[VerdictKind] = field(default_factory=Counter)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    remarks: int = 0

    @property
    def total(self) -> int:
        """How many verdicts there are."""
        return self.kinds.total()

    def count(self, verdicts: Iterable[Verdict]) -> None:
        """Count ``verdicts`` as well."""
        for verdict in verdicts:
            self.kinds[verdict.kind] += 1
            self.outcomes[verdict.outcome] += 1
            self.remarks += verdict.kind is VerdictKind.CHANGE and not verdict.labels
            self._count_labels(verdict)

    def _count_labels(self, verdict: Verdict) -> None:
        stood, wanted = set(verdict.stood), set(verdict.labels)
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
