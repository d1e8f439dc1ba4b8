"""Which formats there are. It must not know how any of them is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.core.i18n import later
from annotator.formats.csv_format import write_csv
from annotator.formats.json_lines import write_jsonl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TextIO

    from annotator.formats.record import Record


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the usual end of its files, what it is good for, how records are written to a file.

    ``encoding`` is that of its files: a spreadsheet takes a table for Vietnamese only where a mark stands before it.
    """

    name: str
    ending: str
    purpose: str
    write: Callable[[Iterable[Record], TextIO], None]
    encoding: str = "utf-8"


FORMATS: tuple[Format, ...] = (
    Format("csv", ".csv", later("a table for spreadsheets and statistics"), write_csv, "utf-8-sig"),
    Format("jsonl", ".jsonl", later("one JSON object a line, for programs"), write_jsonl),
)


def find_format(name: str) -> Format | None:
    """The format called ``name``, or None."""
    return next((one for one in FORMATS if one.name == name), None)
