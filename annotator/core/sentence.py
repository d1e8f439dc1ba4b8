"""Sentences as a person sees them: the automatic ones, overlaid by what the person fixed.

It must not know how the automatic ones are found, nor of labels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.core.span import Span, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.core.document import BlockKind


class Sentence(NamedTuple):
    """The unit that is tagged: its place, the kind of its block and the number of the block that it starts in."""

    span: Span
    kind: BlockKind
    block: int


def cut(text: str, spans: Iterable[Span], *, places: Iterable[int]) -> list[Span]:
    """``spans``, which are in order, cut at each of ``places`` that falls inside one.

    The halves are trimmed, blank ones left out.
    """
    at = sorted(places)
    cuts: list[Span] = []
    turn = 0
    for span in spans:
        start = span.start
        while turn < len(at) and at[turn] < span.end:
            if at[turn] > start:
                cuts.append(trimmed(text, Span(start, at[turn])))
                start = at[turn]
            turn += 1
        cuts.append(span if start == span.start else trimmed(text, Span(start, span.end)))
    return [span for span in cuts if not span.is_empty]


def overlay(text: str, automatic: Sequence[Span], *, held: Sequence[Span]) -> list[Span]:
    """``automatic`` sentences with the ``held`` spans laid over them.

    Both are in order; automatic spans do not overlap. A held span always is a sentence, whatever the automatic ones
    are; of two held spans that overlap, the longer holds. What is left of an automatic sentence beside held spans is
    a sentence of its own, trimmed, unless it is blank.
    """
    firm = _longest(held)
    result: list[Span] = []
    turn = 0
    for span in automatic:
        start = max(span.start, firm[turn - 1].end) if turn else span.start
        while turn < len(firm) and firm[turn].start < span.end:
            here = firm[turn]
            if start < here.start:
                result.append(trimmed(text, Span(start, here.start)))
            result.append(here)
            start = max(start, here.end)
            turn += 1
        if start < span.end:
            result.append(span if start == span.start else trimmed(text, Span(start, span.end)))
    result.extend(firm[turn:])
    return [span for span in result if not span.is_empty]


def _longest(held: Sequence[Span]) -> list[Span]:
    """``held`` in order, without those that overlap a longer one (the earlier of two equally long ones stays)."""
    firm: list[Span] = []
    for span in sorted(held):
        if span.is_empty:
            continue
        if firm and firm[-1].is_touching(span):
            if span.end - span.start > firm[-1].end - firm[-1].start:
                firm[-1] = span
        else:
            firm.append(span)
    return firm
