"""Field definitions of a label."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from unicodedata import normalize

from annotator.core.formatting import show_hidden

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from annotator.core.annotation import Value


class FieldKind(StrEnum):
    """Type of the values of a field, by the words of the label file."""

    TEXT = "text"
    NUMBER = "number"
    RANGE = "range"
    UNIT = "unit"
    DATE = "date"
    CHOICE = "choice"
    PERSON = "person"

    @property
    def has_options(self) -> bool:
        """True if the field can have options: all allowed values, or the predefined ones."""
        return self in {FieldKind.CHOICE, FieldKind.UNIT}


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a field: the key is stored, the name in the user's language is shown."""

    key: str
    names: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Value] = field(default_factory=dict)

    def name(self, language: str) -> str:
        """Return the name in `language`, else in any language, else the key."""
        return show_hidden(self.names.get(language) or next(iter(self.names.values()), self.key))

    @property
    def folded_names(self) -> Iterator[str]:
        """Key and names in all languages, as they are and as they are shown, folded for comparison."""
        yield fold_name(self.key)
        for name in self.names.values():
            yield fold_name(name)
            yield fold_name(show_hidden(name))


@dataclass(frozen=True, slots=True)
class Field:
    """Definition of a field of a label; `names` are by language code."""

    key: str
    kind: FieldKind = FieldKind.TEXT
    names: Mapping[str, str] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    extra: Mapping[str, Value] = field(default_factory=dict)

    def name(self, language: str) -> str:
        """Return the name in `language`, else in any language, else the key."""
        return show_hidden(self.names.get(language) or next(iter(self.names.values()), self.key))

    def find_key(self, key: str) -> Option | None:
        """Return the option with that key, or None."""
        return next((one for one in self.options if one.key == key), None)

    def find_option(self, words: str) -> Option | None:
        """Return the option with that key, else with that name in any language, or None."""
        wanted = fold_name(words)
        # An exact key wins over a name, so that a stored value always means the same option.
        return self.find_key(words) or next((one for one in self.options if wanted in one.folded_names), None)


def fold_name(words: str) -> str:
    """Return `words` for comparison: composed (NFC), without case, single spaces."""
    return " ".join(normalize("NFC", words).casefold().split())
