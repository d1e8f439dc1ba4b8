"""Export of annotations to a file of any format, described by one value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.export import iter_records, save_records
from annotator.app.review.files import write_review_file
from annotator.app.review.packets import iter_articles, make_packet
from annotator.formats import find_format
from annotator.review.registry import find_review_format

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from annotator.app.workspace.workspace import Workspace
    from annotator.formats import Record
    from annotator.review.model.packet import Article


class ExportScope(Enum):
    """The documents to export."""

    OPEN = auto()
    ALL = auto()
    DONE = auto()
    CHOSEN = auto()


@dataclass(frozen=True)
class ExportRequest:
    """A request for an export: which documents, in which format, in which language, to which file.

    `kind` is the name of a format; `documents` are the chosen ones (for `ExportScope.OPEN`, the open one) or empty.
    """

    kind: str
    scope: ExportScope
    documents: tuple[Path, ...]
    language: str
    path: Path


class ExportResult(NamedTuple):
    """The result of an export: the number of documents and annotations in the file, and what was left out and why."""

    documents: int
    annotations: int
    troubles: tuple[str, ...]


def is_for_review(kind: str) -> bool:
    """Return whether the format is for reviewers, who read it in their language."""
    return find_review_format(kind) is not None


def extension_of(kind: str) -> str:
    """Return the file name extension of the format."""
    found = find_review_format(kind) or find_format(kind)
    return found.extension if found is not None else ""


def write_export(
    order: ExportRequest, workspace: Workspace, *, made: str, by: str, on_document: Callable[[], None]
) -> ExportResult:
    """Write the file. Callable from any thread.

    `on_document` is called after each document; an exception that it raises aborts the export.

    Raises:
        SaveError: If the file cannot be written.
        ReviewFileError: If the format cannot hold the annotations.
    """
    tally = _Tally()
    chosen = find_review_format(order.kind)
    is_done = order.scope is ExportScope.DONE
    if chosen is not None:
        # Generators: one article at a time is in memory, and the tally counts as they pass.
        articles = iter_articles(
            workspace,
            language=order.language,
            on_trouble=tally.troubles.append,
            only=order.documents,
            is_done=is_done,
            on_document=on_document,
        )
        packet = make_packet(workspace, language=order.language, made=made, by=by)
        write_review_file(order.path, chosen, packet, tally.count_articles(articles))
    elif (data := find_format(order.kind)) is not None:
        records = iter_records(
            workspace,
            on_trouble=tally.troubles.append,
            only=order.documents,
            is_done_only=is_done,
            on_document=on_document,
        )
        save_records(order.path, data, tally.count_records(records))
    return ExportResult(len(tally.files), tally.count, tuple(tally.troubles))


class _Tally:
    """A counter of the documents and annotations that pass through."""

    def __init__(self) -> None:
        self.files: set[str] = set()
        self.count = 0
        self.troubles: list[str] = []

    def count_articles(self, articles: Iterator[Article]) -> Iterator[Article]:
        for article in articles:
            self.files.add(article.file)
            self.count += len(article.items)
            yield article

    def count_records(self, records: Iterator[Record]) -> Iterator[Record]:
        for record in records:
            self.files.add(record.document)
            self.count += 1
            yield record
