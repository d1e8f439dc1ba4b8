"""Numbers and ranges as people write them, in Vietnamese or in English. It must not know fields or units.

The language of the program plays no part in reading, since articles and people mix both ways of writing. The rules:

- Full stops or commas that part groups of three digits are left out: ``1.250.000`` and ``1,250,000`` are 1250000.
- Where both stand, the last one begins the decimals: ``1.234,5`` and ``1,234.5`` are 1234.5.
- One mark alone with exactly three digits after it and one to three before it, the first of them not 0, parts a group:
  ``5.000`` and ``5,000`` are 5000. Else it begins the decimals: ``18,3``, ``18.3``, ``0.125``, ``1234.567``. Who
  means five and an eighth writes one more digit, ``5.1250``, and so it is shown.
- Spaces may part groups too, and the mark then begins the decimals: ``1 250 000``, ``1 250,5``.
- A range is two numbers with a hyphen, a dash or a word between: ``10 - 11``, ``10–11``, ``từ 10 đến 11``. The
  marks are read in each of the two by itself.

A number with decimals keeps at most 15 digits, as a float does (IEEE 754 keeps each decimal of 15 digits).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TypeAlias
from unicodedata import normalize

from annotator.core.field_values.errors import EntryError
from annotator.core.i18n import _

Number: TypeAlias = int | float

MOST_DIGITS = 30
MOST_DECIMAL_DIGITS = 15

_SPACES = " \u00a0\u202f\u2009"
_NUMBER = rf"[-+\u2212]?[0-9](?:[0-9.,{_SPACES}]*[0-9])?"
_ONE = re.compile(_NUMBER)
_RANGE = re.compile(
    rf"(?:(?:từ|from)\s+)?(?P<low>{_NUMBER})\s*(?:[-–—\u2212~]|(?:đến|tới|to)\b)\s*(?P<high>{_NUMBER})", re.IGNORECASE
)
_LONGEST = 100


def read_number(text: str) -> Number:
    """The number that ``text`` is.

    Raises:
        EntryError: it is none.
    """
    written = text.strip()
    if len(written) > _LONGEST or not _ONE.fullmatch(written):
        what = _("“{text}” is not a number alone: write digits, such as 18.3 or 5,000, and nothing else.")
        raise EntryError(what.format(text=shortened(written)))
    sign = -1 if written[0] in "-\u2212" else 1
    body = written.lstrip("-+\u2212")
    whole, decimals = _parted(body)
    if whole is None:
        what = _("The marks in “{text}” do not part groups of three digits: write it as 1,250,000 or as 18.3.")
        raise EntryError(what.format(text=written))
    return sign * _value(whole, decimals)


def read_range(text: str) -> list[Number] | Number:
    """The two numbers from which and to which ``text`` reaches, as a list, or the one number that it is.

    Raises:
        EntryError: it is neither, or the second number is not the greater one.
    """
    written = normalize("NFC", text).strip()
    found = _RANGE.fullmatch(written) if len(written) <= _LONGEST else None
    if found is None:
        if len(written) <= _LONGEST and _ONE.fullmatch(written):
            return read_number(written)
        what = _("“{text}” is neither a number nor a range: write digits alone, such as 18.3, 5,000 or 10 - 11.")
        raise EntryError(what.format(text=shortened(written)))
    low, high = read_number(found["low"]), read_number(found["high"])
    if low >= high:
        raise EntryError(_("A range goes from the smaller number to the greater one, as in 10 - 11."))
    return [low, high]


def show_number(number: Number, *, language: str) -> str:
    """``number``, which is finite, as `read_number` reads it; grouped and with the marks of ``language``."""
    group, mark = (".", ",") if language == "vi" else (",", ".")
    written = format(Decimal(repr(number)), "f")
    whole, _dot, decimals = written.lstrip("-").partition(".")
    decimals = decimals.rstrip("0")
    if len(decimals) == 3 and len(whole) <= 3 and whole[0] != "0":
        decimals += "0"
    grouped = f"{int(whole):,}".replace(",", group)
    sign = "-" if number < 0 else ""
    return f"{sign}{grouped}{mark}{decimals}" if decimals else f"{sign}{grouped}"


def show_range(low: Number, high: Number, *, language: str) -> str:
    """The range from ``low`` to ``high`` as `read_range` reads it."""
    return f"{show_number(low, language=language)} – {show_number(high, language=language)}"


def shortened(text: str) -> str:
    """``text`` as it can be named in a sentence: at most 40 characters."""
    return text if len(text) <= 40 else text[:39] + "…"


def _parted(body: str) -> tuple[str | None, str]:
    """The digits before and after the decimal mark; None where groups are not of three digits."""
    for space in _SPACES[1:]:
        body = body.replace(space, " ")
    group, mark = _marks(body)
    whole, _mark, decimals = body.rpartition(mark) if mark else (body, "", "")
    if group and not re.fullmatch(rf"[0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{3}})+", whole):
        return None, ""
    whole = whole.replace(group, "") if group else whole
    return (whole if whole.isdigit() and (decimals.isdigit() or not mark) else None), decimals


def _marks(body: str) -> tuple[str, str]:
    """The mark that parts groups and the one that begins the decimals, each empty where there is none."""
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
        raise EntryError(_("The number has more than {count} digits: write it shorter.").format(count=most))
    return float(f"{whole}.{decimals}") if decimals else int(whole)
