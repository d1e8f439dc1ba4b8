"""Articles for web pages and prints: plain ones, hostile ones, many of them."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from annotator.core.document import BlockKind
from annotator.core.labels import Label, LabelSet
from annotator.core.span import Span
from annotator.review.html.writer import write_page
from annotator.review.model.packet import Article, LabelEntry, Packet, Paragraph, ReviewItem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

LABELS = LabelSet(
    "policy",
    (
        Label("target", {"vi": "Mục tiêu", "en": "Target"}, letters={"vi": "M", "en": "T"}, colour="#0072B2"),
        Label(
            "breakthrough", {"vi": "Đột phá", "en": "Breakthrough"}, letters={"vi": "Đ", "en": "B"}, colour="#D55E00"
        ),
        Label("opinion", {"vi": "Ý kiến", "en": "Opinion"}, letters={"vi": "Ý", "en": "O"}, colour="#009E73"),
    ),
)

TEXT = """Cao nguyên mở đường
Tỉnh chọn cà phê làm mũi nhọn.
Sáng nay, hội đồng họp phiên đầu. Đến năm 2030, kinh tế số đạt 30%. Nhiệm vụ đột phá là hạ tầng số.
Ông An cho rằng mục tiêu ấy cao. Mọi đại biểu đều phát biểu.
Ảnh: Minh Trí"""
TAGS = {
    "Đến năm 2030, kinh tế số đạt 30%.": ("target",),
    "Nhiệm vụ đột phá là hạ tầng số.": ("breakthrough", "target"),
    "Ông An cho rằng mục tiêu ấy cao.": ("opinion",),
}
KINDS = (BlockKind.TITLE, BlockKind.LEAD, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH, BlockKind.CAPTION)

ATTACKS = (
    "<script>window.harmed = 1</script>.",
    "</script><script>window.harmed = 1</script>.",
    '"onload="window.harmed=1" x=\'y\' &lt;b&gt; &amp; {{ 7 * 7 }} {% x %}.',
    "<img src=x onerror=window.harmed=1>.",
    "<!--<script> ]]> javascript:window.harmed=1.",
    "one\u2028two\u2029three\u202egnol\u2066 \u0000\u0007.",
    'http://example.org/a.png #import "x" #read("/etc/passwd") $ * _ ` @a <b>.',
)


def packet(language: str = "vi", folder: str = "Hồ sơ 2026", by: str = "Mai") -> Packet:
    """Return a packet with the policy labels."""
    entries = tuple(
        LabelEntry(one.key, one.name(language), one.letter(language), f"hint of {one.key}", one.colour)
        for one in LABELS
    )
    return Packet(folder, "2026-11-25T08:00:00+07:00", language, entries, by)


def article(
    text: str = TEXT,
    tags: Mapping[str, tuple[str, ...]] = TAGS,
    *,
    file: str = "bài/một.txt",
    annotator: str = "",
    note: str = "",
) -> Article:
    """Return an article of lines; a sentence ends at a full stop, and the sentences in `tags` have labels."""
    blocks: list[Paragraph] = []
    items: list[ReviewItem] = []
    number = 0
    for place, line in enumerate(re.finditer(r"[^\n]+", text)):
        sentences: list[Span] = []
        for found in re.finditer(r"\S[^\n]*?(?:\.(?=\s|$)|$)", line[0]):
            span = Span(line.start() + found.start(), line.start() + found.end())
            sentences.append(span)
            number += 1
            if found[0] in tags:
                fields = {"Thời hạn": "2030"} if "target" in tags[found[0]] else {}
                items.append(ReviewItem(f"a{number}", span, number, tags[found[0]], found[0], fields=fields, note=note))
        kind = KINDS[place] if place < len(KINDS) else BlockKind.PARAGRAPH
        blocks.append(Paragraph(kind, Span(line.start(), line.end()), tuple(sentences)))
    return Article(
        file=file,
        title=text.partition("\n")[0],
        text=text,
        sha256="0" * 64,
        annotator=annotator,
        status="in progress",
        sentences=number,
        decided=len(items),
        paragraphs=tuple(blocks),
        items=tuple(items),
    )


def hostile() -> Article:
    """Return an article in which each text would do harm if it were interpreted as markup or code."""
    text = "\n".join(("<b>Title</b></title>", *ATTACKS))
    tags = dict.fromkeys(ATTACKS, ("target", "</style><script>window.harmed=1</script>"))
    return article(
        text, tags, file="a<script>window.harmed=1</script>\u202etxt.exe", annotator='"><i>', note=ATTACKS[1]
    )


def many(count: int) -> Iterable[Article]:
    """Yield `count` articles with about 25 annotations each."""
    line = " ".join(f"Câu số {n} nói đến năm 2030 đạt {n}% tổng sản phẩm trên địa bàn toàn tỉnh." for n in range(5))
    for number in range(count):
        lines = "\n".join(line.replace("Câu số", f"Đoạn {k}, câu") for k in range(8))
        text = f"Bài số {number}\nMở đầu bài {number}.\n{lines}"
        words = re.findall(r"Đoạn [^.]*\.", text)[:25]
        keys = ("target", "breakthrough", "opinion")
        tags = {one: (keys[place % 3],) for place, one in enumerate(words)}
        yield article(text, tags, file=f"năm {number % 7}/bài {number}.txt")


def page_bytes(made: Packet, *articles: Article) -> bytes:
    """Return the page of these articles."""
    out = io.BytesIO()
    write_page(made, articles, out)
    return out.getvalue()


def write_to(path: Path, made: Packet, articles: Iterable[Article]) -> Path:
    """Write the page to `path`."""
    with path.open("wb") as out:
        write_page(made, articles, out)
    return path
