"""The kinds of block that an article is made of. It must not know how they are recognised."""

from __future__ import annotations

from enum import StrEnum


class BlockKind(StrEnum):
    """What a block (one line of the text that is not blank) is in the article."""

    TITLE = "title"
    LEAD = "lead"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CAPTION = "caption"
    BYLINE = "byline"
    BOILERPLATE = "boilerplate"

    @property
    def is_decidable(self) -> bool:
        """Whether its sentences ask for a decision; the others can be tagged all the same, but "next" skips them."""
        return self in _DECIDABLE


_DECIDABLE = frozenset({BlockKind.LEAD, BlockKind.PARAGRAPH, BlockKind.ITEM})
