"""The pages of help, as Markdown in the language of the program. It must not know how they are shown.

In a page, ``{action:undo}`` stands for the name and the key of an action, ``{menu:edit}`` for all actions of a menu, so
that a page never says what no longer holds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from annotator.shipped import shipped_path

if TYPE_CHECKING:
    from collections.abc import Mapping

MARKER = re.compile(r"\{((?:action|menu):[a-z0-9-]+)\}")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


class HelpPage(NamedTuple):
    """A page: ``name`` is what links call it by, ``text`` is Markdown with its title in the first line."""

    name: str
    title: str
    text: str


def load_pages(language: str) -> tuple[HelpPage, ...]:
    """The pages in ``language``, in the order in which they are read."""
    return tuple(
        _page(path.stem, path.read_text("utf-8")) for path in sorted(shipped_path("help", language).glob("*.md"))
    )


def filled(text: str, named: Mapping[str, str]) -> str:
    """``text`` with each marker replaced by what ``named`` has for it, which is Markdown already."""
    return MARKER.sub(lambda marker: named.get(marker[1], ""), text)


def escaped(text: str) -> str:
    """``text`` so that Markdown shows it as it is."""
    return _SPECIAL.sub(r"\\\1", text)


def _page(stem: str, text: str) -> HelpPage:
    title = text.partition("\n")[0].lstrip("# ")
    return HelpPage(stem.partition("-")[2], title, text)
