"""The help pages, as Markdown in the language of the program.

Markers in a page are filled in when it is shown, so that it is never outdated: `{action:undo}` with the name and key of
an action, `{menu:edit}` with all actions of a menu.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from annotator.shipped import resource_path

if TYPE_CHECKING:
    from collections.abc import Mapping

MARKER = re.compile(r"\{((?:action|menu):[a-z0-9-]+)\}")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


class HelpPage(NamedTuple):
    """A help page: `name` is the target of links, `text` is Markdown with the title in its first line."""

    name: str
    title: str
    text: str


def load_pages(language: str) -> tuple[HelpPage, ...]:
    """Load the pages in `language`, in reading order."""
    return tuple(
        _parse_page(path.stem, path.read_text("utf-8")) for path in sorted(resource_path("help", language).glob("*.md"))
    )


def fill_markers(text: str, named: Mapping[str, str]) -> str:
    """Replace each marker in `text` by its value in `named`, which is Markdown; unknown markers are removed."""
    return MARKER.sub(lambda marker: named.get(marker[1], ""), text)


def escape_markdown(text: str) -> str:
    """Escape `text` so that Markdown shows it literally."""
    return _SPECIAL.sub(r"\\\1", text)


def _parse_page(stem: str, text: str) -> HelpPage:
    title = text.partition("\n")[0].lstrip("# ")
    return HelpPage(stem.partition("-")[2], title, text)
