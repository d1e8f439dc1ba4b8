"""Reviewers' verdicts on a document, grouped by the sentences of the current text.

Reviewers may want different things of one sentence; then only a user can decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from annotator.app.review.locating import VerdictLocator
from annotator.app.session.segmented_text import normalize_words
from annotator.core.verdict import Outcome, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.app.session.segmented_text import SegmentedText
    from annotator.core.annotation import Annotation
    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.collections.sorted_map import SortedMap
    from annotator.core.span import Span
    from annotator.core.verdict import Verdict


class SkipReason(Enum):
    """Reasons why a verdict cannot be accepted together with others."""

    GONE = auto()  # its sentence is gone
    UNNAMED = auto()  # it asks for a change without naming a label
    DISPUTED = auto()  # another verdict wants something else
    CHANGED = auto()  # the sentence or its labels changed since the reviewer saw them


@dataclass(frozen=True, slots=True)
class GroupedVerdict:
    """A verdict and its key; `reason` it needs a decision of its own, or None."""

    key: int
    verdict: Verdict
    reason: SkipReason | None = None

    @property
    def is_open(self) -> bool:
        """True if the verdict is undecided."""
        return self.verdict.outcome is Outcome.OPEN


@dataclass(frozen=True, slots=True)
class VerdictGroup:
    """A sentence with all verdicts on it.

    `place` is None if the sentence is gone; `text` then holds the words that the reviewer saw. `labels` and
    `is_nothing` are its current decision.
    """

    place: Span | None
    text: str
    labels: tuple[str, ...]
    is_nothing: bool
    verdicts: tuple[GroupedVerdict, ...]
    is_disputed: bool = False

    @property
    def has_open(self) -> bool:
        """True if one of the verdicts is undecided."""
        return any(one.is_open for one in self.verdicts)


def find_wanted_labels(verdict: Verdict, had: Iterable[str]) -> frozenset[str] | None:
    """Return the labels that a sentence with labels `had` would get by `verdict`; None if it does not name them."""
    named = frozenset(verdict.labels)
    match verdict.kind:
        case VerdictKind.DROP:
            return frozenset()
        case VerdictKind.AGREE:
            return (frozenset(verdict.labels_seen) or frozenset(had)) | named
        case VerdictKind.ADD:
            return named | frozenset(had) if named else None
        case VerdictKind.CHANGE:
            return named or None


def group_verdicts(state: AnnotationSet, reading: SegmentedText) -> tuple[VerdictGroup, ...]:
    """Group all verdicts by their sentences in the current text, in text order."""
    if not state.verdicts:
        return ()
    places = VerdictLocator(state, reading)
    found: dict[tuple[int, int, str], tuple[Span | None, list[int]]] = {}
    for key, verdict in state.verdicts.items():
        place = places.locate(verdict)
        where = (place.start, 0, "") if place is not None else (verdict.span.start, 1, verdict.text)
        found.setdefault(where, (place, []))[1].append(key)
    return tuple(_make_group(state, reading.text, keys, place=place) for _where, (place, keys) in sorted(found.items()))


class VerdictIndex:
    """An index of the verdicts by sentence, for fast lookups while an article is painted."""

    def __init__(self, verdicts: SortedMap[Verdict]) -> None:
        self.verdicts = verdicts
        self._by_start: dict[int, list[int]] = {}
        self._by_annotation: dict[str, list[int]] = {}
        for key, verdict in verdicts.items():
            self._by_start.setdefault(verdict.span.start, []).append(key)
            if verdict.annotation:
                self._by_annotation.setdefault(verdict.annotation, []).append(key)

    def keys_at(self, span: Span, annotation: Annotation | None, *, text: str) -> list[int]:
        """Return the keys of the verdicts on the sentence at `span` of `text`, which has `annotation`."""
        found = list(self._by_annotation.get(annotation.id, ())) if annotation is not None else []
        for key in self._by_start.get(span.start, ()):
            if key not in found and normalize_words(self._verdict(key).text) == normalize_words(text[slice(*span)]):
                found.append(key)
        return found

    def group_at(self, span: Span, state: AnnotationSet, *, text: str) -> VerdictGroup | None:
        """Return the sentence at `span` with its verdicts, or None if there are none."""
        keys = self.keys_at(span, state.annotations.find(span.start), text=text)
        return _make_group(state, text, keys, place=span) if keys else None

    def has_open(self, keys: Iterable[int]) -> bool:
        """Return whether one of these verdicts is undecided."""
        return any(self._verdict(key).outcome is Outcome.OPEN for key in keys)

    def _verdict(self, key: int) -> Verdict:
        found = self.verdicts.find(key)
        assert found is not None, "the index holds only keys that are there"  # noqa: S101  # for the type
        return found


def _make_group(state: AnnotationSet, text: str, keys: Sequence[int], *, place: Span | None) -> VerdictGroup:
    verdicts = {key: one for key in keys if (one := state.verdicts.find(key)) is not None}
    order = sorted(verdicts, key=lambda key: (verdicts[key].reviewer.casefold(), verdicts[key].answered_at, key))
    annotation = state.annotations.find(place.start) if place is not None else None
    labels = annotation.labels if annotation is not None else ()
    words = text[slice(*place)] if place is not None else verdicts[order[0]].text
    # A refused verdict no longer disputes anything.
    live = [one for one in verdicts.values() if one.outcome is not Outcome.REFUSED]
    has_open = any(one.outcome is Outcome.OPEN for one in live)
    is_disputed = has_open and len({find_wanted_labels(one, labels) for one in live}) > 1
    said = tuple(
        GroupedVerdict(
            key,
            verdicts[key],
            _find_reason(verdicts[key], words, labels, is_gone=place is None, is_disputed=is_disputed),
        )
        for key in order
    )
    is_nothing = place is not None and place.start in state.nothing
    return VerdictGroup(place, words, labels, is_nothing, said, is_disputed=is_disputed)


def _find_reason(
    verdict: Verdict, words: str, labels: tuple[str, ...], *, is_gone: bool, is_disputed: bool
) -> SkipReason | None:
    had, wanted = frozenset(labels), find_wanted_labels(verdict, labels)
    if is_gone:
        return SkipReason.GONE
    if wanted is None:
        return SkipReason.UNNAMED
    if is_disputed:
        return SkipReason.DISPUTED
    # Other labels than the reviewer saw do no harm if the sentence has the wanted ones already.
    is_other = frozenset(verdict.labels_seen) != had and wanted != had
    return SkipReason.CHANGED if is_other or normalize_words(verdict.text) != normalize_words(words) else None
