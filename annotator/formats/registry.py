"""Registry of the export formats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.core.i18n import N_
from annotator.formats.csv_format import write_csv
from annotator.formats.json_lines import write_jsonl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TextIO

    from annotator.formats.record import Record


@dataclass(frozen=True, slots=True)
class Format:
    """An export format.

    Attributes:
        name: Name on the command line.
        extension: File name extension, with its dot.
        purpose: What the format is good for, shown to the user.
        write: Writes records to an open text file.
        encoding: Encoding of the file; spreadsheets detect UTF-8 only by a byte order mark.
    """

    name: str
    extension: str
    purpose: str
    write: Callable[[Iterable[Record], TextIO], None]
    encoding: str = "utf-8"


FORMATS: tuple[Format, ...] = (
    Format("csv", ".csv", N_("a table for spreadsheets and statistics"), write_csv, "utf-8-sig"),
    Format("jsonl", ".jsonl", N_("one JSON object a line, for programs"), write_jsonl),
)


def find_format(name: str) -> Format | None:
    """Return the format with that name, or None."""
    return next((one for one in FORMATS if one.name == name), None)
