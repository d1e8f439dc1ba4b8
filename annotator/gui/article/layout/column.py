"""Column of text fragments with their heights, and a cache of their layouts.

Heights of fragments that were never shown are estimated from their lengths and become exact when they are laid out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.core.collections.prefix_sums import PrefixSums
from annotator.core.document import BlockKind
from annotator.gui.article.layout.fragments import Pieces
from annotator.gui.article.layout.paragraph import Laid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.gui.article.layout.page import Page
    from annotator.gui.article.layout.typography import Faces, Setting

_KEPT = 400  # layouts in the cache; more than any screen shows
_HEAD = 6  # blocks from the start that belong to the title
_SAMPLE = 200_000  # characters examined by `_has_blank_lines`
_FILLED = 0.96  # share of a line that is filled on average; the rest is lost to word wrap


class Column:
    """Fragments of an article in a column; widths and heights are logical pixels."""

    def __init__(self, page: Page, *, faces: Faces, width: float) -> None:
        """Estimate all heights and lay out nothing yet."""
        self._page = page
        self._text = page.text
        self.pieces = Pieces(page.text, page.blocks)
        self._has_blank_lines = _has_blank_lines(page)
        self.shape(faces, width=width)

    def __len__(self) -> int:
        return len(self.pieces)

    def shape(self, faces: Faces, *, width: float) -> None:
        """Drop all layouts and estimate heights for another typography or width."""
        self.faces = faces
        self.width = width
        self._laid: dict[int, Laid] = {}
        setting = faces[BlockKind.PARAGRAPH]
        line = max(1, int(width / faces.character * _FILLED))
        pitch, space = setting.pitch, setting.pitch + setting.after
        self.heights = PrefixSums([length // line * pitch + space for length in self.pieces.lengths])

    def get(self, piece: int) -> Laid:
        """Return the layout of a fragment, from the cache if it is there."""
        laid = self._laid.pop(piece, None)  # inserted again below: the dictionary is in order of use
        if laid is None:
            laid = self._lay_out(piece)
            if len(self._laid) >= _KEPT:
                del self._laid[next(iter(self._laid))]
            if self.heights[piece] != laid.height:
                self.heights.set(piece, laid.height)
        self._laid[piece] = laid
        return laid

    def line_height(self, offset: int) -> float:
        """Return the height of the line with the code point at `offset`."""
        line = self.get(self.pieces.at(offset)).line_of(offset)
        return line.bottom - line.top

    def forget(self, blocks: Iterable[int]) -> None:
        """Drop the layouts of `blocks`, and of the blocks after them, whose spacing depends on them."""
        count = self.pieces.block(len(self.pieces) - 1) + 1 if len(self.pieces) else 0
        for block in blocks:
            for near in range(max(0, block), min(block + 2, count)):
                for piece in self.pieces.of_block(near):
                    self._laid.pop(piece, None)

    def _lay_out(self, piece: int) -> Laid:
        block = self.pieces.block(piece)
        setting = self.faces[self._page.kind(block)]
        if setting.is_right and block < _HEAD:  # a byline under the title is aligned with it
            setting = replace(setting, is_right=False)
        above = self._above(block, setting=setting) if self.pieces.is_first(piece) else 0
        return Laid(self._text, self.pieces.span(piece), setting=setting, width=self.width, above=above)

    def _above(self, block: int, *, setting: Setting) -> int:
        """Return the space between the block and the one before it."""
        if block == 0:
            return 0
        before = self._page.kind(block - 1)
        own = self._page.kind(block)
        if before == own:
            is_one = self._has_blank_lines and not self._is_apart(block)
            return self.faces.tight if is_one else setting.among
        return max(self.faces[before].after, setting.before)

    def _is_apart(self, block: int) -> bool:
        """Return whether a blank line precedes the block."""
        end, start = self._page.blocks[block - 1].end, self._page.blocks[block].start
        return self._text.count("\n", end, start) > 1


def _has_blank_lines(page: Page) -> bool:
    """Return whether the article separates paragraphs by blank lines, so that a single line end means less."""
    sample = page.text[:_SAMPLE]
    return sample.count("\n\n") * 2 >= sample.count("\n") - sample.count("\n\n")
