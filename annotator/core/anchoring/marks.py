"""Anchoring of marks: *nothing here*, splits, joins and block kinds.

A mark has no text of its own but the quote at its offset. It is looked up at its offset, at the offsets to which its
neighbours moved, and where its quote occurs only once; then beside the annotations and marks that started and ended at
the same offsets. Finally, *nothing here* marks are matched in order with free sentences between the same neighbours if
there are as many. A mark that is not found is dropped; one key sets it again.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from unicodedata import normalize

from annotator.core.anchoring.normalization import normalize_text
from annotator.core.collections.sorted_map import SortedMap
from annotator.core.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from annotator.core.anchoring.context import Similarity
    from annotator.core.anchoring.placements import Placements
    from annotator.core.anchoring.target_text import TargetText
    from annotator.core.annotation_set import AnnotationSet


QUOTE = 32
"""Number of characters at the offset of a mark that are stored with it, to find it again."""

_MIN_SIMILARITY = 0.7  # minimum similarity of a quote and the start of a free sentence, from 0 to 1
_MAX_OCCURRENCES = 200  # maximum number of occurrences of a quote that are tried
_MAX_SENTENCES = 20  # maximum number of sentences that a mark may extend over


def quote_at(text: str, place: int) -> str:
    """Return the text at `place`: up to `QUOTE` characters, not beyond the end of the line."""
    words = text[place : place + QUOTE]
    return words.split("\n", 1)[0]


@dataclass
class PlacedMarks:
    """Marks that were found, old spans to new ones.

    `cuts` holds both splits, as empty spans, and joins.
    """

    nothing: dict[Span, Span] = field(default_factory=dict)
    cuts: dict[Span, Span] = field(default_factory=dict)
    blocks: dict[Span, Span] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Number of marks found."""
        return len(self.nothing) + len(self.cuts) + len(self.blocks)

    @property
    def moved(self) -> int:
        """Number of marks found at another offset."""
        return sum(old != new for found in (self.nothing, self.cuts, self.blocks) for old, new in found.items())


