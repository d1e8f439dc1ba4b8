"""How marks (*nothing here*, splits, joins, kinds of blocks) find their places again. It must not know annotations.

A mark has no words of its own but those at its place. It is looked for at its place, as far from it as its neighbours
moved, and where its words stand alone; then it goes where the annotations and marks went that began and ended where it
did; at last, as many *nothing here* as there are free sentences between two neighbours keep their order. A mark that is
not found is lost: it says little, and is set again with a key.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from unicodedata import normalize

from annotator.core.anchoring.normalization import plain
from annotator.core.collections.sorted_map import SortedMap
from annotator.core.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from annotator.core.anchoring.context import Likeness
    from annotator.core.anchoring.placements import Known
    from annotator.core.anchoring.target_text import NewText
    from annotator.core.annotation_set import AnnotationSet


QUOTE = 32
"""How many characters of a place without an annotation are kept with it, to find it again."""

_LIKE = 0.7  # of the letters of its first words that a sentence must share to be one marked *nothing here*
_FEW = 200  # places of one quote that are looked at
_REACH = 20  # sentences that a mark may reach over


def quote_at(text: str, place: int) -> str:
    """The words at ``place``: up to `QUOTE` characters, not beyond the line."""
    words = text[place : place + QUOTE]
    return words.split("\n", 1)[0]


@dataclass
class Marks:
    """The marks of one annotation set, old places to new ones, as far as they are found.

    ``cuts`` are splits, as empty spans, and joins.
    """

    nothing: dict[Span, Span] = field(default_factory=dict)
    cuts: dict[Span, Span] = field(default_factory=dict)
    blocks: dict[Span, Span] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many are found."""
        return len(self.nothing) + len(self.cuts) + len(self.blocks)

    @property
    def moved(self) -> int:
        """How many of them are not where they were."""
        return sum(old != new for found in (self.nothing, self.cuts, self.blocks) for old, new in found.items())


class MarkSearch:
    """Finds the marks of ``sought`` (old places) in ``text``, by ``quotes`` and by what is ``known`` of others."""

    def __init__(
        self, text: str, quotes: Mapping[int, str], *, known: Known, whole: Callable[[], NewText], is_same_text: bool
    ) -> None:
        """``whole`` gives the text as the rules cut it, always the same one."""
        self._text = text
        self._quotes = quotes
        self._known = known
        self._whole = whole
        self._is_same_text = is_same_text
        self._shift = 0
        self.found = Marks()

    def find(self, state: AnnotationSet, *, notes: Iterable[Span]) -> None:
        """Find the marks of ``state`` by their own words.

        *Nothing here* gives way to annotations, but for those without labels, which are at ``notes``.
        """
        found = self.found
        found.cuts = self._found(cuts_of(state))
        found.blocks = self._found(blocks_of(state))
        self._hold(self._found(nothing_of(state)), notes=frozenset(notes))

    def fill(self, state: AnnotationSet, new: NewText, *, lost: Sequence[Span], likeness: Likeness) -> None:
        """Find what is left of *nothing here* among the free sentences of ``new``; ``lost`` are places of orphans."""
        gaps: dict[int, list[Span]] = {}
        for span in nothing_of(state):
            if span not in self.found.nothing:
                gaps.setdefault(self._known.gap(span), []).append(span)
        crowded = {self._known.gap(span) for span in lost}
        found: dict[Span, Span] = {}
        for gap, spans in gaps.items():
            if gap not in crowded:
                found.update(self._paired(spans, new, likeness=likeness))
        self._hold(found, notes=frozenset())

    def follow(self, state: AnnotationSet) -> None:
        """Find what is left of splits, joins and kinds of blocks of ``state`` by what begins and ends where they do."""
        found = self.found
        for span in cuts_of(state):
            if span not in found.cuts and (new := self._beside(span)) is not None:
                found.cuts[span] = new
        for span in blocks_of(state):
            if span not in found.blocks and (new := self._block_beside(span)) is not None:
                found.blocks[span] = new

    def _found(self, spans: Iterable[Span]) -> dict[Span, Span]:
        self._shift = 0
        places = ((span, self._find(span)) for span in spans)
        return {old: new for old, new in places if new is not None}

    def _hold(self, found: Mapping[Span, Span], *, notes: frozenset[Span]) -> None:
        """Keep those that overlap neither an annotation nor each other."""
        kept: list[tuple[Span, Span]] = []
        for old, new in sorted(found.items(), key=lambda item: item[1]):
            if (new in notes or self._known.is_free(new)) and not (kept and kept[-1][1].is_touching(new)):
                kept.append((old, new))
        self.found.nothing.update(kept)
        self._known.note_all(kept)

    def _find(self, span: Span) -> Span | None:
        """Where ``span`` is now by its own words, or None."""
        quote = self._quotes.get(span.start, "")
        if self._is_same_text or not quote:
            return span if self._is_same_text else None
        length = span.end - span.start
        for shift in (0, self._shift, *self._known.shifts(span.start)):
            if self._fits(span.start + shift, quote, length):
                self._shift = shift
                return Span(span.start + shift, span.end + shift)
        places = [place for place in self._heads(quote) if self._fits(place, quote, length)]
        if len(places) == 1:
            self._shift = places[0] - span.start
            return Span(places[0], places[0] + length)
        return None if places else self._rewritten(quote, length)

    def _beside(self, span: Span) -> Span | None:
        """Where a cut is now by what began and ended where it did, or None."""
        start = self._known.find_start(span.start)
        if span.is_empty or start is None:
            return None if start is None else Span(start, start)
        end = self._known.find_end(span.end)
        return None if end is None or start >= end else Span(start, end)

    def _block_beside(self, span: Span) -> Span | None:
        """Where a block is now by what began where it did, or None."""
        start = self._known.find_start(span.start)
        if start is None or self._text[self._text.rfind("\n", 0, start) + 1 : start].strip():
            return None
        end = self._text.find("\n", start)
        line = self._text[start : end if end >= 0 else None].rstrip()
        return Span(start, start + len(line))

    def _paired(self, spans: Sequence[Span], new: NewText, *, likeness: Likeness) -> dict[Span, Span]:
        """``spans`` in their order, with the free sentences between the same neighbours, if these are as many."""
        window = self._known.window(spans[0])
        if window is None:
            return {}
        inside = (new.sentences[number] for number in new.numbers(window))
        free = [span for span in inside if self._known.is_free(span)]
        if len(free) != len(spans):
            return {}
        return {old: now for old, now in zip(spans, free, strict=True) if self._is_alike(old, now, likeness)}

    def _is_alike(self, old: Span, now: Span, likeness: Likeness) -> bool:
        quote, words = plain(self._quotes.get(old.start, "")), plain(self._text[now.start : now.end])
        return bool(quote) and likeness.letters(quote, words[: len(quote)]) >= _LIKE

    def _fits(self, place: int, quote: str, length: int) -> bool:
        """Whether ``quote`` stands at ``place`` and a stretch of ``length`` from there ends where words end."""
        end = place + length
        if place < 0 or end > len(self._text) or quote_at(self._text, place) != quote:
            return False
        return length == 0 or (
            not self._text[end - 1].isspace() and (end == len(self._text) or self._text[end].isspace())
        )

    def _heads(self, quote: str) -> list[int]:
        """Where the words of ``quote`` stand: at the beginnings of sentences, else anywhere."""
        new = self._whole()
        numbers = new.beginning(plain(quote))
        found = [new.sentences[number].start for number in numbers]
        return found or [span.start for span in new.places(plain(quote))[:_FEW]]

    def _rewritten(self, quote: str, length: int) -> Span | None:
        """The one place of the same words in another writing (NFC, NFD, white space, quotation marks), or None."""
        starts = self._heads(quote)
        if len(starts) != 1:
            return None
        if not length:
            return Span(starts[0], starts[0])
        new = self._whole()
        first = new.numbers(Span(starts[0], starts[0] + 1)).start
        for last in range(first, min(first + _REACH, len(new.sentences))):
            end = new.sentences[last].end
            words = self._text[starts[0] : end]
            if length in {len(words), len(normalize("NFC", words)), len(normalize("NFD", words))}:
                return Span(starts[0], end)
        return None


