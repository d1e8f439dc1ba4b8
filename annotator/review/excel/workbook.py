"""Typed interface to the part of XlsxWriter that is used here.

XlsxWriter has no `py.typed` marker (https://peps.python.org/pep-0561/), so type checkers see none of its types.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeAlias

from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]  # as above
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]  # as above
from xlsxwriter.workbook import Workbook as XlsxWorkbook  # type: ignore[import-untyped]  # as above

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

CellFormat: TypeAlias = object
Options: TypeAlias = "Mapping[str, object]"

# A row is written to the disk when the next one begins, and no text becomes a formula, a link or a number.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "use_zip64": True,
}


class PageSetup(Protocol):
    """Page setup of a sheet."""

    def set_landscape(self) -> None:
        """Print in landscape orientation."""

    def set_paper(self, paper_size: int) -> None:
        """Set the paper format by its number."""

    def set_margins(self, left: float, right: float, top: float, bottom: float) -> None:
        """Set the page margins, in inches."""

    def set_footer(self, footer: str) -> None:
        """Set the footer of each page."""

    def fit_to_pages(self, width: int, height: int) -> None:
        """Scale to that many pages across and down (0: as many as needed)."""

    def print_area(self, cells: str) -> None:
        """Set the cells to print."""

    def repeat_rows(self, first_row: int, last_row: int) -> None:
        """Repeat these rows on each page."""


class Worksheet(PageSetup, Protocol):
    """A sheet. Rows and columns count from 0, heights are points, widths characters; rows are written in order.

    Ranges of cells are named as in a spreadsheet: `A1:C3`.
    """

    row_info: dict[int, object]
    row_sizes: dict[int, object]

    def write_string(self, row: int, col: int, string: str, cell_format: CellFormat = ...) -> int:
        """Write a text as it is."""

    def write_number(self, row: int, col: int, number: float, cell_format: CellFormat = ...) -> int:
        """Write a number."""

    def write_datetime(self, row: int, col: int, date: datetime, cell_format: CellFormat = ...) -> int:
        """Write a time without a zone."""

    def write_blank(self, row: int, col: int, blank: None, cell_format: CellFormat) -> int:
        """Format an empty cell."""

    def merge_range(self, cells: str, data: str, cell_format: CellFormat) -> int:
        """Merge cells."""

    def set_row(self, row: int, height: float | None, cell_format: None = ..., options: Options = ...) -> int:
        """Set the height of a row and whether it is hidden, before anything is written to it."""

    def set_column(self, columns: str, width: float, cell_format: None = ..., options: Options = ...) -> int:
        """Set the width of columns and whether they are hidden."""

    def data_validation(self, cells: str, options: Options) -> int:
        """Set what may be entered in cells."""

    def autofilter(self, cells: str) -> None:
        """Add filters to the header of a table."""

    def freeze_panes(self, row: int, col: int) -> None:
        """Keep the rows above and the columns left of a cell in view."""

    def protect(self, password: str, options: Options) -> None:
        """Lock all cells that are not unlocked, and allow what `options` name."""

    def ignore_errors(self, options: Options) -> int:
        """Suppress warning marks in cells."""

    def set_zoom(self, zoom: int) -> None:
        """Set the zoom, in percent."""

    def hide_gridlines(self, option: int) -> None:
        """Hide grid lines: 0 none, 1 in print, 2 on the screen as well."""

    def activate(self) -> None:
        """Make this sheet the one shown first."""


class Workbook(Protocol):
    """A workbook being written."""

    def add_worksheet(self, name: str) -> Worksheet:
        """Add a sheet after the others and return it."""

    def add_format(self, properties: Options) -> CellFormat:
        """Add a cell format and return it."""

    def set_properties(self, properties: Options) -> None:
        """Set the document properties, such as title and author."""


def get_column_name(place: int) -> str:
    """Return the name of column `place` (from 0): A, B, … AA."""
    return str(xl_col_to_name(place))


@contextmanager
def create_workbook(path: Path) -> Iterator[Workbook]:
    """Yield a workbook that is written to `path` when the context ends; temporary files are in the same folder.

    Raises:
        OSError: The disk is full.
    """
    try:
        with XlsxWorkbook(str(path), {**_OPTIONS, "tmpdir": str(path.parent)}) as book:
            yield book
    except FileCreateError as error:
        reason = error.args[0] if error.args else error
        raise reason if isinstance(reason, OSError) else OSError(str(error)) from error
