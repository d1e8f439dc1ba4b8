"""The decisions in a sidecar, anchored in the current text of its document."""

from __future__ import annotations

import errno
import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from unicodedata import normalize

from annotator.app.persistence.notices import foreign_problem
from annotator.app.persistence.reanchoring import reanchor
from annotator.app.persistence.reencoding import reencode
from annotator.app.session.store import Decisions
from annotator.core.anchoring.anchor import quote_at
from annotator.core.anchoring.exact import is_unmoved
from annotator.core.annotation_set import AnnotationSet
from annotator.core.i18n import _, ngettext
from annotator.core.merging.mark_conflict import find_mark
from annotator.storage.errors import DataFileError, Fault, UnsuitableFileError, describe_os_error
from annotator.storage.files import find_file_bytes
from annotator.storage.paths import format_path
from annotator.storage.sidecar.reader import parse_sidecar
from annotator.storage.sidecar.sidecar import DocumentRecord, Sidecar
from annotator.storage.sidecar.writer import SidecarWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.core.anchoring.anchor import AnchoringResult
    from annotator.core.document import Document
    from annotator.segment.language import Language

_MAX_REMARKS = 3  # of a file edited by hand that are told when it is opened; `annotator check` tells all


class ForeignSidecarError(DataFileError):
    """A sidecar lies beside a document, but holds the annotations of another one there."""

    def __init__(self, name: str, *, other: str) -> None:
        """Hold the `name` of the file and that of the document which it is about, as the user knows them."""
        self.other = other
        cure = _("Remove it, or put the annotation file of this article in its place.")
        super().__init__(name, faults=[Fault(0, foreign_problem(other), cure)])

    def __str__(self) -> str:
        sentence = _(
            "{file} holds the annotations of {other}, so none of them count here and nothing is written. Remove that "
            "file to begin this article anew, or put the article's own annotation file in its place."
        )
        return sentence.format(file=self.path, other=self.other)


def load_decisions(path: Path, document: Document, *, language: Language | None = None) -> Decisions:
    """Load the sidecar at `path` without changing any file, as needed by checks and exports.

    A changed text is segmented with the rules of `language`, or the default ones.

    Raises:
        DataFileError: If the sidecar is invalid, or that of another document beside it.
        OSError: If it cannot be read.
    """
    data = find_file_bytes(path)
    if data is None:
        if path.is_symlink() and not path.resolve().parent.is_dir():
            # Nothing can be written through it either.
            raise UnsuitableFileError(errno.ENOENT, _("it is a link that leads to nothing"), str(path))
        return empty_decisions(path, document)
    sidecar = parse_sidecar(data, name=format_path(path.name))
    if _is_of_neighbour(sidecar.document, document, folder=path.parent):
        raise ForeignSidecarError(format_path(path.name), other=format_path(sidecar.document.file))
    now, is_same = reencode(sidecar, document, path=path)
    known = is_same if sidecar.document.sha256 else _is_probably_same(sidecar, document)
    found = reanchor(now.decisions, document.text, quotes=now.quotes, is_same_text=known, language=language)
    is_ahead = found.is_changed or now is not sidecar
    told = anchoring_notices(found)
    notices = told + _remark_notices(sidecar.remarks)
    state = _quote_marks(found.state, document.text)
    made = Decisions(path, sidecar, data, state, notices=notices, is_ahead=is_ahead, disk_state=state)
    return replace(made, language=language, is_article_changed=bool(told), anchoring_notices=told)


def check_is_of_document(sidecar: Sidecar, document: Document, known: AnnotationSet, *, name: str) -> None:
    """Check that a `sidecar` found in place of the `known` decisions on `document` is not about another document.

    Raises:
        DataFileError: It names another file and another text, and has none of the decisions.
    """
    record = sidecar.document
    if record.file == document.name or record.sha256 in {"", document.sha256} or not _quoted(known):
        return
    if not _quoted(known).isdisjoint(_quoted(sidecar.decisions)):
        return  # the document was renamed and changed
    fault = Fault(0, foreign_problem(format_path(record.file)), _("Put the right file in its place."))
    raise DataFileError(name, faults=[fault])


def _is_of_neighbour(record: DocumentRecord, document: Document, *, folder: Path) -> bool:
    """Return whether `record` names another file of `folder` that still is as it was, and not the text of `document`.

    A document that was renamed leaves no such file.
    """
    name = record.file
    if record.sha256 in {"", document.sha256} or name != Path(name).name or name in {"", ".", ".."}:
        return False
    if normalize("NFC", name) == normalize("NFC", document.name):
        return False
    try:
        return fingerprint(find_file_bytes(folder / name)) == record.sha256
    except (OSError, ValueError):
        return False


def _quoted(state: AnnotationSet) -> set[tuple[str, str]]:
    """Return the id and the text of each annotation."""
    return {(one.id, one.text) for part in (state.annotations, state.orphans) for one in part.values()}


