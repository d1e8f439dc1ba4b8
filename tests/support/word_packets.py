"""Small articles for reviewers, built from lines of sentences."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from annotator.core.document import BlockKind
from annotator.core.span import Span
from annotator.review.model.packet import Article, LabelEntry, Packet, Paragraph, ReviewItem
from annotator.review.word.writer import write_docx
from annotator.storage.workspace.label_set import load_builtin_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LABELS = load_builtin_labels()


def packet(language: str = "vi", *, by: str = "Mai", folder: str = "Nghị quyết") -> Packet:
    """Return the packet that all articles share, with the built-in labels."""
    labels = tuple(
        LabelEntry(one.key, one.name(language), one.letter(language), one.hint(language), one.colour) for one in LABELS
    )
    return Packet(folder, "2026-11-25T09:12:00+07:00", language, labels, by)


def article(
    lines: Sequence[Sequence[str]],
    tags: Mapping[str, tuple[str, tuple[str, ...]]],
    *,
    file: str = "lang-son.txt",
    annotator: str = "",
    kinds: Sequence[BlockKind] = (),
    fields: Mapping[str, str] | None = None,
    note: str = "",
) -> Article:
    """Return an article of `lines` of sentences; `tags` has ids and labels by sentence."""
    text, paragraphs, items, number = "", [], [], 0
    for index, line in enumerate(lines):
        start, spans = len(text), []
        for sentence in line:
            number += 1
            span = Span(len(text), len(text) + len(sentence))
            spans.append(span)
            if sentence in tags:
                identity, labels = tags[sentence]
                items.append(ReviewItem(identity, span, number, labels, sentence, fields=fields or {}, note=note))
            text += sentence + " "
        text = text[:-1]
        kind = kinds[index] if index < len(kinds) else BlockKind.PARAGRAPH
        paragraphs.append(Paragraph(kind, Span(start, len(text)), tuple(spans)))
        text += "\n\n"
    return Article(
        file, lines[0][0], text, "0" * 64, annotator, "done", number, number, tuple(paragraphs), tuple(items)
    )


def docx(articles: Iterable[Article], *, of: Packet | None = None) -> bytes:
    """Return the Word file of `articles`."""
    out = io.BytesIO()
    write_docx(of or packet(), articles, out)
    return out.getvalue()
