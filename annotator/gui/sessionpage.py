"""The open article as the view reads it. It must not know how it is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.wording import _
from annotator.gui.article.page import Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.app.reading import Reading
    from annotator.app.session import Session
    from annotator.core.block import BlockKind
    from annotator.core.sentence import Sentence
    from annotator.core.span import Span

_NO_MARK = Mark()


class SessionPage:
    """What the article view asks for, answered from the session."""

    def __init__(self, session: Session, reading: Reading, *, language: str) -> None:
        self._session = session
        self._reading = reading
        self._language = language

    @property
    def text(self) -> str:
        """The whole article."""
        return self._reading.text

    @property
    def blocks(self) -> Sequence[Span]:
        """Its blocks."""
        return self._reading.blocks

    def kind(self, block: int) -> BlockKind:
        """The kind of a block."""
        return self._reading.kind(block)

    def sentences(self, block: int) -> Sequence[Sentence]:
        """The sentences that share text with a block."""
        return self._reading.touching(block)

    def block_at(self, offset: int) -> int:
        """The block at a place."""
        return self._reading.block_at(offset)

    def mark(self, sentence: Sentence) -> Mark:
        """What was decided about a sentence."""
        state, start = self._session.state, sentence.span.start
        annotation = state.annotations.find(start)
        if annotation is not None:
            is_changed = annotation.was is not None
            return Mark(annotation.labels, start in state.nothing, bool(annotation.note), is_changed)
        return Mark(is_nothing=True) if start in state.nothing else _NO_MARK

    def spoken(self, sentence: Sentence) -> str:
        """What was decided about a sentence, in words."""
        mark = self.mark(sentence)
        labels = self._session.labels
        words = [labels.get(key).name(self._language) for key in mark.labels]
        if mark.is_nothing:
            words.append(_("Nothing here"))
        if not words:
            words.append(_("undecided"))
        if mark.is_changed:
            words.append(_("changed, to confirm"))
        if mark.has_note:
            words.append(_("with a note"))
        return ", ".join(words)
