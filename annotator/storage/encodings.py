"""How the bytes of an article become text. It must not know where they come from.

UTF-8 and what carries a mark is certain. Everything else is a guess, told by a warning, and can be chosen by name.
A further encoding is one more line in `DECODERS`.
"""

from __future__ import annotations

import codecs
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.wording import _, later

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


DECODERS: Mapping[str, Callable[[bytes], str]] = {
    "utf-8": partial(str, encoding="utf-8-sig"),
    "utf-16": partial(str, encoding="utf-16"),
    "utf-16-le": partial(str, encoding="utf-16-le"),
    "utf-16-be": partial(str, encoding="utf-16-be"),
    "utf-32": partial(str, encoding="utf-32"),
    "windows-1258": partial(str, encoding="cp1258"),
    "latin-1": partial(str, encoding="latin-1"),
}
"""The encodings that a person can choose, by the name that is shown: what makes text of bytes or raises ValueError."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SOUND = 4  # so many times more good than bad sequences make damaged UTF-8 of it, rather than another encoding

_CONTROLS = bytes({*range(32), 127} - {*b"\t\n\r\f\v\x1a\x1b"})
_CONTROL_SHARE = 0.05
_HEAD = 1024

_MAGIC = (
    (b"%PDF-", later("a PDF")),
    (b"{\\rtf", later("a Rich Text document")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", later("an old Word or Excel document")),
    (b"\x89PNG\r\n\x1a\n", later("a picture")),
    (b"\xff\xd8\xff", later("a picture")),
    (b"GIF87a", later("a picture")),
    (b"GIF89a", later("a picture")),
    (b"II*\0", later("a picture")),
    (b"MM\0*", later("a picture")),
    (b"RIFF", later("a picture, a sound or a film")),
    (b"OggS", later("a sound")),
    (b"ID3", later("a sound")),
    (b"\x1f\x8b", later("a packed file")),
    (b"7z\xbc\xaf\x27\x1c", later("a packed file")),
    (b"Rar!\x1a\x07", later("a packed file")),
    (b"\xfd7zXZ\0", later("a packed file")),
    (b"SQLite format 3\0", later("a database")),
    (b"\x7fELF", later("a program")),
)
_ZIPPED = (
    (b"word/", later("a Word document")),
    (b"xl/", later("an Excel workbook")),
    (b"ppt/", later("a PowerPoint presentation")),
    (b"opendocument", later("an OpenDocument file (LibreOffice)")),
    (b"epub", later("an e-book")),
)


class Decoded(NamedTuple):
    """Text in which each line end is one line feed, the name of its encoding, and a warning or an empty string."""

    text: str
    encoding: str
    warning: str = ""


def decode(data: bytes, *, encoding: str = "") -> Decoded:
    """The text of ``data``, in ``encoding`` (a key of `DECODERS`) or, where none is named, in the one it seems to have.

    Nothing is composed or decomposed. A guess carries a warning for the person.

    Raises:
        ValueError: the bytes are not text, or not in the encoding that was named.
        KeyError: there is no encoding of that name.
    """
    if encoding:
        decoded = Decoded(DECODERS[encoding](data), encoding)
    else:
        decoded = _find_marked(data) or _find_utf8(data) or _guessed(data)
    if "\0" in decoded.text:
        raise ValueError("no text has a character zero")
    return decoded._replace(text=_with_one_line_end(decoded.text))


def find_kind(data: bytes) -> str | None:
    """What ``data`` looks like when it is not text, as a phrase for the person (``a PDF``), else None."""
    if data.startswith(b"PK\x03\x04"):
        return _(next((kind for part, kind in _ZIPPED if part in data), later("a ZIP archive")))
    is_binary = _is_binary(data)
    head = data[:_HEAD].lstrip()
    for magic, kind in _MAGIC:
        if head.startswith(magic) and (is_binary or not magic.isalnum()):  # an article may begin with a word like that
            return _(kind)
    return _("a binary file") if is_binary else None


def _is_binary(data: bytes) -> bool:
    if any(data.startswith(mark) for mark, _encoding in _MARKS):
        return False
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return b"\0" in data or controls > _CONTROL_SHARE * len(data)


def _find_marked(data: bytes) -> Decoded | None:
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(DECODERS[name](data), name)
            except ValueError:
                continue
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    return Decoded(data.decode("utf-16", "replace"), "utf-16", _damaged("utf-16"))


def _find_utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(DECODERS["utf-8"](data), "utf-8")
    except ValueError:
        text = data.decode("utf-8-sig", "replace")
    bad = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    has_mark = data.startswith(codecs.BOM_UTF8)
    return Decoded(text, "utf-8", _damaged("utf-8")) if has_mark or good > _SOUND * bad else None


def _guessed(data: bytes) -> Decoded:
    try:
        name = "windows-1258"
        text = DECODERS[name](data)
    except ValueError:
        name = "latin-1"  # which reads anything
        text = DECODERS[name](data)
    warning = _("The file is not UTF-8; it was read as {encoding}. Check the accents, or choose another encoding.")
    return Decoded(text, name, warning.format(encoding=name))


def _damaged(name: str) -> str:
    sentence = _(
        "Some places in the file are not {encoding}; they show as \ufffd. Check it, or choose another encoding."
    )
    return sentence.format(encoding=name)


def _with_one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
