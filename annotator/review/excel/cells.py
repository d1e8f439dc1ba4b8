"""Content of cells, in both directions.

A text is exported so that every spreadsheet shows it as text: characters that XML cannot hold are replaced by signs,
and a text longer than a cell may be (32,767 UTF-16 units) is cut and ends with a sentence that says so.
https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from annotator.review.excel.texts import TEXTS, get_text_language

if TYPE_CHECKING:
    from typing import Protocol

    class ReadCell(Protocol):
        """A cell as openpyxl reads it."""

        @property
        def value(self) -> object:
            """Content of the cell."""

        @property
        def number_format(self) -> str | None:
            """Display format of a number in it."""


MAX_CELL_UNITS = 32_767
"""Most UTF-16 units in a cell."""

_LINE_ENDS = re.compile(r"\r\n?|\x85|\u2028|\u2029")
# Not characters of XML 1.0, or C1 controls, which no spreadsheet shows.
_INVALID_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# How OOXML escapes a character that XML cannot hold (ECMA-376, ST_Xstring).
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_PERCENT = 100
_FIRST_DATE = datetime(1900, 3, 1)  # noqa: DTZ001  # cells have no zone; Excel counts a 29 February 1900, others do not


def to_cell_text(text: str, *, language: str) -> str:
    """Return `text` fit for a cell; `language` is that of the sentence which marks a cut."""
    message = _LINE_ENDS.sub("\n", text)
    if _INVALID_CHARACTERS.search(message):
        message = _INVALID_CHARACTERS.sub(_replacement_sign, message)
    if 2 * len(message) > MAX_CELL_UNITS and _count_utf16_units(message) > MAX_CELL_UNITS:
        message = _truncate(message, TEXTS[get_text_language(language)]["cut"])
    # XlsxWriter takes such a text for rich string markup of its own and writes it unescaped: worksheet.py, _write_cell.
    return f"{message} " if message.startswith("<r>") and message.endswith("</r>") else message


def find_cell_date(when: str) -> datetime | None:
    """Return the local time that `when` (ISO 8601) names, or None if a cell cannot hold it."""
    try:
        found = datetime.fromisoformat(when).replace(tzinfo=None)
    except ValueError:
        return None
    return found if found >= _FIRST_DATE else None


def read_cell_text(cell: ReadCell) -> str:
    """Return the text that a user reads in `cell`; numbers as they were typed, as far as that can be inferred."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):  # before int, of which it is a subclass
        return str(value).upper()
    if isinstance(value, int | float):
        return _format_number(value, percent=(cell.number_format or "").endswith("%"))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time | timedelta):
        return str(value)
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))
    return _INVALID_CHARACTERS.sub(_replacement_sign, _LINE_ENDS.sub("\n", text))


def _format_number(value: float, *, percent: bool) -> str:
    if percent:
        return f"{value * _PERCENT:.10g}%"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _replacement_sign(found: re.Match[str]) -> str:
    """Return a visible sign for a character that a cell cannot hold, or U+FFFD."""
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def _count_utf16_units(text: str) -> int:
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)


def _truncate(text: str, words: str) -> str:
    room = MAX_CELL_UNITS - len(words.format(count=len(text)))
    kept = room // 2  # fits even if every character takes two units; binary search for more
    for step in (1 << power for power in range(room.bit_length(), -1, -1)):
        while kept + step <= len(text) and _count_utf16_units(text[: kept + step]) <= room:
            kept += step
    return text[:kept] + words.format(count=len(text) - kept)
