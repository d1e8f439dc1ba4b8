"""An article as it was read. It must not know of annotations, nor of the file system."""

from __future__ import annotations

from typing import NamedTuple


class Document(NamedTuple):
    """The text of an article, each line end counted as one character.

    ``name`` is the file's name without its folder, ``encoding`` the one it was decoded with, ``sha256`` that of the
    bytes on disk, in hexadecimal. ``warning`` is a sentence for the person where reading it was not sure, else empty.
    """

    name: str
    text: str
    encoding: str = "utf-8"
    sha256: str = ""
    warning: str = ""
