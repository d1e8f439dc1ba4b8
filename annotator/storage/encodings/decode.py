"""Decoding of an article's bytes.

UTF-8 and what has a byte order mark is certain. Everything else is a guess, which comes with a warning, and can be
chosen by name. A further encoding is one more entry in `DECODERS`. Text is kept as decoded: windows-1258 has combining
marks.
"""

from __future__ import annotations

import codecs
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.i18n import N_, _
from annotator.storage.encodings.legacy_vietnamese import LEGACY_ENCODINGS, decode_legacy_vietnamese

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


_CODECS = {
    "utf-8": "utf-8-sig",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "utf-32": "utf-32",
    "windows-1258": "cp1258",
    "windows-1252": "cp1252",
    "latin-1": "latin-1",
}
DECODERS: Mapping[str, Callable[[bytes], str]] = {
    **{name: partial(str, encoding=codec, errors="replace") for name, codec in _CODECS.items()},
    **{name: partial(decode_legacy_vietnamese, name=name) for name in LEGACY_ENCODINGS},
}
"""Decoders by the name of the encoding; U+FFFD replaces what is invalid."""

ENCODING_CHOICES = ("utf-8", "windows-1258", *LEGACY_ENCODINGS, "utf-16-le", "utf-16-be", "windows-1252", "latin-1")
"""Encodings that a user chooses from, the likely ones first; the others have a byte order mark."""

_TITLES = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32": "UTF-32",
    "windows-1258": "Windows-1258",
    "tcvn3": "TCVN3 (ABC)",
    "vni": "VNI Windows",
    "viscii": "VISCII",
    "vps": "VPS",
    "windows-1252": "Windows-1252",
    "latin-1": "ISO 8859-1",
}
_VIETNAMESE_DECODERS = {name: DECODERS[name] for name in ("windows-1258", *LEGACY_ENCODINGS)}

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MIN_VALID_RATIO = (
    4  # the ratio of valid to invalid sequences above which it is damaged UTF-8 rather than another encoding
)

# Text may hold \x1a, which ends files of DOS, and \x1b, which begins terminal sequences.
_CONTROLS = bytes({*range(32), 127} - {*b"\t\n\r\f\v\x1a\x1b"})
_CONTROL_SHARE = 0.05
_HEAD_SIZE = 1024

