"""Reader of article files, which are never written to."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from typing import TYPE_CHECKING

from annotator.core.document import Document
from annotator.core.i18n import _
from annotator.storage.encodings import decode
from annotator.storage.errors import describe_os_error
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.storage.encodings.decode import Decoded

    EncodingChooser = Callable[[bytes, str], str]

MAX_MEGABYTES = 64
"""Size above which a document is not opened, in units of 1,048,576 bytes."""

_MAX_BYTES = MAX_MEGABYTES << 20
_CHUNK_SIZE = 1 << 22


class DocumentError(Exception):
    """A document cannot be read; the message is the sentence that the user reads."""


def read_document(path: Path, *, encoding: str = "", choose_encoding: EncodingChooser | None = None) -> Document:
    """Return the article at `path`, decoded by `encoding` or by the encoding that it seems to have.

    `name` of the result is the file's name made printable: undecodable bytes and controls are escaped.

    Args:
        path: The article's file.
        encoding: A key of `encodings.DECODERS`; empty to detect it.
        choose_encoding: Called with the bytes and their sha256 where they do not determine the encoding; returns one,
            or an empty string.

    Raises:
        DocumentError: The file is missing, not a regular file, not permitted, empty, too large or not text, or the disk
            fails.
    """
    data = read_document_bytes(path)
    return _make_document(format_path(path.name), data, encoding=encoding, choose_encoding=choose_encoding)._replace(
        sha256=compute_sha256(data)
    )


def parse_document(name: str, data: bytes) -> Document:
    """Return the article in `data`, which the user knows as `name`; raises as `read_document` does."""
    return _make_document(name, data, encoding="", choose_encoding=None)._replace(sha256=compute_sha256(data))


def read_document_text(path: Path, *, choose_encoding: EncodingChooser | None = None) -> str:
    """Return only the text of the article at `path`; reads and raises as `read_document` does."""
    data = read_document_bytes(path)
    return _make_document(format_path(path.name), data, encoding="", choose_encoding=choose_encoding).text


def compute_sha256(data: bytes) -> str:
    """Return the sha256 of a document's bytes, in hexadecimal."""
    import hashlib  # noqa: PLC0415  # loads OpenSSL, for which the window need not wait

    return hashlib.sha256(data).hexdigest()


def _make_document(name: str, data: bytes, *, encoding: str, choose_encoding: EncodingChooser | None) -> Document:
    if not data:
        raise DocumentError(_("{file} is empty: there is nothing to tag.").format(file=name))
    try:
        decoded = _decode(name, data, encoding=encoding, choose_encoding=choose_encoding)
    except ValueError as error:
        sentence = _("{file} is not text in {encoding}. Save it as text in UTF-8.")
        raise DocumentError(
            sentence.format(file=name, encoding=decode.get_encoding_title(encoding or "utf-16"))
        ) from error
    return Document(
        name,
        decoded.text,
        encoding=decoded.encoding,
        warning=decoded.warning,
        is_certain=decoded.is_certain,
    )


def _decode(name: str, data: bytes, *, encoding: str, choose_encoding: EncodingChooser | None) -> Decoded:
    if encoding:
        return decode.decode(data, encoding=encoding)
    kind = decode.find_file_kind(data)
    certain = decode.find_certain(data) if kind is None else None
    if certain is not None:
        return certain
    chosen = choose_encoding(data, compute_sha256(data)) if choose_encoding is not None else ""
    if chosen in decode.DECODERS:
        with contextlib.suppress(ValueError):  # chosen for another file that stood there, or edited by hand
            return decode.decode(data, encoding=chosen)
    if kind is not None:
        sentence = _("{file} looks like {kind}, not like text. Choose a text file.")
        if data.lstrip().startswith(b"%PDF-"):
            sentence = _(
                "{file} looks like {kind}, not like text. Open it, copy its text into a text file, and choose that."
            )
        elif decode.is_office_file(data):
            sentence = _(
                "{file} looks like {kind}, not like text. Open it in its own program and save it as text (UTF-8)."
            )
        raise DocumentError(sentence.format(file=name, kind=kind))
    return decode.decode(data)


def read_document_bytes(path: Path) -> bytes:
    """Return the bytes of the file at `path`; raises as `read_document` does."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # opening a pipe would block
        try:
            return _read(handle, path)
        finally:
            os.close(handle)
    except (OSError, ValueError) as error:  # ValueError: the path holds a NUL
        raise DocumentError(_error_message(error, path)) from error


def _read(handle: int, path: Path) -> bytes:
    state = os.fstat(handle)
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(state.st_mode):
        raise DocumentError(
            _("{file} is not an ordinary file. Choose a text file.").format(file=format_path(path.name or path))
        )
    pieces: list[bytes] = []
    size = 0
    # st_size is 0 in /proc and may be outdated, so what has been read is counted as well.
    while size <= _MAX_BYTES and state.st_size <= _MAX_BYTES and (piece := os.read(handle, _CHUNK_SIZE)):
        pieces.append(piece)
        size += len(piece)
    if max(size, state.st_size) > _MAX_BYTES:
        sentence = _("{file} is larger than {limit} MB, the most that can be opened. Cut it into smaller files.")
        raise DocumentError(sentence.format(file=format_path(path.name or path), limit=MAX_MEGABYTES))
    return b"".join(pieces)


def _error_message(error: OSError | ValueError, path: Path) -> str:
    own = path.name if path.name not in {"", ".."} else path.resolve()
    names = {"file": format_path(own), "folder": format_path(path.parent.absolute())}
    if not isinstance(error, OSError):  # a name that no system takes
        error = OSError(errno.EINVAL, str(error))
    number = error.errno
    if number in {errno.ENOENT, errno.ENOTDIR}:
        return _("There is no {file} in {folder}. It was moved, renamed or removed, or the name is misspelt.").format(
            **names
        )
    if number == errno.ENXIO:  # a socket
        return _("{file} is not an ordinary file. Choose a text file.").format(**names)
    if number == errno.EISDIR:
        return _("{file} is a folder, not a document. Open it as a folder.").format(**names)
    if number in {errno.EACCES, errno.EPERM}:
        return _("You may not read {file} in {folder}. Get permission to.").format(**names)
    if number == errno.ELOOP:
        return _("{file} is a link that leads back to itself. Replace it by the file that it should mean.").format(
            **names
        )
    sentence = _("{file} in {folder} cannot be read: {reason}. Check the disk and its connection.")
    return sentence.format(reason=describe_os_error(error), **names)
