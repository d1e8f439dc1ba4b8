"""Making a workbook: what is used of XlsxWriter, with its types. It must not know what the workbook is for.

XlsxWriter comes without the mark by which its types could be used (https://peps.python.org/pep-0561/), so what is
used of it is described here.
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

Format: TypeAlias = object
Options: TypeAlias = "Mapping[str, object]"

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "use_zip64": True,
}


class Paper(Protocol):
    """How a sheet is printed."""

    def set_landscape(self) -> None:
        """Print across."""

    def set_paper(self, paper_size: int) -> None:
        """Print on paper of that kind."""

    def set_margins(self, left: float, right: float, top: float, bottom: float) -> None:
        """Set the margins of pages, in inches."""

    def set_footer(self, footer: str) -> None:
        """Print this below each page."""

    def fit_to_pages(self, width: int, height: int) -> None:
        """Print on so many pages side by side, and below each other (0: as many as are needed)."""

    def print_area(self, cells: str) -> None:
        """Print these cells."""

    def repeat_rows(self, first_row: int, last_row: int) -> None:
        """Print these rows on each page."""


class Worksheet(Paper, Protocol):
    """A sheet. Rows and columns count from 0, heights are points, widths characters; rows are written in order.

    Cells are named as in a spreadsheet: ``A1:C3``.
    """

    row_info: dict[int, object]
    row_sizes: dict[int, object]

    def write_string(self, row: int, col: int, string: str, cell_format: Format = ...) -> int:
        """Write a text as it is."""

    def write_number(self, row: int, col: int, number: float, cell_format: Format = ...) -> int:
        """Write a number."""

    def write_datetime(self, row: int, col: int, date: datetime, cell_format: Format = ...) -> int:
        """Write a time without a zone."""

    def write_blank(self, row: int, col: int, blank: None, cell_format: Format) -> int:
        """Dress a cell in which nothing stands."""

    def merge_range(self, cells: str, data: str, cell_format: Format) -> int:
        """Join cells."""

    def set_row(self, row: int, height: float | None, cell_format: None = ..., options: Options = ...) -> int:
        """Set how high a row is, and whether it is hidden, before anything stands in it."""

    def set_column(self, columns: str, width: float, cell_format: None = ..., options: Options = ...) -> int:
        """Set how wide columns are, and whether they are hidden."""

    def data_validation(self, cells: str, options: Options) -> int:
        """Say what may stand in cells."""

    def autofilter(self, cells: str) -> None:
        """Offer filters above a table."""

    def freeze_panes(self, row: int, col: int) -> None:
        """Keep the rows above in sight."""

    def protect(self, password: str, options: Options) -> None:
        """Lock what is not unlocked, but for ``options``."""

    def ignore_errors(self, options: Options) -> int:
        """Show no mark of an error for what is none."""

    def set_zoom(self, zoom: int) -> None:
        """Show it so large, in percent."""

    def hide_gridlines(self, option: int) -> None:
        """Show no lines but those of cells."""

    def activate(self) -> None:
        """Show this sheet first."""


class Workbook(Protocol):
    """A workbook being written."""

    def add_worksheet(self, name: str) -> Worksheet:
        """A new sheet after those that are there."""

    def add_format(self, properties: Options) -> Format:
        """A new way for cells to look."""

    def set_properties(self, properties: Options) -> None:
        """Say what the file is, and from whom."""


def letters(place: int) -> str:
    """What the column at ``place``, from 0, is called: A, B, … AA."""
    return str(xl_col_to_name(place))


@contextmanager
def written(path: Path) -> Iterator[Workbook]:
    """A workbook that stands at ``path`` when the context ends; what waits meanwhile lies in the same folder.

    Raises:
        OSError: there is no room for it.
    """
    try:
        with XlsxWorkbook(str(path), {**_OPTIONS, "tmpdir": str(path.parent)}) as book:
            yield book
    except FileCreateError as error:
        reason = error.args[0] if error.args else error
        raise reason if isinstance(reason, OSError) else OSError(str(error)) from error
