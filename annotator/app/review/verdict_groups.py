"""Reviewers' verdicts on a document, grouped by the sentences of the current text.

Reviewers may want different things of one sentence; then only a user can decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from annotator.app.review.locating import Places, same
from annotator.core.verdict import Outcome, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.app.session.segmented_text import Reading
    from annotator.core.annotation import Annotation
    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.collections.sorted_map import SortedMap
    from annotator.core.span import Span
    from annotator.core.verdict import Verdict


class Why(Enum):
    """Reasons why a verdict cannot be accepted together with others."""

    GONE = auto()  # its sentence is gone
    UNNAMED = auto()  # it asks for a change without naming a label
    DISPUTED = auto()  # another verdict wants something else
    CHANGED = auto()  # the sentence or its labels changed since the reviewer saw them


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict and its key; `why` it needs a decision of its own, or None."""

    key: int
    verdict: Verdict
    why: Why | None = None

    @property
    def is_open(self) -> bool:
        """True if the verdict is undecided."""
        return self.verdict.outcome is Outcome.OPEN


@dataclass(frozen=True, slots=True)
class Matter:
    """A sentence with all verdicts on it.

    `place` is None if the sentence is gone; `text` then holds the words that the reviewer saw. `labels` and
    `is_nothing` are its current decision.
    """

    place: Span | None
    text: str
    labels: tuple[str, ...]
    is_nothing: bool
    said: tuple[Said, ...]
    is_disputed: bool = False

    @property
    def has_open(self) -> bool:
        """True if one of the verdicts is undecided."""
        return any(one.is_open for one in self.said)


def wanted_of(verdict: Verdict, had: Iterable[str]) -> frozenset[str] | None:
    """Return the labels that a sentence with labels `had` would get by `verdict`; None if it does not name them."""
    named = frozenset(verdict.labels)
    match verdict.kind:
        case VerdictKind.DROP:
            return frozenset()
        case VerdictKind.AGREE:
            return (frozenset(verdict.stood) or frozenset(had)) | named
        case VerdictKind.ADD:
            return named | frozenset(had) if named else None
        case VerdictKind.CHANGE:
            return named or None


def matters_of(state: AnnotationSet, reading: Reading) -> tuple[Matter, ...]:
    """Group all verdicts by their sentences in the current text, in text order."""
    if not state.verdicts:
        return ()
    places = Places(state, reading)
    found: dict[tuple[int, int, str], tuple[Span | None, list[int]]] = {}
    for key, verdict in state.verdicts.items():
        place = places.place_of(verdict)
        where = (place.start, 0, "") if place is not None else (verdict.span.start, 1, verdict.text)
        found.setdefault(where, (place, []))[1].append(key)
    return tuple(_matter(state, reading.text, keys, place=place) for _where, (place, keys) in sorted(found.items()))


class SaidIndex:
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
            if key not in found and same(self._verdict(key).text) == same(text[slice(*span)]):
                found.append(key)
        return found

    def matter_at(self, span: Span, state: AnnotationSet, *, text: str) -> Matter | None:
        """Return the sentence at `span` with its verdicts, or None if there are none."""
        keys = self.keys_at(span, state.annotations.find(span.start), text=text)
        return _matter(state, text, keys, place=span) if keys else None

    def has_open(self, keys: Iterable[int]) -> bool:
        """Return whether one of these verdicts is undecided."""
        return any(self._verdict(key).outcome is Outcome.OPEN for key in keys)

    def _verdict(self, key: int) -> Verdict:
        found = self.verdicts.find(key)
        assert found is not None, "the index holds only keys that are there"  # noqa: S101  # for the type
        return found


def _matter(state: AnnotationSet, text: str, keys: Sequence[int], *, place: Span | None) -> Matter:
    verdicts = {key: one for key in keys if (one := state.verdicts.find(key)) is not None}
    order = sorted(verdicts, key=lambda key: (verdicts[key].reviewer.casefold(), verdicts[key].said, key))
    annotation = state.annotations.find(place.start) if place is not None else None
    labels = annotation.labels if annotation is not None else ()
    words = text[slice(*place)] if place is not None else verdicts[order[0]].text
    # A refused verdict no longer disputes anything.
    live = [one for one in verdicts.values() if one.outcome is not Outcome.REFUSED]
    has_open = any(one.outcome is Outcome.OPEN for one in live)
    is_disputed = has_open and len({wanted_of(one, labels) for one in live}) > 1
    said = tuple(
        Said(key, verdicts[key], _why(verdicts[key], words, labels, is_gone=place is None, is_disputed=is_disputed))
        for key in order
    )
    is_nothing = place is not None and place.start in state.nothing
    return Matter(place, words, labels, is_nothing, said, is_disputed=is_disputed)


def _why(verdict: Verdict, words: str, labels: tuple[str, ...], *, is_gone: bool, is_disputed: bool) -> Why | None:
    had, wanted = frozenset(labels), wanted_of(verdict, labels)
    if is_gone:
        return Why.GONE
    if wanted is None:
        return Why.UNNAMED
    if is_disputed:
        return Why.DISPUTED
    # Other labels than the reviewer saw do no harm if the sentence has the wanted ones already.
    is_other = frozenset(verdict.stood) != had and wanted != had
    return Why.CHANGED if is_other or same(verdict.text) != same(words) else None
