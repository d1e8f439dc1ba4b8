"""Sentences as the user sees them: those of the splitter, overlaid by what the user fixed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.core.span import Span, trim

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.core.document import BlockKind


class Sentence(NamedTuple):
    """The unit that is tagged: its span, the kind of its block, and the index of the block that it starts in."""

    span: Span
    kind: BlockKind
    block: int


def cut(text: str, spans: Iterable[Span], *, places: Iterable[int]) -> list[Span]:
    """Cut `spans`, which are in order, at each of `places` that lies inside one.

    The pieces are trimmed, and blank ones dropped.
    """
    at = sorted(places)
    cuts: list[Span] = []
    turn = 0
    for span in spans:
        start = span.start
        while turn < len(at) and at[turn] < span.end:
            if at[turn] > start:
                cuts.append(trim(text, Span(start, at[turn])))
                start = at[turn]
            turn += 1
        cuts.append(span if start == span.start else trim(text, Span(start, span.end)))
    return [span for span in cuts if not span.is_empty]


def overlay(text: str, automatic: Sequence[Span], *, fixed: Sequence[Span]) -> list[Span]:
    """Overlay the `automatic` sentences with the `fixed` spans.

    Both are in order; automatic spans do not overlap. A held span always is a sentence, whatever the splitter finds; of
    two held spans that overlap, the longer one wins. The rest of an automatic sentence beside a held span becomes a
    sentence of its own, trimmed, unless it is blank.
    """
    firm = _drop_overlapping(fixed)
    result: list[Span] = []
    turn = 0
    for span in automatic:
        start = max(span.start, firm[turn - 1].end) if turn else span.start
        while turn < len(firm) and firm[turn].start < span.end:
            here = firm[turn]
            if start < here.start:
                result.append(trim(text, Span(start, here.start)))
            result.append(here)
            start = max(start, here.end)
            turn += 1
        if start < span.end:
            result.append(span if start == span.start else trim(text, Span(start, span.end)))
    result.extend(firm[turn:])
    return [span for span in result if not span.is_empty]


def _drop_overlapping(fixed: Sequence[Span]) -> list[Span]:
    """Return `fixed` in order, without spans that overlap a longer one; of equally long ones the first stays."""
    firm: list[Span] = []
    for span in sorted(fixed):
        if span.is_empty:
            continue
        if firm and firm[-1].is_overlapping(span):
            if span.end - span.start > firm[-1].end - firm[-1].start:
                firm[-1] = span
        else:
            firm.append(span)
    return firm
