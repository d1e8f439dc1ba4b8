"""Writer of a workbook for reviewers, row by row.

The workbook is made in a temporary folder, so that `out` gets all of it or nothing. Texts are written as texts: none
becomes a formula, a number or a link, whatever it begins with.
"""

from __future__ import annotations

import json
import shutil
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import TYPE_CHECKING, Any

from annotator.core.i18n import _
from annotator.core.verdict import VerdictKind
from annotator.review.excel.cells import find_cell_date
from annotator.review.excel.guide_sheet import WorkbookContents, format_label, write_guide
from annotator.review.excel.styles import CellFormats
from annotator.review.excel.table import Table, TooManyRowsError
from annotator.review.excel.texts import (
    ADDITIONS,
    ANNOTATIONS,
    CODEBOOK,
    DOCUMENTS,
    GUIDE,
    SHEETS,
    TARGETS,
    TEXTS,
    Column,
    get_text_language,
)
from annotator.review.excel.workbook import create_workbook
from annotator.review.model.answer import ReviewFileError
from annotator.review.model.verdict_terms import VERDICT_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO, TextIO

    from annotator.review.excel.table import Content
    from annotator.review.excel.workbook import Workbook
    from annotator.review.model.packet import Article, Packet, ReviewItem

TARGET = "target"
"""Key of the label whose fields make the register of targets."""

ADDITION_ROWS = 200
"""Number of rows prepared for additions."""

_MAX_FIELD_COLUMNS = 24  # columns, more than any label has fields; further fields share one


def write_xlsx(packet: Packet, articles: Iterable[Article], out: BinaryIO) -> None:
    """Write a workbook with `articles` to `out`.

    Raises:
        ReviewFileError: There are more rows than a sheet can have.
        OSError: The disk is full.
    """
    with TemporaryDirectory(prefix="annotator-") as folder:
        path = Path(folder, "review.xlsx")
        try:
            with create_workbook(path) as book, ExitStack() as stack:
                _Writer(book, packet, stack).write(articles)
        except TooManyRowsError as error:
            template = _("“{sheet}” would have more rows than Excel can hold. Send fewer documents at a time.")
            raise ReviewFileError(template.format(sheet=error)) from error
        with path.open("rb") as made:
            shutil.copyfileobj(made, out)


