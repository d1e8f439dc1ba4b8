"""Read and show numbers and ranges, in Vietnamese or English notation.

The language of the user interface plays no part in reading, since articles and users mix both notations. The rules:

- Full stops or commas that separate groups of three digits are ignored: `1.250.000` and `1,250,000` are 1250000.
- If both occur, the last one is the decimal mark: `1.234,5` and `1,234.5` are 1234.5.
- A single mark with exactly three digits after it and one to three before it, the first of them not 0, separates a
  group: `5.000` and `5,000` are 5000. Otherwise it is the decimal mark: `18,3`, `18.3`, `0.125`, `1234.567`. Five and
  an eighth is written with one more digit, `5.1250`, and is shown like this.
- Spaces may separate groups too; the mark then is the decimal mark: `1 250 000`, `1 250,5`.
- A range is two numbers with a hyphen, a dash or a word between them: `10 - 11`, `10–11`, `từ 10 đến 11`. Each of the
  two is read on its own.

A number with decimals has at most 15 digits, the most that a float keeps exactly (IEEE 754).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TypeAlias
from unicodedata import normalize

from annotator.core.field_values.errors import InvalidValueError
from annotator.core.i18n import _

Number: TypeAlias = int | float

MOST_DIGITS = 30
MOST_DECIMAL_DIGITS = 15

_SPACES = " \u00a0\u202f\u2009"
NUMBER_PATTERN = rf"[-+\u2212]?[0-9](?:[0-9.,{_SPACES}]*[0-9])?"
"""Regular expression of what may be a number; `parse_number` says whether it is one."""

_ONE = re.compile(NUMBER_PATTERN)
_RANGE = re.compile(
    rf"(?:(?:từ|from)\s+)?(?P<low>{NUMBER_PATTERN})\s*(?:[-–—\u2212~]|(?:đến|tới|to)\b)\s*"
    rf"(?P<high>{NUMBER_PATTERN})",
    re.IGNORECASE,
)
_LONGEST = 100  # characters; longer input is refused before any pattern sees it


def parse_number(text: str) -> Number:
    """Return the number in `text`.

    Raises:
        InvalidValueError: The text is not a number.
    """
    written = text.strip()
    if len(written) > _LONGEST or not _ONE.fullmatch(written):
        what = _("“{text}” is not a number alone: write digits, such as 18.3 or 5,000, and nothing else.")
        raise InvalidValueError(what.format(text=shorten(written)))
    sign = -1 if written[0] in "-\u2212" else 1
    body = written.lstrip("-+\u2212")
    whole, decimals = _split_decimals(body)
    if whole is None:
        what = _("The marks in “{text}” do not part groups of three digits: write it as 1,250,000 or as 18.3.")
        raise InvalidValueError(what.format(text=written))
    return sign * _value(whole, decimals)


def parse_range(text: str) -> list[Number] | Number:
    """Return the two bounds of the range in `text` as a list, or a single number.

    Raises:
        InvalidValueError: The text is neither, or the second bound is not the greater one.
    """
    written = normalize("NFC", text).strip()
    found = _RANGE.fullmatch(written) if len(written) <= _LONGEST else None
    if found is None:
        if len(written) <= _LONGEST and _ONE.fullmatch(written):
            return parse_number(written)
        what = _("“{text}” is neither a number nor a range: write digits alone, such as 18.3, 5,000 or 10 - 11.")
        raise InvalidValueError(what.format(text=shorten(written)))
    low, high = parse_number(found["low"]), parse_number(found["high"])
    if low >= high:
        raise InvalidValueError(_("A range goes from the smaller number to the greater one, as in 10 - 11."))
    return [low, high]


def format_number(number: Number, *, language: str) -> str:
    """Return a finite number with the separators of `language`, readable by `parse_number`."""
    group, mark = (".", ",") if language == "vi" else (",", ".")
    # By way of Decimal: `repr` of a large float has an exponent, and format `f` of a float six decimals.
    written = format(Decimal(repr(number)), "f")
    whole, _dot, decimals = written.lstrip("-").partition(".")
    decimals = decimals.rstrip("0")
    # Exactly three decimals would be read as a group of thousands.
    if len(decimals) == 3 and len(whole) <= 3 and whole[0] != "0":
        decimals += "0"
    grouped = f"{int(whole):,}".replace(",", group)
    sign = "-" if number < 0 else ""
    return f"{sign}{grouped}{mark}{decimals}" if decimals else f"{sign}{grouped}"


def format_range(low: Number, high: Number, *, language: str) -> str:
    """Return the range from `low` to `high`, readable by `parse_range`."""
    return f"{format_number(low, language=language)} – {format_number(high, language=language)}"


def shorten(text: str) -> str:
    """Return `text` cut to at most 40 characters, for use in a message."""
    return text if len(text) <= 40 else text[:39] + "…"


def _split_decimals(body: str) -> tuple[str | None, str]:
    """Return the digits before and after the decimal mark; None before it if the groups are not of three digits."""
    for space in _SPACES[1:]:
        body = body.replace(space, " ")
    group, mark = _find_separators(body)
    whole, _mark, decimals = body.rpartition(mark) if mark else (body, "", "")
    if group and not re.fullmatch(rf"[0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{3}})+", whole):
        return None, ""
    whole = whole.replace(group, "") if group else whole
    return (whole if whole.isdigit() and (decimals.isdigit() or not mark) else None), decimals


def _find_separators(body: str) -> tuple[str, str]:
    """Return the group separator and the decimal mark, each empty if there is none."""
    marks = [character for character in body if character in ".,"]
    if " " in body:
        return " ", marks[-1] if marks else ""
    if not marks:
        return "", ""
    if len(set(marks)) == 2:
        return marks[0], marks[-1]
    before, _mark, after = body.rpartition(marks[0])
    is_group = len(after) == 3 and len(before) <= 3 and before[0] != "0"
    return (marks[0], "") if len(marks) > 1 or is_group else ("", marks[0])


def _value(whole: str, decimals: str) -> Number:
    decimals = decimals.rstrip("0")
    most = MOST_DECIMAL_DIGITS if decimals else MOST_DIGITS
    if len((whole + decimals).lstrip("0")) > most or len(decimals) > MOST_DIGITS:
        raise InvalidValueError(_("The number has more than {count} digits: write it shorter.").format(count=most))
    return float(f"{whole}.{decimals}") if decimals else int(whole)
