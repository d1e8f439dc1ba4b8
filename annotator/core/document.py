"""A document as it was read."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Document(NamedTuple):
    """Text of an article, with each line end counted as one character.

    Attributes:
        name: File name without the folder.
        text: The decoded text.
        encoding: The encoding that the file was decoded with.
        sha256: Hash of the bytes on disk, in hexadecimal.
        warning: A sentence for the user if the encoding is doubtful, else empty.
        is_certain: True if the bytes themselves determine the encoding.
    """

    name: str
    text: str
    encoding: str = "utf-8"
    sha256: str = ""
    warning: str = ""
    is_certain: bool = True

    @property
    def identity(self) -> str:
        """Identity of the text, from the hash of the bytes and how they are decoded; equal only for equal texts."""
        return identity_of(self.sha256, "" if self.is_certain else self.encoding)


def identity_of(sha256: str, encoding: str) -> str:
    """Return the identity of a text; `encoding` is empty if the bytes themselves determine it."""
    return f"{sha256} {encoding}" if sha256 and encoding else sha256


class BlockKind(StrEnum):
    """Role of a block (a line of the text that is not blank) in the article."""

    TITLE = "title"
    LEAD = "lead"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CAPTION = "caption"
    BYLINE = "byline"
    BOILERPLATE = "boilerplate"

    @property
    def is_decidable(self) -> bool:
        """True if the sentences of the block need a decision; others can be tagged too, but *next* skips them."""
        return self in _DECIDABLE


_DECIDABLE = frozenset({BlockKind.LEAD, BlockKind.PARAGRAPH, BlockKind.ITEM})
