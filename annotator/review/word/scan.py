"""Scanner of a Word document: its text, with the places of bookmarks, comments and tracked changes.

Deleted and inserted text of tracked changes are both kept and flagged, so that the text is available as the reviewer
sees it and as it was sent. Elements are recognized by local name, because strict OOXML uses other namespaces. Format:
ECMA-376 part 1, sections 17.3 and 17.13.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import iterparse

from annotator.review.word.id_record import SIGN_STYLE

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_INSERTED, _DELETED, _SIGN = 1, 2, 4  # flags of a code point: inserted, deleted, part of our signs
_INSERTION_TAGS, _DELETION_TAGS = frozenset({"ins", "moveTo"}), frozenset({"del", "moveFrom"})
_CHARACTER_TAGS = {
    "tab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\xad",
    "sym": "\ufffd",
}
# A fallback repeats the words of its alternative, and instructions are the source of a field, not its words.
_SKIPPED_TAGS = frozenset({"Fallback", "instrText", "delInstrText"})


class TextRange(NamedTuple):
    """A half-open range of code points; empty for a comment between two characters."""

    start: int
    end: int


class TrackedChange(NamedTuple):
    """A tracked change: its range and author."""

    start: int
    end: int
    author: str


@dataclass
class ScannedText:
    """The text of a document with bookmarks by name and comments by number; `flags` has flags for each code point."""

    text: str = ""
    flags: bytes = b""
    bookmarks: dict[str, TextRange] = field(default_factory=dict)
    comments: dict[str, TextRange] = field(default_factory=dict)
    changes: list[TrackedChange] = field(default_factory=list)

    def current_text(self, part: TextRange) -> str:
        """Return the words of `part` as the reviewer sees them, without our signs."""
        return self._without(part, _DELETED | _SIGN)

    def original_text(self, part: TextRange) -> str:
        """Return the words of `part` before any tracked change, without our signs."""
        return self._without(part, _INSERTED | _SIGN)

    def has_words(self, part: TextRange) -> bool:
        """Return whether `part` has more than white space and signs."""
        return bool((self.current_text(part) + self.original_text(part)).strip())

    def find_change_author(self, part: TextRange) -> str:
        """Return the author of the first tracked change in `part`, or ""."""
        # Only a few are looked at, so that a file full of nested changes does not take quadratic time.
        first = bisect_right(self.changes, part.start, key=lambda one: one.end)  # sorted by end
        return next((one.author for one in self.changes[first : first + 16] if one.start < part.end), "")

    def _without(self, part: TextRange, kinds: int) -> str:
        pairs = zip(self.text[part.start : part.end], self.flags[part.start : part.end], strict=True)
        return "".join(letter for letter, kind in pairs if not kind & kinds)


def scan_part(xml: bytes) -> ScannedText:
    """Scan a document part, or another part that has paragraphs.

    Raises:
        xml.etree.ElementTree.ParseError: If it is not valid XML.
    """
    scanner = Scanner()
    # `check_archive` refuses files that declare document types, so entities cannot expand here.
    for event, element in iterparse(BytesIO(xml), events=("start", "end")):  # noqa: S314
        if event == "start":
            scanner.begin(element)
        else:
            scanner.end(element)
    return scanner.result()


def local_name(tag: str) -> str:
    """Return the name of a tag or attribute without its namespace."""
    return tag.rpartition("}")[2]


def attributes(element: Element) -> dict[str, str]:
    """Return the attributes of `element` by local name."""
    return {local_name(key): value for key, value in element.attrib.items()}


class Scanner:
    """An incremental scanner, called at the start and the end of each element."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._kinds = bytearray()
        self._insertions = self._deletions = self._skipped = self._runs = 0
        self._is_sign = False
        self._open: list[tuple[int, str]] = []
        self._names: dict[str, tuple[str, int]] = {}
        self._begun: dict[str, int] = {}
        self._scan = ScannedText()

    def begin(self, element: Element) -> None:
        """Process the start of an element."""
        name = local_name(element.tag)
        if name in _SKIPPED_TAGS:
            self._skipped += 1
        elif name in _INSERTION_TAGS or name in _DELETION_TAGS:
            self._insertions += name in _INSERTION_TAGS
            self._deletions += name in _DELETION_TAGS
            self._open.append((len(self._kinds), attributes(element).get("author", "")))
        elif name == "r":
            self._runs += 1
            self._is_sign = False
        elif name in {"bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference"}:
            self._mark(name, attributes(element))

    def end(self, element: Element) -> None:
        """Process the end of an element."""
        name = local_name(element.tag)
        if name in _SKIPPED_TAGS:
            self._skipped -= 1
        elif name in _INSERTION_TAGS or name in _DELETION_TAGS:
            self._insertions -= name in _INSERTION_TAGS
            self._deletions -= name in _DELETION_TAGS
            start, author = self._open.pop()
            if len(self._kinds) > start:
                self._scan.changes.append(TrackedChange(start, len(self._kinds), author))
        elif name == "r":
            self._runs -= 1
        elif name == "rStyle":
            # Signs are known by style: a reviewer may well type the same letter.
            self._is_sign = attributes(element).get("val") == SIGN_STYLE
        elif name in {"t", "delText"}:
            self._add(element.text or "")
        elif name == "p":
            self._add("\n", kind=0)
            # Frees the paragraph: the tree of a large document would take many times its size.
            element.clear()
        elif name in _CHARACTER_TAGS and self._runs:
            self._add(_CHARACTER_TAGS[name])

    def result(self) -> ScannedText:
        """Return the scan of everything processed."""
        # A range without an end, in a damaged file, counts as a point.
        for key, start in self._begun.items():
            self._scan.comments.setdefault(key, TextRange(start, start))
        self._scan.text, self._scan.flags = "".join(self._pieces), bytes(self._kinds)
        return self._scan

    def _add(self, words: str, *, kind: int | None = None) -> None:
        if self._skipped:
            return
        if kind is None:
            kind = _INSERTED * bool(self._insertions) | _DELETED * bool(self._deletions) | _SIGN * self._is_sign
        self._pieces.append(words)
        self._kinds += bytes([kind]) * len(words)

    def _mark(self, name: str, values: dict[str, str]) -> None:
        key, here = values.get("id", ""), len(self._kinds)
        if name == "bookmarkStart":
            self._names[key] = (values.get("name", ""), here)
        elif name == "bookmarkEnd" and key in self._names:
            bookmark, start = self._names.pop(key)
            self._scan.bookmarks.setdefault(bookmark, TextRange(start, here))
        elif name == "commentRangeStart":
            self._begun[key] = here
        elif name == "commentRangeEnd":
            self._scan.comments[key] = TextRange(self._begun.pop(key, here), here)
        elif name == "commentReference":
            # A comment without a range is anchored by its reference alone.
            self._scan.comments.setdefault(key, TextRange(self._begun.get(key, here), here))
