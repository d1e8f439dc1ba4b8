"""Which sentence stands at, or next to, a place of the text. It must not know how the place was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.core.sentence import Sentence
    from annotator.gui.article.page import Page


def find_sentence(page: Page, offset: int) -> Sentence | None:
    """The sentence at ``offset`` (code points), else the nearest one in the same block; None if it has none."""
    sentences = page.sentences(page.block_at(offset))
    return min(sentences, key=lambda sentence: _distance(sentence, offset), default=None)


def _distance(sentence: Sentence, offset: int) -> int:
    start, end = sentence.span
    return max(start - offset, offset - end + 1, 0)
