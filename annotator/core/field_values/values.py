"""Parse and show the values of fields.

`parse_value` turns the user's input into a stored value; `format_value` shows a stored value so that parsing it again
gives the same value. The stored values, by kind:

- text: the words on one line. Person: likewise, with at least one letter.
- number: an int or a float. Range: such a number, or a list of two (rules: `numbers`).
- unit: the key of a predefined unit, else the words as typed.
- date: a year as an int, or a text such as `2025-05-12` (rules: `dates`).
- choice: the key of an option; its key and its names in all languages are accepted, whatever their case.

Empty input gives None and removes the field. A stored value that does not fit its kind, as in a sidecar edited by
hand, is shown unchanged.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, TypeGuard

from annotator.core.field_values.dates import format_date, parse_date
from annotator.core.field_values.errors import InvalidValueError
from annotator.core.field_values.numbers import format_number, format_range, parse_number, parse_range, shorten
from annotator.core.fields import Field, FieldKind
from annotator.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.core.annotation import Value


def parse_value(field: Field, typed: str) -> Value:
    """Return the value of `typed` for the field `field`, or None if it is empty.

    Raises:
        InvalidValueError: The input does not fit the kind; the message says what is wrong and what to write.
    """
    written = " ".join(typed.split())
    return _PARSERS[field.kind](field, written) if written else None


def format_value(field: Field, value: Value, *, language: str) -> str:
    """Return a stored value as it is written in `language`."""
    if field.kind.has_options:
        option = next((one for one in field.options if one.key == value), None)
        return option.name(language) if option else format_plain(value)
    if field.kind in {FieldKind.NUMBER, FieldKind.RANGE}:
        return _format_numbers(value, language)
    if field.kind is FieldKind.DATE and isinstance(value, int | str) and not isinstance(value, bool):
        return format_plain(format_date(value, language=language))
    return format_plain(value)


def format_plain(value: Value) -> str:
    """Return any stored value as text on one line."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(format_plain(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {format_plain(one)}" for key, one in value.items())
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(str(value).split())


def _format_numbers(value: Value, language: str) -> str:
    if is_number(value):
        return format_number(value, language=language)
    if isinstance(value, list) and len(value) == 2:
        low, high = value
        if is_number(low) and is_number(high):
            return format_range(low, high, language=language)
    return format_plain(value)


def is_number(value: Value) -> TypeGuard[int | float]:
    """Return whether `value` is a finite number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _parse_text(_asked: Field, written: str) -> Value:
    return written


def _parse_person(_asked: Field, written: str) -> Value:
    if not any(character.isalpha() for character in written):
        what = _("“{text}” is not a name: write who it is, such as Nguyễn Văn An.")
        raise InvalidValueError(what.format(text=shorten(written)))
    return written


def _parse_number(_asked: Field, written: str) -> Value:
    return parse_number(written)


def _parse_range(_asked: Field, written: str) -> Value:
    found = parse_range(written)
    return list(found) if isinstance(found, list) else found


def _parse_date(_asked: Field, written: str) -> Value:
    return parse_date(written)


def _parse_unit(field: Field, written: str) -> Value:
    option = field.find_option(written)
    has_digits = any(character.isdigit() for character in written)
    if option is None and has_digits and not any(character.isalpha() for character in written):
        what = _("“{text}” is not a unit: write a word or a sign, such as % or USD; the number has its own field.")
        raise InvalidValueError(what.format(text=shorten(written)))
    return option.key if option else written


def _parse_choice(field: Field, written: str) -> Value:
    option = field.find_option(written)
    if option is None:
        names = ", ".join(one.key for one in field.options)
        what = _("“{text}” is none of the choices: write one of {choices}.")
        raise InvalidValueError(what.format(text=shorten(written), choices=names))
    return option.key


_PARSERS: dict[FieldKind, Callable[[Field, str], Value]] = {
    FieldKind.TEXT: _parse_text,
    FieldKind.PERSON: _parse_person,
    FieldKind.NUMBER: _parse_number,
    FieldKind.RANGE: _parse_range,
    FieldKind.DATE: _parse_date,
    FieldKind.UNIT: _parse_unit,
    FieldKind.CHOICE: _parse_choice,
}
