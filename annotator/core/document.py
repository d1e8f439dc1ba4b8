"""An article as it was read. It must not know of annotations, nor of the file system."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Document(NamedTuple):
    """The text of an article, each line end counted as one character.

    ``name`` is the file's name without its folder, ``encoding`` the one it was decoded with, ``sha256`` that of the
    bytes on disk, in hexadecimal. ``warning`` is a sentence for the person where reading it was not sure, else empty.
    ``is_certain`` says that the bytes themselves tell the encoding: they can be read in no other way.
    """

    name: str
    text: str
    encoding: str = "utf-8"
    sha256: str = ""
    warning: str = ""
    is_certain: bool = True

    @property
    def identity(self) -> str:
        """What is the same where, and only where, the text is: that of the bytes, and how they are read."""
        return identity_of(self.sha256, "" if self.is_certain else self.encoding)


def identity_of(sha256: str, encoding: str) -> str:
    """The identity of a text by the sha256 of its bytes and its encoding, empty where the bytes tell it."""
    return f"{sha256} {encoding}" if sha256 and encoding else sha256


class BlockKind(StrEnum):
    """What a block (one line of the text that is not blank) is in the article."""

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
        """Whether its sentences ask for a decision; the others can be tagged all the same, but "next" skips them."""
        return self in _DECIDABLE


_DECIDABLE = frozenset({BlockKind.LEAD, BlockKind.PARAGRAPH, BlockKind.ITEM})
