"""The article of the verb `sentences`: a file or standard input, and what to do with a file that is no article."""

from __future__ import annotations

import os
import re
import shlex
import sys
from typing import TYPE_CHECKING

from annotator.app.workspace.article_reader import list_sidecars, read_article
from annotator.cli.output import name_place
from annotator.core.i18n import _
from annotator.storage.documents.reader import MAX_MEGABYTES, DocumentError, parse_document
from annotator.storage.paths import format_path
from annotator.storage.sidecar.sidecar import find_sidecar_owner

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.core.document import Document

STANDARD_INPUT = "-"
_HEAD_SIZE = 4096  # bytes in which a kind shows
_PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".mht", ".mhtml"})
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_MAIL_PAGE = re.compile(
    rb"^MIME-Version:.*^Content-Type: *(?:multipart/related|text/html)", re.IGNORECASE | re.DOTALL | re.MULTILINE
)
_OWN = re.compile(rb"^format: *[\"']?annotator(-workspace)?/\d+", re.MULTILINE)


def read_sentences_source(path: Path) -> Document:
    """Return the article at `path`, or on standard input if that is `-`.

    Raises:
        DocumentError: It cannot be read.
    """
    if str(path) != STANDARD_INPUT or os.path.lexists(path):
        return read_article(path, list_sidecars(path))
    name = _("standard input")
    try:
        data = sys.stdin.buffer.read((MAX_MEGABYTES << 20) + 1)
    except OSError as error:
        sentence = _("{file} cannot be read: {reason}.")
        raise DocumentError(sentence.format(file=name, reason=error.strerror or str(error))) from error
    if len(data) > MAX_MEGABYTES << 20:
        sentence = _("{file} is larger than {limit} MB, the most that can be opened. Cut it into smaller files.")
        raise DocumentError(sentence.format(file=name, limit=MAX_MEGABYTES))
    other = _describe_data(data[:_HEAD_SIZE], name, is_page=False)
    if other:
        raise DocumentError(other)
    return parse_document(name, data)


def find_other_kind(path: Path) -> str:
    """Return what the file or folder at `path` is if it is no article, and what to do; an empty string if it may be."""
    try:
        if path.is_dir():
            sentence = _("{folder} is a folder, not a document. `annotator status {word}` lists the documents in it.")
            return sentence.format(folder=name_place(path), word=_quote(path))
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            head = file.read(_HEAD_SIZE)
    except (OSError, ValueError):
        return ""  # reading it as an article tells why
    owner = find_sidecar_owner(path.name)
    if owner is not None and _OWN.search(head):
        article = path.with_name(owner[0])
        sentence = _(
            "{file} holds annotations. Give the article, `annotator sentences {article}`, "
            "or check them: `annotator check {word}`."
        )
        if not os.path.lexists(article):
            sentence = _(
                "{file} holds annotations of {document}, which is not beside it. Give the article, "
                "or check them: `annotator check {word}`."
            )
        return sentence.format(
            file=format_path(path.name), article=_quote(article), document=format_path(article.name), word=_quote(path)
        )
    return _describe_data(head, format_path(path.name), is_page=path.suffix.lower() in _PAGE_SUFFIXES and b"<" in head)


def _describe_data(head: bytes, name: str, *, is_page: bool) -> str:
    """Return what a file that begins with `head` is, if it is a web page or a file of ours, and what to do."""
    if is_page or _PAGE.match(head.removeprefix(b"\xef\xbb\xbf")) or _MAIL_PAGE.search(head):
        sentence = _(
            "{file} is a web page (HTML), not plain text. Open it in a browser, copy the article into a text file, "
            "and give that."
        )
        return sentence.format(file=name)
    if _OWN.search(head):
        sentence = _("{file} is a file of annotator, not an article. Give the article that it belongs to.")
        return sentence.format(file=name)
    return ""


def _quote(path: Path) -> str:
    return format_path(shlex.quote(str(path)))
