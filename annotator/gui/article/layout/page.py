"""Interface through which the article view reads an article."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.core.document import BlockKind
    from annotator.core.sentence import Sentence
    from annotator.core.span import Span


class SentenceMark(NamedTuple):
    """Marks of one sentence: label keys in order, *nothing here*, a note, review state.

    `is_changed` means that the text differs from the annotated one and the user has to confirm it; `is_reviewed` that a
    reviewer commented on it, `is_review_pending` that the comment waits for a decision.
    """

    labels: tuple[str, ...] = ()
    is_nothing: bool = False
    has_note: bool = False
    is_changed: bool = False
    is_reviewed: bool = False
    is_review_pending: bool = False


class Page(Protocol):
    """An article as the view reads it, queried at each painting for the visible part only."""

    @property
    def text(self) -> str:
        """The whole article; a line end counts as one code point."""
        ...

    @property
    def blocks(self) -> Sequence[Span]:
        """Spans of the lines that are not blank, trimmed, in order."""
        ...

    def kind(self, block: int) -> BlockKind:
        """Return the kind of a block."""
        ...

    def sentences(self, block: int) -> Sequence[Sentence]:
        """Return the sentences that overlap the block, in order; the outer ones may extend beyond it."""
        ...

    def mark(self, sentence: Sentence) -> SentenceMark:
        """Return the mark of a sentence."""
        ...

    def block_at(self, offset: int) -> int:
        """Return the number of the block at `offset` (code points); between two blocks, the one before."""
        ...

    def describe_decision(self, sentence: Sentence) -> str:
        """Return the sentence's labels or decision in the user's language, for a screen reader."""
        ...
