"""Lookup of a reviewer's words in the current text of a document.

Words are compared in NFC and with runs of white space as one space, since the programs on the way to a reviewer and
back change both. All lookups are indexed: ten thousand answers on one document cost little more than ten.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, TypeVar

from annotator.app.session.segmented_text import normalize_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.app.session.segmented_text import SegmentedText
    from annotator.core.annotation import Annotation
    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.span import Span
    from annotator.core.verdict import Verdict


T = TypeVar("T")


class VerdictLocator:
    """Indexes of the sentences and annotations of a document by their words, each built on first use."""

    def __init__(self, state: AnnotationSet, reading: SegmentedText) -> None:
        self._state = state
        self._reading = reading

    def find_annotation(self, id_: str) -> Annotation | None:
        """Return the annotation with that id, or None."""
        return self._by_id.get(id_)

    def is_orphan(self, id_: str) -> bool:
        """Return whether the annotation with that id is an orphan."""
        return id_ in self._orphans

    def find_annotations(self, words: str) -> tuple[Annotation, ...]:
        """Return the annotations whose sentences are `words`."""
        wanted = normalize_words(words)
        return tuple(self._by_text.get(wanted, ())) if wanted else ()

    def annotation_at(self, span: Span) -> Annotation | None:
        """Return the annotation on the sentence at `span`, or None."""
        return self._state.annotations.find(span.start)

    def find_sentences(self, words: str) -> tuple[Span, ...]:
        """Return the sentences equal to `words`, or if there are none, those that contain them."""
        wanted = normalize_words(words)
        if not wanted:
            return ()
        whole = self._spans_by_text.get(wanted)
        return tuple(whole) if whole else tuple(self._spans[number] for number in self._numbers_with(wanted))

    def locate(self, verdict: Verdict) -> Span | None:
        """Return the sentence that `verdict` is about, or None if it is gone."""
        found = self._by_id.get(verdict.annotation) if verdict.annotation else None
        if found is not None:
            return found.span
        sentence = self._reading.find_sentence_at(verdict.span.start)
        if sentence is not None and normalize_words(self._reading.text[slice(*sentence.span)]) == normalize_words(
            verdict.text
        ):
            return sentence.span
        places = self.find_sentences(verdict.text)
        return places[0] if len(places) == 1 else None

    @cached_property
    def _by_id(self) -> dict[str, Annotation]:
        return {one.id: one for one in self._state.annotations.values()}

    @cached_property
    def _orphans(self) -> frozenset[str]:
        return frozenset(one.id for one in self._state.orphans.values())

    @cached_property
    def _by_text(self) -> dict[str, list[Annotation]]:
        return _group((normalize_words(one.text), one) for one in self._state.annotations.values())

    @cached_property
    def _spans(self) -> list[Span]:
        return [one.span for one in self._reading.all_sentences()]

    @cached_property
    def _texts(self) -> list[str]:
        return [normalize_words(self._reading.text[slice(*span)]) for span in self._spans]

    @cached_property
    def _spans_by_text(self) -> dict[str, list[Span]]:
        return _group(zip(self._texts, self._spans, strict=True))

    @cached_property
    def _joined_text(self) -> tuple[str, list[int]]:
        """The text of all sentences, one a line, and the offset of each."""
        starts = list(accumulate((len(text) + 1 for text in self._texts), initial=0))
        return "\n".join(self._texts), starts

    def _numbers_with(self, wanted: str) -> list[int]:
        text, starts = self._joined_text
        numbers: list[int] = []
        at = text.find(wanted)
        while at >= 0:
            number = bisect_right(starts, at) - 1
            numbers.append(number)
            # Go on in the next sentence: each counts once, and the search stays linear.
            at = text.find(wanted, starts[number + 1])
        return numbers


def _group(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
