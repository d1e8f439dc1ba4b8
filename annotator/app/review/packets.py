"""Export of a folder's annotations for reviewers, one article at a time."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.app.documents.open import title_of
from annotator.app.persistence.decisions import load_decisions
from annotator.app.session.segmented_text import SegmentedText
from annotator.app.workspace.article_reader import list_sidecars, read_article
from annotator.core.annotation import Status
from annotator.core.field_values.values import format_plain, format_value
from annotator.core.i18n import _
from annotator.review.model.packet import Article, LabelEntry, Packet, Paragraph, ReviewItem
from annotator.storage.documents.reader import DocumentError
from annotator.storage.errors import DataFileError, describe_os_error
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from annotator.app.session.store import Decisions
    from annotator.app.workspace.sidecar_index import SidecarFile
    from annotator.app.workspace.workspace import Workspace
    from annotator.core.annotation import Annotation
    from annotator.core.document import Document
    from annotator.core.labels import LabelSet
    from annotator.core.sentence import Sentence


def make_packet(workspace: Workspace, *, language: str, made: str, by: str = "") -> Packet:
    """Return what all articles of the folder share, for a reviewer who reads `language`."""
    labels = tuple(
        LabelEntry(one.key, one.name(language), one.letter(language), one.hint(language), one.colour)
        for one in workspace.labels
    )
    return Packet(folder_name(workspace), made, language, labels, by)


def folder_name(workspace: Workspace) -> str:
    """Return the name of the folder, even if it was given as a dot."""
    return format_path(Path(os.path.abspath(workspace.folder)).name)  # noqa: PTH100  # `absolute` keeps dots, `resolve` links


def iter_articles(
    workspace: Workspace,
    *,
    language: str,
    on_trouble: Callable[[str], None],
    only: Collection[Path] = (),
    is_done: bool = False,
    on_document: Callable[[], None] = lambda: None,
) -> Iterator[Article]:
    """Yield each document with each annotator's decisions, in order; with `only`, other documents are left out.

    A document without a sidecar is left out; with `is_done`, also what its annotator has not marked done. Unreadable
    files are reported to `on_trouble`; `on_document` is called after each document.
    """
    documents = [path for path in workspace.documents if not only or path in only]
    for path, sidecars in workspace.find_sidecars(documents, on_trouble=on_trouble):
        for sidecar in sidecars:
            try:
                article = _make_article(path, sidecar, workspace, language=language)
            except (DocumentError, DataFileError) as error:
                on_trouble(str(error))
            except OSError as error:
                sentence = _("{file} cannot be read ({reason}), so it is left out. Mend that, then export again.")
                on_trouble(sentence.format(file=format_path(sidecar.path), reason=describe_os_error(error)))
            else:
                if not is_done or article.status == Status.DONE:
                    yield article
        on_document()


def _make_article(path: Path, sidecar: SidecarFile, workspace: Workspace, *, language: str) -> Article:
    document = read_article(path, list_sidecars(path, sidecar.path))
    decisions = load_decisions(sidecar.path, document, language=workspace.language)
    reading = SegmentedText(document.text, workspace.language, decisions.state)
    reading.count_more()
    return Article(
        file=workspace.display_path(path),
        title=title_of(reading) or document.name,
        text=document.text,
        sha256=document.sha256,
        annotator=sidecar.annotator,
        status=decisions.state.status.value,
        sentences=reading.sentence_count,
        decided=decisions.state.decided_count,
        paragraphs=tuple(
            Paragraph(reading.block_kind(block), span, tuple(one.span for one in reading.sentences_starting(block)))
            for block, span in enumerate(reading.blocks)
        ),
        items=_make_items(document, decisions, reading, labels=workspace.labels, language=language),
    )


def _make_items(
    document: Document, decisions: Decisions, reading: SegmentedText, *, labels: LabelSet, language: str
) -> tuple[ReviewItem, ...]:
    items: list[ReviewItem] = []
    for annotation in decisions.state.annotations.values():
        sentence = reading.find_sentence_at(annotation.span.start)
        # Whole neighbouring sentences, for a reviewer who sees only the table.
        before = reading.find_previous(sentence.block, sentence.span.start) if sentence else None
        after = reading.find_next(sentence.block, sentence.span.start) if sentence else None
        items.append(
            ReviewItem(
                id=annotation.id,
                span=annotation.span,
                number=(reading.number_of(sentence) or 0) if sentence else 0,
                labels=annotation.labels,
                text=annotation.text,
                before=_text_of(document.text, before),
                after=_text_of(document.text, after),
                fields=_fields(annotation, labels, language=language),
                note=annotation.note,
                changed=annotation.changed or annotation.made,
            )
        )
    return tuple(items)


def _text_of(text: str, sentence: Sentence | None) -> str:
    return text[sentence.span.start : sentence.span.end] if sentence is not None else ""


def _fields(annotation: Annotation, labels: LabelSet, *, language: str) -> dict[str, str]:
    """Return the values of the fields in words, by the fields' names."""
    shown_fields: dict[str, str] = {}
    asked = {one.key: one for one in labels.fields_of(annotation.labels)}
    for key, value in annotation.fields.items():
        field = asked.get(key)
        name = field.name(language) if field is not None else key
        words = format_value(field, value, language=language) if field is not None else format_plain(value)
        if words:
            shown_fields[name] = words
    return shown_fields
