"""Classification of the blocks of an article."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.document import BlockKind
from annotator.segment.line_features import CAPTION, LEAD, SHORT, TITLE, Line, make_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.core.span import Span
    from annotator.segment.language import Language

_HEAD = 12  # first blocks among which title and lead are sought
_TAIL = 8  # last blocks that can be bylines
_NEAR = 4  # blocks around one that decide on its kind
_HEADING_MARKERS = frozenset(("number", "roman", "capital", "label"))
_LONG_DECK = 100  # characters from which on a line before the text is a lead, not a kicker


class _Head(NamedTuple):
    """Indexes of the title, of the first block of running text and of the lead; -1 if there is none."""

    title: int
    body: int
    lead: int


class BlockClassifier:
    """Kinds of the blocks of an article, determined on demand.

    A kind depends on the block, its near neighbours, and the first and last blocks of the article, so the cost of one
    does not grow with the article. Creating the object costs nothing.
    """

    def __init__(self, text: str, blocks: Sequence[Span], language: Language) -> None:
        self._text = text
        self._blocks = blocks
        self._language = language

    def kind(self, index: int) -> BlockKind:
        """Return the kind of the block at `index`, from 0.

        Raises:
            IndexError: There is no such block.
        """
        if not 0 <= index < len(self._blocks):
            raise IndexError(f"There is no block {index}; the text has {len(self._blocks)}.")
        line = self._line(index)
        return self._classify_alone(line, index=index) or self._classify_by_position(line, index=index)

    def _classify_alone(self, line: Line, *, index: int) -> BlockKind | None:
        """Return the kind that the line itself shows, with the help of adjacent lines, or None."""
        if line.heading_depth:
            is_title = index == self._head.title
            return BlockKind.TITLE if is_title else BlockKind.HEADING
        if line.is_boilerplate:
            return BlockKind.BOILERPLATE if len(self._blocks) > 1 else None
        if line.is_credit or line.has_credit or self._is_above_credit(line, index=index):
            return BlockKind.CAPTION
        if line.marker and index != self._head.title:
            return self._classify_by_marker(line, index=index)
        return None

    def _classify_by_marker(self, line: Line, *, index: int) -> BlockKind | None:
        """Return the kind of a line with a mark; running text after a label such as "Điều 5." is a paragraph."""
        is_brief = line.is_short and not line.is_terminated
        if line.marker == "caption":
            return BlockKind.CAPTION if is_brief else None
        if line.marker == "label":
            return BlockKind.HEADING if is_brief else BlockKind.PARAGRAPH
        if line.marker not in _HEADING_MARKERS or not is_brief:
            return BlockKind.ITEM
        return BlockKind.ITEM if self._has_like_neighbour(line, index=index) else BlockKind.HEADING

    def _has_like_neighbour(self, line: Line, *, index: int) -> bool:
        """Return whether an adjacent line opens with the same sort of mark at the same depth: a list, not headings."""
        if line.marker in {"roman", "capital"}:
            return False
        near = [self._line(place) for place in (index - 1, index + 1) if 0 <= place < len(self._blocks)]
        depth = _depth(line)
        return any(other.marker == line.marker and _depth(other) == depth for other in near)

    def _classify_by_position(self, line: Line, *, index: int) -> BlockKind:
        """Return the kind of a line without marks, by its position."""
        head = self._head
        if index == head.title:
            return BlockKind.TITLE
        if index == head.lead:
            return BlockKind.LEAD
        if head.title >= 0 and index < head.body:
            return self._classify_in_head(line)
        if line.is_terminated or len(line.text) > SHORT:
            return BlockKind.PARAGRAPH
        if line.has_byline or (self._is_in_tail(index) and (line.is_name or line.is_date)):
            return BlockKind.BYLINE
        if self._is_before_body(index):
            return BlockKind.HEADING
        return BlockKind.BOILERPLATE if self._is_after_boilerplate(index) else BlockKind.PARAGRAPH

    def _classify_in_head(self, line: Line) -> BlockKind:
        """Return the kind of a line before the running text that is not the title: kicker, dateline, author, deck."""
        if line.is_name or line.is_date:
            return BlockKind.BYLINE
        if line.is_terminated:
            return BlockKind.PARAGRAPH
        return BlockKind.LEAD if len(line.text) > _LONG_DECK else BlockKind.HEADING

    def _is_above_credit(self, line: Line, *, index: int) -> bool:
        """Return whether the very next line, with no blank one between, is a credit."""
        if index + 1 >= len(self._blocks) or len(line.text) > CAPTION or line.marker or index == self._head.title:
            return False
        if self._text.count("\n", self._blocks[index].end, self._blocks[index + 1].start) > 1:
            return False
        return self._line(index + 1).is_credit

    def _is_in_tail(self, index: int) -> bool:
        """Return whether the block is one of the last ones, followed only by names, dates, credits and boilerplate."""
        count = len(self._blocks)
        if index == 0 or index < count - _TAIL:
            return False
        after = (self._line(place) for place in range(index + 1, count))
        return all(
            not line.is_body and (line.is_name or line.is_date or line.is_boilerplate or line.is_credit)
            for line in after
        )

    def _is_before_body(self, index: int) -> bool:
        """Return whether running text follows soon, so that a short line can be its heading."""
        last = min(index + 1 + _NEAR, len(self._blocks))
        return any(self._line(place).is_body for place in range(index + 1, last))

    def _is_after_boilerplate(self, index: int) -> bool:
        """Return whether boilerplate stands shortly before: titles of other articles follow after "Tin liên quan"."""
        first = max(index - _NEAR, self._head.body + 1, 0)
        return any(self._line(place).is_boilerplate for place in range(first, index))

    @cached_property
    def _head(self) -> _Head:
        """Title, start of the running text and lead, determined from the first blocks."""
        lines = [self._line(place) for place in range(min(_HEAD, len(self._blocks)))]
        body = next((place for place, line in enumerate(lines) if _is_running_text(line)), -1)
        first = [line.heading_depth == 1 for line in lines[: body if body >= 0 else None]]
        if any(first):
            title = first.index(True)
        else:
            candidates = [place for place in range(max(body, 0)) if _can_be_title(lines[place])]
            title = max(candidates, key=lambda place: (len(lines[place].text), -place), default=-1)
        if title < 0 or body < 0:
            return _Head(title, body, -1)
        return _Head(title, body, self._find_lead(lines[body], body=body))

    def _find_lead(self, line: Line, *, body: int) -> int:
        """Return the index of the lead, the first running text if it is short enough and more text follows, or -1."""
        is_lead = len(line.text) <= LEAD and not line.marker and not line.text.endswith(":")
        last = min(body + 1 + _NEAR, len(self._blocks))
        has_more = any(_is_running_text(self._line(place)) for place in range(body + 1, last))
        return body if is_lead and has_more and not self._is_above_credit_line(body) else -1

    def _is_above_credit_line(self, index: int) -> bool:
        """Return whether the block after `index` is a credit on the very next line."""
        after = index + 1
        is_next = self._text.count("\n", self._blocks[index].end, self._blocks[after].start) <= 1
        return is_next and self._line(after).is_credit

    def _line(self, index: int) -> Line:
        return make_line(self._text, self._blocks[index], language=self._language)


def _is_running_text(line: Line) -> bool:
    """Return whether the line is running text or a list entry, which ends the head of the article."""
    return line.is_body and not line.has_credit and not line.heading_depth


def _can_be_title(line: Line) -> bool:
    """Return whether the line, which stands before the running text, can be the title."""
    is_other = line.is_boilerplate or line.is_credit or line.has_credit or line.is_date or line.marker
    return not is_other and not line.heading_depth and not line.is_terminated and len(line.text) <= TITLE


def _depth(line: Line) -> int:
    """Return the number of levels in the mark of the line: 1 for `2.`, 2 for `2.1.`."""
    mark = line.text.split(None, 1)[0]
    return mark.rstrip(".)/").count(".")