def nothing_of(state: AnnotationSet) -> list[Span]:
    """Where the sentences marked *nothing here* are, in order."""
    return [Span(*item) for item in state.nothing.items()]


def cuts_of(state: AnnotationSet) -> list[Span]:
    """Where the splits are, as empty spans, then the joins, each in order."""
    return [Span(place, place) for place in state.splits] + [Span(*item) for item in state.joins.items()]


def blocks_of(state: AnnotationSet) -> list[Span]:
    """Where the blocks are to which a person gave a kind, in order."""
    return [Span(start, mark.end) for start, mark in state.blocks.items()]


def without_strays(state: AnnotationSet, *, length: int) -> tuple[AnnotationSet, int]:
    """``state`` without the marks that cannot hold in a text of that length, and how many these were.

    They are *nothing here*, splits, joins and block kinds that reach beyond its end, and joins that share text with
    an earlier one, or with a decision about another stretch: what was decided says what the sentence is.
    """
    nothing = [item for item in state.nothing.items() if item[1] <= length]
    splits = [item for item in state.splits.items() if item[1] <= length]
    blocks = [item for item in state.blocks.items() if item[1].end <= length]
    decided = [*(one.span for one in state.annotations.values()), *(Span(*item) for item in nothing)]
    joins = _apart((Span(*item) for item in state.joins.items() if item[1] <= length), decided)
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


def _apart(joins: Iterable[Span], decided: Iterable[Span]) -> list[Span]:
    """Those of ``joins``, which are in order, that share no text with one before nor with a decision elsewhere."""
    kept: list[Span] = []
    fixed: list[Span] | None = None
    for span in joins:
        if fixed is None:
            fixed = sorted(decided)
        first = max(0, bisect_left(fixed, span) - 1)
        near = fixed[first : bisect_left(fixed, Span(span.end, 0), lo=first)]
        is_crossed = any(one.is_touching(span) and one != span for one in near)
        if not is_crossed and not (kept and kept[-1].is_touching(span)):
            kept.append(span)
    return kept
