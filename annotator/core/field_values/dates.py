"""Read and show years, quarters, months and days.

A year is stored as a number (`2030`), everything else as a text that sorts: `2025-05-12`, `2025-05`, `2025-Q2`
(ISO 8601, which has no quarters). The rules of reading:

- The day always stands before the month: `5/12/2025` is the fifth of December. The separator is `/`, `.` or `-`.
- A year has four digits.
- ISO 8601 (`2025-05-12`), Vietnamese words (`ngày 12 tháng 5 năm 2025`, `quý II/2025`) and English ones
  (`12 May 2025`, `May 12, 2025`, `Q2 2025`) are read whatever the language of the user interface.
"""

from __future__ import annotations

import re
from datetime import date
from unicodedata import normalize

from annotator.core.field_values.errors import InvalidValueError
from annotator.core.field_values.numbers import shorten
from annotator.core.i18n import _

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
_QUARTERS = ("I", "II", "III", "IV")
_YEAR = "(?P<year>[1-9][0-9]{3})"
_NAME = r"(?P<name>[a-z]{3,9})\.?"  # three letters are enough to tell all months apart
_DAY, _MONTH = "(?P<day>[0-9]{1,2})", "(?P<month>[0-9]{1,2})"
_QUARTER = "(?P<quarter>iv|i{1,3}|[1-4])"
_SEPARATOR = r"\s*[/.-]\s*"
_PATTERNS = tuple(
    re.compile(way)
    for way in (
        rf"(?:năm\s+)?{_YEAR}",
        rf"{_YEAR}-{_MONTH}(?:-{_DAY})?",
        rf"(?:ngày\s+)?{_DAY}{_SEPARATOR}{_MONTH}{_SEPARATOR}{_YEAR}",
        rf"(?:tháng\s+)?{_MONTH}{_SEPARATOR}{_YEAR}",
        rf"(?:(?:ngày\s+)?{_DAY}\s+)?tháng\s+{_MONTH}\s*,?\s*(?:năm\s+)?{_YEAR}",
        rf"(?:quý|q)\s*{_QUARTER}(?:{_SEPARATOR}|\s+năm\s+|\s+){_YEAR}",
        rf"{_YEAR}{_SEPARATOR}q{_QUARTER}",
        rf"(?:{_DAY}\s+)?{_NAME}\s+{_YEAR}",
        rf"{_NAME}\s+{_DAY},?\s+{_YEAR}",
    )
)
_SHORT_YEAR = re.compile(rf"{_DAY}{_SEPARATOR}{_MONTH}{_SEPARATOR}[0-9]{{2}}")
_STORED = re.compile(r"(?P<year>[0-9]{4})-(?:Q(?P<quarter>[1-4])|(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)")


def parse_date(text: str) -> int | str:
    """Return the stored form of the year, quarter, month or day that `text` names.

    Raises:
        InvalidValueError: The text is not a date, or names a day that is not in the calendar.
    """
    written = " ".join(text.split())
    # Input methods and pasted text may give NFD, in which the patterns would not match.
    plain = normalize("NFC", written).casefold()
    for way in _PATTERNS:
        found = way.fullmatch(plain)
        if found:
            return _to_stored(found.groupdict(), written)
    if _SHORT_YEAR.fullmatch(plain):
        raise InvalidValueError(_("Write the year with four digits, as in 12/5/2030."))
    what = _("“{text}” is not a date: write a year such as 2030, or day, month and year such as 12/5/2030.")
    raise InvalidValueError(what.format(text=shorten(written)))


def format_date(kept: int | str, *, language: str) -> str:
    """Return a stored date as it is written in `language`, readable by `parse_date`; return anything else unchanged."""
    found = _STORED.fullmatch(str(kept))
    if found is None or language not in {"vi", "en"}:
        return str(kept)
    year, quarter, month, day = found["year"], found["quarter"], found["month"], found["day"]
    if quarter:
        return f"quý {_QUARTERS[int(quarter) - 1]}/{year}" if language == "vi" else f"Q{quarter} {year}"
    if not 1 <= int(month) <= 12:
        return str(kept)
    if language == "vi":
        parts = [str(int(part)) for part in (day, month) if part]
        return "/".join([*parts, year])
    name = _MONTHS[int(month) - 1]
    return f"{int(day)} {name} {year}" if day else f"{name} {year}"


def is_stored_date(value: object) -> bool:
    """Return whether `value` is a date as `parse_date` returns it."""
    if isinstance(value, int) and not isinstance(value, bool):
        return 1000 <= value <= 9999
    return isinstance(value, str) and _STORED.fullmatch(value) is not None


def _to_stored(found: dict[str, str | None], written: str) -> int | str:
    year = int(found["year"] or 0)
    quarter = found.get("quarter")
    if quarter:
        number = int(quarter) if quarter.isdigit() else _QUARTERS.index(quarter.upper()) + 1
        return f"{year}-Q{number}"
    month, day = _parse_month(found, written), found.get("day")
    if not month:
        return year
    if not 1 <= month <= 12:
        what = _("There is no month {month}: write day, month and year in this order, as in 31/12/2030.")
        raise InvalidValueError(what.format(month=month))
    if day is None:
        return f"{year}-{month:02}"
    try:
        return date(year, month, int(day)).isoformat()
    except ValueError:
        what = _("“{text}” is not in the calendar: that month has no day {day}.")
        raise InvalidValueError(what.format(text=shorten(written), day=int(day))) from None


def _parse_month(found: dict[str, str | None], written: str) -> int:
    """Return the number of the month in `found`, by number or by name, or 0 if there is none."""
    name = found.get("name")
    if not name:
        return int(found.get("month") or 0)
    for number, month in enumerate(_MONTHS, start=1):
        if month.casefold().startswith(name):
            return number
    raise InvalidValueError(
        _("“{text}” names no month: write it as in 12 May 2030 or 12/5/2030.").format(text=shorten(written))
    )
