"""Parse and show the values of fields.

`parse_entry` turns the user's input into a stored value; `show_value` shows a stored value so that parsing it again
gives the same value. The stored values, by kind:

- text: the words on one line. Person: likewise, with at least one letter.
- number: an int or a float. Range: such a number, or a list of two (rules: `numerals`).
- unit: the key of a predefined unit, else the words as typed.
- date: a year as an int, or a text such as `2025-05-12` (rules: `deadlines`).
- choice: the key of an option; its key and its names in all languages are accepted, whatever their case.

Empty input gives None and removes the field. A stored value that does not fit its kind, as in a sidecar edited by
hand, is shown unchanged.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, TypeGuard

from annotator.core.field_values.dates import read_date, show_date
from annotator.core.field_values.errors import EntryError
from annotator.core.field_values.numbers import read_number, read_range, shortened, show_number, show_range
from annotator.core.fields import Field, FieldKind
from annotator.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.core.annotation import Value


def parse_entry(asked: Field, typed: str) -> Value:
    """Return the value of `typed` for the field `asked`, or None if it is empty.

    Raises:
        EntryError: The input does not fit the kind; the message says what is wrong and what to write.
    """
    written = " ".join(typed.split())
    return _PARSERS[asked.kind](asked, written) if written else None


def show_value(asked: Field, value: Value, *, language: str) -> str:
    """Return a stored value as it is written in `language`."""
    if asked.kind.has_options:
        option = next((one for one in asked.options if one.key == value), None)
        return option.name(language) if option else plain_text(value)
    if asked.kind in {FieldKind.NUMBER, FieldKind.RANGE}:
        return _numbers_shown(value, language)
    if asked.kind is FieldKind.DATE and isinstance(value, int | str) and not isinstance(value, bool):
        return plain_text(show_date(value, language=language))
    return plain_text(value)


def plain_text(value: Value) -> str:
    """Return any stored value as text on one line."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(plain_text(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {plain_text(one)}" for key, one in value.items())
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(str(value).split())


def _numbers_shown(value: Value, language: str) -> str:
    if _is_number(value):
        return show_number(value, language=language)
    if isinstance(value, list) and len(value) == 2:
        low, high = value
        if _is_number(low) and _is_number(high):
            return show_range(low, high, language=language)
    return plain_text(value)


def _is_number(value: Value) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _text(_asked: Field, written: str) -> Value:
    return written


def _person(_asked: Field, written: str) -> Value:
    if not any(character.isalpha() for character in written):
        what = _("“{text}” is not a name: write who it is, such as Nguyễn Văn An.")
        raise EntryError(what.format(text=shortened(written)))
    return written


def _number(_asked: Field, written: str) -> Value:
    return read_number(written)


def _range(_asked: Field, written: str) -> Value:
    found = read_range(written)
    return list(found) if isinstance(found, list) else found


def _date(_asked: Field, written: str) -> Value:
    return read_date(written)


def _unit(asked: Field, written: str) -> Value:
    option = asked.find_option(written)
    has_digits = any(character.isdigit() for character in written)
    if option is None and has_digits and not any(character.isalpha() for character in written):
        what = _("“{text}” is not a unit: write a word or a sign, such as % or USD; the number has its own field.")
        raise EntryError(what.format(text=shortened(written)))
    return option.key if option else written


def _choice(asked: Field, written: str) -> Value:
    option = asked.find_option(written)
    if option is None:
        names = ", ".join(one.key for one in asked.options)
        what = _("“{text}” is none of the choices: write one of {choices}.")
        raise EntryError(what.format(text=shortened(written), choices=names))
    return option.key


_PARSERS: dict[FieldKind, Callable[[Field, str], Value]] = {
    FieldKind.TEXT: _text,
    FieldKind.PERSON: _person,
    FieldKind.NUMBER: _number,
    FieldKind.RANGE: _range,
    FieldKind.DATE: _date,
    FieldKind.UNIT: _unit,
    FieldKind.CHOICE: _choice,
}
