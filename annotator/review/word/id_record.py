"""The record of what was sent in a Word file.

Three things identify the annotation at a place, so that it is found again whichever program saved the file: a bookmark
around its words, a mark in its comment's text, and this record, a custom XML part that office programs preserve. The
record also holds the sentences as they were sent, by which edits are detected.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NAMESPACE = "urn:annotator:review:word:1"
"""The XML namespace of the record."""

SIGN_STYLE = "AnnotatorSign"
"""The character style of the signs before sentences, which are not part of the article."""

MARK = re.compile(r"⟦\s*(\d{1,7})\s*\.\s*(\w+)\s*⟧")
"""The mark in a comment's text: the article's number and the annotation's token."""

ITEM_MARK = re.compile(r"(?:a|r\d{1,4}_)(\d{1,7})_(\w+)")
"""A bookmark around an annotation's words, in the article (a) or in a table of the annex (r)."""

# Word hides bookmarks whose names begin with an underscore.
SENTENCE_MARK = re.compile(r"_s(\d{1,7})_(\d{1,7})")
"""A bookmark around a sentence."""

FILE_MARK = re.compile(r"_([dw])(\d{1,7})")
"""A bookmark around a document's path (d) or its annotator's name (w)."""

ANNEX_MARK = "_annex"
"""The bookmark at which the articles end."""

# Word limits the name of a bookmark to 40 letters, digits and underscores; the longest prefix here has 14.
_SAFE = re.compile(r"[a-z0-9]{1,24}")
_IMPOSSIBLE = re.compile("[\ud800-\udfff\ufffe\uffff]")


class SentItem(NamedTuple):
    """An annotation as it was sent; `lines` is the text of its comment."""

    id: str
    token: str
    labels: tuple[str, ...]
    text: str
    lines: tuple[str, ...]


class SentArticle(NamedTuple):
    """An article as it was sent; `author` is that of its comments, `sentences` are numbered from 0."""

    number: int
    file: str
    annotator: str
    author: str
    sentences: tuple[str, ...]
    items: tuple[SentItem, ...]


def make_token(identity: str, index: int) -> str:
    """Return the token of an annotation for bookmarks and marks: its id, or `_index` if the id is unfit for them."""
    return identity if _SAFE.fullmatch(identity) else f"_{index}"


def is_id(token: str) -> bool:
    """Return whether a token is the annotation's id, which is then known without the record."""
    return _SAFE.fullmatch(token) is not None


def make_mark(number: int, token: str) -> str:
    """Return the mark of an annotation in the article with that number."""
    return f"⟦{number}.{token}⟧"


def serialize_record(articles: Iterable[Sequence[object]]) -> bytes:
    """Serialize the record of `articles` as a part of the file."""
    pieces = "".join(f"<article>{escape(_json(article))}</article>" for article in articles)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<annotator xmlns="{NAMESPACE}">{pieces}</annotator>'.encode()


def parse_article(text: str) -> SentArticle | None:
    """Parse an article of the record; return None if it is damaged."""
    try:
        number, file, annotator, author, sentences, items = json.loads(text)
        if not isinstance(number, int):
            return None
        return SentArticle(
            number, _str(file), _str(annotator), _str(author), _strs(sentences), tuple(map(_item, items))
        )
    except (ValueError, TypeError, RecursionError):
        return None


def _item(values: Any) -> SentItem:  # noqa: ANN401 - parsed JSON
    identity, token, labels, text, lines = values
    return SentItem(_str(identity), _str(token), _strs(labels), _str(text), _strs(lines))


def _str(value: Any) -> str:  # noqa: ANN401 - parsed JSON
    if not isinstance(value, str):
        raise TypeError
    return value


def _strs(values: Any) -> tuple[str, ...]:  # noqa: ANN401 - parsed JSON
    if not isinstance(values, list):
        raise TypeError
    return tuple(map(_str, values))


def _json(article: Sequence[object]) -> str:
    text = json.dumps(article, ensure_ascii=False, separators=(",", ":"))
    # Escaped in JSON, as XML cannot hold lone surrogates.
    return _IMPOSSIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
