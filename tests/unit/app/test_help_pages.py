from __future__ import annotations

import re

import pytest

from annotator.app.help_pages import escape_markdown, fill_markers, load_pages
from annotator.app.preferences.translation import LANGUAGES

LINK = re.compile(r"\]\(([^)]*)\)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_to_a_page(language: str) -> None:
    """Pages name each other and nothing outside."""
    pages = load_pages(language)
    links = {link for page in pages for link in LINK.findall(page.text)}
    assert links
    assert links <= {f"{page.name}.md" for page in pages}


def test_the_pages_are_the_same_in_all_languages() -> None:
    """Each page is there in each language, in the same order, with the same actions and sections."""
    shapes = [
        [
            (page.name, page.text.count("\n## "), sorted(re.findall(r"\{[a-z]+:[a-z-]+\}", page.text)))
            for page in load_pages(language)
        ]
        for language in LANGUAGES
    ]
    assert shapes[0] == shapes[1]
    assert len(shapes[0]) == 9


def test_every_page_has_a_title() -> None:
    """The title is the first line, without its mark."""
    assert [page.title for page in load_pages("vi")][:2] == ["Những bước đầu tiên", "Phím"]


def test_markers_are_filled_in() -> None:
    """A marker becomes what is given for it; one that is not known vanishes."""
    assert (
        fill_markers("a {action:undo} b {menu:go}{action:x}.", {"action:undo": "**U**", "menu:go": "G"})
        == "a **U** b G."
    )


def test_names_of_labels_stay_as_they_are() -> None:
    """Nothing in a name is taken for Markdown."""
    assert escape_markdown("a*b_|c") == r"a\*b\_\|c"
