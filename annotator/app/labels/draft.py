"""A label set while it is edited."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import count, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.colour import PALETTE
from annotator.core.fields import Field, FieldKind, Option
from annotator.core.formatting import format_count
from annotator.core.i18n import _, ngettext
from annotator.core.labels import Label, LabelSet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LANGUAGES = ("vi", "en")
LONGEST_LETTER = 2
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SPARE_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class LabelUsage:
    """The number of annotations that have a label, and the documents they are in."""

    annotations: int = 0
    documents: frozenset[str] = frozenset()

    def __add__(self, other: LabelUsage) -> LabelUsage:
        return LabelUsage(self.annotations + other.annotations, self.documents | other.documents)

    @property
    def summary(self) -> str:
        """The count as part of a sentence."""
        many = ngettext("{count} annotation", "{count} annotations", self.annotations).format(
            count=format_count(self.annotations)
        )
        files = len(self.documents)
        within = ngettext("{annotations} in {count} document", "{annotations} in {count} documents", files)
        return within.format(annotations=many, count=files)


@dataclass(frozen=True, slots=True)
class LabelPlan:
    """The result of an edit: the new label set, and for keys in use that change the key to replace them with."""

    labels: LabelSet
    renames: Mapping[str, str] = field(default_factory=dict)


class Row(NamedTuple):
    """A label under edit; `origin` is the key that annotations have for it, empty for a new label."""

    number: int
    origin: str
    label: Label


class LabelFault(NamedTuple):
    """An error in a label set: its place in the list, the field concerned, and the sentence for the user."""

    place: int
    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class LabelDraft:
    """A label set under edit. Immutable: each method returns a new draft.

    `removed_rows` pairs each removed label with the number of the row that takes over its annotations, or None if they
    keep the key; `usage` counts by key how often labels are used.
    """

    key: str
    rows: tuple[Row, ...]
    usage: Mapping[str, LabelUsage] = field(default_factory=dict)
    removed_rows: tuple[tuple[Row, int | None], ...] = ()
    next_number: int = 0

    @staticmethod
    def from_labels(labels: LabelSet, *, usage: Mapping[str, LabelUsage]) -> LabelDraft:
        """Start a draft from `labels`."""
        rows = tuple(Row(number, label.key, label) for number, label in enumerate(labels))
        return LabelDraft(labels.key, rows, usage, next_number=len(rows))

    # Changes

    def with_label(self, place: int, label: Label) -> LabelDraft:
        """Replace the label at `place` in the list."""
        rows = list(self.rows)
        rows[place] = rows[place]._replace(label=label)
        return replace(self, rows=tuple(rows))

    def with_new_label(self, key: str = "") -> LabelDraft:
        """Add a label at the end with an unused colour and letter, with `key` if given."""
        colours = {row.label.colour.lower() for row in self.rows}
        colour = next((one for one in PALETTE if one.lower() not in colours), PALETTE[len(self.rows) % len(PALETTE)])
        signs = {row.label.letter(language) for row in self.rows for language in LANGUAGES}
        # The letter of the key itself is the easiest to remember.
        wanted = (key[:1].upper(), *_SPARE_LETTERS)
        letter = next((one for one in wanted if one and one not in signs), str(len(self.rows) + 1))
        label = Label(key or self._make_key(), colour=colour, letters={"": letter})
        row = Row(self.next_number, "", label)
        return replace(self, rows=(*self.rows, row), next_number=self.next_number + 1)

    def without_label(self, place: int, *, into: int | None = None) -> LabelDraft:
        """Remove the label at `place`; its annotations get the label of row number `into`, or keep their key."""
        row = self.rows[place]
        return replace(
            self, rows=self.rows[:place] + self.rows[place + 1 :], removed_rows=(*self.removed_rows, (row, into))
        )

    def with_moved_label(self, place: int, by: int) -> LabelDraft:
        """Move the label at `place` down by `by` places, if there is room."""
        rows = list(self.rows)
        if 0 <= place + by < len(rows):
            rows.insert(place + by, rows.pop(place))
        return replace(self, rows=tuple(rows))

    # What it comes to

    @property
    def labels(self) -> LabelSet:
        """The label set in its current state."""
        return LabelSet(self.key, tuple(row.label for row in self.rows))

    @property
    def plan(self) -> LabelPlan:
        """The plan for applying the draft."""
        moves = {row.origin: row.label.key for row in self.rows if row.origin and row.origin != row.label.key}
        for row, into in self.removed_rows:
            target = self._find_target(into)
            if row.origin and target and target != row.origin:
                moves[row.origin] = target
        return LabelPlan(self.labels, moves)

    def get_usage(self, place: int) -> LabelUsage:
        """Return how often the label at `place` is used, including labels that were merged into it."""
        row = self.rows[place]
        found = self.usage.get(row.origin, LabelUsage()) if row.origin else LabelUsage()
        for gone, into in self.removed_rows:
            if gone.origin and self._find_number(into) == row.number:
                found += self.usage.get(gone.origin, LabelUsage())
        return found

    @property
    def unknown_keys(self) -> tuple[str, ...]:
        """Keys of annotations that are no label of the set, sorted."""
        return tuple(sorted(self._kept_keys.difference(row.label.key for row in self.rows)))

    def find_fault(self) -> LabelFault | None:
        """Return the first error in the set, or None."""
        if not self.rows:
            return LabelFault(-1, "", _("Without a label nothing could be tagged. Add one."))
        for place in range(len(self.rows)):
            fault = self._find_fault_at(place)
            if fault is not None:
                return fault
        return None

    @property
    def _kept_keys(self) -> frozenset[str]:
        """Keys that annotations have and keep, whatever the rows are called."""
        merged = {row.origin for row, into in self.removed_rows if self._find_number(into) is not None}
        return frozenset(self.usage).difference((row.origin for row in self.rows), merged)

    def _find_fault_at(self, place: int) -> LabelFault | None:
        row = self.rows[place]
        label = row.label
        earlier = [other.label for other in self.rows[:place]]
        if not label.key:
            sentence = _("Label {number} has no key. Give it a short name; it is written in each file.")
            return LabelFault(place, "key", sentence.format(number=place + 1))
        if any(label.key == other.key for other in earlier):
            sentence = _("Two labels have the key “{key}”. Give each its own.")
            return LabelFault(place, "key", sentence.format(key=label.key))
        if row.origin and label.key != row.origin and label.key in self._kept_keys:
            sentence = _("The key “{key}” is on annotations of a label that is not in the list. Choose another one.")
            return LabelFault(place, "key", sentence.format(key=label.key))
        if not _COLOUR.fullmatch(label.colour):
            sentence = _("The colour of “{key}” cannot be read. Write # and six digits from 0 to F, as #0072B2.")
            return LabelFault(place, "colour", sentence.format(key=label.key))
        return self._find_letter_fault(place, earlier)

    def _find_letter_fault(self, place: int, earlier: list[Label]) -> LabelFault | None:
        label = self.rows[place].label
        for language, letter in label.letters.items():
            if len(letter) > LONGEST_LETTER:
                sentence = _("The letter of “{key}” is too long. Write one letter, at most two.")
                return LabelFault(place, f"letter {language}", sentence.format(key=label.key))
        for language in LANGUAGES:
            sign = label.letter(language)
            match = next((other for other in earlier if other.letter(language) == sign), None)
            if match is not None:
                sentence = _("“{key}” and “{other}” have the same letter, {letter}. Give each its own.")
                return LabelFault(
                    place, f"letter {language}", sentence.format(key=label.key, other=match.key, letter=sign)
                )
        return None

    def _find_number(self, number: int | None) -> int | None:
        """Return the row in which annotations sent to row `number` end up, if that was removed in the meantime."""
        # Removed rows may point to rows that were removed later; the bound ends any circle.
        for _step in range(len(self.removed_rows) + 1):
            if number is None or any(row.number == number for row in self.rows):
                return number
            number = next((into for row, into in self.removed_rows if row.number == number), None)
        return None

    def _find_target(self, number: int | None) -> str:
        found = self._find_number(number)
        return next((row.label.key for row in self.rows if row.number == found), "")

    def _make_key(self) -> str:
        taken = {row.label.key for row in self.rows} | {row.origin for row in self.rows} | set(self.usage)
        taken |= {row.origin for row, _into in self.removed_rows}
        number = len(self.rows) + 1
        while f"label-{number}" in taken:
            number += 1
        return f"label-{number}"


# The fields of one label


def find_field_fault(fields: Sequence[Field]) -> LabelFault | None:
    """Return the first error in the fields of a label, or None."""
    keys: set[str] = set()
    for place, asked in enumerate(fields):
        if not asked.key:
            sentence = _("Field {number} has no key. Give it a short name; it is written in each file.")
            return LabelFault(place, "key", sentence.format(number=place + 1))
        if asked.key in keys:
            sentence = _("Two fields have the key “{key}”. Give each its own.")
            return LabelFault(place, "key", sentence.format(key=asked.key))
        keys.add(asked.key)
        sentence = _find_option_fault(asked) if asked.kind.has_options else ""
        if sentence:
            return LabelFault(place, "options", sentence)
    return None


def make_field_key(fields: Sequence[Field]) -> str:
    """Return a key that none of `fields` has."""
    taken = {asked.key for asked in fields}
    return next(key for number in count(len(fields) + 1) if (key := f"field-{number}") not in taken)


def editable_name(names: Mapping[str, str], code: str) -> str:
    """Return the name to edit for the language `code`: its own, else the one for all languages."""
    return names.get(code, names.get("", ""))


def with_name(names: Mapping[str, str], code: str, text: str) -> dict[str, str]:
    """Return `names` with `text` as the name for the language `code`; empty removes it. Other languages are kept."""
    own = {one: editable_name(names, one) for one in LANGUAGES} | {code: text.strip()}
    others = {one: name for one, name in names.items() if one and one not in LANGUAGES}
    return {one: name for one, name in (own | others).items() if name}


def format_options(options: Sequence[Option]) -> str:
    """Format `options` for editing, one a line."""
    return "\n".join(map(_format_option, options))


def parse_options(text: str, known: Sequence[Option]) -> tuple[Option, ...]:
    """Parse options from `text`, one a line: `key = Vietnamese = English`, or a single word.

    What a line cannot express, such as names in other languages, is taken from the option in `known`.
    """
    by_line = {_format_option(option): option for option in known}
    by_key = {option.key: option for option in known}
    return tuple(by_line.get(line) or _parse_option(line, by_key) for line in map(str.strip, text.splitlines()) if line)


def _format_option(option: Option) -> str:
    parts = [option.key, *(editable_name(option.names, code) for code in LANGUAGES)]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    # An empty name in the middle leaves two signs side by side: "key = = English".
    return " = ".join(parts).replace("=  =", "= =").strip()


def _parse_option(line: str, known: Mapping[str, Option]) -> Option:
    key, *names = (part.strip() for part in line.split("=", len(LANGUAGES)))
    option = known.get(key, Option(key))
    found = option.names
    for code, name in zip_longest(LANGUAGES, names, fillvalue=""):
        found = with_name(found, code, name)
    return replace(option, names=found)


def _find_option_fault(asked: Field) -> str:
    """Return the error in the options of a field, or ""."""
    if not asked.options and asked.kind is FieldKind.CHOICE:
        return _("There is nothing to choose from in “{key}”. Write its options, one a line.").format(key=asked.key)
    if not all(option.key for option in asked.options):
        return _("An option of “{key}” has no key. Begin its line with a word.").format(key=asked.key)
    seen: set[str] = set()
    for option in asked.options:
        words = set(option.folded_names)
        if words & seen:
            sentence = _("Two options of “{key}” are called “{word}”. Give each its own key and its own names.")
            return sentence.format(key=asked.key, word=min(words & seen))
        seen |= words
    return ""
