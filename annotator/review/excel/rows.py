"""Rows of a workbook that came back, by sheet and column, wherever these were moved.

A sheet is identified by the keys in its hidden row, else by its name, else by its headers; a column by its key, else by
its header in either language, else, if the sheet has no header at all, by its original position. Formulas are never
calculated: the result stored by the spreadsheet counts.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, cast

from annotator.core.i18n import _
from annotator.review.excel.cells import read_cell_text
from annotator.review.excel.texts import ANNOTATIONS, SHEETS, get_header_key

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from openpyxl import Workbook
    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

    from annotator.review.excel.texts import SheetPlan

    Cell: TypeAlias = ReadOnlyCell | EmptyCell
    Cells: TypeAlias = tuple[Cell, ...]

MAX_COLUMNS = 64
"""Most columns that are read: far more than any exported sheet has."""

_HEADER_SEARCH_ROWS = 50  # rows from the top that are searched for a header
_MIN_HEADERS = 3  # known headers that make a row the header


class Row(NamedTuple):
    """A row: its location, and its texts by the keys of the columns.

    `faults` are sentences on cells that cannot be taken as they are, `strays` on text outside the columns.
    """

    place: str
    words: Mapping[str, str]
    faults: tuple[str, ...] = ()
    strays: tuple[str, ...] = ()


@dataclass(frozen=True)
class IdentifiedSheet:
    """A sheet identified as `plan`: its name, the index of each of its columns, the rows (from 1) that are headers."""

    plan: SheetPlan
    name: str
    columns: Mapping[str, int]
    heads: frozenset[int]


@dataclass
class ReturnedWorkbook:
    """A workbook as it was saved: `results` with the results of formulas, `formulas` with the formulas, if any.

    `saved` is when it was saved, in ISO 8601, and `saved_by` by whom; each is empty if unknown.
    """

    results: Workbook
    formulas: Workbook | None = None
    saved: str = ""
    saved_by: str = ""
    sheets: list[IdentifiedSheet] = field(default_factory=list)

    def __post_init__(self) -> None:
        for sheet in self.results.worksheets:
            found = _identify(sheet.title, _read_top(self.results, sheet.title))
            if found is not None:
                self.sheets.append(found)

    def find(self, key: str) -> list[IdentifiedSheet]:
        """Return the sheets of the kind `key`, copies included."""
        return [sheet for sheet in self.sheets if sheet.plan.key == key]

    def find_right_of(self, words: Container[str]) -> str:
        """Return the text right of the first cell that holds one of `words`, near the top of any sheet."""
        for sheet in self.results.worksheets:
            for row in _read_top(self.results, sheet.title):
                place = next((place for place, text in enumerate(row) if text in words), len(row))
                found = next((text for text in row[place:] if text and text not in words), "")
                if place < len(row):
                    return found
        return ""

    def iter_rows(self, found: IdentifiedSheet) -> Iterator[Row]:
        """Yield the rows of a sheet that are not empty, from the top; rows that repeat the header are skipped."""
        formulas = _iter_cells(self.formulas, found.name) if self.formulas is not None else None
        names = _names_of(found.plan)
        for number, cells in enumerate(_iter_cells(self.results, found.name), 1):
            # The second workbook, with formulas in place of results, is read in step with the first.
            beside = next(formulas, ()) if formulas is not None else ()
            if number in found.heads or all(cell.value is None for cell in (*cells, *beside)):
                continue
            row = _read_row(found, number, cells, beside)
            if sum(1 for key, words in row.words.items() if fold_text(words) in names[key]) < _MIN_HEADERS:
                yield row


def format_location(sheet: str, row: int) -> str:
    """Return the location of a row as a user would name it."""
    return _("{sheet}, row {number}").format(sheet=sheet, number=row)


def fold_text(text: str) -> str:
    """Return `text` for comparison: composed (NFC), without case and superfluous space."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _read_row(found: IdentifiedSheet, number: int, cells: Cells, beside: Cells) -> Row:
    """Return row `number` of a sheet; `beside` are its cells with the formulas, if there are any."""
    words = {key: read_cell_text(cells[place]) for key, place in found.columns.items() if place < len(cells)}
    kept = "text" if found.plan.key == ANNOTATIONS else ""  # the words of the document, unchanged
    words = {key: text if key == kept else text.strip() for key, text in words.items()}
    faults = []
    for column in found.plan.columns:
        place = found.columns.get(column.key, len(cells))
        if column.is_answer and place < len(cells):
            fault = _find_fault(cells[place], words[column.key], beside[place] if place < len(beside) else None)
            faults += [fault] if fault else []
    own = frozenset(found.columns.values())
    others = [
        read_cell_text(cell).strip() for place, cell in enumerate(cells) if place not in own and cell.value is not None
    ]
    template = _(
        "“{words}” stands beside the columns of this sheet and is not taken. Move it to the column of comments."
    )
    strays = tuple(template.format(words=text) for text in others if text)
    return Row(format_location(found.name, number), words, tuple(faults), strays)


