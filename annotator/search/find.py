"""Search in a folded text.

Accents and case are ignored unless they are typed: a letter with accents in the query only matches a letter with
exactly these, a capital letter only a capital one; this is decided letter by letter. Matches consist of whole letters
and do not overlap: the search goes from left to right and continues after each match.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from annotator.search.fold import FoldedText, fold
from annotator.search.letters import get_accents, is_upper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.core.span import Span

LONGEST = 1_000
"""Maximum length of a query, in code points."""


class Requirement(NamedTuple):
    """Requirement on the letter at `at` of a match: exactly `accents` unless empty, a capital if `is_upper`."""

    at: int
    accents: str
    is_upper: bool


class Query(NamedTuple):
    """A folded query, with its requirements on accents and case."""

    text: str
    requirements: tuple[Requirement, ...] = ()


def parse_query(words: str) -> Query:
    """Return the query for `words` as typed; its text is empty if it cannot match anything."""
    made = fold(unicodedata.normalize("NFD", words))
    demands: list[Requirement] = []
    for at in range(len(made.text)):
        letter = made.letter(at)
        wanted = Requirement(at, get_accents(letter), is_upper(letter))
        if wanted.accents or wanted.is_upper:
            demands.append(wanted)
    return Query(made.text, tuple(demands))


def find_all(text: str, query: str) -> list[Span]:
    """Return the spans of all matches of `query` in `text`, in order, in time linear in the text."""
    return list(iter_matches(fold(text), parse_query(query)))


def iter_matches(folded: FoldedText, query: Query) -> Iterator[Span]:
    """Yield the spans of the matches of `query`, in order."""
    size, end = len(query.text), 0
    for at in iter_hits(folded, query):
        span = folded.span(at, at + size)
        if span.start >= end:  # a character that folds to several must not match twice
            yield span
            end = span.end


def iter_hits(folded: FoldedText, query: Query, *, start: int = 0, stop: int | None = None) -> Iterator[int]:
    """Yield the offsets in the folded text at which matches start, from `start` on and before `stop`."""
    text, wanted = folded.text, query.text
    size = len(wanted)
    # A match that starts before `stop` may end behind it.
    limit = len(text) if stop is None else min(len(text), stop + size - 1)
    check = _Check(folded, query.requirements) if query.requirements else None
    at = text.find(wanted, start, limit) if size else -1
    while at >= 0:
        if check is None or check.is_met(at):
            yield at
            at = text.find(wanted, at + size, limit)
        else:
            at = text.find(wanted, at + 1, limit)


class _Check:
    """Test of a query's requirements, the one most likely to fail first.

    That is the one on the letter where the last test failed, followed by the other ones that failed recently. So a text
    that nearly matches everywhere takes no longer than any other.
    """

    def __init__(self, folded: FoldedText, demands: tuple[Requirement, ...]) -> None:
        self._folded = folded
        self._order = list(demands)
        self._by_place = {demand.at: demand for demand in demands}
        self._failed = -1  # an offset in the folded text

    def is_met(self, at: int) -> bool:
        """Return whether the original letters at `at` of the folded text meet all requirements."""
        again = self._by_place.get(self._failed - at)
        if again is not None and not self._is_met(again, at):
            return False
        for nth, demand in enumerate(self._order):
            if not self._is_met(demand, at):
                self._failed = at + demand.at
                self._order.insert(0, self._order.pop(nth))
                return False
        return True

    def _is_met(self, demand: Requirement, at: int) -> bool:
        letter = self._folded.letter(at + demand.at)
        if demand.is_upper and not is_upper(letter):
            return False
        return not demand.accents or get_accents(letter) == demand.accents
