"""The parts of a returned Word file: its comments with author, date and thread, and the record of what was sent.

Replies and "done" are in a separate part, commentsExtended, which refers to comments by the ids of their paragraphs.
Format: ECMA-376 part 1, section 17.13.4, and [MS-DOCX] 2.5.4, commentEx.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import ParseError, fromstring, iterparse
from zipfile import ZipFile

from annotator.core.i18n import _
from annotator.review.model.answer import ReviewFileError
from annotator.review.word.id_record import NAMESPACE, SentArticle, parse_article
from annotator.review.word.scan import ScannedText, Scanner, TextRange, attributes, local_name, scan_part

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class WordComment:
    """A comment: its number in the file, author, date (as in the file) and words as seen.

    `parent` is the number of the comment it replies to, or empty; `editor` is who edited it with tracked changes.
    """

    key: str
    author: str
    date: str
    words: str
    parent: str = ""
    is_done: bool = False
    editor: str = ""


@dataclass(frozen=True, slots=True)
class WordFile:
    """The content of a Word file: its text, its comments by number, our record, and who saved it last."""

    scan: ScannedText
    comments: dict[str, WordComment]
    articles: tuple[SentArticle, ...]
    saved_by: str


class _Thread(NamedTuple):
    parent: str
    is_done: bool


def read_parts(data: bytes, *, name: str) -> WordFile:
    """Read the parts of the file called `name`, which must have passed `check_archive`.

    Raises:
        ReviewFileError: If its parts are not valid XML.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            comments = _first(names, r"word/comments\d*\.xml")
            threads = _first(names, r"word/commentsExtended\d*\.xml")
            remarks = _parse_comments(
                archive.read(comments) if comments else b"", _threads(archive.read(threads)) if threads else {}
            )
            records = [archive.read(part) for part in sorted(names) if re.fullmatch(r"customXml/item\d+\.xml", part)]
            saved_by = _saved_by(archive.read("docProps/core.xml")) if "docProps/core.xml" in names else ""
            return WordFile(scan_part(archive.read("word/document.xml")), remarks, _find_record(records), saved_by)
    except (ParseError, RecursionError, UnicodeError, ValueError, LookupError) as error:
        template = _("{file} is damaged, or no file of this kind ({reason}). Ask for it to be sent again.")
        raise ReviewFileError(template.format(file=name, reason=error)) from error


def _first(names: set[str], pattern: str) -> str:
    return min((one for one in names if re.fullmatch(pattern, one)), default="")


def _parse_comments(xml: bytes, threads: dict[str, _Thread]) -> dict[str, WordComment]:
    if not xml:
        return {}
    found: dict[str, WordComment] = {}
    owners: dict[str, str] = {}
    parents: dict[str, str] = {}
    for remark, paragraphs in _iter_comments(xml):
        # commentEx refers to the last paragraph of a comment ([MS-DOCX] 2.5.4); some programs use another one.
        own = next((threads[one] for one in reversed(paragraphs) if one in threads), _Thread("", is_done=False))
        # A damaged file may use an id twice; both comments count.
        key = remark.key if remark.key not in found else f"{remark.key}/{len(found)}"
        owners.update(dict.fromkeys(paragraphs, key))
        parents[key] = own.parent
        found[key] = WordComment(key, remark.author, remark.date, remark.words, "", own.is_done, remark.editor)
    return {
        key: WordComment(key, one.author, one.date, one.words, owners.get(parents[key], ""), one.is_done, one.editor)
        for key, one in found.items()
    }


def _iter_comments(xml: bytes) -> Iterator[tuple[WordComment, list[str]]]:
    """Yield each comment with the ids of its paragraphs."""
    scanner, values, paragraphs = Scanner(), dict[str, str](), list[str]()
    # S314: `check_archive` refuses files that declare document types, so entities cannot expand.
    for event, element in iterparse(BytesIO(xml), events=("start", "end")):  # noqa: S314
        name = local_name(element.tag)
        if event == "start" and name == "comment":
            scanner, values, paragraphs = Scanner(), attributes(element), []
        elif event == "start":
            if name == "p" and "paraId" in attributes(element):
                paragraphs.append(attributes(element)["paraId"].upper())
            scanner.begin(element)
        elif name == "comment":
            message = scanner.result()
            whole = TextRange(0, len(message.text))
            editor = message.find_change_author(whole)
            date, author = values.get("date", ""), values.get("author", "").strip()
            yield (
                WordComment(values.get("id", ""), author, date, message.current_text(whole).strip(), editor=editor),
                paragraphs,
            )
        else:
            scanner.end(element)


def _threads(xml: bytes) -> dict[str, _Thread]:
    """Return the thread of each comment, by the id of its paragraph."""
    threads: dict[str, _Thread] = {}
    for element in fromstring(xml).iter():  # noqa: S314 - as above
        values = attributes(element)
        if local_name(element.tag) == "commentEx" and "paraId" in values:
            is_done = values.get("done", "0") in {"1", "true", "on"}
            threads[values["paraId"].upper()] = _Thread(values.get("paraIdParent", "").upper(), is_done)
    return threads


def _find_record(records: list[bytes]) -> tuple[SentArticle, ...]:
    """Return our record, or nothing if it was removed or is not ours."""
    for xml in records:
        try:
            root = fromstring(xml)  # noqa: S314 - as above
        except ParseError:
            continue
        if root.tag == f"{{{NAMESPACE}}}annotator":
            found = [parse_article(one.text or "") for one in root]
            return tuple(one for one in found if one is not None)
    return ()


def _saved_by(xml: bytes) -> str:
    root = fromstring(xml)  # noqa: S314 - as above
    return next((element.text or "" for element in root if local_name(element.tag) == "lastModifiedBy"), "").strip()
