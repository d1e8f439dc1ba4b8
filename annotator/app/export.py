"""Export of a folder's annotations as records for other programs, one document at a time."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from annotator.app.documents.open import title_of
from annotator.app.persistence.decisions import load_decisions
from annotator.app.session.segmented_text import SegmentedText
from annotator.app.workspace.article_reader import list_sidecars, read_article
from annotator.app.workspace.strays import find_strays, stray_notice
from annotator.core.annotation import Status
from annotator.core.i18n import _
from annotator.formats import Record
from annotator.storage.documents.reader import DocumentError
from annotator.storage.errors import DataFileError, describe_os_error
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from annotator.app.workspace.sidecar_index import SidecarFile
    from annotator.app.workspace.workspace import Workspace
    from annotator.formats import Format


def write_records(chosen: Format, records: Iterable[Record], out: BinaryIO) -> None:
    """Write `records` to `out`, a binary file, in constant memory."""
    # Lone surrogates are escaped instead of aborting the export.
    text = io.TextIOWrapper(out, chosen.encoding, "backslashreplace", newline="")
    chosen.write(records, text)
    # Flushes, and keeps the wrapper from closing `out` when it is collected.
    text.detach()


def iter_records(
    workspace: Workspace,
    *,
    on_trouble: Callable[[str], None],
    on_uncounted: Callable[[str], None],
    only: Collection[Path] = (),
    is_done_only: bool = False,
    on_document: Callable[[], None] = lambda: None,
) -> Iterator[Record]:
    """Yield the annotations of all annotators on all documents, in order; report unreadable files to `on_trouble`.

    With `only`, other documents are left out; with `is_done_only`, those that their annotator has not marked done.
    `on_document` is called after each document. Files that look like sidecars and belong to no document are reported to
    `on_uncounted`: without them everything can be read.
    """
    for stray in find_strays(workspace, only=only):
        on_uncounted(stray_notice(stray))
    documents = [path for path in workspace.documents if not only or path in only]
    for path, sidecars in workspace.find_sidecars(documents, on_trouble=on_trouble):
        for sidecar in sidecars:
            try:
                yield from _iter_document_records(path, sidecar, workspace, is_done=is_done_only)
            except (DocumentError, DataFileError) as error:
                on_trouble(str(error))
            except OSError as error:
                sentence = _("{file} cannot be read ({reason}), so it is left out. Mend that, then export again.")
                on_trouble(sentence.format(file=format_path(sidecar.path), reason=describe_os_error(error)))
        on_document()


def _iter_document_records(
    path: Path, sidecar: SidecarFile, workspace: Workspace, *, is_done: bool
) -> Iterator[Record]:
    document = read_article(path, list_sidecars(path, sidecar.path))
    decisions = load_decisions(sidecar.path, document, language=workspace.language)
    if is_done and decisions.state.status is not Status.DONE:
        return
    reading = SegmentedText(document.text, workspace.language, decisions.state)
    reading.count_more()
    name = workspace.display_path(path)
    title = title_of(reading)
    for annotation in decisions.state.annotations.values():
        sentence = reading.find_sentence_at(annotation.span.start)
        yield Record(
            document=name,
            title=title,
            id=annotation.id,
            number=(reading.number_of(sentence) or 0) if sentence else 0,
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
