"""Code points to UTF-16 positions and back, for one piece of text. It must not know what the text is shown in.

The program counts in Unicode code points, Qt in UTF-16 units, of which a character beyond the basic plane (an emoji,
a rare ideograph) takes two. This is the only module that converts.
"""

from __future__ import annotations

from bisect import bisect_left


class Utf16Map:
    """Converts offsets in one piece of text; costs nothing where the text has no character beyond the basic plane."""

    __slots__ = ("_after", "_wide")

    def __init__(self, text: str) -> None:
        """Look at ``text`` once; it is not kept."""
        self._wide: list[int] = []
        if text and not text.isascii() and max(text) > "\uffff":
            self._wide = [at for at, character in enumerate(text) if character > "\uffff"]
        self._after = [at + nth for nth, at in enumerate(self._wide)]

    def to_utf16(self, offset: int) -> int:
        """The UTF-16 position of the code point at ``offset``; the length is converted as well."""
        if not self._wide:
            return offset
        return offset + bisect_left(self._wide, offset)

    def to_code_points(self, position: int) -> int:
        """The code point at the UTF-16 ``position``; in the middle of a pair, the pair's own."""
        if not self._wide:
            return position
        before = bisect_left(self._after, position)
        if before and self._after[before - 1] + 1 == position:
            return self._wide[before - 1]
        return position - before
