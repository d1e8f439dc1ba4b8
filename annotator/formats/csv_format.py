"""Annotations as comma-separated values (RFC 4180).

Several labels share one cell, separated by `; `. A cell that a spreadsheet would run as a formula is prefixed with an
apostrophe (https://owasp.org/www-community/attacks/CSV_Injection); a reader of this format has to remove it.
"""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from annotator.formats.record import Record

COLUMNS = (
    "document",
    "title",
    "id",
    "number",
    "start",
    "end",
    "kind",
    "labels",
    "text",
    "before",
    "after",
    "note",
    "fields",
    "annotator",
    "origin",
    "made",
    "changed",
)
# The first four start a formula; spreadsheets skip tab and carriage return before one. An apostrophe is escaped too, so
# that removing it is unambiguous.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "'")


def write_csv(records: Iterable[Record], file: TextIO) -> None:
    """Write `records` to `file`, opened with `newline=""`; line ends are CRLF, as the standard requires."""
    table = csv.writer(file)
    table.writerow(COLUMNS)
    for record in records:
        table.writerow([_cell(record, column) for column in COLUMNS])


def escape_formula(text: str) -> str:
    """Return `text` escaped so that no spreadsheet runs it as a formula."""
    return f"'{text}" if text.startswith(_RISKY) else text


def _cell(record: Record, column: str) -> str | int:
    value = getattr(record, column)
    if column == "labels":
        return escape_formula("; ".join(record.labels))
    if column == "fields":
        return escape_formula(json.dumps(dict(record.fields), ensure_ascii=False)) if record.fields else ""
    return value if isinstance(value, int) else escape_formula(str(value))
