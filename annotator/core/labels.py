"""Labels and label sets. It must not know how they are stored or painted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from annotator.core.annotation import Value
    from annotator.core.fields import Field


@dataclass(frozen=True, slots=True)
class Label:
    """What a sentence can be tagged with.

    ``colour`` is ``#rrggbb``, the ground in the light theme is mixed from it; ``letters``, ``names``
    and ``hints`` are by language code; a letter says the label without colour. ``fields`` are what it asks.
    """

    key: str
    names: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    colour: str = "#6b7280"
    letters: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[Field, ...] = ()
    extra: Mapping[str, Value] = field(default_factory=dict)

    def name(self, language: str) -> str:
        """The name in ``language``, else in any language, else the key."""
        return self.names.get(language) or next(iter(self.names.values()), self.key)

    def hint(self, language: str) -> str:
        """What the label is for, in ``language``, else in any language, else nothing."""
        return self.hints.get(language) or next(iter(self.hints.values()), "")

    def sign(self, language: str) -> str:
        """The letter that stands for it in ``language`` where colour alone would not do."""
        return self.letters.get(language) or next(iter(self.letters.values()), self.key[:1].upper())


@dataclass(frozen=True, slots=True)
class LabelSet:
    """Labels in order: the first has the key 1, and so on."""

    key: str
    labels: tuple[Label, ...]

    def __iter__(self) -> Iterator[Label]:
        return iter(self.labels)

    def __len__(self) -> int:
        return len(self.labels)

    def find(self, key: str) -> Label | None:
        """The label with that key, or None."""
        return next((label for label in self.labels if label.key == key), None)

    def get(self, key: str) -> Label:
        """The label with that key; one that the set does not have is shown in grey under its key, never dropped."""
        return self.find(key) or Label(key)

    def fields_of(self, keys: Iterable[str]) -> tuple[Field, ...]:
        """The fields of the labels with these keys, in their order; of several with one key the first."""
        wanted = frozenset(keys)
        asked: dict[str, Field] = {}
        for label in self.labels:
            if label.key in wanted:
                for one in label.fields:
                    asked.setdefault(one.key, one)
        return tuple(asked.values())

    def ordered(self, keys: frozenset[str]) -> tuple[str, ...]:
        """``keys`` in the order of the set, then the unknown ones by name."""
        known = [label.key for label in self.labels if label.key in keys]
        return (*known, *sorted(keys.difference(known)))