class MarkSearch:
    """Search for marks by their `quotes`, keyed by old offsets, and by the placements `known` so far."""

    def __init__(
        self,
        text: str,
        quotes: Mapping[int, str],
        *,
        known: Placements,
        whole: Callable[[], TargetText],
        is_same_text: bool | None,
    ) -> None:
        """Prepare the search; `whole` returns the automatically split text, the same object at each call."""
        self._text = text
        self._quotes = quotes
        self._known = known
        self._whole = whole
        self._is_same_text = is_same_text
        self._shift = 0
        self.found = PlacedMarks()

    def find(self, state: AnnotationSet, *, notes: Iterable[Span]) -> None:
        """Find the marks of `state` by their quotes.

        *Nothing here* gives way to annotations, except for those without labels, whose spans are `notes`.
        """
        found = self.found
        found.cuts = self._find_all(list_cut_spans(state))
        found.blocks = self._find_all(list_block_spans(state))
        self._keep(self._find_all(list_nothing_spans(state)), notes=frozenset(notes))

    def match_in_order(
        self, state: AnnotationSet, new: TargetText, *, lost: Sequence[Span], likeness: Similarity
    ) -> None:
        """Match remaining *nothing here* marks with free sentences of `new`; `lost` are the spans of orphans."""
        gaps: dict[int, list[Span]] = {}
        for span in list_nothing_spans(state):
            if span not in self.found.nothing:
                gaps.setdefault(self._known.get_gap(span), []).append(span)
        # Where an orphan is missing too, the number of free sentences says nothing about which one is which.
        crowded = {self._known.get_gap(span) for span in lost}
        found: dict[Span, Span] = {}
        for gap, spans in gaps.items():
            if gap not in crowded:
                found.update(self._pair(spans, new, likeness=likeness))
        self._keep(found, notes=frozenset())

    def find_beside(self, state: AnnotationSet) -> None:
        """Find the remaining splits, joins and block kinds of `state` by what starts and ends at the same offsets."""
        found = self.found
        for span in list_cut_spans(state):
            if span not in found.cuts and (new := self._find_beside(span)) is not None:
                found.cuts[span] = new
        for span in list_block_spans(state):
            if span not in found.blocks and (new := self._find_block_beside(span)) is not None:
                found.blocks[span] = new

    def _find_all(self, spans: Iterable[Span]) -> dict[Span, Span]:
        self._shift = 0
        places = ((span, self._find(span)) for span in spans)
        return {old: new for old, new in places if new is not None}

    def _keep(self, found: Mapping[Span, Span], *, notes: frozenset[Span]) -> None:
        """Keep the marks that overlap neither an annotation nor each other."""
        kept: list[tuple[Span, Span]] = []
        for old, new in sorted(found.items(), key=lambda item: item[1]):
            if (new in notes or self._known.is_free(new)) and not (kept and kept[-1][1].is_overlapping(new)):
                kept.append((old, new))
        self.found.nothing.update(kept)
        self._known.add_pairs(kept)

    def _find(self, span: Span) -> Span | None:
        """Return the new span of `span` by its quote, or None."""
        quote = self._quotes.get(span.start, "")
        if self._is_same_text or not quote:
            # An unknown text: the marks were made on it if they fit it, or where the annotations around them went.
            return span if self._is_same_text else self._find_fitting(span) if self._is_same_text is None else None
        length = span.end - span.start
        for shift in (0, self._shift, *self._known.get_shifts(span.start)):
            if self._fits(span.start + shift, quote, length):
                self._shift = shift
                return Span(span.start + shift, span.end + shift)
        places = [place for place in self._find_starts(quote) if self._fits(place, quote, length)]
        if len(places) == 1:
            self._shift = places[0] - span.start
            return Span(places[0], places[0] + length)
        return None if places else self._find_respelled(quote, length)

    def _find_fitting(self, span: Span) -> Span | None:
        """Return the place of a mark without a quote where it fits the sentences of the text, or None."""
        new = self._whole()
        for shift in dict.fromkeys((*self._known.get_shifts(span.start), 0)):
            moved = Span(span.start + shift, span.end + shift)
            if moved.start < 0 or moved.end > len(self._text):
                continue
            numbers = new.find_overlapping(moved if not span.is_empty else Span(moved.start, moved.start + 1))
            if not numbers:
                continue
            first, last = new.sentences[numbers.start], new.sentences[numbers.stop - 1]
            if span.is_empty and first.start < moved.start and self._text[moved.start - 1].isspace():
                return moved
            if (first.start, last.end) == moved:
                return moved
        return None

    def _find_beside(self, span: Span) -> Span | None:
        """Return the new span of a cut by what started and ended at its offsets, or None."""
        start = self._known.find_start(span.start)
        if span.is_empty or start is None:
            return None if start is None else Span(start, start)
        end = self._known.find_end(span.end)
        return None if end is None or start >= end else Span(start, end)

    def _find_block_beside(self, span: Span) -> Span | None:
        """Return the new span of a block by what started at its offset, or None."""
        start = self._known.find_start(span.start)
        if start is None or self._text[self._text.rfind("\n", 0, start) + 1 : start].strip():
            return None
        end = self._text.find("\n", start)
        line = self._text[start : end if end >= 0 else None].rstrip()
        return Span(start, start + len(line))

    def _pair(self, spans: Sequence[Span], new: TargetText, *, likeness: Similarity) -> dict[Span, Span]:
        """Match `spans` in order with the free sentences between the same neighbours, if there are as many."""
        window = self._known.find_window(spans[0])
        if window is None:
            return {}
        inside = (new.sentences[number] for number in new.find_overlapping(window))
        free = [span for span in inside if self._known.is_free(span)]
        if len(free) != len(spans):
            return {}
        return {old: now for old, now in zip(spans, free, strict=True) if self._is_alike(old, now, likeness)}

    def _is_alike(self, old: Span, now: Span, likeness: Similarity) -> bool:
        quote, words = normalize_text(self._quotes.get(old.start, "")), normalize_text(self._text[now.start : now.end])
        return bool(quote) and likeness.letters(quote, words[: len(quote)]) >= _MIN_SIMILARITY

    def _fits(self, place: int, quote: str, length: int) -> bool:
        """Return whether `quote` occurs at `place` and a span of `length` from there ends at the end of a word."""
        end = place + length
        if place < 0 or end > len(self._text) or quote_at(self._text, place) != quote:
            return False
        return length == 0 or (
            not self._text[end - 1].isspace() and (end == len(self._text) or self._text[end].isspace())
        )

    def _find_starts(self, quote: str) -> list[int]:
        """Return the offsets of `quote`: at the beginnings of sentences, else anywhere."""
        new = self._whole()
        numbers = new.find_starting_with(normalize_text(quote))
        found = [new.sentences[number].start for number in numbers]
        return found or [span.start for span in new.find_spans(normalize_text(quote))[:_MAX_OCCURRENCES]]

    def _find_respelled(self, quote: str, length: int) -> Span | None:
        """Return the only span of `quote` in another spelling (NFC, NFD, white space, quotation marks), or None."""
        starts = self._find_starts(quote)
        if len(starts) != 1:
            return None
        if not length:
            return Span(starts[0], starts[0])
        new = self._whole()
        first = new.find_overlapping(Span(starts[0], starts[0] + 1)).start
        for last in range(first, min(first + _MAX_SENTENCES, len(new.sentences))):
            end = new.sentences[last].end
            words = self._text[starts[0] : end]
            # The stored length counts code points of the old Unicode form, which may be any of these.
            if length in {len(words), len(normalize("NFC", words)), len(normalize("NFD", words))}:
                return Span(starts[0], end)
        return None


