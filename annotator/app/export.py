"""Export of a folder's annotations as records for other programs, one document at a time."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from annotator.app.documents.open import title_of
from annotator.app.persistence.decisions import load_decisions
from annotator.app.session.segmented_text import Reading
from annotator.app.workspace.article_reader import read_article, told_by
from annotator.app.workspace.sidecar_index import find_sidecars
from annotator.core.annotation import Status
from annotator.core.i18n import _
from annotator.formats import Record
from annotator.storage.atomic import save_stream
from annotator.storage.documents.reader import DocumentError
from annotator.storage.errors import SidecarError
from annotator.storage.paths import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from annotator.app.workspace.sidecar_index import Owned
    from annotator.app.workspace.workspace import Workspace
    from annotator.formats import Format


def save_records(path: Path, chosen: Format, records: Iterable[Record]) -> None:
    """Write `records` to the file at `path` atomically, in constant memory.

    Raises:
        SaveError: If the file cannot be written; an existing file is left as it was.
    """

    def write(out: BinaryIO) -> None:
        # Lone surrogates are escaped instead of aborting the export.
        text = io.TextIOWrapper(out, chosen.encoding, "backslashreplace", newline="")
        chosen.write(records, text)
        # Flushes, and keeps the wrapper from closing `out` when it is collected.
        text.detach()

    save_stream(path, write)


def records_of(
    workspace: Workspace,
    *,
    on_trouble: Callable[[str], None],
    only: Collection[Path] = (),
    is_done: bool = False,
    on_document: Callable[[], None] = lambda: None,
) -> Iterator[Record]:
    """Yield the annotations of all annotators on all documents, in order; report unreadable files to `on_trouble`.

    With `only`, other documents are left out; with `is_done`, those that their annotator has not marked done.
    `on_document` is called after each document.
    """
    documents = [path for path in workspace.documents if not only or path in only]
    for path, sidecars in find_sidecars(documents, on_trouble=on_trouble):
        for sidecar in sidecars:
            try:
                yield from _records(path, sidecar, workspace, is_done=is_done)
            except (DocumentError, SidecarError) as error:
                on_trouble(str(error))
            except OSError as error:
                sentence = _("{file} cannot be read ({reason}), so it is left out. Mend that, then export again.")
                on_trouble(sentence.format(file=shown(sidecar.path), reason=error.strerror))
        on_document()


def _records(path: Path, sidecar: Owned, workspace: Workspace, *, is_done: bool) -> Iterator[Record]:
    document = read_article(path, told_by(path, sidecar.path))
    decisions = load_decisions(sidecar.path, document, language=workspace.language)
    if is_done and decisions.state.status is not Status.DONE:
        return
    reading = Reading(document.text, workspace.language, decisions.state)
    reading.count_on()
    name = workspace.shown(path)
    title = title_of(reading)
    for annotation in decisions.state.annotations.values():
        sentence = reading.sentence_at(annotation.span.start)
        yield Record(
            document=name,
            title=title,
            id=annotation.id,
            number=(reading.number(sentence) or 0) if sentence else 0,
            start=annotation.span.start,
            end=annotation.span.end,
            kind=sentence.kind.value if sentence else "",
            labels=annotation.labels,
            text=annotation.text,
            before=annotation.before,
            after=annotation.after,
            note=annotation.note,
            annotator=decisions.sidecar.annotator or sidecar.annotator,
            origin=str(annotation.origin),
            made=annotation.made,
            changed=annotation.changed,
            fields=annotation.fields,
        )
