"""What the article view needs to know of an article. It must not know where the article comes from, nor Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.core.document import BlockKind
    from annotator.core.sentence import Sentence
    from annotator.core.span import Span


class Mark(NamedTuple):
    """What is to be seen at one sentence: label keys in order, whether it is *nothing here*, whether it has a note.

    ``is_changed`` says that its words are not those that were annotated, which a person has yet to confirm;
    ``is_reviewed`` that a reviewer said something of it, ``is_awaited`` that this waits for a decision.
    """

    labels: tuple[str, ...] = ()
    is_nothing: bool = False
    has_note: bool = False
    is_changed: bool = False
    is_reviewed: bool = False
    is_awaited: bool = False


class Page(Protocol):
    """An article as the view reads it. It is asked only for what is on the screen, and again at each painting."""

    @property
    def text(self) -> str:
        """The whole article, line ends counted as one code point."""
        ...

    @property
    def blocks(self) -> Sequence[Span]:
        """The lines that are not blank, trimmed, in order."""
        ...

    def kind(self, block: int) -> BlockKind:
        """What the block is in the article."""
        ...

    def sentences(self, block: int) -> Sequence[Sentence]:
        """The sentences that share text with the block, in order; one may start before it or go on after it."""
        ...

    def mark(self, sentence: Sentence) -> Mark:
        """What is to be seen at the sentence."""
        ...

    def block_at(self, offset: int) -> int:
        """The number of the block at ``offset`` (code points); between two blocks, the one before."""
        ...

    def spoken(self, sentence: Sentence) -> str:
        """The sentence's labels or decision in words, in the person's language, for a screen reader."""
        ...
