"""Finishing of the open document: what is undecided becomes *nothing here*, and the document is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from annotator.app.session.session import Session
    from annotator.core.sentence import Sentence
    from annotator.core.span import Span

_MUCH = 3  # finishing asks first if more than one in so many sentences is undecided


class Remainder(NamedTuple):
    """The sentences that finishing would decide.

    Attributes:
        undecided: Their spans, in order.
        total: The number of all sentences at which *next* stops.
    """

    undecided: tuple[Span, ...]
    total: int

    @property
    def is_much(self) -> bool:
        """True if more than a third of the sentences is undecided."""
        return len(self.undecided) * _MUCH > self.total


def find_remainder(session: Session) -> Remainder:
    """Return the undecided ones of the sentences at which *next* stops."""
    if session.reading is None:
        return Remainder((), 0)
    stops = [one for one in session.reading.all_sentences() if _is_stop(session, one)]
    return Remainder(tuple(one.span for one in stops if not session.state.is_decided(one.span)), len(stops))


def go_to_first_undecided(session: Session) -> None:
    """Go to the first sentence that finishing would decide."""
    remainder = find_remainder(session)
    if remainder.undecided and session.reading is not None:
        session.go_to(session.reading.find_sentence_at(remainder.undecided[0].start))


def _is_stop(session: Session, sentence: Sentence) -> bool:
    return sentence.kind.is_decidable or not session.is_skipping_headings