def _is_probably_same(sidecar: Sidecar, document: Document) -> Literal[True] | None:
    """Return True if a sidecar without a hash fits the text of `document` in every respect, else None."""
    is_whole = sidecar.document.characters in {0, len(document.text)}
    is_found = all(is_unmoved(one, document.text) for one in sidecar.decisions.annotations.values())
    is_quoted = all(document.text.startswith(words, place) for place, words in sidecar.quotes.items())
    return True if is_whole and is_found and is_quoted else None


def _quote_marks(state: AnnotationSet, text: str) -> AnnotationSet:
    """Return `state` with the words of marks that are in conflict, as these are written without."""
    marks = [(key, one) for key, one in state.conflicts.items() if find_mark(one)]
    for key, one in marks:
        words = text[one.span.start : one.span.end] or one.text
        if words != one.text:
            state = replace(state, conflicts=state.conflicts.with_item(key, replace(one, text=words)))
    return state


def _remark_notices(remarks: Sequence[Fault]) -> tuple[str, ...]:
    """Return what to tell the user of what was read as it was probably meant."""
    shown = [fault.format_place() for fault in remarks[:_MAX_REMARKS]]
    left = len(remarks) - len(shown)
    if left > 0:
        sentence = _("… and {count} more: see `annotator check`.")
        shown.append(sentence.format(count=left))
    return tuple(shown)


def empty_decisions(path: Path, document: Document) -> Decisions:
    """Return the decisions for a document whose sidecar is missing or unreadable."""
    return Decisions(path, Sidecar(DocumentRecord(document.name)), None, AnnotationSet())


def unreadable_decisions(path: Path, document: Document, *, error: DataFileError | OSError) -> Decisions:
    """Return empty, read-only decisions that say why the sidecar cannot be read."""
    if isinstance(error, ForeignSidecarError):
        why = str(error)
    elif isinstance(error, DataFileError):
        why = _("The annotations cannot be read, so nothing is written:") + f"\n{error}"
    # The sidecar's name is the document's with a suffix, and may exceed what the file system allows.
    elif error.errno == errno.ENAMETOOLONG:
        sentence = _("The name of {file} is too long for annotations beside it. Shorten it, then open it again.")
        why = sentence.format(file=format_path(document.name))
    elif error.errno in {errno.EACCES, errno.EPERM}:
        sentence = _("{file} cannot be read ({reason}), so nothing is written. Get permission to read it.")
        why = sentence.format(file=format_path(path.name), reason=describe_os_error(error))
    else:
        sentence = _("{file} cannot be read ({reason}), so nothing is written. Mend that, then open it again.")
        why = sentence.format(file=format_path(path.name), reason=describe_os_error(error))
    return replace(empty_decisions(path, document), read_only=why)


def with_record(sidecar: Sidecar, document: Document, *, title: str, sentences: int) -> Sidecar:
    """Return `sidecar` with an updated record of the document; `sentences` is 0 if they are not counted."""
    # Where the bytes show the encoding (UTF-8, a byte order mark), none is stored.
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


def serialize_sidecar(sidecar: Sidecar, state: AnnotationSet, text: str) -> bytes:
    """Serialize `state`, which belongs to `text`, together with everything else in `sidecar`."""
    made = replace(sidecar, decisions=state, quotes={})
    return SidecarWriter().render(made, quote=lambda place: quote_at(text, place)).encode()


def anchoring_notices(found: AnchoringResult) -> tuple[str, ...]:
    """Return the sentences that tell the user about decisions that are not where they were."""
    notices: list[str] = []
    if found.moved:
        sentence = ngettext(
            "The text was changed: {count} decision was found again at another place.",
            "The text was changed: {count} decisions were found again at other places.",
            found.moved,
        )
        notices.append(sentence.format(count=found.moved))
    if found.changed:
        sentence = ngettext(
            "{count} annotated sentence was changed: see old beside new under “To check” (F8) and confirm it.",
            "{count} annotated sentences were changed: see old beside new under “To check” (F8) and confirm them.",
            found.changed,
        )
        notices.append(sentence.format(count=found.changed))
    if found.orphaned:
        sentence = ngettext(
            "{count} annotation has lost its sentence. It is kept as an orphan: see “To check” (F8).",
            "{count} annotations have lost their sentences. They are kept as orphans: see “To check” (F8).",
            found.orphaned,
        )
        notices.append(sentence.format(count=found.orphaned))
    if found.lost_marks:
        sentence = ngettext(
            "{count} mark without a label has lost its place and is open again.",
            "{count} marks without a label have lost their places and are open again.",
            found.lost_marks,
        )
        notices.append(sentence.format(count=found.lost_marks))
    return tuple(notices)


def fingerprint(data: bytes | None) -> str:
    """Return the SHA-256 of `data` in hexadecimal, or "" for None (no file)."""
    return "" if data is None else hashlib.sha256(data).hexdigest()
