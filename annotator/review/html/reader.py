"""Reader of the answers that the web page saves.

The file is JSON from outside: the smallest part that has a place and is malformed is left out and reported; only a file
that holds no answers at all is refused.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, NoReturn

from annotator.core.i18n import _
from annotator.core.verdict import VerdictKind
from annotator.review.model.answer import Answer, Returned, ReviewFileError, Trouble
from annotator.review.model.verdict_terms import find_label

if TYPE_CHECKING:
    from annotator.core.labels import LabelSet

FORMAT, VERSION = "annotator-answers", "1"
"""Format and version of a file of answers: `annotator-answers/1`."""

PAGE_MARK = b"annotator-review-page"
"""Mark by which the page itself is recognised if it is sent back in place of its answers."""

MOST_ANSWERS = 200_000
"""Most answers in a file."""

MOST_CHARACTERS = 100_000
"""Most characters of a text in a file."""

_LONE = re.compile("[\ud800-\udfff]")
_HEAD = 1 << 16


class _Unfit(Exception):  # noqa: N818  # not an error of the program
    """An answer cannot be understood; the message is the sentence that the user reads."""


def read_page(data: bytes, *, name: str, labels: LabelSet) -> Returned:
    """Return the answers in the file called `name`, saved by the page; `labels` are those that a reviewer may name.

    Raises:
        ReviewFileError: It is no such file, or cannot be read.
    """
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<"):
        _refuse_page(head, name=name)
    raw = _parsed(data, name=name)
    listed = _checked(raw, name=name)
    reader = _Reader(labels, _clean(raw.get("reviewer")), _clean(raw.get("saved")))
    for number, one in enumerate(listed, 1):
        reader.take(number, one)
    total = raw.get("annotations")
    if not isinstance(total, int) or isinstance(total, bool):  # bool is a subclass of int
        total = 0
    return Returned(tuple(reader.answers), tuple(reader.troubles), min(max(0, total - reader.answered), 10**9))


def _refuse_page(head: bytes, *, name: str) -> NoReturn:
    told = _("{file} is a web page, and none of ours. Choose the file of answers that the reviewer saved.")
    if PAGE_MARK in head:
        told = _(
            "{file} is the page itself, not the answers. In the page, press “Save answers”, and send the file that "
            "this saves (its name ends in -answers.json)."
        )
    raise ReviewFileError(told.format(file=name))


def _parsed(data: bytes, *, name: str) -> dict[str, object]:
    try:
        raw = json.loads(
            data.decode("utf-8-sig"), parse_constant=_refuse_constant, object_pairs_hook=_without_repetition
        )
    except (ValueError, RecursionError) as error:  # not UTF-8, not JSON, or nested too deep
        told = _("{file} is damaged, or no file of answers ({reason}). Ask for it to be saved and sent again.")
        raise ReviewFileError(told.format(file=name, reason=_reason(error))) from error
    if not isinstance(raw, dict):
        raise ReviewFileError(_no_answers(name))
    return raw


def _checked(raw: dict[str, object], *, name: str) -> list[object]:
    kind, _slash, version = _clean(raw.get("format")).partition("/")
    if kind != FORMAT:
        raise ReviewFileError(_no_answers(name))
    if version != VERSION:
        told = _("{file} was saved from a page of another version ({version}); this program reads version {known}.")
        raise ReviewFileError(told.format(file=name, version=version[:20] or "?", known=VERSION))
    listed = raw.get("answers")
    if not isinstance(listed, list):
        raise ReviewFileError(_no_answers(name))
    if len(listed) > MOST_ANSWERS:
        told = _("{file} has {count} answers, which no page gives. It is not read.")
        raise ReviewFileError(told.format(file=name, count=len(listed)))
    return listed


@dataclass
class _Reader:
    """Collects the answers of one file, one after the other."""

    labels: LabelSet
    reviewer: str
    saved: str
    answers: list[Answer] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    seen: dict[tuple[str, ...], int] = field(default_factory=dict)
    answered: int = 0

    def take(self, number: int, raw: object) -> None:
        """Add answer `number`, or a sentence on what is wrong with it."""
        place = _("answer {number}").format(number=number)
        try:
            answer = self._answer(place, number, raw)
        except _Unfit as unfit:
            self.troubles.append(Trouble(place, str(unfit)))
            return
        if answer is not None:
            self.answers.append(answer)
            self.answered += bool(answer.id)

    def _answer(self, place: str, number: int, raw: object) -> Answer | None:
        if not isinstance(raw, dict):
            raise _Unfit(_("This is no answer. Ask the reviewer to save the answers once more."))
        words = {key: _text(raw, key) for key in ("file", "annotator", "id", "text", "verdict", "comment", "said")}
        comment = words["comment"].strip()
        wanted = self._wanted(raw)
        kind = _kind(words["verdict"], has_labels=bool(wanted))
        if kind is None:
            if not comment:
                return None
            kind = VerdictKind.CHANGE
        if not words["file"] or not (words["id"] or words["text"].strip()):
            raise _Unfit(_("The answer does not say which sentence it is about. Ask the reviewer which one was meant."))
        self._note_repeated(number, raw, words)
        return Answer(
            place=place,
            file=words["file"],
            annotator=words["annotator"],
            id=words["id"],
            text=words["text"],
            kind=kind,
            labels=wanted if kind in {VerdictKind.CHANGE, VerdictKind.ADD} else (),
            stood=_listed(raw, "stood"),
            comment=comment,
            reviewer=self.reviewer,
            said=_time(words["said"]) or _time(self.saved),
        )

    def _wanted(self, raw: dict[str, object]) -> tuple[str, ...]:
        named = _listed(raw, "labels")
        found = [find_label(one, self.labels) if one.strip() else None for one in named]
        unknown = [one for one, key in zip(named, found, strict=True) if key is None]
        if unknown:
            told = _("There is no label “{label}” in this folder. Ask the reviewer which label was meant.")
            raise _Unfit(told.format(label=_short(", ".join(unknown))))
        return tuple(dict.fromkeys(key for key in found if key is not None))

    def _note_repeated(self, number: int, raw: dict[str, object], words: dict[str, str]) -> None:
        about: tuple[str, ...] = (words["file"], words["annotator"], words["id"])
        if not words["id"]:
            about += (words["text"], repr(raw.get("sentence")))
        first = self.seen.setdefault(about, number)
        if first != number:
            told = _("This is about the same sentence as answer {first}, which is taken. Ask which of the two holds.")
            raise _Unfit(told.format(first=first))


def _kind(verdict: str, *, has_labels: bool) -> VerdictKind | None:
    """Return the verdict named `verdict`, or None if it is empty; an addition without labels is a change by hand."""
    if not verdict:
        return None
    try:
        kind = VerdictKind(verdict)
    except ValueError:
        told = _("“{verdict}” is no verdict: it would be agree, change, drop or add. Ask the reviewer what was meant.")
        raise _Unfit(told.format(verdict=_short(verdict))) from None
    return VerdictKind.CHANGE if kind is VerdictKind.ADD and not has_labels else kind


def _text(raw: dict[str, object], key: str) -> str:
    value = raw.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        told = _("“{key}” of this answer should be a text. Ask the reviewer to save the answers once more.")
        raise _Unfit(told.format(key=key))
    if len(value) > MOST_CHARACTERS:
        told = _("“{key}” of this answer is longer than {count} characters. Ask for a shorter one.")
        raise _Unfit(told.format(key=key, count=MOST_CHARACTERS))
    return _clean(value)


def _listed(raw: dict[str, object], key: str) -> tuple[str, ...]:
    value = raw.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > 1000 or not all(isinstance(one, str) for one in value):
        told = _("“{key}” of this answer should be a list of labels. Ask the reviewer to save the answers once more.")
        raise _Unfit(told.format(key=key))
    return tuple(_clean(one)[:1000] for one in value)


def _clean(value: object) -> str:
    """Return `value` as text that can be encoded, or an empty string if it is not text."""
    return _LONE.sub("\ufffd", value) if isinstance(value, str) else ""


def _time(said: str) -> str:
    try:
        datetime.fromisoformat(said)
    except ValueError:
        return ""
    return said


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:59] + "…"


def _no_answers(name: str) -> str:
    told = _("{file} is no file of answers from our page. Choose the one that “Save answers” in the page made.")
    return told.format(file=name)


def _reason(error: ValueError | RecursionError) -> str:
    if isinstance(error, RecursionError):
        return _("lists in lists without end")
    return _short(_clean(str(error)))


def _refuse_constant(name: str) -> NoReturn:
    # NaN and Infinity are Python's extension of JSON.
    raise ValueError(name)


def _without_repetition(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(_("a name stands twice"))
    return found
