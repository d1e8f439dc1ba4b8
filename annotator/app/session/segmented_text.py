"""A text with its sentences, segmented block by block on demand.

The automatic sentences of a block are found once; what the user fixed (splits, joins, saved annotations) is laid over
them. Opening an article thus costs one pass over its lines, however long it is; the counts are complete when
`count_more` has gone through all blocks.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from annotator.core.change import Layer
from annotator.core.collections.prefix_sums import PrefixSums
from annotator.core.sentence import Sentence, cut, overlay
from annotator.segment.block_kinds import BlockClassifier
from annotator.segment.blocks import find_blocks
from annotator.segment.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.change import Change
    from annotator.core.document import BlockKind
    from annotator.core.span import Span
    from annotator.segment.language import Language

_ENDLESS = 1 << 62  # beyond any offset or number of blocks

# Slots that affect neither the boundaries of sentences nor their decisions.
_UNRELATED_SLOTS = frozenset({Layer.STATUS, Layer.ORPHAN, Layer.CONFLICT, Layer.VERDICT})


class SegmentedText:
    """The blocks and sentences of a text under an annotation set, which `update_state` replaces."""

    def __init__(self, text: str, language: Language, state: AnnotationSet) -> None:
        """Find the blocks of `text`; sentences are found on demand."""
        self.text = text
        self.blocks: tuple[Span, ...] = find_blocks(text)
        self._language = language
        self._state = state
        self._kinds = BlockClassifier(text, self.blocks, language)
        self._automatic: dict[int, tuple[Span, ...]] = {}
        self._sentences: dict[int, tuple[Sentence, ...]] = {}
        self._sizes = PrefixSums([0] * len(self.blocks))
        self._left = PrefixSums([0] * len(self.blocks))
        self._counted = 0

    # What stands where

    def block_kind(self, block: int) -> BlockKind:
        """Return the kind of a block: the user's if given, else the detected one."""
        mark = self._state.blocks.find(self.blocks[block].start)
        return mark.kind if mark else self._kinds.kind(block)

    def block_at(self, offset: int) -> int:
        """Return the number of the block at `offset`, or of the nearest one before it (0 if there is none)."""
        return max(0, bisect_right(self.blocks, (offset, _ENDLESS)) - 1)

    def automatic_spans(self, block: int) -> tuple[Span, ...]:
        """Return the sentences that the rules find in a block."""
        found = self._automatic.get(block)
        if found is None:
            found = self._automatic[block] = split_sentences(self.text, self.blocks[block], self._language)
        return found

    def sentences_touching(self, block: int) -> tuple[Sentence, ...]:
        """Return the sentences that overlap a block, in order; the first may start in an earlier block."""
        shown = self._sentences.get(block)
        if shown is None:
            shown = self._sentences[block] = self._segment(block)
        return shown

    def sentences_starting(self, block: int) -> tuple[Sentence, ...]:
        """Return the sentences that start in a block, in order."""
        shown = self.sentences_touching(block)
        # Only the first one can have started in an earlier block.
        return shown if not shown or shown[0].block == block else shown[1:]

    def all_sentences(self) -> Iterator[Sentence]:
        """Yield every sentence, in order."""
        for block in range(len(self.blocks)):
            yield from self.sentences_starting(block)

    def find_sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence at `offset`, else the nearest one before it, else the first; None if there is none."""
        if not self.blocks:
            return None
        block = self.block_at(offset)
        shown = self.sentences_touching(block)
        at = bisect_right(shown, offset, key=_start) - 1
        if at >= 0:
            return shown[at]
        return self.find_previous(block, offset + 1) or self.find_next(block, offset)

    def find_first(self, *, is_skipping_headings: bool) -> Sentence | None:
        """Return the first sentence, not of a heading or caption if these are skipped and there is any other."""
        first = found = self.find_next(0, -1)
        while is_skipping_headings and found is not None and not found.kind.is_decidable:
            found = self.find_next(found.block, found.span.start)
        return found or first

    def find_next(self, block: int, offset: int) -> Sentence | None:
        """Return the first sentence that starts after `offset`, searching from `block` on."""
        for number in range(block, len(self.blocks)):
            found = self.sentences_starting(number)
            at = bisect_right(found, offset, key=_start)
            if at < len(found):
                return found[at]
        return None

    def find_previous(self, block: int, offset: int) -> Sentence | None:
        """Return the last sentence that starts before `offset`, searching backwards from `block`."""
        for number in range(min(block, len(self.blocks) - 1), -1, -1):
            found = self.sentences_starting(number)
            at = bisect_left(found, offset, key=_start)
            if at > 0:
                return found[at - 1]
        return None

    def sentences_between(self, first: Sentence, last: Sentence) -> tuple[Sentence, ...]:
        """Return all sentences from `first` to `last` inclusive; either may come first in the text."""
        low, high = sorted((first, last))
        found: list[Sentence] = []
        for block in range(low.block, high.block + 1):
            found += [
                one for one in self.sentences_starting(block) if low.span.start <= one.span.start <= high.span.start
            ]
        return tuple(found)

    def is_undecided(self, sentence: Sentence) -> bool:
        """Return whether the sentence asks for a decision and has none."""
        return sentence.kind.is_decidable and not self._state.is_decided(sentence.span)

    # Counts

    @property
    def is_counted(self) -> bool:
        """True if all blocks have been counted, so that the counts below are complete."""
        return self._counted >= len(self.blocks)

    @property
    def sentence_count(self) -> int:
        """The number of sentences in the blocks counted so far."""
        return int(self._sizes.total)

    @property
    def undecided_count(self) -> int:
        """The number of sentences in the blocks counted so far that ask for a decision and have none."""
        return int(self._left.total)

    def count_more(self, blocks: int = _ENDLESS) -> bool:
        """Count up to `blocks` further blocks; return whether all are counted."""
        until = min(len(self.blocks), self._counted + blocks)
        for block in range(self._counted, until):
            self._count(block)
        self._counted = until
        return self.is_counted

    def number_of(self, sentence: Sentence) -> int | None:
        """Return the number of the sentence in the article, from 1; None while the blocks before it are not counted."""
        if sentence.block >= self._counted:
            return None
        place = bisect_left(self.sentences_starting(sentence.block), sentence.span.start, key=_start)
        return int(self._sizes.sum_before(sentence.block)) + place + 1

    def find_undecided(self, block: int, offset: int, *, step: int = 1) -> Sentence | None:
        """Return the nearest undecided sentence after (`step` 1) or before (-1) `offset`, or None."""
        at: int | None = block
        while at is not None and 0 <= at < len(self.blocks):
            starting = self.sentences_starting(at)
            if step > 0:
                beyond = range(bisect_right(starting, offset, key=_start), len(starting))
            else:
                beyond = range(bisect_left(starting, offset, key=_start) - 1, -1, -1)
            found = next((starting[place] for place in beyond if self.is_undecided(starting[place])), None)
            if found is not None:
                return found
            at += step
            if 0 <= at < self._counted:
                # Among counted blocks, skip those without undecided sentences, which takes about √n steps.
                nearest = self._left.find_nonzero(at, step=step)
                at = nearest if nearest is not None and nearest < self._counted else self._counted if step > 0 else None
        return None

    # Changes

    def update_state(self, state: AnnotationSet, changes: Iterable[Change]) -> None:
        """Replace the annotation set by `state`, which differs from it by `changes`."""
        before, self._state = self._state, state
        recut: set[int] = set()
        decided: dict[int, Sentence] = {}
        for change in changes:
            if change.layer in _UNRELATED_SLOTS:
                continue
            sentence = self._find_untouched(change)
            if sentence is not None:
                decided[change.place] = sentence
            else:
                recut.update(self._invalidate(change))
        for block in recut:
            if block < self._counted:
                self._count(block)
        for sentence in decided.values():
            # Keep the count by difference: tagging a sentence must not count its block again.
            if sentence.block < self._counted and sentence.block not in recut and sentence.kind.is_decidable:
                grown = before.is_decided(sentence.span) - state.is_decided(sentence.span)
                self._left.set(sentence.block, self._left[sentence.block] + grown)

    def _invalidate(self, change: Change) -> range:
        """Discard the cached sentences of the blocks that `change` affects; return these blocks."""
        first, end = self.block_at(change.affected_span.start), change.affected_span.end
        if change.layer is Layer.BLOCK and (starting := self.sentences_starting(first)):
            end = max(end, starting[-1].span.end)  # a join takes its kind from the block it starts in
        blocks = range(first, self.block_at(end - 1) + 1)
        for block in blocks:
            self._sentences.pop(block, None)
        return blocks

    def _find_untouched(self, change: Change) -> Sentence | None:
        """Return the sentence whose boundaries do not depend on the decision in `change`, or None."""
        span = change.affected_span
        block = self.block_at(span.start)
        if change.layer not in {Layer.ANNOTATION, Layer.NOTHING}:
            return None
        found = self.automatic_spans(block)
        # A span that is an automatic sentence leaves the boundaries as they are, with or without the decision.
        at = bisect_left(found, span)
        if at >= len(found) or found[at] != span:
            return None
        shown = self.sentences_touching(block)
        place = bisect_left(shown, span.start, key=_start)
        return shown[place] if place < len(shown) and shown[place].span == span else None

    def _segment(self, block: int) -> tuple[Sentence, ...]:
        place, state = self.blocks[block], self._state
        kind = self.block_kind(block)
        automatic = self.automatic_spans(block)
        held = list(state.iter_fixed_spans(place.start, place.end))
        over = state.find_fixed_span_over(place.start)
        splits = [at for at, _ in state.splits.iter_between(place.start, place.end)]
        if not (held or over or splits):
            return tuple(Sentence(span, kind, block) for span in automatic)
        spans = overlay(self.text, cut(self.text, automatic, places=splits), fixed=[over, *held] if over else held)
        return tuple(self._make_sentence(span, block, kind) for span in spans)

    def _make_sentence(self, span: Span, block: int, kind: BlockKind) -> Sentence:
        if span.start >= self.blocks[block].start:
            return Sentence(span, kind, block)
        earlier = self.block_at(span.start)
        return Sentence(span, self.block_kind(earlier), earlier)

    def _count(self, block: int) -> None:
        found = self.sentences_starting(block)
        self._sizes.set(block, len(found))
        self._left.set(block, sum(1 for sentence in found if self.is_undecided(sentence)))


def automatic_sentences(text: str, language: Language) -> Iterator[Sentence]:
    """Yield the sentences that the rules find in `text`, in order, without caching any."""
    blocks = find_blocks(text)
    kinds = BlockClassifier(text, blocks, language)
    for block, place in enumerate(blocks):
        kind = kinds.kind(block)
        for span in split_sentences(text, place, language):
            yield Sentence(span, kind, block)


def normalize_words(text: str) -> str:
    """Normalize `text` for comparison: in NFC, with runs of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def spans_of(sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    """Return the spans of `sentences`."""
    return tuple(sentence.span for sentence in sentences)


def _start(sentence: Sentence) -> int:
    return sentence.span.start
