"""Conversion between code point offsets and UTF-16 positions of a text.

The program counts code points, Qt counts UTF-16 units, of which a character beyond the basic multilingual plane (an
emoji, a rare ideograph) takes two. This is the only module that converts.
"""

from __future__ import annotations

from bisect import bisect_left


class Utf16Map:
    """Offset converter for one text; free of cost where all characters are in the basic multilingual plane."""

    __slots__ = ("_wide_offsets", "_wide_positions")

    def __init__(self, text: str) -> None:
        """Scan `text` once; it is not kept."""
        self._wide_offsets: list[int] = []
        if text and not text.isascii() and max(text) > "\uffff":
            self._wide_offsets = [at for at, character in enumerate(text) if character > "\uffff"]
        self._wide_positions = [at + nth for nth, at in enumerate(self._wide_offsets)]

    def to_utf16(self, offset: int) -> int:
        """Return the UTF-16 position of the code point at `offset`, which may be the length."""
        if not self._wide_offsets:
            return offset
        return offset + bisect_left(self._wide_offsets, offset)

    def to_code_points(self, position: int) -> int:
        """Return the code point at the UTF-16 `position`; inside a surrogate pair, the pair's own."""
        if not self._wide_offsets:
            return position
        before = bisect_left(self._wide_positions, position)
        if before and self._wide_positions[before - 1] + 1 == position:
            return self._wide_offsets[before - 1]
        return position - before
