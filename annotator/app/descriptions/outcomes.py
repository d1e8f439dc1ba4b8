"""Descriptions of what a key press has just done, for those that took something away or went to several sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.core.annotation import Annotation
from annotator.core.change import Layer
from annotator.core.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.core.change import Step
    from annotator.core.labels import LabelSet


class Outcome(NamedTuple):
    """What a step did to the labels of sentences.

    Attributes:
        before: The labels of each changed sentence before the step.
        after: Its labels after the step, in the same order.
        kept_fields: The number of fields that went with labels and are kept in the history.
    """

    before: tuple[tuple[str, ...], ...]
    after: tuple[tuple[str, ...], ...]
    kept_fields: int

    @classmethod
    def of(cls, step: Step) -> Outcome:
        """Return what `step` did."""
        before: dict[int, tuple[str, ...]] = {}
        after: dict[int, tuple[str, ...]] = {}
        kept = 0
        for change in step.changes:
            if change.layer not in {Layer.ANNOTATION, Layer.NOTHING}:
                continue
            before.setdefault(change.place, ())
            after.setdefault(change.place, ())
            if change.layer is Layer.ANNOTATION:
                old, new = change.before, change.after
                before[change.place] = old.labels if isinstance(old, Annotation) else ()
                after[change.place] = new.labels if isinstance(new, Annotation) else ()
                fields = new.fields if isinstance(new, Annotation) else {}
                kept += sum(key not in fields for key in old.fields) if isinstance(old, Annotation) else 0
        return cls(tuple(before.values()), tuple(after.values()), kept)

    @property
    def is_loss(self) -> bool:
        """True if a sentence lost all its labels, or fields, or one of several labels to a replacement."""
        return bool(self.kept_fields) or any(
            before and (not after or (len(before) > 1 and len(after) == 1 and after != before))
            for before, after in zip(self.before, self.after, strict=True)
        )


class OutcomeDescriber(NamedTuple):
    """A writer of such sentences, for a label set and a language."""

    labels: LabelSet
    language: str

    def describe_replacement(self, outcome: Outcome, *, number: int | None, selected: int) -> str:
        """Describe that sentences were given a label in place of others; "" if there is nothing to tell."""
        if selected > 1:
            label = self._names(outcome.after[0])
            count = len(outcome.after)
            text = ngettext(
                "{count} sentence is tagged as {label}.", "{count} sentences are tagged as {label}.", count
            ).format(count=count, label=label)
        elif outcome.is_loss:
            text = _("Sentence {number}: {before} → {after}.").format(
                number=_number(number), before=self._names(outcome.before[0]), after=self._names(outcome.after[0])
            )
        else:
            return ""
        return _with_kept(text, outcome.kept_fields)

    def describe_switch(self, outcome: Outcome, *, label: str, number: int | None, selected: int) -> str:
        """Describe that `label` was added to sentences, or removed; "" if there is nothing to tell."""
        count = len(outcome.after)
        gained = sum(label in labels for labels in outcome.after)
        if selected > 1:
            text = _choose_switch_text(count, gained=gained).format(count=count, label=self._names((label,)))
        elif gained or not (outcome.kept_fields or not outcome.after[0]):
            return ""
        else:
            text = _("Sentence {number}: {labels} removed.").format(
                number=_number(number), labels=self._names((label,))
            )
        return _with_kept(text, outcome.kept_fields)

    def describe_clearing(self, outcome: Outcome, *, number: int | None, selected: int) -> str:
        """Describe that labels and marks were removed from sentences; "" if there is nothing to tell."""
        count = len(outcome.after)
        if selected > 1:
            text = ngettext(
                "{count} sentence is undecided again.", "{count} sentences are undecided again.", count
            ).format(count=count)
        elif outcome.before[0]:
            text = _("Sentence {number}: {labels} removed.").format(
                number=_number(number), labels=self._names(outcome.before[0])
            )
        else:
            return ""
        return _with_kept(text, outcome.kept_fields)

    def describe_nothing(self, outcome: Outcome, *, selected: int) -> str:
        """Describe that sentences were marked *nothing here*; "" if there is nothing to tell."""
        count = len(outcome.after)
        template = ngettext("{count} sentence is set to no label.", "{count} sentences are set to no label.", count)
        return template.format(count=count) if selected > 1 else ""

    def _names(self, keys: Iterable[str]) -> str:
        return ", ".join(self.labels.get(key).name(self.language) for key in keys)


def _choose_switch_text(count: int, *, gained: int) -> str:
    if gained == count:
        return ngettext("{count} sentence is tagged as {label}.", "{count} sentences are tagged as {label}.", count)
    if gained:
        return ngettext("{count} sentence is changed.", "{count} sentences are changed.", count)
    return ngettext("{label} is removed from {count} sentence.", "{label} is removed from {count} sentences.", count)


def _number(number: int | None) -> str:
    """Return a sentence number as text; sentences of a long article are not numbered until they are counted."""
    return "…" if number is None else str(number)


def _with_kept(text: str, fields: int) -> str:
    """Return `text` with a sentence on the fields that are kept, if there are any."""
    if not fields:
        return text
    kept = ngettext("{count} field is kept aside.", "{count} fields are kept aside.", fields).format(count=fields)
    return f"{text} {kept}"
