"""Small articles in memory, and styles with strong colours that can be found in a screenshot."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from annotator.core.document import BlockKind
from annotator.core.sentence import Sentence
from annotator.core.span import Span
from annotator.gui.article.layout.page import SentenceMark
from annotator.gui.theme.look import ArticleStyle, LabelStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QImage

PAPER, DESK, INK, MUTED, ACCENT, SELECTION = "#fffdf0", "#405060", "#000010", "#707070", "#ff0000", "#00ffff"
TARGET_BAR, TARGET_GROUND = "#0000ff", "#b0c0ff"
OPINION_BAR, OPINION_GROUND = "#008000", "#c0ffb0"
LOOK = ArticleStyle(
    paper=PAPER,
    backdrop=DESK,
    ink=INK,
    muted_ink=MUTED,
    accent=ACCENT,
    selection=SELECTION,
    labels={
        "target": LabelStyle("target", "Mục tiêu", "M", 1, TARGET_BAR, TARGET_GROUND, "#000080"),
        "opinion": LabelStyle("opinion", "Ý kiến", "Y", 2, OPINION_BAR, OPINION_GROUND, "#004000"),
    },
    nothing_name="Không có gì",
)
TARGET, OPINION, BOTH = (
    SentenceMark(labels=("target",)),
    SentenceMark(labels=("opinion",)),
    SentenceMark(labels=("target", "opinion")),
)
NOTHING, NOTED = SentenceMark(is_nothing=True), SentenceMark(has_note=True)

_END = re.compile(r"[.!?]+(?=\s)")


class TextPage:
    """An article made of lines; a sentence ends at a full stop followed by a space."""

    def __init__(self, text: str, *, kinds: dict[int, BlockKind] | None = None) -> None:
        self.text = text
        self.blocks = [Span(match.start(), match.end()) for match in re.finditer(r"[^\s\n](?:[^\n]*[^\s\n])?", text)]
        self.kinds = kinds or {}
        self.marks: dict[Span, SentenceMark] = {}
        self.cuts: set[int] = set()

    def kind(self, block: int) -> BlockKind:
        """Return the kind that was set, or else paragraph."""
        return self.kinds.get(block, BlockKind.PARAGRAPH)

    def sentences(self, block: int) -> Sequence[Sentence]:
        """Return the sentences of a line, which is also cut at `cuts`."""
        span = self.blocks[block]
        ends = {match.end() for match in _END.finditer(self.text, span.start, span.end)} | {span.end}
        result: list[Sentence] = []
        start = span.start
        for end in sorted(ends | {cut for cut in self.cuts if span.start < cut < span.end}):
            piece = self.text[start:end]
            begin = start + len(piece) - len(piece.lstrip())
            result.append(Sentence(Span(begin, begin + len(piece.strip())), self.kind(block), block))
            start = end
        return result

    def all(self) -> list[Sentence]:
        """Return all sentences in order."""
        return [sentence for block in range(len(self.blocks)) for sentence in self.sentences(block)]

    def mark(self, sentence: Sentence) -> SentenceMark:
        """Return the mark that was set, or else an empty one."""
        return self.marks.get(sentence.span, SentenceMark())

    def block_at(self, offset: int) -> int:
        """Return the number of the line at `offset`."""
        return max(0, bisect_right([block.start for block in self.blocks], offset) - 1)

    def describe_decision(self, sentence: Sentence) -> str:
        """Return the label keys."""
        return ", ".join(self.mark(sentence).labels)


def article(lines: int = 6) -> TextPage:
    """Return an article of numbered lines with three sentences each."""
    words = "Câu thứ {} của dòng {} nói về kinh tế, xã hội và đời sống của người dân trong tỉnh năm nay."
    text = "\n\n".join(" ".join(words.format(nth, line) for nth in (1, 2, 3)) for line in range(1, lines + 1))
    return TextPage(text)


def count(image: QImage, colour: str, *, within: QRect | None = None) -> int:
    """Count the pixels that have exactly this colour."""
    area = (within or image.rect()).intersected(image.rect())
    wanted = int(colour[1:], 16)
    return sum(
        (image.pixel(x, y) & 0xFFFFFF) == wanted
        for y in range(area.top(), area.bottom() + 1)
        for x in range(area.left(), area.right() + 1)
    )
