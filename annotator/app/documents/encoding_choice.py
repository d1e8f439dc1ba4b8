"""Reading the open document in the encoding that the person chooses. It must not know how she is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.app.documents.open import open_document
from annotator.core.i18n import _
from annotator.storage.documents.reader import DocumentError, read_content
from annotator.storage.encodings.byte_offsets import Translation
from annotator.storage.encodings.decode import CHOICES, DECODERS, decode, title_of

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.app.documents.open import Deliver, Run
    from annotator.app.session.session import Session

_STRETCH = 1 << 16  # bytes in which lines are looked for
_BEFORE = 400
_LINES, _LONGEST = 12, 400
_WIDE = ("utf-16-le", "utf-16-be")


class Sample(NamedTuple):
    """How the first telling lines of a document look in an encoding.

    ``is_guess`` says that the document seems to be in it.
    """

    encoding: str
    title: str
    text: str
    is_guess: bool = False


def samples_of(path: Path) -> tuple[Sample, ...]:
    """The lines of the document at ``path`` that differ from one encoding to the other, in each that can be chosen.

    Raises:
        DocumentError: it cannot be read.
    """
    data = read_content(path)
    try:
        guess = decode(data).encoding
    except ValueError:
        guess = ""
    is_wide = b"\0" in data
    stretch = _telling(data)
    return tuple(
        Sample(name, title_of(name), _lines(stretch, name), is_guess=name == guess)
        for name in CHOICES
        if (name in _WIDE) == is_wide
    )


def choose_encoding(session: Session, encoding: str, *, deliver: Deliver, run: Run | None = None) -> bool:
    """Read the open document in ``encoding`` from now on; its decisions stay on their sentences.

    The choice is kept with the annotations. Whether it was done; where not, the person is told why.
    """
    path, document, current = session.path, session.document, session.current
    if path is None or document is None:
        return False
    if not session.save_now():
        session.warn(session.trouble or _("The document is not saved yet, so that it cannot be read in another way."))
        return False
    try:
        place = current.span.start if current is not None else 0
        place = Translation(read_content(path), old=document.encoding, new=encoding).start(place)
    except DocumentError as error:
        session.warn(str(error))
        return False
    if not open_document(session, path, deliver=deliver, run=run, encoding=encoding):
        return False
    if session.reading is not None and current is not None:
        session.go(session.reading.sentence_at(place))
    session.save_soon()
    session.tell(_("The document is read as {encoding}.").format(encoding=title_of(encoding)))
    return True


def _telling(data: bytes) -> bytes:
    """A stretch of ``data`` that begins shortly before the first byte that is not ASCII."""
    begin = max(0, _first(data) - _BEFORE) & ~1  # UTF-16 has two bytes a letter
    return data[begin : begin + _STRETCH]


def _first(data: bytes) -> int:
    for at in range(0, len(data), _STRETCH):
        piece = data[at : at + _STRETCH]
        if not piece.isascii():
            return at + next(place for place, byte in enumerate(piece) if byte > 0x7F)
    return 0


def _lines(stretch: bytes, name: str) -> str:
    """The first lines that are not plain ASCII: the same ones in each encoding."""
    if name in _WIDE:
        found = [line for line in DECODERS[name](stretch).splitlines() if not line.isascii()]
    else:
        lines = stretch.replace(b"\r", b"\n").split(b"\n")
        found = [DECODERS[name](line) for line in lines if not line.isascii()]
    return "\n".join(line.strip()[:_LONGEST] for line in found[:_LINES])