_MAGIC_NUMBERS = (
    (b"%PDF-", N_("a PDF")),
    (b"{\\rtf", N_("a Rich Text document")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", N_("an old Word or Excel document")),
    (b"\x89PNG\r\n\x1a\n", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF87a", N_("a picture")),
    (b"GIF89a", N_("a picture")),
    (b"II*\0", N_("a picture")),
    (b"MM\0*", N_("a picture")),
    (b"RIFF", N_("a picture, a sound or a film")),
    (b"OggS", N_("a sound")),
    (b"ID3", N_("a sound")),
    (b"\x1f\x8b", N_("a packed file")),
    (b"7z\xbc\xaf\x27\x1c", N_("a packed file")),
    (b"Rar!\x1a\x07", N_("a packed file")),
    (b"\xfd7zXZ\0", N_("a packed file")),
    (b"SQLite format 3\0", N_("a database")),
    (b"\x7fELF", N_("a program")),
)
_ZIP_PARTS = (
    (b"word/", N_("a Word document")),
    (b"xl/", N_("an Excel workbook")),
    (b"ppt/", N_("a PowerPoint presentation")),
    (b"opendocument", N_("an OpenDocument file (LibreOffice)")),
    (b"epub", N_("an e-book")),
)


class Decoded(NamedTuple):
    """Text with line feeds as line ends, the name of its encoding, and a warning or an empty string.

    `is_certain` is true where the bytes themselves determine the encoding.
    """

    text: str
    encoding: str
    warning: str = ""
    is_certain: bool = True


def get_encoding_title(name: str) -> str:
    """Return the usual name of the encoding `name`."""
    return _TITLES.get(name, name)


def decode(data: bytes, *, encoding: str = "") -> Decoded:
    """Return the text of `data`, decoded by `encoding` (a key of `DECODERS`) or by the one that it seems to have.

    Nothing is composed or decomposed. The result carries a warning if the encoding is a guess or bytes are invalid in
    it.

    Raises:
        ValueError: The bytes are not text.
        KeyError: There is no encoding of that name.
    """
    if encoding:
        text = DECODERS[encoding](data)
        is_damaged = "\ufffd" in text and _is_damaged(data, encoding)
        return _check_text(Decoded(text, encoding, _damage_warning(encoding) if is_damaged else "", is_certain=False))
    return find_certain(data) or _check_text(_find_utf8(data) or _guess(data))


def find_certain(data: bytes) -> Decoded | None:
    """Return the text of `data` if the bytes determine the encoding and are valid in it, or None.

    Raises:
        ValueError: The bytes are not text.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            try:
                return _check_text(Decoded(str(data, name), name))
            except UnicodeDecodeError:  # the next may fit: UTF-16 with a NUL begins like UTF-32
                continue
    try:
        text = str(data, "utf-8-sig")
    except UnicodeDecodeError:
        return None
    # UTF-16 of ASCII letters is valid UTF-8 with a NUL beside each of them.
    return None if "\0" in text and _find_utf16(data) else _check_text(Decoded(text, "utf-8"))


def guess_unrecorded_encoding(data: bytes) -> str:
    """Return the encoding in which `data` was read before sidecars recorded it.

    Kept as it was, since `decode` may guess another one today.
    """
    if (found := _find_utf8(data)) is not None:
        return found.encoding
    return "windows-1258" if _can_decode(data, "cp1258") else "latin-1"


def find_file_kind(data: bytes) -> str | None:
    """Return what non-text `data` looks like, as a phrase for the user (`a PDF`), or None if it looks like text."""
    if data.startswith(b"PK\x03\x04"):
        return _(next((kind for part, kind in _ZIP_PARTS if part in data), N_("a ZIP archive")))
    is_binary = _is_binary(data)
    head = data[:_HEAD_SIZE].lstrip()
    for magic, kind in _MAGIC_NUMBERS:
        if head.startswith(magic) and (is_binary or not magic.isalnum()):  # an article may begin with such a word
            return _(kind)
    return _("a binary file") if is_binary else None


def is_office_file(data: bytes) -> bool:
    """Return whether `data` looks like a file whose program can save it as text."""
    if data.startswith(b"PK\x03\x04"):
        return any(part in data for part, _kind in _ZIP_PARTS)
    return data.startswith((b"{\\rtf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))


def _check_text(decoded: Decoded) -> Decoded:
    if "\0" in decoded.text:
        raise ValueError("no text has a character zero")
    return decoded._replace(text=_normalize_line_ends(decoded.text))


def _is_binary(data: bytes) -> bool:
    if any(data.startswith(mark) for mark, _encoding in _BOMS):
        return False
    if b"\0" in data:
        return not _find_utf16(data)
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return controls > _CONTROL_SHARE * len(data)


def _find_utf8(data: bytes) -> Decoded | None:
    """Return damaged UTF-16 with a byte order mark, or damaged UTF-8, or None."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Decoded(DECODERS["utf-16"](data), "utf-16", _damage_warning("utf-16"), is_certain=False)
    text = DECODERS["utf-8"](data)
    bad = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    if not bad or not (data.startswith(codecs.BOM_UTF8) or good > _MIN_VALID_RATIO * bad):
        return None
    return Decoded(text, "utf-8", _damage_warning("utf-8"), is_certain=False)


def _find_utf16(data: bytes) -> str:
    from annotator.storage.encodings.guess import find_utf16  # noqa: PLC0415  # an article in UTF-8 does not need it

    return find_utf16(data)


def _guess(data: bytes) -> Decoded:
    from annotator.storage.encodings.guess import find_vietnamese  # noqa: PLC0415  # as above

    name = _find_utf16(data) or find_vietnamese(data, _VIETNAMESE_DECODERS)
    if not name:
        name = "windows-1252" if _can_decode(data, "cp1252") else "latin-1"  # which decodes anything
    warning = _("The file is not UTF-8; it was read as {encoding}. Check the accents, or choose another encoding.")
    return Decoded(DECODERS[name](data), name, warning.format(encoding=get_encoding_title(name)), is_certain=False)


def _can_decode(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _is_damaged(data: bytes, name: str) -> bool:
    """Return whether `data` has bytes that are invalid in the encoding, and not merely U+FFFD itself."""
    return name in LEGACY_ENCODINGS or not _can_decode(data, _CODECS[name])


def _damage_warning(name: str) -> str:
    sentence = _(
        "Some places in the file are not {encoding}; they show as \ufffd. Check it, or choose another encoding."
    )
    return sentence.format(encoding=get_encoding_title(name))


def _normalize_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