def _find_fault(cell: Cell, text: str, formula: Cell | None) -> str:
    """Return a sentence on why the cell cannot be taken as it is, or an empty string."""
    if getattr(cell, "data_type", "n") == "e":
        return _("A cell shows the error {error}. Write what was meant into it.").format(error=text)
    if formula is not None and getattr(formula, "data_type", "n") == "f" and not text:
        template = _("A cell holds a formula without a result: {formula}. Nothing is reckoned here; write it as text.")
        return template.format(formula=str(formula.value))
    return ""


def _iter_cells(book: Workbook, name: str) -> Iterator[Cells]:
    sheet = book[name]
    sheet.reset_dimensions()  # the size that a program declares for its sheet may be wrong
    return cast("Iterator[Cells]", sheet.iter_rows(max_col=MAX_COLUMNS))


def _read_top(book: Workbook, name: str) -> list[tuple[str, ...]]:
    top: list[tuple[str, ...]] = []
    for cells in _iter_cells(book, name):
        top.append(tuple(read_cell_text(cell).strip() for cell in cells))
        if len(top) == _HEADER_SEARCH_ROWS:
            break
    return top


def _identify(name: str, top: Sequence[Sequence[str]]) -> IdentifiedSheet | None:
    """Identify the sheet `name` with the first rows `top`, or return None if it is not one of ours."""
    for plan in SHEETS.values():
        columns, heads = _locate_by_keys(plan, top)
        if columns:
            named, more = _locate_by_names(plan, top)
            free = {key: place for key, place in named.items() if place not in columns.values()}
            return IdentifiedSheet(plan, name, {**free, **columns}, heads | more)
    called = [plan for plan in SHEETS.values() if fold_text(name) in map(fold_text, plan.names.values())]
    tried = [(plan, *_locate_by_names(plan, top)) for plan in (*called, *SHEETS.values())]
    plan, columns, heads = max(tried, key=lambda one: len(one[1]))
    if columns:
        return IdentifiedSheet(plan, name, columns, heads)
    if called:
        places = {column.key: place for place, column in enumerate(called[0].columns)}
        return IdentifiedSheet(called[0], name, places, frozenset())
    return None


def _locate_by_keys(plan: SheetPlan, top: Sequence[Sequence[str]]) -> tuple[dict[str, int], frozenset[int]]:
    keys = {get_header_key(plan.key, column.key): column.key for column in plan.columns}
    for number, row in enumerate(top, 1):
        columns = _index_keys(row, keys)
        if columns:
            return columns, frozenset({number})
    return {}, frozenset()


def _locate_by_names(plan: SheetPlan, top: Sequence[Sequence[str]]) -> tuple[dict[str, int], frozenset[int]]:
    names = {name: key for key, called in _names_of(plan).items() for name in called}
    for number, row in enumerate(top, 1):
        columns = _index_keys([fold_text(words) for words in row], names)
        if len(columns) >= _MIN_HEADERS:
            return columns, frozenset({number})
    return {}, frozenset()


def _names_of(plan: SheetPlan) -> dict[str, frozenset[str]]:
    """Return all headers that each column may have."""
    return {
        column.key: frozenset({get_header_key(plan.key, column.key), *map(fold_text, column.names.values())})
        for column in plan.columns
    }


def _index_keys(row: Sequence[str], keys: Mapping[str, str]) -> dict[str, int]:
    """Return the index of each key in a row; the first one counts."""
    columns: dict[str, int] = {}
    for place, words in enumerate(row):
        if words in keys:
            columns.setdefault(keys[words], place)
    return columns
