"""Export of annotations to a file of any format, described by one value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.export import iter_records, write_records
from annotator.app.outputs.writer import write_output
from annotator.app.review.packets import iter_articles, make_packet
from annotator.formats import find_format
from annotator.review.registry import find_review_format

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from annotator.app.outputs.target import OutputTarget
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
    """A request for an export: which documents, in which format, in which language, to which place.

    `kind` is the name of a format; `documents` are the chosen ones (for `ExportScope.OPEN`, the open one) or empty.
    """

    kind: str
    scope: ExportScope
    documents: tuple[Path, ...]
    language: str
    target: OutputTarget


class ExportResult(NamedTuple):
    """The result of an export: the number of documents and annotations in the file."""

    documents: int
    annotations: int


def is_for_review(kind: str) -> bool:
    """Return whether the format is for reviewers, who read it in their language."""
    return find_review_format(kind) is not None


def extension_of(kind: str) -> str:
    """Return the file name extension of the format."""
    found = find_review_format(kind) or find_format(kind)
    return found.extension if found is not None else ""


def write_export(
    order: ExportRequest,
    workspace: Workspace,
    *,
    made: str,
    by: str,
    on_document: Callable[[], None],
    on_trouble: Callable[[str], None],
) -> ExportResult:
    """Write the file; replace the one that was there when the place was inspected. Callable from any thread.

    `on_document` is called after each document; an exception that it raises aborts the export. `on_trouble` is called
    with a sentence for each file that is left out, and why.

    Raises:
        OutputRefusedError: If the file may not be written. An older file stays if not everything could be read.
        SaveError: If the file cannot be written.
        ReviewFileError: If the format cannot hold the annotations.
    """
    tally = _Tally(on_trouble)
    chosen = find_review_format(order.kind)
    is_done = order.scope is ExportScope.DONE
    if chosen is not None:
        # Generators: one article at a time is in memory, and the tally counts as they pass.
        articles = iter_articles(
            workspace,
            language=order.language,
            on_trouble=tally.report,
            only=order.documents,
            is_done=is_done,
            on_document=on_document,
        )
        packet = make_packet(workspace, language=order.language, made=made, by=by)
        write = partial(chosen.write, packet, tally.count_articles(articles))
    elif (data := find_format(order.kind)) is not None:
        records = iter_records(
            workspace,
            on_trouble=tally.report,
            on_uncounted=on_trouble,
            only=order.documents,
            is_done_only=is_done,
            on_document=on_document,
        )
        write = partial(write_records, data, tally.count_records(records))
    else:
        raise ValueError(order.kind)
    write_output(
        order.target, write, replaces=True, is_complete=lambda: workspace.is_complete and not tally.has_trouble
    )
    return ExportResult(len(tally.files), tally.count)


class _Tally:
    """A counter of the documents and annotations that pass through, and of troubles."""

    def __init__(self, on_trouble: Callable[[str], None]) -> None:
        self.files: set[str] = set()
        self.count = 0
        self.has_trouble = False
        self._on_trouble = on_trouble

    def report(self, sentence: str) -> None:
        self.has_trouble = True
        self._on_trouble(sentence)

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
