"""Fields that a label may have: what they are called, of what kind they are. It must not know what is filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from annotator.core.annotation import Value


class FieldKind(StrEnum):
    """What may stand in a field, by the words of the label file."""

    TEXT = "text"
    NUMBER = "number"
    RANGE = "range"
    UNIT = "unit"
    DATE = "date"
    CHOICE = "choice"
    PERSON = "person"

    @property
    def has_options(self) -> bool:
        """Whether options make sense: all that may stand there, or the usual ones."""
        return self in {FieldKind.CHOICE, FieldKind.UNIT}


@dataclass(frozen=True, slots=True)
class Option:
    """What can be chosen: the key is kept, the name in the person's language is shown."""

    key: str
    names: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Value] = field(default_factory=dict)

    def name(self, language: str) -> str:
        """The name in ``language``, else in any language, else the key."""
        return self.names.get(language) or next(iter(self.names.values()), self.key)

    @property
    def words(self) -> Iterator[str]:
        """All that it may be called, folded for comparing."""
        yield folded(self.key)
        yield from map(folded, self.names.values())


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a label asks about its sentence. ``names`` are by language code."""

    key: str
    kind: FieldKind = FieldKind.TEXT
    names: Mapping[str, str] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    extra: Mapping[str, Value] = field(default_factory=dict)

    def name(self, language: str) -> str:
        """The name in ``language``, else in any language, else the key."""
        return self.names.get(language) or next(iter(self.names.values()), self.key)

    def find_option(self, words: str) -> Option | None:
        """The option of that key, else the one that is called so in any language, or None."""
        wanted = folded(words)
        by_key = next((one for one in self.options if one.key == words), None)
        return by_key or next((one for one in self.options if wanted in one.words), None)


def folded(words: str) -> str:
    """``words`` for comparing: however composed, spaced and cased."""
    return " ".join(normalize("NFC", words).casefold().split())
