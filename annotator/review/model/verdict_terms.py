"""Verdicts in words, in Vietnamese and English.

Case, accents and spacing do not matter: `Đồng ý`, `dong y`, `bỏ`, `sửa: đột phá`, `thêm: mục tiêu - ý kiến`, `agree`,
`drop`, `change: opinion`, `add: target; figure is new`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.verdict import VerdictKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.core.labels import LabelSet

VERDICT_NAMES: dict[str, dict[VerdictKind, str]] = {
    "vi": {
        VerdictKind.AGREE: "Đồng ý",
        VerdictKind.CHANGE: "Sửa",
        VerdictKind.DROP: "Bỏ",
        VerdictKind.ADD: "Thêm",
    },
    "en": {
        VerdictKind.AGREE: "Agree",
        VerdictKind.CHANGE: "Change",
        VerdictKind.DROP: "Drop",
        VerdictKind.ADD: "Add",
    },
}
"""Names of the verdicts by language, as offered by drop-downs and buttons."""

_WORDS: dict[str, VerdictKind] = {
    **dict.fromkeys(("dong y", "nhat tri", "ok", "okay", "agree", "agreed", "yes", "correct"), VerdictKind.AGREE),
    **dict.fromkeys(("sua", "sua lai", "sua thanh", "doi", "doi thanh", "change", "change to"), VerdictKind.CHANGE),
    **dict.fromkeys(("bo", "bo di", "xoa", "khong dong y", "drop", "delete", "remove"), VerdictKind.DROP),
    **dict.fromkeys(("them", "bo sung", "add"), VerdictKind.ADD),
}
_ACCENTED: dict[str, VerdictKind] = {"đúng": VerdictKind.AGREE}  # "dung" may be "đừng", do not, or "dừng", stop
_SEPARATORS = re.compile(r"[,;/+&]|\s+(?:và|va|and)\s+")
_MARKS = " .!?,;:\"'“”‘’()[]\t\r\n"
_MAX_VERDICT_LENGTH = 80  # characters that are searched for a separator; no verdict has more, even decomposed
_VERDICT_END = re.compile(r"[:：\-–—]")  # used between a verdict and its label


class ParsedVerdict(NamedTuple):
    """A verdict understood from words, with the labels named and further words as a comment.

    `unknown` are words in the place of a label that name none.
    """

    kind: VerdictKind
    labels: tuple[str, ...] = ()
    comment: str = ""
    unknown: str = ""


def find_verdict_kind(words: str) -> VerdictKind | None:
    """Return the verdict that all of `words` express, or None."""
    accented = unicodedata.normalize("NFC", words.casefold()).strip(_MARKS)
    return _WORDS.get(_normalize(words)) or _ACCENTED.get(accented)


def find_label(words: str, labels: LabelSet) -> str | None:
    """Return the key of the label called `words`, by key, name or letter in any language, or None."""
    said = _normalize(words)
    for label in labels:
        if said in {_normalize(label.key), *map(_normalize, label.names.values())}:
            return label.key
    return next((one.key for one in labels if said in {_normalize(sign) for sign in one.letters.values()}), None)


def find_labels(words: str, labels: LabelSet) -> tuple[tuple[str, ...], str]:
    """Return the labels named in `words`, separated by commas or "and", and the words that name none."""
    parts = [part.strip() for part in _SEPARATORS.split(unicodedata.normalize("NFC", words)) if part.strip()]
    found = [(part, find_label(part, labels)) for part in parts]
    keys = tuple(dict.fromkeys(key for _part, key in found if key is not None))
    return keys, ", ".join(part for part, key in found if key is None)


def find_parsed_verdict(words: str, labels: LabelSet) -> ParsedVerdict | None:
    """Return what a comment says, or None if it does not begin with a verdict and so is only a remark.

    The verdict ends at a colon or dash in the first line, and labels follow it. Further lines, and what follows a full
    stop or semicolon after the labels, are comment.
    """
    first, _break, rest = words.strip().partition("\n")
    head, tail = _split_verdict(first)
    kind = find_verdict_kind(head)
    if kind is None:
        return None
    if kind in {VerdictKind.AGREE, VerdictKind.DROP}:
        return ParsedVerdict(kind, comment=_join_lines(tail, rest))
    named, _stop, more = _split_remark(tail)
    keys, unknown = find_labels(named, labels)
    if not keys and not unknown:
        return ParsedVerdict(kind, comment=_join_lines(more, rest))
    return ParsedVerdict(kind, keys, _join_lines(more, rest), unknown)


def _split_verdict(line: str) -> tuple[str, str]:
    whole = line.strip().rstrip(".!")
    if find_verdict_kind(whole) is not None:
        return whole, ""
    for found in _VERDICT_END.finditer(line, 0, _MAX_VERDICT_LENGTH):
        if find_verdict_kind(line[: found.start()]) is not None:
            return line[: found.start()], line[found.end() :].strip()
    for stop in (". ", ", ", "; "):
        head, there, tail = line.partition(stop)
        if there and find_verdict_kind(head) is not None:
            return head, tail.strip()
    return line, ""


def _split_remark(tail: str) -> tuple[str, str, str]:
    """Split `tail` into the labels at its beginning, the mark after them, and the remark."""
    for mark in (".", ";", "(", " - ", " – ", " — "):
        head, there, more = tail.partition(mark)
        if there:
            return head.strip(), there, more.strip(" )")
    return tail.strip(), "", ""


def _join_lines(*parts: Iterable[str] | str) -> str:
    return "\n".join(part.strip() for part in parts if isinstance(part, str) and part.strip())


def _normalize(words: str) -> str:
    """Return `words` without case, accents, surrounding marks and superfluous space."""
    # đ has no decomposition in Unicode.
    decomposed = unicodedata.normalize("NFD", words.casefold().replace("đ", "d"))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.strip(_MARKS).split())
