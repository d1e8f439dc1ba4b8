from __future__ import annotations

import re

import pytest

from annotator.app.help_pages import escape_markdown, fill_markers, load_pages
from annotator.app.preferences.translation import LANGUAGES
from annotator.cli.names import VERBS
from annotator.storage.workspace.label_set import load_builtin_labels

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
    assert len(shapes[0]) == 12


def test_every_page_has_a_title() -> None:
    """The title is the first line, without its mark."""
    assert [page.title for page in load_pages("vi")][:2] == ["Những bước đầu tiên", "Phím tắt"]


def test_markers_are_filled_in() -> None:
    """A marker becomes what is given for it; one that is not known vanishes."""
    assert (
        fill_markers("a {action:undo} b {menu:go}{action:x}.", {"action:undo": "**U**", "menu:go": "G"})
        == "a **U** b G."
    )


def test_names_of_labels_stay_as_they_are() -> None:
    """Nothing in a name is taken for Markdown."""
    assert escape_markdown("a*b_|c") == r"a\*b\_\|c"


RETIRED = re.compile(
    r"chú thích(?! ảnh)|bài báo|sa-pô|quyết định|chấp nhận|bác bỏ|người duyệt|rà soát|trình đơn|thao tác"
    r"|\bkhối\b|Escape|\bbạn\b",
    re.IGNORECASE,
)


def test_vietnamese_pages_use_the_settled_words() -> None:
    """The words of the window are those of its help."""
    assert not [(page.name, found) for page in load_pages("vi") for found in RETIRED.findall(page.text)]


def test_english_pages_call_a_reviewer_they() -> None:
    """No page knows whether a reviewer is a woman or a man, and none speaks the language of an older program."""
    words = r"\b(she|her|hers|he|his)\b|Escape|\banew\b|\bmend"
    assert not [(page.name, found[0]) for page in load_pages("en") if (found := re.search(words, page.text))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_definitions_are_those_of_the_built_in_labels(language: str) -> None:
    """What a page says of a label is what the window says, and each of its fields is named."""
    text = " ".join(next(page.text for page in load_pages(language) if page.name == "labels").split())
    for label in load_builtin_labels():
        assert label.name(language) in text
        # The page says in full whom the label set's English calls somebody.
        hint = label.hint(language).replace("of somebody who is named", "of a person or organisation who is named")
        assert hint[1:] in text
        names = [field.name(language) for field in label.fields]
        known = {"Quotation": "kind of quotation"}
        assert not [name for name in names if known.get(name, name).lower() not in text.lower()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_of_the_command_line_is_explained(language: str) -> None:
    """None is left out."""
    text = next(page.text for page in load_pages(language) if page.name == "command-line")
    assert not [verb for verb in VERBS if verb not in {"open", "review"} and f"annotator {verb}" not in text]


@pytest.mark.parametrize(("language", "button"), [("en", "“Put it back”"), ("vi", "“Khôi phục”")])
def test_the_cures_of_lost_annotations_are_named(language: str, button: str) -> None:
    """Under questions and under trouble: the action for files without their article, and the button of the message."""
    pages = {page.name: page.text for page in load_pages(language)}
    assert "{action:reattach}" in pages["questions"]
    assert "{action:reattach}" in pages["trouble"]
    assert button in pages["trouble"]
