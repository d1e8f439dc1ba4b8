"""The comments of a Word file for reviewers, as they are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.review.word.id_record import SentItem, make_mark, make_token
from annotator.review.word.markup import NAMESPACES, attribute, character_style, paragraph, run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.review.model.packet import Article, Packet, ReviewItem
    from annotator.review.word.texts import FileTexts

INITIALS = "✎"
"""The author's initials on each comment that is sent."""


class SentComment(NamedTuple):
    """A comment: its number in the file, author, date (ISO 8601 or empty), and lines."""

    number: int
    author: str
    date: str
    lines: tuple[str, ...]


def author_of(article: Article, packet: Packet) -> str:
    """Return the author of the comments on an article."""
    return article.annotator or packet.by or "annotator"


def make_sent_items(article: Article, packet: Packet, texts: FileTexts, *, number: int) -> tuple[SentItem, ...]:
    """Return the annotations of the article with that number, each with the text of its comment."""
    sent: list[SentItem] = []
    for index, item in enumerate(article.items):
        token = make_token(item.id, index)
        lines = _lines(item, packet, texts, mark=make_mark(number, token))
        sent.append(SentItem(item.id, token, item.labels, item.text, lines))
    return tuple(sent)


def comments_part(comments: Iterable[SentComment]) -> bytes:
    """Serialize the comments part of the file."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<w:comments {NAMESPACES}>{''.join(map(_comment, comments))}</w:comments>".encode()


def _lines(item: ReviewItem, packet: Packet, texts: FileTexts, *, mark: str) -> tuple[str, ...]:
    lines = [f"{texts.label}: {packet.label_names(item.labels) or texts.no_label}"]
    lines += [f"{name}: {value}" for name, value in item.fields.items()]
    if item.note.strip():
        # One line per value: lines are compared one by one when the file comes back.
        lines.append(f"{texts.note}: {' / '.join(line.strip() for line in item.note.splitlines() if line.strip())}")
    return (*(_without_marks(line) for line in lines), mark)


def _without_marks(line: str) -> str:
    """Return `line` as a single line without anything that looks like a mark."""
    # A bracket in a note must not pass for the mark by which the annotation is found again.
    return " ".join(line.replace("⟦", "[").replace("⟧", "]").split())


def _comment(comment: SentComment) -> str:
    reference = f"<w:r><w:rPr>{character_style('CommentReference')}</w:rPr><w:annotationRef/></w:r>"
    last = len(comment.lines) - 1
    bodies = [
        paragraph(
            "CommentText", reference if at == 0 else "", run(line, '<w:color w:val="595959"/>' if at == last else "")
        )
        for at, line in enumerate(comment.lines)
    ]
    date = f" w:date={attribute(comment.date)}" if comment.date else ""
    return (
        f'<w:comment w:id="{comment.number}" w:author={attribute(comment.author)}{date} w:initials="{INITIALS}">'
        f"{''.join(bodies)}</w:comment>"
    )