class _Writer:
    """Writes one workbook.

    Sheets are written one after the other; what later ones need of an article is kept in temporary files until then.
    """

    def __init__(self, book: Workbook, packet: Packet, stack: ExitStack) -> None:
        language = get_text_language(packet.language)
        self._packet = packet
        self._language = language
        self._formats = CellFormats(book, packet.labels, language=language)
        self._guide = book.add_worksheet(SHEETS[GUIDE].names[language])
        has_targets = any(label.key == TARGET for label in packet.labels)
        keys = [key for key in SHEETS if key != GUIDE and (has_targets or key != TARGETS)]
        self._tables = {key: Table(book, SHEETS[key], formats=self._formats, language=language) for key in keys}
        self._targets = stack.enter_context(_open_row_store())
        self._documents = stack.enter_context(_open_row_store())
        self._signs = {label.key: format_label(label.letter, label.name) for label in packet.labels}
        self._fields: list[str] = []
        self._unknown_labels = False
        self._filled: set[str] = set()
        book.set_properties(self._properties())

    def write(self, articles: Iterable[Article]) -> None:
        """Write all sheets."""
        annotations = self._tables[ANNOTATIONS]
        annotations.write_header()
        last, documents = "", 0
        for article in articles:
            documents += article.file != last
            last = article.file
            for item in article.items:
                annotations.write_row(self._annotation_cells(article, item), label=next(iter(item.labels), ""))
                self._collect_target(article, item)
                self._mark_filled({"fields": item.fields, "note": item.note})
            self._mark_filled({"annotator": article.annotator})
            _append_row(self._documents, self._summarize(article))
        self._write_codebook()
        self._write_documents()
        self._write_targets()
        self._write_additions()
        self._finish_annotations()
        for table in self._tables.values():
            table.finish()
        names = {key: table.name for key, table in self._tables.items()}
        contents = WorkbookContents(documents, annotations.count, names)
        write_guide(self._guide, self._packet, contents, formats=self._formats, language=self._language)
        self._guide.activate()

    def _properties(self) -> dict[str, object]:
        title = f"{SHEETS[ANNOTATIONS].names[self._language]}: {self._packet.folder}"
        return {"title": title, "author": self._packet.by, "created": _find_utc_time(self._packet.made)}

    def _annotation_cells(self, article: Article, item: ReviewItem) -> dict[str, Content]:
        return {
            "file": article.file,
            "owner": article.annotator,
            "id": item.id,
            "stood": "\n".join(item.labels),
            "number": self._tables[ANNOTATIONS].count + 1,
            "document": article.file,
            "title": article.title,
            "place": item.number or None,
            "before": item.before,
            "text": item.text,
            "after": item.after,
            "labels": "\n".join(self._signs.get(key, key) for key in item.labels),
            "fields": _format_fields(item.fields.items()),
            "note": item.note,
            "annotator": article.annotator,
            "changed": find_cell_date(item.changed) or item.changed,
        }

    def _collect_target(self, article: Article, item: ReviewItem) -> None:
        if TARGET in item.labels and TARGETS in self._tables:
            _append_row(self._targets, {"document": article.file, "text": item.text, "fields": dict(item.fields)})
            place = 0
            for name in item.fields:
                if name not in self._fields:
                    self._fields.insert(place, name)
                place = self._fields.index(name) + 1  # a new field goes after the one that precedes it here

    def _mark_filled(self, contents: dict[str, object]) -> None:
        self._filled.update(key for key, content in contents.items() if content)

    def _summarize(self, article: Article) -> dict[str, object]:
        counts: dict[str, int] = {}
        for item in article.items:
            for key in item.labels:
                known = key if key in self._signs else ""
                counts[known] = counts.get(known, 0) + 1
        self._unknown_labels = self._unknown_labels or "" in counts
        return {
            "choice": format_choice(article.file, article.annotator),
            "owner": article.annotator,
            "document": article.file,
            "title": article.title,
            "annotator": article.annotator,
            "status": TEXTS[self._language].get(article.status, article.status),
            "sentences": article.sentences,
            "decided": article.decided,
            "share": article.decided / article.sentences if article.sentences else None,
            **{f"label.{key}": count for key, count in counts.items()},
        }

    def _write_codebook(self) -> None:
        table = self._tables[CODEBOOK]
        table.write_header()
        for label in self._packet.labels:
            content: dict[str, Content] = {"key": label.key, "label": label.name, "sign": label.letter}
            table.write_row({**content, "colour": label.colour, "hint": label.hint}, label=label.key)

    def _write_documents(self) -> None:
        table = self._tables[DOCUMENTS]
        counted = [(label.key, label.name) for label in self._packet.labels]
        counted += [("", TEXTS[self._language]["other labels"])] if self._unknown_labels else []
        extra = [Column(f"label.{key}", {self._language: name}, 14, "number") for key, name in counted]
        table.write_header((*SHEETS[DOCUMENTS].columns, *extra))
        for content in _read_rows(self._documents):
            table.write_row({"number": table.count + 1, **content})
        if "annotator" not in self._filled:
            table.hide("annotator")

    def _write_targets(self) -> None:
        if TARGETS not in self._tables:
            return
        table = self._tables[TARGETS]
        shown, others = self._fields[:_MAX_FIELD_COLUMNS], frozenset(self._fields[_MAX_FIELD_COLUMNS:])
        extra = [Column(f"field.{name}", {self._language: name}, 17) for name in shown]
        extra += [Column("others", {self._language: TEXTS[self._language]["other fields"]}, 30)] if others else []
        table.write_header((*SHEETS[TARGETS].columns, *extra))
        for content in _read_rows(self._targets):
            fields = content.pop("fields")
            cells = {f"field.{name}": value for name, value in fields.items()}
            rest = _format_fields((name, value) for name, value in fields.items() if name in others)
            table.write_row({"number": table.count + 1, **content, **cells, "others": rest}, label=TARGET)

    def _write_additions(self) -> None:
        table = self._tables[ADDITIONS]
        table.write_header()
        for number in range(ADDITION_ROWS):
            table.write_row({"number": number + 1})
        table.add_drop_down("document", self._tables[DOCUMENTS].get_range("choice"), stop=True)
        table.add_drop_down("new", self._tables[CODEBOOK].get_range("label"), stop=False)

    def _finish_annotations(self) -> None:
        table = self._tables[ANNOTATIONS]
        verdicts = VERDICT_NAMES[self._language]
        offered = [verdicts[kind] for kind in (VerdictKind.AGREE, VerdictKind.CHANGE, VerdictKind.DROP)]
        table.add_drop_down("verdict", offered, stop=True)
        table.add_drop_down("new", self._tables[CODEBOOK].get_range("label"), stop=False)
        for key in sorted({"annotator", "fields", "note"} - self._filled):
            table.hide(key)


def format_choice(file: str, owner: str) -> str:
    """Return the name of an article in the drop-down of documents."""
    return f"{file} ({owner})" if owner else file


def _find_utc_time(when: str) -> datetime | None:
    """Return the time `when` (ISO 8601) in UTC, as document properties hold it, or None."""
    try:
        return datetime.fromisoformat(when).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _format_fields(fields: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in fields)


@contextmanager
def _open_row_store() -> Iterator[TextIO]:
    """Yield a file for rows of a sheet whose columns are known only after the last of them."""
    with TemporaryFile("w+", encoding="utf-8") as file:
        yield file


def _append_row(file: TextIO, content: dict[str, object]) -> None:
    file.write(json.dumps(content) + "\n")


def _read_rows(file: TextIO) -> Iterator[dict[str, Any]]:
    """Return the rows kept in `file`, in their order."""
    file.seek(0)
    return map(json.loads, file)
