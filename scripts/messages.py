"""Update the message catalogues in `resources/locale` from the texts in the code, and compile them.

    .venv/bin/python scripts/messages.py            every language that has a catalogue
    .venv/bin/python scripts/messages.py vi fr      these languages; a catalogue that does not exist is created

A second run changes nothing: the catalogues hold no dates, authors, versions or line numbers.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Message

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "resources" / "locale"
PACKAGE = ROOT / "annotator"


class Text(NamedTuple):
    """A message id: a text, or its singular and plural; with a context where the same text has several meanings."""

    id: str | tuple[str, str]
    context: str | None = None

    @property
    def singular(self) -> str:
        """The text itself, or the first of a pair."""
        return self.id if isinstance(self.id, str) else self.id[0]


class StableCatalog(Catalog):
    """A catalogue whose header never changes, so that only texts make a difference between two versions."""

    def __init__(self, language: str | None = None) -> None:
        super().__init__(language, fuzzy=False)
        spoken = f", in {self.locale.english_name}" if self.locale else ""
        self.header_comment = f"# What annotator says{spoken}."

    def _get_mime_headers(self) -> list[tuple[str, str]]:
        headers = [("Project-Id-Version", "annotator")]
        if self.locale is not None:
            headers += [("Language", str(self.locale_identifier)), ("Plural-Forms", self.plural_forms)]
        return [
            *headers,
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit\n"),
        ]

    mime_headers = property(_get_mime_headers)


def find_texts(tree: ast.AST) -> Iterator[Text]:
    """Yield the texts that a module marks for translation.

    Babel's own extraction misses what is marked inside another call and, on some versions of Python, in an f-string.
    """
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name("_" | "N_"), args=[ast.Constant(str(text))]):
                yield Text(text)
            case ast.Call(
                func=ast.Name("pgettext" | "NP_"), args=[ast.Constant(str(context)), ast.Constant(str(text))]
            ):
                yield Text(text, context)
            case ast.Call(func=ast.Name("ngettext"), args=[ast.Constant(str(one)), ast.Constant(str(many)), *_]):
                yield Text((one, many))


def collect_texts(package: Path) -> set[Text]:
    """Return all marked texts of a package; a text that is also the singular of a pair is in that pair alone."""
    texts = {text for path in package.rglob("*.py") for text in find_texts(ast.parse(path.read_bytes()))}
    singulars = {Text(text.singular) for text in texts if not isinstance(text.id, str)}
    return texts - singulars


def find_translation(old: Catalog, text: Text, *, plurals: int) -> str | tuple[str, ...]:
    """Return the translation of `text` in `old`, empty where there is none; a pair has one for each plural form."""
    message = old.get(text.singular, text.context)
    known = _strings(message) if message is not None and not message.fuzzy and message.id == text.id else ()
    if isinstance(text.id, str):
        return known[0] if known else ""
    return (*known, *[""] * plurals)[:plurals]


def add(catalog: Catalog, text: Text, translation: str | tuple[str, ...]) -> None:
    """Add a message without babel's guess at its format."""
    message = catalog.add(text.id, translation, context=text.context)
    message.flags.discard("python-format")  # texts are filled in by str.format: a per cent sign is only that


def write_catalog(catalog: Catalog, path: Path) -> None:
    """Write a catalogue in the order of its texts, without places in the code."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=120, no_location=True, sort_output=True)


def write_template(texts: set[Text], path: Path) -> None:
    """Write the catalogue that has no translations."""
    template = StableCatalog()
    for text in texts:
        add(template, text, "" if isinstance(text.id, str) else ("", ""))
    write_catalog(template, path)


def update_language(language: str, texts: set[Text], locale: Path) -> str:
    """Update and compile the catalogue of `language`; return how much of it is translated, as a line to print."""
    path = locale / language / "LC_MESSAGES" / "annotator.po"
    old = Catalog(language)
    if path.exists():
        with path.open("rb") as file:
            old = read_po(file, language, abort_invalid=True)
    catalog = StableCatalog(language)
    for text in texts:
        add(catalog, text, find_translation(old, text, plurals=catalog.num_plurals))
    write_catalog(catalog, path)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalog)
    done = sum(all(_strings(message)) for message in catalog if message.id)
    return f"{path.relative_to(ROOT)}: {done} of {len(texts)} texts translated"


def main(languages: list[str]) -> None:
    """Update the template and the catalogues of `languages`, or of every language that has one."""
    texts = collect_texts(PACKAGE)
    write_template(texts, LOCALE / "annotator.pot")
    for language in languages or sorted(path.parent.name for path in LOCALE.glob("*/LC_MESSAGES")):
        print(update_language(language, texts, LOCALE))


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


if __name__ == "__main__":
    main(sys.argv[1:])
