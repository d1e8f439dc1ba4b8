from __future__ import annotations

import ast
import gettext
import io
import re
from typing import TYPE_CHECKING, TypeAlias

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from repository import ROOT

from annotator.app.preferences.translation import LANGUAGES
from annotator.gui.actions.action import Menu

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from babel.messages.catalog import Catalog, Message

Text: TypeAlias = "tuple[str | tuple[str, ...], str | None]"
"""A text, or the forms of a plural, and its context."""

LOCALE = ROOT / "resources" / "locale"
TRANSLATED = [language for language in LANGUAGES if language != "en"]
KEYWORDS = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "NP_": ((1, "c"), 2),
}  # those of scripts/messages.py
PLACEHOLDER = re.compile(r"\{[^{}]*\}")
HINT = "run `python scripts/messages.py` and translate what is new"


@pytest.fixture(params=TRANSLATED)
def po(request: pytest.FixtureRequest) -> Path:
    """A catalogue as people edit it, one language after the other."""
    return LOCALE / str(request.param) / "LC_MESSAGES" / "annotator.po"


@pytest.fixture
def catalogue(po: Path) -> Catalog:
    """What is in it."""
    with po.open("rb") as file:
        return read_po(file, po.parts[-3], abort_invalid=True)


def _extracted() -> set[Text]:
    """The texts that Babel finds in the code."""
    found = extract_from_dir(ROOT / "annotator", [("**.py", "python")], keywords=KEYWORDS)
    return {(text, context) for _path, _line, text, _comments, context in found}


def _written() -> Iterator[Text]:
    """The texts that are marked in the code, by Python's own parser, which also looks into nested calls."""
    for path in (ROOT / "annotator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
                match [one.value for one in node.args[:2] if isinstance(one, ast.Constant)], node.func.id:
                    case [str(context), str(text)], "pgettext" | "NP_":
                        yield text, context
                    case [str(one), str(many)], "ngettext":
                        yield (one, many), None
                    case [str(text)], "_" | "N_":
                        yield text, None


def _translations(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _is_translated(message: Message) -> bool:
    translations = _translations(message)
    return bool(translations) and all(translations)


def _key(message: Message) -> Text:
    return message.id if isinstance(message.id, str) else tuple(message.id), message.context


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def test_every_text_in_the_code_has_a_translation(catalogue: Catalog) -> None:
    """Each text that the code marks is in the catalogue, translated, in every plural, and not as a mere guess."""
    texts = _extracted() | set(_written())
    assert len(texts) > 300
    known = {_key(message): message for message in _messages(catalogue)}
    untranslated = [text for text in texts if text not in known or not _is_translated(known[text])]
    assert not untranslated, HINT
    assert not [text for text in texts if known[text].fuzzy]


def test_the_catalogue_holds_nothing_that_is_not_said(catalogue: Catalog) -> None:
    """No text stays in the catalogue when it has left the code, and the template has the same texts."""
    texts = _extracted() | set(_written())
    with (LOCALE / "annotator.pot").open("rb") as file:
        template = read_po(file)
    assert {_key(message) for message in _messages(catalogue)} == texts, HINT
    assert {_key(message) for message in _messages(template)} == texts, HINT
    assert not catalogue.obsolete


def test_a_translation_has_the_placeholders_of_its_text(catalogue: Catalog) -> None:
    """What is filled into a text is filled into its translation, under the same names and in the same form."""
    wrong = []
    for message in _messages(catalogue):
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        wanted = {name for text in ids for name in PLACEHOLDER.findall(text)}
        wrong += [text for text in _translations(message) if set(PLACEHOLDER.findall(text)) != wanted]
    assert not wrong


def test_a_translation_ends_as_its_text_does(catalogue: Catalog) -> None:
    """A sentence stays a sentence: the mark at its end is that of the English text."""
    marks = (".", ":", "…", "?")
    wrong = []
    for message in _messages(catalogue):
        if message.context in {"Qt", "between thousands", "before decimals"}:  # Qt ends otherwise; marks are no ends
            continue
        text = message.id if isinstance(message.id, str) else message.id[-1]
        wanted = text[-1] if text.endswith(marks) else ""
        wrong += [one for one in _translations(message) if (one[-1] if one.endswith(marks) else "") != wanted]
    assert not wrong


def test_the_compiled_catalogue_is_that_of_the_source(po: Path, catalogue: Catalog) -> None:
    """What the program reads is what Babel makes of the catalogue that people edit."""
    made = io.BytesIO()
    write_mo(made, catalogue)
    made.seek(0)
    with po.with_suffix(".mo").open("rb") as file:
        shipped = _entries(gettext.GNUTranslations(file))
    assert shipped == _entries(gettext.GNUTranslations(made)), HINT
    assert len(shipped) >= len(_messages(catalogue))


def _entries(translations: gettext.GNUTranslations) -> dict[object, str]:
    """The texts of a compiled catalogue, without its header."""
    catalog: dict[object, str] = translations._catalog  # type: ignore[attr-defined]
    return {key: text for key, text in catalog.items() if key}


def test_each_menu_opens_by_a_letter_of_its_own(catalogue: Catalog) -> None:
    """In the menu bar each name has one mnemonic, a plain letter or digit, and no two have the same; in English too."""
    translated = [str(catalogue[menu.value].string) for menu in Menu]
    for names in (translated, [menu.value for menu in Menu]):
        letters = [re.findall("&(.)", name.lower()) for name in names]
        assert all(len(one) == 1 and one[0].isascii() and one[0].isalnum() for one in letters)
        assert len({one[0] for one in letters}) == len(names)


def test_the_catalogues_name_no_people_and_no_dates(po: Path) -> None:
    """Making the catalogues again changes nothing, as they hold neither times nor addresses nor versions of tools."""
    for path in (po, LOCALE / "annotator.pot"):
        header = path.read_text("utf-8").partition("\n\n")[0]
        assert not re.search("date|generated|@|translator|team|fuzzy|year", header, re.IGNORECASE)
