"""The open article as a page: what the article view reads from the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.descriptions.verdicts import describe_request
from annotator.app.review.verdict_groups import VerdictIndex
from annotator.core.i18n import _
from annotator.gui.article.layout.page import SentenceMark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.app.session.segmented_text import SegmentedText
    from annotator.app.session.session import Session
    from annotator.core.document import BlockKind
    from annotator.core.sentence import Sentence
    from annotator.core.span import Span

_NO_MARK = SentenceMark()


class SessionPage:
    """The page of the open document, read from the session on each call."""

    def __init__(self, session: Session, reading: SegmentedText, *, language: str) -> None:
        self._session = session
        self._reading = reading
        self._language = language
        self._verdict_index = VerdictIndex(session.state.verdicts)

    @property
    def text(self) -> str:
        """The text of the article."""
        return self._reading.text

    @property
    def blocks(self) -> Sequence[Span]:
        """The spans of the blocks, in order."""
        return self._reading.blocks

    def kind(self, block: int) -> BlockKind:
        """Return the kind of a block."""
        return self._reading.block_kind(block)

    def sentences(self, block: int) -> Sequence[Sentence]:
        """Return the sentences that share text with a block."""
        return self._reading.sentences_touching(block)

    def block_at(self, offset: int) -> int:
        """Return the number of the block at `offset`."""
        return self._reading.block_at(offset)

    def mark(self, sentence: Sentence) -> SentenceMark:
        """Return how a sentence is marked."""
        state, start = self._session.state, sentence.span.start
        annotation = state.annotations.find(start)
        mark = SentenceMark(is_nothing=True) if start in state.nothing else _NO_MARK
        if annotation is not None:
            is_changed = annotation.previous is not None
            mark = SentenceMark(annotation.labels, start in state.nothing, bool(annotation.note), is_changed)
        said = self._get_verdict_index()
        keys = said.keys_at(sentence.span, annotation, text=self.text) if said.verdicts else ()
        return mark._replace(is_reviewed=True, is_review_pending=said.has_open(keys)) if keys else mark

    def describe_decision(self, sentence: Sentence) -> str:
        """Return the decision on a sentence in words, for a screen reader."""
        mark = self.mark(sentence)
        labels = self._session.labels
        words = [labels.get(key).name(self._language) for key in mark.labels]
        if mark.is_nothing:
            words.append(_("None of the labels"))
        if not words:
            words.append(_("undecided"))
        if mark.is_changed:
            words.append(_("changed, to confirm"))
        if mark.has_note:
            words.append(_("with a note"))
        return ", ".join((*words, *self._describe_review(sentence)))

    def _describe_review(self, sentence: Sentence) -> tuple[str, ...]:
        """Return the open requests of reviewers on a sentence in words; empty if there is no verdict."""
        group = self._get_verdict_index().group_at(sentence.span, self._session.state, text=self.text)
        if group is None:
            return ()
        labels = self._session.labels

        def names(keys: Iterable[str]) -> str:
            return ", ".join(labels.get(key).name(self._language) for key in keys)

        wishes = "; ".join(describe_request(one.verdict, names) for one in group.verdicts if one.is_open)
        return (_("review: {wishes}").format(wishes=wishes) if wishes else _("review: decided"),)

    def _get_verdict_index(self) -> VerdictIndex:
        """Return the index of the current verdicts, built anew if they changed."""
        if self._verdict_index.verdicts is not self._session.state.verdicts:
            self._verdict_index = VerdictIndex(self._session.state.verdicts)
        return self._verdict_index
