"""Marks that cannot hold in a text, as a hand or a hostile file may have set them. It must not know why they are there.

Sentences are made of marks: one beyond the end of the text would be a sentence of nothing, and joins that share text
would make sentences that do, which could then be tagged against each other.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.core.sortedmap import SortedMap
from annotator.core.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.core.annotationset import AnnotationSet


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
