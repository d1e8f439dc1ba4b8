"""Annotations as a table of comma-separated values (RFC 4180). It must not know where they come from.

Several labels stand in one cell, parted by ``; ``. A cell that a spreadsheet would run as a formula gets an apostrophe
before it (https://owasp.org/www-community/attacks/CSV_Injection); the reader of this format takes it off again.
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
_RISKY = ("=", "+", "-", "@", "\t", "\r", "'")


def write_csv(records: Iterable[Record], file: TextIO) -> None:
    """Write ``records`` to ``file``, which must not translate line ends; they are CRLF, as the standard has it."""
    table = csv.writer(file)
    table.writerow(COLUMNS)
    for record in records:
        table.writerow([_cell(record, column) for column in COLUMNS])


def harmless(text: str) -> str:
    """``text`` so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_RISKY) else text


def _cell(record: Record, column: str) -> str | int:
    value = getattr(record, column)
    if column == "labels":
        return harmless("; ".join(record.labels))
    if column == "fields":
        return harmless(json.dumps(dict(record.fields), ensure_ascii=False)) if record.fields else ""
    return value if isinstance(value, int) else harmless(str(value))
