"""Annotations in the order in which a table shows them, those that match a filter.

A single change costs a search among the rows; only to sort, filter or fill goes through all of them.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from annotator.core.field_values.values import format_value
from annotator.core.fields import Field
from annotator.core.formatting import describe_moment
from annotator.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from annotator.core.annotation import Annotation
    from annotator.core.collections.sorted_map import SortedMap
    from annotator.core.labels import LabelSet
    from annotator.core.span import Span

Key: TypeAlias = tuple[tuple[int, ...], str, int]


class Column(IntEnum):
    """The columns of the table, in their order."""

    PLACE = 0
    LABELS = 1
    SENTENCE = 2
    FIELDS = 3
    NOTE = 4
    CHANGED = 5


class Filter(NamedTuple):
    """A filter: annotations in which all `words` stand, and that have `label`.

    `label` None lets all pass, an empty one those without a label.
    """

    words: tuple[str, ...] = ()
    label: str | None = None


class Spelling(NamedTuple):
    """Labels and language in which annotations are put into words, how words are folded for a filter, and the time."""

    labels: LabelSet
    language: str
    fold: Callable[[str], str]
    now: Callable[[], str]

    def names(self, annotation: Annotation) -> str:
        """Return the names of its labels."""
        return ", ".join(self.labels.get(key).name(self.language) for key in annotation.labels)

    def fields(self, annotation: Annotation) -> str:
        """Return its fields on one line, by their names."""
        asked = {field.key: field for field in self.labels.fields_of(annotation.labels)} if annotation.fields else {}
        found = ((asked.get(key) or Field(key), value) for key, value in annotation.fields.items())
        shown = ((field, format_value(field, value, language=self.language)) for field, value in found)
        return "; ".join(f"{field.name(self.language)}: {text}" for field, text in shown)


class Rows:
    """All annotations, and the rows of those that match, in order."""

    def __init__(self, spelling: Spelling) -> None:
        self.column = Column.PLACE
        self.is_descending = False
        self.filter = Filter()
        self._spelling = spelling
        self._all: dict[int, Annotation] = {}
        self._places: list[int] = []
        self._keys: list[Key] = []
        self._sought: dict[int, str] = {}
        self._order: dict[str, int] = {}
        self.spell(spelling)

    def __len__(self) -> int:
        return len(self._keys)

    @property
    def total(self) -> int:
        """The number of annotations, shown or not."""
        return len(self._all)

    def place(self, row: int) -> int:
        """Return where the annotation of a row starts."""
        return self._keys[self._index(row)][2]

    def annotation(self, row: int) -> Annotation:
        """Return the annotation of a row."""
        return self._all[self.place(row)]

    def find_row(self, place: int) -> int | None:
        """Return the row of the annotation that starts at `place`, or None where none is shown."""
        annotation = self._all.get(place)
        if annotation is None:
            return None
        key = self._key(place, annotation)
        at = bisect_left(self._keys, key)
        return self._index(at) if at < len(self._keys) and self._keys[at] == key else None

    def spell(self, spelling: Spelling) -> None:
        """Put annotations into other words from now on."""
        self._spelling = spelling
        self._order = {label.key: number for number, label in enumerate(spelling.labels)}
        self._sought.clear()
        self.rearrange()

    def fill(self, annotations: SortedMap[Annotation] | None) -> None:
        """Hold these annotations in place of all others."""
        self._all = dict(annotations.items()) if annotations is not None else {}
        self._places = list(self._all)
        self._sought.clear()
        self.rearrange()

    def rearrange(self) -> None:
        """Take column, direction and filter as they are set now."""
        self._keys = sorted(self._key(place, one) for place, one in self._all.items() if self._is_shown(place, one))

    def differing(self, annotations: SortedMap[Annotation], spans: Iterable[Span]) -> list[int]:
        """Return the places in `spans` at which something else stands than is held here."""
        found: set[int] = set()
        for span in spans:
            first, end = bisect_left(self._places, span.start), bisect_left(self._places, span.end)
            now = dict(annotations.iter_between(span.start, span.end))
            here = {*self._places[first:end], *now}
            found.update(place for place in here if now.get(place) is not self._all.get(place))
        return sorted(found)

    def planned(self, place: int, annotation: Annotation | None) -> tuple[int | None, int | None]:
        """Return the row of `place` now, and its row after `put`; None where it has none."""
        old = self.find_row(place)
        if annotation is None or not self._would_be_shown(place, annotation):
            return old, None
        key = self._key(place, annotation)
        at = bisect_left(self._keys, key)
        count = len(self._keys) + (old is None)
        if old is not None and self._index(old) < at:
            at -= 1
        return old, count - 1 - at if self.is_descending else at

    def put(self, place: int, annotation: Annotation | None) -> None:
        """Hold `annotation` at `place`, or nothing there."""
        old = self.find_row(place)
        if old is not None:
            del self._keys[self._index(old)]
        if (annotation is None) != (place not in self._all):
            if annotation is None:
                del self._places[bisect_left(self._places, place)]
            else:
                insort(self._places, place)
        self._sought.pop(place, None)
        if annotation is None:
            self._all.pop(place, None)
            return
        self._all[place] = annotation
        if self._is_shown(place, annotation):
            insort(self._keys, self._key(place, annotation))

    def text(self, annotation: Annotation, column: Column) -> str:
        """Return what stands in a column, but for the number of the sentence."""
        match column:
            case Column.LABELS:
                return self._spelling.names(annotation) or _("no label yet")
            case Column.SENTENCE:
                return " ".join(annotation.text.split())
            case Column.FIELDS:
                return self._spelling.fields(annotation)
            case Column.NOTE:
                return " ".join(annotation.note.split())
            case Column.CHANGED:
                return describe_moment(annotation.changed, now=self._spelling.now())
            case Column.PLACE:
                return ""

    def _index(self, row: int) -> int:
        """Return the place of a row among the keys, or the row of a place: backwards where the order is."""
        return len(self._keys) - 1 - row if self.is_descending else row

    def _key(self, place: int, annotation: Annotation) -> Key:
        match self.column:
            case Column.PLACE:
                return (), "", place
            case Column.LABELS:
                last = len(self._order)
                return tuple(self._order.get(key, last) for key in annotation.labels) or (last + 1,), "", place
            case Column.CHANGED:
                return (), annotation.changed, place
            case Column.SENTENCE:
                return (), self._spelling.fold(annotation.text), place
            case _:
                text = self.text(annotation, self.column)
                return (not text,), self._spelling.fold(text), place

    def _is_shown(self, place: int, annotation: Annotation) -> bool:
        if not self._has_label(annotation):
            return False
        if not self.filter.words:
            return True
        sought = self._sought.get(place)
        if sought is None:
            sought = self._sought[place] = self._folded(annotation)
        return all(word in sought for word in self.filter.words)

    def _would_be_shown(self, place: int, annotation: Annotation) -> bool:
        if self._all.get(place) is annotation:
            return self._is_shown(place, annotation)
        if not self._has_label(annotation):
            return False
        sought = self._folded(annotation) if self.filter.words else ""
        return all(word in sought for word in self.filter.words)

    def _has_label(self, annotation: Annotation) -> bool:
        label = self.filter.label
        return label is None or (label in annotation.labels if label else not annotation.labels)

    def _folded(self, annotation: Annotation) -> str:
        columns = (Column.LABELS, Column.SENTENCE, Column.FIELDS, Column.NOTE)
        return self._spelling.fold("\n".join(self.text(annotation, column) for column in columns))
