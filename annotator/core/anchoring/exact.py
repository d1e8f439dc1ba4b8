"""Exact anchoring: find annotations by their unchanged text.

Each annotation is looked up at its offset and where the one before it leads; the remaining ones, among all sentences
of the text. Text that occurs several times is told apart by its context. Text that occurs once is accepted if an old
neighbour is near, but not if the old neighbours stand side by side: then the sentence was removed, and the one found is
another one with the same text. If similarity can be measured, doubtful spans are left to fuzzy anchoring, as the
sentence itself may stand at its offset with a typing error in it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.core.anchoring.context import (
    count_unchanged_sides,
    has_context,
    is_near_context,
    is_other_occurrence,
    is_removed,
    is_whole_sentence,
    measure_evidence,
)
from annotator.core.anchoring.normalization import normalize_text
from annotator.core.anchoring.target_text import is_at_word_boundaries
from annotator.core.annotation import CONTEXT
from annotator.core.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.core.anchoring.context import Similarity
    from annotator.core.anchoring.placements import Placements
    from annotator.core.anchoring.target_text import TargetText
    from annotator.core.annotation import Annotation

_NEAR = 4_000  # code points after the last match in which the next one is searched
_LONG = 24  # characters; a longer text hardly occurs twice
_MIN_EVIDENCE = 0.4  # minimum evidence, from 0 to 1, of a context that differs slightly
_MIN_LEAD = 0.2  # minimum lead in evidence over all other spans


def place_at(annotation: Annotation, text: str, span: Span) -> Annotation:
    """Return `annotation` at `span`, with the text and context there."""
    before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
    return replace(annotation, span=span, text=text[span.start : span.end], before=before, after=after)


def is_unmoved(annotation: Annotation, text: str) -> bool:
    """Return whether the annotation's text stands at its offset."""
    return text.startswith(annotation.text, annotation.span.start)


def place_in_order(
    annotations: Iterable[Annotation], text: str, *, known: Placements, is_same_text: bool
) -> tuple[list[Annotation], list[Annotation], list[Annotation]]:
    """Split `annotations`, which are in order, into those at their offsets, those that moved, and the rest."""
    standing: list[Annotation] = []
    moved: list[Annotation] = []
    astray: list[Annotation] = []
    shift = reach = 0
    for one in annotations:
        place = one.span
        is_standing = is_unmoved(one, text) and known.is_free(place)
        if is_standing and (is_same_text or not has_context(one) or count_unchanged_sides(one, text, place)):
            standing.append(one)
        else:
            place = _find_near(one, text, shift=shift, reach=reach)
            if place.is_empty or not known.is_free(place):
                astray.append(one)
                continue
            moved.append(place_at(one, text, place))
        known.add(one, place)
        shift, reach = place.start - one.span.start, place.end
    return standing, moved, astray


def _find_near(one: Annotation, text: str, *, shift: int, reach: int) -> Span:
    """Return the span of the annotation shortly after `reach`, if enough of its context agrees, else an empty span."""
    words, length = one.text, len(one.text)
    at = one.span.start + shift
    if not words.strip():
        return Span(0, 0)
    if at < 0 or not text.startswith(words, at):
        at = text.find(words, reach, reach + length + _NEAR)
    if at < 0:
        return Span(0, 0)
    span = Span(at, at + length)
    needed = 1 if length >= _LONG else 2
    return (
        span if is_at_word_boundaries(text, span) and count_unchanged_sides(one, text, span) >= needed else Span(0, 0)
    )


class ExactSearch:
    """Search for annotations by their text among all sentences of a text."""

    def __init__(self, new: TargetText, *, known: Placements, likeness: Similarity | None) -> None:
        self._new = new
        self._known = known
        self._similarity = likeness

    def find(
        self, unplaced: Sequence[Annotation], *, is_ordered: bool
    ) -> tuple[list[tuple[Annotation, Span]], list[Annotation]]:
        """Return those of `unplaced` that were found, with their spans, and the others; place the most certain first.

        `is_ordered` says that their old offsets are those of the previous version of the text.
        """
        hits = [(one, self._new.find_spans(normalize_text(one.text))) for one in unplaced]
        left = [
            (one, [(count_unchanged_sides(one, self._new.text, span), span) for span in spans]) for one, spans in hits
        ]
        found: list[tuple[Annotation, Span]] = []
        # Each placement narrows the choice for the rest, so the most certain come first: both sides, one, none.
        for needed in (2, 1, 0):
            still: list[tuple[Annotation, list[tuple[int, Span]]]] = []
            for one, ranked in left:
                span = self._choose(one, ranked, needed=needed)
                if span is None or not self._known.is_free(span):
                    still.append((one, ranked))
                else:
                    self._known.add(one, span, is_ordered=is_ordered)
                    found.append((one, span))
            left = still
        return found, [one for one, _ranked in left]

    def _choose(self, one: Annotation, ranked: list[tuple[int, Span]], *, needed: int) -> Span | None:
        """Return the only span of `ranked` with `needed` sides of the context unchanged, if none has more."""
        if max((count for count, _span in ranked), default=-1) != needed:
            return None
        best = [span for count, span in ranked if count == needed]
        if needed == 0:
            return self._choose_by_evidence(one, best)
        is_sure = needed == 2 or len(one.text) >= _LONG or is_whole_sentence(self._new, best[0])
        return best[0] if len(best) == 1 and is_sure else None

    def _choose_by_evidence(self, one: Annotation, spans: list[Span]) -> Span | None:
        """Return the span that is meant although the context has changed on both sides of each of `spans`, or None."""
        if len(spans) == 1 and (spans[0] == one.span or not has_context(one)):
            return spans[0]
        if self._similarity is None:
            return spans[0] if len(spans) == 1 and is_trusted(one, self._new, spans[0], known=self._known) else None
        weights = sorted(
            ((measure_evidence(one, self._new, span, likeness=self._similarity).weight, span) for span in spans),
            reverse=True,
        )
        second = weights[1][0] if len(weights) > 1 else 0.0
        return weights[0][1] if weights[0][0] >= max(_MIN_EVIDENCE, second + _MIN_LEAD) else None


def is_trusted(one: Annotation, new: TargetText, span: Span, *, known: Placements) -> bool:
    """Return whether the only sentence with this text is the annotation's, although its context has changed."""
    return (
        is_whole_sentence(new, span)
        and is_near_context(one, new, span)
        and not is_removed(one, new)
        and not is_other_occurrence(one, new, span, known=known)
    )
