"""Labels and label sets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.core.formatting import show_hidden

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from annotator.core.annotation import Value
    from annotator.core.fields import Field


@dataclass(frozen=True, slots=True)
class Label:
    """A label that sentences can be tagged with.

    Its methods return texts fit for display, in which characters that cannot be seen are written out.

    Attributes:
        names: Names by language code.
        hints: Descriptions by language code.
        colour: `#rrggbb`; the backgrounds of the themes are mixed from it.
        letters: Letters by language code, which identify the label without colour.
        fields: Definitions of the fields that the label has.
        extra: Keys of the label file that this version of the program does not know.
    """

    key: str
    names: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    colour: str = "#6b7280"
    letters: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[Field, ...] = ()
    extra: Mapping[str, Value] = field(default_factory=dict)

    def name(self, language: str) -> str:
        """Return the name in `language`, else in any language, else the key."""
        return show_hidden(self.names.get(language) or next(iter(self.names.values()), self.key))

    def hint(self, language: str) -> str:
        """Return the description in `language`, else in any language, else an empty text."""
        return show_hidden(self.hints.get(language) or next(iter(self.hints.values()), ""))

    def letter(self, language: str) -> str:
        """Return the letter in `language` that identifies the label without colour."""
        return show_hidden(self.letters.get(language) or next(iter(self.letters.values()), self.key[:1].upper()))


@dataclass(frozen=True, slots=True)
class LabelSet:
    """Labels in order: the first one has the shortcut 1, and so on."""

    key: str
    labels: tuple[Label, ...]

    def __iter__(self) -> Iterator[Label]:
        return iter(self.labels)

    def __len__(self) -> int:
        return len(self.labels)

    def find(self, key: str) -> Label | None:
        """Return the label with that key, or None."""
        return next((label for label in self.labels if label.key == key), None)

    def get(self, key: str) -> Label:
        """Return the label with that key, or a grey label named by the key if the set has none."""
        return self.find(key) or Label(key)

    def fields_of(self, keys: Iterable[str]) -> tuple[Field, ...]:
        """Return the fields of the labels with these keys, in the order of the set; the first of each key wins."""
        wanted = frozenset(keys)
        asked: dict[str, Field] = {}
        for label in self.labels:
            if label.key in wanted:
                for one in label.fields:
                    asked.setdefault(one.key, one)
        return tuple(asked.values())

    def sort_keys(self, keys: frozenset[str]) -> tuple[str, ...]:
        """Return `keys` in the order of the set, followed by unknown ones in alphabetical order."""
        known = [label.key for label in self.labels if label.key in keys]
        return (*known, *sorted(keys.difference(known)))
