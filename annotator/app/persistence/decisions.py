"""What a sidecar says about a document as it is now. It must not know journals, nor who works on it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from annotator.app.persistence.reanchoring import reanchor
from annotator.app.persistence.reencoding import reread
from annotator.core.anchoring.anchor import quote_at
from annotator.core.annotation_set import AnnotationSet
from annotator.core.history import History
from annotator.core.i18n import plural
from annotator.storage.files import find_bytes
from annotator.storage.paths import shown
from annotator.storage.sidecar.reader import parse_sidecar
from annotator.storage.sidecar.sidecar import DocumentRecord, Sidecar
from annotator.storage.sidecar.writer import SidecarWriter

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.core.anchoring.anchor import Anchored
    from annotator.core.change import Step
    from annotator.core.document import Document
    from annotator.segment.language import Language
    from annotator.storage.journal.journal import Journal


@dataclass(frozen=True)
class Decisions:
    """What is known of a document's decisions.

    ``sidecar`` is as it was read, ``on_disk`` its bytes, None where there is none; ``state`` is what holds for the
    document as it is now. ``journal`` is there where it may be worked on. ``read_only`` is the sentence that says why
    nothing may be written, else empty; ``notices`` are sentences for the person. ``is_ahead`` says that ``state`` is
    not what the sidecar holds and should be saved; ``ground`` is what it holds, at its places in the
    document. ``brought`` are steps that a crash had left in the journal alone.
    """

    path: Path
    sidecar: Sidecar
    on_disk: bytes | None
    state: AnnotationSet
    history: History = field(default_factory=History)
    journal: Journal | None = None
    read_only: str = ""
    notices: tuple[str, ...] = ()
    is_ahead: bool = False
    brought: tuple[Step, ...] = ()
    ground: AnnotationSet = field(default_factory=AnnotationSet)
    language: Language | None = None


def load_decisions(path: Path, document: Document, *, language: Language | None = None) -> Decisions:
    """Read the sidecar at ``path`` without touching anything: what `annotator check` and the exports see.

    A changed text is cut into sentences by the rules of ``language``, or the usual ones.

    Raises:
        SidecarError: it is not sound.
        OSError: it cannot be read.
    """
    data = find_bytes(path)
    if data is None:
        return no_decisions(path, document)
    sidecar = parse_sidecar(data, name=shown(path.name))
    now, is_same = reread(sidecar, document, path=path)
    found = reanchor(now.decisions, document.text, quotes=now.quotes, is_same_text=is_same, language=language)
    is_ahead = found.is_changed or now is not sidecar
    notices = anchoring_notices(found)
    made = Decisions(path, sidecar, data, found.state, notices=notices, is_ahead=is_ahead, ground=found.state)
    return replace(made, language=language)


def no_decisions(path: Path, document: Document) -> Decisions:
    """What is known where there is no sidecar at ``path``, or none that can be read."""
    return Decisions(path, Sidecar(DocumentRecord(document.name)), None, AnnotationSet())


def with_record(sidecar: Sidecar, document: Document, *, title: str, sentences: int) -> Sidecar:
    """``sidecar`` with what it says about the document brought up to date; ``sentences`` is 0 where not counted."""
    record = replace(
        sidecar.document,
        file=document.name,
        title=title,
        sha256=document.sha256,
        encoding="" if document.is_certain else document.encoding,
        characters=len(document.text),
        sentences=sentences,
    )
    return replace(sidecar, document=record)


def sidecar_bytes(sidecar: Sidecar, state: AnnotationSet, text: str) -> bytes:
    """The file that holds ``state`` about ``text`` and what else ``sidecar`` says, written from scratch."""
    made = replace(sidecar, decisions=state, quotes={})
    return SidecarWriter().text(made, quote=lambda place: quote_at(text, place)).encode()


def anchoring_notices(found: Anchored) -> tuple[str, ...]:
    """What the person is told about decisions that are not where they were."""
    notices: list[str] = []
    if found.moved:
        sentence = plural(
            "The text was changed: {count} decision was found again at another place.",
            "The text was changed: {count} decisions were found again at other places.",
            found.moved,
        )
        notices.append(sentence.format(count=found.moved))
    if found.changed:
        sentence = plural(
            "{count} annotated sentence was changed: see old beside new under “To check” (F8) and confirm it.",
            "{count} annotated sentences were changed: see old beside new under “To check” (F8) and confirm them.",
            found.changed,
        )
        notices.append(sentence.format(count=found.changed))
    if found.orphaned:
        sentence = plural(
            "{count} annotation has lost its sentence. It is kept as an orphan: see “To check” (F8).",
            "{count} annotations have lost their sentences. They are kept as orphans: see “To check” (F8).",
            found.orphaned,
        )
        notices.append(sentence.format(count=found.orphaned))
    if found.lost:
        sentence = plural(
            "{count} mark without a label has lost its place and is open again.",
            "{count} marks without a label have lost their places and are open again.",
            found.lost,
        )
        notices.append(sentence.format(count=found.lost))
    return tuple(notices)


def fingerprint(data: bytes | None) -> str:
    """The sha256 of ``data`` in hexadecimal, empty where there is no file."""
    return "" if data is None else hashlib.sha256(data).hexdigest()
