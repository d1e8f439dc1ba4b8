"""An article as JSON values for the web page and the PDF.

Sentences are cut here, so that the page never counts characters: one code point here may be two units in a browser.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.core.span import Span
    from annotator.review.model.packet import Article, Packet, Paragraph, ReviewItem

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

LOOSE = "loose"
"""Kind of the block that holds annotations outside every sentence of the article."""

_SURROGATE = re.compile("[\ud800-\udfff]")
# No "<" can begin `</script>` or a comment; the line separators end a string in old JavaScript.
_ESCAPES = str.maketrans(
    {"<": r"\u003c", ">": r"\u003e", "&": r"\u0026", "\u2028": r"\u2028", "\u2029": r"\u2029", "\x7f": r"\u007f"}
)


def dump_safe_json(value: Json) -> str:
    """Return `value` as JSON that is safe inside HTML: no text in it can begin or end an element."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).translate(_ESCAPES)
    return _SURROGATE.sub(lambda lone: f"\\u{ord(lone[0]):04x}", text)


def article_to_json(article: Article) -> dict[str, Json]:
    """Return an article as JSON values.

    `blocks` are `[kind, pieces]`. A piece is a text between two sentences, or a sentence as `[text, number, items]`,
    where `items` are indexes into the `items` of the article.
    """
    places = _SentenceMatcher(article)
    blocks: list[Json] = [[block.kind.value, places.make_pieces(block)] for block in article.paragraphs]
    if loose := places.make_loose_pieces():
        blocks.append([LOOSE, loose])
    return {
        "file": article.file,
        "annotator": article.annotator,
        "title": article.title or article.file,
        "status": article.status,
        "sentences": article.sentences,
        "decided": article.decided,
        "blocks": blocks,
        "items": [_item_to_json(one) for one in article.items],
    }


def labels_to_json(packet: Packet) -> list[Json]:
    """Return the labels in their order."""
    return [{"key": one.key, "name": one.name, "sign": one.letter, "hint": one.hint} for one in packet.labels]


def _item_to_json(item: ReviewItem) -> Json:
    return {
        "id": item.id,
        "number": item.number,
        "labels": list(item.labels),
        "text": item.text,
        "fields": [[name, value] for name, value in item.fields.items()],
        "note": item.note,
    }


class _SentenceMatcher:
    """Assigns each annotation to the first sentence that it overlaps; no annotation is left out."""

    def __init__(self, article: Article) -> None:
        self._text = article.text
        self._items = article.items
        self._order = sorted(range(len(article.items)), key=lambda place: article.items[place].span)
        self._next = 0
        self._number = 0
        self._unmatched: list[int] = []

    def make_pieces(self, block: Paragraph) -> list[Json]:
        """Return the pieces of a block; blocks must come in order."""
        found: list[Json] = []
        at = block.span.start
        for sentence in block.sentences:
            if at < sentence.start:
                found.append(self._text[at : sentence.start])
            self._number += 1
            here: list[Json] = list(self._take_items(sentence))
            found.append([self._text[sentence.start : sentence.end], self._number, here])
            at = max(at, sentence.end)
        if at < block.span.end:
            found.append(self._text[at : block.span.end])
        return found

    def make_loose_pieces(self) -> list[Json]:
        """Return a piece for each annotation without a sentence."""
        left = sorted(self._unmatched + self._order[self._next :])
        return [[self._items[place].text, self._items[place].number, [place]] for place in left]

    def _take_items(self, sentence: Span) -> Iterator[int]:
        while self._next < len(self._order):
            place = self._order[self._next]
            span = self._items[place].span
            # An empty span may equal an empty sentence, which overlaps nothing.
            if span.start >= sentence.end and span != sentence:
                return
            self._next += 1
            if span.is_overlapping(sentence) or span == sentence:
                yield place
            else:
                self._unmatched.append(place)
