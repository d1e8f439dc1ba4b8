"""Column of text fragments with their heights, and a cache of their layouts.

Heights of fragments that were never shown are estimated from their lengths and become exact when they are laid out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.core.collections.prefix_sums import PrefixSums
from annotator.core.document import BlockKind
from annotator.gui.article.layout.fragments import Fragments
from annotator.gui.article.layout.paragraph import ParagraphLayout

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.gui.article.layout.page import Page
    from annotator.gui.article.layout.typography import BlockStyle, Typography

_CACHE_SIZE = 400  # layouts in the cache; more than any screen shows
_HEAD_BLOCKS = 6  # blocks from the start that belong to the title
_SAMPLE = 200_000  # characters examined by `_has_blank_lines`
_FILL_SHARE = 0.96  # share of a line that is filled on average; the rest is lost to word wrap


class Column:
    """Fragments of an article in a column; widths and heights are logical pixels."""

    def __init__(self, page: Page, *, faces: Typography, width: float) -> None:
        """Estimate all heights and lay out nothing yet."""
        self._page = page
        self._text = page.text
        self.fragments = Fragments(page.text, page.blocks)
        self._has_blank_lines = _has_blank_lines(page)
        self.reset(faces, width=width)

    def __len__(self) -> int:
        return len(self.fragments)

    def reset(self, faces: Typography, *, width: float) -> None:
        """Drop all layouts and estimate heights for another typography or width."""
        self.typography = faces
        self.width = width
        self._layouts: dict[int, ParagraphLayout] = {}
        setting = faces[BlockKind.PARAGRAPH]
        line = max(1, int(width / faces.average_char_width * _FILL_SHARE))
        pitch, space = setting.line_pitch, setting.line_pitch + setting.space_after
        self.heights = PrefixSums([length // line * pitch + space for length in self.fragments.lengths])

    def get(self, fragment: int) -> ParagraphLayout:
        """Return the layout of a fragment, from the cache if it is there."""
        laid = self._layouts.pop(fragment, None)  # inserted again below: the dictionary is in order of use
        if laid is None:
            laid = self._lay_out(fragment)
            if len(self._layouts) >= _CACHE_SIZE:
                del self._layouts[next(iter(self._layouts))]
            if self.heights[fragment] != laid.height:
                self.heights.set(fragment, laid.height)
        self._layouts[fragment] = laid
        return laid

    def line_height(self, offset: int) -> float:
        """Return the height of the line with the code point at `offset`."""
        line = self.get(self.fragments.find_at(offset)).line_at(offset)
        return line.bottom - line.top

    def invalidate(self, blocks: Iterable[int]) -> None:
        """Drop the layouts of `blocks`, and of the blocks after them, whose spacing depends on them."""
        count = self.fragments.block(len(self.fragments) - 1) + 1 if len(self.fragments) else 0
        for block in blocks:
            for near in range(max(0, block), min(block + 2, count)):
                for piece in self.fragments.in_block(near):
                    self._layouts.pop(piece, None)

    def _lay_out(self, fragment: int) -> ParagraphLayout:
        block = self.fragments.block(fragment)
        setting = self.typography[self._page.kind(block)]
        if setting.is_right_aligned and block < _HEAD_BLOCKS:  # a byline under the title is aligned with it
            setting = replace(setting, is_right_aligned=False)
        above = self._space_above(block, setting=setting) if self.fragments.is_first(fragment) else 0
        return ParagraphLayout(
            self._text, self.fragments.span(fragment), setting=setting, width=self.width, above=above
        )

    def _space_above(self, block: int, *, setting: BlockStyle) -> int:
        """Return the space between the block and the one before it."""
        if block == 0:
            return 0
        before = self._page.kind(block - 1)
        own = self._page.kind(block)
        if before == own:
            is_one = self._has_blank_lines and not self._has_blank_line_before(block)
            return self.typography.tight_space if is_one else setting.space_between
        return max(self.typography[before].space_after, setting.space_before)

    def _has_blank_line_before(self, block: int) -> bool:
        """Return whether a blank line precedes the block."""
        end, start = self._page.blocks[block - 1].end, self._page.blocks[block].start
        return self._text.count("\n", end, start) > 1


def _has_blank_lines(page: Page) -> bool:
    """Return whether the article separates paragraphs by blank lines, so that a single line end means less."""
    sample = page.text[:_SAMPLE]
    return sample.count("\n\n") * 2 >= sample.count("\n") - sample.count("\n\n")
