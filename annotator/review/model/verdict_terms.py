"""The words in which reviewers answer, in Vietnamese and in English. It must not know files.

However they are cased, accented or spaced: ``Đồng ý``, ``dong y``, ``bỏ``, ``sửa: đột phá``, ``thêm: mục tiêu - ý
kiến``, ``agree``, ``drop``, ``change: opinion``, ``add: target; figure is new``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.verdict import VerdictKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.core.labels import LabelSet

CHOICES: dict[str, dict[VerdictKind, str]] = {
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
"""What each verdict is called, by language: what drop-downs and buttons offer."""

_WORDS: dict[str, VerdictKind] = {
    **dict.fromkeys(("dong y", "nhat tri", "ok", "okay", "agree", "agreed", "yes", "correct"), VerdictKind.AGREE),
    **dict.fromkeys(("sua", "sua lai", "sua thanh", "doi", "doi thanh", "change", "change to"), VerdictKind.CHANGE),
    **dict.fromkeys(("bo", "bo di", "xoa", "khong dong y", "drop", "delete", "remove"), VerdictKind.DROP),
    **dict.fromkeys(("them", "bo sung", "add"), VerdictKind.ADD),
}
_ACCENTED: dict[str, VerdictKind] = {"đúng": VerdictKind.AGREE}  # without its accents it may mean the contrary
_SEPARATORS = re.compile(r"[,;/+&]|\s+(?:và|va|and)\s+")
_MARKS = " .!?,;:\"'“”‘’()[]\t\r\n"
_LONGEST = 80  # no verdict has more letters, however they are composed
_SPLIT = re.compile(r"[:：\-–—]")  # what people write between a verdict and its label


class Spoken(NamedTuple):
    """What was understood: the verdict, the labels that it names, and what was said besides.

    ``unknown`` are the words at the place of a label that are none.
    """

    kind: VerdictKind
    labels: tuple[str, ...] = ()
    comment: str = ""
    unknown: str = ""


def find_kind(words: str) -> VerdictKind | None:
    """The verdict that ``words`` are, or None; nothing may stand beside it."""
    accented = unicodedata.normalize("NFC", words.casefold()).strip(_MARKS)
    return _WORDS.get(_plain(words)) or _ACCENTED.get(accented)


def find_label(words: str, labels: LabelSet) -> str | None:
    """The key of the label that is called so, in whichever language, by its key, name or letter, or None."""
    said = _plain(words)
    for label in labels:
        if said in {_plain(label.key), *map(_plain, label.names.values())}:
            return label.key
    return next((one.key for one in labels if said in {_plain(sign) for sign in one.letters.values()}), None)


def find_labels(words: str, labels: LabelSet) -> tuple[tuple[str, ...], str]:
    """The labels named in ``words``, with commas or "and" between them, and the words that are none."""
    parts = [part.strip() for part in _SEPARATORS.split(unicodedata.normalize("NFC", words)) if part.strip()]
    found = [(part, find_label(part, labels)) for part in parts]
    keys = tuple(dict.fromkeys(key for _part, key in found if key is not None))
    return keys, ", ".join(part for part, key in found if key is None)


def find_spoken(words: str, labels: LabelSet) -> Spoken | None:
    """What a comment says, or None where it begins with no verdict and so is a remark only.

    The verdict is the first line up to a colon or dash, the labels stand after it; further lines, and what follows a
    full stop or semicolon after the labels, is comment.
    """
    first, _break, rest = words.strip().partition("\n")
    head, tail = _halves(first)
    kind = find_kind(head)
    if kind is None:
        return None
    if kind in {VerdictKind.AGREE, VerdictKind.DROP}:
        return Spoken(kind, comment=_joined(tail, rest))
    named, _stop, more = _cut(tail)
    keys, unknown = find_labels(named, labels)
    if not keys and not unknown:
        return Spoken(kind, comment=_joined(more, rest))
    return Spoken(kind, keys, _joined(more, rest), unknown)


def _halves(line: str) -> tuple[str, str]:
    whole = line.strip().rstrip(".!")
    if find_kind(whole) is not None:
        return whole, ""
    for found in _SPLIT.finditer(line, 0, _LONGEST):
        if find_kind(line[: found.start()]) is not None:
            return line[: found.start()], line[found.end() :].strip()
    for stop in (". ", ", ", "; "):
        head, there, tail = line.partition(stop)
        if there and find_kind(head) is not None:
            return head, tail.strip()
    return line, ""


def _cut(tail: str) -> tuple[str, str, str]:
    """The labels named at the beginning of ``tail``, and the remark after them."""
    for mark in (".", ";", "(", " - ", " – ", " — "):
        head, there, more = tail.partition(mark)
        if there:
            return head.strip(), there, more.strip(" )")
    return tail.strip(), "", ""


def _joined(*parts: Iterable[str] | str) -> str:
    return "\n".join(part.strip() for part in parts if isinstance(part, str) and part.strip())


def _plain(words: str) -> str:
    """``words`` without case, accents, marks at the ends and superfluous space."""
    decomposed = unicodedata.normalize("NFD", words.casefold().replace("đ", "d"))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.strip(_MARKS).split())
