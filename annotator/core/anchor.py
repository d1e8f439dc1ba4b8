"""How decisions find their sentences again in a text. It must not know how texts or decisions are read.

An annotation is looked for at its place, then by its exact words, then by its words together with what stood before and
after. One that is not found, or that would fit two places equally well, becomes an orphan: kept, never attached to a
sentence that only might be meant.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.core.annotation import CONTEXT
from annotator.core.annotationset import AnnotationSet, keyed
from annotator.core.change import BlockMark
from annotator.core.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from annotator.core.annotation import Annotation

QUOTE = 32
"""How many characters of a place without an annotation are kept with it, to find it again."""

_FEW = 200  # places of one quote that are looked at; a quote that stands more often tells nothing


@dataclass(frozen=True, slots=True)
class Anchored:
    """What came of anchoring: the decisions as they hold now, and how many of them are not where they were.

    ``lost`` counts marks (*nothing here*, splits, joins, block kinds) whose place is gone; annotations are never lost.
    """

    state: AnnotationSet
    moved: int = 0
    orphaned: int = 0
    lost: int = 0

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from what was loaded."""
        return bool(self.moved or self.orphaned or self.lost)


def quote_at(text: str, place: int) -> str:
    """The words at ``place``: up to `QUOTE` characters, not beyond the line."""
    words = text[place : place + QUOTE]
    return words.split("\n", 1)[0]


def anchor(state: AnnotationSet, text: str, *, quotes: Mapping[int, str], is_same_text: bool) -> Anchored:
    """Find the sentences of all decisions of ``state`` in ``text``.

    ``quotes`` are the words that stood at the places of marks, as `quote_at` gives them. ``is_same_text`` says that
    ``text`` is the very text that was annotated, so that marks without a quote hold as well.
    """
    if is_same_text and not len(state.orphans) and all(_stands_at(one, text) for one in state.annotations.values()):
        return Anchored(state)
    found, orphans, moved = _anchor_annotations(state, text)
    nothing, joins = list(map(Span._make, state.nothing.items())), list(map(Span._make, state.joins.items()))
    blocks = [(Span(start, mark.end), mark.kind) for start, mark in state.blocks.items()]
    places = [Span(place, place) for place in state.splits]
    seek = _Seeker(text, quotes, is_same_text=is_same_text)
    kept_nothing = _without_overlaps(seek.spans(nothing), found)
    kept_joins = list(seek.spans(joins))
    kept_splits = [span.start for span in seek.spans(places)]
    kept_blocks = [(new.start, BlockMark(new.end, kind)) for old, kind in blocks for new in seek.spans([old])]
    lost = len(nothing) + len(joins) + len(places) + len(blocks)
    lost -= len(kept_nothing) + len(kept_joins) + len(kept_splits) + len(kept_blocks)
    made = AnnotationSet.of(found, nothing=kept_nothing, splits=kept_splits, joins=kept_joins, blocks=kept_blocks)
    made = replace(made, status=state.status, orphans=keyed(orphans), rivals=state.rivals)
    gone = len({orphan.id for orphan in orphans} - {orphan.id for orphan in state.orphans.values()})
    if not (moved or gone or lost or seek.moved):
        made = state
    return Anchored(made, moved=moved + seek.moved, orphaned=gone, lost=lost)


def _anchor_annotations(state: AnnotationSet, text: str) -> tuple[list[Annotation], list[Annotation], int]:
    found: list[Annotation] = []
    taken: list[Span] = []
    astray: list[Annotation] = []
    for annotation in state.annotations.values():
        if _stands_at(annotation, text):
            found.append(annotation)
            taken.append(annotation.span)
        else:
            astray.append(annotation)
    orphans: list[Annotation] = []
    moved = 0
    for annotation in (*astray, *state.orphans.values()):
        span = _find(annotation, text)
        if span is None or _is_taken(span, taken):
            orphans.append(annotation)
            continue
        before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
        found.append(replace(annotation, span=span, before=before, after=after))
        insort(taken, span)
        moved += 1
    return found, orphans, moved


def _without_overlaps(spans: Iterable[Span], found: Sequence[Annotation]) -> list[Span]:
    """Those of ``spans`` that overlap neither an annotation nor each other; a note may stand on the very same span."""
    taken = sorted(annotation.span for annotation in found)
    notes = {annotation.span for annotation in found if not annotation.labels}
    kept: list[Span] = []
    for span in sorted(spans):
        if (span in notes or not _is_taken(span, taken)) and not (kept and kept[-1].is_touching(span)):
            kept.append(span)
    return kept


def _stands_at(annotation: Annotation, text: str) -> bool:
    return text[annotation.span.start : annotation.span.end] == annotation.text


def _find(annotation: Annotation, text: str) -> Span | None:
    """The one place in ``text`` that the annotation means, or None."""
    if not annotation.text.strip():
        return None
    places = [place for place in _places(annotation.text, text) if _is_whole(text, place, len(annotation.text))]
    if len(places) > 1:
        places = [place for place in places if _has_context(annotation, text, place)]
    if len(places) != 1:
        return None
    return Span(places[0], places[0] + len(annotation.text))


def _places(words: str, text: str) -> list[int]:
    """Where ``words`` stand; nowhere, if at more than `_FEW` places, of which one could be taken for another."""
    found: list[int] = []
    at = text.find(words)
    while at >= 0:
        if len(found) == _FEW:
            return []
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _is_whole(text: str, place: int, length: int) -> bool:
    """Whether the stretch cuts no word in two: ``đổi số`` is not meant where ``đổi sống`` stands."""
    end = place + length
    is_cut_before = place > 0 and text[place - 1].isalnum() and text[place].isalnum()
    return not is_cut_before and not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())


def _has_context(annotation: Annotation, text: str, place: int) -> bool:
    end = place + len(annotation.text)
    before = text[max(0, place - len(annotation.before)) : place]
    return before == annotation.before and text[end : end + len(annotation.after)] == annotation.after


def _is_taken(span: Span, taken: Sequence[Span]) -> bool:
    """Whether ``span`` overlaps one of ``taken``, which are in order and do not overlap each other."""
    at = bisect_left(taken, span)
    return any(span.is_touching(other) for other in taken[max(0, at - 1) : at + 1])


class _Seeker:
    """Finds the places of marks by their quotes and counts those that moved."""

    def __init__(self, text: str, quotes: Mapping[int, str], *, is_same_text: bool) -> None:
        self._text = text
        self._quotes = quotes
        self._is_same_text = is_same_text
        self.moved = 0

    def spans(self, spans: Iterable[Span]) -> Iterator[Span]:
        """Where each of ``spans`` is now; those that are gone are left out."""
        for span in spans:
            if self._is_same_text:
                yield span
                continue
            quote = self._quotes.get(span.start, "")
            length = span.end - span.start
            if not quote:
                continue
            if self._fits(span.start, quote, length):
                yield span
                continue
            places = [place for place in _places(quote, self._text) if self._fits(place, quote, length)]
            if len(places) == 1:
                self.moved += 1
                yield Span(places[0], places[0] + length)

    def _fits(self, place: int, quote: str, length: int) -> bool:
        """Whether ``quote`` stands at ``place`` and a stretch of ``length`` from there ends where words end."""
        end = place + length
        if quote_at(self._text, place) != quote or end > len(self._text):
            return False
        return length == 0 or (
            not self._text[end - 1].isspace() and (end == len(self._text) or self._text[end].isspace())
        )