def list_nothing_spans(state: AnnotationSet) -> list[Span]:
    """Return the spans marked *nothing here*, in order."""
    return [Span(*item) for item in state.nothing.items()]


def list_cut_spans(state: AnnotationSet) -> list[Span]:
    """Return the splits, as empty spans, followed by the joins, each in order."""
    return [Span(place, place) for place in state.splits] + [Span(*item) for item in state.joins.items()]


def list_block_spans(state: AnnotationSet) -> list[Span]:
    """Return the spans of the blocks with a kind set by the user, in order."""
    return [Span(start, mark.end) for start, mark in state.blocks.items()]


def drop_invalid_marks(state: AnnotationSet, *, length: int) -> tuple[AnnotationSet, int]:
    """Return `state` without marks that are invalid in a text of `length` code points, and how many were removed.

    Invalid are *nothing here*, splits, joins and block kinds beyond the end of the text, and joins that overlap an
    earlier join or a decision on another span: the span of a decision determines the sentence.
    """
    nothing = [item for item in state.nothing.items() if item[1] <= length]
    splits = [item for item in state.splits.items() if item[1] <= length]
    blocks = [item for item in state.blocks.items() if item[1].end <= length]
    decided = [*(one.span for one in state.annotations.values()), *(Span(*item) for item in nothing)]
    joins = _drop_overlapping((Span(*item) for item in state.joins.items() if item[1] <= length), decided)
    lost = len(state.nothing) + len(state.splits) + len(state.blocks) + len(state.joins)
    lost -= len(nothing) + len(splits) + len(blocks) + len(joins)
    if not lost:
        return state, 0
    kept = replace(
        state,
        nothing=SortedMap(nothing),
        splits=SortedMap(splits),
        blocks=SortedMap(blocks),
        joins=SortedMap(joins),
    )
    return kept, lost


def _drop_overlapping(joins: Iterable[Span], decided: Iterable[Span]) -> list[Span]:
    """Return the `joins`, which are in order, that overlap neither an earlier one nor a decision on another span."""
    kept: list[Span] = []
    fixed: list[Span] | None = None
    for span in joins:
        # Sorted only if there is a join at all: most documents have none.
        if fixed is None:
            fixed = sorted(decided)
        first = max(0, bisect_left(fixed, span) - 1)
        near = fixed[first : bisect_left(fixed, Span(span.end, 0), lo=first)]
        is_crossed = any(one.is_overlapping(span) and one != span for one in near)
        if not is_crossed and not (kept and kept[-1].is_overlapping(span)):
            kept.append(span)
    return kept
