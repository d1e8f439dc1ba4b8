"""What a person types into a field, and how a kept value is shown. It must not know where values are kept.

`parse_entry` makes of what a person types the value that is kept, `show_value` shows a kept value so that parsing it
gives the same value again. What is kept, by kind:

- text: the words, on one line. Person: likewise, and it has a letter in it.
- number: a whole number or one with decimals. Range: such a number, or a list of two (``numerals`` has the rules).
- unit: the key of a usual unit, else the words as typed.
- date: a year as a number, or a text such as ``2025-05-12`` (``deadlines`` has the rules).
- choice: the key of an option; its names in all languages and its key are understood, whatever their case.

Nothing typed gives None: the field goes. A kept value that does not fit its kind, as one written into the file by hand
may not, is shown as it stands.
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
    """The value of the field ``asked`` for what was ``typed``; None where nothing was.

    Raises:
        EntryError: it does not fit; the sentence says what is wrong and what to write.
    """
    written = " ".join(typed.split())
    return _PARSERS[asked.kind](asked, written) if written else None


def show_value(asked: Field, value: Value, *, language: str) -> str:
    """A kept value as people write it in ``language``."""
    if asked.kind.has_options:
        option = next((one for one in asked.options if one.key == value), None)
        return option.name(language) if option else plain_text(value)
    if asked.kind in {FieldKind.NUMBER, FieldKind.RANGE}:
        return _numbers_shown(value, language)
    if asked.kind is FieldKind.DATE and isinstance(value, int | str) and not isinstance(value, bool):
        return plain_text(show_date(value, language=language))
    return plain_text(value)


def plain_text(value: Value) -> str:
    """Any kept value in words, on one line."""
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
