"""A sheet with a header, written row by row. It must not know what its rows are about.

Rows go to the disk as they come, so that a hundred thousand need no more memory than ten. Above the header stands a
hidden row with the keys of the columns, by which the sheet is known when it comes back.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from annotator.review.excel.cells import cell_text
from annotator.review.excel.styles import height
from annotator.review.excel.texts import WORDS, header_key
from annotator.review.excel.workbook import letters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.review.excel.styles import Dress
    from annotator.review.excel.texts import Column, SheetPlan
    from annotator.review.excel.workbook import Format, Paper, Workbook, Worksheet

Content: TypeAlias = str | int | float | datetime | None

FIRST = 2
"""The number of the first row below the header, from 0: the keys and the header are above it."""

MOST_ROWS = 1_048_576
"""How many rows a sheet may have: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3"""

_A4 = 9
_ALLOWED = {"sort": True, "autofilter": True, "format_columns": True, "format_rows": True}


class TooManyRowsError(ValueError):
    """More rows than a sheet can have; its text is the name of the sheet."""


class Table:
    """One sheet of the workbook, below its header."""

    def __init__(self, book: Workbook, plan: SheetPlan, *, dress: Dress, language: str) -> None:
        self.name = plan.names[language]
        self._plan = plan
        self._dress = dress
        self._language = language
        self._sheet: Worksheet = book.add_worksheet(self.name)
        self._columns: Sequence[Column] = ()
        self._next = FIRST

    @property
    def count(self) -> int:
        """How many rows stand in it."""
        return self._next - FIRST

    @property
    def sheet(self) -> Worksheet:
        """The sheet itself."""
        return self._sheet

    def head(self, columns: Sequence[Column] = ()) -> None:
        """Write the header: the plan's columns, or those given."""
        self._columns = columns or self._plan.columns
        self._sheet.set_row(0, None, None, {"hidden": True})
        self._sheet.set_row(1, 34)
        for place, column in enumerate(self._columns):
            self._sheet.set_column(_whole(place), column.width, None, {"hidden": column.hidden})
            self._sheet.write_string(0, place, header_key(self._plan.key, column.key))
        for place, column in enumerate(self._columns):
            look = self._dress.cell("answer head" if column.is_answer else "head")
            self._text(1, place, column.names[self._language], look)

    def row(self, content: Mapping[str, Content], *, label: str = "") -> None:
        """Write a row: what stands in each column by its key; ``label`` is the first label that the row is about."""
        if self._next >= MOST_ROWS:
            raise TooManyRowsError(self.name)
        wraps = [(str(content.get(column.key) or ""), column.width) for column in self._columns if not column.hidden]
        self._sheet.set_row(self._next, height(wraps))
        for place, column in enumerate(self._columns):
            self._write(place, content.get(column.key), column, label=label)
        for kept in (self._sheet.row_info, self._sheet.row_sizes):
            kept.pop(self._next - 1, None)  # that row is on the disk; what is kept of it would grow without end
        self._next += 1

    def hide(self, key: str) -> None:
        """Hide a column in which nothing stands."""
        place = self.place(key)
        self._sheet.set_column(_whole(place), self._columns[place].width, None, {"hidden": True})

    def place(self, key: str) -> int:
        """Where the column of that key stands, from 0."""
        return next(place for place, column in enumerate(self._columns) if column.key == key)

    def choose(self, key: str, source: str | Sequence[str], *, stop: bool) -> None:
        """Let the cells of a column be chosen from ``source``: a list, or the place of one.

        With ``stop`` nothing else can stand there, else the reviewer is asked whether it is to.
        """
        words = WORDS[self._language]
        place = self.place(key)
        message = words[{"verdict": "verdict", "new": "label"}.get(key, "document")]
        rule = {
            "validate": "list",
            "source": source,
            "error_type": "stop" if stop else "warning",
            "error_title": words["not listed"],
            "error_message": message,
        }
        if self.count:
            column = letters(place)
            self._sheet.data_validation(f"{column}{FIRST + 1}:{column}{self._next}", rule)

    def reach(self, key: str) -> str:
        """All cells of a column below the header, as a list for `choose` in any sheet."""
        letter = letters(self.place(key))
        name = self.name.replace("'", "''")
        return f"='{name}'!${letter}${FIRST + 1}:${letter}${max(self._next, FIRST + 1)}"

    def finish(self) -> None:
        """Set up what surrounds the rows: filters, frozen header, protection, paper."""
        right = letters(len(self._columns) - 1)
        sheet = self._sheet
        sheet.autofilter(f"A2:{right}{self._next}")
        sheet.freeze_panes(FIRST, 0)
        sheet.set_zoom(85)
        sheet.hide_gridlines(2)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        sheet.protect("", _ALLOWED)
        sheet.set_landscape()
        sheet.print_area(f"A1:{right}{self._next}")
        sheet.repeat_rows(0, 1)
        lay_out(sheet, language=self._language)

    def _write(self, place: int, content: Content, column: Column, *, label: str) -> None:
        look = self._dress.cell(column.look, label)
        if content is None or content == "":
            self._sheet.write_blank(self._next, place, None, look)
        elif isinstance(content, str):
            self._text(self._next, place, content, look)
        elif isinstance(content, datetime):
            self._sheet.write_datetime(self._next, place, content, look)
        else:
            self._sheet.write_number(self._next, place, content, look)

    def _text(self, row: int, place: int, text: str, look: Format) -> None:
        self._sheet.write_string(row, place, cell_text(text, language=self._language), look)


def lay_out(sheet: Paper, *, language: str) -> None:
    """Make the sheet print on A4, as wide as the page, with numbered pages."""
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L&8&A&R&8{WORDS[language]['page']}")


def _whole(place: int) -> str:
    return f"{letters(place)}:{letters(place)}"
