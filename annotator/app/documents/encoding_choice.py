"""Rereading of the open document in an encoding that the user chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.app.documents.open import open_document
from annotator.app.session.events import EventKind
from annotator.core.i18n import _
from annotator.storage.documents.reader import DocumentError, read_document_bytes
from annotator.storage.encodings.byte_offsets import OffsetMap
from annotator.storage.encodings.decode import DECODERS, ENCODING_CHOICES, decode, get_encoding_title

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.app.documents.open import Invoke, RunInBackground
    from annotator.app.session.session import Session

_STRETCH = 1 << 16  # bytes that are searched for lines to show
_BEFORE = 400  # bytes shown before the first one that is not ASCII
_LINES, _LONGEST = 12, 400  # lines in a sample, and code points in a line
_WIDE = ("utf-16-le", "utf-16-be")


class EncodingSample(NamedTuple):
    """The first revealing lines of a document in one encoding; `is_guess` marks the one that it seems to have."""

    encoding: str
    title: str
    text: str
    is_guess: bool = False


def make_samples(path: Path) -> tuple[EncodingSample, ...]:
    """Return, for each encoding on offer, the lines of the document at `path` that differ between encodings.

    Raises:
        DocumentError: If the document cannot be read.
    """
    data = read_document_bytes(path)
    try:
        guess = decode(data).encoding
    except ValueError:
        guess = ""
    # Only UTF-16 text contains NUL bytes: one in every ASCII character, spaces included.
    is_wide = b"\0" in data
    stretch = _find_sample_bytes(data)
    return tuple(
        EncodingSample(name, get_encoding_title(name), _sample_lines(stretch, name), is_guess=name == guess)
        for name in ENCODING_CHOICES
        if (name in _WIDE) == is_wide
    )


def choose_encoding(session: Session, encoding: str, *, deliver: Invoke, run: RunInBackground | None = None) -> bool:
    """Reread the open document in `encoding`; the annotations stay on their sentences.

    The choice is saved in the sidecar. Return whether it worked; the user is told if it did not.
    """
    path, document, current = session.path, session.document, session.current
    if path is None or document is None:
        return False
    if not session.save_now():
        session.warn(session.trouble or _("The document is not saved yet, so that it cannot be read in another way."))
        return False
    try:
        place = current.span.start if current is not None else 0
        # The same character has another offset in the other encoding; both are tied by its byte.
        place = OffsetMap(read_document_bytes(path), old=document.encoding, new=encoding).map_start(place)
    except DocumentError as error:
        session.warn(str(error))
        return False
    if not open_document(session, path, deliver=deliver, run=run, encoding=encoding):
        return False
    if session.reading is not None and current is not None:
        session.go_to(session.reading.find_sentence_at(place))
    session.schedule_save()
    message = _("The document is read as {encoding}.").format(encoding=get_encoding_title(encoding))
    session.notify(message, kind=EventKind.REPORTED)
    return True


def _find_sample_bytes(data: bytes) -> bytes:
    """Return a part of `data` that begins shortly before the first non-ASCII byte."""
    begin = max(0, _find_non_ascii(data) - _BEFORE) & ~1  # even: a UTF-16 code unit has two bytes
    return data[begin : begin + _STRETCH]


def _find_non_ascii(data: bytes) -> int:
    for at in range(0, len(data), _STRETCH):
        piece = data[at : at + _STRETCH]
        if not piece.isascii():
            return at + next(place for place, byte in enumerate(piece) if byte > 0x7F)
    return 0


def _sample_lines(stretch: bytes, name: str) -> str:
    """Return the first lines that are not plain ASCII: the same ones for every encoding."""
    if name in _WIDE:
        found = [line for line in DECODERS[name](stretch).splitlines() if not line.isascii()]
    else:
        # Split as bytes, so that all encodings show the same lines: `splitlines` also splits at U+0085 and others.
        lines = stretch.replace(b"\r", b"\n").split(b"\n")
        found = [DECODERS[name](line) for line in lines if not line.isascii()]
    return "\n".join(line.strip()[:_LONGEST] for line in found[:_LINES])
