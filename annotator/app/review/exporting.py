"""What the person sends out, of whichever kind, carried out as one order. It must not know windows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.export import records_of, save_records
from annotator.app.review.files import write_review_file
from annotator.app.review.packets import articles_of, packet_of
from annotator.formats import find_format
from annotator.review.registry import find_review_format

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from annotator.app.workspace.workspace import Workspace
    from annotator.formats import Record
    from annotator.review.model.packet import Article


class Scope(Enum):
    """Which documents."""

    OPEN = auto()
    ALL = auto()
    DONE = auto()
    CHOSEN = auto()


@dataclass(frozen=True)
class Order:
    """What is to be written: of which documents, as what kind, in whose language, to which file.

    ``kind`` is the name of a format; ``documents`` are there where some were chosen, one of them the open one.
    """

    kind: str
    scope: Scope
    documents: tuple[Path, ...]
    language: str
    path: Path


class Sent(NamedTuple):
    """What came of it: how many documents and annotations are in the file, and what was left out and why."""

    documents: int
    annotations: int
    troubles: tuple[str, ...]


def is_for_review(kind: str) -> bool:
    """Whether the kind of file goes to reviewers, in their language."""
    return find_review_format(kind) is not None


def ending_of(kind: str) -> str:
    """How the names of such files end."""
    found = find_review_format(kind) or find_format(kind)
    return found.ending if found is not None else ""


def send(order: Order, workspace: Workspace, *, made: str, by: str, on_document: Callable[[], None]) -> Sent:
    """Write the file; in any thread. ``on_document`` is called when a document is through; what it raises ends it.

    Raises:
        SaveError: it cannot be written.
        ReviewFileError: this kind cannot hold it.
    """
    tally = _Tally()
    chosen = find_review_format(order.kind)
    is_done = order.scope is Scope.DONE
    if chosen is not None:
        articles = articles_of(
            workspace,
            language=order.language,
            on_trouble=tally.troubles.append,
            only=order.documents,
            is_done=is_done,
            on_document=on_document,
        )
        packet = packet_of(workspace, language=order.language, made=made, by=by)
        write_review_file(order.path, chosen, packet, tally.articles(articles))
    elif (data := find_format(order.kind)) is not None:
        records = records_of(
            workspace,
            on_trouble=tally.troubles.append,
            only=order.documents,
            is_done=is_done,
            on_document=on_document,
        )
        save_records(order.path, data, tally.records(records))
    return Sent(len(tally.files), tally.count, tuple(tally.troubles))


class _Tally:
    """Counts what goes by."""

    def __init__(self) -> None:
        self.files: set[str] = set()
        self.count = 0
        self.troubles: list[str] = []

    def articles(self, articles: Iterator[Article]) -> Iterator[Article]:
        for article in articles:
            self.files.add(article.file)
            self.count += len(article.items)
            yield article

    def records(self, records: Iterator[Record]) -> Iterator[Record]:
        for record in records:
            self.files.add(record.document)
            self.count += 1
            yield record
