"""Sentences of a block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.span import Span
from annotator.segment.boundaries import BoundaryDetector
from annotator.segment.punctuation import BLANK
from annotator.segment.sentence_patterns import CANDIDATE, GAP

if TYPE_CHECKING:
    from annotator.segment.language import Language


def split_sentences(text: str, block: Span, language: Language) -> tuple[Span, ...]:
    """Return the spans of the sentences of `block`, in order, without white space at their ends; none if blank.

    Together with white space they cover the block. The time is linear in the length of the block.
    """
    piece = text[block.start : block.end].lstrip(BLANK)
    if not piece:
        return ()
    start = block.end - len(piece)
    end = start + len(piece.rstrip(BLANK))
    endings = BoundaryDetector(text, block=Span(start, end), language=language)
    found: list[Span] = []
    for candidate in CANDIDATE.finditer(text, start, end):
        cut = endings.find_end(candidate, start=start)
        if cut is not None:
            found.append(Span(start, cut))
            gap = GAP.match(text, max(cut, candidate.end()), end)
            start = gap.end() if gap else cut
    found.append(Span(start, end))
    return tuple(found)
