"""Export of a folder's annotations for reviewers, one article at a time."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.app.documents.open import title_of
from annotator.app.persistence.decisions import load_decisions
from annotator.app.session.segmented_text import Reading
from annotator.app.workspace.article_reader import read_article, told_by
from annotator.app.workspace.sidecar_index import find_sidecars
from annotator.core.annotation import Status
from annotator.core.field_values.values import plain_text, show_value
from annotator.core.i18n import _
from annotator.review.model.packet import Article, Item, LabelEntry, Packet, Paragraph
from annotator.storage.documents.reader import DocumentError
from annotator.storage.errors import SidecarError
from annotator.storage.paths import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from annotator.app.persistence.decisions import Decisions
    from annotator.app.workspace.sidecar_index import Owned
    from annotator.app.workspace.workspace import Workspace
    from annotator.core.annotation import Annotation
    from annotator.core.document import Document
    from annotator.core.labels import LabelSet
    from annotator.core.sentence import Sentence


def packet_of(workspace: Workspace, *, language: str, made: str, by: str = "") -> Packet:
    """Return what all articles of the folder share, for a reviewer who reads `language`."""
    labels = tuple(
        LabelEntry(one.key, one.name(language), one.sign(language), one.hint(language), one.colour)
        for one in workspace.labels
    )
    return Packet(folder_name(workspace), made, language, labels, by)


def folder_name(workspace: Workspace) -> str:
    """Return the name of the folder, even if it was given as a dot."""
    return shown(Path(os.path.abspath(workspace.folder)).name)  # noqa: PTH100  # `absolute` keeps dots, `resolve` links


def articles_of(
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
    for path, sidecars in find_sidecars(documents, on_trouble=on_trouble):
        for sidecar in sidecars:
            try:
                article = _article(path, sidecar, workspace, language=language)
            except (DocumentError, SidecarError) as error:
                on_trouble(str(error))
            except OSError as error:
                sentence = _("{file} cannot be read ({reason}), so it is left out. Mend that, then export again.")
                on_trouble(sentence.format(file=shown(sidecar.path), reason=error.strerror))
            else:
                if not is_done or article.status == Status.DONE:
                    yield article
        on_document()


def _article(path: Path, sidecar: Owned, workspace: Workspace, *, language: str) -> Article:
    document = read_article(path, told_by(path, sidecar.path))
    decisions = load_decisions(sidecar.path, document, language=workspace.language)
    reading = Reading(document.text, workspace.language, decisions.state)
    reading.count_on()
    return Article(
        file=workspace.shown(path),
        title=title_of(reading) or document.name,
        text=document.text,
        sha256=document.sha256,
        annotator=sidecar.annotator,
        status=decisions.state.status.value,
        sentences=reading.size,
        decided=decisions.state.decided,
        paragraphs=tuple(
            Paragraph(reading.kind(block), span, tuple(one.span for one in reading.starting(block)))
            for block, span in enumerate(reading.blocks)
        ),
        items=_items(document, decisions, reading, labels=workspace.labels, language=language),
    )


def _items(
    document: Document, decisions: Decisions, reading: Reading, *, labels: LabelSet, language: str
) -> tuple[Item, ...]:
    items: list[Item] = []
    for annotation in decisions.state.annotations.values():
        sentence = reading.sentence_at(annotation.span.start)
        # Whole neighbouring sentences, for a reviewer who sees only the table.
        before = reading.previous(sentence.block, sentence.span.start) if sentence else None
        after = reading.next(sentence.block, sentence.span.start) if sentence else None
        items.append(
            Item(
                id=annotation.id,
                span=annotation.span,
                number=(reading.number(sentence) or 0) if sentence else 0,
                labels=annotation.labels,
                text=annotation.text,
                before=_words(document.text, before),
                after=_words(document.text, after),
                fields=_fields(annotation, labels, language=language),
                note=annotation.note,
                changed=annotation.changed or annotation.made,
            )
        )
    return tuple(items)


def _words(text: str, sentence: Sentence | None) -> str:
    return text[sentence.span.start : sentence.span.end] if sentence is not None else ""


def _fields(annotation: Annotation, labels: LabelSet, *, language: str) -> dict[str, str]:
    """Return the values of the fields in words, by the fields' names."""
    shown_fields: dict[str, str] = {}
    asked = {one.key: one for one in labels.fields_of(annotation.labels)}
    for key, value in annotation.fields.items():
        field = asked.get(key)
        name = field.name(language) if field is not None else key
        words = show_value(field, value, language=language) if field is not None else plain_text(value)
        if words:
            shown_fields[name] = words
    return shown_fields
