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
from annotator.review.model.answer import Answer, AnswerProblem, ReturnedFile, ReviewFileError
from annotator.review.model.verdict_terms import find_label

if TYPE_CHECKING:
    from annotator.core.labels import LabelSet

FORMAT, VERSION = "annotator-answers", "1"
"""Format and version of a file of answers: `annotator-answers/1`."""

PAGE_MARK = b"annotator-review-page"
"""Mark by which the page itself is recognised if it is sent back in place of its answers."""

MAX_ANSWERS = 200_000
"""Most answers in a file."""

MAX_CHARACTERS = 100_000
"""Most characters of a text in a file."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_HEAD_SIZE = 1 << 16


class _InvalidAnswerError(Exception):  # not an error of the program
    """An answer cannot be understood; the message is the sentence that the user reads."""


def read_page_answers(data: bytes, *, name: str, labels: LabelSet) -> ReturnedFile:
    """Return the answers in the file called `name`, saved by the page; `labels` are those that a reviewer may name.

    Raises:
        ReviewFileError: It is no such file, or cannot be read.
    """
    head = data[:_HEAD_SIZE].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<"):
        _refuse_page(head, name=name)
    raw = _parse(data, name=name)
    listed = _check_format(raw, name=name)
    reader = _AnswerReader(labels, _clean(raw.get("reviewer")), _clean(raw.get("saved")))
    for number, one in enumerate(listed, 1):
        reader.add(number, one)
    total = raw.get("annotations")
    if not isinstance(total, int) or isinstance(total, bool):  # bool is a subclass of int
        total = 0
    return ReturnedFile(tuple(reader.answers), tuple(reader.troubles), min(max(0, total - reader.answered), 10**9))


def _refuse_page(head: bytes, *, name: str) -> NoReturn:
    template = _("{file} is a web page, and none of ours. Choose the file of answers that the reviewer saved.")
    if PAGE_MARK in head:
        template = _(
            "{file} is the page itself, not the answers. In the page, press “Save answers”, and send the file that "
            "this saves (its name ends in -answers.json)."
        )
    raise ReviewFileError(template.format(file=name))


def _parse(data: bytes, *, name: str) -> dict[str, object]:
    try:
        raw = json.loads(
            data.decode("utf-8-sig"), parse_constant=_refuse_constant, object_pairs_hook=_refuse_repetition
        )
    except (ValueError, RecursionError) as error:  # not UTF-8, not JSON, or nested too deep
        template = _("{file} is damaged, or no file of answers ({reason}). Ask for it to be saved and sent again.")
        raise ReviewFileError(template.format(file=name, reason=_format_reason(error))) from error
    if not isinstance(raw, dict):
        raise ReviewFileError(_no_answers_message(name))
    return raw


def _check_format(raw: dict[str, object], *, name: str) -> list[object]:
    kind, _slash, version = _clean(raw.get("format")).partition("/")
    if kind != FORMAT:
        raise ReviewFileError(_no_answers_message(name))
    if version != VERSION:
        template = _("{file} was saved from a page of another version ({version}); this program reads version {known}.")
        raise ReviewFileError(template.format(file=name, version=version[:20] or "?", known=VERSION))
    listed = raw.get("answers")
    if not isinstance(listed, list):
        raise ReviewFileError(_no_answers_message(name))
    if len(listed) > MAX_ANSWERS:
        template = _("{file} has {count} answers, which no page gives. It is not read.")
        raise ReviewFileError(template.format(file=name, count=len(listed)))
    return listed


@dataclass
class _AnswerReader:
    """Collects the answers of one file, one after the other."""

    labels: LabelSet
    reviewer: str
    saved: str
    answers: list[Answer] = field(default_factory=list)
    troubles: list[AnswerProblem] = field(default_factory=list)
    seen: dict[tuple[str, ...], int] = field(default_factory=dict)
    answered: int = 0

    def add(self, number: int, raw: object) -> None:
        """Add answer `number`, or a sentence on what is wrong with it."""
        place = _("answer {number}").format(number=number)
        try:
            answer = self._answer(place, number, raw)
        except _InvalidAnswerError as unfit:
            self.troubles.append(AnswerProblem(place, str(unfit)))
            return
        if answer is not None:
            self.answers.append(answer)
            self.answered += bool(answer.id)

    def _answer(self, place: str, number: int, raw: object) -> Answer | None:
        if not isinstance(raw, dict):
            raise _InvalidAnswerError(_("This is no answer. Ask the reviewer to save the answers once more."))
        words = {key: _read_text(raw, key) for key in ("file", "annotator", "id", "text", "verdict", "comment", "said")}
        comment = words["comment"].strip()
        wanted = self._read_labels(raw)
        kind = _read_kind(words["verdict"], has_labels=bool(wanted))
        if kind is None:
            if not comment:
                return None
            kind = VerdictKind.CHANGE
        if not words["file"] or not (words["id"] or words["text"].strip()):
            raise _InvalidAnswerError(
                _("The answer does not say which sentence it is about. Ask the reviewer which one was meant.")
            )
        self._check_repeated(number, raw, words)
        return Answer(
            place=place,
            file=words["file"],
            annotator=words["annotator"],
            id=words["id"],
            text=words["text"],
            kind=kind,
            labels=wanted if kind in {VerdictKind.CHANGE, VerdictKind.ADD} else (),
            labels_seen=_read_list(raw, "stood"),
            comment=comment,
            reviewer=self.reviewer,
            time=_read_time(words["said"]) or _read_time(self.saved),
        )

    def _read_labels(self, raw: dict[str, object]) -> tuple[str, ...]:
        named = _read_list(raw, "labels")
        found = [find_label(one, self.labels) if one.strip() else None for one in named]
        unknown = [one for one, key in zip(named, found, strict=True) if key is None]
        if unknown:
            template = _("There is no label “{label}” in this folder. Ask the reviewer which label was meant.")
            raise _InvalidAnswerError(template.format(label=_shorten(", ".join(unknown))))
        return tuple(dict.fromkeys(key for key in found if key is not None))

    def _check_repeated(self, number: int, raw: dict[str, object], words: dict[str, str]) -> None:
        about: tuple[str, ...] = (words["file"], words["annotator"], words["id"])
        if not words["id"]:
            about += (words["text"], repr(raw.get("sentence")))
        first = self.seen.setdefault(about, number)
        if first != number:
            template = _(
                "This is about the same sentence as answer {first}, which is taken. Ask which of the two holds."
            )
            raise _InvalidAnswerError(template.format(first=first))


def _read_kind(verdict: str, *, has_labels: bool) -> VerdictKind | None:
    """Return the verdict named `verdict`, or None if it is empty; an addition without labels is a change by hand."""
    if not verdict:
        return None
    try:
        kind = VerdictKind(verdict)
    except ValueError:
        template = _(
            "“{verdict}” is no verdict: it would be agree, change, drop or add. Ask the reviewer what was meant."
        )
        raise _InvalidAnswerError(template.format(verdict=_shorten(verdict))) from None
    return VerdictKind.CHANGE if kind is VerdictKind.ADD and not has_labels else kind


def _read_text(raw: dict[str, object], key: str) -> str:
    value = raw.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        template = _("“{key}” of this answer should be a text. Ask the reviewer to save the answers once more.")
        raise _InvalidAnswerError(template.format(key=key))
    if len(value) > MAX_CHARACTERS:
        template = _("“{key}” of this answer is longer than {count} characters. Ask for a shorter one.")
        raise _InvalidAnswerError(template.format(key=key, count=MAX_CHARACTERS))
    return _clean(value)


def _read_list(raw: dict[str, object], key: str) -> tuple[str, ...]:
    value = raw.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > 1000 or not all(isinstance(one, str) for one in value):
        template = _(
            "“{key}” of this answer should be a list of labels. Ask the reviewer to save the answers once more."
        )
        raise _InvalidAnswerError(template.format(key=key))
    return tuple(_clean(one)[:1000] for one in value)


def _clean(value: object) -> str:
    """Return `value` as text that can be encoded, or an empty string if it is not text."""
    return _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else ""


def _read_time(said: str) -> str:
    try:
        datetime.fromisoformat(said)
    except ValueError:
        return ""
    return said


def _shorten(words: str) -> str:
    return words if len(words) <= 60 else words[:59] + "…"


def _no_answers_message(name: str) -> str:
    template = _("{file} is no file of answers from our page. Choose the one that “Save answers” in the page made.")
    return template.format(file=name)


def _format_reason(error: ValueError | RecursionError) -> str:
    if isinstance(error, RecursionError):
        return _("lists in lists without end")
    return _shorten(_clean(str(error)))


def _refuse_constant(name: str) -> NoReturn:
    # NaN and Infinity are Python's extension of JSON.
    raise ValueError(name)


def _refuse_repetition(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(_("a name stands twice"))
    return found
