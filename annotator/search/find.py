"""Finding words in a folded text. It must not know what is done with what is found.

Accents and case do not matter unless they are typed: a letter that has accents in the query has just these in what is
found, a capital letter is a capital one; each letter of the query is taken by itself. Matches are whole letters, come
from left to right and do not overlap: the search goes on behind each.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from annotator.search.fold import Folded, fold
from annotator.search.letters import accents, is_upper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.core.span import Span

LONGEST = 1_000
"""The most code points that it makes sense to look for."""


class Demand(NamedTuple):
    """What the letter at ``at`` of a match must have: these ``accents`` unless they are empty, a capital if so."""

    at: int
    accents: str
    is_upper: bool


class Query(NamedTuple):
    """What is looked for: its fold, and what is demanded beyond it."""

    text: str
    demands: tuple[Demand, ...] = ()


def query_of(words: str) -> Query:
    """``words`` as typed, made ready; its text is empty where nothing can be found by them."""
    made = fold(unicodedata.normalize("NFD", words))
    demands: list[Demand] = []
    for at in range(len(made.text)):
        letter = made.letter(at)
        wanted = Demand(at, accents(letter), is_upper(letter))
        if wanted.accents or wanted.is_upper:
            demands.append(wanted)
    return Query(made.text, tuple(demands))


def find_all(text: str, query: str) -> list[Span]:
    """Every place of ``text`` where ``query`` stands, in order, in time linear in the text."""
    return list(find_in(fold(text), query_of(query)))


def find_in(folded: Folded, query: Query) -> Iterator[Span]:
    """The matches of ``query``, one by one as they are asked for."""
    size, end = len(query.text), 0
    for at in hits(folded, query):
        span = folded.span(at, at + size)
        if span.start >= end:  # not once more within one character that was folded to several
            yield span
            end = span.end


def hits(folded: Folded, query: Query, *, start: int = 0, stop: int | None = None) -> Iterator[int]:
    """Where in the folded text matches begin, from ``start`` on, before ``stop``."""
    text, wanted = folded.text, query.text
    size = len(wanted)
    limit = len(text) if stop is None else min(len(text), stop + size - 1)
    check = _Check(folded, query.demands) if query.demands else None
    at = text.find(wanted, start, limit) if size else -1
    while at >= 0:
        if check is None or check.is_met(at):
            yield at
            at = text.find(wanted, at + size, limit)
        else:
            at = text.find(wanted, at + 1, limit)


class _Check:
    """Whether demands are met, the one that fails most likely being looked at first.

    That is the one about the letter at which the last attempt failed, then those that failed last: so a text that
    nearly fits everywhere takes no longer than another.
    """

    def __init__(self, folded: Folded, demands: tuple[Demand, ...]) -> None:
        self._folded = folded
        self._order = list(demands)
        self._by_place = {demand.at: demand for demand in demands}
        self._failed = -1  # the place in the folded text

    def is_met(self, at: int) -> bool:
        """Whether the letters at ``at`` of the folded text have in the original what is demanded of them."""
        again = self._by_place.get(self._failed - at)
        if again is not None and not self._is_met(again, at):
            return False
        for nth, demand in enumerate(self._order):
            if not self._is_met(demand, at):
                self._failed = at + demand.at
                self._order.insert(0, self._order.pop(nth))
                return False
        return True

    def _is_met(self, demand: Demand, at: int) -> bool:
        letter = self._folded.letter(at + demand.at)
        if demand.is_upper and not is_upper(letter):
            return False
        return not demand.accents or accents(letter) == demand.accents
