"""How like two texts are, measured by rapidfuzz. It must not know what is compared, nor why.

The measure is the share of letters, and of words, that two texts have in common in the same order (Indel similarity).
Two sentences of news that have nothing to do with each other come to 0.2 with both together, hardly ever to 0.5.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Indel
from rapidfuzz.fuzz import partial_ratio_alignment

from annotator.core.span import Span

_EDGE = 4  # characters by which a part may always reach further than it seems to at first
_GAP = re.compile(" ")


class Measure:
    """Likeness of plain texts: each space is a single one."""

    def letters(self, one: str, other: str) -> float:
        """The share of letters in common, from 0 to 1; a text that has nothing is like none."""
        return Indel.normalized_similarity(one, other) if one and other else 0.0

    def words(self, one: str, other: str) -> float:
        """The shares of letters and of words in common, taken together, from 0 to 1; case does not count for words.

        In a sentence of six words and more both count the same; of two words, one slip would leave half of nothing.
        """
        mine, theirs = _split(one), _split(other)
        weight = min(0.5, max(len(mine), len(theirs)) / 12)
        words = Indel.normalized_similarity(mine, theirs)
        return (1 - weight) * self.letters(one, other) + weight * words

    def part(self, words: str, within: str) -> Span:
        """The whole words of ``within`` that are most like ``words``, which is the shorter text."""
        found = partial_ratio_alignment(words, within)
        if found is None:
            return Span(0, len(within))
        reach = len(words) // 4 + _EDGE
        starts = [0, *(match.end() for match in _GAP.finditer(within))]
        ends = [*(match.start() for match in _GAP.finditer(within)), len(within)]
        near = [at for at in starts if abs(at - found.dest_start) <= reach]
        start = min(near, key=lambda at: abs(at - found.dest_start), default=0)
        end = self._best(words, within, [Span(start, at) for at in ends if abs(at - found.dest_end) <= reach]).end
        return self._best(words, within, [Span(at, end) for at in near])

    def _best(self, words: str, within: str, parts: list[Span]) -> Span:
        """The one of ``parts`` of ``within`` that is most like ``words``; all of it where there is none."""
        whole = Span(0, len(within))
        return max(parts, key=lambda part: self.letters(words, within[part.start : part.end]), default=whole)


@lru_cache(maxsize=512)
def _split(text: str) -> tuple[str, ...]:
    return tuple(text.lower().split())
