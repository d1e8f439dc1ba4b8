"""A sheet with a header, written row by row.

Rows go to the disk as they come, so that 100,000 need no more memory than ten. A hidden row above the header has the
keys of the columns, which identify the sheet when it comes back.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from annotator.review.excel.cells import to_cell_text
from annotator.review.excel.styles import estimate_row_height
from annotator.review.excel.texts import TEXTS, get_header_key
from annotator.review.excel.workbook import get_column_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.review.excel.styles import CellFormats
    from annotator.review.excel.texts import Column, SheetPlan
    from annotator.review.excel.workbook import CellFormat, PageSetup, Workbook, Worksheet

Content: TypeAlias = str | int | float | datetime | None

FIRST_ROW = 2
"""Index of the first row below the header (from 0), after the keys and the header."""

MAX_ROWS = 1_048_576
"""Most rows of a sheet: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3"""

_A4 = 9  # as Excel numbers paper formats
_PROTECTION_OPTIONS = {"sort": True, "autofilter": True, "format_columns": True, "format_rows": True}


class TooManyRowsError(ValueError):
    """A sheet would have more rows than Excel allows; the message is the name of the sheet."""


class Table:
    """One sheet of the workbook, below its header."""

    def __init__(self, book: Workbook, plan: SheetPlan, *, formats: CellFormats, language: str) -> None:
        self.name = plan.names[language]
        self._plan = plan
        self._formats = formats
        self._language = language
        self._sheet: Worksheet = book.add_worksheet(self.name)
        self._columns: Sequence[Column] = ()
        self._next = FIRST_ROW

    @property
    def count(self) -> int:
        """Number of rows."""
        return self._next - FIRST_ROW

    @property
    def sheet(self) -> Worksheet:
        """The sheet itself."""
        return self._sheet

    def write_header(self, columns: Sequence[Column] = ()) -> None:
        """Write the header of `columns`, or of the plan's columns."""
        self._columns = columns or self._plan.columns
        self._sheet.set_row(0, None, None, {"hidden": True})
        self._sheet.set_row(1, 34)
        for place, column in enumerate(self._columns):
            self._sheet.set_column(_column_range(place), column.width, None, {"hidden": column.hidden})
            self._sheet.write_string(0, place, get_header_key(self._plan.key, column.key))
        for place, column in enumerate(self._columns):
            look = self._formats.get_format("answer head" if column.is_answer else "head")
            self._write_text(1, place, column.names[self._language], look)

    def write_row(self, content: Mapping[str, Content], *, label: str = "") -> None:
        """Write a row of values by column key; `label` is the key of the first label of the row."""
        if self._next >= MAX_ROWS:
            raise TooManyRowsError(self.name)
        wraps = [(str(content.get(column.key) or ""), column.width) for column in self._columns if not column.hidden]
        self._sheet.set_row(self._next, estimate_row_height(wraps))
        for place, column in enumerate(self._columns):
            self._write(place, content.get(column.key), column, label=label)
        for kept in (self._sheet.row_info, self._sheet.row_sizes):
            kept.pop(self._next - 1, None)  # XlsxWriter would keep these for every row, although it is on the disk
        self._next += 1

    def hide(self, key: str) -> None:
        """Hide the column `key`, which has no values."""
        place = self.get_index(key)
        self._sheet.set_column(_column_range(place), self._columns[place].width, None, {"hidden": True})

    def get_index(self, key: str) -> int:
        """Return the index of the column `key`."""
        return next(place for place, column in enumerate(self._columns) if column.key == key)

    def add_drop_down(self, key: str, source: str | Sequence[str], *, stop: bool) -> None:
        """Add a drop-down to the cells of a column, from `source`: a list, or the range of one.

        With `stop` nothing else is accepted, otherwise the reviewer is asked to confirm it.
        """
        words = TEXTS[self._language]
        place = self.get_index(key)
        message = words[{"verdict": "verdict", "new": "label"}.get(key, "document")]
        rule = {
            "validate": "list",
            "source": source,
            "error_type": "stop" if stop else "warning",
            "error_title": words["not listed"],
            "error_message": message,
        }
        if self.count:
            column = get_column_name(place)
            self._sheet.data_validation(f"{column}{FIRST_ROW + 1}:{column}{self._next}", rule)

    def get_range(self, key: str) -> str:
        """Return the range of all cells of a column below the header, as a source for `add_drop_down` in any sheet."""
        letter = get_column_name(self.get_index(key))
        name = self.name.replace("'", "''")
        return f"='{name}'!${letter}${FIRST_ROW + 1}:${letter}${max(self._next, FIRST_ROW + 1)}"

    def finish(self) -> None:
        """Add filters, frozen header, protection and page setup."""
        right = get_column_name(len(self._columns) - 1)
        sheet = self._sheet
        sheet.autofilter(f"A2:{right}{self._next}")
        sheet.freeze_panes(FIRST_ROW, 0)
        sheet.set_zoom(85)
        sheet.hide_gridlines(2)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        sheet.protect("", _PROTECTION_OPTIONS)
        sheet.set_landscape()
        sheet.print_area(f"A1:{right}{self._next}")
        sheet.repeat_rows(0, 1)
        set_up_page(sheet, language=self._language)

    def _write(self, place: int, content: Content, column: Column, *, label: str) -> None:
        look = self._formats.get_format(column.style, label)
        if content is None or content == "":
            self._sheet.write_blank(self._next, place, None, look)
        elif isinstance(content, str):
            self._write_text(self._next, place, content, look)
        elif isinstance(content, datetime):
            self._sheet.write_datetime(self._next, place, content, look)
        else:
            self._sheet.write_number(self._next, place, content, look)

    def _write_text(self, row: int, place: int, text: str, look: CellFormat) -> None:
        self._sheet.write_string(row, place, to_cell_text(text, language=self._language), look)


def set_up_page(sheet: PageSetup, *, language: str) -> None:
    """Set the sheet up to print on A4, as wide as the page, with page numbers."""
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L&8&A&R&8{TEXTS[language]['page']}")


def _column_range(place: int) -> str:
    return f"{get_column_name(place)}:{get_column_name(place)}"
