"""Reading an article from its file, which is never written to. It must not know of annotations."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from typing import TYPE_CHECKING

from annotator.core.document import Document
from annotator.core.i18n import _
from annotator.storage.encodings import decode
from annotator.storage.paths import shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.storage.encodings.decode import Decoded

    Ask = Callable[[bytes, str], str]

MAX_MEGABYTES = 64
"""The size above which a document is not opened, in units of 1,048,576 bytes."""

_MAX_BYTES = MAX_MEGABYTES << 20
_PIECE = 1 << 22


class DocumentError(Exception):
    """A document cannot be read; its text is the sentence that the person reads."""


def read_document(path: Path, *, encoding: str = "", ask: Ask | None = None) -> Document:
    """The article at ``path``, in ``encoding`` (a key of `encodings.DECODERS`) or in the one it seems to have.

    ``ask`` is called with the bytes and their sha256 where these do not tell the encoding themselves; it gives one, or
    an empty text. Its ``name`` is the file's name as it can be shown: bytes that are no text and controls are escaped.

    Raises:
        DocumentError: it is missing, not a file, not permitted, empty, too large, not text, or the disk fails.
    """
    data = read_content(path)
    return _document(path, data, encoding=encoding, ask=ask)._replace(sha256=sha256_of(data))


def read_text(path: Path, *, ask: Ask | None = None) -> str:
    """The text of the article at ``path`` alone, read as `read_document` reads it; it raises what that raises."""
    return _document(path, read_content(path), encoding="", ask=ask).text


def sha256_of(data: bytes) -> str:
    """The sha256 of a document's bytes, in hexadecimal."""
    import hashlib  # noqa: PLC0415  # OpenSSL is loaded with it, for which the first picture need not wait

    return hashlib.sha256(data).hexdigest()


def _document(path: Path, data: bytes, *, encoding: str, ask: Ask | None) -> Document:
    name = shown(path.name)
    if not data:
        raise DocumentError(_("{file} is empty: there is nothing to tag.").format(file=name))
    try:
        decoded = _decoded(name, data, encoding=encoding, ask=ask)
    except ValueError as error:
        sentence = _("{file} is not text in {encoding}. Save it as text in UTF-8.")
        raise DocumentError(sentence.format(file=name, encoding=decode.title_of(encoding or "utf-16"))) from error
    return Document(
        name,
        decoded.text,
        encoding=decoded.encoding,
        warning=decoded.warning,
        is_certain=decoded.is_certain,
    )


def _decoded(name: str, data: bytes, *, encoding: str, ask: Ask | None) -> Decoded:
    if encoding:
        return decode.decode(data, encoding=encoding)
    kind = decode.find_kind(data)
    certain = decode.find_certain(data) if kind is None else None
    if certain is not None:
        return certain
    chosen = ask(data, sha256_of(data)) if ask is not None else ""
    if chosen in decode.DECODERS:
        with contextlib.suppress(ValueError):  # another file has come to stand there, or a hand wrote the name
            return decode.decode(data, encoding=chosen)
    if kind is not None:
        sentence = _("{file} looks like {kind}, not like text. Open it in its own program and save it as text (UTF-8).")
        raise DocumentError(sentence.format(file=name, kind=kind))
    return decode.decode(data)


def read_content(path: Path) -> bytes:
    """The bytes of the file at ``path``; it raises what `read_document` raises."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # a pipe of that name must not keep the program waiting
        try:
            return _read(handle, path)
        finally:
            os.close(handle)
    except (OSError, ValueError) as error:
        raise DocumentError(_sentence(error, path)) from error


def _read(handle: int, path: Path) -> bytes:
    state = os.fstat(handle)
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(state.st_mode):
        raise DocumentError(_("{file} is not an ordinary file. Choose a text file.").format(file=shown(path.name)))
    pieces: list[bytes] = []
    size = 0
    while size <= _MAX_BYTES and state.st_size <= _MAX_BYTES and (piece := os.read(handle, _PIECE)):
        pieces.append(piece)
        size += len(piece)
    if max(size, state.st_size) > _MAX_BYTES:
        sentence = _("{file} is larger than {limit} MB, the most that can be opened. Cut it into smaller files.")
        raise DocumentError(sentence.format(file=shown(path.name), limit=MAX_MEGABYTES))
    return b"".join(pieces)


def _sentence(error: OSError | ValueError, path: Path) -> str:
    names = {"file": shown(path.name), "folder": shown(path.parent.absolute())}
    number = error.errno if isinstance(error, OSError) else errno.EINVAL
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
    reason = os.strerror(number or errno.EIO)
    return _("{file} in {folder} cannot be read: {reason}. Check the disk and its connection.").format(
        reason=reason, **names
    )
