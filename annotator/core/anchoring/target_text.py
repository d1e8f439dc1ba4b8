"""A text in which sentences are looked for that once stood in another one. It must not know what is decided about them.

It is made when something is looked for that is not at its place: going through a text of 30,000 sentences takes about
0.2 s.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from annotator.core.anchoring.normalization import plain, unplain
from annotator.core.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FEW = 200  # places of the same words that are looked at; words that stand more often tell nothing
_HEAD = 24  # characters by which the beginning of a sentence is known
_WORK = 150_000_000  # characters that are gone through for words which do not begin a sentence
_AROUND = 100  # code points at the side of a place from which its context is made


class NewText:
    """A text and its ``sentences``, which are in order and do not overlap; places are code points of the text.

    ``plains`` are the sentences as `plain` writes them, ``joined`` is all of them with a space in between.
    """

    def __init__(self, text: str, sentences: Sequence[Span], *, known: NewText | None = None) -> None:
        """``known`` is the same text with other sentences, most of them the same."""
        self.text = text
        self.sentences = sentences
        self._known = known
        self._left = _WORK

    @cached_property
    def plains(self) -> list[str]:
        """The sentences as `plain` writes them."""
        known = dict(zip(self._known.sentences, self._known.plains, strict=True)) if self._known else {}
        found = ((span, known.get(span)) for span in self.sentences)
        return [plain(self.text[span.start : span.end]) if one is None else one for span, one in found]

    @cached_property
    def joined(self) -> str:
        """All sentences as `plain` writes them, with a space in between."""
        return " ".join(self.plains)

    def places(self, words: str) -> list[Span]:
        """Where the plain ``words`` stand; nowhere, if at more than a few places, of which one could be another.

        Sentences that are these words come before words inside a sentence: where there are any, no others are looked
        for.
        """
        whole = self._whole.get(words, [])
        if whole:
            return [self.sentences[number] for number in whole] if len(whole) <= _FEW else []
        heads = self._heads.get(words[:_HEAD], []) if len(words) >= _HEAD else []
        begun = [self._starts[number] for number in heads[:_FEW] if self.joined.startswith(words, self._starts[number])]
        return [self._span(at, at + len(words)) for at in begun or self._inside(words)]

    def beginning(self, words: str) -> list[int]:
        """The sentences, by number, that begin with the plain ``words``; none if they are more than a few."""
        if len(words) >= _HEAD:
            found = [
                one for one in self._heads.get(words[:_HEAD], []) if self.joined.startswith(words, self._starts[one])
            ]
        else:
            found = self._whole.get(words, [])
        return found if len(found) <= _FEW else []

    def numbers(self, span: Span) -> range:
        """The sentences, by number, that share text with ``span``."""
        first = bisect_right(self._ends, span.start)
        return range(first, max(first, bisect_left(self._begins, span.end)))

    def run(self, first: int, last: int) -> Span:
        """The stretch from one sentence to another, both included."""
        return Span(self.sentences[first].start, self.sentences[last].end)

    def context(self, span: Span) -> tuple[str, str]:
        """What stands before and after ``span``, as `plain` writes it; empty at the ends of the text."""
        before, after = self.text[max(0, span.start - _AROUND) : span.start], self.text[span.end : span.end + _AROUND]
        return plain(before), plain(after)

    def is_side_by_side(self, before: str, after: str) -> bool:
        """Whether the plain text ``before`` is followed by ``after`` somewhere; an empty one is an end of the text."""
        if not before or not after:
            return self.joined.startswith(after) if after else bool(before) and self.joined.endswith(before)
        if self._left <= 0:
            return False
        self._left -= len(self.joined)
        return f"{before} {after}" in self.joined

    def _inside(self, words: str) -> Iterator[int]:
        """Where ``words`` stand in the joined text, cutting no word in two; nowhere once that was too much work."""
        joined = self.joined
        if self._left <= 0 or not words:
            return
        self._left -= len(joined)
        found: list[int] = []
        at = joined.find(words)
        while at >= 0:
            if is_whole(joined, Span(at, at + len(words))):
                found.append(at)
            if len(found) > _FEW:
                return
            at = joined.find(words, at + 1)
        yield from found

    def _span(self, start: int, end: int) -> Span:
        """The stretch of the text that is ``start`` to ``end`` of the joined sentences."""
        first, last = bisect_right(self._starts, start) - 1, bisect_left(self._starts, end) - 1
        part = self.sentences[first]
        begin, stop = part.start, self.sentences[last].end
        if start > self._starts[first]:
            inner = Span(start - self._starts[first], len(self.plains[first]))
            begin += unplain(self.text[part.start : part.end], inner).start
        if end < self._starts[last] + len(self.plains[last]):
            part = self.sentences[last]
            stop = part.start + unplain(self.text[part.start : part.end], Span(0, end - self._starts[last])).end
        return Span(begin, stop)

    @cached_property
    def _begins(self) -> list[int]:
        return [span.start for span in self.sentences]

    @cached_property
    def _ends(self) -> list[int]:
        return [span.end for span in self.sentences]

    @cached_property
    def _starts(self) -> list[int]:
        starts: list[int] = []
        at = 0
        for one in self.plains:
            starts.append(at)
            at += len(one) + 1
        return starts

    @cached_property
    def _whole(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, one in enumerate(self.plains):
            found.setdefault(one, []).append(number)
        return found

    @cached_property
    def _heads(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, start in enumerate(self._starts):
            found.setdefault(self.joined[start : start + _HEAD], []).append(number)
        return found


def is_whole(text: str, span: Span) -> bool:
    """Whether the stretch cuts no word in two: ``đổi số`` is not meant where ``đổi sống`` stands."""
    start, end = span
    is_cut_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    return not is_cut_before and not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())


def lines_of(text: str) -> list[Span]:
    """The lines of ``text`` that are not blank, without white space at their ends."""
    found: list[Span] = []
    at = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            start = at + line.index(bare)
            found.append(Span(start, start + len(bare)))
        at += len(line) + 1
    return found
